/** What DingTalk takes in a send and what it refuses: bytes → a message to show, or what is told instead. Pure. */
import { z } from "zod";
import { apiSays, type Told, webhookSays } from "./answers.ts";
import { idsIn } from "./mentions.ts";

export interface Payload {
  readonly kind: "text" | "markdown" | "card";
  /** What a quote of it may be reduced to (dingtalk.md 0.6). */
  readonly title: string | null;
  readonly text: string;
  /** Staff ids whose telephones ring, if they are members. */
  readonly mentioned: readonly string[];
  readonly everybody: boolean;
  /** Sent again under the same one, it is not shown again. */
  readonly msgUuid: string | null;
}

/** The whole body of a webhook send (dingtalk.md 4). */
const WEBHOOK_BYTES_MAX = 20_000;
/** The string itself (dingtalk.md 3.2). */
const MSG_PARAM_BYTES_MAX = 15_000;
const MENTIONED_MAX = 50;

const at = z.looseObject({
  atUserIds: z.array(z.string()).optional(),
  atMobiles: z.array(z.string()).optional(),
  isAtAll: z.boolean().optional(),
});
const envelope = z.looseObject({ msgtype: z.string(), msgUuid: z.string().optional(), at: at.optional() });
const filled = z.string().refine((text) => text.trim() !== "");
const textPart = z.looseObject({ content: filled });
const markdownPart = z.looseObject({ title: filled, text: filled });

export function isTold(value: Payload | Told): value is Told {
  return "status" in value;
}

/** A group's webhook or a session (dingtalk.md 1.6). `link` and `feedCard` are real types that a desk never sends. */
export function readWebhook(body: string): Payload | Told {
  if (Buffer.byteLength(body) > WEBHOOK_BYTES_MAX) return webhookSays.tooLong();
  const json = parse(body);
  if (json === null) return webhookSays.noJson();
  const head = envelope.safeParse(json);
  if (!head.success) return webhookSays.badParameter("msgtype");
  const said = readMessage(head.data.msgtype, json);
  if (said === "unknown") return webhookSays.badType();
  if (said === "malformed") return webhookSays.badParameter(head.data.msgtype);
  const { atUserIds = [], atMobiles = [], isAtAll = false } = head.data.at ?? {};
  if (atUserIds.length + atMobiles.length > MENTIONED_MAX) return webhookSays.badParameter("at");
  // Outside of plain text an id rings only where it is also written.
  const written = idsIn(said.text);
  const mentioned = said.kind === "text" ? atUserIds : atUserIds.filter((id) => written.has(id.toLowerCase()));
  return { ...said, mentioned, everybody: isAtAll, msgUuid: head.data.msgUuid ?? null };
}

/** The OpenAPI's messages mention nobody, whatever they carry (dingtalk.md 0.2). */
export function readMsgParam(msgKey: unknown, msgParam: unknown): Payload | Told {
  if (msgKey !== "sampleText" && msgKey !== "sampleMarkdown") return apiSays.badMsgKey();
  if (typeof msgParam !== "string") return apiSays.badMsgParam();
  if (Buffer.byteLength(msgParam) > MSG_PARAM_BYTES_MAX) return apiSays.longMsgParam();
  const json = parse(msgParam);
  const said =
    msgKey === "sampleText" ? readMessage("text", { text: json }) : readMessage("markdown", { markdown: json });
  if (typeof said === "string") return apiSays.badMsgParam();
  return { ...said, mentioned: [], everybody: false, msgUuid: null };
}

/** What a desk may put into the response to a callback (dingtalk.md 1.5); null: it stays silent. */
export function readSynchronous(body: string): Payload | Told | null {
  if (body.trim() === "") return null;
  const json = parse(body);
  if (json?.["msgtype"] === "empty" || (json !== null && Object.keys(json).length === 0)) return null;
  return readWebhook(body);
}

type Said = Pick<Payload, "kind" | "title" | "text">;

function readMessage(type: string, json: Readonly<Record<string, unknown>>): Said | "unknown" | "malformed" {
  switch (type) {
    case "text": {
      const text = textPart.safeParse(json["text"]);
      return text.success ? { kind: "text", title: null, text: text.data.content } : "malformed";
    }
    case "markdown":
    case "actionCard": {
      const part = markdownPart.safeParse(json[type]);
      if (!part.success) return "malformed";
      return { kind: type === "markdown" ? "markdown" : "card", title: part.data.title, text: part.data.text };
    }
    default:
      return "unknown";
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(text);
    return z.record(z.string(), z.unknown()).parse(json);
  } catch {
    return null;
  }
}
