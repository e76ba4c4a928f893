/**
 * DingTalk, imitated as far as a desk can tell (dingtalk.md 0–3): it carries what people say to the desk, by signed
 * requests or down a stream, and takes the ways of speaking back with their limits and refusals.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Chats, openChats } from "./chats.ts";
import { openApiDoors } from "./dingtalk/api-doors.ts";
import type { CallbackBody, Robot } from "./dingtalk/callback.ts";
import { openCallbackPost } from "./dingtalk/callback-post.ts";
import { type Connections, openConnections } from "./dingtalk/connections.ts";
import { openDirectory, roomOf, type SandboxGroup, type SandboxPerson } from "./dingtalk/directory.ts";
import { newMsgId } from "./dingtalk/ids.ts";
import { openKnown } from "./dingtalk/known.ts";
import type { Outcome } from "./dingtalk/outcome.ts";
import { isTold, readSynchronous } from "./dingtalk/payloads.ts";
import { openPushing } from "./dingtalk/pushing.ts";
import type { QuoteShape } from "./dingtalk/quote.ts";
import { openReceiving, type Received, WEBHOOK_PATH } from "./dingtalk/receiving.ts";
import { openSessions } from "./dingtalk/sessions.ts";
import { openSpeaking } from "./dingtalk/speaking.ts";
import { openTickets } from "./dingtalk/tickets.ts";
import { openTokens } from "./dingtalk/tokens.ts";
import type { Violate, Violation } from "./dingtalk/violation.ts";
import { openWebhookDoors } from "./dingtalk/webhook-doors.ts";
import type { History, Shown } from "./history.ts";
import { openTroubles, type TroubleKind, type TroubleOptions, type TroubleScope } from "./trouble.ts";

export interface DingtalkServerOptions {
  readonly port?: number;
  readonly host?: string;
  /** Origin of the desk; `pointAt` changes it, since a desk wants to know this server's address first. */
  readonly deskUrl: string;
  readonly robot: Robot;
  readonly mode: "http" | "stream";
  readonly groups?: readonly SandboxGroup[];
  readonly people?: readonly SandboxPerson[];
  readonly history: History;
  /** Wire clock: windows, sessions, tokens, signatures. */
  readonly now?: () => number;
  /** Desk clock: the time that stands beside a message. */
  readonly deskNow?: () => number;
  /** `http`: how long a callback waits for its answer. */
  readonly answerWithinMs?: number;
  /** `stream`: after this long without ACK the message is pushed again. */
  readonly redeliverAfterMs?: number;
  readonly retries?: number;
  readonly pingEveryMs?: number;
  /** Between a `disconnect` frame and the end of the connection. */
  readonly disconnectAfterMs?: number;
  readonly sessionLifeMs?: number;
}

export interface Words {
  /** Null: one-to-one with the robot. */
  readonly chat: string | null;
  readonly by: string;
  readonly text: string;
  /** The id of a shown message of this chat, or the quoted words themselves. */
  readonly quote?: string | null;
  /** How the quote is told; `text` where nothing is said. */
  readonly shape?: QuoteShape;
  /** Written in the rich editor; with pictures it always is. */
  readonly richText?: boolean;
  readonly images?: number;
  readonly msgId?: string;
}

export interface Said extends Outcome {
  readonly msgId: string;
  readonly message: Shown;
  /** What was sent, for `deliver` to send a second time; null where the robot was not meant. */
  readonly body: CallbackBody | null;
}

export interface DingtalkServer
  extends Pick<Chats, "sent" | "find" | "waitFor" | "onMessage" | "settled">,
    Pick<Connections, "disconnectAll"> {
  /** What `DINGTALK_API_BASE` and `DINGTALK_OAPI_BASE` are set to. */
  readonly origin: string;
  readonly robotName: string;
  readonly history: History;
  pointAt(deskUrl: string): void;
  addGroup(group: SandboxGroup): Promise<void>;
  addPerson(person: SandboxPerson): void;
  /** The address of the group's robot webhook, unsigned. */
  webhookUrl(chat: string): string;
  removeWebhook(chat: string): void;
  /** Takes the application's robot out of a group, until the group is added again: it neither hears nor speaks there. */
  removeRobot(chat: string): void;
  nameOf(account: string): string;
  /** A text as it stands on a screen: `@user-1001` of a member becomes the name. */
  readable(chat: string, text: string): string;
  say(words: Words): Promise<Said>;
  /** Signs or pushes any body, e.g. a second time or one that DingTalk has not thought of yet. */
  deliver(body: unknown): Promise<Outcome>;
  trouble(scope: TroubleScope, kind: TroubleKind, options?: TroubleOptions): void;
  /** Everything the desk sent here by HTTP, oldest first, the last ten thousand. */
  readonly received: readonly Received[];
  readonly violations: readonly Violation[];
  /** Live ones, to which a message could be pushed. */
  connections(): number;
  /** How often the gateway was asked for a ticket. */
  connectAttempts(): number;
  /** While it is on, the gateway gives tickets and no connection is taken. */
  refuseConnections(on: boolean): void;
  /** Down every live connection, as it stands. */
  sendGarbage(frame: string): void;
  onClose(listener: () => void): void;
  close(): Promise<void>;
}

