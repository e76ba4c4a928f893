/** What people say to the AI bot: shown in their chat, and carried to the desk by callback or long connection. */
import { randomBytes } from "node:crypto";
import { ulid } from "ulid";
import type { Chats } from "../chats.ts";
import type { Shown } from "../history.ts";
import { type CallbackBody, type CallbackSource, eventBody, messageBody } from "./callback.ts";
import type { Outcome } from "./delivery.ts";
import type { Directory } from "./directory.ts";
import { singleChat } from "./rooms.ts";
import type { Origin } from "./socket/requests.ts";

export interface Words {
  /** Null: one-to-one with the bot. */
  readonly chat: string | null;
  readonly by: string;
  readonly text: string;
  /** The id of a shown message of this chat, or the quoted words themselves. */
  readonly quote?: string | null;
  readonly images?: number;
  readonly msgid?: string;
  /** WeCom may deliver one message twice (wecom.md 2.1): said once, carried twice. The first time is the one told of. */
  readonly duplicate?: boolean;
}

export interface Happening {
  readonly chat: string | null;
  readonly by: string;
  readonly type: "enter_chat" | "template_card_event" | "feedback_event" | (string & {});
  readonly details?: Readonly<Record<string, unknown>>;
  readonly msgid?: string;
}

export interface Said extends Outcome {
  readonly msgid: string;
  /** Null for events. */
  readonly message: Shown | null;
  /** What was sealed, for `deliver` to send a second time; null where nothing was. */
  readonly body: CallbackBody | null;
}

export interface Talk {
  say(words: Words): Promise<Said>;
  sayEvent(happening: Happening): Promise<Said>;
}

export interface TalkParts {
  readonly bot: { readonly id: string; readonly name: string };
  readonly directory: Directory;
  readonly chats: Chats;
  readonly origin: string;
  /** Where an answer may be posted once; null over a long connection. */
  readonly responseUrl: ((room: string, shownId: string) => string) | null;
  /** What callbacks call a member. */
  readonly idOf: (account: string) => string;
  readonly now: () => number;
  carry(body: CallbackBody, origin: Origin): Promise<Outcome>;
}

const UNSENT = { attempts: 0, status: null, reply: null } as const;

export function openTalk({ bot, directory, chats, origin, responseUrl, idOf, now, carry }: TalkParts): Talk {
  const sourceOf = (chat: string | null, by: string, msgid: string, shownId: string): CallbackSource => {
    const url = responseUrl === null ? null : responseUrl(chat ?? singleChat(by), shownId);
    return { msgid, botId: bot.id, chat, by: idOf(by), responseUrl: url };
  };

  const mustKnow = (chat: string | null): void => {
    if (chat !== null && directory.group(chat) === undefined) throw new Error(`no such group: ${chat}`);
  };

  const quoteOf = (room: string, quote: string | null): { quoting: string | null; quote: string | null } => {
    if (quote === null) return { quoting: null, quote: null };
    const found = chats.find(room, quote);
    if (found === undefined) return { quoting: null, quote };
    return { quoting: found.id, quote: found.text === "" ? "[图片]" : directory.readable(room, found.text) };
  };

  return {
    async say({ chat, by, text, quote = null, images = 0, msgid = ulid(), duplicate = false }) {
      mustKnow(chat);
      const room = chat ?? singleChat(by);
      // Un-@-ed talk of a group is read by everybody but the bot (wecom.md 2.1).
      const heard = chat === null || text.includes(`@${bot.name}`);
      const quoted = quoteOf(room, quote);
      const message = chats.show(room, { from: by, kind: "text", text, images, heard, ...quoted });
      if (!heard) return { ...UNSENT, delivered: false, reason: "not-mentioned", msgid, message, body: null };
      const imageUrls = Array.from({ length: images }, (_, at) => `${origin}/media/${message.id}/${at}`);
      const imageKey = responseUrl === null ? randomBytes(32).toString("base64") : null;
      const source = sourceOf(chat, by, msgid, message.id);
      const body = messageBody(source, { text, quote: quoted.quote, imageUrls, imageKey });
      const from = { room, message: message.id, event: null };
      const outcome = await carry(body, from);
      if (duplicate) await carry(body, from);
      return { ...outcome, msgid, message, body };
    },
    async sayEvent({ chat, by, type, details = {}, msgid = ulid() }) {
      mustKnow(chat);
      const body = eventBody(sourceOf(chat, by, msgid, ""), type, details, Math.floor(now() / 1000));
      const outcome = await carry(body, { room: chat ?? singleChat(by), message: null, event: type });
      return { ...outcome, msgid, message: null, body };
    },
  };
}
