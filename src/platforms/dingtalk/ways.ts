/** DingTalk's ways out and how fast they may be used: data (dingtalk.md 0, 1.6, 3.2, 3.3, 3.7, 4). */
import type { Capability, Pace, WayKind } from "../../chat/outgoing.ts";

export type DingtalkWay = Exclude<WayKind, "thread">;

/**
 * A webhook takes a body of 20,000 bytes, the new interface parameters of 15,000: what is left is for the marks of JSON
 * and for the names that are appended.
 */
const BYTES_MAX = 10_000;
/**
 * `pictures`: a robot takes no bytes. A picture in markdown is fetched by DingTalk's own servers, who keep it for longer
 * than our address lives; so a link goes out, which whoever reads it opens, and which ends when we say so.
 */
const usual = {
  mentions: false,
  bytesMax: BYTES_MAX,
  once: false,
  dedupes: false,
  buttons: false,
  pictures: false,
  singles: false,
};

export const waysOut = {
  /** The `sessionWebhook`: it rings, and nobody knows under which id its line may be quoted. */
  answer: { ...usual, lane: "answer", mentions: true },
  /** The group's webhook drops a line whose `msgUuid` it has had. */
  webhook: { ...usual, lane: "webhook", mentions: true, dedupes: true },
  push: { ...usual, lane: "push" },
  person: { ...usual, lane: "person" },
} as const satisfies Record<DingtalkWay, Capability>;

/** A robot may say 20 things a minute in a group (4); two are left for clocks that disagree, two more for urgent lines. */
const perMinute = { per: "channel", sends: 18, reserved: 2, windowMs: 60_000 } as const;
/** An application may call each interface 20 times a second (fact 8). */
const perSecond = { per: "kind", sends: 18, reserved: 0, windowMs: 1100 } as const;

export const paces: readonly Pace[] = [
  { kind: "dingtalk:webhook", ...perMinute },
  { kind: "dingtalk:answer", ...perMinute },
  { kind: "dingtalk:push", ...perMinute },
  { kind: "dingtalk:push", ...perSecond },
  { kind: "dingtalk:person", ...perSecond },
];
