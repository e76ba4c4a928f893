/** The sessions behind `sessionWebhook`s: bound to a conversation, good for any number of answers while they live. */
import { randomBytes } from "node:crypto";
import type { AnswerCode, History } from "../history.ts";

export interface Sessions {
  restore(): Promise<void>;
  issue(chat: string, message: string, now: number): { readonly session: string; readonly expires: number };
  /** The chat that it leads to; null where there is none or it has ended: DingTalk does not say which (dingtalk.md 0.4). */
  chatOf(session: string, now: number): string | null;
}

/** The history keeps the other platform's answer codes under the same roof. */
const PREFIX = "dingtalk-session:";

export function openSessions(history: History, lifeMs: number): Sessions {
  /** In the order of issue: what is oldest stands first. */
  const sessions = new Map<string, AnswerCode>();

  const quietly = (saving: Promise<void>): void => {
    // The imitation outlives its Redis, and a restart then knows less.
    saving.catch(() => undefined);
  };

  const forgetBefore = (moment: number): void => {
    for (const [session, { issued }] of sessions) {
      if (issued > moment) return;
      sessions.delete(session);
      quietly(history.dropCode(PREFIX + session));
    }
  };

  return {
    async restore() {
      const stored = (await history.codes()).filter(([code]) => code.startsWith(PREFIX));
      for (const [code, one] of stored.sort(([, a], [, b]) => a.issued - b.issued)) {
        sessions.set(code.slice(PREFIX.length), one);
      }
    },
    issue(chat, message, now) {
      forgetBefore(now - lifeMs);
      const session = randomBytes(16).toString("hex");
      const one: AnswerCode = { chat, message, issued: now, used: false };
      sessions.set(session, one);
      quietly(history.putCode(PREFIX + session, one));
      return { session, expires: now + lifeMs };
    },
    chatOf(session, now) {
      const found = sessions.get(session);
      return found === undefined || now >= found.issued + lifeMs ? null : found.chat;
    },
  };
}
