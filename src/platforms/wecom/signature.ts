/** Who calls: the signature over token, timestamp, nonce and ciphertext (wecom.md 1.1, page 90968). */
import { timingSafeEqual } from "node:crypto";
import type { ParsedUrlQuery } from "node:querystring";
import { getSignature } from "@wecom/crypto";

export interface Signed {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/** A message may be redelivered for a while and clocks differ; later it is a replay. */
const FRESH_MS = 10 * 60_000;

/** Null where one is missing or stands twice: @wecom/crypto hashes `undefined` and arrays happily (1.4). */
export function readSigned(query: ParsedUrlQuery): Signed | null {
  const { msg_signature: signature, timestamp, nonce } = query;
  if (!isOne(signature) || !isOne(timestamp) || !isOne(nonce)) return null;
  return { signature, timestamp, nonce };
}

export function isSignedBy(token: string, { signature, timestamp, nonce }: Signed, ciphertext: string): boolean {
  const expected = Buffer.from(getSignature(token, timestamp, nonce, ciphertext));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** `now`: wire clock, ms; the timestamp is in seconds. */
export function isFresh({ timestamp }: Signed, now: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now - Number(timestamp) * 1000) <= FRESH_MS;
}

function isOne(value: string | string[] | undefined): value is string {
  return typeof value === "string" && value !== "";
}
