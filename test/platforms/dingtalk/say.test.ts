import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Way } from "../../../src/chat/outgoing.ts";
import { openDingtalk } from "../../../src/platforms/dingtalk/dingtalk.ts";
import type { Platform } from "../../../src/platforms/platform.ts";
import { C } from "./vectors.ts";

const TOKEN_PATH = "/v1.0/oauth2/accessToken";
const GROUP_PATH = "/v1.0/robot/groupMessages/send";
const PERSON_PATH = "/v1.0/robot/oToMessages/batchSend";
const SECRET = "app-secret-never-shown";
const KEY = "robot-key-never-shown";
const SESSION = "session-never-shown";

interface HeardRequest {
  readonly url: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

const heard: HeardRequest[] = [];
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let answerToken: (response: ServerResponse, request: IncomingMessage) => void;
let base: string;
let clock: number;
let dingtalk: Platform;
let answerWay: Way;
const webhookWay: Way = { kind: "webhook", channel: "dingtalk:webhook:nan", mention: ["user-2002"] };
const pushWay: Way = {
  kind: "push",
  channel: "dingtalk:push:dingtalk:cid1",
  chat: "cid1",
  single: false,
  names: ["韩梅", "李雷"],
};
const personWay: Way = { kind: "person", channel: "dingtalk:person:dingtalk:@user-2002", account: "user-2002" };
const webhooks = new Map<string, { url: string; secret: string | null }>();
const line = { id: "01LINE", text: "【#1123-017】请接单", buttons: [] };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const token = request.headers["x-acs-dingtalk-access-token"];
    heard.push({
      url: request.url ?? "",
      token: typeof token === "string" ? token : undefined,
      body: JSON.parse(String(Buffer.concat(chunks))),
    });
    (request.url === TOKEN_PATH ? answerToken : answer)(response, request);
  });
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  heard.length = 0;
  clock = Number(C.timestamp);
  let tokens = 0;
  answerToken = (response) => response.end(JSON.stringify({ accessToken: `token-${++tokens}`, expireIn: 7200 }));
  answer = (response, request) =>
    response.end(request.url?.startsWith("/robot/") ? '{"errcode":0,"errmsg":"ok"}' : '{"processQueryKey":"pqk/1="}');
  dingtalk = openDingtalk({
    appKey: "dingdemoappkey",
    appSecret: SECRET,
    robotCode: "dingdemoappkey",
    robotNames: [],
    corpId: null,
    mode: "http",
    apiBase: base,
    oapiBase: base,
    webhookOf: (channel) => webhooks.get(channel) ?? null,
    sendTimeoutMs: 1000,
    now: () => clock,
    log: { info() {}, warn() {}, error() {} },
  });
  answerWay = {
    kind: "answer",
    channel: "dingtalk:answer:dingtalk:cid1",
    url: `${base}/robot/sendBySession?session=${SESSION}`,
    expires: clock + 1000,
    mention: ["User-1001", "user-2002"],
  };
  webhooks.set(webhookWay.channel, { url: `${base}/robot/send?access_token=${KEY}`, secret: null });
});

const saying = (status: number, body: unknown) => {
  answer = (response) => response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
};
const errcode = (code: number | string, errmsg = "why") => saying(200, { errcode: code, errmsg });
const sent = () => heard.filter(({ url }) => url !== TOKEN_PATH);

