/**
 * The one clock of a soak, some 15 times as quick as the real one, so that the windows of a minute cost seconds: desk,
 * lanes and imitated platform are all given the same function.
 *
 * It does not run, it is carried on: a step whenever this process has had its turn and Redis has answered, never by the
 * time that has gone by. A lease is four seconds of this clock, and a machine that stands still for a moment (others
 * work on it too) must not end one: then time stands still as well. What is lent twice in a soak is lent twice by a
 * fault. While nothing at all is lent there is nothing to end, and whatever waits for its window waits in longer strides.
 */
import { setTimeout as pause } from "node:timers/promises";

export interface QuickClock {
  /** ms, whole. */
  now(): number;
  stop(): Promise<void>;
}

/** More than fifty of them make a lease. */
const STEP_MS = 75;
/** Shorter than the shortest window there is, which is a little more than a second. */
const STRIDE_MS = 1000;
const EVERY_MS = 4;

export interface QuickClockDeps {
  readonly from: number;
  /** A round trip to Redis: whether anything is lent or about to be. */
  isUnderWay(now: number): Promise<boolean>;
  /** After each step. */
  onStep(now: number): void;
}

export function openQuickClock({ from, isUnderWay, onStep }: QuickClockDeps): QuickClock {
  let now = from;
  let stopped = false;
  // Redis is taken away under it only where the whole soak is being ended.
  const carried = carry().catch(() => {});

  async function carry(): Promise<void> {
    while (!stopped) {
      const [busy] = await Promise.all([isUnderWay(now), pause(EVERY_MS)]);
      now += busy ? STEP_MS : STRIDE_MS;
      onStep(now);
    }
  }

  return {
    now: () => now,
    async stop() {
      stopped = true;
      await carried;
    },
  };
}
