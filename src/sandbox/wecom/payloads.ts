/** What WeCom takes in a POST and what it refuses: bytes → a message to show, or a refusal. Pure. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { type Refusal, refusals } from "./errcodes.ts";

export interface Payload {
  readonly kind: "text" | "markdown" | "image" | "card";
  readonly text: string;
  /** `mentioned_list`, as sent. */
  readonly mentioned: readonly string[];
  /** False for the dialect that knows no `<@userid>` (markdown_v2, every answer of the AI bot). */
  readonly pings: boolean;
  readonly picture: { readonly md5: string; readonly bytes: Buffer } | null;
}

const TEXT_BYTES_MAX = 2048;
const MARKDOWN_BYTES_MAX = 4096;
const ANSWER_BYTES_MAX = 20_480;
const PICTURE_BYTES_MAX = 2 << 20;

const envelope = z.looseObject({
  msgtype: z.string(),
  text: z.unknown().optional(),
  markdown: z.unknown().optional(),
  markdown_v2: z.unknown().optional(),
  image: z.unknown().optional(),
  template_card: z.unknown().optional(),
});
const textBody = z.looseObject({
  content: z.string(),
  mentioned_list: z.array(z.string()).optional(),
  mentioned_mobile_list: z.array(z.string()).optional(),
});
const markdownBody = z.looseObject({ content: z.string() });
const imageBody = z.looseObject({ base64: z.string(), md5: z.string() });
const streamBody = z.looseObject({
  stream: z.looseObject({ id: z.string().min(1), finish: z.boolean().default(false), content: z.string().default("") }),
});
const cardBody = z.looseObject({
  card_type: z.string(),
  main_title: z.looseObject({ title: z.string().optional(), desc: z.string().optional() }).optional(),
});

/** A group's push webhook (wecom.md 3.2). `news`, `file`, `voice` and cards are real types that the desk never sends. */
export function readWebhook(body: string): Payload | Refusal {
  const parsed = parse(body);
  if (parsed === null) return refusals.badParameter("data format error");
  switch (parsed.msgtype) {
    case "text": {
      const text = textBody.safeParse(parsed.text);
      if (!text.success) return refusals.badParameter("text");
      return readContent("text", text.data.content, TEXT_BYTES_MAX, text.data.mentioned_list ?? []);
    }
    case "markdown":
    case "markdown_v2": {
      const markdown = markdownBody.safeParse(parsed[parsed.msgtype]);
      if (!markdown.success) return refusals.badParameter(parsed.msgtype);
      return readContent(parsed.msgtype, markdown.data.content, MARKDOWN_BYTES_MAX, []);
    }
    case "image": {
      const image = imageBody.safeParse(parsed.image);
      return image.success ? readImage(image.data) : refusals.badParameter("image");
    }
    default:
      return refusals.badType();
  }
}

/** The answer to a `response_url` (wecom.md 2.5): the markdown_v2 dialect, which cannot mention anybody (2.8). */
export function readAnswer(body: string): Payload | Refusal {
  const parsed = parse(body);
  return parsed === null ? refusals.badParameter("data format error") : readAnswerOf(parsed);
}

/** The same over a long connection (wecom.md 2.7), where it comes as a part of a frame; `text` is refused there, too. */
export function readSpoken(body: unknown): Payload | Refusal {
  const { data } = envelope.safeParse(body);
  return data === undefined ? refusals.badParameter("body") : readAnswerOf(data);
}

/** To somebody who enters the one-to-one chat: `text` or a card (wecom.md 2.2). */
export function readWelcome(body: unknown): Payload | Refusal {
  const { data } = envelope.safeParse(body);
  if (data === undefined) return refusals.badParameter("body");
  if (data.msgtype === "template_card") return readAnswerOf(data);
  if (data.msgtype !== "text") return refusals.badType();
  const text = textBody.safeParse(data.text);
  return text.success ? readContent("text", text.data.content, TEXT_BYTES_MAX, []) : refusals.badParameter("text");
}

export interface Stream {
  readonly id: string;
  readonly finish: boolean;
  /** The whole text so far. */
  readonly content: string;
}

export function readStream(body: unknown): Stream | Refusal {
  const { data } = streamBody.safeParse(body);
  if (data === undefined) return refusals.badParameter("stream");
  const { id, finish, content } = data.stream;
  // An unfinished one may be empty: the bot is thinking.
  if (finish && content.trim() === "") return refusals.empty();
  if (Buffer.byteLength(content) > ANSWER_BYTES_MAX) return tooLong("stream.content", ANSWER_BYTES_MAX);
  return { id, finish, content };
}

function readAnswerOf(parsed: z.infer<typeof envelope>): Payload | Refusal {
  switch (parsed.msgtype) {
    case "markdown": {
      const markdown = markdownBody.safeParse(parsed.markdown);
      if (!markdown.success) return refusals.badParameter("markdown");
      return readContent("markdown_v2", markdown.data.content, ANSWER_BYTES_MAX, []);
    }
    case "template_card": {
      const card = cardBody.safeParse(parsed.template_card);
      if (!card.success) return refusals.badParameter("template_card");
      const { title = "", desc = "" } = card.data.main_title ?? {};
      return {
        kind: "card",
        text: [title, desc].filter(Boolean).join("\n"),
        mentioned: [],
        pings: false,
        picture: null,
      };
    }
    default:
      return refusals.badType();
  }
}

export function isRefusal(value: object): value is Refusal {
  return "errcode" in value;
}

function tooLong(what: string, bytesMax: number): Refusal {
  return refusals.badParameter(`${what} exceed max length ${bytesMax}`);
}

function parse(body: string): z.infer<typeof envelope> | null {
  try {
    return envelope.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

function readContent(
  type: "text" | "markdown" | "markdown_v2",
  content: string,
  bytesMax: number,
  mentioned: readonly string[],
): Payload | Refusal {
  if (content.trim() === "") return refusals.empty();
  // Bytes, not characters: 2,048 hold 682 Chinese characters.
  if (Buffer.byteLength(content) > bytesMax) {
    return tooLong(`${type}.content`, bytesMax);
  }
  const kind = type === "text" ? "text" : "markdown";
  return { kind, text: content, mentioned, pings: type !== "markdown_v2", picture: null };
}

function readImage({ base64, md5 }: z.infer<typeof imageBody>): Payload | Refusal {
  // Node's reader passes over whatever is no base64, e.g. the head of a data URL.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return refusals.badParameter("image.base64");
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > PICTURE_BYTES_MAX) return refusals.badImageSize();
  const isPng = bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  const isJpeg = bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8]));
  if (!isPng && !isJpeg) return refusals.badParameter("image");
  if (createHash("md5").update(bytes).digest("hex") !== md5.toLowerCase()) return refusals.badMd5();
  return { kind: "image", text: "", mentioned: [], pings: false, picture: { md5: md5.toLowerCase(), bytes } };
}
