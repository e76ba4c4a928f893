/** How DingTalk tells that a message quotes another: a different shape for each kind of message and client (dingtalk.md 1.3). Pure. */

export type QuoteShape =
  | "text"
  /** The words under `content.content` */
  | "content"
  /** `content` is a JSON string. */
  | "json"
  | "markdown"
  /** Of a markdown message, nothing but its title */
  | "title"
  /** Parts `{msgType,content}` */
  | "richText"
  /** Parts `{type,text}` */
  | "richText-type"
  /** A tree of card elements */
  | "interactiveCard"
  /** The quoted message's id and not a word of it */
  | "id-only"
  /** The words as ciphertext that nobody but DingTalk can read */
  | "cipher"
  /** Top-level `quoteMessage`, of older clients */
  | "legacy"
  /** Id and time alone */
  | "unknownMsgType";

export interface Quoted {
  readonly msgId: string;
  /** Of a message that the robot sent through the OpenAPI. */
  readonly processQueryKey: string | null;
  /** Encrypted. */
  readonly senderId: string;
  readonly senderNick: string;
  readonly createdAt: number;
  readonly text: string;
  readonly title: string | null;
}

export interface QuoteFields {
  readonly top: Readonly<Record<string, unknown>>;
  /** Go under `text`, or under `content` where the quoting message is rich text. */
  readonly inner: Readonly<Record<string, unknown>>;
}

export const NO_QUOTE: QuoteFields = { top: {}, inner: {} };

export function quoteFields(quoted: Quoted, shape: QuoteShape): QuoteFields {
  const { msgId, processQueryKey, senderId, senderNick, createdAt, text } = quoted;
  if (shape === "legacy") {
    return {
      top: { quoteMessage: { msgId, msgtype: "text", text: { content: text }, senderNick, senderId } },
      inner: {},
    };
  }
  const top = {
    originalMsgId: msgId,
    ...(processQueryKey === null ? {} : { originalProcessQueryKey: processQueryKey }),
  };
  if (shape === "id-only") return { top, inner: { isReplyMsg: true } };
  const { msgType, content } = bodyOf(quoted, shape);
  const facts = { msgType, msgId, createdAt };
  const repliedMsg = shape === "unknownMsgType" ? facts : { ...facts, senderId, senderNick, content };
  return { top, inner: { isReplyMsg: true, repliedMsg } };
}

function bodyOf(
  { text, title }: Quoted,
  shape: Exclude<QuoteShape, "legacy" | "id-only">,
): { readonly msgType: string; readonly content?: unknown } {
  switch (shape) {
    case "text":
      return { msgType: "text", content: { text } };
    case "content":
      return { msgType: "text", content: { content: text } };
    case "json":
      return { msgType: "text", content: JSON.stringify({ text }) };
    case "markdown":
      return { msgType: "markdown", content: { text } };
    case "title":
      return { msgType: "markdown", content: { text: title ?? text } };
    case "richText":
      return {
        msgType: "richText",
        content: { richText: halves(text).map((content) => ({ msgType: "text", content })) },
      };
    case "richText-type":
      return { msgType: "richText", content: { richText: halves(text).map((half) => ({ type: "text", text: half })) } };
    case "interactiveCard":
      return { msgType: "interactiveCard", content: { cardContent: cardTree(text) } };
    case "cipher":
      return { msgType: "text", content: { text: `${Buffer.from(text).toString("base64")}||3||1||132` } };
    case "unknownMsgType":
      return { msgType: "unknownMsgType" };
  }
}

/** Rich text comes in parts that mean nothing by themselves: a number may stand in either. */
function halves(text: string): string[] {
  const letters = [...text];
  const middle = Math.ceil(letters.length / 2);
  return [letters.slice(0, middle).join(""), letters.slice(middle).join("")].filter((half) => half !== "");
}

function cardTree(text: string): unknown[] {
  const elements = text.split("\n").map((value) => ({ elementType: "TEXT", value }));
  return [{ elementType: "RICHTEXT", children: [{ elementType: "UNKNOWN", value: "{}" }, ...elements] }];
}
