/** The desk clock: the wire clock, moved forward in the demo. How far it runs ahead lives in Redis. */
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

export interface DeskClock {
  now(): Promise<number>;
  /** Forward only: what has happened has happened. */
  advance(ms: number): Promise<number>;
}

export function openDeskClock(redis: Redis, tag: string, wireNow: () => number): DeskClock {
  const key = tag + keys.clock;
  return {
    async now() {
      return wireNow() + Number((await redis.get(key)) ?? 0);
    },
    async advance(ms) {
      return wireNow() + (await redis.incrby(key, Math.max(0, Math.round(ms))));
    },
  };
}
