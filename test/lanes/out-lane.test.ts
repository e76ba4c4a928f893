/** What each script of the lanes going out answers, and what it leaves behind. */
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Outgoing, Pace } from "../../src/chat/outgoing.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { LEASE_MS } from "../../src/lanes/inbox.ts";
import { type Lent, type Outbox, openOutbox, type Settlement, type Verdict } from "../../src/lanes/outbox.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { aLine, answer, NOON, pushed, thread, WEBHOOK_PACE, webhook } from "./samples.ts";

const { redis, tag: stationTag, close } = openTestRedis();
afterAll(close);

const NAN = webhook("nan").channel;
let desks = 0;
let tag: string;
let now: number;
let outbox: Outbox;

beforeEach(() => {
  tag = `${stationTag}:${++desks}`;
  now = NOON;
  outbox = openOutbox({ redis, tag, processId: "desk", paces: [WEBHOOK_PACE], socket: null, now: () => now });
});

async function push(...replies: Outgoing[]): Promise<void> {
  const commit = openCommit(redis, tag, "desk", () => now);
  await commit({ head: null, checks: [], numbers: [], writes: [], replies });
}

const many = (count: number, over: Partial<Outgoing> = {}) =>
  push(...Array.from({ length: count }, (_, i) => aLine(`L${String(i).padStart(3, "0")}`, "nan", over)));

async function takeOne(): Promise<Lent> {
  const [lent, ...others] = await outbox.take(10);
  expect(others).toEqual([]);
  if (!lent) throw new Error("nothing to take");
  return lent;
}

const ids = ({ entries }: Lent) => entries.map(({ line }) => line.id);

function settle(lent: Lent, verdict: Partial<Verdict> = {}, over: Partial<Settlement> = {}): Promise<void> {
  const verdicts = ids(lent).map((id): Verdict => ({ id, outcome: "sent", reason: "", ...verdict }));
  return outbox.settle(lent, { verdicts, restMs: 0, unsent: false, lines: [], ...over });
}

/** Sends until the lane rests: how many went, at once. */
async function sendAll(): Promise<string[]> {
  const sent: string[] = [];
  for (;;) {
    const [lent] = await outbox.take(1);
    if (!lent) return sent;
    sent.push(...ids(lent));
    await settle(lent);
  }
}

const isEmpty = async () => {
  const names = ["waiting", "ready", "leased", "held", `lane:${NAN}:urgent`, `lane:${NAN}:normal`];
  return (await redis.exists(...names.map((name) => `${tag}:out:${name}`))) === 0;
};

describe("order", () => {
  test("a channel is lent once at a time, urgent before normal, in order within each", async () => {
    await push(aLine("normal 1"), aLine("normal 2"));
    await push(aLine("urgent 1", "nan", { urgent: true }), aLine("urgent 2", "nan", { urgent: true }));
    const first = await takeOne();
    expect(await outbox.take(10)).toEqual([]);
    await settle(first);
    expect([...ids(first), ...(await sendAll())]).toEqual(["urgent 1", "urgent 2", "normal 1", "normal 2"]);
    expect(await isEmpty()).toBe(true);
  });

  test("a line that comes while its channel is lent waits for it", async () => {
    await push(aLine("1"));
    const lent = await takeOne();
    await push(aLine("2", "nan", { urgent: true }));
    expect(await outbox.take(10)).toEqual([]);
    await settle(lent);
    expect(ids(await takeOne())).toEqual(["2"]);
  });

  test("one channel does not wait for another", async () => {
    await push(aLine("1", "nan"), aLine("2", "bei"));
    expect((await outbox.take(10)).map(ids)).toEqual([["2"], ["1"]]);
  });

  test("a line without any way can be taken, and given up", async () => {
    await push(aLine("1", "", { ways: [] }));
    expect(await takeOne()).toMatchObject({ channel: "nowhere:nowhere", entries: [{ line: { id: "1" }, way: 0 }] });
  });

  test("entries that were dropped by hand are passed over", async () => {
    await many(3);
    await redis.del(tag + keys.outEntry("L000"), tag + keys.outEntry("L001"));
    expect(ids(await takeOne())).toEqual(["L002"]);
  });

  test("an entry that is dropped while it is sent leaves nothing behind", async () => {
    await push(aLine("1"));
    const lent = await takeOne();
    await redis.del(tag + keys.outEntry("1"));
    await redis.zrem(tag + keys.outWaiting, "1");
    await settle(lent);
    expect(await outbox.take(1)).toEqual([]);
    expect(await isEmpty()).toBe(true);
    expect(await redis.exists(tag + keys.outEntry("1"))).toBe(0);
  });
});

