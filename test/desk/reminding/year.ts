/**
 * A year of a station by its clock: tickets every day, people who act on them or do not, and a desk that is killed once a day
 * in the middle of what it is doing. What must have happened to each ticket is reckoned afterwards from what people did.
 */
import { timesOf } from "../../../src/desk/clock/accept-by.ts";
import { nextStep } from "../../../src/desk/clock/next-step.ts";
import { pledgeFrom } from "../../../src/desk/draft.ts";
import { DESK, type TicketEvent } from "../../../src/desk/ticket/event.ts";
import { afterPause } from "../../../src/desk/ticket/lateness.ts";
import { fromStoryLine } from "../../../src/desk/ticket/story-record.ts";
import { evolve, isActive, mayHappen, openTicket, type Ticket } from "../../../src/desk/ticket/ticket.ts";
import { addDays, DAY_MS, MINUTE_MS, shanghaiTime } from "../../../src/pledge/hours.ts";
import { nextRung } from "../../../src/pledge/ladder.ts";
import { pauseEnds } from "../../../src/pledge/pause.ts";
import { keys } from "../../../src/store/keys.ts";
import type { TestRedis } from "../../doubles/redis.ts";
import type { ClockBench, Hand } from "./clock-bench.ts";

export interface YearOf {
  readonly from: string;
  readonly days: number;
  readonly perDay: number;
  /** The clock looks so often; later than this nothing comes. */
  readonly everyMs: number;
  /** From 0 to 1; each life has its own, so that lives beside each other change nothing. */
  random(life: number): () => number;
}

interface Act {
  readonly at: number;
  readonly life: Life;
  take(): Promise<void>;
}

interface Life {
  readonly random: () => number;
  /** Empty until it has been received. */
  id: string;
}

const HOUR_MS = 60 * MINUTE_MS;
/** Tickets that people act on at the same time. */
const TOGETHER = 16;

export async function liveThrough(
  bench: ClockBench,
  { from, days, perDay, everyMs, random }: YearOf,
): Promise<string[]> {
  const lives: Life[] = [];
  let acts: Act[] = [];
  let hand: Hand = bench.hand();
  const start = shanghaiTime(from, 0);
  bench.now = start;
  await hand.routines.schedule(bench.now);
  const chance = random(-1);
  const between = (least: number, most: number, by: () => number) => least + by() * (most - least);
  const later = (life: Life, [least, most]: readonly [number, number], act: (life: Life) => Promise<void>) =>
    acts.push({ at: bench.now + between(least, most, life.random) * HOUR_MS, life, take: () => act(life) });

  for (let day = 0; day < days; day++) {
    const midnight = shanghaiTime(addDays(from, day), 0);
    for (let n = 0; n < perDay; n++) {
      const life = { random: random(lives.length), id: "" };
      lives.push(life);
      acts.push({ at: midnight + between(0, 24, life.random) * HOUR_MS, life, take: () => receive(life) });
    }
    const killed = Math.floor(between(0, DAY_MS / everyMs, chance));
    for (let turn = 0; turn * everyMs < DAY_MS; turn++) await pass(midnight + turn * everyMs, turn === killed);
  }
  await pass(shanghaiTime(addDays(from, days), 0), false);
  await hand.stop();
  return lives.map(({ id }) => id).filter((id) => id !== "");

  async function pass(to: number, isKilled: boolean): Promise<void> {
    bench.now = to;
    if (isKilled) {
      // In the middle of its work, or of its waiting: what is not committed has not happened.
      const looking = hand.look().catch(() => {});
      await nextTurns(Math.floor(between(0, 12, chance)));
      hand.cut();
      await looking;
      await hand.stop();
      hand = bench.hand();
    }
    const due = new Map<Life, Act[]>();
    for (const act of acts.filter(({ at }) => at <= to)) due.set(act.life, [...(due.get(act.life) ?? []), act]);
    acts = acts.filter(({ at }) => at > to);
    const turns = [...due.values()];
    for (let i = 0; i < turns.length; i += TOGETHER) {
      await Promise.all(
        turns.slice(i, i + TOGETHER).map(async (turn) => {
          for (const { take } of turn) await take();
        }),
      );
    }
    await hand.look();
  }

  async function receive(life: Life): Promise<void> {
    const size = life.random() < 0.7 ? "small" : "big";
    const { why: _, ...pledge } = pledgeFrom(bench.setting, bench.now, size);
    life.id = await bench.open({ size, ...pledge, received: bench.now });
    await bench.act(life.id, (draft, stored) =>
      draft.happen(stored, {
        ...{ event: "matched", item: "venue", size, owner: "h02", invited: null, why: "", match: null },
        ...pledge,
      }),
    );
    if (life.random() < 0.75) later(life, [1 / 60, 1.5], accept);
  }

  async function accept(life: Life): Promise<void> {
    await tryTo(life, "accepted", () => ({ event: "accepted" }));
    const next = life.random();
    if (next < 0.1) later(life, [1, 4], pause);
    else if (next < 0.2) later(life, [1, 6], extend);
    else if (next < 0.97) later(life, [0.2, 60], resolve);
  }

  async function pause(life: Life): Promise<void> {
    const { calendar, station } = bench.setting;
    const until = pauseEnds(bench.now, calendar, station.hours);
    await tryTo(life, "paused", () => ({ event: "paused", reason: "等名单", until }));
    later(life, [1, 100], resume);
  }

  async function resume(life: Life): Promise<void> {
    const times = timesOf(bench.setting);
    await tryTo(life, "resumed", (ticket) => ({
      event: "resumed",
      ...afterPause(ticket, { since: ticket.pause?.since ?? bench.now, now: bench.now }, times),
    }));
    later(life, [1, 30], resolve);
  }

  async function extend(life: Life): Promise<void> {
    await tryTo(life, "extended", ({ due }) => ({
      ...{ event: "extended", provisional: false, reason: "场地未定" },
      due: Math.max(due, bench.now) + DAY_MS,
    }));
    later(life, [1, 80], resolve);
  }

  async function resolve(life: Life): Promise<void> {
    const { calendar, station } = bench.setting;
    await tryTo(life, "resolved", () => ({
      ...{ event: "resolved", result: "已留座" },
      rateBy: pauseEnds(bench.now, calendar, station.hours),
    }));
    if (life.random() < 0.15) later(life, [1, 20], reopen);
  }

  async function reopen(life: Life): Promise<void> {
    const { why: _, ...pledge } = pledgeFrom(bench.setting, bench.now, "small");
    await tryTo(life, "reopened", () => ({ event: "reopened", ...pledge, reason: "没解决" }));
    later(life, [0.1, 5], accept);
  }

  async function tryTo(
    { id }: Life,
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
