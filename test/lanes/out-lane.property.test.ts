/** The lanes going out, against a model of them: whatever senders and platforms do, a line ends once, and the pace is kept. */
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Outgoing, Pace, SendOutcome, Way } from "../../src/chat/outgoing.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { LEASE_MS } from "../../src/lanes/inbox.ts";
import { type Lent, openOutbox, type Settlement, type Verdict } from "../../src/lanes/outbox.ts";
import { judge, judgeBefore } from "../../src/lanes/verdict.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { ableOf, aLine, answer, NOON, PROPERTY_RUNS, webhook } from "./samples.ts";

const { redis, tag: stationTag, close } = openTestRedis();
afterAll(close);

/** Narrow, so that a few lines shut it. */
const PACE: Pace = { kind: "wecom:webhook", per: "channel", sends: 4, reserved: 1, windowMs: 60_000 };
const HOUR_MS = 3_600_000;
const WAYS: readonly (readonly Way[])[] = [
  [webhook("nan")],
  [webhook("bei\n%")],
  [webhook("nan"), webhook("bei\n%")],
  [webhook("bei\n%"), webhook("nan"), webhook("bei\n%")],
  [answer("wecom:group", NOON + HOUR_MS), webhook("nan")],
  [],
];
const LINES: readonly Outgoing["merge"][] = [
  null,
  { key: "sun\nsan", line: "#1123-001 请接单" },
  { key: "sun", line: "很长的一行\n".repeat(40) },
];

const outcome: fc.Arbitrary<SendOutcome["kind"] | "untried"> = fc.oneof(
  { weight: 8, arbitrary: fc.constant("sent" as const) },
  { weight: 4, arbitrary: fc.constantFrom("busy" as const, "pace" as const, "refused" as const, "doubt" as const) },
  { weight: 1, arbitrary: fc.constant("untried" as const) },
);
const operation = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("push" as const),
      ways: fc.nat(WAYS.length - 1),
      merge: fc.nat(LINES.length - 1),
      urgent: fc.boolean(),
      pings: fc.boolean(),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("take" as const), most: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("settle" as const),
      which: fc.nat(9),
      outcome,
      /** Where between take and now the send arrives, in parts of a thousand. */
      arrives: fc.nat(1000),
      notice: fc.boolean(),
      /** The answer is lost: the sender comes again later. */
      lost: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("crash" as const), which: fc.nat(9), arrives: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drop" as const), which: fc.nat(99) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(1, 500, 2999, 4001, 20_000, 60_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("setClockBack" as const), ms: fc.constantFrom(20, 30_000, 7_200_000) }),
  },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** What the model knows of a line. */
interface Line {
  readonly outgoing: Outgoing;
  channel: string;
  way: number;
  attempts: number;
  doubts: number;
  begun: boolean;
  /** Sent at its first try, alone and in its turn. */
  smooth: boolean;
  end: "sent" | "failed" | "dropped" | null;
}

interface Flight {
  readonly lent: Lent;
  readonly takenAt: number;
  arrived: boolean;
  /** Said before, but the answer was lost: it is said again. */
  settlement: Omit<Settlement, "lines"> | null;
}

interface Arrival {
  readonly channel: string;
  readonly at: number;
  readonly urgent: boolean;
}

let runs = 0;

