import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Outgoing } from "../../src/chat/outgoing.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { dropLine, retryLine } from "../../src/lanes/given-up.ts";
import { type Outbox, openOutbox } from "../../src/lanes/outbox.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { aLine, NOON, pushed, thread, webhook } from "./samples.ts";

const { redis, tag: stationTag, close } = openTestRedis();
afterAll(close);
let desks = 0;
let tag: string;
let outbox: Outbox;

beforeEach(() => {
  tag = `${stationTag}:${++desks}`;
  outbox = openOutbox({ redis, tag, processId: "desk", paces: [], socket: null });
});

async function push(...replies: Outgoing[]): Promise<void> {
  await openCommit(redis, tag, "desk")({ head: null, checks: [], numbers: [], writes: [], replies });
}

async function giveUp(box = outbox): Promise<void> {
  for (const lent of await box.take(10)) {
    const verdicts = lent.entries.map(({ line }) => ({ id: line.id, outcome: "failed" as const, reason: "93000" }));
    await box.settle(lent, { verdicts, restMs: 0, unsent: false, lines: [] });
  }
}
const taken = async (box = outbox) => (await box.take(10)).flatMap(({ entries }) => entries);

describe("sending again", () => {
  test("begins with the first way, as if it had just been said", async () => {
    await push(aLine("1", "nan", { ways: [webhook("nan"), webhook("bei")] }));
    await giveUp();
    expect(await retryLine(redis, tag, "1")).toBe("retried");
    expect(await taken()).toMatchObject([{ line: { id: "1" }, way: 0, attempts: 1, doubts: 0, maybeSent: false }]);
    expect(await redis.zcard(tag + keys.outFailed)).toBe(0);
    expect(await redis.ttl(tag + keys.outEntry("1"))).toBe(-1);
  });

  test("goes to whoever holds the socket, where it went over one", async () => {
    const holder = openOutbox({ redis, tag, processId: "desk", paces: [], socket: "wecom:socket" });
    await push(aLine("1", "nan", { ways: [thread("wecom:group", NOON), pushed("wecom:group")] }));
    await giveUp(holder);
    expect(await retryLine(redis, tag, "1")).toBe("retried");
    expect(await taken()).toEqual([]);
    expect(await taken(holder)).toMatchObject([{ line: { id: "1" } }]);
  });

  test("is refused for what still waits, is not there, or has no way", async () => {
    await push(aLine("1"), aLine("2", "nan", { ways: [] }));
    expect(await retryLine(redis, tag, "1")).toBe("waiting");
    expect(await retryLine(redis, tag, "none")).toBe("unknown");
    await giveUp();
    expect(await retryLine(redis, tag, "2")).toBe("wayless");
  });
});

describe("forgetting", () => {
  test("takes a line away that was given up", async () => {
    await push(aLine("1"));
    await giveUp();
    expect(await dropLine(redis, tag, "1")).toBe("dropped");
    expect(await redis.exists(tag + keys.outEntry("1"), tag + keys.outFailed)).toBe(0);
    expect(await dropLine(redis, tag, "1")).toBe("unknown");
  });

  test("takes a line out of its lane; those behind it go on", async () => {
    await push(aLine("1"), aLine("2"));
    expect(await dropLine(redis, tag, "1")).toBe("dropped");
    expect((await taken()).map(({ line }) => line.id)).toEqual(["2"]);
    expect(await redis.zcard(tag + keys.outWaiting)).toBe(1);
  });
});