describe("a line is said", () => {
  test("where it was asked, ringing those who are mentioned", async () => {
    expect(await dingtalk.send(answerWay, line)).toEqual({ kind: "sent" });
    expect(heard).toMatchObject([
      {
        url: `/robot/sendBySession?session=${SESSION}`,
        body: {
          msgtype: "text",
          text: { content: "【#1123-017】请接单 @User-1001 @user-2002" },
          at: { atUserIds: ["User-1001", "user-2002"] },
        },
      },
    ]);
  });

  test("by the group's webhook, under an id that it drops when it has had it", async () => {
    expect(await dingtalk.send(webhookWay, line)).toEqual({ kind: "sent" });
    expect(heard).toMatchObject([
      {
        url: `/robot/send?access_token=${KEY}`,
        body: {
          msgtype: "text",
          text: { content: "【#1123-017】请接单 @user-2002" },
          at: { atUserIds: ["user-2002"] },
          msgUuid: "01LINE",
        },
      },
    ]);
  });

  test("ringing nobody", async () => {
    await dingtalk.send({ ...webhookWay, mention: [] }, line);
    expect(heard[0]?.body).toEqual({ msgtype: "text", text: { content: line.text }, msgUuid: "01LINE" });
  });

  test("signed where the webhook has a secret: vector C", async () => {
    webhooks.set(webhookWay.channel, { url: `${base}/robot/send?access_token=${KEY}`, secret: C.secret });
    await dingtalk.send(webhookWay, line);
    expect(heard[0]?.url).toBe(`/robot/send?access_token=${KEY}&timestamp=${C.timestamp}&sign=${C.inAddress}`);
  });

  test("into a group by the interface, with names that ring nobody, under a key that a quote will tell", async () => {
    expect(await dingtalk.send(pushWay, line)).toEqual({ kind: "sent", knownAs: "pqk/1=" });
    expect(heard).toEqual([
      { url: TOKEN_PATH, token: undefined, body: { appKey: "dingdemoappkey", appSecret: SECRET } },
      {
        url: GROUP_PATH,
        token: "token-1",
        body: {
          robotCode: "dingdemoappkey",
          openConversationId: "cid1",
          msgKey: "sampleText",
          msgParam: '{"content":"【#1123-017】请接单 @韩梅 @李雷"}',
        },
      },
    ]);
  });

  test("to one person", async () => {
    saying(200, { processQueryKey: "p".repeat(200), invalidStaffIdList: [], flowControlledStaffIdList: [] });
    expect(await dingtalk.send(personWay, line)).toEqual({
      kind: "sent",
      knownAs: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(sent()).toMatchObject([
      {
        url: PERSON_PATH,
        body: { userIds: ["user-2002"], msgKey: "sampleText", msgParam: '{"content":"【#1123-017】请接单"}' },
      },
    ]);
  });

  test("up to the last byte within DingTalk's limits, and not beyond: that is a bug of the caller", async () => {
    const full = "字\n".repeat(2500);
    const names = Array.from({ length: 50 }, () => "张三四");
    const mention = Array.from({ length: 50 }, () => "x".repeat(64));
    await dingtalk.send({ ...answerWay, mention } as Way, { ...line, text: full });
    await dingtalk.send({ ...pushWay, names } as Way, { ...line, text: full });
    const [byWebhook, byApi] = sent().map(({ body }) => body as { msgParam?: string });
    expect(Buffer.byteLength(JSON.stringify(byWebhook))).toBeLessThanOrEqual(20_000);
    expect(Buffer.byteLength(byApi?.msgParam ?? "")).toBeLessThanOrEqual(15_000);
    for (const way of [answerWay, webhookWay, pushWay, personWay]) {
      await expect(dingtalk.send(way, { ...line, text: `${full}a` })).rejects.toThrow("was not split");
    }
  });

  test("not in ways that DingTalk does not have", async () => {
    const thread: Way = { kind: "thread", channel: "dingtalk:socket:x", request: "r", expires: 0 };
    expect(await dingtalk.send(thread, line)).toMatchObject({ kind: "refused" });
    expect(await dingtalk.send({ ...pushWay, single: true } as Way, line)).toMatchObject({ kind: "refused" });
    expect(heard).toEqual([]);
  });
});

describe("a webhook answers", () => {
  test.each([0, "0"])("%j: sent", async (code) => {
    errcode(code);
    expect(await dingtalk.send(webhookWay, line)).toEqual({ kind: "sent" });
  });

  test.each([-1, "-1", 15, 88])("%j: busy", async (code) => {
    errcode(code);
    expect(await dingtalk.send(webhookWay, line)).toEqual({ kind: "busy", reason: `${code} why` });
  });

  test.each([
    [410100, 600_000],
    [130101, 60_000],
    ["130101", 60_000],
    [429, 60_000],
    [90018, 1000],
    [90002, 1000],
  ])("%j: the key rests %i ms", async (code, restMs) => {
    errcode(code);
    for (const way of [webhookWay, answerWay]) {
      expect(await dingtalk.send(way, line)).toEqual({ kind: "pace", restMs, reason: `${code} why` });
    }
  });

  test.each([300001, "300001", 310000, 400013, 400101, 400102, 400106, 430101, 430104, 460101, 33012, 1])(
    "%j: never on this channel",
    async (code) => {
      errcode(code);
      for (const way of [webhookWay, answerWay]) {
        expect(await dingtalk.send(way, line)).toEqual({ kind: "refused", reason: `${code} why` });
      }
    },
  );

  test("why, without the secrets that it repeats, and not for pages", async () => {
    webhooks.set(webhookWay.channel, { url: `${base}/robot/send?access_token=${KEY}`, secret: C.secret });
    errcode(
      310000,
      `sign not match ${KEY} ${base}/robot/send?access_token=${KEY}&sign=${C.inAddress} ${"x".repeat(999)}`,
    );
    const outcome = await dingtalk.send(webhookWay, line);
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringMatching(/^310000 sign not match \*\*\* /) });
    expect(JSON.stringify(outcome)).not.toMatch(new RegExp(`${KEY}|SECdemo|VJPlzt`));
    expect(JSON.stringify(outcome).length).toBeLessThan(350);
    errcode(300001, `session ${SESSION} 不存在`);
    expect(await dingtalk.send(answerWay, line)).toEqual({ kind: "refused", reason: "300001 session *** 不存在" });
  });
});

