/** The effect of a message: all of it, or nothing. */
import { afterAll, beforeEach, expect, test } from "vitest";
import { type Commit, openCommit, type Plan, type Write } from "../../src/lanes/commit.ts";
import { type Inbox, openInbox } from "../../src/lanes/inbox.ts";
import { keys } from "../../src/store/keys.ts";
import { readScript, runScript } from "../../src/store/script.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { aLine, aMessage, NOON } from "./samples.ts";

const { redis, tag: stationTag, close } = openTestRedis();
afterAll(close);

const HEAD = { conversation: "wecom:group", uid: "wecom:1" };
const DAY = "20261123";
let desks = 0;
let tag: string;
let inbox: Inbox;
let commit: Commit;

beforeEach(async () => {
  tag = `${stationTag}:${++desks}`;
  inbox = openInbox({ accepting: redis, working: redis, tag, processId: "desk", now: () => NOON });
  commit = openCommit(redis, tag, "desk", () => NOON);
  await inbox.accept(aMessage("1"));
});

const plan = (over: Partial<Plan>): Plan => ({ head: HEAD, checks: [], numbers: [], writes: [], replies: [], ...over });
const placeholder = (id: string) => ({ long: `long-number-${id}`, short: `short-number-${id}`, day: DAY });

async function isUntouched() {
  expect(await redis.lrange(tag + keys.inLane(HEAD.conversation), 0, -1)).toHaveLength(1);
  expect(await redis.exists(`${tag}:numbers`, `${tag}:ticket:A`, tag + keys.outWaiting, `${tag}:out:ready`)).toBe(0);
}

test("writes tickets, indexes and replies, and takes the message from its lane", async () => {
  const line = aLine("L1", "nan", { urgent: true, merge: { key: "sun", line: "#short-number-A 请接单" } });
  const result = await commit(
    plan({
      checks: [["ticket:none", "v", ""]],
      numbers: [placeholder("A")],
      writes: [
        ["HSET", keys.ticket("A"), "v", "1", "number", "long-number-A"],
        ["RPUSH", keys.story("A"), '{"n":"long-number-A","m":"short-number-A"}'],
        ["ZADD", keys.tickets, String(NOON), "A"],
        ["HSET", keys.ticketOfNumber, "long-number-A", "A"],
      ],
      replies: [{ ...line, text: "【#short-number-A】100% \\1 \n" }],
    }),
  );
  expect(result).toEqual({ kind: "done", numbers: ["20261123-001"] });
  expect(await redis.hgetall(`${tag}:ticket:A`)).toEqual({ v: "1", number: "20261123-001" });
  expect(await redis.lrange(`${tag}:story:A`, 0, -1)).toEqual(['{"n":"20261123-001","m":"1123-001"}']);
  expect(await redis.hgetall(tag + keys.ticketOfNumber)).toEqual({ "20261123-001": "A" });
  const { body, ...entry } = await redis.hgetall(tag + keys.outEntry("L1"));
  expect(JSON.parse(body as string)).toEqual({
    ...line,
    text: "【#1123-001】100% \\1 \n",
    merge: { key: "sun", line: "#1123-001 请接单" },
  });
  expect(entry).toEqual({
    channel: "wecom:webhook:nan",
    urgent: "1",
    merge: '"sun"\n#1123-001 请接单',
    at: String(NOON),
    way: "0",
    attempts: "0",
    doubts: "0",
    begun: "",
  });
  expect(await redis.exists(tag + keys.inLane(HEAD.conversation), tag + keys.inReady)).toBe(0);
});

test("gives numbers without a gap, several in one plan, each day from 001", async () => {
  const numbers = ["A", "B"].map(placeholder);
  const writes: Write[] = numbers.map(({ long, short }) => ["HSET", keys.ticketOfNumber, long, short]);
  const other = { long: "long-number-C", short: "short-number-C", day: "20261124" };
  expect(await commit(plan({ head: null, numbers: [...numbers, other], writes }))).toEqual({
    kind: "done",
    numbers: ["20261123-001", "20261123-002", "20261124-001"],
  });
  expect(await redis.hgetall(tag + keys.ticketOfNumber)).toEqual({
    "20261123-001": "1123-001",
    "20261123-002": "1123-002",
  });
  await redis.hset(`${tag}:numbers`, DAY, 999);
  expect(await commit(plan({ numbers: [placeholder("D")] }))).toMatchObject({ numbers: ["20261123-1000"] });
});

