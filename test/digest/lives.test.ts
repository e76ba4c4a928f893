import { afterAll, expect, it } from "vitest";
import type { Happening } from "../../src/desk/ticket/event.ts";
import type { Span } from "../../src/digest/counts.ts";
import { readEdition } from "../../src/digest/edition.ts";
import { figuresOf } from "../../src/digest/figures.ts";
import { type OnProgress, readLives, type Store } from "../../src/digest/lives.ts";
import { periodOf } from "../../src/digest/period.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { accepted, at, type Given, livesOf, TOWN, working, write } from "./given.ts";

const town = openTestRedis();
const crowd = openTestRedis();
afterAll(() => Promise.all([town.close(), crowd.close()]));

async function numbersIn(store: Store, span: Span, onProgress?: OnProgress): Promise<string[]> {
  const numbers: string[] = [];
  for await (const page of readLives(store, span, [], onProgress)) numbers.push(...page.map(([{ number }]) => number));
  return numbers;
}

it("an edition from Redis has the figures of its stories", async () => {
  for (const given of TOWN) await write(town, given);
  const asked = {
    period: periodOf("day", "2026-11-23"),
    now: at("2026-11-24T08:00"),
    points: ["liyuan", "nan"],
    ...working,
  };
  const edition = await readEdition(town, asked);
  expect(edition.figures.total).toEqual(figuresOf(livesOf(TOWN), asked.period, asked.now).total);
  expect([...edition.requests.values()]).toEqual([{ text: TOWN[3]?.text, slots: [], nearest: "venue" }]);
  expect(edition.trend).toHaveLength(14);
  expect(edition.trend.at(-1)?.total.received).toBe(4);
  expect(edition.cumulative).toEqual({ received: 5, resolved: 2, people: 2, enterprises: 2 });
});

it("an emergency is no phrase that the menu lacks", async () => {
  const place = openTestRedis();
  const alarmed: Happening = { event: "alarmed", words: "摔下来" };
  const burning: Given = { number: "20261123-009", received: "2026-11-23T09:00", item: null };
  await write(place, { ...burning, later: [["2026-11-23T09:00", alarmed]] });
  await write(place, { ...burning, number: "20261123-010" });
  const asked = { period: periodOf("day", "2026-11-23"), now: at("2026-11-24T08:00"), points: [], ...working };
  const { attention, requests } = await readEdition(place, asked);
  const wanted = attention.unmatched.filter(({ id }) => requests.has(id));
  expect(attention.unmatched).toHaveLength(2);
  expect(wanted.map(({ number }) => number)).toEqual(["20261123-010"]);
  await place.close();
});

it("since the beginning is up to the end of the period, whatever came later", async () => {
  const cumulative = async (date: string) => {
    const asked = { period: periodOf("day", date), now: at("2026-12-24T08:00"), points: [], ...working };
    return (await readEdition(town, asked)).cumulative;
  };
  expect(await cumulative("2026-11-19")).toEqual({ received: 0, resolved: 0, people: 0, enterprises: 0 });
  expect(await cumulative("2026-11-22")).toEqual({ received: 1, resolved: 0, people: 1, enterprises: 1 });
  expect(await cumulative("2026-12-22")).toEqual({ received: 5, resolved: 2, people: 2, enterprises: 2 });
});

it("reads every ticket once, in order, however many share a moment, and tells how far it is", async () => {
  const same: Given = { number: "", received: "2026-11-23T09:00" };
  const numbers = Array.from({ length: 1300 }, (_, i) => `20261123-${String(i + 1).padStart(3, "0")}`);
  await Promise.all(
    numbers.map((number, i) =>
      write(crowd, { ...same, number, received: i < 1250 ? same.received : "2026-11-23T10:00" }),
    ),
  );
  // An index entry whose ticket is gone says nothing.
  await crowd.redis.zadd(crowd.tag + keys.tickets, at("2026-11-23T09:30"), "gone");
  const progress: number[] = [];
  const day = { start: at("2026-11-23T00:00"), until: at("2026-11-24T00:00") };
  const seen = await numbersIn(crowd, day, (done, total) => progress.push(done / total));
  expect(seen).toHaveLength(1300);
  expect([...seen].sort()).toEqual([...numbers].sort());
  expect(progress.at(-1)).toBe(1);
  expect(await numbersIn(crowd, { ...day, until: at("2026-11-23T10:00") })).toHaveLength(1250);
});

it("reads what was carried over months, and nothing that was done with before", async () => {
  const years = openTestRedis();
  const lives: Given[] = [
    { number: "20251230-001", received: "2025-12-30T10:00", later: [["2025-12-30T10:10", accepted]] },
    {
      number: "20251231-001",
      received: "2025-12-31T10:00",
      later: [["2025-12-31T10:05", { event: "withdrawn", reason: "" }]],
    },
    { number: "20260105-001", received: "2026-01-05T10:00", later: [["2026-01-05T10:10", accepted]] },
    { number: "20260106-001", received: "2026-01-06T00:00" },
    { number: "20260131-001", received: "2026-01-31T23:59" },
  ];
  for (const life of lives) await write(years, life);
  expect(await numbersIn(years, { start: at("2026-01-06T00:00"), until: at("2026-01-07T00:00") })).toEqual([
    "20251230-001",
    "20260105-001",
    "20260106-001",
  ]);
  expect(await numbersIn(years, { start: at("2026-02-01T00:00"), until: at("2026-02-02T00:00") })).toHaveLength(4);
  expect(await numbersIn(years, { start: at("2025-12-30T10:00"), until: at("2025-12-31T10:00") })).toEqual([
    "20251230-001",
  ]);
  expect(await numbersIn(years, { start: at("2020-01-01T00:00"), until: at("2020-02-01T00:00") })).toEqual([]);
  await years.close();
});
