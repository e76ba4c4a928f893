/** Keeping what a doorway heard: waits a little for Redis where it is away, and says so where the lane is full. */
import { conversationOf, type Message } from "../chat/message.ts";
import { isAway } from "../store/connection.ts";
import type { Acceptance, Inbox } from "./inbox.ts";

/** A callback waits as long for Redis to come back; then the platform delivers again (design.md 5). */
const WAIT_MS: Readonly<Record<Message["platform"], number>> = { wecom: 4000, dingtalk: 2000 };

export interface AcceptanceDeps {
  readonly inbox: Pick<Inbox, "accept">;
  /** Resolves when the connection is usable again, rejects after `ms`. */
  ready(ms: number): Promise<void>;
  onAccepted(kind: Acceptance["kind"], message: Message): void;
  /** The lane is full: the person is told, once. */
  tellFull(message: Message): Promise<void>;
  readonly log: { warn(details: object, message: string): void };
}

/** Resolves when the message is kept (or was, or is refused by a full lane); rejects when Redis did not come back in time. */
export function openAcceptance(deps: AcceptanceDeps): (message: Message) => Promise<Acceptance> {
  const { inbox, ready, onAccepted, tellFull, log } = deps;
  return async (message) => {
    const until = performance.now() + WAIT_MS[message.platform];
    for (;;) {
      try {
        const acceptance = await inbox.accept(message);
        onAccepted(acceptance.kind, message);
        if (acceptance.kind === "full") {
          log.warn({ id: message.id, conversation: conversationOf(message) }, "a lane is full, a message was refused");
          if (acceptance.tell) await tellFull(message).catch(() => {});
        }
        return acceptance;
      } catch (error) {
        const left = until - performance.now();
        if (!isAway(error) || left <= 0) throw error;
        // Accepting twice is accepting once, so an answer that was lost may simply be asked for again.
        await Promise.all([ready(left), pause(Math.min(50, left))]);
      }
    }
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
