import { describe, expect, it } from "vitest";
import { given, isCommand, isItem, quoteOf, said } from "../scene-given.ts";

const only = given("017", ["matched", "accepted"]);
const inHelpers = { by: "sun.san", chat: "wrHELPERS", tickets: [only] };
const OFFER = "需要代企业登记吗？";

describe("what a helper with one ticket says without naming it", () => {
  it.each([
    "明州服饰的书记想借一台投影仪",
    "恒通汽配和明州服饰都想借会议室",
    "丽园食品问党费怎么算",
    "刚才有个单位的同志上门，是大华电子的，想建支部",
    "接了宁波大华的电话，问入党材料",
    "窗口来了两位，要转组织关系",
    "接了恒通汽配的电话，问党费怎么算",
  ])("is no progress of it where it is somebody else's matter: %s", (text) => {
    const { answer, events, asks, told } = said(text, { ...inHelpers, means: { [text]: isItem("dues") } });
    expect(events).toEqual([]);
    expect(told).toEqual([]);
    expect(asks).toEqual(["on-behalf"]);
    expect(answer).toContain(OFFER);
    expect(answer).toContain("如是 #1207-017 的进展，请引用该件或写上编号再发一次");
  });

  it.each(["跟场地方说好了，周三可以用", "恒通汽配来电，人数改成三十", "已给企业打电话说明"])(
    "is progress of it otherwise: %s",
    (text) => {
      expect(said(text, { ...inHelpers, means: { [text]: isItem("venue") } }).events).toEqual(["noted"]);
    },
  );

  it("is progress of what is quoted or numbered, whoever is named", () => {
    const text = "明州服饰让出了三楼会议室";
    const means = { [text]: isItem("venue") };
    expect(said(text, { ...inHelpers, means, quote: quoteOf("017") }).events).toEqual(["noted"]);
    expect(said(`1207-017 进展 ${text}`, inHelpers).events).toEqual(["noted"]);
  });

  it("is asked about where an order names another company", () => {
    const text = "明州服饰的场地定好了，三楼";
    const { answer, events } = said(text, { ...inHelpers, means: { [text]: isCommand("resolve") } });
    expect(events).toEqual([]);
    expect(answer).toContain("请问是哪一件？\n1 #1207-017");
    expect(said("进展 明州服饰的场地在谈", inHelpers).events).toEqual([]);
  });

  it("is done to the one of two that is that company's", () => {
    const other = given("018", ["matched", "accepted"], { enterprise: "明州服饰有限公司" });
    const text = "明州服饰的场地定好了，三楼";
    const { ticket, events } = said(text, {
      ...inHelpers,
      tickets: [only, other],
      means: { [text]: isCommand("resolve") },
    });
    expect(events).toEqual(["resolved"]);
    expect(ticket?.number).toBe("20261207-018");
  });

  it("is a visit where it begins as one, blank or not", () => {
    const { decision, events } = said("走访恒通汽配，车间很干净", inHelpers);
    expect(decision.visits).toMatchObject([{ enterprise: "恒通汽配有限公司" }]);
    expect(events).toEqual([]);
    expect(said("走访的记录在哪里看", inHelpers).decision.visits).toEqual([]);
  });

  it("answers no question about it either", () => {
    const unclear = given("017", [], { recorder: "h02", asker: "h02" });
    const text = "刚接了明州服饰刘书记的电话，档案丢了";
    const means = { [text]: isItem("member-data") };
    const item = { kind: "item" as const, ticket: "T017", options: ["venue"], misses: 0 };
    expect(said(text, { ...inHelpers, tickets: [unclear], ask: item, means }).events).toEqual([]);
    const result = { kind: "result" as const, ticket: "T017" };
    expect(said(text, { ...inHelpers, ask: result, means }).events).toEqual([]);
  });
});

describe("代录 while the desk asks which company the last one was for", () => {
  const options = ["恒通汽配有限公司"];
  const ask = { kind: "on-behalf" as const, text: "想借会议室", options, typed: "汽配", via: null };
  const means = {
    想借会议室: isItem("venue"),
    要开介绍信: isItem("transfer"),
    "丽园食品 要开介绍信": isItem("transfer"),
  };
  const asked = { by: "sun.san", chat: "wrHELPERS", ask, means };

  it("is a case of its own, for its own company", () => {
    const { ticket, answer } = said("代录 丽园食品 要开介绍信", asked);
    expect(ticket).toMatchObject({ enterprise: "丽园食品有限公司", text: "要开介绍信", item: "transfer" });
    expect(answer).toContain("丽园食品有限公司");
  });

  it("is answered by a name or a number alone", () => {
    expect(said("丽园食品", asked).ticket).toMatchObject({ enterprise: "丽园食品有限公司", text: "想借会议室" });
    expect(said("1", asked).ticket).toMatchObject({ enterprise: "恒通汽配有限公司", text: "想借会议室" });
    expect(said("丽园食品 要开介绍信", asked).events).toEqual([]);
  });

  it("is said yes to by its own word", () => {
    const offered = { ...asked, ask: { kind: "on-behalf" as const, text: "想借会议室" } };
    expect(said("代录", offered).ticket).toMatchObject({ text: "想借会议室" });
    expect(said("代录 丽园食品 要开介绍信", offered).ticket).toMatchObject({ text: "要开介绍信" });
  });
});
