/**
 * Base64 of HMAC-SHA256 over time and secret: who calls our door (dingtalk.md 1.1), and how a group's webhook knows us
 * (4). It covers neither the body nor a nonce, so a pair that leaked opens the door for any body while it is fresh: that
 * is why the window is short, and why robot, organisation and message id are looked at behind it (design.md 5).
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface Signed {
  readonly timestamp: string;
  readonly signature: string;
}

/** DingTalk allows an hour; ten minutes are enough for clocks that differ. */
const FRESH_MS = 10 * 60_000;

/** `timestamp`: ms, as it is written on the wire. */
export function signatureOf(secret: string, timestamp: string): string {
  return createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
}

/** Null where one is missing. One that stands twice reaches us joined by a comma, and is no longer right. */
export function readSigned(headers: IncomingHttpHeaders): Signed | null {
  const { timestamp, sign } = headers;
  if (typeof timestamp !== "string" || timestamp === "" || typeof sign !== "string" || sign === "") return null;
  return { timestamp, signature: sign };
}

export function isSignedBy(secret: string, { timestamp, signature }: Signed): boolean {
  const expected = Buffer.from(signatureOf(secret, timestamp));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** `now`: wire clock, ms. */
export function isFresh({ timestamp }: Signed, now: number): boolean {
  return /^\d{1,15}$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= FRESH_MS;
}
