import { describe, expect, it } from "vitest";
import { given, isCommand, NOW, quoteOf, said } from "../scene-given.ts";

const accepted = given("017", ["matched", "accepted"]);
const quote = quoteOf("017");
const helper = "sun.san";
const by = { by: helper, tickets: [accepted], quote };

describe("转办 谁 原因", () => {
  it("gives it to the one who is named; all who have to do with it hear so", () => {
    const { answer, told, events, ticket } = said("转办 帮办员庚 企业已迁到丽园", by);
    expect(events).toEqual(["handed-over"]);
    expect(ticket).toMatchObject({ state: "open", owner: "h01", first: "h02", due: accepted.ticket.due, handOvers: 1 });
    expect(answer).toBe("【#1207-017 已转办】现由帮办员庚（丽园商圈服务站）办理，首接帮办员仍为帮办员丙");
    expect(told.map(({ to }) => to)).toEqual(["h01", "wecom:wang.min"]);
    expect(told[0]?.text).toContain("说明：帮办员丙转办：企业已迁到丽园");
    expect(told[0]?.text).toContain("请于 09:42 前接单");
    expect(told[1]?.text).toBe(
      "【#1207-017 已转办】现由帮办员庚（丽园商圈服务站）办理，承诺不变：今日 18:00 前答复　首接帮办员：帮办员丙",
    );
  });

  it.each([
    [
      "where there is no time left to accept it before it is due",
      "2026-12-07T17:46",
      "请即接单，今日 18:00 前办结。引用",
    ],
    [
      "at the very moment it is due",
      "2026-12-07T18:00",
      "请即接单，原应于 今日 18:00 前办结，已逾期，请尽快办理。引用",
    ],
    ["days later", "2026-12-09T10:00", "请即接单，原应于 12月7日（周一）18:00 前办结，已逾期，请尽快办理。引用"],
  ])("asks for no time that is past or too late, %s", (_when, time, order) => {
    const { told } = said("转办 庚 企业已迁址", { ...by, now: Date.parse(`${time}+08:00`) });
    expect(told[0]?.text).toContain(order);
    const chiefs = said("退回 不是本片企业", { ...by, now: Date.parse(`${time}+08:00`) });
    expect(chiefs.told[0]?.text).toContain(order.replace("请即接单，", "").replace("。引用", "。"));
  });

  it.each([
    ["转办 庚 企业已迁址", "h01", "企业已迁址"],
    ["转办 庚：企业已迁址", "h01", "企业已迁址"],
    ["转办 小庚，因为企业已迁址", "h01", "企业已迁址"],
    ["转办 辛老师 我明天请假", "h03", "我明天请假"],
    ["转办 丽园 企业已迁址", "h01", "企业已迁址"],
    ["转办 丽园商圈服务站 企业已迁址", "h01", "企业已迁址"],
    ["转办 总站 跨了片区", "h01", "跨了片区"],
    ["转办 南社区 我手上太多", "h03", "我手上太多"],
    ["转办 组织 涉及组织关系", "org", "涉及组织关系"],
    ["转办 工会那边 慰问是他们的口", "uni", "慰问是他们的口"],
    ["转办 经济发展 比武要他们出裁判", "eco", "比武要他们出裁判"],
    ["转办 首席 跨了三个点", "chief", "跨了三个点"],
  ])("%s", (text, owner, reason) => {
    const { ticket, decision } = said(text, by);
    expect(ticket?.owner).toBe(owner);
    expect(decision.changes[0]?.events[0]).toMatchObject({ reason });
  });

  it("in free words", () => {
    const text = "这件交给庚吧，企业搬到丽园去了";
    const { ticket } = said(text, { ...by, means: { [text]: isCommand("transfer") } });
    expect(ticket).toMatchObject({ owner: "h01" });
  });

  it("without a reason asks for it once, and takes what is answered", () => {
    const first = said("转办 庚", by);
    expect(first.events).toEqual([]);
    expect(first.answer).toBe("【#1207-017 请写明原因】“转办”尚未办理，引用本条并@小帮手 回复原因即可");
    const ask = { kind: "words" as const, ticket: "T017", act: "transfer" as const, said: "", whom: "h01" };
    expect(first.decision.talks[0]?.ask?.ask).toEqual(ask);
    expect(said("企业迁址了", { ...by, quote: null, ask }).ticket).toMatchObject({ owner: "h01" });
    expect(said("企业迁址了", { ...by, ask }).ticket).toMatchObject({ owner: "h01" });
    expect(said("转办 庚", { ...by, ask }).ticket).toMatchObject({ owner: "h01" });
    expect(said("算了", { ...by, ask }).answer).toContain("按原样继续办理");
    expect(said("办结 三楼会议室已留座", { ...by, ask }).ticket).toMatchObject({ state: "resolved" });
  });

  it("without a name asks for one", () => {
    const { answer, asks, events } = said("转办", by);
    expect(answer).toContain("请写明人选和原因】“转办”尚未办理，引用本条并@小帮手 回复：转办 谁 原因");
    expect(asks).toEqual(["words"]);
    expect(events).toEqual([]);
  });

  it("to somebody unknown says so", () => {
    const { answer, events } = said("转办 李四 出差", by);
    expect(answer).toContain("没有查到“李四”");
    expect(events).toEqual([]);
  });

  it("to somebody who is away goes to who stands in, and says so", () => {
    const now = NOW - 5 * 86_400_000;
    const own = given("017", ["matched", "accepted"], { owner: "h01" });
    const { answer, ticket } = said("转办 丙 片区企业", { by: "zheng.qi", tickets: [own], quote, now });
    expect(ticket?.owner).toBe("h03");
    expect(answer).toContain("帮办员丙请假，由帮办员辛代办");
  });

  it("to whoever has it already changes nothing", () => {
    const { answer, events } = said("转办 丙 原因", by);
    expect(answer).toBe("【#1207-017 未变更】本件现由帮办员丙（南社区服务点）办理");
    expect(events).toEqual([]);
  });

  it("what waited for the asker goes on first", () => {
    const paused = given("017", ["matched", "accepted", "paused"]);
    const { events, ticket } = said("转办 庚 迁址", { ...by, tickets: [paused] });
    expect(events).toEqual(["resumed", "handed-over"]);
    expect(ticket).toMatchObject({ state: "open", pause: null });
  });

  it("by anybody else is refused, a former owner among them", () => {
    const passed = given("017", ["matched", "handed-over"]);
    const { answer } = said("转办 辛 原因", { ...by, tickets: [passed] });
    expect(answer).toBe("【#1207-017 未办理】“转办”由承办人帮办员庚或首席帮办员办理，本次未生效");
    expect(said("转办 辛 原因", { ...by, by: "wang.min" }).events).toEqual([]);
  });

  it("by the chief needs no reason and is not counted", () => {
    const { ticket, told, events } = said("转办 庚", { ...by, by: "zhao.yi" });
    expect(events).toEqual(["assigned"]);
    expect(ticket).toMatchObject({ owner: "h01", handOvers: 0 });
    expect(told.map(({ to }) => to)).toEqual(["h01", "wecom:wang.min", "h02"]);
    expect(told[2]?.text).toContain("您不必再办");
  });

  it("a third time is the chief's to decide", () => {
    const twice = given("017", ["matched", "handed-over", "handed-over"], { owner: "h02" });
    const { answer, told, ticket, decision } = said("转办 辛 忙不过来", { ...by, tickets: [twice] });
    expect(ticket).toMatchObject({ owner: "h02", proposal: { kind: "hand-over", to: "h03", by: "h02" } });
    expect(answer).toContain("已转办两次，已报首席帮办员甲决定");
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
    expect(told[0]?.text).toContain("拟转：帮办员辛（南社区服务点）　原因：忙不过来");
    expect(decision.lines[1]?.buttons?.map(({ says }) => says)).toEqual(["同意 #1207-017", "不同意 #1207-017"]);
  });
});
