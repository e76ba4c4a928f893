/** Messages and lines as the tests of the lanes need them: only what matters is said. */

import type { Message } from "../../src/chat/message.ts";
import type { Capability, Outgoing, Pace, Ways } from "../../src/chat/outgoing.ts";
import type { Begun } from "../../src/lanes/outbox.ts";

/** A moment that everything starts at; the scripts take the time as an argument. */
export const NOON = Date.UTC(2026, 10, 23, 4);

export const WEBHOOK_PACE: Pace = {
  kind: "wecom:webhook",
  per: "channel",
  sends: 18,
  reserved: 2,
  windowMs: 60_000,
};

export function aMessage(id: string, over: Partial<Message> = {}): Message {
  return {
    platform: "wecom",
    id,
    chat: "group",
    by: "zhou",
    outsider: false,
    text: "想借会议室",
    quote: null,
    quotes: [],
    knownAs: null,
    attachments: [],
    answer: null,
    ...over,
  };
}

/** A line for one webhook, by its key. */
export function aLine(id: string, key = "nan", over: Partial<Outgoing> = {}): Outgoing {
  return {
    id,
    to: "wecom:group",
    about: null,
    text: "请接单",
    pings: false,
    urgent: false,
    merge: null,
    ways: [webhook(key)],
    notice: false,
    ...over,
  };
}

export function webhook(key: string) {
  return { kind: "webhook" as const, channel: `wecom:webhook:${key}`, mention: [] };
}

export function answer(conversation: string, expires: number) {
  return {
    kind: "answer" as const,
    channel: `wecom:answer:${conversation}`,
    url: "https://wecom/answer",
    expires,
    mention: [],
  };
}

/** As in a thread over a socket, and what the robot says there of its own accord: two ways of one lane. */
export function thread(conversation: string, expires: number) {
  return { kind: "thread" as const, channel: `wecom:socket:${conversation}`, request: "r1", expires };
}

export function pushed(conversation: string) {
  return { kind: "push" as const, channel: `wecom:socket:${conversation}`, chat: "group", single: false, names: [] };
}

const ABLE: Capability = {
  lane: "answer",
  mentions: false,
  bytesMax: 2048,
  once: false,
  dedupes: false,
  buttons: false,
  pictures: false,
  singles: false,
};

export function able(over: Partial<Capability>): Capability {
  return { ...ABLE, ...over };
}

export const WAYS = {
  answer: able({ bytesMax: 20_480, once: true }),
  webhook: able({ lane: "webhook", mentions: true }),
  thread: able({ lane: "socket", bytesMax: 20_480, dedupes: true }),
  push: able({ lane: "socket", bytesMax: 20_480, singles: true }),
} satisfies Ways;

const { PROPERTY_RUNS: runs = "300" } = process.env;
/** How often each property is tried; by hand with `PROPERTY_RUNS=5000`. */
export const PROPERTY_RUNS = Number(runs);

/** What the way can do that an entry is on. */
export function ableOf({ line, way }: Begun): Capability | null {
  const kind = line.ways[way]?.kind;
  const all: Ways = WAYS;
  return (kind && all[kind]) ?? null;
}
