/**
 * WeCom, imitated as far as a desk can tell (wecom.md 1–4): it carries what people say to the AI bot, by callback or
 * over its long connection, and to the self-built application; and it takes the ways of speaking back with their limits
 * and refusals. Tests and the demo talk through it.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { type Chats, openChats } from "./chats.ts";
import type { History } from "./history.ts";
import { openTroubles, type TroubleKind, type TroubleOptions, type TroubleScope } from "./trouble.ts";
import { openAnswerCodes } from "./wecom/answer-codes.ts";
import { type App, type AppControls, type AppOptions, noApp, openApp } from "./wecom/app/app.ts";
import { type Delivery, type Outcome, openDelivery } from "./wecom/delivery.ts";
import { openDirectory, type SandboxGroup, type SandboxPerson } from "./wecom/directory.ts";
import { openDoors, showAnswer } from "./wecom/doors.ts";
import { botForm } from "./wecom/envelopes.ts";
import { type Knock, openBlame, type Violation } from "./wecom/knock.ts";
import { openOpenIds } from "./wecom/open-ids.ts";
import { passivePayload } from "./wecom/passive.ts";
import { openReceiving, type Received } from "./wecom/receiving.ts";
import { singleChat } from "./wecom/rooms.ts";
import { isEvent } from "./wecom/socket/frames.ts";
import type { Origin } from "./wecom/socket/requests.ts";
import { noSocket, openBotSocket, type SocketControls, type SocketOptions } from "./wecom/socket/socket.ts";
import { openTalk, type Talk } from "./wecom/talk.ts";

export interface WecomServerOptions extends SocketOptions {
  readonly port?: number;
  readonly host?: string;
  /** Origin of the desk; `pointAt` changes it, since a desk wants to know this server's address first. */
  readonly deskUrl: string;
  /** How the bot hears; the two exclude each other (wecom.md 2). Default `callback`. */
  readonly mode?: "callback" | "socket";
  readonly bot: {
    readonly token: string;
    readonly aesKey: string;
    readonly id: string;
    readonly name: string;
    /** Of the long connection. */
    readonly secret?: string;
  };
  readonly app?: AppOptions;
  /** The bot's creator is not the super-admin: its callbacks carry `wo…` ids instead of accounts (wecom.md 2.1, 4.6). */
  readonly openIds?: boolean;
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

export interface WecomServer
  extends Pick<Chats, "sent" | "find" | "waitFor" | "onMessage" | "settled">,
    Pick<Delivery, "checkUrl">,
    Talk,
    SocketControls,
    AppControls {
  /** What `WECOM_API_BASE` is set to. */
  readonly origin: string;
  /** What `WECOM_WS_URL` is set to. */
  readonly wsUrl: string;
  readonly botName: string;
  readonly history: History;
  pointAt(deskUrl: string): void;
  addGroup(group: SandboxGroup): Promise<void>;
  addPerson(person: SandboxPerson): void;
  removeWebhook(chat: string): void;
  webhookUrl(chat: string): string;
  nameOf(account: string): string;
  /** What callbacks call a member: the account, or with `openIds` the id in its place. */
  idOf(account: string): string;
  /** A text as it stands on a screen: `<@userid>` of a member becomes the name. */
  readable(chat: string, text: string): string;
  /** Carries any body, e.g. a second time or one that WeCom has not thought of yet. */
  deliver(body: unknown): Promise<Outcome>;
  trouble(scope: TroubleScope, kind: TroubleKind, options?: TroubleOptions): void;
  /** Everything the desk sent here, oldest first, the last ten thousand. */
  readonly received: readonly Received[];
  readonly violations: readonly Violation[];
  onClose(listener: () => void): void;
  close(): Promise<void>;
}

const RECEIVED_MAX = 10_000;
const WEBHOOK_PATH = "/cgi-bin/webhook/send";
const ANSWER_PATH = "/cgi-bin/aibot/response";

/** The part of a body that says where an answer to it belongs. */
const addressed = z.looseObject({
  chatid: z.string().optional(),
  from: z.looseObject({ userid: z.string() }).optional(),
  event: z.looseObject({ eventtype: z.string() }).optional(),
});

