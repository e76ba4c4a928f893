/** Where to open, where to ask, where to stay silent: marks chosen from scores of phrases not seen in training. */
import { type Calibration, type Scored, toProbabilities, weighKinds } from "./calibrate.ts";
import { judge, type Verdict, weigh } from "./judge.ts";
import type { Marks } from "./model.ts";

const ITEM = 0;
const OTHER = 1;
const NONE = 2;
/** Differences in worth below this are chance. */
const FLAT = 0.003;

/** Tries every mark of a coarse grid and keeps those whose verdicts please most. */
export function chooseMarks(scored: readonly Scored[], kinds: Uint8Array, calibration: Calibration): Marks {
  const weightOf = weighKinds(scored, kinds);
  const probabilities = new Float32Array(kinds.length);
  const rows = scored.map((row) => {
    const { truth } = row;
    toProbabilities(row, kinds, calibration, probabilities);
    const kind = kinds[truth] as number;
    return { odds: weigh(probabilities, kinds), truth, kind, weight: weightOf[kind] as number };
  });
  const tried = [...grid()].map((marks) => {
    let sum = 0;
    for (const { odds, truth, kind, weight } of rows) sum += weight * worth(judge(odds, marks), truth, kind);
    return { marks, pleasure: sum / Math.max(1, rows.length) };
  });
  const most = Math.max(...tried.map(({ pleasure }) => pleasure));
  // The hilltop is flat: the middle of all that is as good as the best does not jump when a phrase is added.
  const good = tried.filter(({ pleasure }) => pleasure >= most - FLAT);
  const middle = (of: (marks: Marks) => number) => good.reduce((sum, { marks }) => sum + of(marks), 0) / good.length;
  return { high: middle(({ high }) => high), low: middle(({ low }) => low), talk: middle(({ talk }) => talk) };
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
    // A wrong item reaches the right helper (owners go by the company, not by the item), but a wrong promise is given
    // and a wrong officer may be called; a question costs one answer, and nobody is mentioned until it comes.
    if (kind === "item") return classes[0] === truth ? 1 : -1.2;
    if (kind === "unclear") return classes.includes(truth) ? 0.6 : 0.1;
    // Nothing comes back: the worst there is.
    return kind === "other" ? 0 : -2.2;
  }
  if (truthKind === OTHER) {
    if (kind === "other") return 1;
    if (kind === "unclear") return 0.3;
    return kind === "item" ? -0.5 : -2.2;
  }
  if (truthKind === NONE) {
    if (kind === "none") return 1;
    return kind === "command" ? -0.2 : -1;
  }
  if (kind === "command") return classes[0] === truth ? 1 : -0.3;
  return kind === "none" ? -0.3 : -0.6;
}
