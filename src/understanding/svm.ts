/**
 * A linear support vector machine, one class against the rest: L2 loss by dual coordinate descent with shrinking
 * (Hsieh et al. 2008, the method of liblinear). Deterministic: the same rows and seed give the same weights.
 */

/** Sparse rows end to end: row r holds the entries from `offsets[r]` to before `offsets[r + 1]`. */
export interface Rows {
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

export interface SvmOptions {
  /** Price of an error. */
  readonly cost: number;
  readonly seed: number;
  /** Stop when no coordinate is further from its optimum. */
  readonly tolerance: number;
  readonly epochsMax: number;
}

export interface Separator {
  readonly weights: Float32Array;
  readonly bias: number;
}

export const SVM_DEFAULTS: SvmOptions = { cost: 0.5, seed: 20_261_123, tolerance: 0.5, epochsMax: 60 };

/** @param taught the rows to learn from; @param positive whether row r belongs to the class. */
export function trainSeparator(
  rows: Rows,
  columnCount: number,
  taught: Int32Array,
  positive: (row: number) => boolean,
  options: SvmOptions = SVM_DEFAULTS,
): Separator {
  const { offsets, columns, values } = rows;
  const size = taught.length;
  const order = Int32Array.from({ length: size }, (_, index) => index);
  const sign = new Int8Array(size);
  let positives = 0;
  for (let index = 0; index < size; index++) {
    const yes = positive(taught[index] ?? 0);
    sign[index] = yes ? 1 : -1;
    if (yes) positives += 1;
  }
  // A class of 40 among 5,000 would be ignored; fully balanced it would shout. The root is the measured middle.
  const costPositive = options.cost * Math.sqrt(Math.max(1, size - positives) / Math.max(1, positives));
  const diagonalPositive = 1 / (2 * costPositive);
  const diagonalNegative = 1 / (2 * options.cost);

  const weights = new Float32Array(columnCount);
  let bias = 0;
  const alpha = new Float64Array(size);
  const curvature = new Float64Array(size);
  for (let index = 0; index < size; index++) {
    const row = taught[index] ?? 0;
    // 1 is the bias, a column that every row has.
    let squares = 1 + (sign[index] === 1 ? diagonalPositive : diagonalNegative);
    for (let at = offsets[row] ?? 0, end = offsets[row + 1] ?? 0; at < end; at++)
      squares += (values[at] as number) ** 2;
    curvature[index] = squares;
  }

  const random = openRandom(options.seed);
  let active = size;
  let highBefore = Number.POSITIVE_INFINITY;
  for (let epoch = 0; epoch < options.epochsMax; epoch++) {
    let high = Number.NEGATIVE_INFINITY;
    let low = Number.POSITIVE_INFINITY;
    for (let at = 0; at < active; at++) swap(order, at, at + Math.floor(random() * (active - at)));
    for (let at = 0; at < active; at++) {
      const index = order[at] as number;
      const row = taught[index] as number;
      const y = sign[index] as number;
      const before = alpha[index] as number;
      const start = offsets[row] as number;
      const end = offsets[row + 1] as number;
      let product = bias;
      for (let entry = start; entry < end; entry++) {
        product += (weights[columns[entry] as number] as number) * (values[entry] as number);
      }
      const gradient = y * product - 1 + (y === 1 ? diagonalPositive : diagonalNegative) * before;
      let projected = gradient;
      if (before === 0) {
        if (gradient > highBefore) {
          // Far on the right side and not needed: out of the way until the rest has settled.
          active -= 1;
          swap(order, at, active);
          at -= 1;
          continue;
        }
        projected = Math.min(gradient, 0);
      }
      high = Math.max(high, projected);
      low = Math.min(low, projected);
      if (Math.abs(projected) < 1e-12) continue;
      const after = Math.max(before - gradient / (curvature[index] as number), 0);
      alpha[index] = after;
      const step = (after - before) * y;
      if (step === 0) continue;
      for (let entry = start; entry < end; entry++) {
        const column = columns[entry] as number;
        weights[column] = (weights[column] as number) + step * (values[entry] as number);
      }
      bias += step;
    }
    if (high - low <= options.tolerance) {
      if (active === size) break;
      // Settled without those set aside: look at all of them once more.
      active = size;
      highBefore = Number.POSITIVE_INFINITY;
      continue;
    }
    highBefore = high <= 0 ? Number.POSITIVE_INFINITY : high;
  }
  return { weights, bias };
}

function swap(order: Int32Array, a: number, b: number): void {
  const kept = order[a] as number;
  order[a] = order[b] as number;
  order[b] = kept;
}

/** Mulberry32: the same shuffles on every machine. */
export function openRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
