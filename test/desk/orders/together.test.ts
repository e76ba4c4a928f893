import { describe, expect, it } from "vitest";
import { given, isCommand, quoteOf, said } from "../scene-given.ts";

const accepted = given("017", ["matched", "accepted"]);
const assisted = given("017", ["matched", "accepted"], { assistants: ["h01"] });
const quote = quoteOf("017");
const by = { by: "sun.san", tickets: [accepted], quote };

describe("协办 谁", () => {
  it("somebody works beside the owner, and is mentioned", () => {
    const { answer, told, events, ticket } = said("协办 庚 会弄系统", by);
    expect(events).toEqual(["assisted"]);
    expect(ticket).toMatchObject({ owner: "h02", assistants: ["h01"], state: "accepted" });
    expect(answer).toBe("【#1207-017 已请协办】帮办员庚（丽园商圈服务站）协办，承办人不变");
    expect(told.map(({ to }) => to)).toEqual(["h01"]);
    expect(told[0]?.text).toContain("说明：会弄系统\n帮办员丙请您协办，承办：帮办员丙，今日 18:00 前");
  });
  it("an officer is told outside the company's group", () => {
    expect(said("协办 组织", by).told.map(({ to }) => to)).toEqual(["org*"]);
  });
  it("in free words", () => {
    const text = "这件请组织办一起来看看";
    expect(said(text, { ...by, means: { [text]: isCommand("assist") } }).ticket).toMatchObject({ assistants: ["org"] });
  });
  it("who is there already is not asked twice", () => {
    expect(said("协办 庚", { ...by, tickets: [assisted] }).answer).toContain("已在协办");
    expect(said("协办 丙", by).answer).toContain("本件现由帮办员丙（南社区服务点）办理");
  });
  it("by anybody else is refused, and nobody named is asked for", () => {
    expect(said("协办 辛", { ...by, by: "zheng.qi" }).answer).toContain("由承办人帮办员丙或首席帮办员办理，本次未生效");
    expect(said("协办", by).asks).toEqual(["words"]);
  });
  it("whoever was added tells of progress, and does not finish it", () => {
    const helper = { by: "zheng.qi", tickets: [assisted], quote };
    expect(said("进展 系统已更新", helper).told[0]?.text).toContain("帮办员庚：系统已更新");
    expect(said("办结 系统已更新好了", helper).answer).toContain("由承办人帮办员丙或首席帮办员办理，本次未生效");
    expect(said("转办 辛 忙", helper).events).toEqual([]);
  });
});

describe("内部 …", () => {
  it("goes to the helpers' group, mentions who has to do with it, and never reaches the asker", () => {
    const { answer, told, events, decision } = said("内部 书记电话13800001234，说话客气点", {
      ...by,
      chat: null,
      tickets: [assisted],
    });
    expect(events).toEqual(["noted"]);
    expect(decision.changes[0]?.events[0]).toMatchObject({ kind: "internal" });
    expect(told).toEqual([{ to: "@helpers h01", text: "【#1207-017 内部】帮办员丙：书记电话138****1234，说话客气点" }]);
    expect(answer).toBe("【#1207-017 已记录】内部备注，不告知诉求人");
  });
  it("typed where the company reads along says so", () => {
    expect(said("内部 话筒坏过", by).answer).toContain("本群企业可见");
  });
  it("typed in the helpers' group is not repeated there, save to mention somebody", () => {
    const there = { ...by, chat: "wrHELPERS" };
    expect(said("内部 话筒坏过", there).told).toEqual([]);
    expect(said("内部 话筒坏过", { ...there, tickets: [assisted] }).told).toHaveLength(1);
  });
  it("in free words", () => {
    const text = "记一笔，别给企业看";
    const means = { [text]: isCommand("note", 0.4) };
    expect(said(text, { ...by, chat: null, means }).told[0]?.to).toContain("@helpers");
  });
  it("is kept of a finished case as well; nothing typed is asked for", () => {
    const done = given("017", ["matched", "accepted", "resolved"]);
    expect(said("内部 下次早点联系", { ...by, tickets: [done] }).events).toEqual(["noted"]);
    expect(said("内部", by).asks).toEqual(["words"]);
  });
  it("is nothing for the company or a former owner", () => {
    expect(said("内部 看看", { ...by, by: "zheng.qi" }).answer).toContain(
      "由承办人帮办员丙、协办人或首席帮办员办理，本次未生效",
    );
    expect(said("内部 看看", { ...by, by: "wang.min" }).told.map(({ to }) => to)).not.toContain("@helpers ");
  });
});