describe("what becomes of a line", () => {
  test("sent: it is gone", async () => {
    await push(aLine("1"));
    await settle(await takeOne());
    expect(await isEmpty()).toBe(true);
    expect(await redis.exists(tag + keys.outEntry("1"))).toBe(0);
  });

  test("again: the whole channel rests, and the attempt counts", async () => {
    await push(aLine("1"), aLine("2", "nan", { urgent: false }));
    await settle(await takeOne(), { outcome: "again", reason: "-1" }, { restMs: 500 });
    await push(aLine("3", "nan", { urgent: true }));
    now += 499;
    expect(await outbox.take(1)).toEqual([]);
    now += 1;
    expect(ids(await takeOne())).toEqual(["3"]);
    now += LEASE_MS;
    await settle(await takeOne());
    expect((await takeOne()).entries[0]).toMatchObject({ attempts: 2, doubts: 0, maybeSent: false });
    expect(await redis.hget(tag + keys.outEntry("1"), "reason")).toBe("-1");
  });

  test("not tried at all: no attempt, no send", async () => {
    await push(aLine("1"));
    await settle(await takeOne(), { outcome: "again", reason: "" }, { unsent: true });
    expect(await redis.exists(`${tag}:out:window:${NAN}`)).toBe(0);
    expect((await takeOne()).entries[0]).toMatchObject({ attempts: 1, doubts: 0, maybeSent: false });
  });

  test("in doubt: it comes back as maybe sent", async () => {
    await push(aLine("1"));
    await settle(await takeOne(), { outcome: "doubt", reason: "超时" }, { restMs: 500 });
    now += 500;
    expect((await takeOne()).entries[0]).toMatchObject({ attempts: 2, doubts: 1, maybeSent: true });
  });

  test("its sender died: likewise", async () => {
    await push(aLine("1"));
    await takeOne();
    now += LEASE_MS - 1;
    expect(await outbox.take(1)).toEqual([]);
    now += 1;
    expect((await takeOne()).entries[0]).toMatchObject({ attempts: 2, doubts: 1, maybeSent: true });
  });

  test("next: it goes to the end of the other channel, as if it were new", async () => {
    await push(aLine("1", "", { ways: [answer("wecom:group", 0), webhook("nan")], urgent: true }));
    const lent = await takeOne();
    await push(aLine("0", "nan", { urgent: true }));
    const next = { channel: NAN, way: 1 };
    await settle(lent, { outcome: "next", reason: "93000", next });
    await settle(await takeOne());
    expect(await takeOne()).toMatchObject({
      channel: NAN,
      entries: [{ way: 1, attempts: 1, doubts: 0, maybeSent: false }],
    });
    expect(await redis.hgetall(tag + keys.outEntry("1"))).toMatchObject({ channel: NAN, reason: "93000" });
  });

  test("next onto a channel that is lent just now", async () => {
    await push(aLine("1", "bei", { ways: [webhook("bei"), webhook("nan")] }), aLine("2", "nan"));
    const [bei, nan] = (await outbox.take(2)) as [Lent, Lent];
    await settle(bei, { outcome: "next", reason: "93000", next: { channel: NAN, way: 1 } });
    expect(await outbox.take(10)).toEqual([]);
    await settle(nan);
    expect(ids(await takeOne())).toEqual(["1"]);
  });

  test("next onto a channel whose sender died", async () => {
    await push(aLine("1", "bei", { ways: [webhook("bei"), webhook("nan")] }), aLine("2", "nan"));
    const [bei] = (await outbox.take(2)) as [Lent, Lent];
    await settle(bei, { outcome: "next", reason: "93000", next: { channel: NAN, way: 1 } });
    now += LEASE_MS;
    expect(await sendAll()).toEqual(["2", "1"]);
    expect(await isEmpty()).toBe(true);
  });

  test("failed: it is kept for a person, for thirty days", async () => {
    await push(aLine("1"));
    await settle(await takeOne(), { outcome: "failed", reason: "300001" });
    expect(await isEmpty()).toBe(true);
    expect(await redis.zrange(tag + keys.outFailed, "0", "-1", "WITHSCORES")).toEqual(["1", String(NOON)]);
    expect(await redis.hgetall(tag + keys.outEntry("1"))).toMatchObject({ reason: "300001", failed: String(NOON) });
    expect(await redis.ttl(tag + keys.outEntry("1"))).toBe(30 * 86_400);
    now += 31 * 86_400_000;
    await push(aLine("2"));
    await settle(await takeOne(), { outcome: "failed" });
    expect(await redis.zrange(tag + keys.outFailed, "0", "-1")).toEqual(["2"]);
  });

  test("what an outcome calls for goes out with it", async () => {
    await push(aLine("1"));
    const notice = aLine("notice", "chief", { urgent: true, notice: true });
    await settle(await takeOne(), { outcome: "failed" }, { lines: [notice] });
    expect(await redis.zrange(tag + keys.outWaiting, "0", "-1")).toEqual(["notice"]);
    expect((await takeOne()).entries[0].line).toEqual(notice);
  });
});

