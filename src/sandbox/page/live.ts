/** Server-sent events: each new message of the page's groups, and the desk's time every few seconds. */
import type { ServerResponse } from "node:http";
import type { Shown } from "../history.ts";
import type { WecomServer } from "../wecom-server.ts";
import { messageView } from "./message-view.ts";

export interface Live {
  /** Writes everything after `after`, then whatever comes; false where too many are watching. */
  watch(response: ServerResponse, after: string): boolean;
  tellTime(now: number): void;
}

export interface LiveOptions {
  readonly server: WecomServer;
  readonly chats: readonly string[];
  readonly now: () => Promise<number>;
}

const WATCHERS_MAX = 64;
/** More than a page holds is not caught up: whoever was away that long loads it anew. */
const CATCH_UP_MAX = 500;
const UNSENT_BYTES_MAX = 1 << 20;
const TIME_EVERY_MS = 5_000;
const RECONNECT_MS = 1_000;

export function openLive({ server, chats, now }: LiveOptions): Live {
  const onPage = new Set(chats);
  const watchers = new Set<ServerResponse>();

  const tell = (event: string): void => {
    for (const watcher of watchers) {
      // A telephone that went to sleep must not fill our memory; it reconnects and catches up.
      if (watcher.writableLength > UNSENT_BYTES_MAX) watcher.destroy();
      else watcher.write(event);
    }
  };
  const messageEvent = (message: Shown): string => {
    const data = JSON.stringify({ chat: message.chat, html: messageView(message, server).text });
    return `id: ${message.id}\nevent: message\ndata: ${data}\n\n`;
  };
  const timeEvent = (at: number): string => `event: time\ndata: ${at}\n\n`;
  const tellTime = (at: number): void => tell(timeEvent(at));

  const stopListening = server.onMessage((message) => {
    if (onPage.has(message.chat)) tell(messageEvent(message));
  });
  const clock = setInterval(() => {
    // A clock that cannot be read (Redis is away) is told at the next turn.
    if (watchers.size > 0) now().then(tellTime, () => undefined);
  }, TIME_EVERY_MS);
  clock.unref();
  server.onClose(() => {
    stopListening();
    clearInterval(clock);
    for (const watcher of watchers) watcher.end();
  });

  return {
    watch(response, after) {
      if (watchers.size >= WATCHERS_MAX) return false;
      response.writeHead(200, { "content-type": "text/event-stream", "x-accel-buffering": "no" });
      response.write(`retry: ${RECONNECT_MS}\n\n`);
      const missed = chats.flatMap((chat) => server.sent(chat).filter(({ id }) => id > after));
      missed.sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const message of missed.slice(-CATCH_UP_MAX)) response.write(messageEvent(message));
      response.on("close", () => watchers.delete(response));
      watchers.add(response);
      return true;
    },
    tellTime,
  };
}
