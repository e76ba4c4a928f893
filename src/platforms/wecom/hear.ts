/**
 * A decrypted callback, or the body of a frame, becomes a message (wecom.md 2.1, 2.2; pages 100719, 101027). When WeCom changes a field, this is
 * the file. What a message needs is required, everything else may be missing or look different. Pure.
 */
import { z } from "zod";
import type { Message } from "../../chat/message.ts";
import { boundId, name } from "../ids.ts";
import { bound, dropUnseen, type StripNames } from "../wording.ts";
import { readContent } from "./content.ts";
import { type Dropped, drop, type HeardMessage, type Malformed } from "./heard.ts";
import { readQuote } from "./quote.ts";

export interface HearDeps {
  readonly botId: string | null;
  readonly stripNames: StripNames;
}

export interface CallbackHearDeps extends HearDeps {
  /** Whether an address that came with a message is one to answer at. */
  readonly isAnswerUrl: (address: string) => boolean;
}

/** Where a message is answered, told by the `response_url` that came with it; a warning says why nowhere. */
type AnswerOf = (address: string | undefined) => Pick<HeardMessage, "warning"> & Pick<Message, "answer">;

/** One hour (101138), less what a redelivery and two clocks may cost. */
const ANSWER_LIFE_MS = 59 * 60_000;

/** Everything that is a callback at all: an object, of which nothing is known yet. */
interface Callback {
  readonly aibotid?: unknown;
  readonly msgtype?: unknown;
  readonly event?: unknown;
  readonly quote?: unknown;
}

const speech = z.object({
  msgid: z.string().min(1),
  chattype: z.string().optional(),
  chatid: name.optional(),
  from: z.object({ userid: name }),
  msgtype: z.string(),
  response_url: z.string().optional().catch(undefined),
});
const event = z.object({ eventtype: z.string() });

/** `now`: wire clock, ms. */
export function hear(
  plain: string,
  now: number,
  { isAnswerUrl, ...deps }: CallbackHearDeps,
): HeardMessage | Dropped | Malformed {
  const body = parseObject(plain);
  if (body === null) return { kind: "malformed" };
  return hearBody(body, deps, (address) => {
    if (address === undefined) return { answer: null, warning: "no response_url" };
    if (!isAnswerUrl(address)) return { answer: null, warning: "foreign response_url" };
    return { answer: { kind: "address", url: address, expires: now + ANSWER_LIFE_MS }, warning: null };
  });
}

export function hearBody(body: Callback, { botId, stripNames }: HearDeps, answerOf: AnswerOf): HeardMessage | Dropped {
  if (botId !== null && body.aibotid !== undefined && body.aibotid !== botId) return drop("another bot's message");
  if (body.msgtype === "event") return drop(`event ${event.safeParse(body.event).data?.eventtype ?? "unknown"}`);
  // WeCom asks for the rest of a streamed answer (2.4); the desk never streams.
  if (body.msgtype === "stream") return drop("stream refresh");

  const { data, error } = speech.safeParse(body);
  if (data === undefined) return drop(`no usable ${error.issues[0]?.path.join(".")}`);
  const content = readContent(body);
  if (content === null) return drop(`message of kind ${data.msgtype}`);
  // The chat is named in groups only (2.1); a group without a name is nowhere that we could answer.
  if (data.chattype === "group" && data.chatid === undefined) return drop("no usable chatid");

  const quoted = readQuote(body.quote);
  const tidy = (text: string) => stripNames(dropUnseen(bound(text)));
  const { answer, warning } = answerOf(data.response_url);
  return {
    kind: "message",
    message: {
      platform: "wecom",
      id: boundId(data.msgid),
      chat: data.chattype === "single" ? null : (data.chatid ?? null),
      by: data.from.userid.toLowerCase(),
      // The AI bot lives in groups of one organisation (0.7).
      outsider: false,
      text: tidy(content.text),
      quote: tidy(quoted.text) || null,
      // A quote carries its content alone, no message an id to be quoted by (0.5).
      quotes: [],
      knownAs: null,
      attachments: [...content.attachments, ...quoted.attachments],
      answer,
    },
    sender: data.from.userid,
    warning,
  };
}

function parseObject(plain: string): Callback | null {
  try {
    const body: unknown = JSON.parse(plain);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? body : null;
  } catch {
    return null;
  }
}
