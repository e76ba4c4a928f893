import { describe, expect, it } from "vitest";
import { given, isItem, isOther, isTalk, isUnclear, MINUTE, NOW, said } from "../scene-given.ts";

const accepted = given("017", ["matched", "accepted"]);
const rated = given("017", ["matched", "accepted", "resolved", "rated", "closed"]);
const other = given("018", ["matched"], { item: "dues" });

describe("what is said back to a line about the only ticket of somebody", () => {
  it.each(["什么复印件？", "那我找谁？", "哪一份材料啊？", "我点错了，已经解决了"])(
    "is told to whoever has it, and opens nothing: %s",
    (text) => {
      for (const meaning of [isUnclear("archive"), isTalk]) {
        const { events, told } = said(text, { tickets: [accepted], means: { [text]: meaning } });
        expect(events).toEqual(["noted"]);
        expect(told[0]).toMatchObject({ to: "h02" });
      }
    },
  );

  it("is answered, and told, also where the ticket has just come to its end", () => {
    const declined = given("017", ["matched"], { state: "declined", owner: "chief" });
    const text = "那我找谁？";
    const means = { [text]: isOther };
    const scene = { tickets: [], last: declined, lastAt: NOW - 60 * MINUTE, means };
    const { events, answer, told } = said(text, scene);
    expect(events).toEqual([]);
    expect(answer).toBe("【#1207-017 已转告】您的话已转告首席帮办员甲，请等候答复");
    expect(told).toEqual([{ to: "chief*", text: "【#1207-017 诉求人来问】那我找谁？\n请与诉求人联系答复" }]);
    expect(said(text, { ...scene, lastAt: NOW - 8 * 24 * 60 * MINUTE }).events).toContain("opened");
  });

  it("is a request where it asks for something by itself, is long, or may be of several tickets", () => {
    const text = "那宿舍的空调坏了没人修该怎么办？";
    expect(said(text, { tickets: [accepted], means: { [text]: isOther } }).events).toContain("opened");
    const dues = "怎么交党费？";
    expect(said(dues, { tickets: [accepted], means: { [dues]: isItem("dues") } }).events).toContain("opened");
    const which = "什么复印件？";
    const several = { tickets: [accepted, other], means: { [which]: isUnclear("archive") } };
    expect(said(which, several).events).toContain("opened");
    // A correction is no request, whichever it is about.
    expect(said("我点错了，已经解决了", several).asks).toEqual(["which"]);
  });
});

describe("a rating", () => {
  const ask = { kind: "rate" as const, ticket: "T017", rated: true as const };

  it("once given may still be put right here", () => {
    const resolved = given("017", ["matched", "accepted", "resolved"]);
    const { decision } = said("4，就是慢了点", { tickets: [resolved], ask: { kind: "rate", ticket: "T017" } });
    expect(decision.talks.at(-1)?.ask).toMatchObject({ ask });
  });

  it.each([
    ["不对，给3", 3],
    ["点错了，应该是2", 2],
    ["不对，是基本满意", 3],
    ["我刚才打错了，4分", 4],
  ])("is put right by %s", (text, rating) => {
    expect(said(text, { tickets: [rated], ask }).ticket).toMatchObject({ number: "20261207-017", rating });
  });

  it("is not put right by a bare number, which is talk; what is not solved opens it anew", () => {
    expect(said("3", { tickets: [rated], ask }).events).toEqual([]);
    expect(said("还是没解决", { tickets: [rated], ask }).events).toEqual(["reopened"]);
  });
});
