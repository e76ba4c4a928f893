import { describe, expect, it } from "vitest";
import { address } from "../../src/desk/lines/addressing.ts";
import { knownAsWrites } from "../../src/desk/ticket/known-as.ts";
import type { Understanding } from "../../src/understanding/understanding.ts";
import { given, isItem, isUnclear, NOW, said, sceneOf } from "./scene-given.ts";

const text = "周三下午借间三十人的会议室，再请一位讲党史的老师";
const both: Understanding = isItem("venue", "lecturer");
const divided: Understanding = {
  ...both,
  parts: [
    { item: "venue", text: "周三下午借间三十人的会议室" },
    { item: "lecturer", text: "再请一位讲党史的老师" },
  ],
};

describe("two requests in one message", () => {
  it("are two tickets, each with its own words, promise and helper, in one receipt", () => {
    const { answer, decision, told } = said(text, { means: { [text]: divided } });
    expect(decision.changes.map(({ after }) => [after.item, after.text, after.size])).toEqual([
      ["venue", "周三下午借间三十人的会议室", "small"],
      ["lecturer", "再请一位讲党史的老师", "big"],
    ]);
    expect(answer).toBe(
      [
        "【#short-number-NEW001 已受理】活动场地协调",
        "诉求：周三下午借间三十人的会议室",
        "需求：12月9日（周三）下午　30人",
        "承诺：今日 18:00 前答复　帮办员：帮办员丙（南社区服务点）",
        "【#short-number-NEW002 已受理】师资课程对接",
        "诉求：再请一位讲党史的老师",
        "承诺：12月8日（周二）18:00 前答复　帮办员：帮办员丙（南社区服务点）",
        "依据：“借”　不对请引用本条并@小帮手 回复：编号 改",
        "请补充：计划什么时间上课？大概有多少人听课？引用本条并@小帮手 回复即可",
      ].join("\n"),
    );
    expect(decision.lines.filter(({ audience }) => audience.kind === "answer")).toHaveLength(1);
    // One telephone rings once.
    expect(told.map(({ to }) => to)).toEqual(["h02"]);
    expect(told[0]?.text.match(/【#short-number-NEW00\d 待接单】/gu)).toHaveLength(2);
    expect(told[0]?.text).toContain("编号 接单");
  });

  it("share what was typed where it could not be divided", () => {
    const { answer, decision } = said(text, { means: { [text]: both } });
    expect(decision.changes.map(({ after }) => after.text)).toEqual([text, text]);
    expect(answer.match(/诉求：/gu)).toHaveLength(1);
    expect(answer).not.toContain("请补充");
  });

  it("of which one has an invited officer tell that officer of that one alone", () => {
    const two = "转关系，再交党费";
    const { told } = said(two, { means: { [two]: isItem("transfer", "dues") } });
    expect(told.map(({ to }) => to)).toEqual(["h02", "org*"]);
    expect(told[1]?.text).toContain("组织关系转接");
    expect(told[1]?.text).not.toContain("党费收缴");
  });

  it("can be quoted by the line's id as by its words", () => {
    const scene = sceneOf(text, { means: { [text]: both } });
    const { decision } = said(text, { means: { [text]: both } });
    const message = { ...scene.message, knownAs: "k1" };
    const numbers = "#short-number-NEW001 #short-number-NEW002";
    expect(knownAsWrites(message, decision)[0]?.[2]).toBe(numbers);
    for (const line of decision.lines) expect(address(line, { ...scene, message }).about).toBe(numbers);
  });

  it("between which it is unclear is one ticket that asks", () => {
    const { decision, asks } = said(text, { means: { [text]: isUnclear("venue", "lecturer") } });
    expect(decision.changes).toHaveLength(1);
    expect(asks).toEqual(["item"]);
  });

  it("are never more than ten", () => {
    const items = Array.from({ length: 14 }, () => "venue");
    expect(said(text, { means: { [text]: isItem(...items) } }).decision.changes).toHaveLength(10);
  });
});

describe("of two tickets that one message opened", () => {
  const first = given("017", ["matched"], { text: "借会议室", received: NOW - 1000 });
  const second = given("018", ["matched"], { text: "想请老师讲课", item: "lecturer", received: NOW - 1000 });
  const receipt = "【#1207-017 已受理】活动场地协调\n诉求：…\n【#1207-018 已受理】师资课程对接\n诉求：…";
  const how = { tickets: [first, second], quote: receipt, last: second, lastAt: NOW - 1000 };

  it("each is changed and taken back by its own number", () => {
    expect(said("018 撤回", how).ticket).toMatchObject({ number: "20261207-018", state: "withdrawn" });
    expect(said("#1207-017 改 交党费", { ...how, means: { 交党费: isItem("dues") } }).ticket).toMatchObject({
      number: "20261207-017",
      item: "dues",
    });
  });
  it("the one that is meant is asked for where no number says it", () => {
    expect(said("撤回", how).asks).toEqual(["which"]);
  });
  it("both get what both asked for, and their helper hears it once", () => {
    const ask = { kind: "details", ticket: "T017", also: ["T018"], slots: ["date", "people"] } as const;
    const { decision, told, answer } = said("周三下午，三十人", { tickets: [first, second], ask });
    expect(decision.changes.map(({ after }) => new Map(after.slots).get("people"))).toEqual(["30人", "30人"]);
    expect(told).toHaveLength(1);
    expect(answer).toMatch(/#1207-017 已补充.*#1207-018 已补充/su);
  });
  it("typing the very same again names both and opens nothing", () => {
    const lastText =
      said("同一句话", { means: { 同一句话: both } }).decision.talks.find(({ last }) => last)?.last?.text ?? "";
    const { answer, events } = said("同一句话", { ...how, quote: null, lastText, means: { 同一句话: both } });
    expect(events).toEqual([]);
    expect(answer).toMatch(/#1207-017 已受理.*#1207-018 已受理/su);
  });
});
