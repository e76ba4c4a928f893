/**
 * What was heard goes to its lane, under the sender's plain id (wecom.md 4.6), in the order in which it was heard: a
 * later message of a conversation does not overtake one whose sender's id is still being asked for.
 */
import { conversationOf } from "../../chat/message.ts";
import type { Hearing } from "../platform.ts";
import type { HeardMessage } from "./heard.ts";

/** Resolves when it was taken, rejects when nobody kept it. */
export type Intake = (heard: HeardMessage) => Promise<unknown>;

/** The plain id of a sender; never rejects. Null: it is one already, or there is nobody to ask. */
export type UserIdOf = (sender: string) => Promise<string> | null;

export function openIntake(accept: Hearing["accept"], userIdOf: UserIdOf): Intake {
  /** The last of each conversation that is still waiting for its sender. */
  const waiting = new Map<string, Promise<unknown>>();

  return ({ message, sender }) => {
    const conversation = conversationOf(message);
    const before = waiting.get(conversation);
    const asked = userIdOf(sender);
    if (before === undefined && asked === null) return accept(message);
    // Asked for at once and not one after the other: many of them wait no longer than one.
    const turn = Promise.all([asked, before]).then(([userId]) => ({
      ...message,
      by: userId?.toLowerCase() ?? message.by,
    }));
    waiting.set(conversation, turn);
    const taken = turn.then(accept);
    void turn.then(() => {
      if (waiting.get(conversation) === turn) waiting.delete(conversation);
    });
    return taken;
  };
}
