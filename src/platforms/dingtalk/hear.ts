/**
 * The body of a callback, the same over HTTP and over the socket, becomes a message (dingtalk.md 1.2 to 1.4). When
 * DingTalk changes a field, this is the file. What a message needs is required, everything else may be missing or look
 * different. Pure.
 */
import { z } from "zod";
import type { AnswerHandle, Message } from "../../chat/message.ts";
import { boundId, name } from "../ids.ts";
import { bound, dropUnseen, type StripNames } from "../wording.ts";
import { readContent } from "./content.ts";
import { readQuote } from "./quote.ts";

export type Heard =
  | { readonly kind: "message"; readonly message: Message; readonly warning: string | null }
  /** Well formed, and nothing for the desk. `overQuota`: what somebody said was withheld from us. */
  | { readonly kind: "drop"; readonly reason: string; readonly overQuota: boolean }
  | { readonly kind: "malformed" };

export interface HearDeps {
  readonly robotCode: string;
  readonly corpId: string | null;
  readonly stripNames: StripNames;
  /** Whether an address that came with a message is one to answer at. */
  readonly isAnswerUrl: (address: string) => boolean;
}

/** Where nobody says how long an address lives: as long as all that were ever seen (dingtalk.md fact 4). */
const SESSION_MS = 90 * 60_000;
/** Less what a queue and two clocks may cost. */
const SESSION_EARLY_MS = 5 * 60_000;

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
/** Documented as one, sent as the other. */
const moment = optional(
  z.union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ]),
);
const flag = z.union([z.string(), z.number().transform(String)]);

const speech = z.object({
  msgId: z.string().min(1),
  conversationType: flag.pipe(z.enum(["1", "2"])),
  conversationId: optional(name),
  senderStaffId: optional(name),
  senderId: optional(name),
  senderCorpId: optional(z.string()),
  msgtype: z.string(),
  createAt: moment,
  sessionWebhook: optional(z.string()),
  sessionWebhookExpiredTime: moment,
});
/** Of whom it is, before anything else is looked at. */
const origin = z.object({
  robotCode: z.unknown().optional(),
  chatbotCorpId: z.unknown().optional(),
  errorCode: optional(flag),
  text: z.unknown().optional(),
  content: z.unknown().optional(),
});

/** `now`: wire clock, ms. */
export function hear(plain: string, now: number, deps: HearDeps): Heard {
  const body = parseObject(plain);
  if (body === null) return { kind: "malformed" };
  const { robotCode, chatbotCorpId, errorCode, ...words } = origin.parse(body);
  if (isGiven(robotCode) && robotCode !== deps.robotCode) return drop("another robot's message");
  if (deps.corpId !== null && isGiven(chatbotCorpId) && chatbotCorpId !== deps.corpId) {
    return drop("another organisation's message");
  }
  // The month's quota is used up (fact 8): somebody said something, and we are not told what.
  if (isGiven(errorCode) && errorCode !== "0" && !isGiven(words.text) && !isGiven(words.content)) {
    return { ...drop(`errorCode ${errorCode}`), overQuota: true };
  }

  const { data, error } = speech.safeParse(body);
  if (data === undefined) return drop(`no usable ${error.issues[0]?.path.join(".")}`);
  const account = data.senderStaffId ?? data.senderId;
  if (account === undefined) return drop("no usable senderId");
  const isGroup = data.conversationType === "2";
  if (isGroup && data.conversationId === undefined) return drop("no usable conversationId");
  const content = readContent(data.msgtype, words);
  if (content === null) return drop(`message of kind ${data.msgtype}`);

  const quoted = readQuote(body);
  const tidy = (text: string) => deps.stripNames(dropUnseen(bound(text)));
  const answer = answerHandle(data, deps.isAnswerUrl, now);
  const id = boundId(data.msgId);
  return {
    kind: "message",
    message: {
      platform: "dingtalk",
      id,
      chat: isGroup ? (data.conversationId ?? null) : null,
      // As it is spelled: nobody has said that a mention finds it in another case.
      by: account,
      outsider: isOutsider(data, deps.corpId, chatbotCorpId),
      text: tidy(content.text),
      quote: tidy(quoted.text) || null,
      quotes: quoted.ids,
      knownAs: id,
      attachments: [...content.attachments, ...quoted.attachments],
      answer,
    },
    warning:
      answer === null ? (data.sessionWebhook === undefined ? "no sessionWebhook" : "foreign sessionWebhook") : null,
  };
}

type Speech = z.infer<typeof speech>;

/**
 * Members have a staff id, others have none; nor has anybody before the app is published. Where the organisation is
 * configured only another one's mark makes a stranger of somebody with a staff id; where it is not, the robot's own
 * organisation must be the sender's, and both must be told (design.md 6, DINGTALK_CORP_ID).
 */
function isOutsider({ senderStaffId, senderCorpId }: Speech, corpId: string | null, chatbotCorpId: unknown): boolean {
  if (senderStaffId === undefined) return true;
  if (corpId !== null) return senderCorpId !== undefined && senderCorpId !== corpId;
  return senderCorpId === undefined || senderCorpId !== chatbotCorpId;
}

function answerHandle(data: Speech, isAnswerUrl: HearDeps["isAnswerUrl"], now: number): AnswerHandle | null {
  const { sessionWebhook: url, sessionWebhookExpiredTime, createAt } = data;
  if (url === undefined || !isAnswerUrl(url)) return null;
  const ends = sessionWebhookExpiredTime ?? (createAt ?? now) + SESSION_MS;
  return { kind: "address", url, expires: ends - SESSION_EARLY_MS };
}

function drop(reason: string): Extract<Heard, { kind: "drop" }> {
  // What a reason quotes came from outside.
  return { kind: "drop", reason: reason.slice(0, 100), overQuota: false };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function parseObject(plain: string): object | null {
  try {
    const body: unknown = JSON.parse(plain);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? body : null;
  } catch {
    return null;
  }
}