function openDesk() {
  const tag = `${stationTag}:${++runs}`;
  /** Time as it passes, and how far Redis' clock is ahead of it. */
  let real = NOON;
  let ahead = 0;
  const clock = () => real + ahead;
  const commit = openCommit(redis, tag, "desk", clock);
  const outbox = openOutbox({ redis, tag, processId: "desk", paces: [PACE], socket: null, now: clock });
  const lines = new Map<string, Line>();
  const lanes = new Map<string, string[]>();
  const leases = new Map<string, number>();
  const rests = new Map<string, number>();
  const flights: Flight[] = [];
  const arrivals: Arrival[] = [];
  const smooth = new Map<string, string[]>();
  const lane = (channel: string, urgent: boolean) => {
    const name = `${channel} ${urgent}`;
    const ids = lanes.get(name) ?? [];
    lanes.set(name, ids);
    return ids;
  };
  const leave = (line: Line) => {
    const ids = lane(line.channel, line.outgoing.urgent);
    const at = ids.indexOf(line.outgoing.id);
    if (at >= 0) ids.splice(at, 1);
  };
  const enter = (outgoing: Outgoing) => {
    const channel = outgoing.ways[0]?.channel ?? "nowhere:nowhere";
    const state = { way: 0, attempts: 0, doubts: 0, begun: false, smooth: true, end: null };
    lines.set(outgoing.id, { outgoing, channel, ...state });
    lane(channel, outgoing.urgent).push(outgoing.id);
  };
  const isLeased = (channel: string) => {
    const token = leases.get(channel);
    // Further ahead than any lease can be: it comes from a clock that was wrong.
    return token !== undefined && token > clock() && token <= clock() + 70_000;
  };
  const lineOf = (id: string) => lines.get(id) as Line;

  const checkTaken = ({ channel, token, entries }: Lent) => {
    expect(isLeased(channel)).toBe(false);
    const rest = rests.get(channel) ?? 0;
    expect(rest <= clock() || rest > clock() + 700_000).toBe(true);
    const urgentOnes = lane(channel, true);
    const ids = urgentOnes.length > 0 ? urgentOnes : lane(channel, false);
    expect(entries[0].line.id).toBe(ids[0]);
    expect(Math.ceil(Number(token))).toBe(clock() + LEASE_MS);
    let bytes = -1;
    for (const [i, entry] of entries.entries()) {
      const line = lineOf(entry.line.id);
      expect(entry.line).toEqual(line.outgoing);
      expect(line.channel).toBe(channel);
      line.attempts++;
      if (line.begun) line.doubts++;
      const { way, attempts, doubts, begun } = line;
      expect(entry).toMatchObject({ way, attempts, doubts, maybeSent: begun });
      line.begun = true;
      if (attempts > 1 || entries.length > 1 || way > 0) line.smooth = false;
      bytes += Buffer.byteLength(line.outgoing.merge?.line ?? "") + 1;
      if (i === 0) continue;
      expect(begun).toBe(false);
      expect(ids.indexOf(entry.line.id)).toBeGreaterThan(ids.indexOf(entries[i - 1]?.line.id as string));
      expect(line.outgoing.merge?.key).toBe(entries[0].line.merge?.key);
    }
    if (entries.length > 1) {
      expect(entries[0].maybeSent).toBe(false);
      expect(bytes).toBeLessThanOrEqual(1500);
    }
    leases.set(channel, Number(token));
  };

  /** The platform gets it: somewhere within the time that a send may take. */
  const arrive = (flight: Flight, parts: number, until: number) => {
    if (flight.arrived) return;
    flight.arrived = true;
    const { channel, entries } = flight.lent;
    const latest = Math.min(until, flight.takenAt + LEASE_MS);
    const at = flight.takenAt + Math.floor(((latest - flight.takenAt) * parts) / 1000);
    arrivals.push({ channel, at, urgent: entries[0].line.urgent });
  };

  const verdictsOn = (lent: Lent, kind: SendOutcome["kind"] | "untried") => {
    const [first] = lent.entries;
    const before = judgeBefore(first, ableOf(first), real);
    if (kind === "untried" && !before) {
      const verdicts = lent.entries.map(({ line: { id } }): Verdict => ({ id, outcome: "again", reason: "" }));
      return { verdicts, restMs: 0, unsent: true };
    }
    const result: SendOutcome =
      kind === "sent" || kind === "untried"
        ? { kind: "sent" }
        : kind === "pace"
          ? { kind, restMs: 60_000, reason: "45009" }
          : { kind, reason: kind };
    const judgements = lent.entries.map((entry) => before ?? judge(entry, ableOf(entry), result));
    return {
      verdicts: judgements.map(({ verdict }) => verdict),
      restMs: Math.max(...judgements.map(({ restMs }) => restMs)),
      unsent: before !== null,
    };
  };

  const apply = ({ id, outcome: what, reason, next }: Verdict, unsent: boolean, late: boolean) => {
    const line = lineOf(id);
    if (line.end === "dropped" || line.end === "sent" || (late && what !== "sent")) return;
    if (what === "again" || what === "doubt") {
      line.begun = what === "doubt";
      if (unsent && reason === "") line.attempts--;
      return;
    }
    leave(line);
    if (what === "next" && next) {
      Object.assign(line, {
        channel: next.channel,
        way: next.way,
        attempts: 0,
        doubts: 0,
        begun: false,
        smooth: false,
      });
      lane(line.channel, line.outgoing.urgent).push(id);
      return;
    }
    line.begun = false;
    line.end = what === "sent" ? "sent" : "failed";
    if (what === "sent" && line.smooth && !late) {
      const name = `${line.channel} ${line.outgoing.urgent}`;
      smooth.set(name, [...(smooth.get(name) ?? []), id]);
    }
  };

  let made = 0;
  /** Later ones sort behind earlier ones. */
  const newId = () => `L${String(++made).padStart(4, "0")}`;
  const desk = {
    lines,
    pass(ms: number) {
      real += ms;
    },
    setClockBack(ms: number) {
      // A rest that is over may have been forgotten already.
      for (const [channel, till] of rests) if (till <= clock()) rests.delete(channel);
      ahead -= ms;
    },
    async push({ ways, merge, urgent, pings, count }: Extract<Operation, { do: "push" }>) {
      const replies = Array.from({ length: count }, () =>
        aLine(newId(), "", {
          ways: WAYS[ways] as readonly Way[],
          merge: LINES[merge] ?? null,
          urgent,
          pings,
          text: `第${made}条\n"100%" \u0000😀`,
        }),
      );
      await commit({ head: null, checks: [], numbers: [], writes: [], replies });
      for (const reply of replies) enter(reply);
    },
    async take(most: number) {
      // A lease that is over may be ended by this look, whatever the clock says later.
      for (const channel of leases.keys()) if (!isLeased(channel)) leases.delete(channel);
      const taken = await outbox.take(most);
      expect(taken.length).toBeLessThanOrEqual(most);
      for (const lent of taken) {
        checkTaken(lent);
        flights.push({ lent, takenAt: real, arrived: false, settlement: null });
      }
      return taken.length;
    },
    async settle(
      index: number,
      kind: SendOutcome["kind"] | "untried",
      arrives: number,
      notice: boolean,
      lost: boolean,
    ) {
      const at = flights.length > 0 ? index % flights.length : 0;
      const flight = flights[at];
      if (!flight) return;
      if (!lost) flights.splice(at, 1);
      const { lent } = flight;
      flight.settlement ??= verdictsOn(lent, kind);
      const { verdicts, restMs, unsent } = flight.settlement;
      if (!unsent) arrive(flight, arrives, real);
      const failed = verdicts.some((verdict) => verdict.outcome === "failed");
      const lines = failed && notice ? [aLine(newId(), "chief", { notice: true, urgent: true })] : [];
      // A lane whose lease is over may have been lent anew, or wait for its window.
      const late = Number(await redis.zscore(`${tag}:out:leased`, lent.channel)) !== Number(lent.token);
      expect(late && isLeased(lent.channel) && leases.get(lent.channel) === Number(lent.token)).toBe(false);
      await outbox.settle(lent, { verdicts, restMs, unsent, lines });
      for (const verdict of verdicts) apply(verdict, unsent, late);
      if (late) return;
      for (const line of lines) enter(line);
      leases.delete(lent.channel);
      if (restMs > 0) rests.set(lent.channel, clock() + restMs);
    },
    crash(index: number, arrives: number) {
      const [flight] = flights.splice(flights.length > 0 ? index % flights.length : 0, 1);
      // Its last bytes may be on their way while others go on; half of the senders die before they sent any.
      if (flight && !flight.settlement && arrives >= 500) arrive(flight, (arrives - 500) * 2, Number.POSITIVE_INFINITY);
    },
    /** By hand: `outbox --drop`. */
    async drop(index: number) {
      const waiting = [...lines.values()].filter(({ end }) => end === null);
      const line = waiting[index % Math.max(waiting.length, 1)];
      if (!line) return;
      await redis.del(tag + keys.outEntry(line.outgoing.id));
      await redis.zrem(tag + keys.outWaiting, line.outgoing.id);
      leave(line);
      line.end = "dropped";
    },
    async drain() {
      while (flights.length > 0) desk.crash(0, 0);
      const waiting = () => [...lines.values()].filter(({ end }) => end === null).length;
      for (let round = 0; waiting() > 0; round++) {
        expect(round).toBeLessThan(300);
        real += round === 0 ? 120_000 : 31_000;
        while ((await desk.take(10)) > 0) {
          while (flights.length > 0) await desk.settle(0, "sent", 1000, false, false);
        }
      }
    },
    async check() {
      const ended = (end: Line["end"]) => [...lines.values()].filter((line) => line.end === end);
      const failed = ended("failed").map(({ outgoing }) => outgoing.id);
      expect((await redis.zrange(tag + keys.outFailed, "0", "-1")).sort()).toEqual(failed.sort());
      expect(await redis.exists(tag + keys.outWaiting)).toBe(0);
      for (const { outgoing, end } of lines.values()) {
        expect(await redis.exists(tag + keys.outEntry(outgoing.id))).toBe(end === "failed" ? 1 : 0);
      }
      real += HOUR_MS;
      await outbox.take(10);
      expect(await redis.exists(`${tag}:out:ready`, `${tag}:out:leased`, `${tag}:out:held`)).toBe(0);
      for (const ids of smooth.values()) {
        const inTurn = ids.filter((id) => lineOf(id).outgoing.merge === null);
        expect(inTurn).toEqual([...inTurn].sort());
      }
      checkPace(arrivals);
    },
  };
  return desk;
}