export async function openWecomServer(options: WecomServerOptions): Promise<WecomServer> {
  const { bot, history, mode = "callback", now = Date.now, deskNow = now } = options;
  const { redeliverAfterMs = 5_000, retries = 3 } = options;
  let deskUrl = options.deskUrl;
  const directory = openDirectory();
  const chats = openChats({ history, now, deskNow });
  const codes = openAnswerCodes(history);
  const troubles = openTroubles();
  const openIds = openOpenIds(bot.id);
  const received: Received[] = [];
  const violations: Violation[] = [];
  const closers: (() => void)[] = [];
  const blame = openBlame((one) => void violations.push(one), now);
  const onReceived = (one: Received): void => {
    if (received.push(one) > RECEIVED_MAX) received.shift();
  };
  const carriage = { deskUrl: () => deskUrl, now, redeliverAfterMs, retries };
  const delivery = openDelivery({ ...carriage, form: botForm, token: bot.token, aesKey: bot.aesKey });
  const app: App =
    options.app === undefined
      ? noApp()
      : openApp({ ...options.app, ...carriage, directory, chats, openIds, blame, now });

  const doors = openDoors({ directory, chats, codes, history, now, blame });
  const knockAt = (url: URL): Knock | null => {
    if (url.pathname === WEBHOOK_PATH) return doors.webhook(url.searchParams.get("key") ?? "");
    if (url.pathname === ANSWER_PATH) return doors.answer(url.searchParams.get("response_code") ?? "");
    return app.knockAt(url);
  };
  const { leaveInDoubt } = doors;
  const http = createServer(openReceiving({ knockAt, leaveInDoubt, troubles, now, onReceived }));

  const idOf = (account: string): string => (options.openIds === true ? openIds.of(account) : account);
  const accountOf = (id: string): string => openIds.accountOf(id) ?? id;
  const socket =
    mode === "socket"
      ? openBotSocket({ ...options, bot, http, chats, directory, troubles, accountOf, blame, onReceived, now })
      : noSocket();

  const addGroup = async (group: SandboxGroup): Promise<void> => {
    const known = directory.group(group.chat) !== undefined;
    directory.addGroup(group);
    if (!known) await chats.restore(group.chat);
  };
  const addPerson = (person: SandboxPerson): void => {
    directory.addPerson(person);
    // So that the id of somebody who spoke before a restart can still be converted.
    openIds.of(person.account);
  };

  for (const person of options.people ?? []) addPerson(person);
  await Promise.all([codes.restore(), ...(options.groups ?? []).map(addGroup)]);
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject).listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  const { address, port } = http.address() as AddressInfo;
  const place = `${address.includes(":") ? `[${address}]` : address}:${port}`;
  const origin = `http://${place}`;

  const carry = async (body: unknown, from: Origin): Promise<Outcome> => {
    if (mode === "socket") return socket.carry(body, from);
    const outcome = await delivery.post(body);
    const payload = passivePayload(outcome.reply);
    if (payload !== null) showAnswer(chats, from.room, payload, from.message);
    return outcome;
  };
  const responseUrl = (room: string, shownId: string): string =>
    `${origin}${ANSWER_PATH}?response_code=${codes.issue(room, shownId, now())}`;
  const talk = openTalk({
    bot,
    directory,
    chats,
    origin,
    responseUrl: mode === "socket" ? null : responseUrl,
    idOf,
    now,
    carry,
  });

  return {
    ...talk,
    ...socket.controls,
    ...app.controls,
    origin,
    wsUrl: `ws://${place}/openws`,
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
    addPerson,
    removeWebhook: directory.removeWebhook,
    webhookUrl(chat) {
      const key = directory.group(chat)?.webhookKey;
      if (typeof key !== "string") throw new Error(`no webhook in ${chat}`);
      return `${origin}${WEBHOOK_PATH}?key=${encodeURIComponent(key)}`;
    },
    nameOf: (account) => directory.person(account)?.name ?? account,
    idOf,
    readable: directory.readable,
    async deliver(body) {
      if (mode === "callback") return delivery.post(body);
      const { chatid, from, event } = addressed.parse(body);
      const room = chatid ?? singleChat(accountOf(from?.userid ?? ""));
      return socket.carry(body, { room, message: null, event: isEvent(body) ? (event?.eventtype ?? "") : null });
    },
    checkUrl: delivery.checkUrl,
    trouble: troubles.set,
    onClose: (listener) => closers.push(listener),
    async close() {
      for (const close of closers) close();
      delivery.close();
      app.close();
      socket.close();
      const closed = new Promise((resolve) => http.close(resolve));
      // Stalled requests would keep the server open for ever.
      http.closeAllConnections();
      await closed;
      await chats.close();
    },
  };
}
