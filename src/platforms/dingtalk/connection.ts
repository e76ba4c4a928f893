/** One socket to DingTalk, from its opening to its end: it is watched, and whatever happens to it is told once. */
import type { RawData } from "ws";
import { WebSocket } from "ws";

export interface ConnectionTimes {
  readonly handshakeMs: number;
  readonly pingEveryMs: number;
  /** How long the other side may take to say goodbye. */
  readonly closeMs: number;
}

export interface ConnectionEars {
  opened(): void;
  heard(text: string): void;
  /** Once, and nothing after it. */
  closed(reason: string): void;
}

export interface Connection {
  say(text: string): void;
  /** Says goodbye; resolves when it is closed, which is soon. */
  close(): Promise<void>;
}

/** The global WebSocket cannot ping; without that a cable that was pulled looks like silence (dingtalk.md 2.5). */
const MISSES_MAX = 2;
/** A message of a mebibyte, escaped twice. */
const FRAME_BYTES_MAX = 4 << 20;

export function openConnection(url: URL, times: ConnectionTimes, ears: ConnectionEars): Connection {
  const socket = new WebSocket(url, {
    handshakeTimeout: times.handshakeMs,
    maxPayload: FRAME_BYTES_MAX,
    perMessageDeflate: false,
  });
  let unanswered = 0;
  let watch: NodeJS.Timeout | undefined;
  let fault: string | null = null;

  const gone = new Promise<void>((resolve) => {
    socket.on("close", (code) => {
      clearInterval(watch);
      ears.closed(fault ?? `closed with ${code}`);
      resolve();
    });
  });
  // Always followed by "close". Its words may hold the address, and with it the ticket.
  socket.on("error", (error: NodeJS.ErrnoException) => {
    fault ??= error.code ?? (/^Unexpected server response: \d+$/.test(error.message) ? error.message : error.name);
  });
  socket.on("open", () => {
    watch = setInterval(checkPulse, times.pingEveryMs);
    ears.opened();
  });
  socket.on("message", (data) => {
    unanswered = 0;
    ears.heard(textOf(data));
  });
  socket.on("pong", () => {
    unanswered = 0;
  });

  function checkPulse(): void {
    if (unanswered >= MISSES_MAX) {
      fault ??= "no pulse";
      socket.terminate();
      return;
    }
    unanswered++;
    socket.ping();
  }

  return {
    say(text) {
      // What cannot be said any more is not acknowledged, and comes again.
      if (socket.readyState === WebSocket.OPEN) socket.send(text, () => {});
    },
    async close() {
      const deadline = setTimeout(() => socket.terminate(), times.closeMs);
      // While it is still connecting this ends the attempt, with an error of its own.
      socket.close(1000);
      await gone;
      clearTimeout(deadline);
    },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString("utf8");
}
