/** What the station does by the clock, whatever its tickets: the morning's lists, a word about the calendar, the digest. */
import type { Outgoing } from "../../chat/outgoing.ts";
import type { Check, Write } from "../../lanes/commit.ts";
import { keys } from "../../store/keys.ts";
import { type ClockDeps, ROUTINE, settingAt, type TakeStep } from "../clock/clockwork.ts";
import { stepWrite } from "../plan.ts";
import type { Setting } from "../scene.ts";

export interface Work {
  readonly checks: readonly Check[];
  readonly writes: readonly Write[];
  readonly replies: readonly Outgoing[];
  /** Not now: it is still to be done, and is looked at again then. */
  readonly again?: number;
}

export const NO_WORK: Work = { checks: [], writes: [], replies: [] };

export interface Routine {
  readonly name: string;
  /** Seconds, as where something is drawn: reminders and lights do not wait for it. */
  readonly takesLong?: boolean;
  /** The first moment strictly after; null for never. Desk clock, ms. */
  next(after: number, setting: Setting): number | null;
  /** @param scheduled the last moment that is over: after a downtime the ones before it are left out */
  work(scheduled: number, now: number, setting: Setting): Promise<Work>;
}

export interface Routines {
  readonly takeRoutine: TakeStep;
  /** Each stands in the index, by the hours of now: at start, and when the files were read again. */
  schedule(now: number): Promise<void>;
}

export function openRoutines(deps: ClockDeps, routines: readonly Routine[]): Routines {
  const { redis, tag, commit } = deps;
  const byName = new Map(routines.map((routine) => [routine.name, routine]));

  async function takeRoutine(name: string, now: number): Promise<void> {
    const routine = byName.get(name);
    const key = keys.routine(name);
    const { v = "", done } = await redis.hgetall(tag + key);
    const setting = await settingAt(deps);
    const scheduled = routine && done !== undefined ? lastDue(routine, Number(done), now, setting) : null;
    const checks: Check[] = [[key, "v", v]];
    if (!routine || done === undefined || scheduled === null) {
      // By another calendar it is not due yet; an older desk had a routine of this name.
      const next = routine && done !== undefined ? routine.next(Number(done), setting) : null;
      await commit({ head: null, checks, numbers: [], writes: [stepWrite(ROUTINE + name, next)], replies: [] });
      return;
    }
    const { replies, again, ...work } = await routine.work(scheduled, now, setting);
    if (again !== undefined) {
      await commit({ head: null, checks, numbers: [], writes: [stepWrite(ROUTINE + name, again)], replies: [] });
      return;
    }
    const writes: Write[] = [
      ["HSET", key, "v", String(Number(v || 0) + 1), "done", String(scheduled)],
      stepWrite(ROUTINE + name, routine.next(scheduled, setting)),
      ...work.writes,
    ];
    const committed = await commit({ head: null, checks: [...checks, ...work.checks], numbers: [], writes, replies });
    if (committed.kind === "done" && replies.length > 0) deps.onReplies();
  }

  async function schedule(now: number): Promise<void> {
    const setting = await settingAt(deps);
    for (const routine of routines) {
      const key = tag + keys.routine(routine.name);
      // Begins with the desk: what would have been due before has not been missed.
      await redis.hsetnx(key, "done", String(now));
      const next = routine.next(Number(await redis.hget(key, "done")), setting);
      if (next === null) await redis.zrem(tag + keys.steps, ROUTINE + routine.name);
      else await redis.zadd(tag + keys.steps, String(next), ROUTINE + routine.name);
    }
  }

  return { takeRoutine, schedule };
}

/** The last of its moments that is over; null if none is. */
function lastDue(routine: Routine, done: number, now: number, setting: Setting): number | null {
  let last: number | null = null;
  for (let at = routine.next(done, setting); at !== null && at <= now; at = routine.next(at, setting)) last = at;
  return last;
}
