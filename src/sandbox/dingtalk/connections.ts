/** The sockets of the stream: who may open one, what the platform says on them by itself, and how they end (dingtalk.md 2). */
import { randomInt, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { type Ack, BOT_TOPIC, frame, readAck } from "./frames.ts";
import type { Tickets } from "./tickets.ts";
import type { Violate } from "./violation.ts";

/** `frame`: DingTalk says so, is silent for a while, and closes. `silent`: it has forgotten the socket, which stays open. */
export type DisconnectHow = "frame" | "reset" | "silent";

export interface Connections {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Pushes down one live connection, chosen at random (dingtalk.md 2.4); the frame's messageId, or null: there is none. */
  push(data: string): string | null;
  /** Those to which a message could go. */
  count(): number;
  disconnectAll(how: DisconnectHow): void;
  refuse(on: boolean): void;
  sendAll(text: string): void;
  close(): void;
}

export interface ConnectionsOptions {
  readonly tickets: Tickets;
  readonly now: () => number;
  readonly pingEveryMs: number;
  /** Between the frame that says goodbye and the end. */
  readonly disconnectAfterMs: number;
  /** False: no such message was ever pushed. */
  readonly onAck: (ack: Ack) => boolean;
  readonly violate: Violate;
}

interface Connection {
  readonly id: string;
  readonly ws: WebSocket;
  readonly socket: Socket;
  readonly hearsRobot: boolean;
  /** messageIds of SYSTEM frames. A ping's opaque data must come back; whether a `disconnect` is answered is all the same. */
  readonly systems: Map<string, string | null>;
  state: "live" | "leaving" | "forgotten";
  stopTimers(): void;
}

export function openConnections(options: ConnectionsOptions): Connections {
  const { tickets, now, pingEveryMs, disconnectAfterMs, onAck, violate } = options;
  const server = new WebSocketServer({ noServer: true });
  const open = new Set<Connection>();
  let refusing = false;

  const live = (): Connection[] =>
    [...open].filter(({ state, hearsRobot, ws }) => state === "live" && hearsRobot && ws.readyState === ws.OPEN);

  const sendSystem = (connection: Connection, topic: "ping" | "disconnect", data: string): void => {
    const sent = frame({ type: "SYSTEM", topic, connectionId: connection.id, data, at: now() });
    connection.systems.set(sent.messageId, topic === "ping" ? data : null);
    connection.ws.send(sent.text);
  };

  const ping = (connection: Connection): void => {
    if ([...connection.systems.values()].some((data) => data !== null)) {
      violate("ping-unanswered", connection.id, "a ping was still unanswered when the next was due");
      connection.systems.clear();
    }
    sendSystem(connection, "ping", JSON.stringify({ opaque: randomUUID() }));
  };

  const hear = (connection: Connection, text: string): void => {
    const ack = readAck(text);
    if (ack === null) {
      violate("malformed", connection.id, `not an ACK: ${text.slice(0, 200)}`);
      return;
    }
    const { messageId } = ack.headers;
    const echo = connection.systems.get(messageId);
    if (echo === undefined) {
      if (!onAck(ack)) violate("unknown-ack", connection.id, `no such frame: ${messageId}`);
      return;
    }
    if (echo !== null && ack.data !== echo) violate("malformed", connection.id, "a ping's data was not echoed");
    if (echo !== null) connection.systems.delete(messageId);
  };

  const enrol = (ws: WebSocket, socket: Socket, topics: readonly string[]): void => {
    const pinging = setInterval(() => ping(connection), pingEveryMs);
    const connection: Connection = {
      id: randomUUID(),
      ws,
      socket,
      hearsRobot: topics.includes(BOT_TOPIC) || topics.includes("*"),
      systems: new Map(),
      state: "live",
      stopTimers: () => clearInterval(pinging),
    };
    open.add(connection);
    ws.on("message", (data: RawData) => hear(connection, String(data)));
    ws.on("error", () => undefined);
    ws.on("close", () => {
      connection.stopTimers();
      open.delete(connection);
    });
  };

  const leave = (connection: Connection, how: DisconnectHow): void => {
    connection.stopTimers();
    if (how === "reset") {
      open.delete(connection);
      connection.socket.resetAndDestroy();
    } else if (how === "silent") {
      connection.state = "forgotten";
      // Not even a ping of the protocol is answered any more.
      connection.ws.pause();
    } else {
      connection.state = "leaving";
      sendSystem(connection, "disconnect", JSON.stringify({ reason: "connection is expired" }));
      const ending = setTimeout(() => connection.ws.terminate(), disconnectAfterMs);
      connection.stopTimers = () => clearTimeout(ending);
    }
  };

  return {
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? "/", "ws://dingtalk.invalid");
      const ticket = url.searchParams.get("ticket") ?? "";
      if (url.pathname !== "/connect") return turnAway(socket, 404, "Not Found");
      if (refusing) return turnAway(socket, 503, "Service Unavailable");
      const topics = tickets.redeem(ticket, now());
      if (typeof topics === "string") {
        if (topics === "used") violate("ticket-reused", ticket, "a ticket opens one connection");
        return turnAway(socket, 401, "Unauthorized");
      }
      server.handleUpgrade(request, socket, head, (ws) => enrol(ws, request.socket, topics));
    },
    push(data) {
      const candidates = live();
      const chosen = candidates[candidates.length < 2 ? 0 : randomInt(candidates.length)];
      if (chosen === undefined) return null;
      const sent = frame({ type: "CALLBACK", topic: BOT_TOPIC, connectionId: chosen.id, data, at: now() });
      chosen.ws.send(sent.text);
      return sent.messageId;
    },
    count: () => live().length,
    disconnectAll(how) {
      for (const connection of open) if (connection.state === "live") leave(connection, how);
    },
    refuse(on) {
      refusing = on;
    },
    sendAll(text) {
      for (const { ws, state } of open) if (state === "live") ws.send(text);
    },
    close() {
      for (const connection of open) {
        connection.stopTimers();
        connection.ws.terminate();
      }
      server.close();
    },
  };
}

function turnAway(socket: Duplex, status: number, words: string): void {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status} ${words}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
