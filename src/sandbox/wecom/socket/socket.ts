/** The AI bot's long connection, server's side: subscribing, the pulse, callbacks out, answers in (wecom.md 2.7). */
import { z } from "zod";
import type { TroubleKind, TroubleScope, Troubles } from "../../trouble.ts";
import { openWindow } from "../../window.ts";
import type { Outcome } from "../delivery.ts";
import { OK, type Refusal, refusals } from "../errcodes.ts";
import type { Verdict } from "../knock.ts";
import type { Received } from "../receiving.ts";
import { ackFrame, callbackFrame, disconnectedFrame, type Frame, readFrame } from "./frames.ts";
import { type Line, type Lines, type LinesOptions, openLines } from "./lines.ts";
import { type Origin, openRequests } from "./requests.ts";
import { openSpeech, type SpeechParts } from "./speech.ts";

export interface SocketOptions {
  /** A connection that has not pinged for so long is dropped. Default 90,000. */
  readonly silenceMs?: number;
  /** Default 20: that there is a limit is documented, its size is not. */
  readonly subscribesPerMinute?: number;
  /** How late is `ack-late`. Default 5,500: clients wait five seconds. */
  readonly lateAckMs?: number;
  /** Whether a callback can be answered over a later connection. Nobody has documented it. Default true. */
  readonly requestsSurvive?: boolean;
}

export interface SocketControls {
  /** How many are subscribed: none, or one. */
  connections(): number;
  /** How often somebody tried to connect. */
  connectAttempts(): number;
  /** As if another process had subscribed for the bot. */
  kick(): void;
  /** `silent`: half open; nothing is read or said any more, and nobody is told. */
  dropSockets(how: "reset" | "silent"): void;
  refuseSockets(on: boolean): void;
  /** Any text to the subscribed connection. */
  sendFrame(text: string): void;
}

export interface BotSocket {
  readonly controls: SocketControls;
  /** Over the subscribed connection; lost where there is none (wecom.md 2.7). */
  carry(body: unknown, origin: Origin): Outcome;
  close(): void;
}

export interface SocketParts
  extends SocketOptions,
    Pick<LinesOptions, "http">,
    Omit<SpeechParts, "requests" | "requestsSurvive"> {
  readonly bot: { readonly id: string; readonly secret?: string };
  readonly troubles: Troubles;
  readonly onReceived: (received: Received) => void;
}

interface Addressed {
  readonly scope: TroubleScope;
  readonly room: string | null;
  readonly judge: () => Verdict;
}

/** Nothing is shown, and nothing is said. */
const UNSHOWN: ReadonlySet<TroubleKind> = new Set(["reset", "reset-before", "no-ack-unshown", "stall"]);
/** Shown, and not said in time. */
const UNTOLD: ReadonlySet<TroubleKind> = new Set(["ack-late", "no-ack", "timeout-after", "reset-after"]);

const subscription = z.looseObject({ bot_id: z.string(), secret: z.string() });

