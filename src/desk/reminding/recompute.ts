/**
 * Office hours, holidays or thresholds are others than those by which the open tickets were promised: each is computed anew,
 * and the chief is told how many have moved. Killed half way, it goes on with the next start: what is done is done.
 */
import { createHash } from "node:crypto";
import type { Write } from "../../lanes/commit.ts";
import { isAway } from "../../store/connection.ts";
import { keys } from "../../store/keys.ts";
import * as words from "../../words/reminders.ts";
import { timesOf } from "../clock/accept-by.ts";
import { addressed, type ClockDeps, settingAt } from "../clock/clockwork.ts";
import { nextStep } from "../clock/next-step.ts";
import { recomputed } from "../clock/recomputed.ts";
import { type Decision, NOTHING } from "../decision.ts";
import { Draft } from "../draft.ts";
import { planOf, stepWrite } from "../plan.ts";
import type { Setting } from "../scene.ts";
import { readTickets } from "../team/overview.ts";
import type { TicketEvent } from "../ticket/event.ts";
import { isLate } from "../ticket/lateness.ts";
import { fromStoryLine } from "../ticket/story-record.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { notify } from "./box.ts";

const AT_ONCE = 20;
/** Somebody else may act on it meanwhile. */
const TRIES = 5;
const UNDER_WAY = "under way";

interface RecomputeHow {
  readonly isClosing?: () => boolean;
  /** This process has promised by other hours until now: whatever another one has done, its own tickets may be left. */
  readonly isAnew?: boolean;
}

/** Told apart by it: hours, holidays and thresholds. */
export function basisOf({
  station: { hours, ladder, holidays },
  calendar,
}: Pick<Setting, "station" | "calendar">): string {
  const text = JSON.stringify([hours, ladder, holidays, calendar.edition]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Desk clock, ms. Resolves when all open tickets are promised by the hours of now, or the desk is about to end. */
export async function recompute(
  deps: ClockDeps,
  now: number,
  { isClosing = () => false, isAnew = false }: RecomputeHow = {},
): Promise<void> {
  const { redis, tag, commit } = deps;
  const setting = await settingAt(deps);
  const is = basisOf(setting);
  const { is: before, v = "" } = await redis.hgetall(tag + keys.basis);
  if (before === is && !isAnew) return;
  const next = String(Number(v || 0) + 1);
  const settle: Write[] = [
    ["HSET", keys.basis, "v", next, "is", is],
    ["HDEL", keys.basis, "moved"],
  ];
  const finish = { head: null, checks: [[keys.basis, "v", v] as const], numbers: [], writes: settle };
  // The first start with such a basis: what is open was promised by it, and only finds its place in the index.
  const isFirst = before === undefined;
  const states = ["open", "accepted", "paused"].map((state) => redis.zrange(tag + keys.byState(state), "0", "-1"));
  const ids = (await Promise.all(states)).flat();
  // Whatever the next start finds: some of them go by these hours already.
  if (!isFirst) await redis.hset(tag + keys.basis, "is", UNDER_WAY);
  let fault: unknown = null;
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    if (isClosing()) return;
    const lot = ids.slice(i, i + AT_ONCE).map((id) => recomputeOne(deps, setting, id, now, isFirst));
    for (const one of await Promise.allSettled(lot)) {
      if (one.status === "fulfilled") continue;
      if (isAway(one.reason)) throw one.reason;
      // One that cannot be read must not keep the others where they are.
      fault ??= one.reason;
    }
  }
  if (isFirst) {
    await commit({ ...finish, replies: [] });
    return;
  }
  const moved = Number((await redis.hget(tag + keys.basis, "moved")) ?? 0);
  const draft = Draft.ofStep(now);
  const audience = { kind: "staff", person: setting.station.chief.id, ticket: null } as const;
  // Another process has said so already, where this one finds nothing left to move.
  if (before !== is || moved > 0)
    draft.say(audience, words.recomputed({ open: ids.length, moved }), null, { patient: true });
  await commit({ ...finish, replies: addressed(setting, draft.decision().lines) });
  deps.onReplies();
  if (fault !== null) throw fault;
}

async function recomputeOne(
  deps: ClockDeps,
  setting: Setting,
  id: string,
  now: number,
  isFirst: boolean,
): Promise<void> {
  const { redis, tag, commit } = deps;
  for (let tried = 0; tried < TRIES; tried++) {
    const [[stored], lines] = await Promise.all([
      readTickets(redis, tag, [id]),
      redis.lrange(tag + keys.story(id), 0, -1),
    ]);
    if (!stored) return;
    const decision = isFirst ? NOTHING : decisionFor(setting, stored, lines.map(fromStoryLine), now);
    const plan = planOf(decision, null, [], timesOf(setting));
    // Also where the promise stays: its next step may come at another moment now.
    plan.writes.push(
      stepWrite(id, nextStep(decision.changes[0]?.after ?? stored.ticket, timesOf(setting))?.at ?? null),
    );
    if (decision.changes.some(({ after }) => after.due !== stored.ticket.due)) {
      plan.writes.push(["HINCRBY", keys.basis, "moved", "1"]);
    }
    const checks = [[keys.ticket(id), "v", stored.version] as const];
    const committed = await commit({ ...plan, checks });
    if (committed.kind !== "moved") return;
  }
  throw new Error(`somebody else was always first at ${id}`);
}

/** To the second it is over as well: nobody could keep it any more. */
function isPast(ticket: Pick<Ticket, "due" | "pause">, now: number): boolean {
  return isLate(ticket, now) || (ticket.pause === null && ticket.due === now);
}

/** Whoever asked has another time in their receipt, and hears of it. */
function decisionFor(setting: Setting, stored: StoredTicket, story: readonly TicketEvent[], now: number): Decision {
  const { ticket: before } = stored;
  // Over since the list was read.
  const anew = isActive(before) ? recomputed(before, story, setting) : null;
  if (!anew) return NOTHING;
  // What was not kept was not kept: only a promise for which there is time again moves. A pause may have stopped its clock.
  const isOver = isPast(before, now) && isPast({ ...before, due: anew.due }, now);
  const pledge = isOver ? { ...anew, due: before.due } : anew;
  if (isOver && pledge.provisional === before.provisional && pledge.acceptBy === before.acceptBy) return NOTHING;
  const draft = Draft.ofStep(now);
  const ticket = draft.happen(stored, { event: "recomputed", ...pledge });
  if (ticket.due !== before.due) notify(draft, setting, ticket, "moved", "asker");
  return draft.decision();
}
