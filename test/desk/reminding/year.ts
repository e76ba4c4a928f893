/**
 * A year of a station by its clock: tickets every day, people who act on them or do not, and a desk that is killed once a day
 * in the middle of what it is doing. What must have happened to each ticket is reckoned afterwards from what people did.
 */
import { timesOf } from "../../../src/desk/clock/accept-by.ts";
import { nextStep } from "../../../src/desk/clock/next-step.ts";
import { pledgeFrom } from "../../../src/desk/draft.ts";
import { DESK, type TicketEvent } from "../../../src/desk/ticket/event.ts";
import { fromStoryLine } from "../../../src/desk/ticket/story-record.ts";
import { evolve, isActive, mayHappen, openTicket, type Ticket } from "../../../src/desk/ticket/ticket.ts";
import { addDays, DAY_MS, MINUTE_MS, shanghaiTime } from "../../../src/pledge/hours.ts";
import { nextRung } from "../../../src/pledge/ladder.ts";
import { dueAfterPause, pauseEnds } from "../../../src/pledge/pause.ts";
import { keys } from "../../../src/store/keys.ts";
import type { TestRedis } from "../../doubles/redis.ts";
import type { ClockBench, Hand } from "./clock-bench.ts";

export interface YearOf {
  readonly from: string;
  readonly days: number;
  readonly perDay: number;
  /** The clock looks so often; later than this nothing comes. */
  readonly everyMs: number;
  random(): number;
}

type Act = readonly [at: number, take: () => Promise<void>];

export async function liveThrough(
  bench: ClockBench,
  { from, days, perDay, everyMs, random }: YearOf,
): Promise<string[]> {
  const ids: string[] = [];
  const acts: Act[] = [];
  let hand: Hand = bench.hand();
  const start = shanghaiTime(from, 0);
  bench.now = start;
  await hand.routines.schedule(bench.now);
  const between = (least: number, most: number) => least + random() * (most - least);
  const later = (ms: number, take: () => Promise<void>) => acts.push([bench.now + ms, take]);

  for (let day = 0; day < days; day++) {
    const midnight = shanghaiTime(addDays(from, day), 0);
    for (let n = 0; n < perDay; n++) acts.push([midnight + between(0, 24) * 3_600_000, receive]);
    const killed = Math.floor(between(0, DAY_MS / everyMs));
    for (let turn = 0; turn * everyMs < DAY_MS; turn++) await pass(midnight + turn * everyMs, turn === killed);
  }
  await pass(shanghaiTime(addDays(from, days), 0), false);
  await hand.stop();
  return ids;

  async function pass(to: number, isKilled: boolean): Promise<void> {
    bench.now = to;
    const due = acts.filter(([at]) => at <= to);
    for (const act of due) acts.splice(acts.indexOf(act), 1);
    if (isKilled) {
      // In the middle of its work, or of its waiting: what is not committed has not happened.
      const looking = hand.look().catch(() => {});
      await nextTurns(Math.floor(between(0, 12)));
      hand.cut();
      await looking;
      await hand.stop();
      hand = bench.hand();
    }
    for (const [, take] of due) await take();
    await hand.look();
  }

  async function receive(): Promise<void> {
    const size = random() < 0.7 ? "small" : "big";
    const { why: _, ...pledge } = pledgeFrom(bench.setting, bench.now, size);
    const id = await bench.open({ size, ...pledge, received: bench.now });
    ids.push(id);
    await bench.act(id, (draft, stored) =>
      draft.happen(stored, {
        ...{ event: "matched", item: "venue", size, owner: "h02", invited: null, why: "", match: null },
        ...pledge,
      }),
    );
    if (random() < 0.75) later(between(1, 90) * MINUTE_MS, () => accept(id));
  }

  async function accept(id: string): Promise<void> {
    await tryTo(id, "accepted", () => ({ event: "accepted" }));
    const chance = random();
    if (chance < 0.1) later(between(1, 4) * 3_600_000, () => pause(id));
    else if (chance < 0.2) later(between(1, 6) * 3_600_000, () => extend(id));
    else if (chance < 0.97) later(between(0.2, 60) * 3_600_000, () => resolve(id));
  }

  async function pause(id: string): Promise<void> {
    const { calendar, station } = bench.setting;
    const until = pauseEnds(bench.now, calendar, station.hours);
    await tryTo(id, "paused", () => ({ event: "paused", reason: "等名单", until }));
    later(between(1, 100) * 3_600_000, async () => {
      await tryTo(id, "resumed", ({ due, pause: waited }) => ({
        event: "resumed",
        ...dueAfterPause({ due, since: waited?.since ?? bench.now, now: bench.now }, calendar, station.hours),
      }));
      later(between(1, 30) * 3_600_000, () => resolve(id));
    });
  }

  async function extend(id: string): Promise<void> {
    await tryTo(id, "extended", ({ due }) => ({
      ...{ event: "extended", provisional: false, reason: "场地未定" },
      due: Math.max(due, bench.now) + DAY_MS,
    }));
    later(between(1, 80) * 3_600_000, () => resolve(id));
  }

  async function resolve(id: string): Promise<void> {
    const { calendar, station } = bench.setting;
    await tryTo(id, "resolved", () => ({
      ...{ event: "resolved", result: "已留座" },
      rateBy: pauseEnds(bench.now, calendar, station.hours),
    }));
    if (random() < 0.15) {
      later(between(1, 20) * 3_600_000, async () => {
        const { why: _, ...pledge } = pledgeFrom(bench.setting, bench.now, "small");
        await tryTo(id, "reopened", () => ({ event: "reopened", ...pledge, reason: "没解决" }));
        later(between(0.1, 5) * 3_600_000, () => accept(id));
      });
    }
  }

  async function tryTo(
    id: string,
    event: Parameters<typeof mayHappen>[1],
    happening: (ticket: Ticket) => Parameters<Parameters<Parameters<typeof bench.act>[1]>[0]["happen"]>[1],
  ): Promise<void> {
    await bench.act(id, (draft, stored) => {
      if (mayHappen(stored.ticket, event)) draft.happen(stored, happening(stored.ticket));
    });
  }
}

