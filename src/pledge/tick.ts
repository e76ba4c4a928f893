/** The clock's hand: looks what is due, and lets each step be committed. After downtime it simply catches up. */
import type { Redis } from "ioredis";
import { isAway } from "../store/connection.ts";
import { keys } from "../store/keys.ts";

const EVERY_MS = 1000;
const AT_ONCE = 100;
/** A step that keeps failing must not keep the others waiting. */
const MOST_FAILURES = 5;
const PUT_OFF_MS = 3_600_000;

export interface TickDeps {
  readonly redis: Redis;
  readonly tag: string;
  /** The desk clock, ms. */
  now(): Promise<number>;
  /** Commits the step of one ticket, if it is still due; does nothing if somebody else was first. */
  step(ticket: string, now: number): Promise<void>;
  readonly log: { error(details: object, message: string): void };
}

export function startTick({ redis, tag, now, step, log }: TickDeps): { look(): Promise<void>; stop(): Promise<void> } {
  const failures = new Map<string, number>();
  let running: Promise<void> | null = null;
  let stopped = false;

  async function lookOnce(): Promise<void> {
    const at = await now();
    // Read, not removed: only the commit of the step moves it on.
    const due = await redis.zrangebyscore(tag + keys.steps, "-inf", at, "LIMIT", 0, AT_ONCE);
    for (const ticket of due) {
      if (stopped) return;
      try {
        await step(ticket, at);
        failures.delete(ticket);
      } catch (error) {
        if (isAway(error)) throw error;
        const failed = (failures.get(ticket) ?? 0) + 1;
        failures.set(ticket, failed);
        log.error({ err: error, ticket, failed }, "a step failed");
        if (failed >= MOST_FAILURES) {
          failures.delete(ticket);
          await redis.zadd(tag + keys.steps, "XX", at + PUT_OFF_MS, ticket);
        }
      }
    }
  }

  function look(): Promise<void> {
    running ??= lookOnce()
      .catch((error: unknown) => {
        if (!isAway(error)) log.error({ err: error }, "looking for due steps failed");
      })
      .finally(() => {
        running = null;
      });
    return running;
  }

  const timer = setInterval(() => void look(), EVERY_MS);
  return {
    look,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
