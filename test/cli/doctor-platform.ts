/** A platform as the doctor asks it: each path answers what a test says, over real HTTP and a real socket. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { type WebSocket, WebSocketServer } from "ws";
import { listen } from "./doctor-bench.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly json: unknown;
}

export interface Imitation {
  readonly url: string;
  readonly wsUrl: string;
  readonly asked: Asked[];
  /** What came over sockets. */
  readonly frames: { readonly cmd: string; readonly body: Record<string, unknown> }[];
  on(path: string, answer: Answer | ((asked: Asked) => Answer)): void;
  /** How a subscription is answered. */
  onSubscribe(errcode: number, errmsg: string): void;
  /** How far its clock is behind, ms. */
  behind: number;
  reset(): void;
  asksOf(path: string): readonly Asked[];
  close(): Promise<void>;
}

export async function openImitation(): Promise<Imitation> {
  const answers = new Map<string, Answer | ((asked: Asked) => Answer)>();
  const asked: Asked[] = [];
  const frames: Imitation["frames"] = [];
  const open = new Set<Socket>();
  let subscription = { errcode: 0, errmsg: "ok" };

  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://here");
      const one = { method: request.method ?? "", path, query, headers: request.headers, body };
      if (one.method !== "HEAD") asked.push(one);
      const found = answers.get(path);
      const { status = 200, json } = (typeof found === "function" ? found(one) : found) ?? { status: 404, json: {} };
      response.setHeader("date", new Date(Date.now() - imitation.behind).toUTCString());
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket: WebSocket) => {
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as { cmd: string; headers: object; body: Record<string, unknown> };
      frames.push(frame);
      const answer = frame.cmd === "aibot_subscribe" ? subscription : { errcode: 0, errmsg: "ok" };
      socket.send(JSON.stringify({ headers: frame.headers, ...answer }));
    });
  });

  const port = await listen(server);
  const imitation: Imitation = {
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    asked,
    frames,
    behind: 0,
    on: (path, answer) => void answers.set(path, answer),
    onSubscribe(errcode, errmsg) {
      subscription = { errcode, errmsg };
    },
    reset() {
      answers.clear();
      asked.length = 0;
      frames.length = 0;
      subscription = { errcode: 0, errmsg: "ok" };
      imitation.behind = 0;
    },
    asksOf: (path) => asked.filter((each) => each.path === path),
    async close() {
      for (const socket of open) socket.destroy();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return imitation;
}
