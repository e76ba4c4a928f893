/** The one signature of DingTalk's robots, for callbacks and for signed webhooks alike (dingtalk.md 1.1, 4). */
import { createHmac } from "node:crypto";

/** `timestamp` in ms, as the decimal string that travels along. Covers neither the body nor anything else. */
export function sign(timestamp: string, secret: string): string {
  return createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
}
