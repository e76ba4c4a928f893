import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/understanding/evaluate.ts";
import { describeEvaluation } from "../../src/understanding/evaluation-words.ts";
import type { Understanding } from "../../src/understanding/understanding.ts";

const answer = (kind: Understanding["kind"], items: string[], best: string[]): Understanding => ({
  kind,
  items,
  command: kind === "command" ? "accept" : null,
  confidence: 0.9,
  candidates: best.map((item) => ({ item, confidence: 0.3 })),
  commands: [],
  because: [],
  closest: null,
});

const answers = new Map([
  ["right", answer("item", ["venue"], ["venue", "dues", "care"])],
  ["asked", answer("unclear", ["dues", "venue"], ["dues", "venue", "care"])],
  ["wrong", answer("item", ["dues"], ["dues", "care", "points"])],
  ["talk", answer("none", [], ["venue", "dues", "care"])],
  ["nuisance", answer("other", [], ["venue", "dues", "care"])],
  ["order", answer("command", [], ["venue", "dues", "care"])],
  ["two", answer("item", ["venue", "dues"], ["dues", "venue", "care"])],
]);

const report = evaluate(
  [
    { text: "right", label: "venue" },
    { text: "asked", label: "venue" },
    { text: "wrong", label: "venue" },
    { text: "wrong", label: "venue" },
    { text: "talk", label: "none" },
    { text: "nuisance", label: "none" },
    { text: "nuisance", label: "other" },
    { text: "order", label: "command:accept" },
    { text: "order", label: "command:menu" },
  ],
  (text) => answers.get(text) as Understanding,
);

describe("measuring the matcher", () => {
  it("counts what was opened, asked, missed", () => {
    expect(report).toMatchObject({
      opened: { hits: 1, of: 4 },
      top1: { hits: 1, of: 4 },
      top3: { hits: 2, of: 4 },
      asked: { hits: 1, of: 4 },
      wrongItem: { hits: 2, of: 4 },
      talkOpened: { hits: 1, of: 2 },
      otherReached: { hits: 1, of: 1 },
      commands: { hits: 1, of: 2 },
    });
  });

  it("lists who is taken for whom, the worst first", () => {
    expect(report.confusions[0]).toEqual({ label: "venue", taken: "dues", texts: ["wrong", "wrong"] });
  });

  it("counts both of two requests, in whichever order, and two tickets for one request", () => {
    const two = evaluate(
      [
        { text: "two", label: ["dues", "venue"] },
        { text: "right", label: ["dues", "venue"] },
        { text: "wrong", label: ["care", "venue"] },
        { text: "two", label: "venue" },
      ],
      (text) => answers.get(text) as Understanding,
    );
    expect(two).toMatchObject({
      bothOfTwo: { hits: 1, of: 3 },
      oneOfTwo: { hits: 2, of: 3 },
      doubled: { hits: 1, of: 1 },
    });
  });

  it("tells commands that name a number from those that do not, and voices from each other", () => {
    const told = evaluate(
      [
        { text: "order", label: "command:accept", voice: "clerk" },
        { text: "#1123-017 order", label: "command:menu", voice: "hr" },
        { text: "17号 order", label: "command:accept", voice: "hr" },
      ],
      () => answers.get("order") as Understanding,
    );
    expect(told.commandsWithNumber).toEqual({ hits: 1, of: 2 });
    expect(told.commandsWithout).toEqual({ hits: 1, of: 1 });
    expect(told.voices).toEqual([
      { name: "hr", share: { hits: 1, of: 2 } },
      { name: "clerk", share: { hits: 1, of: 1 } },
    ]);
  });

  it("says it in words, with a dash where there was nothing to measure", () => {
    expect(describeEvaluation(report)).toContain("事项：首位正确 25.0%（1/4）");
    expect(describeEvaluation(evaluate([], () => answers.get("talk") as Understanding))).toContain("口令：正确 —");
  });
});
