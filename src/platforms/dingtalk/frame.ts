/** What goes over the socket (dingtalk.md 2.2): a JSON text, and within it another one. Pure. */
import { z } from "zod";
import { BOT_TOPIC } from "./gateway.ts";

export type Frame =
  /** `data`: the body of a callback, as it comes over HTTP. */
  | { readonly kind: "message"; readonly id: string; readonly data: string }
  | { readonly kind: "ping"; readonly id: string; readonly data: string }
  /** The server will be silent for ten seconds, and then gone. */
  | { readonly kind: "disconnect" }
  /** `CONNECTED`, `REGISTERED`, `KEEPALIVE` and what else it may tell about itself: not always sent, never answered. */
  | { readonly kind: "notice" }
  | { readonly kind: "unknown"; readonly id: string; readonly topic: string };

const frame = z.object({
  type: z.string(),
  headers: z.object({ topic: z.string(), messageId: z.string().catch("") }),
  data: z.unknown().optional(),
});

/** Null: not a frame of DingTalk's. */
export function readFrame(text: string): Frame | null {
  const { data: read } = frame.safeParse(parse(text));
  if (read === undefined) return null;
  const { topic, messageId: id } = read.headers;
  const data = typeof read.data === "string" ? read.data : written(read.data ?? null);
  if (data === null) return null;
  if (read.type === "SYSTEM") {
    if (topic === "ping") return { kind: "ping", id, data };
    return { kind: topic === "disconnect" ? "disconnect" : "notice" };
  }
  return read.type === "CALLBACK" && topic === BOT_TOPIC
    ? { kind: "message", id, data }
    : { kind: "unknown", id, topic: topic.slice(0, 100) };
}

export type AckCode = 200 | 400 | 404;

const WORDS: Readonly<Record<AckCode, string>> = { 200: "OK", 400: "Bad Request", 404: "Not Found" };

/** `data`: of a bot's message nobody reads it, of a ping it is what the ping said. */
export function ack(id: string, code: AckCode, data = '{"response":null}'): string {
  const headers = { messageId: id, contentType: "application/json" };
  return JSON.stringify({ code, message: WORDS[code], headers, data });
}

/** Null: nested deeper than the stack goes. */
function written(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
