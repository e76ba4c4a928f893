/**
 * WeCom, imitated as far as a desk can tell (wecom.md 1–3): it seals and delivers what people say, again if nobody
 * answers, and takes the two ways of speaking back with their limits and refusals. Tests and the demo talk through it.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ulid } from "ulid";
import { type Chats, openChats } from "./chats.ts";
import type { History, Shown } from "./history.ts";
import { openTroubles, type TroubleKind, type TroubleOptions, type TroubleScope } from "./trouble.ts";
import { openAnswerCodes } from "./wecom/answer-codes.ts";
import { type CallbackBody, type CallbackSource, eventBody, messageBody } from "./wecom/callback.ts";
import { type Delivery, type Outcome, openDelivery } from "./wecom/delivery.ts";
import { openDirectory, type SandboxGroup, type SandboxPerson } from "./wecom/directory.ts";
import { openDoors, showAnswer, type Violation } from "./wecom/doors.ts";
import { passivePayload } from "./wecom/passive.ts";
import { ANSWER_PATH, openReceiving, type Received } from "./wecom/receiving.ts";

export interface WecomServerOptions {
  readonly port?: number;
  readonly host?: string;
  /** Origin of the desk; `pointAt` changes it, since a desk wants to know this server's address first. */
  readonly deskUrl: string;
  readonly bot: { readonly token: string; readonly aesKey: string; readonly id: string; readonly name: string };
  readonly groups?: readonly SandboxGroup[];
  readonly people?: readonly SandboxPerson[];
  readonly history: History;
  /** Wire clock: windows, codes, signatures. */
  readonly now?: () => number;
  /** Desk clock: the time that stands beside a message. */
  readonly deskNow?: () => number;
  /** How long the platform waits for the desk before it delivers again. */
  readonly redeliverAfterMs?: number;
  readonly retries?: number;
}

export interface Words {
  /** Null: one-to-one with the bot. */
  readonly chat: string | null;
  readonly by: string;
  readonly text: string;
  /** The id of a shown message of this chat, or the quoted words themselves. */
  readonly quote?: string | null;
  readonly images?: number;
  readonly msgid?: string;
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

export interface WecomServer
  extends Pick<Chats, "sent" | "find" | "waitFor" | "onMessage" | "settled">,
    Pick<Delivery, "checkUrl"> {
  /** What `WECOM_API_BASE` is set to. */
  readonly origin: string;
  readonly botName: string;
  readonly history: History;
  pointAt(deskUrl: string): void;
  addGroup(group: SandboxGroup): Promise<void>;
  addPerson(person: SandboxPerson): void;
  removeWebhook(chat: string): void;
  webhookUrl(chat: string): string;
  nameOf(account: string): string;
  /** A text as it stands on a screen: `<@userid>` of a member becomes the name. */
  readable(chat: string, text: string): string;
  say(words: Words): Promise<Said>;
  sayEvent(happening: Happening): Promise<Said>;
  /** Seals and delivers any body, e.g. a second time or one that WeCom has not thought of yet. */
  deliver(body: unknown): Promise<Outcome>;
  trouble(scope: TroubleScope, kind: TroubleKind, options?: TroubleOptions): void;
  /** Everything the desk sent here, oldest first, the last ten thousand. */
  readonly received: readonly Received[];
  readonly violations: readonly Violation[];
  onClose(listener: () => void): void;
  close(): Promise<void>;
}

const RECEIVED_MAX = 10_000;
const UNSENT = { attempts: 0, status: null, reply: null } as const;

/** The chat under which a one-to-one conversation with the bot is shown. */
export function singleChat(account: string): string {
  return `@${account}`;
}

export async function openWecomServer(options: WecomServerOptions): Promise<WecomServer> {
  const { bot, history, now = Date.now, deskNow = now, redeliverAfterMs = 5_000, retries = 3 } = options;
  let deskUrl = options.deskUrl;
  const directory = openDirectory();
  const chats = openChats({ history, now, deskNow });
  const codes = openAnswerCodes(history);
  const troubles = openTroubles();
  const { token, aesKey } = bot;
  const delivery = openDelivery({ deskUrl: () => deskUrl, token, aesKey, now, redeliverAfterMs, retries });
  const received: Received[] = [];
  const violations: Violation[] = [];
  const closers: (() => void)[] = [];

  const onViolation = (one: Violation): void => void violations.push(one);
  const onReceived = (one: Received): void => {
    if (received.push(one) > RECEIVED_MAX) received.shift();
  };
  const doors = openDoors({ directory, chats, codes, history, now, onViolation });
  const http = createServer(openReceiving({ doors, troubles, now, onReceived }));

  const addGroup = async (group: SandboxGroup): Promise<void> => {
    const known = directory.group(group.chat) !== undefined;
    directory.addGroup(group);
    if (!known) await chats.restore(group.chat);
  };

  for (const person of options.people ?? []) directory.addPerson(person);
  await Promise.all([codes.restore(), ...(options.groups ?? []).map(addGroup)]);
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject).listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  const { address, port } = http.address() as AddressInfo;
  const origin = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;

