import { describe, expect, it } from "vitest";
import { given, isCommand, isItem, quoteOf, said } from "./scene-given.ts";

const open = given("013", ["matched"]);
const accepted = given("017", ["matched", "accepted"]);
const resolved = given("017", ["matched", "accepted", "resolved"]);
const quote = quoteOf("017");

describe("好了", () => {
  const means = { 好了: isCommand("resolve"), 弄好了: isCommand("resolve"), 搞定: isCommand("resolve") };
  it.each(["好了", "弄好了", "都办好了", "搞定", "已经解决了！"])(
    "%s from whoever has it in hand asks for the result",
    (text) => {
      const { answer, asks } = said(text, { by: "sun.san", tickets: [accepted], quote, means });
      expect(answer).toContain("请写明办理结果");
      expect(asks).toEqual(["result"]);
    },
  );
  it("with what came of it ends it", () => {
    const text = "好了，账号能登了";
    const { events } = said(text, {
      by: "sun.san",
      tickets: [accepted],
      quote,
      means: { [text]: isCommand("resolve") },
    });
    expect(events).toEqual(["resolved"]);
  });
  it.each(["wang.min", "xu.da", "wang.ba", "zhao.yi", "li.si"])("from %s is talk", (by) => {
    for (const text of ["好了", "弄好了"]) {
      const { answer, events } = said(text, { by, tickets: [accepted], quote, means });
      expect([answer, events]).toEqual(["", []]);
    }
  });
});

describe("digits with a zero before them", () => {
  const means = { 党费013元怎么补交: isItem("dues"), "想请 讲课": isItem("lecturer"), 想请013讲课: isItem("lecturer") };
  it("that count something are no ticket's number", () => {
    for (const text of ["党费013元怎么补交", "党费 013 块怎么补交"]) {
      const { events, ticket } = said(text, {
        by: "xu.da",
        tickets: [open],
        means: { ...means, [text]: isItem("dues") },
      });
      expect(events).toEqual(["opened", "matched"]);
      expect(ticket?.item).toBe("dues");
    }
  });
  it("in the middle of a request of its own are none either", () => {
    const { events } = said("想请013讲课", { by: "xu.da", tickets: [open], means });
    expect(events).toContain("opened");
  });
  it("are one where the ticket is spoken of", () => {
    expect(said("麻烦把013催一下", { tickets: [open], means: { "麻烦把 催一下": isCommand("urge") } }).events).toEqual([
      "urged",
    ]);
    expect(said("013 撤回", { tickets: [open] }).ticket?.state).toBe("withdrawn");
  });
});

describe("a grade with words behind it", () => {
  it.each([
    ["3 一般般", 3],
    ["5，办得快", 5],
    ["4 还行吧", 4],
    ["2 太慢", 2],
  ])("%s is a rating", (text, rating) => {
    expect(said(text, { tickets: [resolved], quote }).ticket).toMatchObject({ rating });
  });
  it.each(["3 天了还没答复", "2 点来的人", "3 楼没有灯", "1 个人都没来"])("%s is none", (text) => {
    expect(said(text, { tickets: [resolved], quote }).ticket?.rating ?? null).toBeNull();
  });
});
