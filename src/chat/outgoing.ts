/** What the desk says: one line on its way to a conversation or a person, and the ways it may go. */
import type { PlatformName } from "./message.ts";

/**
 * One way out. The channel names its lane: everything on one channel goes in order and shares one pace.
 * The URL of a group webhook is a secret, so it is looked up by the channel and never kept.
 */
export type Way =
  | { readonly kind: "answer"; readonly channel: string; readonly url: string; readonly expires: number }
  | { readonly kind: "webhook"; readonly channel: string; readonly mention: readonly string[] };

/** What one kind of way can do: data, so that nobody asks which platform it is. */
export interface Capability {
  /** A line on this way rings the telephones of those it mentions. */
  readonly mentions: boolean;
  /** It can speak of its own accord; otherwise it only answers. */
  readonly pushes: boolean;
  /** UTF-8 bytes of one line; longer ones are split before they are sent (chat/parts.ts). */
  readonly bytesMax: number;
  /** An address takes one line and refuses the next: refused after a doubt, the first one had arrived. */
  readonly once: boolean;
  /** It drops a line that it has had before, told by the line's id: what may have been sent may be sent again. */
  readonly dedupes: boolean;
}

/** What is sent as one message. */
export interface Utterance {
  /** The same when it is sent again. */
  readonly id: string;
  readonly text: string;
  /** Accounts of the way's platform; only a way that mentions takes them. */
  readonly mention: readonly string[];
}

export interface Outgoing {
  /** Made before the commit, so that a commit sent twice writes one entry. */
  readonly id: string;
  /** Conversation or person that it is meant for. */
  readonly to: string;
  /** The number of the ticket that it is about. */
  readonly about: string | null;
  readonly text: string;
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
  | { readonly kind: "sent" }
  /** Certainly not taken: try again soon. */
  | { readonly kind: "busy"; readonly reason: string }
  /** Too fast: the whole channel rests. */
  | { readonly kind: "pace"; readonly restMs: number; readonly reason: string }
  /** Never on this channel. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nobody knows whether it was taken. */
  | { readonly kind: "doubt"; readonly reason: string };

export interface Pace {
  /** The first two parts of the channel's name, e.g. `wecom:webhook`. */
  readonly kind: string;
  readonly sends: number;
  /** How many of them only urgent lines may use. */
  readonly reserved: number;
  readonly windowMs: number;
}

/** How a conversation's own thread is called as a channel. */
export function answerChannel(platform: PlatformName, conversation: string): string {
  return `${platform}:answer:${conversation}`;
}
