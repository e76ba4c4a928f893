/** The lanes going in, against a model of them: whatever workers do, a message has its effect once and in its order. */
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openCommit, type Plan } from "../../src/lanes/commit.ts";
import { LEASE_MS, openInbox, type Taken, uidOf } from "../../src/lanes/inbox.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { aMessage, NOON, PROPERTY_RUNS } from "./samples.ts";

const { redis, tag: stationTag, close } = openTestRedis();
afterAll(close);

/** Any bytes that a platform or a person may send. */
const CHATS = ["plain", "带\n换行 100%的\u0000群", "{x}:😀*"];
const DAYS = ["20261123", "20261124"];
/** Longer than any lease or pause: a time further ahead comes from a clock that was wrong. */
const LONGEST_MS = 70_000;

const chat = fc.nat(CHATS.length - 1);
const worker = fc.nat(2);
const which = fc.nat(9);
const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("accept" as const), chat, id: fc.nat(7) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("take" as const), worker, most: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("commit" as const),
      worker,
      which,
      day: fc.nat(1),
      /** The answer is lost: the worker does not know, and may come again. */
      lost: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("putBack" as const),
      worker,
      which,
      pause: fc.constantFrom(0, 500, 60_000),
      innocent: fc.boolean(),
      lost: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("setAside" as const), worker, which, lost: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("crash" as const), worker }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("step" as const), chat }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(1, 400, 3999, 4000, 9000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("setClock" as const), ms: fc.constantFrom(-7_200_000, -30_000, 3_600_000) }),
  },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

interface Lane {
  readonly conversation: string;
  waiting: string[];
  accepted: string[];
  committed: string[];
  aside: string[];
  /** When it may be taken, or its lease ends; null while it is empty. */
  opens: number | null;
  version: number;
}

/** A piece of work in the hand of a worker, with the version that it read. */
interface Hand {
  readonly taken: Taken;
  readonly version: string;
}

let runs = 0;

