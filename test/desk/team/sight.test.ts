/** What a bare number means to those who look after the whole station. */
import { afterAll, expect, it } from "vitest";
import { openKnown } from "../../../src/desk/known.ts";
import { inStationSight, ownBeforeStation } from "../../../src/desk/team/sight.ts";
import type { Ticket } from "../../../src/desk/ticket/ticket.ts";
import { type StoredTicket, toRecord } from "../../../src/desk/ticket/ticket-record.ts";
import { keys } from "../../../src/store/keys.ts";
import { openTestRedis } from "../../doubles/redis.ts";
import { given, NOW } from "../scene-given.ts";

const DAY = 86_400_000;
const on = (day: string, back: number, over: Partial<Ticket> = {}): StoredTicket =>
  given("017", ["matched"], { id: `T${day}`, number: `2026${day}-017`, received: NOW - back * DAY, ...over });

it("is open, or of today; else of the last seven days", () => {
  const today = on("1207", 0, { state: "closed" });
  const open = on("1120", 17);
  const lately = on("1203", 4, { state: "closed" });
  const long = on("1125", 12, { state: "closed" });
  expect(inStationSight([today, lately, open, long], NOW)).toEqual([today, open]);
  expect(inStationSight([lately, long], NOW)).toEqual([lately]);
  expect(inStationSight([long], NOW)).toEqual([]);
});

it("what they have open themselves comes first; what of theirs is over hides nothing", () => {
  const today = on("1207", 0);
  const own = on("1203", 4, { state: "closed" });
  expect(ownBeforeStation([own], [today, own], NOW)).toEqual([today]);
  expect(ownBeforeStation([own], [own], NOW)).toEqual([own]);
  const open = on("1204", 3);
  expect(ownBeforeStation([open], [today], NOW)).toEqual([open]);
});

const store = openTestRedis();
afterAll(() => store.close());

it("is looked up of the last month, whichever group it lives in; what was typed in full stays apart", async () => {
  const tickets = [on("1207", 0), on("1120", 17), on("1203", 4, { state: "closed" }), on("1001", 67)];
  for (const { ticket } of tickets) {
    const fields = Object.entries(toRecord(ticket)).filter((field): field is [string, string] => field[1] !== null);
    await store.redis.hset(store.tag + keys.ticket(ticket.id), Object.fromEntries([...fields, ["v", "1"]]));
    await store.redis.hset(store.tag + keys.ticketOfNumber, ticket.number, ticket.id);
  }
  const known = openKnown(store.redis, store.tag);
  const question = { conversation: "wecom:wrLEADERS", sight: "@l01", who: "l01", enterprise: null, now: NOW };
  const numbers = { full: ["20261203-017"], shorts: ["017"] };
  const { named, shorts } = await known({ ...question, numbers, station: true });
  expect(named.map(({ ticket }) => ticket.number)).toEqual(["20261203-017"]);
  expect(shorts.map(({ ticket }) => ticket.number)).toEqual(["20261207-017", "20261120-017"]);
  expect((await known({ ...question, numbers })).shorts).toEqual([]);
});
