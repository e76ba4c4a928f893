import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect, type Socket } from "node:net";
import { encrypt, getSignature } from "@wecom/crypto";
import fc from "fast-check";
import Koa from "koa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../src/chat/message.ts";
import { openWecom } from "../../../src/platforms/wecom/wecom.ts";
import { nothingSetUp } from "./set-up.ts";
import { A, B, C, E, F, keysOfA, keysOfC, type Vector } from "./vectors.ts";

const PATH = "/webhook/wecom/bot";
const MIB = 1 << 20;

let server: Server;
let base: string;
let keys = keysOfA;
let clock = 0;
let accepted: Message[];
let accept: (message: Message) => Promise<unknown>;
let logged: { level: string; details: unknown; message: string }[];
let appErrors: unknown[];
let figures: (number | string)[];

const logs = (level: string) => (details: object, message: string) => void logged.push({ level, details, message });

function open(): ReturnType<Koa["callback"]> {
  const wecom = openWecom({
    ...nothingSetUp,
    bot: { names: ["小帮手"], id: null, callback: keys, socket: null },
    corpId: keys.corpId,
    now: () => clock,
    log: { info: logs("info"), warn: logs("warn"), error: logs("error") },
  });
  const app = new Koa();
  // A torn connection reaches Koa's own ear as well; that is not the doorway's.
  app.on("error", (error: NodeJS.ErrnoException) => {
    if (!error.code?.startsWith("HPE_")) appErrors.push(error);
  });
  const routes = wecom.routes({
    accept: (message) => accept(message),
    refused: (status) => figures.push(status),
    dropped: () => figures.push("dropped"),
  });
  for (const router of routes) app.use(router.routes());
  return app.callback();
}

