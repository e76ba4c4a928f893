/** The lanes going out: one per channel, urgent before normal, within the channel's pace. */
import { setTimeout as pause } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Outgoing, Pace } from "../chat/outgoing.ts";
import { isAway } from "../store/connection.ts";
import { keys } from "../store/keys.ts";
import { readScript, runScript } from "../store/script.ts";
import { replyArguments } from "./commit.ts";
import { LEASE_MS } from "./inbox.ts";
import { together } from "./together.ts";

/** Nothing that is sent is awaited longer; shorter than the lease. */
export const SEND_TIMEOUT_MS = 3000;
/** Channels settled in one script: Redis does nothing else meanwhile. */
const MOST_TOGETHER = 32;
/** Redis is away: how soon it is told again what became of a send. */
const SETTLE_AGAIN_MS = 100;
/** What the lines of one merged message may hold together, beside its head and its closing words. */
const MERGE_BYTES = 1500;

const scripts = { take: readScript("take-out"), settle: readScript("settle") };

export interface Begun {
  readonly line: Outgoing;
  /** Index into `line.ways`. */
  readonly way: number;
  /** On this way, this one included. */
  readonly attempts: number;
  /** How often it was taken although it may have been sent before. */
  readonly doubts: number;
  /** It was begun before and nobody knows how it ended. */
  readonly maybeSent: boolean;
}

/** A channel under a lease, with what is to be sent now as one message. */
export interface Lent {
  readonly channel: string;
  readonly token: string;
  readonly entries: readonly [Begun, ...Begun[]];
}

export interface Verdict {
  readonly id: string;
  readonly outcome: "sent" | "again" | "doubt" | "next" | "failed";
  readonly reason: string;
  /** Where it goes next, for `next`. */
  readonly next?: { readonly channel: string; readonly way: number };
  /** For `sent`: the platform's id of it, by which a later message may quote it. */
  readonly knownAs?: string;
}

export interface Settlement {
  readonly verdicts: readonly Verdict[];
  readonly restMs: number;
  /** The bytes never left: it does not count in the window. */
  readonly unsent: boolean;
  /** Lines that this outcome calls for, e.g. one to the chief. */
  readonly lines: readonly Outgoing[];
  /** What takes the place of a line, in order: before all that waits behind it. */
  readonly parts?: readonly Outgoing[];
}

export interface Outbox {
  take(most: number): Promise<Lent[]>;
  settle(lent: Lent, settlement: Settlement): Promise<void>;
}

export interface OutboxDeps {
  readonly redis: Redis;
  readonly tag: string;
  readonly processId: string;
  readonly paces: readonly Pace[];
  /** The lanes of a socket that this process holds, e.g. `wecom:socket`; null: all others. */
  readonly socket: string | null;
  readonly now?: () => number;
}

type RawEntry = [id: string, body: string, way: string, attempts: string, doubts: string, begun: string];
type RawLent = [channel: string, token: string, first: RawEntry, ...others: RawEntry[]];

export function openOutbox({ redis, tag, processId, paces, socket, now }: OutboxDeps): Outbox {
  const clock = () => (now ? String(now()) : "");
  const pacing = paces.flatMap(({ kind, per, sends, reserved, windowMs }) => [
    kind,
    per,
    String(sends),
    String(reserved),
    String(windowMs),
  ]);
  const settleTogether = together<{ lent: Lent; settlement: Settlement }, void>(MOST_TOGETHER, async (settled) => {
    const args = [processId, clock(), ...settled.flatMap(({ lent, settlement }) => settleArguments(lent, settlement))];
    const until = performance.now() + LEASE_MS;
    for (;;) {
      try {
        await runScript(redis, scripts.settle, tag, args);
        return settled.map(() => undefined);
      } catch (error) {
        // What was sent cannot be unsent, and nobody else knows it. Settling twice is settling once.
        if (!isAway(error) || performance.now() > until) throw error;
        await pause(SETTLE_AGAIN_MS);
      }
    }
  });
  const outbox: Outbox = {
    async take(most) {
      const asked = performance.now();
      // A sender that dies may have begun late: its send is on its way as long as its lease, not only as its time-out.
      const bounds = [String(LEASE_MS), String(most), String(LEASE_MS), String(MERGE_BYTES), clock(), socket ?? ""];
      const raw = (await runScript(redis, scripts.take, tag, [...bounds, ...pacing])) as RawLent[];
      const lent = raw.map(readLent);
      if (performance.now() - asked <= LEASE_MS - SEND_TIMEOUT_MS) return lent;
      // Redis was slow to answer: a send that begins now could outlive its lease.
      await Promise.all(lent.map((one) => outbox.settle(one, untried(one))));
      return [];
    },
    settle: (lent, settlement) => settleTogether({ lent, settlement }),
  };
  return outbox;
}

function platformOf(channel: string): string {
  return channel.slice(0, channel.indexOf(":"));
}

/** As settle.lua reads one of them. */
function settleArguments({ channel, token, entries }: Lent, settlement: Settlement): string[] {
  const { verdicts, restMs, unsent, lines, parts = [] } = settlement;
  const args = [channel, token, String(restMs), unsent ? "1" : "", String(verdicts.length)];
  for (const { id, outcome, reason, next, knownAs } of verdicts) {
    const about = knownAs === undefined ? null : (entries.find(({ line }) => line.id === id)?.line.about ?? null);
    args.push(id, outcome, reason, next?.channel ?? "", String(next?.way ?? ""));
    args.push(about === null ? "" : keys.knownAs(platformOf(channel), knownAs ?? ""), about ?? "");
  }
  args.push(String(lines.length + parts.length));
  for (const line of lines) args.push(...replyArguments(line), "");
  for (const part of parts.toReversed()) args.push(...replyArguments(part), "1");
  return args;
}

/** Not begun at all: it stays as it was. */
function untried({ entries }: Lent): Settlement {
  // What may have been sent before still may.
  const verdicts = entries.map(
    ({ line: { id }, maybeSent }): Verdict => ({ id, outcome: maybeSent ? "doubt" : "again", reason: "" }),
  );
  return { verdicts, restMs: 0, unsent: true, lines: [] };
}

function readLent([channel, token, first, ...others]: RawLent): Lent {
  return { channel, token, entries: [readBegun(first), ...others.map(readBegun)] };
}

function readBegun([, body, way, attempts, doubts, begun]: RawEntry): Begun {
  return {
    line: JSON.parse(body) as Outgoing,
    way: Number(way),
    attempts: Number(attempts),
    doubts: Number(doubts),
    maybeSent: begun === "1",
  };
}
