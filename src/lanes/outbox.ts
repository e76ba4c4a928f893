/** The lanes going out: one per channel, urgent before normal, within the channel's pace. */
import type { Redis } from "ioredis";
import type { Outgoing, Pace } from "../chat/outgoing.ts";
import { readScript, runScript } from "../store/script.ts";
import { replyArguments } from "./commit.ts";
import { LEASE_MS } from "./inbox.ts";

/** Nothing that is sent is awaited longer; shorter than the lease. */
export const SEND_TIMEOUT_MS = 3000;
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
}

export interface Settlement {
  readonly verdicts: readonly Verdict[];
  readonly restMs: number;
  /** The bytes never left: it does not count in the window. */
  readonly unsent: boolean;
  /** Lines that this outcome calls for, e.g. one to the chief. */
  readonly lines: readonly Outgoing[];
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
  readonly now?: () => number;
}

type RawEntry = [id: string, body: string, way: string, attempts: string, doubts: string, begun: string];

export function openOutbox({ redis, tag, processId, paces, now }: OutboxDeps): Outbox {
  const clock = () => (now ? String(now()) : "");
  const pacing = paces.flatMap(({ kind, sends, reserved, windowMs }) => [
    kind,
    String(sends),
    String(reserved),
    String(windowMs),
  ]);
  return {
    async take(most) {
      // A sender that dies may have begun late: its send is on its way as long as its lease, not only as its time-out.
      const bounds = [String(LEASE_MS), String(most), String(LEASE_MS), String(MERGE_BYTES), clock()];
      const lent = (await runScript(redis, scripts.take, tag, [...bounds, ...pacing])) as [
        string,
        string,
        RawEntry,
        ...RawEntry[],
      ][];
      return lent.map(([channel, token, first, ...others]) => ({
        channel,
        token,
        entries: [readBegun(first), ...others.map(readBegun)],
      }));
    },
    async settle({ channel, token }, { verdicts, restMs, unsent, lines }) {
      const args = [channel, token, String(restMs), unsent ? "1" : "", processId, clock(), String(verdicts.length)];
      for (const { id, outcome, reason, next } of verdicts) {
        args.push(id, outcome, reason, next?.channel ?? "", String(next?.way ?? ""));
      }
      args.push(String(lines.length));
      for (const line of lines) args.push(...replyArguments(line));
      await runScript(redis, scripts.settle, tag, args);
    },
  };
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
