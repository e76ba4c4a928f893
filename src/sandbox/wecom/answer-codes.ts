/** The `response_code`s that went out with callbacks: one answer each, within one hour (wecom.md 2.5). */
import { randomBytes } from "node:crypto";
import type { AnswerCode, History } from "../history.ts";

export interface AnswerCodes {
  restore(): Promise<void>;
  issue(chat: string, message: string, now: number): string;
  /** The code as it is, without using it: a refused payload does not burn it. */
  look(code: string, now: number): AnswerCode | "expired" | "used" | "unknown";
  burn(code: string): void;
}

const LIFE_MS = 3_600_000;
/** Used and expired codes stay another hour, so that a second use can be told from a forged one. */
const KEPT_MS = 2 * LIFE_MS;

export function openAnswerCodes(history: History): AnswerCodes {
  /** In the order of issue: what is oldest stands first. */
  const codes = new Map<string, AnswerCode>();

  const quietly = (saving: Promise<void>): void => {
    // As with messages: the imitation outlives its Redis, and a restart then knows less.
    saving.catch(() => undefined);
  };

  const forgetBefore = (moment: number): void => {
    for (const [code, { issued }] of codes) {
      if (issued > moment) return;
      codes.delete(code);
      quietly(history.dropCode(code));
    }
  };

  return {
    async restore() {
      const stored = await history.codes();
      for (const [code, answer] of stored.sort(([, a], [, b]) => a.issued - b.issued)) codes.set(code, answer);
    },
    issue(chat, message, now) {
      forgetBefore(now - KEPT_MS);
      const code = randomBytes(24).toString("base64url");
      const answer: AnswerCode = { chat, message, issued: now, used: false };
      codes.set(code, answer);
      quietly(history.putCode(code, answer));
      return code;
    },
    look(code, now) {
      const answer = codes.get(code);
      if (answer === undefined) return "unknown";
      if (answer.used) return "used";
      return now - answer.issued > LIFE_MS ? "expired" : answer;
    },
    burn(code) {
      const answer = codes.get(code);
      if (answer === undefined) return;
      const burnt = { ...answer, used: true };
      codes.set(code, burnt);
      quietly(history.putCode(code, burnt));
    },
  };
}
