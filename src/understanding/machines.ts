/**
 * The machines that score a sentence: one per class, one per speech act, one per kind of class, one for two requests at once: kept side by side in one table of bytes,
 * so that a message is scored in a single walk over its own columns.
 */
import { KINDS, type Scores } from "./calibrate.ts";
import { ACT_OF_KIND, ACTS, findPlain, keepPlain } from "./speech-act.ts";
import { type Rows, trainSeparator } from "./svm.ts";

export interface Machines {
  /** 1 for each column that belongs to no subject. */
  readonly plain: Uint8Array;
  /**
   * One row per column of the vocabulary: a value per class, per speech act (0 where the column is not plain), per kind, and one
   * for two requests.
   * Times `scales`, plus `biases`, the sums are the margins.
   */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
}

export const TWO = -1;

/** How many machines there are for so many classes. */
export function machineCountOf(classCount: number): number {
  return classCount + ACTS + KINDS.length + 1;
}

/** What the machines learn from. */
export interface Examples {
  readonly rows: Rows;
  readonly columnCount: number;
  /** The class of each row; `TWO` where it is an example of two requests, which belongs to no class. */
  readonly truth: Int32Array;
  /** The kind of each class, as an index of `KINDS`. */
  readonly kinds: Uint8Array;
}

/** @param taught the rows to learn from; @param onTrained is called once for each machine. */
export function trainMachines(
  { rows, columnCount, truth, kinds }: Examples,
  taught: Int32Array,
  onTrained: () => void,
): Machines {
  const machines = machineCountOf(kinds.length);
  const classed = taught.filter((row) => truth[row] !== TWO);
  const asking = taught.filter((row) => truth[row] === TWO || kinds[truth[row] as number] === 0);
  const weights = new Int8Array(columnCount * machines);
  const scales = new Float32Array(machines);
  const biases = new Float32Array(machines);
  const train = (machine: number, from: Rows, use: Int32Array, positive: (row: number) => boolean): void => {
    const { weights: own, bias } = trainSeparator(from, columnCount, use, positive);
    const most = own.reduce((far, value) => Math.max(far, Math.abs(value)), 1e-9);
    // A byte a weight: the margin moves by less than the noise of calibration, the file is a quarter.
    for (let column = 0; column < columnCount; column++) {
      weights[column * machines + machine] = Math.round(((own[column] as number) / most) * 127);
    }
    scales[machine] = most / 127;
    biases[machine] = bias;
    onTrained();
  };
  for (let label = 0; label < kinds.length; label++) train(label, rows, classed, (row) => truth[row] === label);
  const plain = findPlain(rows, columnCount, classed, truth, kinds);
  const bare = keepPlain(rows, plain);
  const actOf = (row: number) => ACT_OF_KIND[kinds[truth[row] as number] as 0 | 1 | 2 | 3];
  for (let act = 0; act < ACTS; act++) train(kinds.length + act, bare, classed, (row) => actOf(row) === act);
  const kindOf = (row: number) => kinds[truth[row] as number];
  KINDS.forEach((_, kind) => {
    train(kinds.length + ACTS + kind, rows, classed, (row) => kindOf(row) === kind);
  });
  train(machines - 1, rows, asking, (row) => truth[row] === TWO);
  return { plain, weights, scales, biases };
}

/** Entries `from` to before `to` of a sparse row. The answer is one reused buffer: read it before asking again. */
export type Scorer = (
  columns: Int32Array,
  values: Float32Array,
  from: number,
  to: number,
) => Scores & {
  /** One number: how much the whole is worded like two requests. */
  readonly wording: Float32Array;
};

export function openScorer({ plain, weights, scales, biases }: Machines): Scorer {
  const machines = scales.length;
  const kindStart = machines - KINDS.length - 1;
  const actStart = kindStart - ACTS;
  const sums = new Float32Array(machines);
  const wording = sums.subarray(machines - 1);
  const scores = {
    margins: sums.subarray(0, actStart),
    acts: sums.subarray(actStart, kindStart),
    kinds: sums.subarray(kindStart, machines - 1),
    wording,
  };
  return (columns, values, from, to) => {
    sums.fill(0);
    let squares = 0;
    for (let entry = from; entry < to; entry++) {
      const column = columns[entry] as number;
      const value = values[entry] as number;
      if (plain[column] === 1) squares += value * value;
      const start = column * machines;
      for (let machine = 0; machine < machines; machine++) {
        sums[machine] = (sums[machine] as number) + value * (weights[start + machine] as number);
      }
    }
    // The speech acts were taught on rows of plain columns only, which had length 1 by themselves.
    const stretch = 1 / (Math.sqrt(squares) || 1);
    for (let machine = 0; machine < machines; machine++) {
      const sum = (sums[machine] as number) * (scales[machine] as number);
      const isAct = machine >= actStart && machine < kindStart;
      sums[machine] = (isAct ? sum * stretch : sum) + (biases[machine] as number);
    }
    return scores;
  };
}
