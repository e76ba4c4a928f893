/** Every phrase of the files, understood by a matcher that was taught all the others but not it. */
import type { LabelledRow } from "./evaluate.ts";
import type { Intents } from "./intents.ts";
import { openScorer, TWO, trainMachines } from "./machines.ts";
import { openMatcher } from "./matcher.ts";
import { foldsOf, type Lessons, modelOf, prepareLessons, settle, teachFolds } from "./train.ts";
import type { Understanding } from "./understanding.ts";

export interface CrossValidation {
  readonly rows: readonly LabelledRow[];
  /** @param text a phrase of the files; @param said what is understood in its place, by whom was not taught it. */
  understand(text: string, said?: string): Understanding;
}

/** Calibration and marks are those that all folds give together: twenty numbers, fitted to thousands of phrases. */
export function crossValidate(
  intents: Intents,
  folds: number,
  onProgress: (done: number, total: number) => void,
): CrossValidation {
  const lessons = prepareLessons(intents);
  const total = folds * lessons.machineCount;
  let done = 0;
  const taught = teachFolds(lessons, folds, () => onProgress(++done, total));
  const settled = settle(lessons, taught);
  const matchers = taught.machines.map((machines) => {
    return openMatcher(modelOf(intents, lessons, settled, machines), intents);
  });
  const foldOf = new Map(lessons.texts.map((text, row) => [text, taught.of[row] ?? 0]));
  return {
    rows: lessons.texts.map((text, row): LabelledRow => {
      const [a, b] = lessons.pairs.get(row)?.map((item) => lessons.labels[item] ?? "") ?? [];
      if (a !== undefined && b !== undefined) return { text, label: [a, b] };
      return { text, label: lessons.labels[lessons.truth[row] ?? 0] ?? "" };
    }),
    understand: (text, said = text) => {
      const matcher = matchers[foldOf.get(text) ?? -1];
      if (!matcher) throw new Error(`not a phrase of the files: ${text}`);
      return matcher.understand(said);
    },
  };
}

export interface CurvePoint {
  /** The share of each class's phrases that were taught. */
  readonly part: number;
  readonly phrases: number;
  readonly top1: number;
  readonly top3: number;
}

const PARTS = [0.1, 0.25, 0.5, 0.75, 1];

/** How the accuracy among the items grows with the phrases: the same fifth is asked each time. */
export function* learningCurve(intents: Intents): Generator<CurvePoint> {
  const lessons = prepareLessons(intents);
  const folds = foldsOf(lessons.truth, lessons.labels.length, 5);
  const items = lessons.kinds.filter((kind) => kind === 0).length;
  for (const part of PARTS) {
    const taught = thinned(lessons, folds, part);
    const score = openScorer(trainMachines(lessons, taught, () => {}));
    let top1 = 0;
    let top3 = 0;
    let asked = 0;
    lessons.truth.forEach((label, row) => {
      if (folds[row] !== 0 || label === TWO || label >= items) return;
      const { offsets, columns, values } = lessons.rows;
      const { margins } = score(columns, values, offsets[row] ?? 0, offsets[row + 1] ?? 0);
      const own = margins[label] as number;
      const above = margins.subarray(0, items).filter((margin) => margin > own).length;
      asked += 1;
      if (above === 0) top1 += 1;
      if (above < 3) top3 += 1;
    });
    yield { part, phrases: taught.length, top1: top1 / asked, top3: top3 / asked };
  }
}

/** The first part of each class's phrases outside the fold that is asked; the folds have shuffled them. */
function thinned({ truth, labels }: Lessons, folds: Uint8Array, part: number): Int32Array {
  const rows = Int32Array.from(truth.keys()).filter((row) => folds[row] !== 0);
  const all = [TWO, ...labels.keys()].map((label) => rows.filter((row) => truth[row] === label));
  return Int32Array.from(all.flatMap((own) => [...own.subarray(0, Math.ceil(own.length * part))])).sort();
}
