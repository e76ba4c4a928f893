import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { State } from "../../src/desk/ticket/state-machine.ts";
import { DAY_MS } from "../../src/pledge/hours.ts";
import { keys } from "../../src/store/keys.ts";
import { listTickets, readTicketByNumber, type TicketPage } from "../../src/web/tickets.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import { MORNING, matched, ticketsIn } from "./tickets-given.ts";

let store: TestRedis;
let desk: ReturnType<typeof ticketsIn>;
const stores: TestRedis[] = [];

beforeEach(() => {
  store = openTestRedis();
  stores.push(store);
  desk = ticketsIn(store);
});
afterAll(async () => {
  for (const each of stores) await each.close();
});

const numbers = ({ tickets }: TicketPage) => tickets.map(({ number }) => number);

/** Follows the cursor to the end. */
async function walkAll(query: Omit<Parameters<typeof listTickets>[1], "cursor">, between = async () => {}) {
  const seen: string[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: TicketPage = await listTickets(store, { ...query, cursor });
    expect(page.tickets.length).toBeLessThanOrEqual(query.limit);
    seen.push(...numbers(page));
    cursor = page.cursor;
    pages++;
    await between();
  } while (cursor !== null);
  return { seen, pages };
}

async function giveMany(count: number, received: (i: number) => number, point: (i: number) => string = () => "nan") {
  const given: string[] = [];
  for (let i = 0; i < count; i++) given.push((await desk.give(received(i), { point: point(i) })).number);
  return given;
}

