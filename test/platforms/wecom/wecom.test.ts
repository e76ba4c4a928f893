import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { encrypt, getSignature } from "@wecom/crypto";
import Koa from "koa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../src/chat/message.ts";
import type { Hearing } from "../../../src/platforms/platform.ts";
import { openWecom, type WecomDeps } from "../../../src/platforms/wecom/wecom.ts";
import { type AppServer, CONVERT_PATH, openAppServer } from "./app/server.ts";
import { nothingSetUp } from "./set-up.ts";
import { openBotServer } from "./socket/server.ts";
import { until } from "./until.ts";
import { F, keysOfA } from "./vectors.ts";

const hearing: Hearing = { accept: async () => {}, refused() {}, dropped() {} };
const bot = { names: ["小帮手"], id: "bot-1", callback: null, socket: null };
const app = { corpId: keysOfA.corpId, agentId: 1, secret: "s3cret", callback: null };

function shape(more: Partial<WecomDeps>) {
  const { ways, paces, sockets, routes } = openWecom({ ...nothingSetUp, ...more });
  return {
    ways: Object.keys(ways),
    paces: paces.map(({ kind, sends, reserved, windowMs }) => `${kind} ${sends}/${windowMs / 1000} s ${reserved}`),
    sockets: sockets.map(({ name, lane }) => `${name} ${lane}`),
    doors: routes(hearing).flatMap(({ stack }) =>
      stack.filter(({ methods }) => methods.length > 0).map(({ methods, path }) => `${methods.at(-1)} ${path}`),
    ),
  };
}
const WEBHOOK = "wecom:webhook 18/60 s 2";

describe("what there is hangs on what is set up", () => {
  test("nothing: the groups' webhooks", () => {
    expect(shape({})).toEqual({ ways: ["webhook"], paces: [WEBHOOK], sockets: [], doors: [] });
  });

  test("a bot by callback", () => {
    expect(shape({ bot: { ...bot, callback: keysOfA } })).toEqual({
      ways: ["answer", "webhook"],
      paces: [WEBHOOK],
      sockets: [],
      doors: ["GET /webhook/wecom/bot", "POST /webhook/wecom/bot"],
    });
  });

  test("a bot over its long connection", () => {
    expect(shape({ bot: { ...bot, socket: { secret: "s" } } })).toEqual({
      ways: ["thread", "push", "webhook"],
      paces: [WEBHOOK, "wecom:socket 28/60 s 2", "wecom:socket 950/3600 s 20"],
      sockets: ["wecom-bot wecom:socket"],
      doors: [],
    });
  });

  test("an app that hears, and one that does not", () => {
    const paces = [WEBHOOK, "wecom:person 28/60 s 2", "wecom:person 950/3600 s 20"];
    expect(shape({ app: { ...app, callback: keysOfA } })).toEqual({
      ways: ["webhook", "person"],
      paces,
      sockets: [],
      doors: ["GET /webhook/wecom/app", "POST /webhook/wecom/app"],
    });
    expect(shape({ app })).toEqual({ ways: ["webhook", "person"], paces, sockets: [], doors: [] });
  });
});

test("ways over the socket share one lane, and a line for them goes to its host", () => {
  const wecom = openWecom({ ...nothingSetUp, bot: { ...bot, socket: { secret: "s" } }, wsUrl: "wss://ws.example/x" });
  expect(wecom.ways.thread).toMatchObject({ lane: "socket", dedupes: true, mentions: false });
  expect(wecom.ways.push).toMatchObject({ lane: "socket", dedupes: false, singles: true, bytesMax: 20_480 - 1024 });
  const thread = { kind: "thread", channel: "wecom:socket:x", request: "r", expires: 1 } as const;
  expect(wecom.origin(thread)).toBe("wss://ws.example");
  expect(openWecom(nothingSetUp).origin(thread)).toBeNull();
});

test("a line for a way that is not set up any more is refused", async () => {
  const wecom = openWecom(nothingSetUp);
  const push = { kind: "push", channel: "wecom:socket:x", chat: "wr1", single: false, names: [] } as const;
  expect(await wecom.send(push, { id: "L1", text: "好", buttons: [] })).toEqual({
    kind: "refused",
    reason: "这条途径未启用",
  });
});

describe("with an app beside it, a bot knows people by their plain ids", () => {
  const OPEN_ID = "woAJ2GCAAAXtWyujaWJHDDGi0mACH71w";
  const said = { ...JSON.parse(F.plain), from: { userid: OPEN_ID } };
  let api: AppServer;
  const opened: (() => unknown)[] = [];

  beforeEach(async () => {
    api = await openAppServer();
    opened.push(() => api.close());
    const userid_list = [{ open_userid: OPEN_ID, userid: "Li.Na" }];
    api.answers.set(CONVERT_PATH, () => ({ errcode: 0, userid_list }));
  });
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });

  test("over the long connection", async () => {
    const server = await openBotServer();
    opened.push(() => server.close());
    const parts = { bot: { ...bot, socket: { secret: "s" } }, app, apiBase: api.base, wsUrl: server.url };
    const [socket] = openWecom({ ...nothingSetUp, ...parts }).sockets;
    const accepted: Message[] = [];
    const link = socket?.open({ ...hearing, accept: async (message) => accepted.push(message) }, () => {});
    opened.push(() => link?.close());
    await until(() => link?.state() === "up");
    server.callback("srv-9", said);
    await until(() => accepted.length === 1);
    expect(accepted).toMatchObject([{ by: "li.na", answer: { kind: "request", request: "srv-9" } }]);
  });

  test("by callback", async () => {
    const accepted: Message[] = [];
    const now = () => Number(F.timestamp) * 1000;
    const parts = { bot: { ...bot, callback: keysOfA }, app, apiBase: api.base, now };
    const koa = new Koa();
    for (const router of openWecom({ ...nothingSetUp, ...parts }).routes({
      ...hearing,
      accept: async (message) => accepted.push(message),
    })) {
      koa.use(router.routes());
    }
    const door = createServer(koa.callback()).listen(0, "127.0.0.1");
    opened.push(() => {
      door.closeAllConnections();
      door.close();
    });
    await once(door, "listening");
    const ciphertext = encrypt(keysOfA.aesKey, JSON.stringify(said), "");
    const msg_signature = getSignature(keysOfA.token, F.timestamp, "n", ciphertext);
    const query = new URLSearchParams({ msg_signature, timestamp: F.timestamp, nonce: "n" });
    const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/webhook/wecom/bot?${query}`;
    const response = await fetch(url, { method: "POST", body: JSON.stringify({ encrypt: ciphertext }) });
    expect(response.status).toBe(200);
    expect(accepted).toMatchObject([{ by: "li.na" }]);
  });
});
