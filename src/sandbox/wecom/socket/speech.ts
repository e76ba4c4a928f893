/** What the bot says over its long connection: each frame a refusal, or something to show (wecom.md 2.7). */
import { z } from "zod";
import type { Chats } from "../../chats.ts";
import { openWindowPer } from "../../window.ts";
import type { Directory } from "../directory.ts";
import { showAnswer } from "../doors.ts";
import { refusals } from "../errcodes.ts";
import { type Blame, blameBody, type Verdict } from "../knock.ts";
import { isRefusal, readSpoken, readStream, readWelcome } from "../payloads.ts";
import { singleChat } from "../rooms.ts";
import type { Frame } from "./frames.ts";
import type { BotRequest, Requests } from "./requests.ts";

export interface SpeechParts {
  readonly chats: Chats;
  readonly directory: Directory;
  readonly requests: Requests;
  readonly blame: Blame;
  readonly now: () => number;
  /** The account behind an id that callbacks carried. */
  readonly accountOf: (id: string) => string;
  /** Whether the requests of an earlier connection can still be answered. */
  readonly requestsSurvive: boolean;
}

export interface Said {
  /** Where it would be shown; null where that is nowhere. */
  readonly room: string | null;
  judge(): Verdict;
}

export interface Speech {
  /** `line`: the connection it came on. */
  hear(frame: Frame, line: number): Said;
  /** Somebody said something to the bot here: from now on it may speak of its own accord. */
  opened(room: string): void;
  leaveInDoubt(reqId: string): void;
}

/** A stream has to be finished (wecom.md 2.7: 6 or 10 minutes; the shorter one). Counted from its first frame. */
const STREAM_MS = 6 * 60_000;
/** The welcome to somebody who enters. */
const WELCOME_MS = 5_000;
/** Replies and pushes together, each frame of a stream too, per conversation. */
const LIMITS = [
  { limit: 30, spanMs: 60_000 },
  { limit: 1000, spanMs: 3_600_000 },
];

const address = z.looseObject({
  chatid: z.string(),
  chat_type: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
});

export function openSpeech(parts: SpeechParts): Speech {
  const { chats, directory, requests, blame, now, accountOf, requestsSurvive } = parts;
  const windows = openWindowPer(LIMITS);
  const open = new Set<string>();
  const inDoubt = new Set<string>();

  const within = (room: string, show: () => void): Verdict =>
    windows.take(room, now()) ? { show } : blame("too-often", room, refusals.tooOften());

  const stream = (frame: Frame, request: BotRequest): Verdict => {
    const said = readStream(frame.body);
    if (isRefusal(said)) return blameBody(blame, frame.reqId, said);
    const { stream: begun, room } = request;
    if (begun !== null && now() - begun.begun > STREAM_MS) return { refusal: refusals.streamExpired() };
    if (begun !== null && begun.id !== said.id) {
      return blameBody(blame, frame.reqId, refusals.badParameter("stream.id is not the one of this req_id"));
    }
    return within(room, () => {
      // The whole text so far each time: it takes the place of what stood there.
      const shown =
        begun === null
          ? showAnswer(chats, room, { kind: "markdown", text: said.content }, request.message)
          : chats.change(begun.shown, { text: said.content });
      request.stream = { id: said.id, begun: begun?.begun ?? now(), shown };
      request.spent = said.finish;
    });
  };

  const respond = (frame: Frame, request: BotRequest | undefined): Verdict => {
    if (request === undefined || request.event !== null) return { refusal: refusals.badRequestId() };
    if (request.spent) {
      const refusal = refusals.streamExpired();
      return inDoubt.has(frame.reqId) ? { refusal } : blame("used-twice", frame.reqId, refusal);
    }
    if (isStream(frame.body)) return stream(frame, request);
    const payload = readSpoken(frame.body);
    if (isRefusal(payload)) return blameBody(blame, frame.reqId, payload);
    const { room } = request;
    return within(room, () => {
      request.spent = true;
      showAnswer(chats, room, payload, payload.kind === "card" ? null : request.message);
    });
  };

  const welcome = (frame: Frame, request: BotRequest | undefined): Verdict => {
    const isLate = request !== undefined && now() - request.issued > WELCOME_MS;
    if (request?.event !== "enter_chat" || request.spent || isLate) return { refusal: refusals.badRequestId() };
    const payload = readWelcome(frame.body);
    if (isRefusal(payload)) return blameBody(blame, frame.reqId, payload);
    return within(request.room, () => {
      request.spent = true;
      showAnswer(chats, request.room, payload, null);
    });
  };

  /** Nobody has spoken to the bot there yet (wecom.md 2.7), or there is no such chat. After a restart the groups' own history tells. */
  const isOpen = (room: string): boolean =>
    open.has(room) ||
    (directory.group(room) !== undefined &&
      chats.sent(room).some(({ from, heard }) => heard && directory.person(from)));

  const roomOf = (body: unknown): string | null => {
    const { data } = address.safeParse(body);
    if (data === undefined) return null;
    if (data.chat_type !== 1 && directory.group(data.chatid) !== undefined) return data.chatid;
    if (data.chat_type === 2) return null;
    const account = accountOf(data.chatid);
    return singleChat(directory.person(account)?.account ?? account);
  };

  const push = (frame: Frame, room: string | null): Verdict => {
    if (!address.safeParse(frame.body).success) return blameBody(blame, frame.reqId, refusals.badParameter("chatid"));
    const payload = readSpoken(frame.body);
    if (isRefusal(payload)) return blameBody(blame, frame.reqId, payload);
    if (room === null || !isOpen(room)) return { refusal: refusals.neverSpoken() };
    // "Single chat only" (wecom.md 2.7); what a group does with it nobody has documented.
    if (payload.kind === "card" && directory.group(room) !== undefined) return { refusal: refusals.badType() };
    return within(room, () => showAnswer(chats, room, payload, null));
  };

  return {
    hear(frame, line) {
      if (frame.cmd === "aibot_send_msg") {
        const room = roomOf(frame.body);
        return { room, judge: () => push(frame, room) };
      }
      const found = requests.look(frame.reqId, now());
      const request = found !== undefined && (requestsSurvive || found.line === line) ? found : undefined;
      const room = request?.room ?? null;
      switch (frame.cmd) {
        case "aibot_respond_msg":
          return { room, judge: () => respond(frame, request) };
        case "aibot_respond_welcome_msg":
          return { room, judge: () => welcome(frame, request) };
        default:
          // Changing a bot's card and uploading are real commands that the desk never sends.
          return { room, judge: () => blameBody(blame, frame.reqId, refusals.badParameter(`cmd ${frame.cmd}`)) };
      }
    },
    opened: (room) => void open.add(room),
    leaveInDoubt: (reqId) => void inDoubt.add(reqId),
  };
}

function isStream(body: unknown): boolean {
  return typeof body === "object" && body !== null && "msgtype" in body && body.msgtype === "stream";
}