  const sourceOf = (chat: string | null, by: string, msgid: string, shownId: string): CallbackSource => {
    const code = codes.issue(chat ?? singleChat(by), shownId, now());
    return { msgid, botId: bot.id, chat, by, responseUrl: `${origin}${ANSWER_PATH}?response_code=${code}` };
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

  const finish = (outcome: Outcome, room: string, quoting: string | null): void => {
    const payload = passivePayload(outcome.reply);
    if (payload !== null) showAnswer(chats, room, payload, quoting);
  };

  return {
    origin,
    botName: bot.name,
    history,
    received,
    violations,
    sent: chats.sent,
    find: chats.find,
    waitFor: chats.waitFor,
    onMessage: chats.onMessage,
    settled: chats.settled,
    pointAt(url) {
      deskUrl = url;
    },
    addGroup,
    addPerson: directory.addPerson,
    removeWebhook: directory.removeWebhook,
    webhookUrl(chat) {
      const key = directory.group(chat)?.webhookKey;
      if (typeof key !== "string") throw new Error(`no webhook in ${chat}`);
      return `${origin}/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`;
    },
    nameOf: (account) => directory.person(account)?.name ?? account,
    readable: directory.readable,
    async say({ chat, by, text, quote = null, images = 0, msgid = ulid() }) {
      mustKnow(chat);
      const room = chat ?? singleChat(by);
      // Un-@-ed talk of a group is read by everybody but the bot (wecom.md 2.1).
      const heard = chat === null || text.includes(`@${bot.name}`);
      const quoted = quoteOf(room, quote);
      const message = chats.show(room, { from: by, kind: "text", text, images, heard, ...quoted });
      if (!heard) return { ...UNSENT, delivered: false, reason: "not-mentioned", msgid, message, body: null };
      const imageUrls = Array.from({ length: images }, (_, at) => `${origin}/media/${message.id}/${at}`);
      const source = sourceOf(chat, by, msgid, message.id);
      const body = messageBody(source, { text, quote: quoted.quote, imageUrls });
      const outcome = await delivery.post(body);
      finish(outcome, room, message.id);
      return { ...outcome, msgid, message, body };
    },
    async sayEvent({ chat, by, type, details = {}, msgid = ulid() }) {
      mustKnow(chat);
      const body = eventBody(sourceOf(chat, by, msgid, ""), type, details, Math.floor(now() / 1000));
      const outcome = await delivery.post(body);
      finish(outcome, chat ?? singleChat(by), null);
      return { ...outcome, msgid, message: null, body };
    },
    deliver: delivery.post,
    checkUrl: delivery.checkUrl,
    trouble: troubles.set,
    onClose: (listener) => closers.push(listener),
    async close() {
      for (const close of closers) close();
      delivery.close();
      const closed = new Promise((resolve) => http.close(resolve));
      // Stalled requests would keep the server open for ever.
      http.closeAllConnections();
      await closed;
      await chats.close();
    },
  };
}
