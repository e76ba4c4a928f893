/** The two doors of `oapi.dingtalk.com`: a group's robot webhook, and the session that came with a message. */
import type { Chats } from "../chats.ts";
import type { Shown } from "../history.ts";
import { openWindow, type SlidingWindow } from "../window.ts";
import { OK, type Told, webhookSays } from "./answers.ts";
import type { Directory, Webhook } from "./directory.ts";
import type { Arrived, Knock, SpokenTrouble } from "./knock.ts";
import type { Known } from "./known.ts";
import { isTold, type Payload, readWebhook } from "./payloads.ts";
import type { Sessions } from "./sessions.ts";
import { sign } from "./sign.ts";
import type { Violate } from "./violation.ts";

export interface WebhookDoorParts {
  readonly directory: Directory;
  readonly chats: Chats;
  readonly known: Known;
  readonly sessions: Sessions;
  readonly now: () => number;
  readonly violate: Violate;
}

export interface WebhookDoors {
  webhook(arrived: Arrived): Knock;
  session(arrived: Arrived): Knock;
  /** A message in DingTalk's webhook dialect, wherever it was handed in. */
  show(chat: string, from: "bot" | "webhook", payload: Payload): Shown;
}

/** dingtalk.md 4 */
const WINDOW_MESSAGES = 20;
const WINDOW_MS = 60_000;
const THROTTLED_MS = 600_000;
const SIGN_LIFE_MS = 3_600_000;
const UUIDS_MAX = 10_000;

interface Counter {
  readonly window: SlidingWindow;
  throttledUntil: number;
}

export function openWebhookDoors({ directory, chats, known, sessions, now, violate }: WebhookDoorParts): WebhookDoors {
  const counters = new Map<string, Counter>();
  /** `token msgUuid` of what was shown */
  const uuids = new Set<string>();

  const show = (chat: string, from: "bot" | "webhook", payload: Payload): Shown => {
    const { kind, text, title, mentioned, everybody } = payload;
    const mentions = everybody ? directory.members(chat) : directory.membersAmong(chat, mentioned);
    const message = chats.show(chat, { from, kind, text, mentions });
    known.note(message.id, { title });
    return message;
  };

  const read = ({ headers, body }: Arrived, credential: string): Payload | Told => {
    const isJson = headers["content-type"]?.toLowerCase().startsWith("application/json") ?? false;
    const payload = !isJson ? webhookSays.badContentType() : body === null ? webhookSays.tooLong() : readWebhook(body);
    if (isTold(payload)) {
      const kind = payload.code === webhookSays.tooLong().code ? "too-long" : "malformed";
      violate(kind, credential, String(payload.body["errmsg"]));
    }
    return payload;
  };

  const checkSign = (params: URLSearchParams, secret: string | null): Told | null => {
    if (secret === null) return null;
    const timestamp = params.get("timestamp") ?? "";
    if (!/^\d+$/.test(timestamp) || Math.abs(now() - Number(timestamp)) > SIGN_LIFE_MS)
      return webhookSays.badTimestamp();
    return params.get("sign") === sign(timestamp, secret) ? null : webhookSays.badSign();
  };

  const takeTurn = (token: string): Told | null => {
    const counter = counters.get(token) ?? { window: openWindow(WINDOW_MESSAGES, WINDOW_MS), throttledUntil: 0 };
    counters.set(token, counter);
    const refusal = now() < counter.throttledUntil ? webhookSays.throttled() : webhookSays.tooOften();
    if (now() >= counter.throttledUntil) {
      if (counter.window.take(now())) return null;
      counter.throttledUntil = now() + THROTTLED_MS;
    }
    violate("too-often", token, String(refusal.body["errmsg"]));
    return refusal;
  };

  const isRepeated = (token: string, { msgUuid }: Payload): boolean => {
    if (msgUuid === null) return false;
    const name = `${token} ${msgUuid}`;
    if (uuids.has(name)) return true;
    const [oldest] = uuids.add(name);
    if (uuids.size > UUIDS_MAX && oldest !== undefined) uuids.delete(oldest);
    return false;
  };

  const push = (arrived: Arrived, token: string, webhook: Webhook): Told => {
    if (webhook === "unknown") return webhookSays.noToken();
    if (webhook === "stopped") return webhookSays.stopped();
    const unsigned = checkSign(arrived.url.searchParams, webhook.secret);
    if (unsigned !== null) return unsigned;
    const payload = read(arrived, token);
    if (isTold(payload)) return payload;
    // A message that is sent again takes a place of its own: it is one request more.
    const tooOften = takeTurn(token);
    if (tooOften !== null) return tooOften;
    if (!isRepeated(token, payload)) show(webhook.chat, "webhook", payload);
    return OK;
  };

  const answer = (arrived: Arrived, session: string, chat: string | null): Told => {
    if (chat === null) return webhookSays.noSession();
    if (!directory.hasRobot(chat)) return webhookSays.notInGroup();
    const payload = read(arrived, session);
    if (isTold(payload)) return payload;
    show(chat, "bot", payload);
    return OK;
  };

  return {
    show,
    webhook(arrived) {
      const token = arrived.url.searchParams.get("access_token") ?? "";
      const webhook = directory.webhook(token);
      const chat = typeof webhook === "string" ? null : webhook.chat;
      return {
        door: "webhook",
        credential: token,
        chat,
        places: [token, chat],
        answer: () => push(arrived, token, webhook),
        inTrouble: (kind) => troubled(kind, webhookSays.stopped, webhookSays.noToken),
      };
    },
    session(arrived) {
      const session = arrived.url.searchParams.get("session") ?? "";
      const chat = sessions.chatOf(session, now());
      return {
        door: "session",
        credential: session,
        chat,
        places: [session, chat],
        answer: () => answer(arrived, session, chat),
        inTrouble: (kind) => troubled(kind, webhookSays.notInGroup, webhookSays.noSession),
      };
    },
  };
}

function troubled(kind: SpokenTrouble, removed: () => Told, expired: () => Told): Told {
  switch (kind) {
    case "busy":
      return webhookSays.busy();
    case "rate":
    case "flow":
      return webhookSays.tooOften();
    case "removed":
      return removed();
    case "expired":
      return expired();
    case "permission":
      return webhookSays.notAllowed();
    case "quota":
      return webhookSays.quotaGone();
  }
}
