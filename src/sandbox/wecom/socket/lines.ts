/** The connections of the AI bot: at most one is subscribed, the newest; a silent one is dropped (wecom.md 2.7). */
import type { Server } from "node:http";
import { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** One connection. */
export interface Line {
  /** Counts from 1. */
  readonly nth: number;
  /** Says nothing where the connection is gone. */
  tell(frame: string): void;
  /** It has shown that it is alive. */
  heard(): void;
  reset(): void;
}

export interface Lines {
  /** The subscribed one. */
  current(): Line | null;
  /** From now on this one; another that was subscribed is taken leave of and closed. */
  subscribe(line: Line): void;
  attempts(): number;
  kick(): void;
  drop(how: "reset" | "silent"): void;
  refuse(on: boolean): void;
  close(): void;
}

export interface LinesOptions {
  readonly http: Server;
  readonly silenceMs: number;
  /** The last frame that a replaced connection is told. */
  readonly farewell: () => string;
  readonly onFrame: (line: Line, text: string) => void;
}

interface Held extends Line {
  readonly socket: WebSocket;
  leave(farewell: string): void;
  /** Reads nothing more, says nothing more, and stays: a connection whose other end has gone without a word. */
  fallSilent(): void;
}

const FRAME_BYTES_MAX = 1 << 20;

export function openLines({ http, silenceMs, farewell, onFrame }: LinesOptions): Lines {
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES_MAX });
  const held = new Set<Held>();
  let subscribed: Held | null = null;
  let attempts = 0;
  let isRefusing = false;

  http.on("upgrade", (request, transport, head) => {
    attempts += 1;
    transport.on("error", () => undefined);
    if (isRefusing) transport.destroy();
    else server.handleUpgrade(request, transport, head, (socket) => hold(socket, transport, attempts));
  });

  function hold(socket: WebSocket, transport: unknown, nth: number): void {
    let isMute = false;
    const silence = setTimeout(() => socket.terminate(), silenceMs);
    const line: Held = {
      nth,
      socket,
      tell(frame) {
        if (!isMute && socket.readyState === socket.OPEN) socket.send(frame);
      },
      heard() {
        silence.refresh();
      },
      reset() {
        if (transport instanceof Socket) transport.resetAndDestroy();
      },
      leave(last) {
        clearTimeout(silence);
        socket.send(last, () => socket.close(1000));
      },
      fallSilent() {
        isMute = true;
        clearTimeout(silence);
        socket.pause();
      },
    };
    held.add(line);
    socket.on("message", (data) => {
      if (!isMute) onFrame(line, String(data));
    });
    // A frame that is too long, a reset: `close` follows.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(silence);
      held.delete(line);
      if (subscribed === line) subscribed = null;
    });
  }

  const release = (): Held | null => {
    const line = subscribed;
    subscribed = null;
    return line;
  };

  return {
    current: () => subscribed,
    subscribe(line) {
      const next = [...held].find(({ nth }) => nth === line.nth);
      if (next === undefined || next === subscribed) return;
      release()?.leave(farewell());
      subscribed = next;
    },
    attempts: () => attempts,
    kick: () => release()?.leave(farewell()),
    drop(how) {
      const line = release();
      if (how === "reset") line?.reset();
      else line?.fallSilent();
    },
    refuse(on) {
      isRefusing = on;
    },
    close() {
      for (const { socket } of held) socket.terminate();
      server.close();
    },
  };
}
