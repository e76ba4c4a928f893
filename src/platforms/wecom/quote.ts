/**
 * What was quoted. Its shape is documented for six kinds of message and for none of the bot's own (wecom.md 2.1, 8.3),
 * yet those carry the number that everything hangs on: so words are collected wherever a message keeps words. Pure.
 */
import { attachmentsIn } from "./content.ts";

/** Where text, markdown, streams and cards keep what a person can read. */
const WORDS = new Set(["content", "title", "desc", "text", "sub_title_text", "quote_text", "keyname", "value"]);
const DEPTH_MAX = 8;

export interface Quoted {
  readonly text: string;
  /** What the quoted message had with it, e.g. `["引用的图片"]`. */
  readonly attachments: readonly string[];
}

const NOTHING: Quoted = { text: "", attachments: [] };

export function readQuote(quote: unknown): Quoted {
  if (quote === undefined || quote === null) return NOTHING;
  if (typeof quote === "string") return { text: quote, attachments: [] };
  return {
    text: wordsIn(quote, DEPTH_MAX).join("\n"),
    attachments: attachmentsIn(quote).map((label) => `引用的${label}`),
  };
}

function wordsIn(value: unknown, depth: number): string[] {
  if (typeof value !== "object" || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner === "string") return WORDS.has(key) && inner.trim() !== "" ? [inner] : [];
    return wordsIn(inner, depth - 1);
  });
}
