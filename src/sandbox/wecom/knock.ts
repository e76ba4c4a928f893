/** A call of the desk at one of WeCom's addresses, and what becomes of it. */
import { type Refusal, refusals } from "./errcodes.ts";

export type Door = "webhook" | "response" | "app" | "token";

/** Something that a well-behaved desk never does. */
export interface Violation {
  readonly kind: "too-often" | "too-long" | "used-twice" | "malformed";
  /** Webhook key, response code, conversation of the bot, member, task id, or path: whatever was overdone. */
  readonly credential: string;
  readonly errmsg: string;
  readonly at: number;
}

/** `answer`: what is told where it is more than "ok". */
export type Verdict =
  | { readonly refusal: Refusal }
  | { readonly show: () => void; readonly answer?: Refusal & Readonly<Record<string, unknown>> };

/** One request at a door, before its body was read. */
export interface Knock {
  readonly door: Door;
  readonly method: "GET" | "POST";
  /** Webhook key, response code, access token or corp id. */
  readonly credential: string;
  readonly chat: string | null;
  readonly bodyBytesMax: number;
  judge(body: string): Verdict;
  tooLong(): Verdict;
}

/** Refuses, and writes down that it should not have come to this. */
export type Blame = (kind: Violation["kind"], credential: string, refusal: Refusal) => { readonly refusal: Refusal };

export function openBlame(onViolation: (violation: Violation) => void, now: () => number): Blame {
  return (kind, credential, refusal) => {
    onViolation({ kind, credential, errmsg: refusal.errmsg, at: now() });
    return { refusal };
  };
}

/** A refusal for what a body says: too long, or not as documented. */
export function blameBody(blame: Blame, credential: string, refusal: Refusal): { readonly refusal: Refusal } {
  return blame(refusal.errmsg.includes("exceed max length") ? "too-long" : "malformed", credential, refusal);
}

export function bodyTooLong(blame: Blame, credential: string): Verdict {
  return blame("too-long", credential, refusals.badParameter("request body too large"));
}
