/** As much of DingTalk's stream as one test needs: a gateway, a socket, and the address of an answer. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { said } from "./vectors.ts";

export interface Ack {
  readonly code: number;
  readonly message: string;
  readonly headers: { readonly messageId: string; readonly contentType: string };
  readonly data: string;
}

export interface Client {
  readonly socket: WebSocket;
  readonly acks: Ack[];
  push(type: string, topic: string, data: unknown, messageId?: string): void;
  message(more?: object, messageId?: string): void;
}

export async function imitate() {
  const opened: { headers: Record<string, unknown>; body: unknown; at: number }[] = [];
  const clients: Client[] = [];
  const answers: { url: string; body: unknown }[] = [];
  const tickets = new Set<string>();
  let invite: ((response: ServerResponse) => void) | null = null;
  let base = "";

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body: unknown = JSON.parse(String(Buffer.concat(chunks)));
      if (request.url?.startsWith("/robot/sendBySession")) {
        answers.push({ url: request.url, body });
        response.end('{"errcode":0,"errmsg":"ok"}');
        return;
      }
      opened.push({ headers: request.headers, body, at: performance.now() });
      if (invite !== null) invite(response);
      else response.end(JSON.stringify(imitation.invitation()));
    });
  });
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  let pongs = true;
  server.on("upgrade", (request, socket, head) => {
    const url = new URL(request.url ?? "", base);
    // Good once, and only as it was given.
    if (url.pathname !== "/connect" || !tickets.delete(url.searchParams.get("ticket") ?? "")) {
      socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const acks: Ack[] = [];
      const push: Client["push"] = (type, topic, data, messageId = "m_001") =>
        ws.send(
          JSON.stringify({
            specVersion: "1.0",
            type,
            headers: { topic, messageId, contentType: "application/json", time: "1795400000100" },
            data: typeof data === "string" ? data : JSON.stringify(data),
          }),
        );
      ws.on("message", (data) => acks.push(JSON.parse(String(data))));
      ws.on("ping", (data) => {
        if (pongs) ws.pong(data);
      });
      ws.on("error", () => {});
      clients.push({
        socket: ws,
        acks,
        push,
        message: (more = {}, messageId = "m_001") =>
          push("CALLBACK", "/v1.0/im/bot/messages/get", { ...imitation.said(), ...more }, messageId),
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  base = `http://127.0.0.1:${port}`;

  const imitation = {
    base,
    opened,
    clients,
    answers,
    invitation() {
      // With everything that would not survive in an address as it is.
      const ticket = `a+b/c=&d?${tickets.size}-${opened.length}`;
      tickets.add(ticket);
      return { endpoint: `ws://127.0.0.1:${port}/connect`, ticket };
    },
    said: () => ({ ...said, sessionWebhook: `${base}/robot/sendBySession?session=0123abcd` }),
    inviteBy(how: ((response: ServerResponse) => void) | null) {
      invite = how;
    },
    beDeaf() {
      pongs = false;
    },
    hear() {
      pongs = true;
    },
    open: () => clients.filter(({ socket }) => socket.readyState === socket.OPEN),
    close() {
      for (const { socket } of clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
  return imitation;
}

export type Imitation = Awaited<ReturnType<typeof imitate>>;

export async function until(isSo: () => boolean): Promise<void> {
  const from = performance.now();
  while (!isSo()) {
    if (performance.now() - from > 10_000) throw new Error(`never: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
