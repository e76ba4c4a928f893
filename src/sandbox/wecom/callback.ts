/** The plain bodies that WeCom encrypts and posts to the desk (wecom.md 2.1, 2.2). Pure. */

export interface CallbackSource {
  readonly msgid: string;
  readonly botId: string;
  /** Null in a one-to-one chat, where the field is absent. */
  readonly chat: string | null;
  readonly by: string;
  /** Null over a long connection, where the frame's `req_id` is what one answers under. */
  readonly responseUrl: string | null;
}

export interface SpokenWords {
  readonly text: string;
  readonly quote: string | null;
  readonly imageUrls: readonly string[];
  /** Over a long connection each picture carries the key that it is encrypted with (wecom.md 2.1). */
  readonly imageKey?: string | null;
}

export type CallbackBody = Readonly<Record<string, unknown>>;

export function messageBody(
  source: CallbackSource,
  { text, quote, imageUrls, imageKey = null }: SpokenWords,
): CallbackBody {
  return {
    ...common(source),
    ...(source.responseUrl === null ? {} : { response_url: source.responseUrl }),
    ...content(text, imageUrls, imageKey),
    // The words alone: WeCom tells neither the id nor the author of what was quoted.
    ...(quote === null ? {} : { quote: { msgtype: "text", text: { content: quote } } }),
  };
}

export function eventBody(
  source: CallbackSource,
  eventtype: string,
  details: Readonly<Record<string, unknown>>,
  createdS: number,
): CallbackBody {
  return {
    ...common(source),
    create_time: createdS,
    // Only a card click can be answered later (wecom.md 2.2).
    ...(eventtype === "template_card_event" && source.responseUrl !== null ? { response_url: source.responseUrl } : {}),
    msgtype: "event",
    event: { eventtype, [eventtype]: details },
  };
}

function common({ msgid, botId, chat, by }: CallbackSource): CallbackBody {
  return {
    msgid,
    aibotid: botId,
    ...(chat === null ? { chattype: "single" } : { chatid: chat, chattype: "group" }),
    from: { userid: by },
  };
}

function content(text: string, imageUrls: readonly string[], imageKey: string | null): CallbackBody {
  const key = imageKey === null ? {} : { aeskey: imageKey };
  const images = imageUrls.map((url) => ({ msgtype: "image", image: { url, ...key } }));
  const [first] = images;
  if (first === undefined) return { msgtype: "text", text: { content: text } };
  // A picture alone reaches a bot in one-to-one chats only; in a group there is always the text with the @.
  if (text === "" && images.length === 1) return first;
  return { msgtype: "mixed", mixed: { msg_item: [{ msgtype: "text", text: { content: text } }, ...images] } };
}
