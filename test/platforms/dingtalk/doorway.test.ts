import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import fc from "fast-check";
import Koa from "koa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../src/chat/message.ts";
import { openDingtalk } from "../../../src/platforms/dingtalk/dingtalk.ts";
import { signatureOf } from "../../../src/platforms/dingtalk/signature.ts";
import { A, B, said } from "./vectors.ts";

const PATH = "/webhook/dingtalk";
const MIB = 1 << 20;

let server: Server;
let base: string;
let secret = B.secret;
let clock = 0;
let accepted: Message[];
let accept: (message: Message) => Promise<unknown>;
let logged: { level: string; details: unknown; message: string }[];
let appErrors: unknown[];
let figures: (number | string)[];

const logs = (level: string) => (details: object, message: string) => void logged.push({ level, details, message });

function open(mode: "http" | "stream" = "http") {
  return openDingtalk({
    appKey: "dingdemoappkey",
    appSecret: secret,
    robotCode: "dingdemoappkey",
    robotNames: ["小帮手"],
    corpId: null,
    mode,
    apiBase: "https://api.dingtalk.com",
    oapiBase: "https://oapi.dingtalk.com",
    webhookOf: () => null,
    sendTimeoutMs: 3000,
    now: () => clock,
    log: { info: logs("info"), warn: logs("warn"), error: logs("error") },
  });
}

function callback(): ReturnType<Koa["callback"]> {
  const app = new Koa();
  // A torn connection reaches Koa's own ear as well; that is not the doorway's.
  app.on("error", (error: NodeJS.ErrnoException) => {
    if (!error.code?.startsWith("HPE_")) appErrors.push(error);
  });
  const routes = open().routes({
    accept: (message) => accept(message),
    refused: (status) => figures.push(status),
    dropped: () => figures.push("dropped"),
  });
  for (const router of routes) app.use(router.routes());
  return app.callback();
}

