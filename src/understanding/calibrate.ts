/**
 * From margins to probabilities: for each kind of class a slope, an offset and the say of the speech act and of the kind's own machine, fitted to
 * scores that every phrase got from machines which had not seen it.
 */
import { ACT_OF_KIND } from "./speech-act.ts";

/** What a class is; a class's kind decides what its winning leads to. */
export const KINDS = ["item", "other", "none", "command"] as const;

export interface Calibration {
  /** One for each of `KINDS`. */
  readonly slopes: readonly number[];
  readonly offsets: readonly number[];
  readonly acts: readonly number[];
  readonly kinds: readonly number[];
}

/** Margins of the classes, of the speech acts and of the kinds. */
export interface Scores {
  readonly margins: Float32Array;
  readonly acts: Float32Array;
  readonly kinds: Float32Array;
}

/** Writes the probability of each class into `into`; they sum to 1. */
export function toProbabilities(
  { margins, acts, kinds: own }: Scores,
  kinds: Uint8Array,
  calibration: Calibration,
  into: Float32Array,
): void {
  const { slopes } = calibration;
  const base = ACT_OF_KIND.map((act, kind) => {
    const said = (calibration.acts[kind] as number) * (acts[act] as number);
    return (calibration.offsets[kind] as number) + said + (calibration.kinds[kind] as number) * (own[kind] as number);
  });
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < kinds.length; index++) {
    const kind = kinds[index] as number;
    const score = (slopes[kind] as number) * (margins[index] as number) + (base[kind] as number);
    into[index] = score;
    if (score > most) most = score;
  }
  let sum = 0;
  for (let index = 0; index < kinds.length; index++) {
    const odds = Math.exp((into[index] as number) - most);
    into[index] = odds;
    sum += odds;
  }
  for (let index = 0; index < kinds.length; index++) into[index] = (into[index] as number) / sum;
}

export interface Scored extends Scores {
  /** The class that the phrase is listed under. */
  readonly truth: number;
}

/**
 * How messages to the desk are expected to fall on the kinds. The lists' own lengths must not decide it: whoever adds
 * a hundred greetings would make every request look a little more like a greeting.
 */
const EXPECTED: readonly number[] = [0.45, 0.1, 0.3, 0.15];

const STEPS = 80;
const PACE = 0.25;

/** Likelihood by gradient ascent (Adam): sixteen numbers from thousands of phrases, so nothing is learnt by heart. */
export function fitCalibration(scored: readonly Scored[], kinds: Uint8Array): Calibration {
  const size = KINDS.length;
  const values = new Float64Array(4 * size).fill(4, 0, size);
  const first = new Float64Array(values.length);
  const second = new Float64Array(values.length);
  const slope = new Float64Array(values.length);
  const odds = new Float32Array(kinds.length);
  const weightOf = weighKinds(scored, kinds);
  const read = (): Calibration => ({
    slopes: [...values.subarray(0, size)],
    offsets: [...values.subarray(size, 2 * size)],
    acts: [...values.subarray(2 * size, 3 * size)],
    kinds: [...values.subarray(3 * size)],
  });
  for (let step = 1; step <= STEPS; step++) {
    slope.fill(0);
    const calibration = read();
    for (const row of scored) {
      const weight = weightOf[kinds[row.truth] as number] as number;
      toProbabilities(row, kinds, calibration, odds);
      for (let index = 0; index < kinds.length; index++) {
        const error = weight * ((odds[index] as number) - (index === row.truth ? 1 : 0));
        const kind = kinds[index] as 0 | 1 | 2 | 3;
        slope[kind] = (slope[kind] as number) + error * (row.margins[index] as number);
        slope[size + kind] = (slope[size + kind] as number) + error;
        slope[2 * size + kind] = (slope[2 * size + kind] as number) + error * (row.acts[ACT_OF_KIND[kind]] as number);
        slope[3 * size + kind] = (slope[3 * size + kind] as number) + error * (row.kinds[kind] as number);
      }
    }
    for (let at = 0; at < values.length; at++) {
      const towards = (slope[at] as number) / Math.max(1, scored.length);
      first[at] = 0.9 * (first[at] as number) + 0.1 * towards;
      second[at] = 0.99 * (second[at] as number) + 0.01 * towards * towards;
      const mean = (first[at] as number) / (1 - 0.9 ** step);
      const spread = Math.sqrt((second[at] as number) / (1 - 0.99 ** step));
      values[at] = (values[at] as number) - (PACE * mean) / (spread + 1e-9);
    }
  }
  return read();
}

/** What one phrase of each kind counts, so that the kinds weigh as expected. */
export function weighKinds(scored: readonly Scored[], kinds: Uint8Array): number[] {
  const counts = KINDS.map(() => 0);
  for (const { truth } of scored) counts[kinds[truth] as number] = (counts[kinds[truth] as number] as number) + 1;
  return counts.map((count, kind) => ((EXPECTED[kind] ?? 0) * scored.length) / Math.max(1, count));
}