export function openBotSocket(parts: SocketParts): BotSocket {
  const { bot, troubles, blame, now, onReceived } = parts;
  const { silenceMs = 90_000, subscribesPerMinute = 20, lateAckMs = 5_500, requestsSurvive = true } = parts;
  if (bot.secret === undefined) throw new Error("a long connection needs the bot's secret");
  const requests = openRequests();
  const speech = openSpeech({ ...parts, requests, requestsSurvive });
  const subscribes = openWindow(subscribesPerMinute, 60_000);
  const lateAcks = new Set<NodeJS.Timeout>();
  const farewell = (): string => disconnectedFrame(bot.id, Math.floor(now() / 1000));
  const lines: Lines = openLines({ http: parts.http, silenceMs, farewell, onFrame });

  function onFrame(line: Line, text: string): void {
    const frame = readFrame(text);
    if (frame === null) {
      blame("malformed", "frame", refusals.badParameter("data format error"));
      return;
    }
    const { scope, room, judge } = addressed(line, frame);
    const trouble = troubles.next(scope, [room, frame.cmd]);
    const note = (errcode: number | null): void =>
      onReceived({
        door: "socket",
        path: frame.cmd,
        credential: frame.reqId,
        chat: room,
        body: text,
        trouble,
        errcode,
        at: now(),
      });
    answer(line, frame.reqId, trouble, judge, note);
  }

  function addressed(line: Line, { cmd, reqId, body }: Frame): Addressed {
    if (cmd === "aibot_subscribe") return { scope: "subscribe", room: null, judge: () => subscribe(line, body) };
    if (cmd === "ping") return { scope: "ping", room: null, judge: () => ({ show: line.heard }) };
    const said = speech.hear({ cmd, reqId, body }, line.nth);
    if (line === lines.current()) return { scope: "socket", ...said };
    // That one subscribes first is documented; the code is this imitation's choice.
    return { scope: "socket", room: said.room, judge: () => ({ refusal: refusals.badSecret() }) };
  }

  function subscribe(line: Line, body: unknown): Verdict {
    if (!subscribes.take(now())) return blame("too-often", bot.id, refusals.tooOften());
    const asked = subscription.safeParse(body);
    if (!asked.success) return blame("malformed", bot.id, refusals.badParameter("bot_id or secret"));
    if (asked.data.bot_id !== bot.id || asked.data.secret !== bot.secret) return { refusal: refusals.badSecret() };
    return {
      show() {
        line.heard();
        lines.subscribe(line);
      },
    };
  }

  function answer(
    line: Line,
    reqId: string,
    trouble: TroubleKind,
    judge: () => Verdict,
    note: (errcode: number | null) => void,
  ): void {
    const ack = (told: Refusal): void => {
      note(told.errcode);
      line.tell(ackFrame(reqId, told));
    };
    const instead = refusalIn(trouble);
    if (instead !== null) {
      ack(instead);
      return;
    }
    if (UNSHOWN.has(trouble)) {
      note(null);
      if (trouble !== "no-ack-unshown" && trouble !== "stall") line.reset();
      return;
    }
    const verdict = judge();
    if ("show" in verdict) verdict.show();
    const told = "show" in verdict ? OK : verdict.refusal;
    if (!UNTOLD.has(trouble)) {
      ack(told);
      return;
    }
    if (told === OK) speech.leaveInDoubt(reqId);
    if (trouble === "ack-late") {
      const timer = setTimeout(() => {
        lateAcks.delete(timer);
        ack(told);
      }, lateAckMs);
      lateAcks.add(timer);
      return;
    }
    note(null);
    if (trouble === "reset-after") line.reset();
  }

  return {
    carry(body, origin) {
      // Said is said: the conversation is open, even if the bot has not heard it.
      if (origin.event === null) speech.opened(origin.room);
      const line = lines.current();
      const outcome = { attempts: 1, status: null, reply: null };
      if (line === null) return { ...outcome, delivered: false, reason: "no-connection" };
      line.tell(callbackFrame(requests.issue(origin, line.nth, now()), body));
      return { ...outcome, delivered: true, reason: null };
    },
    controls: {
      connections: () => (lines.current() === null ? 0 : 1),
      connectAttempts: lines.attempts,
      kick: lines.kick,
      dropSockets: lines.drop,
      refuseSockets: lines.refuse,
      sendFrame: (text) => lines.current()?.tell(text),
    },
    close() {
      for (const timer of lateAcks) clearTimeout(timer);
      lines.close();
    },
  };
}

/** A bot in callback mode has no long connection. */
export function noSocket(): BotSocket {
  const none = (): never => {
    throw new Error("this imitation was not opened in socket mode");
  };
  const controls = {
    connections: () => 0,
    connectAttempts: () => 0,
    kick: none,
    dropSockets: none,
    refuseSockets: none,
    sendFrame: none,
  };
  return { controls, carry: none, close: () => undefined };
}

function refusalIn(trouble: TroubleKind): Refusal | null {
  switch (trouble) {
    case "busy":
      return refusals.busy();
    case "rate":
      return refusals.tooOften();
    case "expired":
      return refusals.streamExpired();
    case "invalid-req":
      return refusals.badRequestId();
    default:
      return null;
  }
}
