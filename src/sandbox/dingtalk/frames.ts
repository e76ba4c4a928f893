/** The frames of the stream (dingtalk.md 2.2). Pure. */
import { randomUUID } from "node:crypto";
import { z } from "zod";

export const BOT_TOPIC = "/v1.0/im/bot/messages/get";

export interface Frame {
  readonly messageId: string;
  readonly text: string;
}

export interface FrameSource {
  readonly type: "SYSTEM" | "CALLBACK";
  readonly topic: string;
  readonly connectionId: string;
  /** JSON in a string, to be parsed a second time. */
  readonly data: string;
  /** Wire clock, ms. */
  readonly at: number;
}

export function frame({ type, topic, connectionId, data, at }: FrameSource): Frame {
  const messageId = randomUUID().replaceAll("-", "");
  const headers = {
    appId: "sandbox-app",
    connectionId,
    contentType: "application/json",
    messageId,
    // Every header is a string.
    time: String(at),
    topic,
  };
  return { messageId, text: JSON.stringify({ specVersion: "1.0", type, headers, data }) };
}

const ack = z.looseObject({
  code: z.number().int(),
  headers: z.looseObject({ messageId: z.string() }),
  message: z.string().optional(),
  data: z.string().optional(),
});
export type Ack = z.infer<typeof ack>;

/** Null: not a frame that DingTalk would take. */
export function readAck(text: string): Ack | null {
  try {
    return ack.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
