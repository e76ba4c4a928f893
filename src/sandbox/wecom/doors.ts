/** The two doors through which a desk speaks, and what each makes of a body: a refusal, or something to show. */
import type { Chats } from "../chats.ts";
import type { History, Shown } from "../history.ts";
import { openWindowPer } from "../window.ts";
import type { AnswerCodes } from "./answer-codes.ts";
import type { Directory } from "./directory.ts";
import { refusals } from "./errcodes.ts";
import { type Blame, blameBody, bodyTooLong, type Knock } from "./knock.ts";
import { isRefusal, type Payload, readAnswer, readWebhook } from "./payloads.ts";

export interface DoorParts {
  readonly directory: Directory;
  readonly chats: Chats;
  readonly codes: AnswerCodes;
  readonly history: History;
  readonly now: () => number;
  readonly blame: Blame;
}

export interface Doors {
  webhook(key: string): Knock;
  answer(code: string): Knock;
  /** The last answer through this credential was shown, and the desk was never told so: it may knock again in good faith. */
  leaveInDoubt(credential: string): void;
}

/** 20 messages a minute and key (wecom.md 3.2). */
const WINDOW = { limit: 20, spanMs: 60_000 };
const BODY_BYTES_MAX = 1 << 20;
/** A picture of 2 MB is 2.7 MB of base64, which a webhook may carry. */
const WEBHOOK_BODY_BYTES_MAX = 4 << 20;

export function openDoors({ directory, chats, codes, history, now, blame }: DoorParts): Doors {
  const windows = openWindowPer([WINDOW]);
  const inDoubt = new Set<string>();

  const webhook = (key: string): Knock => {
    const chat = directory.chatOfKey(key);
    return {
      door: "webhook",
      method: "POST",
      credential: key,
      chat: chat ?? null,
      bodyBytesMax: WEBHOOK_BODY_BYTES_MAX,
      tooLong: () => bodyTooLong(blame, key),
      judge(body) {
        if (chat === undefined) return { refusal: refusals.noWebhook() };
        const payload = readWebhook(body);
        if (isRefusal(payload)) return blameBody(blame, key, payload);
        if (payload.picture === null && Buffer.byteLength(body) > BODY_BYTES_MAX) return bodyTooLong(blame, key);
        if (!windows.take(key, now())) return blame("too-often", key, refusals.tooOften());
        return { show: () => showPush(chat, payload) };
      },
    };
  };

  const showPush = (chat: string, payload: Payload): void => {
    const { kind, text, picture } = payload;
    // A literal "@name" in the text pings nobody; only ids in the list or written <@id> do.
    const mentions = payload.pings
      ? [...directory.membersAmong(chat, payload.mentioned), ...directory.mentionedIn(chat, text)]
      : [];
    if (picture !== null) history.putPicture(picture.md5, picture.bytes).catch(() => undefined);
    chats.show(chat, { from: "webhook", kind, text, mentions: [...new Set(mentions)], picture: picture?.md5 ?? null });
  };

  const answer = (code: string): Knock => {
    const addressed = codes.look(code, now());
    return {
      door: "response",
      method: "POST",
      credential: code,
      chat: typeof addressed === "string" ? null : addressed.chat,
      bodyBytesMax: BODY_BYTES_MAX,
      tooLong: () => bodyTooLong(blame, code),
      judge(body) {
        // Looked up again: while this body was being read, another request may have used the code.
        const found = codes.look(code, now());
        if (typeof found === "string") {
          const refusal = refusals.codeGone();
          return found === "used" && !inDoubt.has(code) ? blame("used-twice", code, refusal) : { refusal };
        }
        const payload = readAnswer(body);
        if (isRefusal(payload)) return blameBody(blame, code, payload);
        return {
          show() {
            codes.burn(code);
            // In groups the answer hangs below the message that it answers; a card cannot quote (wecom.md 2.5).
            const quoting = payload.kind === "card" ? null : found.message;
            showAnswer(chats, found.chat, payload, quoting);
          },
        };
      },
    };
  };

  return { webhook, answer, leaveInDoubt: (credential) => void inDoubt.add(credential) };
}

/** Shown by the bot below `quoting`, whether it came through a response_url or as a passive answer. */
export function showAnswer(
  chats: Chats,
  chat: string,
  payload: Pick<Payload, "kind" | "text">,
  quoting: string | null,
): Shown {
  const quoted = quoting === null ? undefined : chats.find(chat, quoting);
  return chats.show(chat, {
    from: "bot",
    kind: payload.kind,
    text: payload.text,
    quoting,
    quote: quoted?.text ?? null,
  });
}
