/** The lanes going in: one per conversation, strictly ordered within, taken in parallel across. */
import type { Redis } from "ioredis";
import { conversationOf, type Message } from "../chat/message.ts";
import { readScript, runScript } from "../store/script.ts";
import { together } from "./together.ts";

/** Longer than anything that is awaited under it (design.md, bounds). */
export const LEASE_MS = 4000;
/** Waiting messages in one conversation; beyond that the person is told and the message is refused. */
const MOST_WAITING = 500;
const REMEMBERED_S = 3 * 86_400;
/** Messages in one script: Redis does nothing else meanwhile. */
const MOST_TOGETHER = 64;

const scripts = {
  accept: readScript("accept"),
  take: readScript("take-in"),
  putBack: readScript("put-back"),
  setAside: readScript("set-aside"),
};

export type Acceptance =
  | { readonly kind: "accepted" | "known" }
  /** The lane is full; `tell` is true the first time in ten minutes. */
  | { readonly kind: "full"; readonly tell: boolean };

export interface Taken {
  readonly conversation: string;
  /** Names the lease: whoever comes with another one is late. */
  readonly token: string;
  /** This one included. */
  readonly deliveries: number;
  readonly uid: string;
  /** Desk clock, ms. */
  readonly received: number;
  readonly message: Message;
}

export interface Inbox {
  accept(message: Message): Promise<Acceptance>;
  take(most: number): Promise<Taken[]>;
  /** `innocent`: this delivery says nothing against the message, so it does not count. */
  putBack(taken: Taken, pauseMs: number, innocent: boolean): Promise<void>;
  setAside(taken: Taken, reason: string): Promise<void>;
}

export interface InboxDeps {
  readonly accepting: Redis;
  readonly working: Redis;
  readonly tag: string;
  /** Names this process in wake-up calls. */
  readonly processId: string;
  /** Overrides Redis' clock, for tests. */
  readonly now?: () => number;
}

export function openInbox({ accepting, working, tag, processId, now }: InboxDeps): Inbox {
  const clock = () => (now ? String(now()) : "");
  const acceptTogether = together<Message, "accepted" | "known" | "full" | "full first">(
    MOST_TOGETHER,
    async (messages) => {
      const args = [String(MOST_WAITING), String(REMEMBERED_S), processId, clock()];
      for (const message of messages) args.push(uidOf(message), conversationOf(message), JSON.stringify(message));
      return (await runScript(accepting, scripts.accept, tag, args)) as (
        | "accepted"
        | "known"
        | "full"
        | "full first"
      )[];
    },
  );
  return {
    async accept(message) {
      const result = await acceptTogether(message);
      if (result === "full" || result === "full first") return { kind: "full", tell: result === "full first" };
      return { kind: result };
    },
    async take(most) {
      const args = [String(LEASE_MS), String(most), clock()];
      const lent = (await runScript(working, scripts.take, tag, args)) as [string, string, string, string][];
      return lent.map(([conversation, token, deliveries, entry]) => ({
        conversation,
        token,
        deliveries: Number(deliveries),
        ...readEntry(entry),
      }));
    },
    async putBack({ conversation, token, uid }, pauseMs, innocent) {
      const args = [conversation, token, uid, String(pauseMs), innocent ? "1" : "", clock()];
      await runScript(working, scripts.putBack, tag, args);
    },
    async setAside({ conversation, uid, deliveries }, reason) {
      await runScript(working, scripts.setAside, tag, [conversation, uid, reason, String(deliveries), clock()]);
    },
  };
}

/** Without line breaks: the first one ends it in an entry. */
export function uidOf(message: Pick<Message, "platform" | "id">): string {
  return `${message.platform}:${message.id}`.replaceAll("\n", "\\n");
}

/** An entry of a lane, as accept.lua writes it. */
export function readEntry(entry: string): Pick<Taken, "uid" | "received" | "message"> {
  const first = entry.indexOf("\n");
  const second = entry.indexOf("\n", first + 1);
  return {
    uid: entry.slice(0, first),
    received: Number(entry.slice(first + 1, second)),
    message: JSON.parse(entry.slice(second + 1)) as Message,
  };
}
