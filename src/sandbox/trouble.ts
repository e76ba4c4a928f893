/** Switches that make the imitated platforms misbehave in the ways that real ones do. */

/**
 * Which way it hits. WeCom's: `webhook`, `response`; `socket` (what a bot says over its long connection), `subscribe`,
 * `ping` (its other frames there); `app`, `token` (the application's calls, and its asking for a token).
 * DingTalk's: `webhook`, `session`, `group`, `person`, `token`, `gateway`; `callback` is what it posts to us.
 */
export type TroubleScope =
  | "webhook"
  | "response"
  | "socket"
  | "subscribe"
  | "ping"
  | "app"
  | "token"
  | "session"
  | "group"
  | "person"
  | "gateway"
  | "callback";

export type TroubleKind =
  | "none"
  /** errcode -1; DingTalk's OpenAPI: HTTP 500 */
  | "busy"
  /** errcode 45009, DingTalk 130101 or its QPS limit, although the window has room */
  | "rate"
  /** errcode 93000, of an application 60011; DingTalk 400102, 400106 or an unknown place: the robot or the person is gone */
  | "removed"
  /** errcode 60020, of an application of WeCom */
  | "untrusted-ip"
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
  | "timeout-after"
  /** The credential of this request has just ended (an access token is dead from then on); over a socket errcode 846608. */
  | "expired"
  /** Over a socket: errcode 846605, no such request. */
  | "invalid-req"
  /** Over a socket: shown, and acknowledged later than the five seconds that clients wait (wecom.md 2.7). */
  | "ack-late"
  /** Over a socket: shown, and never acknowledged. */
  | "no-ack"
  /** Over a socket: neither shown nor acknowledged. */
  | "no-ack-unshown"
  /** Over a socket: the connection is reset and nothing was shown, as with `reset-before`. */
  | "reset";

export interface TroubleOptions {
  /** A webhook key, a chat, a path or a frame's cmd; without it everybody is hit. */
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
