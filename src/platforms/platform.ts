/** What a platform is to the desk: doors that hear, ways out that say. Only the service knows a concrete one. */
import type Router from "koa-router";
import type { Message, PlatformName } from "../chat/message.ts";
import type { Pace, SendOutcome, Utterance, Way, Ways } from "../chat/outgoing.ts";

export interface Hearing {
  /**
   * Resolves when the message stands in its lane, stood there before, or was refused by a full one: all of it is
   * answered alike. Rejects when nobody kept it; then it is the platform's turn again.
   */
  accept(message: Message): Promise<unknown>;
  /** A callback was turned away with this status. */
  refused(status: number): void;
  /** It was signed, and is no message that we know. */
  dropped(): void;
}

/** The part of pino's logger that the doorways use. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** `refused`: the platform does not want us as we are set up; an administrator must mend that, and it is tried again slowly. */
export type LinkState = "up" | "connecting" | "refused" | "replaced";

/** `elsewhere`: another process of this desk holds it, which is as good. */
export type SocketState = LinkState | "elsewhere";

/** A socket that hears. One process holds it at a time, under a lease (store/lease.ts). */
export interface Socket {
  /** Names the lease, e.g. `wecom-bot`. */
  readonly name: string;
  /** `wecom:socket` where lines go out over it too; null where it only hears. */
  readonly lane: string | null;
  /** Connects and stays connected until it is closed. `onUp`: each time it can be spoken over again. */
  open(hearing: Hearing, onUp: () => void): Link;
}

export interface Link {
  state(): LinkState;
  /** Says nothing more and finishes what is in hand; does not connect again. */
  close(): Promise<void>;
}

export interface Platform {
  readonly name: PlatformName;
  readonly ways: Ways;
  readonly paces: readonly Pace[];
  readonly sockets: readonly Socket[];
  /** Where a send would go: sends in flight are bounded per origin. Null: nowhere, `send` refuses without a connection. */
  origin(way: Way): string | null;
  /** The outcome names no secret. */
  send(way: Way, utterance: Utterance): Promise<SendOutcome>;
  /** Doors that are called from outside; none where everything comes over a socket. */
  routes(hearing: Hearing): readonly Router[];
}
