import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Way } from "../../../src/chat/outgoing.ts";
import type { Platform } from "../../../src/platforms/platform.ts";
import { openWecom } from "../../../src/platforms/wecom/wecom.ts";
import { nothingSetUp } from "./set-up.ts";
import { keysOfA } from "./vectors.ts";

const KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa";
const heard: { url: string | undefined; body: unknown }[] = [];
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let base: string;
let wecom: Platform;
let answerWay: Way;
const webhookWay: Way = { kind: "webhook", channel: "wecom:webhook:nan", mention: ["sun.san"] };
const silentWay: Way = { ...webhookWay, mention: [] };
const webhooks = new Map<string, string>();
const webhookOf = (channel: string) => {
  const url = webhooks.get(channel);
  return url === undefined ? null : { url };
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    heard.push({ url: request.url, body: JSON.parse(String(Buffer.concat(chunks))) });
    answer(response, request);
  });
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  wecom = openWecom({
    ...nothingSetUp,
    bot: { names: [], id: null, callback: keysOfA, socket: null },
    apiBase: base,
    webhookOf,
    sendTimeoutMs: 1500,
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  heard.length = 0;
  const url = `${base}/cgi-bin/aibot/response?response_code=rc-secret`;
  answerWay = {
    kind: "answer",
    channel: "wecom:answer:wecom:wr1",
    url,
    expires: Date.now() + 1000,
    mention: ["sun.san"],
  };
  webhooks.set(webhookWay.channel, `${base}/cgi-bin/webhook/send?key=${KEY}`);
  answer = (response) => response.end('{"errcode":0,"errmsg":"ok"}');
});

const errcode = (code: number, errmsg = "why") => {
  answer = (response) => response.end(JSON.stringify({ errcode: code, errmsg }));
};
const line = (text: string) => ({ id: "L1", text, buttons: [] });
const send = (way: Way = webhookWay) => wecom.send(way, line("#1123-017 请接单"));

describe("a line is said", () => {
  test("in the thread, where nobody can be mentioned", async () => {
    expect(await wecom.send(answerWay, line("#1123-017 **已受理** @孙"))).toEqual({
      kind: "sent",
    });
    expect(heard).toEqual([
      {
        url: "/cgi-bin/aibot/response?response_code=rc-secret",
        body: { msgtype: "markdown", markdown: { content: "#1123-017 **已受理** @孙" } },
      },
    ]);
  });

  test("into the group, ringing those who are mentioned", async () => {
    expect(await send()).toEqual({ kind: "sent" });
    expect(heard).toEqual([
      {
        url: `/cgi-bin/webhook/send?key=${KEY}`,
        body: { msgtype: "text", text: { content: "#1123-017 请接单", mentioned_list: ["sun.san"] } },
      },
    ]);
  });

  test("into the group, ringing nobody", async () => {
    await wecom.send(silentWay, line("日报"));
    expect(heard[0]?.body).toEqual({ msgtype: "text", text: { content: "日报" } });
  });

  test("as a picture, with the MD5 of its bytes", async () => {
    const picture = Buffer.from("a picture");
    expect(await wecom.send(silentWay, { ...line(""), picture })).toEqual({ kind: "sent" });
    expect(heard[0]?.body).toEqual({
      msgtype: "image",
      image: { base64: "YSBwaWN0dXJl", md5: "101a0e3e2f58188b3e2ffc1057316c13" },
    });
  });

  test("but no picture that is too large: it would be refused", async () => {
    const picture = Buffer.alloc((2 << 20) + 1);
    expect(await wecom.send(silentWay, { ...line(""), picture })).toMatchObject({ kind: "refused" });
    expect(heard).toEqual([]);
  });

  test("up to the last byte, and not beyond: that is a bug of the caller", async () => {
    const full = `${"字".repeat(682)}aa`;
    expect(await wecom.send(webhookWay, line(full))).toEqual({ kind: "sent" });
    await expect(wecom.send(webhookWay, line(`${full}a`))).rejects.toThrow("was not split");
    expect(await wecom.send(answerWay, line("a".repeat(20_480)))).toEqual({ kind: "sent" });
    await expect(wecom.send(answerWay, line("a".repeat(20_481)))).rejects.toThrow("was not split");
    expect(heard).toHaveLength(2);
  });
});

