import { describe, expect, it } from "vitest";
import { crossValidate, learningCurve } from "../../src/understanding/cross-validate.ts";
import { evaluate } from "../../src/understanding/evaluate.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { writeIntents } from "./fixtures.ts";

const TWO = "- { text: 想借会议室，还要问党费怎么交, items: [venue, dues] }\n";
const intents = readIntents(writeIntents({ "two-requests.yaml": TWO }));

describe("cross-validation", () => {
  const seen: number[] = [];
  const { rows, understand } = crossValidate(intents, 3, (done) => seen.push(done));

  it("asks every phrase once, two requests too, and says how far it has come", () => {
    expect(rows.map(({ text }) => text)).toContain("周三下午借一间能坐三十人的会议室");
    expect(rows.find(({ text }) => text.startsWith("想借会议室，"))?.label).toEqual(["venue", "dues"]);
    expect(new Set(rows.map(({ text }) => text)).size).toBe(rows.length);
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
  });

  it("answers by a matcher that does not know the phrase: a lone phrase is not got right by heart", () => {
    const { rows: asked, top3 } = evaluate(rows, (text) => understand(text));
    expect(asked).toBe(rows.length);
    expect(top3.of).toBe(18);
    expect(() => understand("没有这一句")).toThrow("not a phrase of the files");
    expect(understand("想借会议室", "谢谢").candidates.length).toBe(3);
  });

  it("draws the curve over growing parts of the phrases", () => {
    const points = [...learningCurve(intents)];
    expect(points.map(({ part }) => part)).toEqual([0.1, 0.25, 0.5, 0.75, 1]);
    expect(points.every(({ top1, top3 }) => top1 <= top3 && top3 <= 1)).toBe(true);
    expect((points.at(-1)?.phrases ?? 0) > (points[0]?.phrases ?? 0)).toBe(true);
  });
});
