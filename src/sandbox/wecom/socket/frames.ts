/** The frames of the AI bot's long connection (wecom.md 2.7): JSON texts `{cmd, headers: {req_id}, body}`. Pure. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Refusal } from "../errcodes.ts";

export interface Frame {
  readonly cmd: string;
  readonly reqId: string;
  readonly body: unknown;
}

const frameSchema = z.looseObject({
  cmd: z.string(),
  headers: z.looseObject({ req_id: z.string().min(1).max(256) }),
  body: z.unknown().optional(),
});

/** Null: nothing that could be acknowledged. */
export function readFrame(text: string): Frame | null {
  try {
    const { cmd, headers, body } = frameSchema.parse(JSON.parse(text));
    return { cmd, reqId: headers.req_id, body };
  } catch {
    return null;
  }
}

/** Acknowledgements have no `cmd`. */
export function ackFrame(reqId: string, { errcode, errmsg }: Refusal): string {
  return JSON.stringify({ headers: { req_id: reqId }, errcode, errmsg });
}

export function callbackFrame(reqId: string, body: unknown): string {
  return JSON.stringify({
    cmd: isEvent(body) ? "aibot_event_callback" : "aibot_msg_callback",
    headers: { req_id: reqId },
    body,
  });
}

/** Somebody else has subscribed for the same bot (wecom.md 2.2): the last frame of a connection. */
export function disconnectedFrame(botId: string, createdS: number): string {
  const event = { eventtype: "disconnected_event" };
  const body = { msgid: newRequestId(), create_time: createdS, aibotid: botId, msgtype: "event", event };
  return callbackFrame(newRequestId(), body);
}

/** Of a callback: WeCom's own, opaque. */
export function newRequestId(): string {
  return randomBytes(16).toString("base64url");
}

export function isEvent(body: unknown): boolean {
  return typeof body === "object" && body !== null && "msgtype" in body && body.msgtype === "event";
}
