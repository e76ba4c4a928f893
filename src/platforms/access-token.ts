/**
 * An application's access token: fetched once for everybody who asks meanwhile, kept until shortly before it ends, and
 * fetched anew once where the platform says that it is none (wecom.md 4.2, dingtalk.md 3.1).
 */
import type { SendOutcome } from "../chat/outgoing.ts";

/** Why there is none, as the outcome of the send that wanted it: it has certainly not arrived. */
export type NoToken = Exclude<SendOutcome, { kind: "sent" | "doubt" }>;

export type Fetched = { readonly kind: "token"; readonly token: string; readonly lifeMs: number } | NoToken;

export interface AccessToken {
  /**
   * Calls with a token; where `isStale` says that the platform did not know it, once more with a new one. Without time
   * for that it is thrown away and the call is `busy`: whoever comes next fetches it.
   */
  with<T>(
    call: (token: string) => Promise<T>,
    isStale: (result: T) => boolean,
    hasTime?: () => boolean,
  ): Promise<T | NoToken>;
}

/** Before its end: a request that is just leaving still finds it valid. */
const EARLY_MS = 5 * 60_000;
/** A refusal is not asked for again by every line that waits. */
const REFUSED_FOR_MS = 5_000;

export function openAccessToken(fetchToken: () => Promise<Fetched>, now: () => number): AccessToken {
  let kept: { fetched: Fetched; until: number } | null = null;
  let fetching: Promise<Fetched> | null = null;

  function get(): Promise<Fetched> {
    if (kept && now() < kept.until) return Promise.resolve(kept.fetched);
    fetching ??= fetchToken()
      .then((fetched) => {
        const lifeMs =
          fetched.kind === "token" ? Math.max(fetched.lifeMs - EARLY_MS, fetched.lifeMs / 2) : REFUSED_FOR_MS;
        kept = fetched.kind === "busy" ? null : { fetched, until: now() + lifeMs };
        return fetched;
      })
      .finally(() => {
        fetching = null;
      });
    return fetching;
  }

  return {
    async with(call, isStale, hasTime = () => true) {
      const first = await get();
      if (first.kind !== "token") return first;
      const result = await call(first.token);
      if (!isStale(result)) return result;
      // Many lines may learn it at once: only the first of them throws the token away.
      if (kept?.fetched.kind === "token" && kept.fetched.token === first.token) kept = null;
      if (!hasTime()) return { kind: "busy", reason: "访问凭证已失效，稍后换新的再发" };
      const second = await get();
      return second.kind === "token" ? call(second.token) : second;
    },
  };
}
