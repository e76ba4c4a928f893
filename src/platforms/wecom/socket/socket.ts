/**
 * The AI bot over its long connection (wecom.md 2.7): hears, answers, and stays connected until it is closed.
 *
 * A client of our own on `ws`, not `@wecom/aibot-node-sdk` 1.0.7: that one never connects again after a
 * `disconnected_event`, gives up after ten attempts (or five refusals) by an `error` event that ends the process where
 * nobody listens, waits five seconds for an answer where our leases last four, tells "not sent" and "nobody knows"
 * alike, drops no duplicates and keeps no pace, and brings axios along. What is needed is these three files.
 */
import { isAway } from "../../../store/connection.ts";
import * as words from "../../../words/replies.ts";
import type { Hearing, Link, LinkState, Log, Socket } from "../../platform.ts";
import { type HearDeps, hearBody } from "../hear.ts";
import type { HeardMessage } from "../heard.ts";
import type { Intake } from "../intake.ts";
import type { ThreadOrPush, Voice } from "../say.ts";
import { type Connection, connect, type Ending, TIMES, type Times } from "./connection.ts";
import type { Frame } from "./frame.ts";
import { openSocketSay, streamOf } from "./say.ts";
import { waitAfter } from "./wait.ts";

export interface BotSocketDeps extends HearDeps {
  readonly botId: string;
  readonly secret: string;
  readonly wsUrl: string;
  readonly openIntake: (accept: Hearing["accept"]) => Intake;
  readonly now: () => number;
  readonly log: Log;
  readonly times?: Times;
  readonly waitAfter?: typeof waitAfter;
  readonly drainMs?: number;
}

/** How long a closing waits for what is in hand. */
const DRAIN_MS = 8000;
/** A stream ends six minutes after the message (2.7), less what two clocks and a lease may cost. */
const ANSWER_LIFE_MS = 5 * 60_000;

export function openBotSocket(deps: BotSocketDeps): { readonly socket: Socket; readonly voice: Voice<ThreadOrPush> } {
  const { times = TIMES, drainMs = DRAIN_MS } = deps;
  const { log, now } = deps;
  /** The connection that lines go out over: subscribed, and not about to be closed. */
  let speaking: Pick<Connection, "ask"> | null = null;

  function open(hearing: Hearing, onUp: () => void): Link {
    const intake = deps.openIntake((message) => hearing.accept(message));
    const inHand = new Set<Promise<unknown>>();
    const hold = <T>(work: Promise<T>): Promise<T> => {
      inHand.add(work);
      const letGo = () => void inHand.delete(work);
      work.then(letGo, letGo);
      return work;
    };
    let state: LinkState = "connecting";
    /** Attempts since it was last up: a connection that is made and thrown out at once is none. */
    let failures = 0;
    let connection: Connection | null = null;
    let retry: NodeJS.Timeout | undefined;
    let closing: Promise<void> | null = null;

    function dial(): void {
      const dialled = connect({
        url: deps.wsUrl,
        botId: deps.botId,
        secret: deps.secret,
        times,
        now,
        onUp() {
          failures = 0;
          state = "up";
          if (closing) return;
          speaking = voice;
          log.info({ platform: "wecom" }, "long connection up");
          onUp();
        },
        onCallback: (frame) => onCallback(dialled, frame),
        onGarbage: (reason) => drop(reason),
        onEnd(ending) {
          if (speaking === voice) speaking = null;
          if (connection === dialled) connection = null;
          if (!closing) comeBack(ending);
        },
      });
      const voice: typeof speaking = { ask: (...what) => hold(dialled.ask(...what)) };
      connection = dialled;
    }

    function comeBack(ending: Ending): void {
      // Of a refusal or a rival people hear until it is over, not only between two attempts.
      const isPlain = ending.kind === "lost" || ending.kind === "pace";
      state = isPlain ? "connecting" : ending.kind;
      const waitMs = (deps.waitAfter ?? waitAfter)(ending, failures++, Math.random());
      const details = { platform: "wecom", ending: ending.kind, reason: ending.reason, waitMs: Math.round(waitMs) };
      log.warn(details, "long connection down");
      retry = setTimeout(dial, waitMs);
    }

    function onCallback(from: Connection, { cmd, headers, body }: Frame): void {
      if (body === undefined || (cmd !== "aibot_msg_callback" && cmd !== "aibot_event_callback")) drop(`${cmd}`);
      else if (isDisconnected(body)) from.end({ kind: "replaced", reason: "同一机器人在别处建立了连接" });
      // Any other event is well formed, and nothing for the desk.
      else onMessage(from, headers.req_id, body);
    }

    function onMessage(from: Connection, request: string, body: object): void {
      const heard = hearBody(body, deps, () => ({
        answer: { kind: "request", request, expires: now() + ANSWER_LIFE_MS },
        warning: null,
      }));
      if (heard.kind === "drop") drop(heard.reason);
      else void hold(take(from, request, heard));
    }

    async function take(from: Connection, request: string, heard: HeardMessage): Promise<void> {
      try {
        await intake(heard);
      } catch (error) {
        // There is no delivering again over a socket: the person is told at once.
        const { id, chat } = heard.message;
        const reason = isAway(error) ? "redis away" : String(error);
        log.error({ platform: "wecom", id, chat, reason }, "message not taken, and its sender told so");
        const told = await from.ask("aibot_respond_msg", request, streamOf(`not-taken-${now()}`, words.notTaken()));
        if (told.kind !== "acked" || told.errcode !== 0) log.warn({ platform: "wecom", id, chat }, "nor could be told");
      }
    }

    function drop(reason: string): void {
      log.info({ platform: "wecom", reason: reason.slice(0, 100) }, "frame dropped");
      hearing.dropped();
    }

    async function finish(): Promise<void> {
      clearTimeout(retry);
      speaking = null;
      await settled(inHand, drainMs);
      await connection?.close();
      // What came while it said goodbye.
      await settled(inHand, drainMs);
    }

    dial();
    return {
      state: () => state,
      close: () => (closing ??= finish()),
    };
  }

  return {
    socket: { name: "wecom-bot", lane: "wecom:socket", open },
    voice: {
      origin: new URL(deps.wsUrl).origin,
      say: openSocketSay({ connection: () => speaking, now, secret: deps.secret }),
    },
  };
}

function isDisconnected(body: { readonly event?: unknown }): boolean {
  const { event } = body;
  return (
    typeof event === "object" && event !== null && "eventtype" in event && event.eventtype === "disconnected_event"
  );
}

/** Until nothing is in hand, or no longer than this. */
async function settled(inHand: ReadonlySet<Promise<unknown>>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve();
    }, ms);
  });
  while (inHand.size > 0 && !isLate) await Promise.race([Promise.allSettled([...inHand]), late]);
  clearTimeout(timer);
}
