import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import fc from "fast-check";
import Koa from "koa";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../../src/chat/message.ts";
import { cdata, readXml } from "../../../../src/platforms/wecom/app/xml.ts";
import { openWecom } from "../../../../src/platforms/wecom/wecom.ts";
import { nothingSetUp } from "../set-up.ts";
import { A, H, keysOfA, type Vector } from "../vectors.ts";

const PATH = "/webhook/wecom/app";
const { token, aesKey, corpId } = keysOfA;
const T = H.timestamp;

let server: Server;
let base: string;
let clock: number;
let accepted: Message[];
let accept: (message: Message) => Promise<unknown>;
let logged: { level: string; details: unknown; message: string }[];
let figures: (number | string)[];

beforeAll(async () => {
  const logs = (level: string) => (details: object, message: string) => void logged.push({ level, details, message });
  const wecom = openWecom({
    ...nothingSetUp,
    app: { corpId, agentId: 1000002, secret: "app-secret", callback: { token, aesKey } },
    corpId,
    now: () => clock,
    log: { info: logs("info"), warn: logs("warn"), error: logs("error") },
  });
  const app = new Koa();
  app.on("error", () => {});
  const hearing = {
    accept: (message: Message) => accept(message),
    refused: (status: number) => figures.push(status),
    dropped: () => figures.push("dropped"),
  };
  for (const router of wecom.routes(hearing)) app.use(router.routes());
  server = createServer(app.callback());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  clock = Number(T) * 1000;
  accepted = [];
  logged = [];
  figures = [];
  accept = async (message) => accepted.push(message);
});

function address(vector: Omit<Vector, "plain">, more: Record<string, string> = {}): string {
  const { signature, timestamp, nonce } = vector;
  return `${base}${PATH}?${new URLSearchParams({ msg_signature: signature, timestamp, nonce, ...more })}`;
}
function seal(plain: string, receiver = corpId, timestamp = T): Vector {
  const ciphertext = encrypt(aesKey, plain, receiver);
  return { timestamp, nonce: "n", signature: getSignature(token, timestamp, "n", ciphertext), ciphertext, plain };
}
const envelope = (ciphertext: string) =>
  `<xml><ToUserName>${cdata(corpId)}</ToUserName><AgentID>1000002</AgentID><Encrypt>${cdata(ciphertext)}</Encrypt></xml>`;
const post = (url: string, body: string | Uint8Array) => fetch(url, { method: "POST", body } as RequestInit);
const deliver = (vector: Omit<Vector, "plain">) => post(address(vector), envelope(vector.ciphertext));

function said(fields: Record<string, string | undefined> = {}, inner = ""): string {
  const all = {
    ToUserName: corpId,
    FromUserName: "Li.Na",
    CreateTime: T,
    MsgType: "text",
    Content: "秘密的话",
    MsgId: "7000000000000000001",
    AgentID: "1000002",
    ...fields,
  };
  const tags = Object.entries(all).flatMap(([tag, text]) =>
    text === undefined ? [] : `<${tag}>${cdata(text)}</${tag}>`,
  );
  return `<xml>${tags.join("")}${inner}</xml>`;
}
const press = (more: Record<string, string | undefined> = {}, inner = "") =>
  said(
    {
      MsgType: "event",
      MsgId: undefined,
      Content: undefined,
      Event: "template_card_event",
      EventKey: "接单 #1123-017",
      TaskId: "L1",
      CardType: "button_interaction",
      ...more,
    },
    inner,
  );

test("the address is checked for our organisation and no other, vector A, while it is fresh", async () => {
  expect((await fetch(address(A, { echostr: A.ciphertext }))).status).toBe(401);
  clock = Number(A.timestamp) * 1000;
  const response = await fetch(address(A, { echostr: A.ciphertext }));
  expect([response.status, await response.text()]).toEqual([200, A.plain]);
  const foreign = seal("123", "ww-another", A.timestamp);
  expect((await fetch(address(foreign, { echostr: foreign.ciphertext }))).status).toBe(400);
  const nobodys = seal("123", "", A.timestamp);
  expect((await fetch(address(nobodys, { echostr: nobodys.ciphertext }))).status).toBe(400);
  expect((await fetch(address({ ...A, signature: "x" }, { echostr: A.ciphertext }))).status).toBe(401);
  expect((await fetch(address(A))).status).toBe(400);
});

