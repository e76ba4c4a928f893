/** Where to open, where to ask, where to stay silent: marks chosen from scores of phrases not seen in training. */
import { type Calibration, type Scored, toProbabilities, weighKinds } from "./calibrate.ts";
import { judge, type Verdict, weigh } from "./judge.ts";
import type { Marks } from "./model.ts";

const ITEM = 0;
const OTHER = 1;
const NONE = 2;

/** Tries every mark of a coarse grid and keeps the one whose verdicts please most. */
export function chooseMarks(scored: readonly Scored[], kinds: Uint8Array, calibration: Calibration): Marks {
  const weightOf = weighKinds(scored, kinds);
  const probabilities = new Float32Array(kinds.length);
  const rows = scored.map((row) => {
    const { truth } = row;
    toProbabilities(row, kinds, calibration, probabilities);
    const kind = kinds[truth] as number;
    return { odds: weigh(probabilities, kinds), truth, kind, weight: weightOf[kind] as number };
  });
  let best: Marks = { high: 0.5, low: 0.5, talk: 0.5 };
  let most = Number.NEGATIVE_INFINITY;
  for (const marks of grid()) {
    let sum = 0;
    for (const { odds, truth, kind, weight } of rows) sum += weight * worth(judge(odds, marks), truth, kind);
    if (sum > most) {
      most = sum;
      best = marks;
    }
  }
  return best;
}

function* grid(): Generator<Marks> {
  for (let high = 0.3; high < 0.81; high += 0.05) {
    for (let low = 0.2; low < 0.71; low += 0.1) {
      for (let talk = 0.2; talk < 0.71; talk += 0.05) yield { high, low, talk };
    }
  }
}

/** What a verdict is worth to the people concerned: 1 as it should be, 0 useless, below 0 harmful. */
function worth({ kind, classes }: Verdict, truth: number, truthKind: number): number {
  if (truthKind === ITEM) {
    if (kind === "item") return classes[0] === truth ? 1 : -0.5;
    // One question more; still a ticket with a number, and the right answer among the choices.
    if (kind === "unclear") return classes.includes(truth) ? 0.5 : 0.1;
    return kind === "other" ? 0 : -1;
  }
  if (truthKind === OTHER) {
    if (kind === "other") return 1;
    if (kind === "unclear") return 0.3;
    return kind === "item" ? -0.5 : -1;
  }
  if (truthKind === NONE) {
    if (kind === "none") return 1;
    return kind === "command" ? -0.2 : -1;
  }
  if (kind === "command") return classes[0] === truth ? 1 : -0.3;
  return kind === "none" ? -0.3 : -0.6;
}