const RECEIVED_MAX = 10_000;
const SESSION_LIFE_MS = 90 * 60_000;

export async function openDingtalkServer(options: DingtalkServerOptions): Promise<DingtalkServer> {
  const { robot, mode, history, now = Date.now, deskNow = now, redeliverAfterMs = 60_000, retries = 3 } = options;
  const { answerWithinMs = 2_500, pingEveryMs = 30_000, disconnectAfterMs = 10_000 } = options;
  let deskUrl = options.deskUrl;
  let origin = "";
  let attempts = 0;
  const received: Received[] = [];
  const violations: Violation[] = [];
  const closers: (() => void)[] = [];

  const violate: Violate = (kind, credential, errmsg) => void violations.push({ kind, credential, errmsg, at: now() });
  const onReceived = (one: Received): void => {
    if (one.door === "gateway") attempts += 1;
    if (received.push(one) > RECEIVED_MAX) received.shift();
  };

  const directory = openDirectory();
  const chats = openChats({ history, now, deskNow });
  const nameOf = (account: string): string => directory.person(account)?.name ?? account;
  const known = openKnown(robot, nameOf);
  const sessions = openSessions(history, options.sessionLifeMs ?? SESSION_LIFE_MS);
  const troubles = openTroubles();
  const tokens = openTokens();
  const tickets = openTickets();
  const endpoint = (): string => `${origin.replace("http:", "ws:")}/connect`;
  const webhookDoors = openWebhookDoors({ directory, chats, known, sessions, now, violate });
  const apiDoors = openApiDoors({ robot, directory, chats, known, tokens, tickets, endpoint, now, violate });

  const pushing = openPushing({ push: (body) => connections.push(body), redeliverAfterMs, retries });
  const connections = openConnections({
    tickets,
    now,
    pingEveryMs,
    disconnectAfterMs,
    onAck: pushing.onAck,
    violate,
  });
  const posting = openCallbackPost({ deskUrl: () => deskUrl, appSecret: robot.appSecret, now, answerWithinMs });
  const delivery = mode === "http" ? posting : pushing;
  const speaking = openSpeaking({ robot, directory, chats, known, sessions, troubles, origin: () => origin, now });

  const addGroup = async (group: SandboxGroup): Promise<void> => {
    const isKnown = directory.group(group.chat) !== undefined;
    directory.addGroup(group);
    if (!isKnown) await chats.restore(group.chat);
  };

  const http = createServer(openReceiving({ webhookDoors, apiDoors, troubles, now, onReceived }));
  http.on("upgrade", connections.upgrade);
  for (const person of options.people ?? []) directory.addPerson(person);
  await Promise.all([sessions.restore(), ...(options.groups ?? []).map(addGroup)]);
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject).listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  const { address, port } = http.address() as AddressInfo;
  origin = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;

  const showReply = (room: string, reply: string | null): void => {
    const payload = readSynchronous(reply ?? "");
    if (payload === null) return;
    if (isTold(payload)) violate("malformed", room, `the answer in the response: ${String(payload.body["errmsg"])}`);
    else webhookDoors.show(room, "bot", payload);
  };

  return {
    origin,
    robotName: robot.name,
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
    webhookUrl(chat) {
      const token = directory.group(chat)?.webhookToken;
      if (typeof token !== "string") throw new Error(`no webhook in ${chat}`);
      return `${origin}${WEBHOOK_PATH}?access_token=${encodeURIComponent(token)}`;
    },
    removeWebhook: directory.removeWebhook,
    removeRobot: directory.removeRobot,
    nameOf,
    readable: directory.readable,
    async say(words) {
      const { message, msgId, body, unheard } = speaking.speak({ ...words, msgId: words.msgId ?? newMsgId() });
      if (body === null) {
        return { delivered: false, reason: unheard, attempts: 0, status: null, reply: null, msgId, message, body };
      }
      const outcome = await delivery.post(JSON.stringify(body));
      if (outcome.delivered) showReply(roomOf(words.chat, message.from), outcome.reply);
      return { ...outcome, msgId, message, body };
    },
    deliver: (body) => delivery.post(typeof body === "string" ? body : JSON.stringify(body)),
    trouble(scope, kind, more) {
      const isPossible = scope === "callback" ? ["quota", "none"].includes(kind) : scope !== "response";
      if (!isPossible) throw new Error(`no such trouble: ${scope} ${kind}`);
      troubles.set(scope, kind, more);
    },
    connections: connections.count,
    connectAttempts: () => attempts,
    disconnectAll: connections.disconnectAll,
    refuseConnections: connections.refuse,
    sendGarbage: connections.sendAll,
    onClose: (listener) => closers.push(listener),
    async close() {
      for (const close of closers) close();
      posting.close();
      pushing.close();
      connections.close();
      const closed = new Promise((resolve) => http.close(resolve));
      // Stalled requests would keep the server open for ever.
      http.closeAllConnections();
      await closed;
      await chats.close();
    },
  };
}
