/**
 * The robot's messages over a socket of our own (dingtalk.md 2): DingTalk's client for Node storms, dies of a frame that
 * is no JSON, and waits in silence where it is told to leave (2.6).
 */
import type { Message } from "../../chat/message.ts";
import { notTaken } from "../../words/replies.ts";
import { openBackOff, type Tried } from "../backoff.ts";
import type { Hearing, Link, Log, Socket } from "../platform.ts";
import { type Connection, type ConnectionTimes, openConnection } from "./connection.ts";
import { ack, type Frame, readFrame } from "./frame.ts";
import type { Invitation } from "./gateway.ts";
import type { HearDeps } from "./hear.ts";
import { openReception } from "./reception.ts";
import type { SayByWebhook } from "./say-webhook.ts";

export interface StreamTimes extends ConnectionTimes {
  /** How long a connection whose place was taken is still listened to; the server leaves it after ten seconds. */
  readonly retireMs: number;
  /** After so long without a frame another connection is made, once: a dead one may still answer pings (2.5). */
  readonly silenceMs: number;
}

export const streamTimes: StreamTimes = {
  handshakeMs: 10_000,
  pingEveryMs: 25_000,
  closeMs: 1000,
  retireMs: 8000,
  silenceMs: 90_000,
};

export interface StreamDeps {
  readonly gateway: () => Promise<Invitation>;
  readonly hearing: HearDeps;
  readonly byWebhook: SayByWebhook;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
  readonly times?: StreamTimes;
  readonly random?: () => number;
}

export function openStream(deps: StreamDeps): Socket {
  return { name: "dingtalk-stream", lane: null, open: (hearing, onUp) => openLink(deps, hearing, onUp) };
}

/** People whose message was not kept are told once, however often it comes again. */
const TOLD_MAX = 1000;

function openLink(deps: StreamDeps, hearing: Hearing, onUp: () => void): Link {
  const { gateway, log, times = streamTimes, random = Math.random } = deps;
  const receive = openReception({ ...deps, ...hearing });
  const connections = new Set<Connection>();
  const inHand = new Set<Promise<void>>();
  const told = new Set<string>();
  let current: Connection | null = null;
  let closing = false;
  let garbage = 0;
  let silence: NodeJS.Timeout | undefined;
  let renewedForSilence = false;

  const backOff = openBackOff({
    attempt: tryOnce,
    timer: (ms, done) => {
      const timer = setTimeout(done, ms);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
    random,
  });
  backOff.start();

  async function tryOnce(): Promise<Tried> {
    const invitation = await gateway();
    if (closing) return "failed";
    if (invitation.kind !== "invited") {
      log.warn({ platform: "dingtalk", reason: invitation.reason }, `stream ${invitation.kind}`);
      return invitation.kind;
    }
    const tried = await connect(invitation.url);
    // Opened and gone in the same breath.
    return tried === "up" && current === null ? "failed" : tried;
  }

  function connect(url: URL): Promise<Tried> {
    return new Promise((resolve) => {
      const connection = openConnection(url, times, {
        opened: () => {
          if (!closing) adopt(connection);
          resolve("up");
        },
        heard: (text) => take(connection, text),
        closed: (reason) => {
          connections.delete(connection);
          if (!closing) log.info({ platform: "dingtalk", reason }, "stream connection closed");
          // Nothing where it had been opened.
          resolve("failed");
          if (current !== connection) return;
          current = null;
          backOff.lost();
        },
      });
      connections.add(connection);
    });
  }

  function adopt(connection: Connection): void {
    // The old one still brings what was on its way, and gets its acknowledgements.
    if (current !== null) retire(current);
    current = connection;
    watchSilence();
    log.info({ platform: "dingtalk" }, "stream connected");
    onUp();
  }

  function retire(connection: Connection): void {
    const timer = setTimeout(() => void connection.close(), times.retireMs);
    timer.unref();
  }

  function take(connection: Connection, text: string): void {
    const frame = readFrame(text);
    if (frame === null) {
      garbage++;
      log.warn({ platform: "dingtalk", garbage }, "stream frame not understood");
      hearing.dropped();
      return;
    }
    // To be sent away proves nothing: a server may say that to everybody who comes.
    if (frame.kind !== "disconnect") backOff.proven();
    renewedForSilence = false;
    if (connection === current) watchSilence();
    react(connection, frame);
  }

  function react(connection: Connection, frame: Frame): void {
    switch (frame.kind) {
      case "ping":
        connection.say(ack(frame.id, 200, frame.data));
        return;
      case "disconnect":
        if (connection === current && !closing) backOff.renew();
        return;
      case "notice":
        return;
      case "unknown":
        log.info({ platform: "dingtalk", reason: `topic ${frame.topic}` }, "callback dropped");
        hearing.dropped();
        connection.say(ack(frame.id, 404));
        return;
      case "message": {
        // Not acknowledged, it is pushed again: to the process that comes after this one.
        if (closing) return;
        const handling = keep(connection, frame.id, frame.data).finally(() => inHand.delete(handling));
        inHand.add(handling);
      }
    }
  }

  async function keep(connection: Connection, id: string, data: string): Promise<void> {
    const received = await receive(data);
    if (received.kind === "lost") return apologise(received.message);
    if (received.kind === "malformed") hearing.refused(400);
    connection.say(ack(id, received.kind === "malformed" ? 400 : 200));
  }

  async function apologise({ id, answer }: Message): Promise<void> {
    if (answer?.kind !== "address" || told.has(id)) return;
    if (told.size >= TOLD_MAX) told.clear();
    told.add(id);
    const outcome = await deps.byWebhook(new URL(answer.url), [], { text: notTaken() });
    if (outcome.kind === "sent") return;
    log.warn({ platform: "dingtalk", id, reason: outcome.reason }, "nobody was told that a message was not taken");
  }

  function watchSilence(): void {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (closing || renewedForSilence || current === null) return;
      renewedForSilence = true;
      log.warn({ platform: "dingtalk" }, "stream is silent, connecting anew");
      backOff.renew();
    }, times.silenceMs);
  }

  return {
    state: () => (current !== null ? "up" : backOff.isRefused() ? "refused" : "connecting"),
    async close() {
      closing = true;
      backOff.stop();
      clearTimeout(silence);
      await Promise.all(inHand);
      await Promise.all([...connections].map((connection) => connection.close()));
      current = null;
    },
  };
}