describe("a sender that is late", () => {
  let slow: Lent;
  let quick: Lent;

  beforeEach(async () => {
    await push(aLine("1"));
    slow = await takeOne();
    now += LEASE_MS;
    quick = await takeOne();
  });

  test("changes nothing", async () => {
    const entry = await redis.hgetall(tag + keys.outEntry("1"));
    for (const outcome of ["again", "doubt", "failed"] as const) {
      await settle(slow, { outcome, reason: "late" }, { restMs: 9000, lines: [aLine("notice", "chief")] });
    }
    expect(await redis.hgetall(tag + keys.outEntry("1"))).toEqual(entry);
    expect(await outbox.take(10)).toEqual([]);
    await settle(quick);
    expect(await isEmpty()).toBe(true);
  });

  test("still tells the truth when it has sent", async () => {
    await settle(slow);
    expect(await redis.exists(tag + keys.outEntry("1"), tag + keys.outWaiting)).toBe(0);
    // The other one holds the lane, and finds nothing left to say.
    await settle(quick, { outcome: "failed", reason: "可能已经送出" });
    expect(await isEmpty()).toBe(true);
    expect(await redis.exists(tag + keys.outFailed)).toBe(0);
  });

  test("also when the line was given up meanwhile", async () => {
    await settle(quick, { outcome: "failed", reason: "可能已经送出" });
    await settle(slow);
    expect(await redis.exists(tag + keys.outFailed, tag + keys.outEntry("1"))).toBe(0);
  });

  test("takes no line away that others should have replaced", async () => {
    await settle(slow, { outcome: "sent" }, { unsent: true, lines: [aLine("part 1"), aLine("part 2")] });
    expect(await redis.zrange(tag + keys.outWaiting, "0", "-1")).toEqual(["1"]);
    await settle(quick);
    expect(await isEmpty()).toBe(true);
  });

  test("in nobody's eyes but its own settles as ever", async () => {
    await settle(quick);
    await push(aLine("2"));
    const lent = await takeOne();
    now += LEASE_MS * 2;
    await settle(lent, { outcome: "again", reason: "-1" });
    expect((await takeOne()).entries[0]).toMatchObject({ attempts: 2, maybeSent: false });
  });
});