describe("the interface answers", () => {
  const code = (status: number, code: string, more: object = {}) =>
    saying(status, { code, requestid: "r", message: "why", ...more });

  test.each([
    [503, "ServiceUnavailable"],
    [500, "system.error"],
    [400, "system.error"],
    [504, "504"],
  ])("%i %s: busy", async (status, word) => {
    code(status, word);
    for (const way of [pushWay, personWay]) {
      expect(await dingtalk.send(way, line)).toEqual({ kind: "busy", reason: `${word} why` });
    }
  });

  test.each([
    [403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 1000],
    [403, "Forbidden.AccessDenied.QpsLimitForApi", 1000],
    [403, "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 60_000],
    [400, "send.too.fast", 60_000],
    [400, "too.many.group", 60_000],
    [429, "Throttling", 60_000],
  ])("%i %s: it rests %i ms", async (status, word, restMs) => {
    code(status, word);
    expect(await dingtalk.send(pushWay, line)).toEqual({ kind: "pace", restMs, reason: `${word} why` });
  });

  test.each([
    [400, "invalidParameter.robotCode.auth"],
    [400, "invalid.openConversationId"],
    [400, "invalidParameter.msgParam.tooLong"],
    [400, "group.disbanded"],
    [400, "contain.notAllowed.text"],
    [400, "contain.unsafe.url"],
    [200, "bot.stopped"],
  ])("%i %s: never on this channel", async (status, word) => {
    code(status, word);
    expect(await dingtalk.send(pushWay, line)).toEqual({ kind: "refused", reason: `${word} why` });
    expect(sent()).toHaveLength(1);
  });

  test("which permission is missing", async () => {
    code(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied", {
      accessdenieddetail: { requiredScopes: ["qyapi_robot_sendmsg"] },
    });
    expect(await dingtalk.send(pushWay, line)).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^应用缺少权限 qyapi_robot_sendmsg ，请管理员/),
    });
    code(200, "88", { subCode: "60011" });
    expect(await dingtalk.send(pushWay, line)).toMatchObject({ kind: "refused" });
  });

  test.each([
    ["Forbidden.AccessDenied.ApiCountLimitForOrg", "本月接口调用次数已用完"],
    ["Forbidden.AccessDenied.IpNotInWhiteList", "本机出口 IP 不在应用的白名单内"],
  ])("%s: what an administrator can do nothing about by waiting", async (word, reason) => {
    code(403, word);
    expect(await dingtalk.send(pushWay, line)).toEqual({ kind: "refused", reason: `${reason}（${word} why）` });
  });

  test("that somebody is not here, or has had too much", async () => {
    saying(200, { processQueryKey: "p", invalidStaffIdList: ["user-2002"], flowControlledStaffIdList: [] });
    expect(await dingtalk.send(personWay, line)).toMatchObject({ kind: "refused" });
    saying(200, { processQueryKey: "p", invalidStaffIdList: [], flowControlledStaffIdList: ["user-2002"] });
    expect(await dingtalk.send(personWay, line)).toMatchObject({ kind: "pace", restMs: 60_000 });
  });

  test("that this machine is barred for five minutes, with any status", async () => {
    for (const status of [200, 403]) {
      saying(status, { status: 1111, wait: 5, source: "x5", punish: "deny" });
      for (const way of [pushWay, webhookWay]) {
        expect(await dingtalk.send(way, line)).toMatchObject({ kind: "pace", restMs: 300_000 });
      }
    }
  });
});