test("writes nothing when the message is not the head", async () => {
  const other = { ...HEAD, uid: "wecom:2" };
  const all = plan({ head: other, numbers: [placeholder("A")], writes: [["HSET", ":ticket:A", "v", "1"]] });
  expect(await commit({ ...all, replies: [aLine("L1")] })).toEqual({ kind: "gone" });
  await isUntouched();
});

test("writes nothing when what was read has moved", async () => {
  await redis.hset(`${tag}:ticket:B`, "v", "3");
  const all = plan({ numbers: [placeholder("A")], writes: [["HSET", ":ticket:A", "v", "1"]], replies: [aLine("L1")] });
  for (const expected of ["2", ""]) {
    const checks = [[":ticket:C", "v", ""] as const, [":ticket:B", "v", expected] as const];
    expect(await commit({ ...all, checks })).toEqual({ kind: "moved", key: ":ticket:B" });
  }
  await isUntouched();
  expect(await commit({ ...all, checks: [[":ticket:B", "v", "3"]] })).toMatchObject({ kind: "done" });
});

test.each<[string, Write]>([
  ["a score that is no number", ["ZADD", ":steps", "NaN", "A"]],
  ["fields without a value", ["HSET", ":ticket:A", "v"]],
  ["an amount that is no number", ["HINCRBY", ":ticket:A", "v", "one"]],
  ["a command that no commit needs", ["FLUSHALL", ""]],
  ["nothing to append", ["RPUSH", ":story:A"]],
])("writes nothing when one of the writes is %s", async (_, write) => {
  const writes: Write[] = [["HSET", ":ticket:A", "v", "1"], write];
  await expect(commit(plan({ numbers: [placeholder("A")], writes }))).rejects.toThrow("a commit cannot write");
  await isUntouched();
});

test.each([
  ["a write is longer than Lua can hand over", ["0", "0", "1", "8000", ...Array(8000).fill("DEL"), "0"]],
  ["the plan is cut off", ["0", "0", "1", "4", "HSET", ":ticket:A", "v"]],
  ["the plan goes on behind its end", ["0", "0", "0", "0", "more"]],
])("writes nothing when %s", async (_, args) => {
  const run = runScript(redis, readScript("commit"), tag, [HEAD.conversation, HEAD.uid, "desk", "", ...args]);
  await expect(run).rejects.toThrow();
  await isUntouched();
});

test("takes very long plans", async () => {
  const fields = Array.from({ length: 3900 }, (_, i) => [`f${i}`, "long-number-A"]).flat();
  const writes = Array.from({ length: 500 }, (_, i): Write => ["ZADD", keys.tickets, String(i), `T${i}`]);
  const replies = Array.from({ length: 200 }, (_, i) => aLine(`L${i}`));
  const result = await commit(
    plan({ numbers: [placeholder("A")], writes: [["HSET", ":ticket:A", ...fields], ...writes], replies }),
  );
  expect(result.kind).toBe("done");
  expect(await redis.hget(`${tag}:ticket:A`, "f3899")).toBe("20261123-001");
  expect(await redis.zcard(tag + keys.tickets)).toBe(500);
  expect(await redis.llen(`${tag}:out:lane:wecom:webhook:nan:normal`)).toBe(200);
});

test("a step of the clock touches no lane", async () => {
  const step = plan({ head: null, checks: [[":ticket:A", "v", ""]], writes: [["HINCRBY", ":ticket:A", "v", "1"]] });
  expect(await commit(step)).toEqual({ kind: "done", numbers: [] });
  expect(await commit(step)).toEqual({ kind: "moved", key: ":ticket:A" });
  expect(await inbox.take(1)).toHaveLength(1);
});

test("tells other processes what has come to wait", async () => {
  const listening = redis.duplicate();
  const calls: string[] = [];
  listening.on("message", (_channel, call: string) => calls.push(call));
  await listening.subscribe(tag + keys.wake);
  await inbox.accept(aMessage("2"));
  await commit(plan({ replies: [aLine("L1")] }));
  await listening.ping();
  listening.disconnect();
  expect(calls).toEqual(["out desk", "in desk"]);
});
