/** The desk clock: the wire clock, moved forward in the demo. How far it runs ahead lives in Redis. */
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

export interface DeskClock {
  now(): Promise<number>;
  /** By what was known of it last: good for figures and displays, not for decisions. */
  latest(): number;
  /** Forward only: what has happened has happened. */
  advance(ms: number): Promise<number>;
}

export function openDeskClock(redis: Redis, tag: string, wireNow: () => number): DeskClock {
  const key = tag + keys.clock;
  let ahead = 0;
  return {
    async now() {
      ahead = Number((await redis.get(key)) ?? 0);
      return wireNow() + ahead;
    },
    latest: () => wireNow() + ahead,
    async advance(ms) {
      ahead = await redis.incrby(key, Math.max(0, Math.round(ms)));
      return wireNow() + ahead;
    },
  };
}