beforeAll(async () => {
  // Keys differ between the vectors: there is a doorway for each.
  const doorways = new Map<typeof keys, ReturnType<typeof open>>();
  server = createServer((request, response) => {
    const doorway = doorways.get(keys) ?? open();
    doorways.set(keys, doorway);
    void doorway(request, response);
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
  keys = keysOfA;
  clock = Number(F.timestamp) * 1000;
  accepted = [];
  logged = [];
  appErrors = [];
  figures = [];
  accept = async (message) => accepted.push(message);
});
afterEach(() => {
  expect(appErrors).toEqual([]);
});

function address(vector: Omit<Vector, "plain">, more: Record<string, string> = {}): string {
  const { signature, timestamp, nonce } = vector;
  return `${base}${PATH}?${new URLSearchParams({ msg_signature: signature, timestamp, nonce, ...more })}`;
}
function seal(plain: string, timestamp = F.timestamp): Vector {
  const ciphertext = encrypt(keys.aesKey, plain, "");
  const signature = getSignature(keys.token, timestamp, "n", ciphertext);
  return { timestamp, nonce: "n", signature, ciphertext, plain };
}
function post(url: string, body: string | Uint8Array | ReadableStream): Promise<Response> {
  return fetch(url, { method: "POST", body, duplex: "half" } as RequestInit);
}
function deliver(vector: Omit<Vector, "plain">, key = "encrypt"): Promise<Response> {
  return post(address(vector), JSON.stringify({ [key]: vector.ciphertext }));
}
const speech = (more: object = {}) =>
  JSON.stringify({ ...JSON.parse(F.plain), from: { userid: "li.na" }, text: { content: "秘密的话" }, ...more });

describe("the address is checked", () => {
  test.each([
    ["A, for our corp id", A, keysOfA],
    ["C, for our corp id", C, keysOfC],
    ["E, for nobody", E, keysOfA],
  ])("and the plain bytes come back: vector %s", async (_, vector, theirs) => {
    keys = theirs;
    clock = Number(vector.timestamp) * 1000;
    const response = await fetch(address(vector, { echostr: vector.ciphertext }));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(vector.plain));
  });

  test("also where a proxy turned plus signs into spaces", async () => {
    clock = Number(A.timestamp) * 1000;
    const response = await fetch(address(A, { echostr: A.ciphertext.replaceAll("+", " ") }));
    expect(await response.text()).toBe(A.plain);
  });

  test.each([
    ["another signature", 401, () => address({ ...A, signature: E.signature }, { echostr: A.ciphertext })],
    ["no signature", 401, () => `${base}${PATH}?timestamp=1&nonce=1&echostr=a`],
    ["two signatures", 401, () => `${address(A, { echostr: A.ciphertext })}&msg_signature=${A.signature}`],
    ["nothing at all", 401, () => `${base}${PATH}`],
    ["a signature of years ago", 401, () => address(A, { echostr: A.ciphertext })],
    ["no echostr", 400, () => address(A)],
    ["two echostrs", 400, () => `${address(A, { echostr: A.ciphertext })}&echostr=x`],
  ])("and refused with %s: %i", async (_, status, url) => {
    expect((await fetch(url())).status).toBe(status);
  });

  test("and refused where the echo cannot be read", async () => {
    const garbage = { ...E, ciphertext: "AAAA", signature: getSignature(keys.token, E.timestamp, E.nonce, "AAAA") };
    expect((await fetch(address(garbage, { echostr: "AAAA" }))).status).toBe(400);
  });

  test("also where the envelope bears an id that nobody expected, which the log is told of once", async () => {
    clock = Number(A.timestamp) * 1000;
    keys = { ...keysOfA, corpId: "ww-another" };
    for (let i = 0; i < 2; i++) {
      expect(await (await fetch(address(A, { echostr: A.ciphertext }))).text()).toBe(A.plain);
    }
    expect(logged).toEqual([
      { level: "warn", details: { platform: "wecom", receiver: keysOfA.corpId }, message: expect.any(String) },
    ]);
  });
});

describe("a message is taken", () => {
  test("as in vector F, and answered with an empty 200", async () => {
    const response = await deliver(F);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    expect(accepted).toMatchObject([{ id: "m-1", chat: "chat-1", by: "li.na", text: "三楼打印机卡纸" }]);
    expect(logged).toEqual([]);
  });

  test("from an envelope with a capital letter", async () => {
    expect((await deliver(F, "Encrypt")).status).toBe(200);
    expect(accepted).toHaveLength(1);
  });

  test("whomever its envelope is addressed to", async () => {
    const ciphertext = encrypt(keys.aesKey, speech(), "ww-another");
    const signature = getSignature(keys.token, F.timestamp, "n", ciphertext);
    expect((await deliver({ timestamp: F.timestamp, nonce: "n", signature, ciphertext })).status).toBe(200);
    expect(accepted).toHaveLength(1);
    expect(logged).toMatchObject([{ level: "warn", details: { receiver: "ww-another" } }]);
  });

  test.each([{ kind: "known" }, { kind: "full", tell: true }])("whatever its lane says: %j", async (acceptance) => {
    accept = async () => acceptance;
    expect((await deliver(F)).status).toBe(200);
  });

  test("also where its answer goes elsewhere, with a warning that keeps the address to itself", async () => {
    expect((await deliver(seal(speech({ response_url: "https://evil.example/?response_code=rc" })))).status).toBe(200);
    expect(accepted).toMatchObject([{ answer: null }]);
    expect(logged).toMatchObject([{ level: "warn", details: { id: "m-1", reason: "foreign response_url" } }]);
    expect(JSON.stringify(logged)).not.toMatch(/evil|秘密的话/);
  });
});

describe("a callback that is no message", () => {
  test.each([{ msgtype: "event", event: { eventtype: "enter_chat" } }, { msgtype: "dance" }, { from: null }])(
    "is answered with 200 and logged: %j",
    async (more) => {
      const response = await deliver(seal(speech(more)));
      expect([response.status, await response.text()]).toEqual([200, ""]);
      expect(accepted).toEqual([]);
      expect(logged).toMatchObject([{ level: "info", message: "callback dropped" }]);
    },
  );
});

describe("a callback is refused", () => {
  test.each([
    ["without a signature", 401, () => post(`${base}${PATH}?timestamp=1&nonce=2`, "{}")],
    ["without a nonce", 401, () => post(`${base}${PATH}?timestamp=1&msg_signature=2`, "{}")],
    ["with two timestamps", 401, () => post(`${address(F)}&timestamp=1`, JSON.stringify({ encrypt: F.ciphertext }))],
    ["with another signature", 401, () => deliver({ ...F, signature: E.signature })],
    ["with another ciphertext", 401, () => deliver({ ...F, ciphertext: E.ciphertext })],
    ["as stale, ten minutes and a second old", 401, () => deliver(seal(speech(), String(Number(F.timestamp) - 601)))],
    ["as stale, from the future", 401, () => deliver(seal(speech(), String(Number(F.timestamp) + 601)))],
    ["as stale, signed years ago", 401, () => deliver(B)],
    ["with an empty body", 400, () => post(address(F), "")],
    ["with a body that is not JSON", 400, () => post(address(F), "<xml><Encrypt>a</Encrypt></xml>")],
    ["with JSON that is not an object", 400, () => post(address(F), "[]")],
    ["without encrypt", 400, () => post(address(F), '{"msg":"a"}')],
    ["with an encrypt that is not text", 400, () => post(address(F), '{"encrypt":{"a":1}}')],
    ["with an empty encrypt", 400, () => post(address(F), '{"encrypt":""}')],
    [
      "when it cannot be decrypted",
      400,
      () => {
        const signature = getSignature(keys.token, F.timestamp, F.nonce, "AAAA");
        return deliver({ ...F, ciphertext: "AAAA", signature });
      },
    ],
    ["when it holds something else than JSON", 400, () => deliver(seal("你好"))],
    ["when it holds a list", 400, () => deliver(seal("[]"))],
  ])("%s: %i", async (_, status, send) => {
    expect((await send()).status).toBe(status);
    expect(accepted).toEqual([]);
    expect(logged).toMatchObject([{ level: "warn", details: { status } }]);
    expect(JSON.stringify(logged)).not.toMatch(new RegExp([keys.token, F.signature, "秘密的话"].join("|")));
  });

  test("when it is the XML of a self-built app, vector B with its own clock", async () => {
    clock = Number(B.timestamp) * 1000;
    expect((await deliver(B)).status).toBe(400);
  });

  test("on either side of the ten minutes by a second", async () => {
    for (const seconds of [-600, 600]) {
      expect((await deliver(seal(speech(), String(Number(F.timestamp) + seconds)))).status).toBe(200);
    }
  });
});

test("what is turned away or dropped shows in the figures", async () => {
  await deliver({ ...F, signature: F.signature.replace(/^./, "0") });
  await deliver(seal("[]"));
  await deliver(seal(speech({ msgtype: "dance" })));
  expect(figures).toEqual([401, 400, "dropped"]);
});

describe("a body", () => {
  const padded = (bytes: number) => `{"encrypt":"${"A".repeat(bytes - 14)}"}`;

  test("of a mebibyte is read, of one byte more is not", async () => {
    expect((await post(address(F), padded(MIB))).status).toBe(401);
    expect((await post(address(F), padded(MIB + 1))).status).toBe(413);
  });

  test("is not believed to be short because nobody said how long it is", async () => {
    const chunk = Buffer.alloc(64 * 1024, "A");
    let left = 64;
    const stream = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    expect((await post(address(F), stream)).status).toBe(413);
  });

  async function raw(head: string, body: string): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.write(`POST ${address(F).slice(base.length)} HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n${body}`);
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
    expect(await answerTo(await raw("Content-Length: 5", '{"encrypt":"x"}'))).toMatch(/^HTTP\/1.1 400 /);
  });

  test("that breaks off is dropped, and the doorway stands", async () => {
    const socket = await raw("Content-Length: 500", '{"encrypt":"');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    while (logged.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(logged).toMatchObject([{ level: "warn", details: { status: 400, reason: "body broken off" } }]);
    expect((await deliver(F)).status).toBe(200);
  });
});

