import { describe, expect, it } from "vitest";
import { lessonWrites, readLesson } from "../../../src/desk/asking/lesson.ts";
import { planOf } from "../../../src/desk/plan.ts";
import { given, isItem, isOther, isUnclear, NOW, quoteOf, said, TIMES } from "../scene-given.ts";

const open = given("017", ["matched"], { text: "党员张建国的事找谁，电话13812345678 [图片×1]" });
const asking = given("017");
const quote = quoteOf("017");

describe("what the desk is told about its understanding", () => {
  it("is kept by the commit that carries it out: 改", () => {
    const { decision } = said("改 党费收缴", { tickets: [open], quote });
    expect(decision.lessons).toEqual([
      {
        number: "20261207-017",
        at: NOW,
        phrase: "党员张××的事找谁，电话138****5678",
        from: "venue",
        to: "dues",
        by: "change",
      },
    ]);
    const writes = planOf(decision, null, [], TIMES).writes.filter(([, key]) => key === ":lessons");
    expect(writes.map(([command]) => command)).toEqual(["RPUSH", "LTRIM"]);
    expect(readLesson(writes[0]?.[2] ?? "")).toEqual(decision.lessons[0]);
  });

  it("is kept: the answer to the question which item, also when it is none of them", () => {
    const ask = { kind: "item", ticket: "T017", options: ["venue", "dues"], misses: 0 } as const;
    const how = { tickets: [asking], ask };
    expect(said("2", how).decision.lessons).toMatchObject([{ from: null, to: "dues", by: "answer" }]);
    expect(said("0", how).decision.lessons).toMatchObject([{ from: null, to: "other", by: "answer" }]);
    expect(said("交党费", { ...how, means: { 交党费: isItem("dues") } }).decision.lessons).toMatchObject([
      { to: "dues" },
    ]);
  });

  it("is not what nobody corrected", () => {
    expect(said("借会议室", { means: { 借会议室: isItem("venue") } }).decision.lessons).toEqual([]);
    expect(said("讨薪", { means: { 讨薪: isOther } }).decision.lessons).toEqual([]);
    expect(said("办活动", { means: { 办活动: isUnclear("venue", "dues") } }).decision.lessons).toEqual([]);
    expect(said("改 活动场地协调", { tickets: [open], quote }).decision.lessons).toEqual([]);
  });

  it("is bounded, and nothing is written where there is nothing", () => {
    expect(lessonWrites([])).toEqual([]);
    expect(readLesson("{")).toBeNull();
    expect(readLesson('{"number":1}')).toBeNull();
  });
});
