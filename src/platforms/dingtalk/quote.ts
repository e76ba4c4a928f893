/**
 * What was quoted. It is in no official page, and captures disagree about its shape (dingtalk.md 1.3), yet it carries the
 * number that everything hangs on: so words are collected wherever a message keeps words, and every id is kept. Pure.
 */
import { z } from "zod";
import { boundId } from "../ids.ts";
import { labelOf, readRichText } from "./content.ts";

export interface Quoted {
  readonly text: string;
  /** What the quoted message had with it, e.g. `["引用的图片"]`. */
  readonly attachments: readonly string[];
  /** Ids under which it may be known: the key that a send answered, the id of a message that somebody wrote. */
  readonly ids: readonly string[];
}

/** Where text, markdown, cards, voice and forwarded chats keep what a person can read. */
const WORDS = new Set(["content", "text", "title", "summary", "recognition", "markdown"]);
const DEPTH_MAX = 12;
/** Some clients hand over several lines as a cipher that nobody can open: "…||3||1||132". */
const CIPHER = /\|\|\d+\|\|\d+\|\|\d+\s*$/;

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const id = optional(z.string().min(1));
const quotation = z.object({
  msgType: optional(z.string()),
  msgtype: optional(z.string()),
  msgId: id,
  content: z.unknown().optional(),
  text: z.unknown().optional(),
});
const holder = optional(z.object({ repliedMsg: optional(quotation), quoteContent: z.unknown().optional() }));
const replying = z.object({
  text: holder,
  content: holder,
  quoteMessage: optional(quotation),
  originalMsgId: id,
  originalProcessQueryKey: id,
});

export function readQuote(body: object): Quoted {
  const { text, content, quoteMessage, originalMsgId, originalProcessQueryKey } = replying.parse(body);
  // Rich text has it under `content`, old clients beside everything else.
  const quoted = text?.repliedMsg ?? content?.repliedMsg ?? quoteMessage;
  const kind = quoted?.msgType ?? quoted?.msgtype ?? "";
  const read = readBody(kind, quoted?.content ?? quoted?.text ?? content?.quoteContent ?? text?.quoteContent);
  const ids = [originalProcessQueryKey, originalMsgId ?? quoted?.msgId].filter((each) => each !== undefined);
  return {
    text: read.text,
    attachments: read.labels.map((label) => `引用的${label}`),
    ids: [...new Set(ids.map(boundId))],
  };
}

function readBody(kind: string, body: unknown): { text: string; labels: readonly string[] } {
  const value = parsed(body);
  const label = labelOf(kind);
  if (isRecord(value) && Array.isArray(value["richText"])) {
    const { text, attachments } = readRichText(value["richText"]);
    return { text: isCipher(text) ? "" : text, labels: attachments };
  }
  return { text: wordsIn(value, DEPTH_MAX).join("\n"), labels: label === null ? [] : [label] };
}

/** A text, or the same as the JSON of an object. */
function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  if (!/^\s*[{[]/.test(body)) return { text: body };
  try {
    const value: unknown = JSON.parse(body);
    // Somebody may have typed JSON; then it is only a text.
    return wordsIn(value, DEPTH_MAX).length > 0 ? value : { text: body };
  } catch {
    return { text: body };
  }
}

function wordsIn(value: unknown, depth: number): string[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return wordsInList(value, depth);
  if (!isRecord(value) || value["elementType"] === "UNKNOWN") return [];
  return Object.entries(value).flatMap(([key, inner]): string[] => {
    if (typeof inner === "string") {
      const isWord = key === "value" ? isTextElement(value) : WORDS.has(key);
      return isWord && inner.trim() !== "" && !isCipher(inner) ? [inner] : [];
    }
    // The variables of a card have the names that its template gives them.
    if (key === "cardParamMap" && isRecord(inner)) {
      return Object.values(inner).filter((each): each is string => typeof each === "string" && !isCipher(each));
    }
    return wordsIn(inner, depth - 1);
  });
}

/** Pieces of text side by side are one line of a card, and a number may run through two of them. */
function wordsInList(list: readonly unknown[], depth: number): string[] {
  const lines: string[] = [];
  let joining = false;
  for (const each of list) {
    const words = wordsIn(each, depth - 1);
    const isPiece = isTextElement(each);
    if (isPiece && joining && lines.length > 0) lines.push(`${lines.pop()}${words.join("")}`);
    else lines.push(...words);
    joining = isPiece;
  }
  return lines;
}

function isTextElement(value: unknown): boolean {
  return isRecord(value) && value["elementType"] === "TEXT";
}

function isCipher(text: string): boolean {
  return CIPHER.test(text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