describe("when nobody keeps the message", () => {
  test.each([
    ["redis away", new Error("Connection is closed.")],
    ["redis away", new Error("LOADING Redis is loading the dataset in memory")],
    ["Error: a bug", new Error("a bug")],
  ])("the connection is closed without an answer: %s", async (reason, error) => {
    accept = () => Promise.reject(error);
    await expect(deliver(seal(speech()))).rejects.toThrow("fetch failed");
    expect(logged).toMatchObject([{ level: "error", details: { id: "m-1", chat: "chat-1", reason } }]);
    expect(JSON.stringify(logged)).not.toContain("秘密的话");
  });

  test("it is taken when it comes again", async () => {
    const taking = accept;
    accept = () => Promise.reject(new Error("Connection is closed."));
    await expect(deliver(F)).rejects.toThrow();
    accept = taking;
    expect((await deliver(F)).status).toBe(200);
    expect(accepted).toHaveLength(1);
  });
});

describe("whatever comes", () => {
  const statuses = [200, 400, 401, 413];
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((text) => new TextEncoder().encode(text)),
  );

  test("unsigned, it is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 }), bytes, async (query, body) => {
        const search = new URLSearchParams({ msg_signature: "a", timestamp: F.timestamp, nonce: "n", ...query });
        expect((await post(`${base}${PATH}?${search}`, new Uint8Array(body))).status).toBeOneOf([400, 401]);
        expect((await fetch(`${base}${PATH}?${search}`)).status).toBeOneOf([400, 401]);
      }),
      { numRuns: 150 },
    );
  });

  test("signed but not sealed, it is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ minLength: 1 }), fc.base64String({ minLength: 4 })), async (ciphertext) => {
        const signature = getSignature(keys.token, F.timestamp, F.nonce, ciphertext);
        expect((await deliver({ ...F, ciphertext, signature })).status).toBe(400);
      }),
      { numRuns: 150 },
    );
  });

  test("signed and sealed, it is a message, a drop or malformed", async () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.string({ unit: "grapheme" }),
      fc
        .dictionary(fc.constantFrom(...Object.keys(JSON.parse(F.plain)), "quote", "mixed", "event"), fc.jsonValue())
        .map((more) => speech(more)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (plain) => {
        expect((await deliver(seal(plain))).status).toBeOneOf(statuses);
      }),
      { numRuns: 300 },
    );
  });
});