describe("pace", () => {
  test("eighteen in a minute, the last two for urgent lines", async () => {
    await many(30);
    expect(await sendAll()).toHaveLength(16);
    await push(...Array.from({ length: 5 }, (_, i) => aLine(`U${i}`, "nan", { urgent: true })));
    expect(await sendAll()).toEqual(["U0", "U1"]);
    now += 60_000;
    // A new line has the channel looked at, to the very end of its minute.
    await push(aLine("U5", "nan", { urgent: true }));
    expect(await sendAll()).toEqual([]);
    now += 1;
    const others = Array.from({ length: 12 }, (_, i) => `L0${i + 16}`);
    expect(await sendAll()).toEqual(["U2", "U3", "U4", "U5", ...others]);
  });

  test("the window slides: each send makes room for one, a minute after it arrived", async () => {
    await many(40, { urgent: true });
    for (let i = 0; i < 18; i++) {
      const lent = await takeOne();
      now += 1000;
      await settle(lent);
    }
    const last = now;
    for (let i = 0; i < 17; i++) {
      now = last + 43_001 + i * 1000;
      expect(await sendAll()).toHaveLength(1);
    }
  });

  test("a slow send counts from when it arrived, not from when it began", async () => {
    await many(19, { urgent: true });
    const slow = await takeOne();
    now += 3000;
    await settle(slow);
    expect(await sendAll()).toHaveLength(17);
    now += 60_000;
    expect(await sendAll()).toEqual([]);
    now += 1;
    expect(await sendAll()).toHaveLength(1);
  });

  test("the send of a sender that died counts for as long as it may be on its way", async () => {
    await many(30, { urgent: true });
    await takeOne();
    now += LEASE_MS;
    expect(await sendAll()).toHaveLength(17);
    now += 60_000;
    expect(await sendAll()).toEqual([]);
    now += 1;
    expect(await sendAll()).toHaveLength(13);
  });

  test("a channel without a pace has none", async () => {
    await push(...Array.from({ length: 50 }, (_, i) => aLine(`L${i}`, "", { ways: [answer("wecom:group", NOON)] })));
    expect(await sendAll()).toHaveLength(50);
  });

  test("a way that comes back to its channel counts anew", async () => {
    const ways = [webhook("nan"), webhook("nan")];
    await push(aLine("1", "", { ways }));
    await settle(await takeOne(), { outcome: "next", reason: "93000", next: { channel: NAN, way: 1 } });
    now += 1;
    await settle(await takeOne());
    expect(await redis.zcard(`${tag}:out:window:${NAN}`)).toBe(2);
  });

  test("a shut window survives whoever died while it was shut", async () => {
    await many(20, { urgent: true });
    for (let i = 0; i < 17; i++) await settle(await takeOne());
    await takeOne();
    now += LEASE_MS;
    expect(await outbox.take(1)).toEqual([]);
    now += 56_001;
    expect((await takeOne()).entries[0]).toMatchObject({ attempts: 2, maybeSent: true });
  });

  test("after 45009 the whole key rests a minute", async () => {
    await many(3);
    await settle(await takeOne(), { outcome: "again", reason: "45009" }, { restMs: 60_000 });
    await push(aLine("U", "nan", { urgent: true }), aLine("other", "bei"));
    expect(ids(await takeOne())).toEqual(["other"]);
    now += 59_999;
    expect((await outbox.take(10)).map(ids)).toEqual([["other"]]);
    now += 1;
    expect(ids(await takeOne())).toEqual(["U"]);
  });
});

describe("merging", () => {
  const mention = (id: string, key = "sun", line = `#${id}`) =>
    aLine(id, "nan", { urgent: true, pings: true, merge: { key, line } });

  test("while the window is shut, the mentions of one person become one message", async () => {
    await many(18, { urgent: true });
    await sendAll();
    await push(mention("1"), mention("2", "li"), mention("3"), aLine("4", "nan", { urgent: true }), mention("5"));
    expect(await outbox.take(1)).toEqual([]);
    now += 60_001;
    const first = await takeOne();
    expect(ids(first)).toEqual(["1", "3", "5"]);
    expect(await redis.zcard(`${tag}:out:window:${NAN}`)).toBe(1);
    await settle(first);
    expect(await sendAll()).toEqual(["2", "4"]);
    expect(await isEmpty()).toBe(true);
  });

  test("they do not where nothing had to wait", async () => {
    await push(mention("1"), mention("2"));
    expect(ids(await takeOne())).toEqual(["1"]);
  });

  test("not more than one message can hold", async () => {
    await many(18, { urgent: true });
    await sendAll();
    for (const id of ["1", "2", "3"]) await push(mention(id, "sun", "长".repeat(200)));
    expect(await outbox.take(1)).toEqual([]);
    now += 60_001;
    expect(ids(await takeOne())).toEqual(["1", "2"]);
  });

  test("what may have been sent goes again as it was", async () => {
    await many(18, { urgent: true });
    await sendAll();
    await push(mention("1"), mention("2"));
    expect(await outbox.take(1)).toEqual([]);
    now += 60_001;
    expect(ids(await takeOne())).toEqual(["1", "2"]);
    now += LEASE_MS;
    const again = await takeOne();
    expect(again.entries).toMatchObject([{ line: { id: "1" }, maybeSent: true }]);
    await settle(again, { outcome: "again", reason: "-1" });
    const clean = await takeOne();
    expect(clean.entries).toMatchObject([{ line: { id: "1" }, maybeSent: false }]);
    await settle(clean);
    expect((await takeOne()).entries).toMatchObject([{ line: { id: "2" }, maybeSent: true }]);
  });
});

