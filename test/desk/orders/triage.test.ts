import { describe, expect, it } from "vitest";
import { given, isCommand, isItem, NOW, OPENED, quoteOf, said } from "../scene-given.ts";

const other = given("017", ["matched"], { item: "other", owner: "chief", first: "chief", size: "big" });
const accepted = given("017", ["matched", "accepted"]);
const quote = quoteOf("017");
const chief = { by: "zhao.yi", chat: null, tickets: [other], quote };

describe("the chief's triage", () => {
  it.each([
    ["转 组织", "org"],
    ["派 庚", "h01"],
    ["派给辛", "h03"],
    ["转丽园", "h01"],
    ["派单 南社区", "h02"],
  ])("%s: it is theirs", (text, owner) => {
    const { ticket, events, told } = said(text, chief);
    expect(events).toEqual(["assigned"]);
    expect(ticket).toMatchObject({ owner, item: "other", due: OPENED.due, first: "chief" });
    expect(told[0]?.text).toMatch(/首席帮办员甲派办/u);
    expect(told[1]).toMatchObject({ to: "wecom:wang.min" });
  });

  it("归 场地: the item is known, and with it whose it is; the promise stands, and a phrase is learnt from", () => {
    const { ticket, events, told, answer, decision } = said("归 场地", chief);
    expect(events.slice(0, 1)).toEqual(["matched"]);
    expect(ticket).toMatchObject({ item: "venue", size: "small", owner: "h02", due: OPENED.due });
    expect(answer).toContain("已派办】活动场地协调　承办：帮办员丙（南社区服务点）");
    expect(told.map(({ to }) => to)).toEqual(["wecom:wang.min", "h02"]);
    expect(told[0]?.text).toContain("按“活动场地协调”办理，现由帮办员丙（南社区服务点）负责，承诺不变");
    expect(decision.lessons).toMatchObject([{ from: "other", to: "venue", by: "triage" }]);
  });

  it("归 and 派 at once", () => {
    const { ticket } = said("归到党费收缴，派给庚", chief);
    expect(ticket).toMatchObject({ item: "dues", owner: "h01" });
  });

  it("in free words", () => {
    const text = "这件派给庚办";
    expect(said(text, { ...chief, means: { [text]: isCommand("triage") } }).ticket).toMatchObject({ owner: "h01" });
    const means = { 请老师讲课: isItem("lecturer") };
    expect(said("归 请老师讲课", { ...chief, means }).ticket).toMatchObject({ item: "lecturer" });
  });

  it("of one whose item is still asked makes it other", () => {
    const { events, ticket } = said("派 庚", { ...chief, tickets: [given("017")] });
    expect(events).toEqual(["matched", "assigned"]);
    expect(ticket).toMatchObject({ item: "other", owner: "h01" });
  });

  it("of any open one tells whoever had it", () => {
    const { told } = said("派 庚", { ...chief, tickets: [accepted] });
    expect(told.map(({ to }) => to)).toEqual(["h01", "wecom:wang.min", "h02"]);
  });

  it("changes nothing where it is so already, and asks where nobody is named", () => {
    expect(said("派 丙", { ...chief, tickets: [accepted] }).answer).toContain("现由帮办员丙（南社区服务点）办理");
    expect(said("归 场地", { ...chief, tickets: [accepted] }).answer).toContain("本件已是“活动场地协调”");
    expect(said("派单", chief).asks).toEqual(["words"]);
    expect(said("派单 李四", chief).answer).toContain("没有查到“李四”");
  });

  it("is nobody else's", () => {
    const { answer, events } = said("派单 庚", { ...chief, by: "sun.san", tickets: [accepted] });
    expect(answer).toContain("“派办”由首席帮办员办理，本次未生效");
    expect(events).toEqual([]);
  });

  it("decides what was put to the chief", () => {
    const proposal = {
      kind: "hand-over" as const,
      by: "h02",
      reason: "忙",
      to: "h03",
      due: null,
      until: null,
      deciders: ["chief"],
    };
    const asked = given("017", ["matched", "accepted"], { handOvers: 2, proposal });
    expect(said("同意", { ...chief, tickets: [asked] }).ticket).toMatchObject({ owner: "h03", proposal: null });
    expect(said("派 庚", { ...chief, tickets: [asked] }).ticket).toMatchObject({ owner: "h01", proposal: null });
    const away = {
      ...asked,
      ticket: { ...asked.ticket, owner: "h01", proposal: { ...proposal, by: "h01", to: "h02" } },
    };
    const then = said("同意", { ...chief, tickets: [away], now: NOW - 5 * 86_400_000 });
    expect(then.ticket).toMatchObject({ owner: "h03" });
    expect(then.answer).toContain("帮办员丙请假，由帮办员辛代办");
    const { ticket, told } = said("不同意", { ...chief, tickets: [asked] });
    expect(ticket).toMatchObject({ owner: "h02", proposal: null });
    expect(told[0]).toMatchObject({ to: "h02" });
  });
});

