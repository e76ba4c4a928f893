/** The bearer token of `/api` and `/metrics`. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "koa";

/** Whether a request carries the token; with none set, none does. */
export function openTokenCheck(token: string | null): (context: Context) => boolean {
  if (token === null) return () => false;
  const expected = digest(token);
  return (context) => {
    const given = /^Bearer +(\S+) *$/i.exec(context.get("authorization"))?.[1];
    // Digests have one length, whatever was sent: the comparison tells nothing about the token, not even how long it is.
    return given !== undefined && timingSafeEqual(digest(given), expected);
  };
}

export function refuseUnauthorised(context: Context): void {
  context.status = 401;
  context.set("www-authenticate", 'Bearer realm="bangban"');
  context.body = { error: "需要有效的 API_TOKEN：Authorization: Bearer …" };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