describe("a message is taken", () => {
  test("as in vector H, and answered with an empty 200", async () => {
    const response = await deliver(H);
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(accepted).toEqual([
      {
        platform: "wecom",
        id: "7000000000000000001",
        chat: null,
        by: "li.na",
        outsider: false,
        text: "打印机卡纸",
        quote: null,
        quotes: [],
        knownAs: null,
        attachments: [],
        answer: null,
      },
    ]);
    expect(logged).toEqual([]);
  });

  test.each([
    ["image", "图片"],
    ["voice", "语音"],
    ["video", "视频"],
    ["file", "文件"],
    ["location", "位置"],
    ["link", "链接"],
  ])("%s comes as an attachment", async (MsgType, label) => {
    const more = { MsgType, Content: undefined, Label: "段塘街道", Title: "t", PicUrl: "http://x/", MediaId: "m" };
    expect((await deliver(seal(said(more)))).status).toBe(200);
    expect(accepted).toMatchObject([{ text: "", attachments: [label] }]);
  });

  test("without what cannot be seen, and bounded", async () => {
    await deliver(seal(said({ Content: " 查 #11\u200b23-017 ", AgentID: undefined })));
    await deliver(seal(said({ Content: "长".repeat(30_000), MsgId: "2" })));
    expect(accepted[0]?.text).toBe("查 #1123-017");
    expect(accepted[1]?.text).toMatch(/^长{20000}…（原文过长/);
  });
});

