/** What each script of the lanes going in answers, and what it leaves behind. */
import { afterAll, beforeEach, expect, test } from "vitest";
import { openCommit } from "../../src/lanes/commit.ts";
import { type Inbox, LEASE_MS, openInbox, readEntry, type Taken, uidOf } from "../../src/lanes/inbox.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { aMessage, NOON } from "./samples.ts";

const { redis, tag: stationTag, close } = openTestRedis();
afterAll(close);

const GROUP = "wecom:group";
let desks = 0;
let tag: string;
let now: number;
let inbox: Inbox;
let commit: ReturnType<typeof openCommit>;

beforeEach(() => {
  tag = `${stationTag}:${++desks}`;
  now = NOON;
  inbox = openInbox({ accepting: redis, working: redis, tag, processId: "desk", now: () => now });
  commit = openCommit(redis, tag, "desk", () => now);
});

async function takeOne(): Promise<Taken> {
  const [taken, ...others] = await inbox.take(10);
  expect(others).toEqual([]);
  if (!taken) throw new Error("nothing to take");
  return taken;
}

const done = ({ conversation, uid }: Taken) =>
  commit({ head: { conversation, uid }, checks: [], numbers: [], writes: [], replies: [] });

test("a message is accepted once", async () => {
  expect(await inbox.accept(aMessage("1"))).toEqual({ kind: "accepted" });
  expect(await inbox.accept(aMessage("1"))).toEqual({ kind: "known" });
  await done(await takeOne());
  expect(await inbox.accept(aMessage("1"))).toEqual({ kind: "known" });
  expect(await redis.ttl(`${tag}:seen:wecom:1`)).toBe(3 * 86_400);
});

test("one id on two platforms is two messages", async () => {
  await inbox.accept(aMessage("1"));
  expect(await inbox.accept(aMessage("1", { platform: "dingtalk" }))).toEqual({ kind: "accepted" });
});

test("a message is stamped with the desk clock", async () => {
  await redis.set(tag + keys.clock, "86400000");
  await inbox.accept(aMessage("1"));
  expect(await takeOne()).toMatchObject({ received: NOON + 86_400_000, uid: "wecom:1", message: aMessage("1") });
});

test("a lane holds 500; then the person is told once in ten minutes", async () => {
  for (let i = 0; i < 500; i++) await inbox.accept(aMessage(`${i}`));
  expect(await inbox.accept(aMessage("too much"))).toEqual({ kind: "full", tell: true });
  expect(await inbox.accept(aMessage("too much"))).toEqual({ kind: "full", tell: false });
  expect(await inbox.accept(aMessage("7"))).toEqual({ kind: "known" });
  expect(await inbox.accept(aMessage("other", { chat: "other" }))).toEqual({ kind: "accepted" });
  expect(await redis.ttl(`${tag}:in:full:${GROUP}`)).toBe(600);
  await done((await inbox.take(1))[0] as Taken);
  // It was not taken, so it is not known: sent again, it gets in.
  expect(await inbox.accept(aMessage("too much"))).toEqual({ kind: "accepted" });
});

test("a conversation is lent once at a time, others beside it", async () => {
  await inbox.accept(aMessage("1"));
  await inbox.accept(aMessage("2"));
  await inbox.accept(aMessage("3", { chat: null }));
  const taken = await inbox.take(10);
  expect(taken.map(({ conversation, uid }) => [conversation, uid])).toEqual([
    ["wecom:@zhou", "wecom:3"],
    [GROUP, "wecom:1"],
  ]);
  expect(await inbox.take(10)).toEqual([]);
});

test("nobody waits forever behind a lively conversation", async () => {
  for (const id of ["1", "2", "3"]) await inbox.accept(aMessage(id));
  now++;
  await inbox.accept(aMessage("quiet", { chat: "quiet" }));
  const uids: string[] = [];
  for (let i = 0; i < 4; i++) {
    now++;
    const [taken] = await inbox.take(1);
    uids.push(taken?.uid as string);
    await done(taken as Taken);
  }
  expect(uids).toEqual(["wecom:1", "wecom:quiet", "wecom:2", "wecom:3"]);
});

test("who dies holding a lease changes nothing but the count of deliveries", async () => {
  await inbox.accept(aMessage("1"));
  expect((await takeOne()).deliveries).toBe(1);
  now += LEASE_MS - 1;
  expect(await inbox.take(1)).toEqual([]);
  now += 1;
  expect((await takeOne()).deliveries).toBe(2);
});

test("a late commit is dropped, and one whose answer was lost is found done", async () => {
  await inbox.accept(aMessage("1"));
  await inbox.accept(aMessage("2"));
  const slow = await takeOne();
  now += LEASE_MS;
  const quick = await takeOne();
  expect(await done(quick)).toEqual({ kind: "done", numbers: [] });
  expect(await done(quick)).toEqual({ kind: "gone" });
  expect(await done(slow)).toEqual({ kind: "gone" });
  expect((await takeOne()).uid).toBe("wecom:2");
});

