/** What the desk says: one line on its way to a conversation or a person, and the ways it may go. */
import type { PlatformName } from "./message.ts";

/**
 * One way out. The channel names its lane: everything on one channel goes in order and shares one pace.
 * The URL of a group webhook is a secret, so it is looked up by the channel and never kept.
 */
export type Way =
  /** The address that came with a message. */
  | {
      readonly kind: "answer";
      readonly channel: string;
      readonly url: string;
      readonly expires: number;
      readonly mention: readonly string[];
    }
  /** Under the request of a message that came over a socket. */
  | { readonly kind: "thread"; readonly channel: string; readonly request: string; readonly expires: number }
  /** The group's own webhook. */
  | { readonly kind: "webhook"; readonly channel: string; readonly mention: readonly string[] }
  /** The robot speaks into a group of its own accord, or to one person who has spoken to it. `names` are written, nobody's telephone rings. */
  | {
      readonly kind: "push";
      readonly channel: string;
      readonly chat: string;
      readonly single: boolean;
      readonly names: readonly string[];
    }
  /** To one person, by the platform's messages from an application. */
  | { readonly kind: "person"; readonly channel: string; readonly account: string };

export type WayKind = Way["kind"];

/** What one kind of way can do: data, so that nobody asks which platform it is. */
export interface Capability {
  /** The second part of its channels' names; ways with one lane share order and pace. */
  readonly lane: string;
  /** A line on this way rings the telephones of those it is meant for. */
  readonly mentions: boolean;
  /** UTF-8 bytes of one line, whatever the way itself writes around it left out; longer ones are split before they are sent (chat/parts.ts). */
  readonly bytesMax: number;
  /** An address takes one line and refuses the next: refused after a doubt, the first one had arrived. */
  readonly once: boolean;
  /** It drops a line that it has had before, told by the line's id: what may have been sent may be sent again. */
  readonly dedupes: boolean;
  /** It shows buttons that say something when they are pressed. */
  readonly buttons: boolean;
  /** It shows a picture whose bytes it is given. */
  readonly pictures: boolean;
  /** `push` alone: whether it also reaches one person. */
  readonly singles: boolean;
}

/** The ways that a platform has as it is set up. */
export type Ways = Readonly<Partial<Record<WayKind, Capability>>>;

/** The lane that only the process which holds the platform's socket may serve (take-out.lua knows it by this name). */
export const SOCKET_LANE = "socket";

/** Pressed, it says `says` to the desk, as if the person had typed it. */
export interface Button {
  readonly label: string;
  readonly says: string;
}

/** What is sent as one message. */
export interface Utterance {
  /** The same when it is sent again. */
  readonly id: string;
  readonly text: string;
  /** Only for a way that has them. */
  readonly buttons: readonly Button[];
  /** PNG, shown instead of the text; only for a way that takes them. */
  readonly picture?: Uint8Array;
}

/** A picture in the place of a line's text. Its bytes are kept apart (store/pictures.ts), so that lanes and logs stay small. */
export interface Picture {
  readonly key: string;
  /** On so many of the line's ways, the first ones, it goes as a picture; on those behind them the line's text does. */
  readonly ways: number;
}

export interface Outgoing {
  /** Made before the commit, so that a commit sent twice writes one entry. */
  readonly id: string;
  /** Conversation or person that it is meant for. */
  readonly to: string;
  /** The number of the ticket that it is about. */
  readonly about: string | null;
  /** As it reads on its first way. */
  readonly text: string;
  /** As it reads on ways of the other sort (one-to-one instead of in a group, or the other way round), where that differs. */
  readonly elsewhere?: string;
  readonly buttons?: readonly Button[];
  readonly picture?: Picture;
  /** What it is called where a person is told of it, where that is no ticket's number. */
  readonly called?: string;
  /** A line that mentions somebody: it is sent again when nobody knows whether it arrived. */
  readonly pings: boolean;
  readonly urgent: boolean;
  /** Lines with one merge key may become one message while their channel waits: `key` says which, `line` is their short form. */
  readonly merge: { readonly key: string; readonly line: string } | null;
  /** In the order in which they are tried; empty: undeliverable from the start. */
  readonly ways: readonly Way[];
  /** A line about a line that could not be delivered: it is never followed by another one. */
  readonly notice: boolean;
}

export type SendOutcome =
  /** `knownAs`: the id by which a later message may quote it, where the platform tells one. */
  | { readonly kind: "sent"; readonly knownAs?: string }
  /** Certainly not taken: try again soon. */
  | { readonly kind: "busy"; readonly reason: string }
  /** Too fast: the whole channel rests. */
  | { readonly kind: "pace"; readonly restMs: number; readonly reason: string }
  /** Never on this channel. `used`: because one line has arrived there already, which after a doubt was this one. */
  | { readonly kind: "refused"; readonly reason: string; readonly used?: boolean }
  /** Nobody knows whether it was taken. */
  | { readonly kind: "doubt"; readonly reason: string };

export interface Pace {
  /** The first two parts of the channel's name, e.g. `wecom:webhook`. A kind may have several windows. */
  readonly kind: string;
  /** Each channel of the kind for itself, or all of them together. */
  readonly per: "channel" | "kind";
  readonly sends: number;
  /** How many of them only urgent lines may use. */
  readonly reserved: number;
  readonly windowMs: number;
}

/** Whether one person alone reads what goes this way. */
export function isPersonal(way: Way): boolean {
  if (way.kind === "person") return true;
  if (way.kind === "push") return way.single;
  return way.kind !== "webhook" && /^[^:]+:[^:]+:[^:]+:@/u.test(way.channel);
}

/** What is said on one of a line's ways. */
export function textOn({ text, elsewhere, ways }: Outgoing, way: Way): string {
  const [first = way] = ways;
  return elsewhere === undefined || isPersonal(way) === isPersonal(first) ? text : elsewhere;
}

/** How a conversation's lane is called as a channel. */
export function channelOf(platform: PlatformName, lane: string, conversation: string): string {
  return `${platform}:${lane}:${conversation}`;
}