describe("a pressed button", () => {
  test("says its words, and its presser sees that it was pressed", async () => {
    const items = "<SelectedItems><SelectedItem><QuestionKey>q</QuestionKey></SelectedItem></SelectedItems>";
    const response = await deliver(seal(press({}, items)));
    expect(response.status).toBe(200);
    expect(accepted).toMatchObject([
      { id: `Li.Na:${T}:L1:接单 #1123-017`, chat: null, by: "li.na", text: "接单 #1123-017", answer: null },
    ]);
    const answer = readXml(await response.text()) as Record<string, string>;
    const { Encrypt = "", MsgSignature, TimeStamp = "", Nonce = "" } = answer;
    expect(MsgSignature).toBe(getSignature(token, TimeStamp, Nonce, Encrypt));
    const { message, id } = decrypt(aesKey, Encrypt);
    expect(id).toBe(corpId);
    expect(readXml(message)).toEqual({
      ToUserName: "Li.Na",
      FromUserName: corpId,
      CreateTime: T,
      MsgType: "update_button",
      Button: { ReplaceName: "已提交" },
    });
  });

  test("delivered again is the same message, and answered alike", async () => {
    const bodies = [];
    for (let times = 0; times < 2; times++) bodies.push(await (await deliver(seal(press()))).text());
    expect(accepted[0]?.id).toBe(accepted[1]?.id);
    expect(bodies.every((body) => body.includes("<Encrypt>"))).toBe(true);
  });

  test("of another moment, card, button or person is another", async () => {
    const others = [{}, { CreateTime: "1" }, { TaskId: "L2" }, { EventKey: "转办" }, { FromUserName: "sun" }];
    for (const more of others) await deliver(seal(press(more)));
    expect(new Set(accepted.map(({ id }) => id)).size).toBe(others.length);
  });

  test("with words that would not do as a key is known by a digest", async () => {
    await deliver(seal(press({ EventKey: "接单\n".repeat(100) })));
    expect(accepted[0]?.id).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("a callback that is nothing for the desk is answered with 200 and logged", () => {
  test.each([
    ["event subscribe", said({ MsgType: "event", Event: "subscribe" })],
    ["event enter_agent", said({ MsgType: "event", Event: "enter_agent", EventKey: "" })],
    ["event template_card_menu_event", press({ Event: "template_card_menu_event" })],
    ["event unknown", said({ MsgType: "event" })],
    ["message of kind dance", said({ MsgType: "dance" })],
    ["another app's message", said({ AgentID: "1000003" })],
    ["no usable MsgId", said({ MsgId: undefined })],
    ["no usable FromUserName", said({ FromUserName: "" })],
    ["no usable FromUserName", said({ FromUserName: "a\nb" })],
    [
      "no usable FromUserName",
      said({ FromUserName: undefined }, "<FromUserName>a</FromUserName><FromUserName>b</FromUserName>"),
    ],
    ["no usable MsgType", said({ MsgType: undefined })],
    ["no usable EventKey", press({ EventKey: "" })],
    ["no usable TaskId", press({ TaskId: undefined })],
  ])("%s", async (reason, plain) => {
    const response = await deliver(seal(plain));
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(accepted).toEqual([]);
    expect(figures).toEqual(["dropped"]);
    expect(logged).toMatchObject([{ level: "info", details: { reason } }]);
  });
});

describe("a callback is refused", () => {
  const signed = (ciphertext: string) => ({ ...H, ciphertext, signature: getSignature(token, T, H.nonce, ciphertext) });
  test.each([
    ["without a signature", 401, () => post(`${base}${PATH}`, envelope(H.ciphertext))],
    ["with another signature", 401, () => deliver({ ...H, signature: A.signature })],
    ["with another ciphertext", 401, () => deliver({ ...H, ciphertext: A.ciphertext })],
    ["as stale", 401, () => deliver(seal(said(), corpId, String(Number(T) - 601)))],
    ["from the future", 401, () => deliver(seal(said(), corpId, String(Number(T) + 601)))],
    ["sealed for another organisation", 400, () => deliver(seal(said(), "ww-another"))],
    ["sealed for nobody, as for a bot", 400, () => deliver(seal(said(), ""))],
    ["when it cannot be decrypted", 400, () => deliver(signed("AAAA"))],
    ["with an empty body", 400, () => post(address(H), "")],
    ["with the JSON of a bot", 400, () => post(address(H), JSON.stringify({ encrypt: H.ciphertext }))],
    ["without Encrypt", 400, () => post(address(H), "<xml><A>1</A></xml>")],
    ["with an empty Encrypt", 400, () => post(address(H), "<xml><Encrypt></Encrypt></xml>")],
    ["with two of them", 400, () => post(address(H), "<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>")],
    ["with a DOCTYPE", 400, () => post(address(H), `<!DOCTYPE a>${envelope(H.ciphertext)}`)],
    ["when it holds something else than XML", 400, () => deliver(seal('{"a":1}'))],
    ["when it holds a DOCTYPE", 400, () => deliver(seal(`<!DOCTYPE a [<!ENTITY x "y">]>${said()}`))],
    ["when it holds too deep a nesting", 400, () => deliver(seal(said({}, "<a>".repeat(500) + "</a>".repeat(500))))],
    ["over a mebibyte", 413, () => post(address(H), "a".repeat((1 << 20) + 1))],
  ])("%s: %i", async (_, status, send) => {
    expect((await send()).status).toBe(status);
    expect(accepted).toEqual([]);
    expect(figures).toEqual([status]);
    expect(JSON.stringify(logged)).not.toMatch(new RegExp([token, H.signature, "秘密的话"].join("|")));
  });
});

test("when nobody keeps it, the connection is closed without an answer", async () => {
  for (const plain of [said(), press()]) {
    accept = () => Promise.reject(new Error("Connection is closed."));
    await expect(deliver(seal(plain))).rejects.toThrow("fetch failed");
    expect(logged.at(-1)).toMatchObject({ level: "error", details: { chat: null, reason: "redis away" } });
    accept = async (message) => accepted.push(message);
    expect((await deliver(seal(plain))).status).toBe(200);
  }
  expect(JSON.stringify(logged)).not.toContain("秘密的话");
  expect(accepted).toHaveLength(2);
});

describe("whatever comes, in no time", () => {
  const tag = fc.constantFrom("xml", "Encrypt", "MsgType", "FromUserName", "Event", "EventKey", "__proto__", "a");
  const piece = fc.oneof(
    tag.map((name) => `<${name}>`),
    tag.map((name) => `</${name}>`),
    fc.constantFrom(
      "<![CDATA[",
      "]]>",
      "<!DOCTYPE a [",
      "<!ENTITY b 'c'>",
      "&b;",
      "&#0;",
      "&amp;",
      "<?xml?>",
      "<!--",
      "-->",
      "<",
      ">",
    ),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  );
  const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
  const nested = fc
    .integer({ min: 0, max: 5000 })
    .map((depth) => `<xml>${"<a>".repeat(depth)}1${"</a>".repeat(depth)}</xml>`);
  const fields = fc
    .dictionary(
      fc.constantFrom(
        "MsgType",
        "FromUserName",
        "MsgId",
        "Content",
        "Event",
        "EventKey",
        "TaskId",
        "AgentID",
        "CreateTime",
      ),
      fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("event", "text", "template_card_event", "image")),
    )
    .map((more) => said(more));

  test("unsigned, it is refused", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.oneof(soup, nested).map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const from = performance.now();
        const search = new URLSearchParams({ msg_signature: "a", timestamp: T, nonce: "n" });
        expect((await post(`${base}${PATH}?${search}`, new Uint8Array(body))).status).toBeOneOf([400, 401]);
        expect(performance.now() - from).toBeLessThan(5000);
      }),
      { numRuns: 300 },
    );
  });

  test("signed and sealed, it is a message, a logged drop or malformed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup, nested, fields), async (plain) => {
        const before = accepted.length + figures.length;
        const from = performance.now();
        expect((await deliver(seal(plain))).status).toBeOneOf([200, 400]);
        expect(performance.now() - from).toBeLessThan(1000);
        expect(accepted.length + figures.length).toBe(before + 1);
      }),
      { numRuns: 400 },
    );
    expect(accepted.length).toBeGreaterThan(0);
  });
});
