/**
 * Server-sent events: each message of the page's chats as it comes or changes, what became of what people said, and
 * every so often the desk's time and how much is on its way.
 */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Shown } from "../history.ts";
import type { PageChat } from "./chat.ts";
import { messageView } from "./message-view.ts";
import type { Fate, Stage } from "./stage.ts";
import type { Status, Undelivered } from "./status.ts";

export interface Live {
  /** A page that is made now shows everything up to here. */
  place(): string;
  /** Writes what happened since `place`, then whatever comes; false where too many are watching. */
  watch(response: ServerResponse, place: string): boolean;
  tellTime(now: number): void;
  /** Something that was said has not reached the desk, and will not. */
  tellLost(chat: string, fate: Fate): void;
  /** Reads the status anew, and tells it where it has changed. */
  status(): Promise<Status>;
}

export interface LiveOptions {
  readonly stages: readonly Stage[];
  readonly chats: readonly PageChat[];
  readonly now: () => Promise<number>;
  readonly undelivered: () => Promise<Undelivered>;
  readonly saying: () => number;
}

const WATCHERS_MAX = 64;
/** More than a page holds is not caught up: whoever was away that long loads it anew. */
const CATCH_UP_MAX = 500;
const UNSENT_BYTES_MAX = 1 << 20;
const TIME_EVERY_MS = 5_000;
const STATUS_EVERY_MS = 1_000;
const RECONNECT_MS = 1_000;

export function openLive({ stages, chats, now, undelivered, saying }: LiveOptions): Live {
  const byChat = new Map(chats.map((one) => [one.chat, one]));
  const watchers = new Set<ServerResponse>();
  // The ids of messages do not tell what was changed, nor which of two platforms was first: so happenings are counted.
  const life = randomUUID();
  const happened: Pick<Shown, "chat" | "id">[] = [];
  let count = 0;
  let toldStatus = "";

  const tell = (event: string): void => {
    for (const watcher of watchers) {
      // A telephone that went to sleep must not fill our memory; it reconnects and catches up.
      if (watcher.writableLength > UNSENT_BYTES_MAX) watcher.destroy();
      else watcher.write(event);
    }
  };
  const place = (): string => `${life}.${count}`;
  const messageEvent = (message: Shown, { chat, stage }: PageChat): string => {
    const data = JSON.stringify({ chat, html: messageView(message, stage).text });
    return `id: ${place()}\nevent: message\ndata: ${data}\n\n`;
  };
  const timeEvent = (at: number): string => `event: time\ndata: ${at}\n\n`;
  const tellTime = (at: number): void => tell(timeEvent(at));

  /** Each message once, as it stands now; in whatever order it happened, the page puts it where it belongs. */
  const missedSince = (from: string): Pick<Shown, "chat" | "id">[] => {
    const [itsLife, itsCount] = from.split(".");
    const behind = count - Number(itsCount);
    // Of another life, or too far back: everything that a page would show.
    if (itsLife !== life || !(behind >= 0 && behind <= happened.length)) {
      return chats.flatMap(({ chat, stage }) => stage.sent(chat)).sort((a, b) => (a.id < b.id ? -1 : 1));
    }
    const missed = behind === 0 ? [] : happened.slice(-behind);
    return [...new Map(missed.map((one) => [one.id, one])).values()];
  };

  const status = async (): Promise<Status> => {
    const lanes = await undelivered();
    const situations = Object.fromEntries(stages.map((stage) => [stage.platform, stage.situation()]));
    const read = { ...lanes, saying: saying(), situations };
    const data = JSON.stringify(read);
    if (data !== toldStatus) tell(`event: status\ndata: ${data}\n\n`);
    toldStatus = data;
    return read;
  };

  const stopListening = stages.map((stage) =>
    stage.onMessage((message) => {
      const chat = byChat.get(message.chat);
      if (chat?.stage !== stage) return;
      count += 1;
      happened.push({ chat: message.chat, id: message.id });
      if (happened.length > CATCH_UP_MAX) happened.shift();
      tell(messageEvent(message, chat));
    }),
  );
  // What cannot be read (Redis is away) is told at the next turn.
  const every = (ms: number, read: () => Promise<unknown>): NodeJS.Timeout =>
    setInterval(() => {
      if (watchers.size > 0) read().catch(() => undefined);
    }, ms).unref();
  const clocks = [every(TIME_EVERY_MS, () => now().then(tellTime)), every(STATUS_EVERY_MS, status)];
  const close = (): void => {
    for (const stop of stopListening) stop();
    for (const clock of clocks) clearInterval(clock);
    for (const watcher of watchers) watcher.end();
  };
  for (const stage of stages) stage.onClose(close);

  return {
    place,
    watch(response, from) {
      if (watchers.size >= WATCHERS_MAX) return false;
      response.writeHead(200, { "content-type": "text/event-stream", "x-accel-buffering": "no" });
      response.write(`retry: ${RECONNECT_MS}\n\n`);
      if (toldStatus !== "") response.write(`event: status\ndata: ${toldStatus}\n\n`);
      for (const { chat, id } of missedSince(from).slice(-CATCH_UP_MAX)) {
        const here = byChat.get(chat);
        const message = here?.stage.find(chat, id);
        if (here !== undefined && message !== undefined) response.write(messageEvent(message, here));
      }
      response.on("close", () => watchers.delete(response));
      watchers.add(response);
      return true;
    },
    tellTime,
    tellLost(chat, { message, reason, attempts }) {
      tell(`event: lost\ndata: ${JSON.stringify({ chat, message, reason, attempts })}\n\n`);
    },
    status,
  };
}
