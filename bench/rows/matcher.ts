/** Reading one message, in µs, over phrases that the matcher has never seen; and which of them are plain requests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MODEL_DIR } from "../bench.ts";
import { load, ROOT } from "../built.ts";
import { median, quantile } from "../figures.ts";
import type { Row } from "../table.ts";

const { readIntents } = await load<typeof import("../../src/understanding/intents.ts")>("understanding/intents");
const { loadOrTrain } =
  await load<typeof import("../../src/understanding/model-cache.ts")>("understanding/model-cache");
const { openMatcher } = await load<typeof import("../../src/understanding/matcher.ts")>("understanding/matcher");

const WARM_ROUNDS = 8;
const ROUNDS = 10;

export interface MatcherFigures {
  readonly row: Row;
  /** Requests for one item that the point's helper does alone: one ticket, one answer, one mention each. */
  readonly texts: readonly string[];
}

export function measureMatcher(): MatcherFigures {
  const intents = readIntents(join(ROOT, "intents"));
  const { understand } = openMatcher(loadOrTrain(intents, MODEL_DIR).model, intents);
  const lines = readFileSync(join(ROOT, "test", "understanding", "unseen.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  const phrases = lines.map((line) => (JSON.parse(line) as { text: string }).text);

  for (let round = 0; round < WARM_ROUNDS; round++) for (const phrase of phrases) understand(phrase);
  const rounds = Array.from({ length: ROUNDS }, () =>
    phrases.map((phrase) => {
      const from = performance.now();
      understand(phrase);
      return (performance.now() - from) * 1000;
    }),
  );
  // A phrase takes what it takes as a rule: what other programs steal of a busy machine is not the matcher's.
  const times = phrases.map((_, index) => median(rounds.map((round) => round[index] ?? 0)));
  const texts = phrases.filter((phrase) => {
    const { kind, items } = understand(phrase);
    const [item, ...more] = items;
    return kind === "item" && item && more.length === 0 && intents.items.get(item)?.route === "point";
  });
  const value = `${quantile(times, 0.5).toFixed(0)} / ${quantile(times, 0.99).toFixed(0)} µs`;
  return { row: { name: `识别一条消息 p50 / p99（${phrases.length} 句）`, value }, texts };
}