async function nextTurns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

export interface Found {
  readonly tickets: number;
  readonly lights: number;
  readonly reminders: number;
  readonly closed: number;
  /** One sentence for everything that is not as it must be. */
  readonly wrong: readonly string[];
}

/** What the clock must have done, told from what people did; and that each open ticket stands in the index where it must. */
export async function checkYear(
  bench: ClockBench,
  { redis, tag }: TestRedis,
  ids: readonly string[],
  everyMs: number,
): Promise<Found> {
  const times = timesOf(bench.setting);
  const wrong: string[] = [];
  const count = { lights: 0, reminders: 0, closed: 0 };
  const indexed = new Map<string, number>();
  const flat = await redis.zrange(tag + keys.steps, "0", "-1", "WITHSCORES");
  for (let i = 0; i + 1 < flat.length; i += 2) indexed.set(flat[i] ?? "", Number(flat[i + 1]));

  for (const id of ids) {
    const story = (await redis.lrange(tag + keys.story(id), 0, -1)).map(fromStoryLine);
    const ticket = checkStory(id, story);
    const step = nextStep(ticket, times);
    if ((step?.at ?? null) !== (indexed.get(id) ?? null))
      wrong.push(`${ticket.number} stands at ${indexed.get(id)}, not ${step?.at}`);
    if (step && step.at <= bench.now - everyMs)
      wrong.push(`${ticket.number} waits for a ${step.step} that is long due`);
    if (isActive(ticket) && step === null && ticket.light !== "red")
      wrong.push(`${ticket.number} is open without a next step`);
  }
  return { tickets: ids.length, ...count, wrong };

  /** Each step of the clock stands where the ticket before it asked for one, at its time; and nothing was left out on the way. */
  function checkStory(id: string, story: readonly TicketEvent[]): Ticket {
    const [first, ...rest] = story;
    if (first?.event !== "opened") throw new Error(`${id} has no beginning`);
    let ticket = openTicket(id, "", first);
    let changed = first.at;
    for (const event of rest) {
      const step = nextStep(ticket, times);
      if (event.by === DESK && event.message === null && isClocks(event)) {
        checkClocks(ticket, event, changed);
      } else if (step && step.at < event.at - everyMs) {
        wrong.push(`${id}: ${step.step} was due at ${step.at} when somebody acted at ${event.at}`);
      }
      // What a pause held back is lit when it ends, and a promise that is nearly over when it is given at once.
      if (["resumed", "extended", "reopened"].includes(event.event)) changed = event.at;
      ticket = evolve(ticket, event);
    }
    return ticket;
  }

  function checkClocks(ticket: Ticket, event: TicketEvent, changed: number): void {
    if (event.event === "light") {
      count.lights += 1;
      const rung = nextRung(ticket.light, ticket.due, times);
      const again = event.light === "red" && ticket.broken > 1;
      if (rung?.light !== event.light) wrong.push(`${ticket.id}: ${event.light} came after ${ticket.light}`);
      else if (!again && (event.at < rung.at || event.at > Math.max(rung.at, changed) + 2 * everyMs)) {
        wrong.push(`${ticket.id}: ${event.light} of ${rung.at} came at ${event.at}`);
      }
    }
    if (event.event === "reminded") count.reminders += 1;
    if (event.event === "closed") count.closed += 1;
    const step = nextStep(ticket, times);
    if (!step || step.at > event.at) {
      if (!(event.event === "light" && ticket.broken > 1))
        wrong.push(`${ticket.id}: ${event.event} at ${event.at} before it was due`);
    }
  }

  function isClocks({ event }: TicketEvent): boolean {
    return ["light", "reminded", "passed", "put-off", "closed"].includes(event);
  }
}
