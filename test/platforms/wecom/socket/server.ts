/** The other end of the long connection, as small as a test needs it: it does what it is told and remembers what it heard. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

export interface Said {
  readonly cmd: string;
  readonly headers: { readonly req_id: string };
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface BotServer {
  readonly url: string;
  readonly heard: Said[];
  /** Every connection there has been, the latest last. */
  readonly sockets: WebSocket[];
  /** Answers a command; null: never. */
  answer: (said: Said, socket: WebSocket) => { errcode: number; errmsg?: string } | null;
  /** To the latest connection. */
  send(frame: unknown): void;
  callback(request: string, body: object): void;
  event(eventtype: string): void;
  of(cmd: string): Said[];
  close(): Promise<void>;
}

export async function openBotServer(port = 0): Promise<BotServer> {
  const wss = new WebSocketServer({ port, host: "127.0.0.1" });
  await once(wss, "listening");
  const server: BotServer = {
    url: `ws://127.0.0.1:${(wss.address() as AddressInfo).port}`,
    heard: [],
    sockets: [],
    answer: () => ({ errcode: 0, errmsg: "ok" }),
    send: (frame) => server.sockets.at(-1)?.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    callback: (request, body) => server.send({ cmd: "aibot_msg_callback", headers: { req_id: request }, body }),
    event: (eventtype) =>
      server.send({
        cmd: "aibot_event_callback",
        headers: { req_id: "ev-1" },
        body: { msgid: "e1", msgtype: "event", event: { eventtype } },
      }),
    of: (cmd) => server.heard.filter((said) => said.cmd === cmd),
    async close() {
      for (const socket of server.sockets) socket.terminate();
      await new Promise((resolve) => wss.close(resolve));
    },
  };
  wss.on("connection", (socket) => {
    server.sockets.push(socket);
    socket.on("error", () => {});
    socket.on("message", (data) => {
      const said = JSON.parse(String(data)) as Said;
      server.heard.push(said);
      const answer = server.answer(said, socket);
      if (answer !== null) socket.send(JSON.stringify({ headers: said.headers, ...answer }));
    });
  });
  return server;
}
