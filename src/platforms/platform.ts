/** What a platform is to the desk: a doorway that hears, ways out that say. Only the service knows a concrete one. */
import type Router from "koa-router";
import type { Message, PlatformName } from "../chat/message.ts";
import type { Capability, Pace, SendOutcome, Utterance, Way } from "../chat/outgoing.ts";

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

export interface Platform {
  readonly name: PlatformName;
  readonly ways: Readonly<Record<Way["kind"], Capability>>;
  readonly paces: readonly Pace[];
  /** Where a send would go: sends in flight are bounded per origin. Null: nowhere, `send` refuses without a connection. */
  origin(way: Way): string | null;
  /** The outcome names no secret. */
  send(way: Way, utterance: Utterance): Promise<SendOutcome>;
  routes(hearing: Hearing): Router;
}
