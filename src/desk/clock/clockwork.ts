/**
 * The clock's hand at the desk: what is due in the index of steps is a ticket, somebody's box, or a routine of the station.
 * Each is one commit under the version that was read, so that two processes, a crash or a second look do nothing twice.
 */
import type { Redis } from "ioredis";
import type { Outgoing } from "../../chat/outgoing.ts";
import type { Commit } from "../../lanes/commit.ts";
import { withLeaves } from "../../station/leave.ts";
import { keys } from "../../store/keys.ts";
import type { Line } from "../decision.ts";
import { address } from "../lines/addressing.ts";
import { planOf, stepWrite } from "../plan.ts";
import { BOX } from "../reminding/box.ts";
import type { Setting } from "../scene.ts";
import { readTickets } from "../team/overview.ts";
import { fetchStanding } from "../team/standing.ts";
import { timesOf } from "./accept-by.ts";
import { decideStep } from "./step.ts";

export interface ClockDeps {
  readonly redis: Redis;
  readonly tag: string;
  readonly commit: Commit;
  readonly setting: () => Setting;
  /** Replies stand in their lanes now. */
  readonly onReplies: () => void;
}

/** Takes the step of one member of the index, if it is still due. Desk clock, ms. */
export type TakeStep = (member: string, now: number) => Promise<void>;

/** How a routine is called among the steps: before every box of the same moment, which may have something of it to say. */
export const ROUTINE = "at:";

export function openClockwork(
  deps: ClockDeps & { readonly sayBox: TakeStep; readonly takeRoutine: TakeStep },
): TakeStep {
  return (member, now) => {
    if (member.startsWith(BOX)) return deps.sayBox(member.slice(BOX.length), now);
    if (member.startsWith(ROUTINE)) return deps.takeRoutine(member.slice(ROUTINE.length), now);
    return stepTicket(deps, member, now);
  };
}

async function stepTicket(deps: ClockDeps, id: string, now: number): Promise<void> {
  const { redis, tag, commit } = deps;
  const [[stored], present] = await Promise.all([readTickets(redis, tag, [id]), settingAt(deps)]);
  if (!stored) {
    await redis.zrem(tag + keys.steps, id);
    return;
  }
  const stepped = decideStep(present, stored, now);
  if ("again" in stepped) {
    const checks = [[keys.ticket(id), "v", stored.version] as const];
    await commit({ head: null, checks, numbers: [], writes: [stepWrite(id, stepped.again)], replies: [] });
    return;
  }
  const replies = addressed(present, stepped.decision.lines);
  const committed = await commit(planOf(stepped.decision, null, replies, timesOf(present)));
  if (committed.kind === "done" && replies.length > 0) deps.onReplies();
}

/** The setting with who is on leave now, and who has how much to do. */
export async function settingAt({ redis, tag, setting }: ClockDeps): Promise<Setting> {
  const { leaves, load } = await fetchStanding(redis, tag);
  const current = setting();
  return { ...current, station: withLeaves(current.station, leaves), load };
}

/** Of the clock: nobody's message is answered. */
export function addressed(setting: Setting, lines: readonly Line[]): Outgoing[] {
  return lines.map((line) => address(line, { ...setting, message: null }));
}