/** As the platform counts: arrivals in any window, both its ends included. */
function checkPace(arrivals: readonly Arrival[]): void {
  const byChannel = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    if (arrival.channel.startsWith(PACE.kind)) {
      byChannel.set(arrival.channel, [...(byChannel.get(arrival.channel) ?? []), arrival]);
    }
  }
  for (const sends of byChannel.values()) {
    sends.sort((a, b) => a.at - b.at);
    for (const [i, { at }] of sends.entries()) {
      const oneTooMany = sends[i + PACE.sends];
      if (oneTooMany) expect(oneTooMany.at - at).toBeGreaterThan(PACE.windowMs);
    }
  }
}

async function perform(desk: ReturnType<typeof openDesk>, op: Operation): Promise<unknown> {
  switch (op.do) {
    case "push":
      return desk.push(op);
    case "take":
      return desk.take(op.most);
    case "settle":
      return desk.settle(op.which, op.outcome, op.arrives, op.notice, op.lost);
    case "crash":
      return desk.crash(op.which, op.arrives);
    case "drop":
      return desk.drop(op.which);
    case "pass":
      return desk.pass(op.ms);
    case "setClockBack":
      return desk.setClockBack(op.ms);
  }
}

test("each line ends once, in its turn, and never faster than the pace, whatever senders and platforms do", async () => {
  const property = fc.asyncProperty(fc.array(operation, { maxLength: 80, size: "max" }), async (operations) => {
    const desk = openDesk();
    for (const op of operations) await perform(desk, op);
    await desk.drain();
    await desk.check();
  });
  await fc.assert(property, { numRuns: PROPERTY_RUNS });
}, 600_000);
