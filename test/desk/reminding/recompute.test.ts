import { afterEach, beforeEach, expect, it } from "vitest";
import { openClockHand } from "../../../src/clock-hand.ts";
import type { ClockDeps } from "../../../src/desk/clock/clockwork.ts";
import { pledgeFrom } from "../../../src/desk/draft.ts";
import { recompute } from "../../../src/desk/reminding/recompute.ts";
import { openCalendar } from "../../../src/pledge/calendar.ts";
import type { Hours } from "../../../src/pledge/hours.ts";
import { keys } from "../../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "../../doubles/redis.ts";
import { HAPPENINGS, setting } from "../scene-given.ts";
import { type ClockBench, type Hand, openClockBench } from "./clock-bench.ts";

const at = (text: string) => Date.parse(`${text}+08:00`);
const NO_LOG = { error() {} };

let test: TestRedis;
let bench: ClockBench;
let hand: Hand;
beforeEach(async () => {
  test = openTestRedis();
  bench = openClockBench(test, { routines: [] });
  hand = bench.hand();
  bench.now = at("2026-12-07T10:00:00");
  await recompute(hand.deps, bench.now);
});
afterEach(() => bench.close());

async function ticket(): Promise<string> {
  const { why: _, ...pledge } = pledgeFrom(bench.setting, bench.now, "small");
  const id = await bench.open(pledge);
  await bench.act(id, (draft, stored) => {
    draft.happen(stored, { ...HAPPENINGS.matched, ...pledge } as never);
    draft.happen(stored, { event: "accepted" });
  });
  return id;
}

async function tickets(count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await ticket());
  return ids;
}

function withHours(over: Partial<Hours>): void {
  const { station } = bench.setting;
  bench.setting = { ...bench.setting, station: { ...station, hours: { ...station.hours, ...over } } };
}

const dues = async (ids: readonly string[]) =>
  new Set(await Promise.all(ids.map(async (id) => (await bench.ticket(id)).ticket.due)));
const lights = async (id: string) =>
  (await bench.story(id)).flatMap((event) => (event.event === "light" ? event.light : []));

it("half an hour more of office hours leaves a broken promise as it is, and tells nobody of it", async () => {
  const id = await ticket();
  bench.now = at("2026-12-07T18:00:00");
  await hand.look();
  bench.said.length = 0;
  bench.now = at("2026-12-08T09:00:00");
  withHours({ close: 18 * 60 + 30 });
  await recompute(hand.deps, bench.now);
  await hand.look();
  expect(await lights(id)).toEqual(["blue", "yellow"]);
  expect(bench.said.map(({ to }) => to)).toEqual(["chief"]);
});

it("a broken promise stays as it is while its asker is waited for too", async () => {
  const id = await ticket();
  bench.now = at("2026-12-08T09:00:00");
  await hand.look();
  await bench.act(id, (draft, stored) => draft.happen(stored, HAPPENINGS.paused));
  withHours({ close: 18 * 60 + 30 });
  await recompute(hand.deps, bench.now);
  expect(await dues([id])).toEqual(new Set([at("2026-12-07T18:00:00")]));
});

it("what went yellow on a day that turns out to be a holiday was not broken", async () => {
  const holidays = { rest: [], work: [] };
  const { station } = bench.setting;
  bench.setting = { ...bench.setting, calendar: openCalendar(holidays), station: { ...station, holidays } };
  bench.now = at("2026-12-31T17:00:00");
  await recompute(hand.deps, bench.now);
  const id = await ticket();
  bench.now = at("2027-01-01T18:30:00");
  await hand.look();
  bench.setting = setting();
  await recompute(hand.deps, bench.now);
  bench.now = at("2027-01-04T18:00:00");
  await hand.look();
  expect((await bench.ticket(id)).ticket).toMatchObject({ light: "yellow", broken: 1 });
});

it("a case that somebody resolves meanwhile is left alone, and the others move", async () => {
  const ids = await tickets(30);
  withHours({ close: 17 * 60 + 30 });
  let isFirst = true;
  const commit: ClockDeps["commit"] = async (plan) => {
    if (isFirst) {
      isFirst = false;
      await bench.act(ids[29] ?? "", (draft, stored) => draft.happen(stored, HAPPENINGS.resolved));
    }
    return hand.deps.commit(plan);
  };
  await recompute({ ...hand.deps, commit }, bench.now);
  expect(await dues(ids.slice(0, 29))).toEqual(new Set([at("2026-12-07T17:30:00")]));
  expect(bench.said).toHaveLength(1);
});

it("one whose story cannot be read keeps none of the others where they are, and is not hushed up", async () => {
  const ids = await tickets(45);
  await test.redis.rpush(test.tag + keys.story(ids[3] ?? ""), "not json");
  withHours({ close: 17 * 60 });
  await expect(recompute(hand.deps, bench.now)).rejects.toThrow();
  const others = ids.filter((_, i) => i !== 3);
  expect(await dues(others)).toEqual(new Set([at("2026-12-07T17:00:00")]));
});

it("cut short and then taken back, what had moved moves back", async () => {
  const ids = await tickets(45);
  const usual = bench.setting;
  withHours({ close: 17 * 60 });
  let lots = 0;
  await recompute(hand.deps, bench.now, { isClosing: () => ++lots === 2 });
  bench.setting = usual;
  await recompute(hand.deps, bench.now);
  expect(await dues(ids)).toEqual(new Set([at("2026-12-07T18:00:00")]));
});

it("what another process promised by the old hours until it read the new ones moves too, and is said once", async () => {
  const old = bench.setting;
  withHours({ close: 17 * 60 });
  const next = bench.setting;
  await ticket();
  await recompute(hand.deps, bench.now);
  bench.setting = old;
  const late = await ticket();
  bench.setting = next;
  await recompute(hand.deps, bench.now, { isAnew: true });
  expect(await dues([late])).toEqual(new Set([at("2026-12-07T17:00:00")]));
  await recompute(hand.deps, bench.now, { isAnew: true });
  expect(bench.said).toHaveLength(2);
});

it("a hiccup of Redis is tried again until all have moved", async () => {
  const ids = await tickets(45);
  withHours({ close: 17 * 60 });
  let commits = 0;
  const commit: ClockDeps["commit"] = async (plan) => {
    commits += 1;
    if (commits === 22) throw new Error("Command timed out");
    return hand.deps.commit(plan);
  };
  const clock = await openClockHand({ ...hand.deps, commit, routines: [], now: async () => bench.now, log: NO_LOG });
  await expect.poll(() => dues(ids), { timeout: 10_000 }).toEqual(new Set([at("2026-12-07T17:00:00")]));
  await clock.stop();
});
