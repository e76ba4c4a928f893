/** WeCom as cheap as can be: answers {"errcode":0} to whatever is said, and tells whoever wants to know which group rang. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { readMessages } from "./http-stream.ts";
import type { Workshop } from "./workshop.ts";

export interface Platform {
  readonly origin: string;
  /** Called for each line that mentions somebody: the webhook's key, and the body as latin1. */
  onMention: (key: string, body: string) => void;
}

const BODY = '{"errcode":0,"errmsg":"ok"}';
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

export async function openPlatform(workshop: Workshop): Promise<Platform> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    readMessages(socket, (head, body) => {
      socket.write(ANSWER);
      const key = /^POST [^ ]*\/webhook\/send\?key=([^ &]+)/.exec(head)?.[1];
      if (key !== undefined && body.includes('"mentioned_list"')) platform.onMention(key, body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  workshop.keep(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const platform: Platform = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, onMention() {} };
  return platform;
}
