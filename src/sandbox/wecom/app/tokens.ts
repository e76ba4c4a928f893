/** The application's access token (wecom.md 4.2): 7,200 s, and the same one again for whoever asks meanwhile. */
import { randomBytes } from "node:crypto";
import { type Refusal, refusals } from "../errcodes.ts";

export interface Tokens {
  issue(now: number): { readonly token: string; readonly lifeS: number };
  /** Null: it is good. */
  judge(token: string, now: number): Refusal | null;
  /** WeCom may end one before its time: it is unknown from then on, not expired. */
  forget(): void;
}

const LIFE_MS = 7_200_000;

export function openTokens(): Tokens {
  /** Wire clock, ms. */
  const ends = new Map<string, number>();
  let current: string | null = null;
  return {
    issue(now) {
      const end = current === null ? undefined : ends.get(current);
      if (current !== null && end !== undefined && now < end) {
        return { token: current, lifeS: Math.ceil((end - now) / 1000) };
      }
      current = randomBytes(48).toString("base64url");
      ends.set(current, now + LIFE_MS);
      return { token: current, lifeS: LIFE_MS / 1000 };
    },
    judge(token, now) {
      if (token === "") return refusals.noToken();
      const end = ends.get(token);
      if (end === undefined) return refusals.badToken();
      return now < end ? null : refusals.tokenExpired();
    },
    forget() {
      if (current !== null) ends.delete(current);
      current = null;
    },
  };
}
