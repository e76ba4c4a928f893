import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepTracks } from "../../../src/desk/track/track-migration.ts";
import { readEdition } from "../../../src/digest/edition.ts";
import { periodOf } from "../../../src/digest/period.ts";
import { type Commit, openCommit } from "../../../src/lanes/commit.ts";
import { keys } from "../../../src/store/keys.ts";
import { findSchema, NewerSchema, OlderSchema, openSchema, requireSchema, SCHEMA } from "../../../src/store/schema.ts";
import { at, TOWN, working, write } from "../../digest/given.ts";
import { openTestRedis, type TestRedis } from "../../doubles/redis.ts";

const LATER = at("2026-11-26T08:00");
const NEW = [keys.askers, keys.enterprises, keys.ticketsUntil("2026-11")];
const ASKED = { period: periodOf("day", "2026-11-23"), now: LATER, points: ["liyuan", "nan"], ...working };

/** Of a ticket that was opened and nothing else. */
const NOW = "[[0,0],[0,9,1],[1,9,0,1],[1,9,0,1],[],[1,1,-1,0,0,0,0]]";

let store: TestRedis;
let commit: Commit;
/** What it looked like before any of it was as old as it is now. */
let before: unknown;
beforeEach(async () => {
  store = openTestRedis();
  commit = openCommit(store.redis, store.tag, "test");
  for (const given of TOWN) await write(store, given);
  before = await contents();
  await makeOld();
});
afterEach(() => store.close());

async function ids(): Promise<string[]> {
  return store.redis.zrange(store.tag + keys.tickets, "0", "-1");
}

async function makeOld(): Promise<void> {
  const { redis, tag } = store;
  for (const id of await ids()) await redis.hdel(tag + keys.ticket(id), "track");
  await redis.del(...NEW.map((key) => tag + key));
  await redis.set(tag + keys.schema, "1");
}

async function contents(): Promise<unknown> {
  const { redis, tag } = store;
  return {
    tickets: await Promise.all((await ids()).map((id) => redis.hgetall(tag + keys.ticket(id)))),
    indexes: await Promise.all(NEW.map((key) => redis.zrange(tag + key, "0", "-1", "WITHSCORES"))),
    figures: await readEdition(store, ASKED),
  };
}

const migrate = (by = commit) =>
  openSchema(store.redis, store.tag, [{ to: 2, run: () => keepTracks(store.redis, store.tag, by, () => {}) }]);

describe("tickets of before tracks were kept", () => {
  it("are as if they had always been", async () => {
    expect((await readEdition(store, ASKED)).figures.total.received).toBe(0);
    await migrate();
    expect(await contents()).toEqual(before);
    expect(await findSchema(store.redis, store.tag)).toBe(SCHEMA);
  });

  it("are brought up to date by the next start, where the first was killed", async () => {
    const [first = ""] = await ids();
    // Killed after the first one: it has its track, and has changed since.
    await keepTracks(store.redis, store.tag, commit, () => {});
    await store.redis.hdel(store.tag + keys.ticket((await ids()).at(-1) ?? ""), "track");
    await store.redis.hset(store.tag + keys.ticket(first), "track", NOW);
    await migrate();
    const [kept, ...others] = ((await contents()) as { tickets: { track: string }[] }).tickets;
    expect(kept?.track).toBe(NOW);
    expect(others).toEqual((before as { tickets: unknown[] }).tickets.slice(1));
  });

  it("are read again where they change under its hands", async () => {
    const [first = ""] = await ids();
    let meanwhile = 0;
    const slow: Commit = async (plan) => {
      if (meanwhile++ === 0) await store.redis.hincrby(store.tag + keys.ticket(first), "v", 1);
      return commit(plan);
    };
    await migrate(slow);
    expect(meanwhile).toBe(2);
    expect(await store.redis.hget(store.tag + keys.ticket(first), "track")).toMatch(/^\[\[/);
  });

  it("are left alone by a newer desk's data, and a verb that only reads asks for the new desk first", async () => {
    await expect(requireSchema(store.redis, store.tag)).rejects.toThrow(OlderSchema);
    await store.redis.set(store.tag + keys.schema, "99");
    await expect(migrate()).rejects.toThrow(NewerSchema);
    await expect(requireSchema(store.redis, store.tag)).rejects.toThrow("请升级本程序");
  });

  it("data of this desk is not touched again", async () => {
    await store.redis.set(store.tag + keys.schema, String(SCHEMA));
    await migrate(() => Promise.reject(new Error("nothing is to be written")));
    await requireSchema(store.redis, store.tag);
  });

  it("without any, the new shape stands at once", async () => {
    const empty = openTestRedis();
    await requireSchema(empty.redis, empty.tag);
    await openSchema(empty.redis, empty.tag, [{ to: 2, run: () => Promise.reject(new Error("there is nothing")) }]);
    expect(await findSchema(empty.redis, empty.tag)).toBe(SCHEMA);
    await empty.close();
  });
});