function openDesk() {
  const tag = `${stationTag}:${++runs}`;
  let now = NOON;
  const clock = () => now;
  const inbox = openInbox({ accepting: redis, working: redis, tag, processId: "desk", now: clock });
  const commit = openCommit(redis, tag, "desk", clock);
  const lanes = CHATS.map(
    (name): Lane => ({
      conversation: `wecom:${name}`,
      waiting: [],
      accepted: [],
      committed: [],
      aside: [],
      opens: null,
      version: 0,
    }),
  );
  const laneOf = (conversation: string) => lanes.find((lane) => lane.conversation === conversation) as Lane;
  const deliveries = new Map<string, number>();
  const given = new Map<string, string[]>(DAYS.map((day) => [day, []]));
  const hands: Hand[][] = [[], [], []];
  let plans = 0;

  const effect = ({ conversation, uid }: Taken, version: string, day: string, n: number): Plan => ({
    head: { conversation, uid },
    checks: [[`:version:${conversation}`, "v", version]],
    numbers: [{ long: `long-number-${n}.`, short: `short-number-${n}.`, day }],
    writes: [
      ["HINCRBY", `:version:${conversation}`, "v", "1"],
      ["RPUSH", `:effects:${conversation}`, uid],
      ["HSET", `:ticket:${n}`, "number", `long-number-${n}.`, "text", `{"a":"short-number-${n}.","b":"50% \\n"}`],
    ],
    replies: [],
  });
  const leave = (lane: Lane, uid: string) => {
    lane.waiting.shift();
    deliveries.delete(uid);
    lane.opens = lane.waiting.length > 0 ? now : null;
  };
  /** Everything that a commit could have written. */
  const written = async () => {
    const names = [keys.inReady, ":in:deliveries", ":numbers", ":out:waiting", `:ticket:${plans}`];
    for (const { conversation } of lanes) {
      names.push(keys.inLane(conversation), `:version:${conversation}`, `:effects:${conversation}`);
    }
    return Promise.all(names.map((name) => redis.dumpBuffer(tag + name)));
  };

  const desk = {
    lanes,
    pass(ms: number) {
      now += ms;
    },
    async accept(at: number, id: number) {
      const lane = lanes[at] as Lane;
      const message = aMessage(`${at}\n${id}\u0000`, { chat: CHATS[at] as string, text: `第${id}条\n"100%" \u0000😀` });
      const uid = uidOf(message);
      const known = lane.accepted.includes(uid);
      expect(await inbox.accept(message)).toEqual({ kind: known ? "known" : "accepted" });
      if (known) return;
      if (lane.waiting.length === 0) lane.opens = now;
      lane.waiting.push(uid);
      lane.accepted.push(uid);
    },
    async take(by: number, most: number) {
      const open = lanes.filter(({ opens }) => opens !== null && (opens <= now || opens > now + LONGEST_MS));
      const order = ({ opens }: Lane) => Number(opens);
      const past = (lane: Lane) => Number(order(lane) > now);
      open.sort((a, b) => past(a) - past(b) || order(a) - order(b) || compareBytes(a.conversation, b.conversation));
      const taken = await inbox.take(most);
      expect(taken.map(({ conversation }) => conversation)).toEqual(
        open.slice(0, most).map(({ conversation }) => conversation),
      );
      for (const piece of taken) {
        const lane = laneOf(piece.conversation);
        lane.opens = now + LEASE_MS;
        const count = (deliveries.get(piece.uid) ?? 0) + 1;
        deliveries.set(piece.uid, count);
        expect(piece).toMatchObject({ uid: lane.waiting[0], deliveries: count, token: String(lane.opens) });
        expect(uidOf(piece.message)).toBe(piece.uid);
        expect(piece.message.text).toContain('条\n"100%" \u0000😀');
        hands[by]?.push({ taken: piece, version: lane.version === 0 ? "" : String(lane.version) });
      }
      return taken.length;
    },
    async commit(by: number, index: number, day: string, lost: boolean) {
      const hand = pick(hands[by], index, lost);
      if (!hand) return;
      const { taken, version } = hand;
      const lane = laneOf(taken.conversation);
      plans++;
      const before = await written();
      const result = await commit(effect(taken, version, day, plans));
      if (lane.waiting[0] !== taken.uid) {
        expect(result).toEqual({ kind: "gone" });
      } else if (version !== (lane.version === 0 ? "" : String(lane.version))) {
        expect(result).toEqual({ kind: "moved", key: `:version:${taken.conversation}` });
      } else {
        const numbers = given.get(day) as string[];
        const number = `${day}-${String(numbers.length + 1).padStart(3, "0")}`;
        expect(result).toEqual({ kind: "done", numbers: [number] });
        numbers.push(number);
        lane.version++;
        lane.committed.push(taken.uid);
        leave(lane, taken.uid);
        expect(await redis.hgetall(`${tag}:ticket:${plans}`)).toEqual({
          number,
          text: `{"a":"${number.slice(4)}","b":"50% \\n"}`,
        });
        return;
      }
      expect(await written()).toEqual(before);
    },
    async putBack(by: number, index: number, pause: number, innocent: boolean, lost: boolean) {
      const hand = pick(hands[by], index, lost);
      if (!hand) return;
      const { taken } = hand;
      const lane = laneOf(taken.conversation);
      await inbox.putBack(taken, pause, innocent);
      const count = deliveries.get(taken.uid) ?? 0;
      if (innocent && count > 0) deliveries.set(taken.uid, count - 1);
      if (String(lane.opens) === taken.token) lane.opens = now + pause;
    },
    async setAside(by: number, index: number, lost: boolean) {
      const hand = pick(hands[by], index, lost);
      if (!hand) return;
      const lane = laneOf(hand.taken.conversation);
      await inbox.setAside(hand.taken, "读不懂");
      if (lane.waiting[0] !== hand.taken.uid) return;
      lane.aside.push(hand.taken.uid);
      leave(lane, hand.taken.uid);
    },
    crash(by: number) {
      hands[by] = [];
    },
    /** Somebody else changes what a worker has read. */
    async step(at: number) {
      const lane = lanes[at] as Lane;
      const writes: Plan["writes"] = [["HINCRBY", `:version:${lane.conversation}`, "v", "1"]];
      const result = await commit({ head: null, checks: [], numbers: [], writes, replies: [] });
      expect(result).toEqual({ kind: "done", numbers: [] });
      lane.version++;
    },
    async drain() {
      desk.crash(0);
      for (let round = 0; lanes.some(({ waiting }) => waiting.length > 0); round++) {
        expect(round).toBeLessThan(100);
        now += LEASE_MS;
        if (round === 0) now += LONGEST_MS;
        await desk.take(0, 3);
        while ((hands[0]?.length ?? 0) > 0) await desk.commit(0, 0, "20261124", false);
      }
    },
    async check() {
      for (const { conversation, accepted, aside, committed } of lanes) {
        expect(committed).toEqual(accepted.filter((uid) => !aside.includes(uid)));
        expect(await redis.lrange(`${tag}:effects:${conversation}`, 0, -1)).toEqual(committed);
        for (const uid of aside) {
          expect(await redis.hget(tag + keys.inFailedEntry(uid), "conversation")).toBe(conversation);
        }
        expect(await redis.exists(tag + keys.inLane(conversation))).toBe(0);
      }
      expect(await redis.zcard(tag + keys.inFailed)).toBe(lanes.flatMap(({ aside }) => aside).length);
      expect(await redis.exists(tag + keys.inReady, `${tag}:in:deliveries`)).toBe(0);
      for (const [day, numbers] of given) {
        expect(numbers).toEqual(numbers.map((_, i) => `${day}-${String(i + 1).padStart(3, "0")}`));
      }
    },
  };
  return desk;
}

/** Redis puts members of one score in the order of their bytes. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function pick(hands: Hand[] | undefined, index: number, keep: boolean): Hand | undefined {
  const i = hands && hands.length > 0 ? index % hands.length : 0;
  const hand = hands?.[i];
  if (!keep) hands?.splice(i, 1);
  return hand;
}

async function perform(desk: ReturnType<typeof openDesk>, op: Operation): Promise<unknown> {
  switch (op.do) {
    case "accept":
      return desk.accept(op.chat, op.id);
    case "take":
      return desk.take(op.worker, op.most);
    case "commit":
      return desk.commit(op.worker, op.which, DAYS[op.day] as string, op.lost);
    case "putBack":
      return desk.putBack(op.worker, op.which, op.pause, op.innocent, op.lost);
    case "setAside":
      return desk.setAside(op.worker, op.which, op.lost);
    case "crash":
      return desk.crash(op.worker);
    case "step":
      return desk.step(op.chat);
    case "pass":
    case "setClock":
      return desk.pass(op.ms);
  }
}

test("each accepted message has its effect once and in its order, whatever workers and clocks do", async () => {
  const property = fc.asyncProperty(fc.array(operation, { maxLength: 80, size: "max" }), async (operations) => {
    const desk = openDesk();
    for (const op of operations) await perform(desk, op);
    await desk.drain();
    await desk.check();
  });
  await fc.assert(property, { numRuns: PROPERTY_RUNS });
}, 600_000);
