import { afterAll, expect, it } from "vitest";
import { readEdition } from "../../src/digest/edition.ts";
import { figuresOf } from "../../src/digest/figures.ts";
import { readLives } from "../../src/digest/lives.ts";
import { periodOf } from "../../src/digest/period.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { at, type Given, livesOf, TOWN, working, write } from "./given.ts";

const town = openTestRedis();
const crowd = openTestRedis();
afterAll(() => Promise.all([town.close(), crowd.close()]));

it("an edition from Redis has the figures of its stories, unknown events and all", async () => {
  const unknown = JSON.stringify(["polished", "h02", at("2026-11-23T10:00"), 0, { due: 5, until: 7 }]);
  for (const given of TOWN) await write(town, given, [unknown]);
  const asked = {
    period: periodOf("day", "2026-11-23"),
    now: at("2026-11-24T08:00"),
    points: ["liyuan", "nan"],
    ...working,
  };
  const edition = await readEdition(town, asked);
  expect(edition.figures.total).toEqual(figuresOf(livesOf(TOWN), asked.period, asked.now).total);
  expect([...edition.requests.values()]).toEqual([{ text: TOWN[3]?.text, nearest: "venue" }]);
  expect(edition.trend).toHaveLength(14);
  expect(edition.trend.at(-1)?.total.received).toBe(4);
});

it("reads every ticket once, in order, however many share a moment, and tells how far it is", async () => {
  const same: Given = { number: "20261123-001", received: "2026-11-23T09:00" };
  const ids: string[] = [];
  for (let i = 0; i < 1300; i++)
    ids.push(await write(crowd, { ...same, received: i < 1250 ? same.received : "2026-11-23T10:00" }));
  // An index entry whose ticket is gone says nothing.
  await crowd.redis.zadd(crowd.tag + keys.tickets, at("2026-11-23T09:30"), "gone");
  const seen: string[] = [];
  const progress: number[] = [];
  for await (const { life } of readLives(crowd, at("2026-11-24T00:00"), (done, total) => progress.push(done / total))) {
    seen.push(life.id);
  }
  expect(seen).toHaveLength(1300);
  expect(new Set(seen)).toEqual(new Set(ids));
  expect(progress.at(-1)).toBe(1);
  const before: string[] = [];
  for await (const { life } of readLives(crowd, at("2026-11-23T10:00"))) before.push(life.id);
  expect(before).toHaveLength(1250);
});