describe("the access token", () => {
  test("is fetched once for lines that go together, and kept", async () => {
    await Promise.all([dingtalk.send(pushWay, line), dingtalk.send(personWay, line)]);
    clock += 6_000_000;
    await dingtalk.send(pushWay, line);
    expect(heard.filter(({ url }) => url === TOKEN_PATH)).toHaveLength(1);
    clock += 1_200_000;
    await dingtalk.send(pushWay, line);
    expect(sent().map(({ token }) => token)).toEqual(["token-1", "token-1", "token-1", "token-2"]);
  });

  test.each([
    [401, { code: "InvalidAuthentication", message: "why" }],
    [400, { code: "InvalidAuthentication", message: "why" }],
    [401, "<html>"],
    [200, { errcode: 40014, errmsg: "why" }],
    [200, { errcode: 42001, errmsg: "why" }],
  ])("is fetched anew once where DingTalk does not know it: %i %j", async (status, body) => {
    answer = (response) => {
      if (sent().at(-1)?.token === "token-2") response.end('{"processQueryKey":"p"}');
      else response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
    };
    expect(await dingtalk.send(pushWay, line)).toEqual({ kind: "sent", knownAs: "p" });
    expect(sent()).toHaveLength(2);
  });

  test("that is refused when there is no time for another is thrown away, and fetched by the next try", async () => {
    answer = (response) => {
      if (sent().at(-1)?.token === "token-2") return void response.end('{"processQueryKey":"p"}');
      clock += 600;
      response.writeHead(401).end('{"code":"InvalidAuthentication"}');
    };
    expect((await dingtalk.send(pushWay, line)).kind).toBe("busy");
    expect(heard.filter(({ url }) => url === TOKEN_PATH)).toHaveLength(1);
    expect(await dingtalk.send(pushWay, line)).toEqual({ kind: "sent", knownAs: "p" });
  });

  test("that is not taken twice is refused, and not shown", async () => {
    saying(401, { code: "InvalidAuthentication", message: "token-2 x-acs-dingtalk-access-token" });
    const outcome = await dingtalk.send(pushWay, line);
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("访问凭证未被接受") });
    expect(JSON.stringify(outcome)).not.toContain("token-2");
    expect(sent()).toHaveLength(2);
  });

  test.each([
    ["wrong credentials", 400, { code: "invalidClientIdOrSecret", message: `${SECRET} is wrong` }, "refused"],
    ["a fault", 503, "<html>", "busy"],
    ["a fault with a code", 500, { code: "system.error" }, "busy"],
    ["too fast", 429, "", "pace"],
    ["a page", 200, "<html>", "busy"],
    ["no token", 200, { expireIn: 7200 }, "busy"],
    ["nothing that a header can carry", 200, { accessToken: "token\n-1", expireIn: 7200 }, "busy"],
  ])("may not come: %s", async (_, status, body, kind) => {
    answerToken = (response) => response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
    const outcome = await dingtalk.send(pushWay, line);
    expect(outcome.kind).toBe(kind);
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
    expect(sent()).toEqual([]);
  });

  test("that does not come in time leaves the line unsent, well before the lease ends", async () => {
    answerToken = () => {};
    const from = performance.now();
    expect((await dingtalk.send(pushWay, line)).kind).toBe("busy");
    expect(performance.now() - from).toBeLessThan(5000);
    answerToken = (_, request) => request.socket.resetAndDestroy();
    expect((await dingtalk.send(pushWay, line)).kind).toBe("busy");
    expect(sent()).toEqual([]);
  });

  test("that took all the time there was is not used in haste", async () => {
    answerToken = (response) => {
      clock += 900;
      response.end('{"accessToken":"token-1","expireIn":7200}');
    };
    expect(await dingtalk.send(pushWay, line)).toEqual({ kind: "busy", reason: "取得访问凭证用去了全部时间" });
    expect(sent()).toEqual([]);
    expect((await dingtalk.send(pushWay, line)).kind).toBe("sent");
  });
});

