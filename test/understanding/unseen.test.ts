/** What the matcher makes of messages that were written without a look at its phrases. The summary is for the log of CI. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate, type LabelledRow, type Share } from "../../src/understanding/evaluate.ts";
import { describeEvaluation } from "../../src/understanding/evaluation-words.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { openMatcher } from "../../src/understanding/matcher.ts";
import { loadOrTrain } from "../../src/understanding/model-cache.ts";
import { MODEL_DIR } from "./fixtures.ts";

describe("messages that the matcher has never seen", () => {
  const intents = readIntents("intents");
  const { understand } = openMatcher(loadOrTrain(intents, MODEL_DIR).model, intents);
  const lines = readFileSync("test/understanding/unseen.jsonl", "utf8").trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as LabelledRow);
  const found = evaluate(rows, understand);
  // Figures only: whoever mends a phrase file must not be led by these sentences.
  process.stdout.write(`${describeEvaluation(found, 0)}\n`);
  const part = ({ hits, of }: Share) => hits / of;

  it("are understood as well as the desk promises", () => {
    expect(part(found.top1)).toBeGreaterThanOrEqual(0.92);
    expect(part(found.top3)).toBeGreaterThanOrEqual(0.98);
    expect(part(found.openedOrAsked)).toBeGreaterThanOrEqual(0.92);
    expect(part(found.doubled)).toBeLessThanOrEqual(0.02);
    expect(part(found.otherNotLost)).toBeGreaterThanOrEqual(0.9);
    expect(part(found.commandsWithNumber)).toBeGreaterThanOrEqual(0.85);
    expect(part(found.commandsWithout)).toBeGreaterThanOrEqual(0.8);
  });

  it("open nothing where nothing is asked", () => {
    expect(part(found.talkOpened)).toBeLessThanOrEqual(0.05);
    expect(found.rejection.rejectedAt95).toBeGreaterThanOrEqual(0.95);
  });
});
