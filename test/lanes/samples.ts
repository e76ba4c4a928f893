/** Messages and lines as the tests of the lanes need them: only what matters is said. */

import type { Message } from "../../src/chat/message.ts";
import type { Capability, Outgoing, Pace } from "../../src/chat/outgoing.ts";
import type { Begun } from "../../src/lanes/outbox.ts";
import { waysOut } from "../../src/platforms/wecom/say.ts";

/** A moment that everything starts at; the scripts take the time as an argument. */
export const NOON = Date.UTC(2026, 10, 23, 4);

export const WEBHOOK_PACE: Pace = { kind: "wecom:webhook", sends: 18, reserved: 2, windowMs: 60_000 };

export function aMessage(id: string, over: Partial<Message> = {}): Message {
  return {
    platform: "wecom",
    id,
    chat: "group",
    by: "zhou",
    text: "想借会议室",
    quote: null,
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
  return { kind: "answer" as const, channel: `wecom:answer:${conversation}`, url: "https://wecom/answer", expires };
}

const { PROPERTY_RUNS: runs = "300" } = process.env;
/** How often each property is tried; by hand with `PROPERTY_RUNS=5000`. */
export const PROPERTY_RUNS = Number(runs);

/** The way an entry is on, as WeCom's ways are able to. */
export function ableOf({ line, way }: Begun): Capability | null {
  const kind = line.ways[way]?.kind;
  return kind === undefined ? null : waysOut[kind];
}
