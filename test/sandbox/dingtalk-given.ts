/** What the tests of the imitated DingTalk start from: a robot, two groups, and the smallest desks that can talk to it. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { sign } from "../../src/sandbox/dingtalk/sign.ts";
import {
  type DingtalkServer,
  type DingtalkServerOptions,
  openDingtalkServer,
} from "../../src/sandbox/dingtalk-server.ts";
import { memoryHistory } from "../../src/sandbox/history.ts";

export const robot = {
  appKey: "dingdemoappkey",
  appSecret: "demo-app-secret-001",
  robotCode: "dingdemoappkey",
  name: "小帮手",
  corpId: "dingcorpdemo",
};
export const GROUP = "cidDEMOgrp001==";
export const HELPERS = "cidHELPERS==";

export function openDingtalk(options: Partial<DingtalkServerOptions>): Promise<DingtalkServer> {
  return openDingtalkServer({
    deskUrl: "http://127.0.0.1:1",
    robot,
    mode: "http",
    groups: [
      { chat: GROUP, name: "恒通汽配服务群", webhookToken: "token-1" },
      { chat: HELPERS, name: "帮办员群", webhookToken: "token-2", secret: "SECdemo0123456789abcdef" },
    ],
    people: [
      { account: "user-1001", name: "李雷", groups: [GROUP, HELPERS] },
      { account: "User-2002", name: "韩梅", groups: [GROUP] },
      { account: "guest-1", name: "外来客", groups: [GROUP], outsider: true },
    ],
    history: memoryHistory(),
    ...options,
  });
}

/** The fields that the tests follow up; the rest is looked at with toMatchObject. */
export interface Body {
  readonly msgId: string;
  readonly msgtype: string;
  readonly sessionWebhook: string;
  readonly sessionWebhookExpiredTime: number;
  readonly createAt: number;
  readonly text?: { readonly content: string; readonly isReplyMsg?: boolean; readonly repliedMsg?: unknown };
  readonly [more: string]: unknown;
}

export interface HttpDesk {
  readonly url: string;
  readonly heard: readonly { readonly body: Body; readonly signed: boolean }[];
  behave(rule: { status?: number; body?: string } | "silent" | "hang-up"): void;
  close(): Promise<void>;
}

export async function openHttpDesk(): Promise<HttpDesk> {
  const heard: { body: Body; signed: boolean }[] = [];
  let rule: { status?: number; body?: string } | "silent" | "hang-up" = {};
  const server = createServer(async (request, response) => {
    const { timestamp = "", sign: signature } = request.headers;
    const signed = request.url === "/webhook/dingtalk" && signature === sign(String(timestamp), robot.appSecret);
    heard.push({ body: JSON.parse(await read(request)), signed });
    if (rule === "hang-up") request.socket.destroy();
    else if (rule !== "silent") response.writeHead(rule.status ?? 200).end(rule.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    behave(next) {
      rule = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export async function errcode(url: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const answered = await post(url, body, headers);
  if (answered.status !== 200) throw new Error(`HTTP ${answered.status}`);
  return answered.body["errcode"];
}

export const text = (content: string, atUserIds: readonly string[] = []): Record<string, unknown> => ({
  msgtype: "text",
  text: { content },
  at: { atUserIds },
});
export const markdown = (title: string, words: string, atUserIds: readonly string[] = []): Record<string, unknown> => ({
  msgtype: "markdown",
  markdown: { title, text: words },
  at: { atUserIds },
});

export const subscriptions = [{ type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" }];

export interface Frame {
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

/** A desk at the other end of a stream. It says nothing by itself but what `onFrame` says. */
export interface StreamDesk {
  readonly ws: WebSocket;
  readonly frames: readonly Frame[];
  readonly raw: readonly string[];
  send(value: unknown): void;
  closed: Promise<number>;
}

export const openGateway = (origin: string, more: Record<string, unknown> = {}): Promise<Answered> =>
  post(`${origin}/v1.0/gateway/connections/open`, {
    clientId: robot.appKey,
    clientSecret: robot.appSecret,
    subscriptions,
    ...more,
  });

export const ackOf = ({ headers }: Frame, code = 200, data = '{"response":null}'): unknown => ({
  code,
  message: code === 200 ? "OK" : "no",
  headers: { messageId: headers["messageId"], contentType: "application/json" },
  data,
});

export async function openStreamDesk(
  address: string,
  onFrame: (frame: Frame, desk: StreamDesk) => void = (frame, desk) => desk.send(ackOf(frame)),
): Promise<StreamDesk> {
  const ws = new WebSocket(address);
  const frames: Frame[] = [];
  const raw: string[] = [];
  const desk: StreamDesk = {
    ws,
    frames,
    raw,
    send: (value) => ws.send(typeof value === "string" ? value : JSON.stringify(value)),
    closed: new Promise((resolve) => ws.on("close", resolve)),
  };
  ws.on("message", (data) => {
    raw.push(String(data));
    let frame: Frame;
    try {
      frame = JSON.parse(String(data));
    } catch {
      return;
    }
    frames.push(frame);
    onFrame(frame, desk);
  });
  await new Promise<void>((resolve, reject) => ws.once("open", resolve).once("error", reject));
  ws.on("error", () => undefined);
  return desk;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