describe("a clock that was ahead and is right again", () => {
  test.each([
    ["what was ready", async () => {}],
    ["a lease", async () => void (await takeOne())],
    ["a rest", async () => settle(await takeOne(), { outcome: "again", reason: "-1" }, { restMs: 60_000 })],
  ])("%s counts as now", async (_, before) => {
    now = NOON + 3_600_000;
    await push(aLine("1"));
    await before();
    now = NOON;
    expect(ids(await takeOne())).toEqual(["1"]);
    expect(await outbox.take(1)).toEqual([]);
  });

  test("the sends of a window are not forgotten", async () => {
    now = NOON + 3_600_000;
    await many(30, { urgent: true });
    expect(await sendAll()).toHaveLength(18);
    now = NOON;
    expect(await sendAll()).toEqual([]);
    now += 60_000;
    expect(await sendAll()).toEqual([]);
    now += LEASE_MS + 1;
    expect(await sendAll()).toHaveLength(12);
  });

  test("a lane that is lent is not lent twice for it", async () => {
    await push(aLine("1"));
    const lent = await takeOne();
    now += 3_600_000;
    await redis.zadd(`${tag}:out:ready`, now, NAN);
    now = NOON + 1;
    expect(await outbox.take(1)).toEqual([]);
    await settle(lent);
    expect(await isEmpty()).toBe(true);
  });
});

describe("when Redis is slow or away", () => {
  test("what became of a send is told again until Redis hears it", async () => {
    await push(aLine("1"));
    const lent = await takeOne();
    const sending = redis.duplicate({ lazyConnect: true, enableOfflineQueue: false });
    const settling = openOutbox({
      redis: sending,
      tag,
      processId: "desk",
      paces: [],
      socket: null,
      now: () => now,
    }).settle(lent, {
      verdicts: [{ id: "1", outcome: "sent", reason: "" }],
      restMs: 0,
      unsent: false,
      lines: [],
    });
    // Its first word finds no connection yet.
    await settling;
    sending.disconnect();
    expect(await isEmpty()).toBe(true);
  });

  test("a line that comes too late to be sent under its lease is left as it was", async () => {
    await push(aLine("1"));
    const clock = vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(1001);
    expect(await outbox.take(1)).toEqual([]);
    clock.mockRestore();
    expect((await takeOne()).entries[0]).toMatchObject({ attempts: 1, doubts: 0, maybeSent: false });
    expect(await redis.zcard(`${tag}:out:window:${NAN}`)).toBe(1);
  });
});

test("parts take the place of the line that was too long: what waits behind it does not overtake them", async () => {
  await push(aLine("1"), aLine("2"));
  const lent = await takeOne();
  const parts = [aLine("1a"), aLine("1b"), aLine("1c")];
  await settle(lent, {}, { unsent: true, parts, lines: [aLine("9")] });
  expect(await sendAll()).toEqual(["1a", "1b", "1c", "2", "9"]);
  expect(await isEmpty()).toBe(true);
});

test("other processes are told of lines that go another way", async () => {
  await push(aLine("1"), aLine("2", "bei"));
  const [bei, nan] = (await outbox.take(2)) as [Lent, Lent];
  const listening = redis.duplicate();
  const calls: string[] = [];
  listening.on("message", (_channel, call: string) => calls.push(call));
  await listening.subscribe(tag + keys.wake);
  await settle(nan);
  await settle(bei, { outcome: "next", reason: "93000", next: { channel: NAN, way: 1 } });
  await listening.ping();
  listening.disconnect();
  expect(calls).toEqual(["out desk"]);
});