describe("退回 原因", () => {
  const by = { by: "sun.san", tickets: [accepted], quote };
  it("gives it to the chief, who is told why", () => {
    const { ticket, events, told, answer } = said("退回 企业不在本片区", by);
    expect(events).toEqual(["returned"]);
    expect(ticket).toMatchObject({ owner: "chief", first: "h02", state: "open", handOvers: 0, due: OPENED.due });
    expect(answer).toContain("【#1207-017 已退回】已交首席帮办员甲");
    expect(told.map(({ to }) => to)).toEqual(["chief*", "wecom:wang.min"]);
    expect(told[0]?.text).toContain("说明：帮办员丙退回：企业不在本片区");
    expect(told[0]?.text).toContain("派 姓名 / 归 事项");
  });
  it("or to the main station, where that is said", () => {
    expect(said("退回 总站 跨片区", by).ticket).toMatchObject({ owner: "h01" });
  });
  it("needs a reason", () => {
    expect(said("退回", by).asks).toEqual(["words"]);
    const ask = { kind: "words" as const, ticket: "T017", act: "return" as const, said: "", whom: null };
    expect(said("不是本片企业", { ...by, ask, now: NOW }).ticket).toMatchObject({ owner: "chief" });
  });
  it("in free words", () => {
    const text = "派错了，这家企业不在我们点";
    expect(said(text, { ...by, means: { [text]: isCommand("return") } }).ticket).toMatchObject({ owner: "chief" });
  });
  it("from the chief goes nowhere", () => {
    const { answer, events } = said("退回 不归我", chief);
    expect(answer).toContain("请引用本条并@小帮手 回复：派 姓名，或：归 事项名称");
    expect(events).toEqual([]);
  });
  it("by anybody else is refused", () => {
    expect(said("退回 原因", { ...by, by: "wang.ba" }).answer).toContain(
      "由承办人帮办员丙或首席帮办员办理，本次未生效",
    );
  });
});

describe("who accepts what nobody knows the item of", () => {
  const unclear = given("017", ["accepted"], { owner: "h02", first: "h02" });

  it("is asked for it", () => {
    const { answer, events } = said("接单", { by: "sun.san", tickets: [given("017")], quote });
    expect(events).toEqual(["passed", "accepted"]);
    expect(answer).toContain(
      "本件事项待确认（可能是：活动场地协调、党费收缴、党员教育与关怀），请了解后引用本条并@小帮手 回复：归 事项名称",
    );
  });

  it.each([
    ["quoted", { quote }],
    ["as the only one", {}],
  ])("says it, %s, and keeps the case; the asker hears it", (_, how) => {
    const { ticket, events, told } = said("归 场地", { by: "sun.san", tickets: [unclear], ...how });
    expect(events[0]).toBe("matched");
    expect(ticket).toMatchObject({ item: "venue", owner: "h02", state: "accepted" });
    expect(told.map(({ to }) => to)).toEqual(["wecom:wang.min"]);
  });

  it("says nothing but that: whose it is remains the chief's to say", () => {
    expect(said("归到党费收缴，派给庚", { by: "sun.san", tickets: [unclear], quote }).ticket?.owner).toBe("h02");
    const { answer, events } = said("派 庚", { by: "sun.san", tickets: [unclear], quote });
    expect(events).toEqual([]);
    expect(answer).toContain("没有查到这一事项");
    expect(said("归 党费收缴", { by: "sun.san", tickets: [accepted], quote }).events).not.toContain("matched");
  });
});
