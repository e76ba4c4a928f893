/**
 * The one clock of a soak, some 15 times as quick as the real one, so that the windows of a minute cost seconds: desk,
 * lanes and imitated platform are all given the same function.
 *
 * It does not run, it is carried on: a step whenever this process has had its turn and Redis has answered, never by the
 * time that has gone by. A lease is four seconds of this clock, and a machine that stands still for a moment (others
 * work on it too) must not end one: then time stands still as well. What is lent twice in a soak is lent twice by a fault.
 */
import { setTimeout as pause } from "node:timers/promises";

export interface QuickClock {
  /** ms, whole. */
  now(): number;
  stop(): Promise<void>;
}

/** Fifty steps and more make a lease. */
const STEP_MS = 75;
const EVERY_MS = 4;

/** `beat`: a round trip to whatever must keep up; `after`: called with the time after each step. */
export function openQuickClock(from: number, beat: () => Promise<unknown>, after: (now: number) => void): QuickClock {
  let now = from;
  let stopped = false;
  const carried = carry();

  async function carry(): Promise<void> {
    while (!stopped) {
      await Promise.all([beat(), pause(EVERY_MS)]);
      now += STEP_MS;
      after(now);
    }
  }
  // Redis is taken away under it only where the whole soak is being ended.
  carried.catch(() => {});

  return {
    now: () => now,
    async stop() {
      stopped = true;
      await carried.catch(() => {});
    },
  };
}
