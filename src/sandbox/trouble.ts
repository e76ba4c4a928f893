/** Switches that make the imitated platform misbehave in the ways that real ones do. */

/** Which way it hits. WeCom's: `webhook`, `response`. DingTalk's: all but `response`; `callback` is what it posts to us. */
export type TroubleScope = "webhook" | "response" | "session" | "group" | "person" | "token" | "gateway" | "callback";

export type TroubleKind =
  | "none"
  /** errcode -1; DingTalk's OpenAPI: HTTP 500 */
  | "busy"
  /** errcode 45009, DingTalk 130101 or its QPS limit, although the window has room */
  | "rate"
  /** errcode 93000, DingTalk 400102, 400106 or an unknown place: the robot or the person is not there any more */
  | "removed"
  /** DingTalk: the credential of this request has just ended; an access token is dead from then on. */
  | "expired"
  /** DingTalk: the application lacks the permission, or its address is not on the list. */
  | "permission"
  /** DingTalk: the month's quota is used up; a callback arrives without its words (errorCode 20001). */
  | "quota"
  /** DingTalk: the send succeeds, and the person is on the list of those who get nothing for now. */
  | "flow"
  | "http500"
  /** 200 with a page instead of JSON: a captive portal, a proxy's error page */
  | "html"
  /** The connection is reset and nothing was shown. */
  | "reset-before"
  /** The message is shown, and the connection is reset before the answer. */
  | "reset-after"
  /** Never answers, shows nothing. */
  | "stall"
  /** The message is shown, and no answer comes. */
  | "timeout-after";

export interface TroubleOptions {
  /** A webhook key or a chat; without it everybody is hit. */
  readonly at?: string | undefined;
  /** How many requests it hits before it passes; without it until it is switched off. */
  readonly count?: number | undefined;
}

export interface Troubles {
  set(scope: TroubleScope, kind: TroubleKind, options?: TroubleOptions): void;
  /** What hits this request. The first of `places` that has a switch wins, then the switch for everybody. */
  next(scope: TroubleScope, places: readonly (string | null)[]): TroubleKind;
}

export function openTroubles(): Troubles {
  const switches = new Map<string, { kind: TroubleKind; left: number }>();
  const nameOf = (scope: TroubleScope, at: string): string => `${scope} ${at}`;
  return {
    set(scope, kind, { at = "*", count = Number.POSITIVE_INFINITY } = {}) {
      if (kind === "none") switches.delete(nameOf(scope, at));
      else switches.set(nameOf(scope, at), { kind, left: count });
    },
    next(scope, places) {
      for (const place of [...places, "*"]) {
        if (place === null) continue;
        const name = nameOf(scope, place);
        const found = switches.get(name);
        if (found === undefined) continue;
        found.left -= 1;
        if (found.left <= 0) switches.delete(name);
        return found.kind;
      }
      return "none";
    },
  };
}