beforeAll(async () => {
  // The over-quota warning is kept by the doorway: each test has one of its own.
  let doorway: { of: unknown; handle: ReturnType<typeof callback> } | null = null;
  server = createServer((request, response) => {
    if (doorway?.of !== logged) doorway = { of: logged, handle: callback() };
    void doorway.handle(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  secret = B.secret;
  clock = Number(B.timestamp);
  accepted = [];
  logged = [];
  appErrors = [];
  figures = [];
  accept = async (message) => accepted.push(message);
});
afterEach(() => {
  expect(appErrors).toEqual([]);
});

const signedAt = (timestamp: string) => ({ timestamp, sign: signatureOf(secret, timestamp) });
function post(body: string | Uint8Array | ReadableStream, headers: object = signedAt(B.timestamp)): Promise<Response> {
  return fetch(`${base}${PATH}`, { method: "POST", headers, body, duplex: "half" } as RequestInit);
}
const deliver = (more: object = {}, headers?: object) =>
  post(JSON.stringify({ ...said, text: { content: " 秘密的话" }, ...more }), headers);

describe("a message is taken", () => {
  test("and answered at once with silence", async () => {
    const response = await deliver();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toEqual({ msgtype: "empty" });
    expect(accepted).toMatchObject([
      { id: "msgDEMO0001==", chat: "cidDEMOgrp001==", by: "user-1001", text: "秘密的话" },
    ]);
    expect([logged, figures]).toEqual([[], []]);
  });

  test.each([
    ["A", A],
    ["B", B],
  ])("with the signature of vector %s", async (_, { timestamp, signature, secret: theirs }) => {
    secret = theirs;
    clock = Number(timestamp);
    expect((await deliver({}, { Timestamp: timestamp, Sign: signature })).status).toBe(200);
    expect(accepted).toHaveLength(1);
  });

  test("whatever its lane says", async () => {
    for (const acceptance of [{ kind: "known" }, { kind: "full", tell: true }]) {
      accept = async () => acceptance;
      expect(await (await deliver()).json()).toEqual({ msgtype: "empty" });
    }
  });

  test("also where its answer goes elsewhere, with a warning that keeps the address to itself", async () => {
    await deliver({ sessionWebhook: "https://evil.example/robot/sendBySession?session=rc" });
    expect(accepted).toMatchObject([{ answer: null }]);
    expect(logged).toMatchObject([
      { level: "warn", details: { id: "msgDEMO0001==", reason: "foreign sessionWebhook" } },
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/evil|秘密的话/);
  });

  test("from somebody who may ask and not act", async () => {
    await deliver({ senderCorpId: "dingother" });
    expect(accepted).toMatchObject([{ outsider: true }]);
  });
});

describe("a callback that is no message for us", () => {
  test.each([{ msgtype: "dance" }, { senderStaffId: 1, senderId: null }, { robotCode: "normal" }, { msgId: "" }])(
    "is answered with 200 and logged: %j",
    async (more) => {
      const response = await deliver(more);
      expect([response.status, await response.json()]).toEqual([200, { msgtype: "empty" }]);
      expect(accepted).toEqual([]);
      expect(logged).toMatchObject([{ level: "info", message: "callback dropped" }]);
      expect(figures).toEqual(["dropped"]);
    },
  );

  test("because the quota withheld its words is warned of, once in ten minutes", async () => {
    const withheld = { text: undefined, errorCode: 20001, errorMessage: "quota" };
    for (let i = 0; i < 3; i++) expect((await deliver(withheld)).status).toBe(200);
    expect(logged.map(({ level }) => level)).toEqual(["warn", "info", "info"]);
    expect(logged[0]?.message).toContain("quota");
    clock += 10 * 60_000;
    await deliver(withheld, signedAt(String(clock)));
    expect(logged.map(({ level }) => level)).toEqual(["warn", "info", "info", "warn"]);
    expect(figures).toEqual(Array(4).fill("dropped"));
  });
});

describe("a callback is refused", () => {
  const early = String(Number(B.timestamp) - 600_001);
  const late = String(Number(B.timestamp) + 600_001);
  test.each([
    ["without a signature", 401, () => deliver({}, { timestamp: B.timestamp })],
    ["without a time", 401, () => deliver({}, { sign: B.signature })],
    ["with an empty signature", 401, () => deliver({}, { timestamp: B.timestamp, sign: "" })],
    ["with another signature", 401, () => deliver({}, { timestamp: B.timestamp, sign: A.signature })],
    ["with the signature of another time", 401, () => deliver({}, { timestamp: late, sign: B.signature })],
    [
      "with two times",
      401,
      () =>
        deliver({}, [
          ["timestamp", B.timestamp],
          ["timestamp", "1"],
          ["sign", B.signature],
        ]),
    ],
    ["as stale", 401, () => deliver({}, signedAt(early))],
    ["as not yet said", 401, () => deliver({}, signedAt(late))],
    ["with a time in seconds", 401, () => deliver({}, signedAt(B.timestamp.slice(0, 10)))],
    ["with a time in words", 401, () => deliver({}, signedAt("now"))],
    ["that is not JSON", 400, () => post("<xml/>")],
    ["that is empty", 400, () => post("")],
    ["that is a list", 400, () => post("[]")],
    ["that is null", 400, () => post("null")],
    ["that is no UTF-8", 400, () => post(new Uint8Array([0xff, 0xfe]))],
  ])("%s: %i", async (_, status, send) => {
    expect((await send()).status).toBe(status);
    expect(accepted).toEqual([]);
    expect(figures).toEqual([status]);
    expect(logged).toMatchObject([{ level: "warn", details: { platform: "dingtalk", status } }]);
    expect(JSON.stringify(logged)).not.toMatch(new RegExp([secret, B.signature, "秘密的话"].join("|")));
  });

  test("on either side of the ten minutes by a millisecond", async () => {
    for (const ms of [-600_000, 600_000]) {
      expect((await deliver({}, signedAt(String(Number(B.timestamp) + ms)))).status).toBe(200);
    }
  });
});

describe("a body", () => {
  const padded = (bytes: number) => `{"a":"${"A".repeat(bytes - 8)}"}`;

  test("of a mebibyte is read, of one byte more is not", async () => {
    expect((await post(padded(MIB))).status).toBe(200);
    expect((await post(padded(MIB + 1))).status).toBe(413);
  });

  test("is not believed to be short because nobody said how long it is", async () => {
    const chunk = Buffer.alloc(64 * 1024, "A");
    let left = 64;
    const stream = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    expect((await post(stream)).status).toBe(413);
  });

  async function raw(head: string, body: string): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.on("error", () => {});
    await once(socket, "connect");
    const signed = `timestamp: ${B.timestamp}\r\nsign: ${B.signature}`;
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\n${signed}\r\n${head}\r\n\r\n${body}`);
    return socket;
  }
  async function answerTo(socket: Socket): Promise<string> {
    const [bytes] = await once(socket, "data");
    socket.destroy();
    return String(bytes);
  }

  test("that is said to be too long is refused before it comes", async () => {
    expect(await answerTo(await raw(`Content-Length: ${MIB + 1}`, "{"))).toMatch(/^HTTP\/1.1 413 /);
  });

  test("that is longer than was said is cut there, and malformed", async () => {
    expect(await answerTo(await raw("Content-Length: 5", '{"msgId":"x"}'))).toMatch(/^HTTP\/1.1 400 /);
  });

  test("that breaks off is dropped, and the doorway stands", async () => {
    const socket = await raw("Content-Length: 500\r\nExpect: 100-continue", '{"msgId":"');
    // It is being read once the server has asked for it.
    await once(socket, "data");
    socket.destroy();
    while (logged.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(logged).toMatchObject([{ level: "warn", details: { status: 400, reason: "body broken off" } }]);
    expect((await deliver()).status).toBe(200);
  });
});

describe("when nobody keeps the message", () => {
  test.each([
    ["redis away", new Error("Connection is closed.")],
    ["redis away", new Error("LOADING Redis is loading the dataset in memory")],
    ["Error: a bug", new Error("a bug")],
  ])("the person is asked to send it again: %s", async (reason, error) => {
    accept = () => Promise.reject(error);
    const response = await deliver();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      msgtype: "text",
      text: { content: expect.stringMatching(/可能未能收下.*再发一次/) },
    });
    expect(logged).toMatchObject([
      { level: "error", details: { id: "msgDEMO0001==", chat: "cidDEMOgrp001==", reason } },
    ]);
    expect(JSON.stringify(logged)).not.toContain("秘密的话");
  });

  test("it is taken when it comes again", async () => {
    const taking = accept;
    accept = () => Promise.reject(new Error("Connection is closed."));
    await deliver();
    accept = taking;
    expect(await (await deliver()).json()).toEqual({ msgtype: "empty" });
    expect(accepted).toHaveLength(1);
  });
});

test("over a socket there is no door", () => {
  const hearing = { accept: async () => {}, refused() {}, dropped() {} };
  expect(open("stream").routes(hearing)).toEqual([]);
  expect(open("stream").sockets.map(({ name, lane }) => [name, lane])).toEqual([["dingtalk-stream", null]]);
  expect(open("http").sockets).toEqual([]);
});

describe("whatever comes", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((text) => new TextEncoder().encode(text)),
  );
  const header = fc.stringMatching(/^[!-~]{0,40}$/);

  test("unsigned, it is refused", async () => {
    await fc.assert(
      fc.asyncProperty(header, header, bytes, async (timestamp, sign, body) => {
        expect((await post(new Uint8Array(body), { timestamp, sign })).status).toBe(401);
        expect((await post(new Uint8Array(body), { timestamp: B.timestamp, sign })).status).toBe(401);
      }),
      { numRuns: 150 },
    );
    expect(accepted).toEqual([]);
  });

  test("signed, it is malformed or a logged drop", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        logged.length = 0;
        const { status } = await post(new Uint8Array(body));
        expect(status).toBeOneOf([200, 400]);
        expect(logged).toMatchObject([{ message: status === 200 ? "callback dropped" : "callback refused" }]);
      }),
      { numRuns: 200 },
    );
    expect(accepted).toEqual([]);
  });

  test("with anything in the place of anything, it is a message or a logged drop", async () => {
    const keys = [...Object.keys(said), "content", "quoteMessage", "errorCode", "originalMsgId"];
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()), async (more) => {
        const before = accepted.length + figures.length;
        expect((await deliver(more)).status).toBe(200);
        expect(accepted.length + figures.length).toBe(before + 1);
      }),
      { numRuns: 300 },
    );
  });
});
