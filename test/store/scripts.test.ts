/** What holds for every script, on a Redis of the test's own: it is filled to the brim, and made to forget. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openCommit } from "../../src/lanes/commit.ts";
import { openInbox, type Taken } from "../../src/lanes/inbox.ts";
import { type Lent, openOutbox } from "../../src/lanes/outbox.ts";
import { connect, isAway, untilReady } from "../../src/store/connection.ts";
import { readScript, runScript } from "../../src/store/script.ts";
import { aLine, aMessage, WEBHOOK_PACE } from "../lanes/samples.ts";

const tag = "{full}";
const folder = mkdtempSync(join(tmpdir(), "bangban-scripts-"));
const path = join(folder, "redis.sock");
const server = spawn("redis-server", ["--port", "0", "--unixsocket", path, "--dir", folder, "--save", ""]);
let redis: Redis;

beforeAll(async () => {
  await vi.waitUntil(() => existsSync(path), { timeout: 10_000 });
  redis = new Redis({ path });
});
afterAll(async () => {
  redis.disconnect();
  const gone = once(server, "exit");
  server.kill("SIGKILL");
  await gone;
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await redis.config("SET", "maxmemory", "0");
  await redis.flushall();
});

const names = readdirSync(new URL("../../src/store/scripts/", import.meta.url)).map((file) => file.replace(".lua", ""));

const openLanes = () => ({
  inbox: openInbox({ accepting: redis, working: redis, tag, processId: "desk" }),
  outbox: openOutbox({ redis, tag, processId: "desk", paces: [WEBHOOK_PACE], socket: null }),
  commit: openCommit(redis, tag, "desk"),
});
const planOf = ({ conversation, uid }: Taken, line: string) => ({
  head: { conversation, uid },
  checks: [],
  numbers: [{ long: "long-number-A", short: "short-number-A", day: "20261123" }],
  writes: [["HSET", ":ticket:A", "number", "long-number-A"] as const],
  replies: [aLine(line)],
});
const sent = (lent: Lent) => ({
  verdicts: [{ id: lent.entries[0].line.id, outcome: "sent" as const, reason: "" }],
  restMs: 0,
  unsent: false,
  lines: [],
});

async function everything(): Promise<Map<string, Buffer | null>> {
  const found = await redis.keys("*");
  return new Map(await Promise.all(found.sort().map(async (key) => [key, await redis.dumpBuffer(key)] as const)));
}

test.each(names)("%s names its language, so that Redis minds its keys and its memory", (name) => {
  expect(readScript(name).lua).toMatch(/^#!lua( flags=(no-writes|allow-oom))?\n-- /);
});

test("a script that says it only reads cannot write", async () => {
  const script = {
    name: "bad",
    lua: "#!lua flags=no-writes\nreturn redis.call('SET', KEYS[1], '1')",
    sha: "0".repeat(40),
  };
  await expect(runScript(redis, script, tag, [])).rejects.toThrow("Write commands are not allowed");
  expect(readScript("read").lua).toContain("flags=no-writes");
});

test("every script works by Redis' own clock, also when Redis has just forgotten it", async () => {
  const { inbox, outbox, commit } = openLanes();
  const forget = () => redis.script("FLUSH");
  await forget();
  expect(await inbox.accept(aMessage("1"))).toEqual({ kind: "accepted" });
  await inbox.accept(aMessage("2"));
  await forget();
  const [first] = (await inbox.take(1)) as [Taken];
  await forget();
  await inbox.putBack(first, 0, true);
  const [again] = (await inbox.take(1)) as [Taken];
  expect(again).toMatchObject({ deliveries: 1, message: aMessage("1") });
  expect(Math.abs(again.received - Date.now())).toBeLessThan(10_000);
  await forget();
  expect(await commit(planOf(again, "L1"))).toMatchObject({ kind: "done" });
  const [second] = (await inbox.take(1)) as [Taken];
  await forget();
  await inbox.setAside(second, "读不懂");
  expect(await inbox.take(1)).toEqual([]);
  await forget();
  const [lent] = (await outbox.take(1)) as [Lent];
  expect(lent.entries[0].line).toEqual(aLine("L1"));
  await forget();
  await outbox.settle(lent, sent(lent));
  expect(await outbox.take(1)).toEqual([]);
});

test("another error than a forgotten script is the caller's", async () => {
  await redis.set(`${tag}:in:lane:wecom:group`, "no list");
  await expect(openLanes().inbox.accept(aMessage("1"))).rejects.toThrow("WRONGTYPE");
  expect(await redis.exists(`${tag}:seen:wecom:1`)).toBe(0);
});

describe("when memory is full", () => {
  const fill = () => redis.config("SET", "maxmemory", "1");

  test("nothing comes in, nothing is begun, and nothing is half written", async () => {
    const { inbox, commit } = openLanes();
    await inbox.accept(aMessage("1"));
    await inbox.accept(aMessage("2", { chat: "other" }));
    const [taken] = (await inbox.take(1)) as [Taken];
    const before = await everything();
    await fill();
    for (const run of [
      () => inbox.accept(aMessage("3")),
      () => inbox.take(1),
      () => commit(planOf(taken, "L1")),
      () => inbox.setAside(taken, "读不懂"),
    ]) {
      const error = await run().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ message: expect.stringMatching(/^OOM /) });
      expect(isAway(error)).toBe(true);
    }
    expect(await everything()).toEqual(before);
    await redis.config("SET", "maxmemory", "0");
    expect(await inbox.accept(aMessage("3"))).toEqual({ kind: "accepted" });
  });

  test("a message that could not be committed is put back without a stain", async () => {
    const { inbox } = openLanes();
    await inbox.accept(aMessage("1"));
    const [taken] = (await inbox.take(1)) as [Taken];
    await fill();
    await inbox.putBack(taken, 0, true);
    await redis.config("SET", "maxmemory", "0");
    expect(await inbox.take(1)).toMatchObject([{ deliveries: 1 }]);
  });

  test("what waits to go out still goes, and makes room", async () => {
    const { outbox, commit } = openLanes();
    await commit({ head: null, checks: [], numbers: [], writes: [], replies: [aLine("L1"), aLine("L2")] });
    await fill();
    for (const id of ["L1", "L2"]) {
      const [lent] = (await outbox.take(1)) as [Lent];
      expect(lent.entries[0].line.id).toBe(id);
      await outbox.settle(lent, sent(lent));
    }
    expect(await outbox.take(1)).toEqual([]);
    expect(await redis.keys("*out:entry*")).toEqual([]);
  });
});

test("every script is known before a connection is used: its first calls cannot overtake each other", async () => {
  await redis.script("FLUSH");
  const connection = connect({ socket: path }, "test");
  connection.connect().catch(() => {});
  await untilReady(connection, 5_000);
  // Asked on the same connection, so behind whatever it was told first.
  const shas = ["accept", "take-in", "commit", "take-out", "settle"].map((name) => readScript(name).sha);
  const known = await connection.script("EXISTS", ...shas);
  connection.disconnect();
  expect(known).toEqual(shas.map(() => 1));
});
