/** The application's access token (dingtalk.md 3.1): asked for again while it lives, it is the same and lives longer. */
import { randomBytes } from "node:crypto";

export interface Tokens {
  issue(now: number): { readonly accessToken: string; readonly expireIn: number };
  isValid(token: string, now: number): boolean;
  /** From now on the application must ask for a new one. */
  revoke(): void;
}

const LIFE_S = 7200;

export function openTokens(): Tokens {
  let current: { token: string; ends: number } | null = null;
  return {
    issue(now) {
      const token = current !== null && now < current.ends ? current.token : randomBytes(16).toString("hex");
      current = { token, ends: now + LIFE_S * 1000 };
      return { accessToken: token, expireIn: LIFE_S };
    },
    isValid: (token, now) => current !== null && current.token === token && now < current.ends,
    revoke() {
      current = null;
    },
  };
}
