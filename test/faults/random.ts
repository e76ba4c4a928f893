/** Chance that can be repeated: the same seed, the same faults in the same order (the machine's pace is its own). */
export interface Chance {
  /** From 0 up to, not including, `most`. */
  below(most: number): number;
  oneOf<T>(choices: readonly [T, ...T[]]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** mulberry32 */
export function openChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => next() * most;
  return {
    below,
    oneOf: ([first, ...others]) => [first, ...others][Math.floor(below(others.length + 1))] ?? first,
    shuffled: (list) =>
      list
        .map((each) => [below(1), each] as const)
        .sort(([a], [b]) => a - b)
        .map(([, each]) => each),
  };
}