describe("WeCom says", () => {
  test("-1: busy", async () => {
    errcode(-1, "system busy");
    expect(await send()).toEqual({ kind: "busy", reason: "-1 system busy" });
  });

  test.each([45009, 45033])("%i: the key rests a minute", async (code) => {
    errcode(code);
    expect(await send()).toEqual({ kind: "pace", restMs: 60_000, reason: `${code} why` });
  });

  test.each([93000, 93004, 93008, 40008, 40058, 44004, 300001, 60140, 1])("%i: never on this channel", async (code) => {
    errcode(code);
    for (const way of [webhookWay, answerWay])
      expect(await send(way)).toEqual({ kind: "refused", reason: `${code} why` });
  });

  test("why, without the secrets that it repeats, and not for pages", async () => {
    errcode(
      93000,
      `invalid key ${KEY}, url ${webhooks.get(webhookWay.channel)}, response_code=rc-2&x=1 ${"x".repeat(999)}`,
    );
    const outcome = await send();
    expect(outcome).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^93000 invalid key \*\*\*, url /),
    });
    expect(JSON.stringify(outcome)).not.toMatch(/693a91f6|rc-2/);
    expect(JSON.stringify(outcome).length).toBeLessThan(350);
    errcode(60140, "code rc-secret is used");
    expect(await send(answerWay)).toEqual({ kind: "refused", reason: "60140 code *** is used" });
  });
});

describe("HTTP says", () => {
  test.each([
    [500, "busy"],
    [502, "busy"],
    [503, "busy"],
    [429, "pace"],
    [400, "refused"],
    [403, "refused"],
    [404, "refused"],
    [302, "refused"],
  ])("%i: %s", async (status, kind) => {
    answer = (response) => response.writeHead(status, { location: "/elsewhere" }).end("<html>");
    expect(await send()).toMatchObject({ kind, reason: `HTTP ${status}` });
    expect(heard).toHaveLength(1);
  });
});

describe("in doubt", () => {
  test.each([
    ["a page with 200", "<html>登录</html>"],
    ["nothing with 200", ""],
    ["JSON that is not WeCom's", '{"code":0}'],
    ["an errcode that is no number", '{"errcode":"0"}'],
    ["a flood", "x".repeat(70_000)],
  ])("%s", async (_, body) => {
    answer = (response) => response.end(body);
    expect(await send()).toEqual({ kind: "doubt", reason: "HTTP 200，应答无法识别" });
  });

  test("a reset after the line was shown, and no answer at all", async () => {
    answer = (_, request) => request.socket.resetAndDestroy();
    expect(await send()).toEqual({ kind: "doubt", reason: "已发出，没有应答：ECONNRESET" });
    answer = () => {};
    expect(await send()).toEqual({ kind: "doubt", reason: "已发出，没有应答：1500 ms 内没有回音" });
  });

  test("but not about an answer without words", async () => {
    answer = (response) => response.end('{"errcode":0}');
    expect(await send()).toEqual({ kind: "sent" });
  });
});

describe("where it goes", () => {
  test("is known before it is sent", () => {
    expect(wecom.origin(webhookWay)).toBe(base);
    expect(wecom.origin(answerWay)).toBe(base);
  });

  test("nobody listens: busy", async () => {
    webhooks.set(webhookWay.channel, "http://127.0.0.1:9/send?key=k");
    expect(await send()).toEqual({ kind: "busy", reason: "连接不上：ECONNREFUSED" });
  });

  test.each([undefined, "", "not an address", "ftp://x/send", "javascript:alert(1)"])(
    "is nowhere: %j",
    async (webhook) => {
      webhooks.delete(webhookWay.channel);
      if (webhook !== undefined) webhooks.set(webhookWay.channel, webhook);
      expect(wecom.origin(webhookWay)).toBeNull();
      expect(await send()).toEqual({ kind: "refused", reason: "没有可用的推送地址" });
    },
  );
});