const ways = () => [answerWay, webhookWay, pushWay, personWay];

describe("HTTP says", () => {
  test.each([
    [500, "busy"],
    [502, "busy"],
    [504, "busy"],
    [429, "pace"],
    [400, "refused"],
    [403, "refused"],
    [404, "refused"],
    [302, "refused"],
  ])("%i: %s", async (status, kind) => {
    answer = (response) => response.writeHead(status, { location: "/elsewhere" }).end("<html>");
    for (const way of ways()) expect(await dingtalk.send(way, line)).toMatchObject({ kind, reason: `HTTP ${status}` });
    expect(sent()).toHaveLength(4);
  });
});

describe("in doubt", () => {
  test.each([
    ["a page with 200", "<html>登录</html>"],
    ["nothing with 200", ""],
    ["JSON that is not DingTalk's", '{"ok":true}'],
    ["a list", "[0]"],
    ["an errcode that is none", '{"errcode":null,"code":{}}'],
    ["a flood", "x".repeat(70_000)],
  ])("%s", async (_, body) => {
    saying(200, body);
    for (const way of ways()) {
      expect(await dingtalk.send(way, line)).toEqual({ kind: "doubt", reason: "HTTP 200，应答无法识别" });
    }
  });

  test("a reset after the line was shown, and no answer at all", async () => {
    for (const way of ways()) {
      answer = (_, request) => request.socket.resetAndDestroy();
      expect(await dingtalk.send(way, line)).toEqual({ kind: "doubt", reason: "已发出，没有应答：ECONNRESET" });
      answer = () => {};
      expect(await dingtalk.send(way, line)).toEqual({
        kind: "doubt",
        reason: "已发出，没有应答：1000 ms 内没有回音",
      });
    }
  });
});

describe("where it goes", () => {
  test("is known before it is sent", () => {
    for (const way of ways()) expect(dingtalk.origin(way)).toBe(base);
    expect(dingtalk.origin({ kind: "thread", channel: "x", request: "r", expires: 0 })).toBeNull();
  });

  test("nobody listens: busy", async () => {
    webhooks.set(webhookWay.channel, { url: "http://127.0.0.1:9/robot/send?access_token=k", secret: null });
    expect(await dingtalk.send(webhookWay, line)).toEqual({ kind: "busy", reason: "连接不上：ECONNREFUSED" });
  });

  test.each([undefined, "", "not an address", "ftp://x/send", "javascript:alert(1)"])("is nowhere: %j", async (url) => {
    webhooks.delete(webhookWay.channel);
    if (url !== undefined) webhooks.set(webhookWay.channel, { url, secret: "SEC1" });
    expect(dingtalk.origin(webhookWay)).toBeNull();
    expect(await dingtalk.send(webhookWay, line)).toEqual({ kind: "refused", reason: "没有可用的推送地址" });
  });
});

test("its ways and its paces are what DingTalk allows", () => {
  expect(Object.keys(dingtalk.ways)).toEqual(["answer", "webhook", "push", "person"]);
  expect(Object.entries(dingtalk.ways).flatMap(([kind, way]) => (way.mentions ? [kind] : []))).toEqual([
    "answer",
    "webhook",
  ]);
  expect(Object.entries(dingtalk.ways).flatMap(([kind, way]) => (way.dedupes ? [kind] : []))).toEqual(["webhook"]);
  for (const pace of dingtalk.paces) {
    expect(Object.values(dingtalk.ways).map(({ lane }) => `dingtalk:${lane}`)).toContain(pace.kind);
  }
  // A robot 20 a minute, an application 20 a second for each interface.
  expect(dingtalk.paces.filter(({ per }) => per === "kind").map(({ kind }) => kind)).toEqual([
    "dingtalk:push",
    "dingtalk:person",
  ]);
});