describe("the list", () => {
  it("is empty and at its end where there is nothing", async () => {
    expect(await listTickets(store, { limit: 50 })).toEqual({ tickets: [], cursor: null });
  });

  it("is newest first", async () => {
    const given = await giveMany(3, (i) => MORNING + i);
    expect(numbers(await listTickets(store, { limit: 50 }))).toEqual(given.reverse());
  });

  it.each([1, 2, 3, 7])("shows everything once with %i at a time, and ends without an empty page", async (limit) => {
    const given = await giveMany(6, (i) => MORNING + i);
    const { seen, pages } = await walkAll({ limit });
    expect(seen).toEqual(given.reverse());
    expect(pages).toBe(Math.ceil(6 / limit));
  });

  it.each([1, 2, 5])("shows everything once where all came in one millisecond, with %i at a time", async (limit) => {
    const given = await giveMany(12, () => MORNING);
    const { seen } = await walkAll({ limit });
    expect([...seen].sort()).toEqual([...given].sort());
  });

  it("goes on where it stopped although new ones arrive, and shows none of them", async () => {
    const given = await giveMany(6, () => MORNING);
    const { seen } = await walkAll({ limit: 2 }, async () => {
      await desk.give(MORNING + 1);
    });
    expect([...seen].sort()).toEqual([...given].sort());
  });

  it("goes on where it stopped although the ticket it stopped at has left the index", async () => {
    const given = [];
    for (let i = 0; i < 4; i++) given.push(await desk.give(MORNING + i));
    const first = await listTickets(store, { state: "open", limit: 2 });
    await given[2]?.happens({ event: "accepted" });
    const second = await listTickets(store, { state: "open", limit: 2, cursor: first.cursor });
    expect(numbers(second)).toEqual([given[1]?.number, given[0]?.number]);
    expect(second.cursor).toBeNull();
  });

  it("keeps to one state, which follows the ticket", async () => {
    const [one, other] = [await desk.give(MORNING), await desk.give(MORNING + 1)];
    const inState = async (state: State) => numbers(await listTickets(store, { state, limit: 50 }));
    await one.happens({ event: "accepted" });
    expect(await inState("open")).toEqual([other.number]);
    expect(await inState("accepted")).toEqual([one.number]);
    expect(await inState("closed")).toEqual([]);
    await one.happens({ event: "resolved", result: "好了", rateBy: 0 });
    expect(await inState("accepted")).toEqual([]);
    expect(await inState("resolved")).toEqual([one.number]);
  });

  it("keeps to days of Shanghai, both included", async () => {
    // 23:59:59.999 and 00:00 of the 23rd and of the 24th in Shanghai.
    const midnight = Date.UTC(2026, 10, 22, 16);
    const moments = [midnight - 1, midnight, midnight + DAY_MS - 1, midnight + DAY_MS];
    const [before, first, last, after] = await giveMany(4, (i) => moments[i] ?? 0);
    const between = async (from: string | null, to: string | null) => (await walkAll({ from, to, limit: 1 })).seen;
    expect(await between("2026-11-23", "2026-11-23")).toEqual([last, first]);
    expect(await between("2026-11-23", null)).toEqual([after, last, first]);
    expect(await between(null, "2026-11-23")).toEqual([last, first, before]);
    expect(await between("2026-11-24", "2026-11-30")).toEqual([after]);
    expect(await between("2026-11-25", null)).toEqual([]);
  });

  it("keeps to one point, and fills its pages with it", async () => {
    const given = await giveMany(
      20,
      (i) => MORNING + i,
      (i) => (i % 5 === 0 ? "liyuan" : "nan"),
    );
    const { seen, pages } = await walkAll({ point: "liyuan", limit: 2 });
    expect(seen).toEqual(given.filter((_, i) => i % 5 === 0).reverse());
    expect(pages).toBe(2);
    expect((await walkAll({ point: "constructor", limit: 2 })).seen).toEqual([]);
  });

  it("looks at a bounded number of tickets for a point, and carries on with the cursor", async () => {
    const wanted = await desk.give(MORNING, { point: "liyuan" });
    const fill = store.redis.pipeline();
    for (let i = 0; i < 4500; i++) {
      fill.hset(`${store.tag}${keys.ticket(`T${i}`)}`, { point: "nan", received: MORNING + 1 + i });
      fill.zadd(store.tag + keys.tickets, MORNING + 1 + i, `T${i}`);
    }
    await fill.exec();
    const first = await listTickets(store, { point: "liyuan", limit: 50 });
    expect(first.tickets).toEqual([]);
    expect(first.cursor).not.toBeNull();
    const { seen, pages } = await walkAll({ point: "liyuan", limit: 50 });
    expect(seen).toEqual([wanted.number]);
    expect(pages).toBe(3);
  });

  it("combines state, point and days", async () => {
    await desk.give(MORNING - DAY_MS, { point: "liyuan" });
    const wanted = await desk.give(MORNING, { point: "liyuan" });
    const accepted = await desk.give(MORNING + 1, { point: "liyuan" });
    await accepted.happens({ event: "accepted" });
    await desk.give(MORNING + 2, { point: "nan" });
    const page = await listTickets(store, {
      state: "open",
      point: "liyuan",
      from: "2026-11-23",
      to: "2026-11-23",
      limit: 1,
    });
    expect(numbers(page)).toEqual([wanted.number]);
    expect(page.cursor).toBeNull();
  });
});

describe("one ticket", () => {
  it("is found by its number however it is written, with its story", async () => {
    const { number, happens } = await desk.give(MORNING, {}, [matched(MORNING)]);
    expect(number).toBe("20261123-001");
    await happens({ event: "accepted" });
    for (const written of ["20261123-001", "#20261123-001", "1123-001", "#1123-001", "T-1123-001", "＃1123-001"]) {
      const found = await readTicketByNumber(store, written, MORNING);
      expect(found?.ticket).toMatchObject({ number, state: "accepted", owner: "h02" });
      expect(found?.story.map(({ event }) => event)).toEqual(["opened", "matched", "accepted"]);
    }
  });

  it("without a year is this year's, else last year's", async () => {
    const { number } = await desk.give(MORNING);
    expect((await readTicketByNumber(store, "1123-001", MORNING + 60 * DAY_MS))?.ticket.number).toBe(number);
    expect(await readTicketByNumber(store, "1123-001", MORNING + 500 * DAY_MS)).toBeNull();
  });

  it("is not found by anything else", async () => {
    await desk.give(MORNING);
    for (const written of [
      "20261123-002",
      "20261123-1",
      "001",
      "",
      "20261123-001 多",
      "constructor",
      "%zz",
      "20261331-001",
    ]) {
      expect(await readTicketByNumber(store, written, MORNING)).toBeNull();
    }
  });
});