test("a lane that is put back waits as long as it should", async () => {
  await inbox.accept(aMessage("1"));
  await inbox.putBack(await takeOne(), 300, false);
  now += 299;
  expect(await inbox.take(1)).toEqual([]);
  now += 1;
  expect((await takeOne()).deliveries).toBe(2);
});

test("an innocent delivery does not count, even where the lease was over", async () => {
  await inbox.accept(aMessage("1"));
  await inbox.putBack(await takeOne(), 0, true);
  const slow = await takeOne();
  expect(slow.deliveries).toBe(1);
  now += LEASE_MS;
  const quick = await takeOne();
  expect(quick.deliveries).toBe(2);
  await inbox.putBack(slow, 0, true);
  expect(await inbox.take(1)).toEqual([]);
  now += LEASE_MS;
  expect((await takeOne()).deliveries).toBe(2);
});

test("whoever is late puts nothing back", async () => {
  await inbox.accept(aMessage("1"));
  const slow = await takeOne();
  now += LEASE_MS;
  const quick = await takeOne();
  await inbox.putBack(slow, 0, false);
  expect(await inbox.take(1)).toEqual([]);
  await done(quick);
  await inbox.putBack(slow, 0, true);
  expect(await redis.exists(tag + keys.inReady, `${tag}:in:deliveries`)).toBe(0);
});

test("a message that is set aside is kept, and the lane goes on", async () => {
  await inbox.accept(aMessage("1", { text: "崩溃" }));
  await inbox.accept(aMessage("2"));
  const taken = await takeOne();
  await inbox.setAside(taken, "读不懂");
  await inbox.setAside(taken, "第二次");
  const { entry = "", ...kept } = await redis.hgetall(tag + keys.inFailedEntry("wecom:1"));
  expect(kept).toEqual({ conversation: GROUP, reason: "读不懂", attempts: "1" });
  expect(readEntry(entry)).toMatchObject({ received: NOON, message: { text: "崩溃" } });
  expect(await redis.ttl(tag + keys.inFailedEntry("wecom:1"))).toBe(30 * 86_400);
  expect(await redis.zrange(tag + keys.inFailed, "0", "-1")).toEqual(["wecom:1"]);
  expect(await takeOne()).toMatchObject({ uid: "wecom:2", deliveries: 1 });
});

test("a lane that was set aside to its end is empty", async () => {
  await inbox.accept(aMessage("1"));
  await inbox.setAside(await takeOne(), "读不懂");
  expect(await redis.exists(tag + keys.inReady, tag + keys.inLane(GROUP), `${tag}:in:deliveries`)).toBe(0);
});

test.each([
  ["lease", async () => void (await takeOne())],
  ["message", async () => {}],
])("a %s from a clock that was an hour ahead counts as now", async (_, before) => {
  now = NOON + 3_600_000;
  await inbox.accept(aMessage("1"));
  await before();
  now = NOON;
  await inbox.accept(aMessage("2", { chat: "other" }));
  expect((await inbox.take(10)).map(({ uid }) => uid)).toEqual(["wecom:2", "wecom:1"]);
  expect(await inbox.take(10)).toEqual([]);
});

test("any bytes go through: in ids, conversations and texts", async () => {
  const odd = '行\n100%s %1 \u0000 😀 {"a":"\\n"} \u2028';
  const message = aMessage(odd, { chat: odd, by: odd, text: odd, quote: odd });
  await inbox.accept(message);
  expect(await inbox.accept(message)).toEqual({ kind: "known" });
  const taken = await takeOne();
  expect(taken).toMatchObject({ message, conversation: `wecom:${odd}`, uid: uidOf(message), received: NOON });
  expect(await done(taken)).toEqual({ kind: "done", numbers: [] });
  expect(await done(taken)).toEqual({ kind: "gone" });
});

test("an id is never taken for the beginning of another one", async () => {
  await inbox.accept(aMessage("1\n2"));
  expect(await done({ ...(await takeOne()), uid: "wecom:1" })).toEqual({ kind: "gone" });
});

test("other processes are told of a lane that has begun to wait", async () => {
  const listening = redis.duplicate();
  const calls: string[] = [];
  listening.on("message", (_channel, call: string) => calls.push(call));
  await listening.subscribe(tag + keys.wake);
  await inbox.accept(aMessage("1"));
  await inbox.accept(aMessage("2"));
  await done(await takeOne());
  await done(await takeOne());
  // Redis answers on one connection in order: what was published before has been heard.
  await listening.ping();
  listening.disconnect();
  expect(calls).toEqual(["in desk", "in desk"]);
});