describe("the lanes of a socket", () => {
  const THREAD = thread("wecom:group", NOON + 300_000);
  const PUSH = pushed("wecom:group");
  const overSocket = { ways: [THREAD, PUSH] };
  let holder: Outbox;

  beforeEach(() => {
    holder = openOutbox({ redis, tag, processId: "desk", paces: [], socket: "wecom:socket", now: () => now });
  });

  test("are lent to its holder alone, and the holder takes no others", async () => {
    await push(aLine("1", "nan", overSocket), aLine("2"));
    expect((await outbox.take(10)).map(ids)).toEqual([["2"]]);
    expect((await holder.take(10)).map(ids)).toEqual([["1"]]);
  });

  test("keep the order where a line goes on by another way of the same lane", async () => {
    await push(aLine("1", "nan", overSocket), aLine("2", "nan", overSocket));
    const [first] = (await holder.take(1)) as [Lent];
    const next = { channel: PUSH.channel, way: 1 };
    const verdicts: Verdict[] = [{ id: "1", outcome: "next", reason: "846605", next }];
    await holder.settle(first, { verdicts, restMs: 0, unsent: false, lines: [] });
    const [again] = (await holder.take(1)) as [Lent];
    expect(again.entries.map(({ line, way, attempts }) => [line.id, way, attempts])).toEqual([["1", 1, 1]]);
  });

  test("a line that leaves for a webhook is lent by the other lanes, and the other way round", async () => {
    await push(
      aLine("1", "nan", { ways: [THREAD, webhook("nan")] }),
      aLine("2", "bei", { ways: [webhook("bei"), PUSH] }),
    );
    const [socketed] = (await holder.take(1)) as [Lent];
    const [hooked] = (await outbox.take(1)) as [Lent];
    const to = (channel: string) => ({ outcome: "next" as const, reason: "", next: { channel, way: 1 } });
    const settled = { restMs: 0, unsent: false, lines: [] };
    await holder.settle(socketed, { ...settled, verdicts: [{ id: "1", ...to(NAN) }] });
    await outbox.settle(hooked, { ...settled, verdicts: [{ id: "2", ...to(PUSH.channel) }] });
    expect((await outbox.take(10)).map(ids)).toEqual([["1"]]);
    expect((await holder.take(10)).map(ids)).toEqual([["2"]]);
  });
});

describe("several windows", () => {
  const open = (...paces: Pace[]) => openOutbox({ redis, tag, processId: "desk", paces, socket: null, now: () => now });
  const inHour = { kind: "wecom:webhook", per: "channel", sends: 5, reserved: 0, windowMs: 3_600_000 } as const;
  const inMinute = { ...inHour, sends: 3, windowMs: 60_000 } as const;

  test("of one channel: each of them must be open", async () => {
    outbox = open(inMinute, inHour);
    await many(9);
    expect(await sendAll()).toHaveLength(3);
    now += 60_002;
    expect(await sendAll()).toHaveLength(2);
    now += 60_002;
    expect(await sendAll()).toHaveLength(0);
    now += 3_600_000;
    expect(await sendAll()).toHaveLength(3);
  });

  test("of a kind: its channels share it", async () => {
    outbox = open({ ...inMinute, per: "kind" });
    await push(...["nan", "bei", "dong", "xi", "liyuan"].map((key) => aLine(key, key)));
    expect(await sendAll()).toHaveLength(3);
    now += 60_002;
    expect(await sendAll()).toHaveLength(2);
  });

  test("what never left does not count in them", async () => {
    outbox = open({ ...inMinute, per: "kind", sends: 1 });
    await push(aLine("1"));
    const lent = await takeOne();
    await settle(lent, { outcome: "again", reason: "" }, { unsent: true });
    expect(await sendAll()).toEqual(["1"]);
  });
});

test("what was sent is known by the platform's id of it", async () => {
  await push(aLine("1", "nan", { about: "#1123-017" }), aLine("2", "bei"));
  const [bei, nan] = (await outbox.take(2)) as [Lent, Lent];
  await settle(nan, { knownAs: "pqk1" });
  await settle(bei, { knownAs: "pqk2" });
  expect(await redis.get(tag + keys.knownAs("wecom", "pqk1"))).toBe("#1123-017");
  expect(await redis.exists(tag + keys.knownAs("wecom", "pqk2"))).toBe(0);
});
