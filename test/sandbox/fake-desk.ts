/** The smallest thing that a WeCom can talk to: it opens what comes, remembers it, and does what the test says. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";

export interface Heard {
  readonly body: {
    readonly msgid: string;
    readonly chatid?: string;
    readonly response_url: string;
    readonly quote?: unknown;
  };
  /** The trailing receiver id: empty for an AI bot. */
  readonly receiver: string;
  readonly envelope: string;
}

export interface FakeDesk {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** Decides about the n-th knock (from 0): a status, a body to send, or to hang up or to stay silent. */
  behave(rule: (nth: number) => number | string | "hang-up" | "silent"): void;
  onHeard(listener: (heard: Heard) => void): void;
  seal(plain: unknown, nonce: string): string;
  close(): Promise<void>;
}

export const bot = {
  token: "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
  aesKey: "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
  id: "bot-1",
  name: "小帮手",
};

export async function openFakeDesk(): Promise<FakeDesk> {
  const heard: Heard[] = [];
  let knocks = 0;
  let rule: (nth: number) => number | string = () => "";
  let listener: (heard: Heard) => void = () => undefined;

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://desk");
    const param = (name: string): string => url.searchParams.get(name) ?? "";
    const sealed =
      request.method === "GET" ? param("echostr") : (JSON.parse(await read(request)) as { encrypt: string }).encrypt;
    const signature = getSignature(bot.token, param("timestamp"), param("nonce"), sealed);
    if (url.pathname !== "/webhook/wecom/bot" || signature !== param("msg_signature")) {
      response.writeHead(401).end();
      return;
    }
    const opened = decrypt(bot.aesKey, sealed);
    const told = rule(knocks);
    knocks += 1;
    if (request.method === "GET") {
      response.end(`${opened.message}${told}`);
      return;
    }
    const one = { body: JSON.parse(opened.message), receiver: opened.id, envelope: sealed };
    heard.push(one);
    if (told === "hang-up") request.socket.destroy();
    else if (told === "passive")
      response.end(seal({ msgtype: "stream", stream: { finish: true, content: "好的" } }, param("nonce")));
    else if (typeof told === "number") response.writeHead(told).end();
    else if (told !== "silent") response.end(told);
    listener(one);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    behave(next) {
      rule = next;
      knocks = 0;
    },
    onHeard(next) {
      listener = next;
    },
    seal,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function post(url: string, body: unknown): Promise<{ errcode: number; errmsg: string }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as { errcode: number; errmsg: string };
}

export const markdown = (content: string): unknown => ({ msgtype: "markdown", markdown: { content } });
export const text = (content: string, mentioned: readonly string[] = []): unknown => ({
  msgtype: "text",
  text: { content, mentioned_list: mentioned },
});

function seal(plain: unknown, nonce: string): string {
  const timestamp = Math.floor(Date.now() / 1000);
  const sealed = encrypt(bot.aesKey, JSON.stringify(plain), "");
  const msgsignature = getSignature(bot.token, timestamp, nonce, sealed);
  return JSON.stringify({ encrypt: sealed, msgsignature, timestamp, nonce });
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
