/** The clock's hand: looks what is due, and lets each step be committed. After downtime it simply catches up. */
import type { Redis } from "ioredis";
import { isAway } from "../store/connection.ts";
import { keys } from "../store/keys.ts";

const EVERY_MS = 1000;
const AT_ONCE = 100;
const TOGETHER = 10;
/** In one look: several steps of one ticket may be due after a downtime, and what does not move must not be turned for ever. */
const MOST_TURNS = 8;
/** A step that keeps failing must not keep the others waiting. */
const MOST_FAILURES = 5;
const PUT_OFF_MS = 3_600_000;

export interface TickDeps {
  readonly redis: Redis;
  readonly tag: string;
  /** The desk clock, ms. */
  now(): Promise<number>;
  /** Commits the step of a ticket, or of whatever else stands in the index (its name has a colon); does nothing if somebody else was first. */
  step(member: string, now: number): Promise<void>;
  /** What takes long goes beside the look, one after the other: nothing else waits for it. */
  isLong?(member: string): boolean;
  readonly log: { error(details: object, message: string): void };
}

export interface Tick {
  look(): Promise<void>;
  /** A look that begins now, and all that it has set going. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

export function startTick({ redis, tag, now, step, isLong = () => false, log }: TickDeps): Tick {
  const failures = new Map<string, number>();
  let running: Promise<void> | null = null;
  const beside = new Set<string>();
  let besides: Promise<void> = Promise.resolve();
  let stopped = false;

  async function lookOnce(): Promise<void> {
    const at = await now();
    const taken = new Map<string, number>();
    for (;;) {
      // Read, not removed: only the commit of the step moves it on.
      const due = await redis.zrangebyscore(tag + keys.steps, "-inf", at, "LIMIT", 0, AT_ONCE);
      const turn = due.filter((member) => !beside.has(member) && (taken.get(member) ?? 0) < MOST_TURNS);
      if (turn.length === 0 || stopped) return;
      for (const member of turn) taken.set(member, (taken.get(member) ?? 0) + 1);
      // Tickets beside each other; then what is said to people about them, one after the other.
      const tickets = turn.filter((member) => !member.includes(":"));
      for (let i = 0; i < tickets.length; i += TOGETHER) {
        await Promise.all(tickets.slice(i, i + TOGETHER).map((ticket) => stepOne(ticket, at, taken)));
      }
      for (const member of turn) {
        if (isLong(member)) goBeside(member, at, taken);
        else if (member.includes(":")) await stepOne(member, at, taken);
      }
    }
  }

  function goBeside(member: string, at: number, taken: Map<string, number>): void {
    beside.add(member);
    besides = besides
      .then(() => stepOne(member, at, taken))
      .catch(logUnlessAway)
      .finally(() => {
        beside.delete(member);
      });
  }

  async function stepOne(member: string, at: number, taken: Map<string, number>): Promise<void> {
    if (stopped) return;
    try {
      await step(member, at);
      failures.delete(member);
    } catch (error) {
      if (isAway(error)) throw error;
      // A moment's fault is over at the next look.
      taken.set(member, MOST_TURNS);
      const failed = (failures.get(member) ?? 0) + 1;
      failures.set(member, failed);
      log.error({ err: error, step: member, failed }, "a step failed");
      if (failed >= MOST_FAILURES) {
        failures.delete(member);
        await redis.zadd(tag + keys.steps, "XX", at + PUT_OFF_MS, member);
      }
    }
  }

  function look(): Promise<void> {
    running ??= lookOnce()
      .catch(logUnlessAway)
      .finally(() => {
        running = null;
      });
    return running;
  }

  function logUnlessAway(error: unknown): void {
    if (!isAway(error)) log.error({ err: error }, "looking for due steps failed");
  }

  const timer = setInterval(() => void look(), EVERY_MS);
  return {
    look,
    async catchUp() {
      await running;
      await look();
      await besides;
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
      await besides;
    },
  };
}
