import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../../src/chat/message.ts";
import type { Utterance, Way } from "../../../../src/chat/outgoing.ts";
import type { Link } from "../../../../src/platforms/platform.ts";
import { openIntake } from "../../../../src/platforms/wecom/intake.ts";
import type { Ending } from "../../../../src/platforms/wecom/socket/connection.ts";
import { openBotSocket } from "../../../../src/platforms/wecom/socket/socket.ts";

import { until } from "../until.ts";
import { type BotServer, openBotServer } from "./server.ts";

const SECRET = "S3CRET-of-the-bot";
/** Everything that takes half a minute out there. */
const SLOW_MS = 150;
const QUICK = {
  times: { handshake: 1000, subscribe: 400, ping: 60, ack: 200, goodbye: 200 },
  waitAfter: ({ kind }: Ending): number => (kind === "refused" || kind === "replaced" ? SLOW_MS : 10),
  drainMs: 2000,
};
const STEADY = { ...QUICK, times: { ...QUICK.times, ping: 60_000 } };

let server: BotServer;
let accepted: Message[];
let accept: (message: Message) => Promise<unknown>;
let dropped: number;
let ups: number;
let logged: { details: object; message: string }[];
let links: Link[];

beforeEach(async () => {
  server = await openBotServer();
  accepted = [];
  accept = async (message) => accepted.push(message);
  dropped = 0;
  ups = 0;
  logged = [];
  links = [];
});
afterEach(async () => {
  await Promise.all(links.map((link) => link.close()));
  await server.close();
});

function openBot(options = STEADY) {
  const log = (details: object, message: string) => void logged.push({ details, message });
  return openBotSocket({
    botId: "bot-1",
    secret: SECRET,
    wsUrl: server.url,
    stripNames: (text) => text.replace("@小帮手", "").trim(),
    openIntake: (take) => openIntake(take, () => null),
    now: Date.now,
    log: { info: log, warn: log, error: log },
    ...options,
  });
}
async function open(options = STEADY, isUp = true) {
  const { socket, voice } = openBot(options);
  const hearing = { accept: (message: Message) => accept(message), refused() {}, dropped: () => void dropped++ };
  const link = socket.open(hearing, () => void ups++);
  links.push(link);
  if (isUp) await until(() => link.state() === "up");
  return { link, voice };
}

const said = (more: object = {}) => ({
  msgid: "m-1",
  aibotid: "bot-1",
  chatid: "wrGROUP01",
  chattype: "group",
  from: { userid: "Zhao.Min" },
  msgtype: "text",
  text: { content: "@小帮手 打印机卡纸" },
  ...more,
});
const line = (text = "#1123-017 已登记", id = "L1"): Utterance => ({ id, text, buttons: [] });
const threadWay = (request = "srv-9"): Way & { kind: "thread" } => ({
  kind: "thread",
  channel: "wecom:socket:wecom:wrGROUP01",
  request,
  expires: Date.now() + 1000,
});
const pushWay = (more: object = {}): Way & { kind: "push" } => ({
  kind: "push",
  channel: "wecom:socket:wecom:wrGROUP01",
  chat: "wrGROUP01",
  single: false,
  names: [],
  ...more,
});

describe("a link", () => {
  test("subscribes once, says that it is up, and names the bot and its secret", async () => {
    const { link } = await open();
    expect(link.state()).toBe("up");
    expect(ups).toBe(1);
    expect(server.heard).toEqual([
      {
        cmd: "aibot_subscribe",
        headers: { req_id: expect.stringMatching(/^aibot_subscribe_\d{13}_[0-9a-f]{8}$/) },
        body: { bot_id: "bot-1", secret: SECRET },
      },
    ]);
  });

  test("is connecting until it has subscribed", async () => {
    server.answer = () => null;
    const { link } = await open(STEADY, false);
    await until(() => server.heard.length > 0);
    expect(link.state()).toBe("connecting");
    expect(ups).toBe(0);
  });

  test("comes back when it is cut, with one connection at a time", async () => {
    const { link } = await open();
    for (let times = 2; times <= 5; times++) {
      server.sockets.at(-1)?.terminate();
      await until(() => ups === times && link.state() === "up");
    }
    expect(server.sockets).toHaveLength(5);
    expect(server.of("aibot_subscribe")).toHaveLength(5);
  });

  test("comes back where nobody answers its subscription", async () => {
    let asked = 0;
    server.answer = ({ cmd }) => (cmd === "aibot_subscribe" && ++asked === 1 ? null : { errcode: 0 });
    await open();
    expect(server.sockets).toHaveLength(2);
  });

  test("comes back where nobody listened at first", async () => {
    const port = Number(new URL(server.url).port);
    await server.close();
    const { link } = await open(STEADY, false);
    await until(() => logged.some(({ message }) => message === "long connection down"));
    expect(link.state()).toBe("connecting");
    server = await openBotServer(port);
    await until(() => link.state() === "up");
  });

  test("keeps a heartbeat", async () => {
    await open(QUICK);
    await until(() => server.of("ping").length >= 4);
    expect(server.of("ping")[0]).toEqual({
      cmd: "ping",
      headers: { req_id: expect.stringMatching(/^ping_\d{13}_[0-9a-f]{8}$/) },
    });
    expect(server.sockets).toHaveLength(1);
  });

  test("that is silent for two heartbeats is given up for another", async () => {
    const { link } = await open(QUICK);
    const before = server.of("ping").length;
    server.answer = ({ cmd }) => (cmd === "ping" ? null : { errcode: 0 });
    await until(() => server.sockets.length === 2 && link.state() === "up");
    expect(server.of("ping").length - before).toBeGreaterThanOrEqual(2);
    expect(logged).toContainEqual({
      message: "long connection down",
      details: expect.objectContaining({ ending: "lost", reason: "2 次心跳没有应答" }),
    });
  });

  test("that is refused says so, tries again slowly, and is up when that was mended", async () => {
    server.answer = () => ({ errcode: 40001, errmsg: `invalid secret ${SECRET}, hint: [17]` });
    const { link } = await open(STEADY, false);
    await until(() => link.state() === "refused");
    const from = performance.now();
    await until(() => server.of("aibot_subscribe").length === 3);
    expect(performance.now() - from).toBeGreaterThan(2 * SLOW_MS - 50);
    expect(link.state()).toBe("refused");
    expect(JSON.stringify(logged)).toContain("hint: [17]");
    expect(JSON.stringify(logged)).not.toContain(SECRET);
    server.answer = () => ({ errcode: 0 });
    await until(() => link.state() === "up");
  });

  test.each([
    [-1, "lost"],
    [45009, "pace"],
  ])("that WeCom is too busy for (%i) is not refused", async (errcode, ending) => {
    server.answer = () => ({ errcode, errmsg: "later" });
    const { link } = await open(STEADY, false);
    await until(() => logged.length > 0);
    expect(link.state()).toBe("connecting");
    expect(logged[0]?.details).toMatchObject({ ending });
  });

  test("that was replaced does not fight: it waits, and longer than a moment", async () => {
    const { link } = await open();
    server.event("disconnected_event");
    const from = performance.now();
    await until(() => link.state() === "replaced");
    await until(() => server.sockets.length === 2);
    const waited = performance.now() - from;
    expect(waited).toBeGreaterThan(SLOW_MS - 50);
    await until(() => link.state() === "up");
  });

  test("stays replaced and does not hurry where the other side closes as well", async () => {
    const { link } = await open();
    server.event("disconnected_event");
    server.sockets[0]?.close();
    await until(() => link.state() === "replaced");
    const from = performance.now();
    await until(() => server.sockets.length === 2);
    expect(performance.now() - from).toBeGreaterThan(SLOW_MS - 50);
  });

  test("that a proxy turns away with a page tries again", async () => {
    const { link } = await open();
    server.sockets[0]?.close(1011, "x");
    await until(() => ups === 2);
    expect(link.state()).toBe("up");
  });
});

describe("a message", () => {
  test("is heard like a callback, and answered under its request for five minutes", async () => {
    await open();
    const from = Date.now();
    server.callback("srv-9", said({ quote: { msgtype: "text", text: { content: "【#1123-017】" } } }));
    await until(() => accepted.length === 1);
    expect(accepted).toEqual([
      {
        platform: "wecom",
        id: "m-1",
        chat: "wrGROUP01",
        by: "zhao.min",
        outsider: false,
        text: "打印机卡纸",
        quote: "【#1123-017】",
        quotes: [],
        knownAs: null,
        attachments: [],
        answer: { kind: "request", request: "srv-9", expires: expect.any(Number) },
      },
    ]);
    const expires = accepted[0]?.answer?.expires ?? 0;
    expect(expires - from).toBeGreaterThanOrEqual(300_000);
    expect(expires - from).toBeLessThan(302_000);
    expect(logged.filter(({ message }) => message !== "long connection up")).toEqual([]);
  });

  test("one to one has no chat", async () => {
    await open();
    server.callback("srv-9", said({ chattype: "single", chatid: undefined, response_url: "https://evil.example/x" }));
    await until(() => accepted.length === 1);
    expect(accepted[0]).toMatchObject({ chat: null, answer: { kind: "request" } });
  });

  test.each([
    ["an event", (): void => server.event("enter_chat"), "event enter_chat"],
    ["another bot's", () => server.callback("r", said({ aibotid: "bot-2" })), "another bot's message"],
    ["of a kind that we do not know", () => server.callback("r", said({ msgtype: "dance" })), "message of kind dance"],
    [
      "a command that we do not know",
      () => server.send({ cmd: "aibot_dance", headers: { req_id: "r" } }),
      "aibot_dance",
    ],
    [
      "without a body",
      () => server.send({ cmd: "aibot_msg_callback", headers: { req_id: "r" } }),
      "aibot_msg_callback",
    ],
    ["not JSON", () => server.send("<xml/>"), "no frame"],
    ["a list", () => server.send([]), "no frame"],
    ["without a request", () => server.send({ cmd: "aibot_msg_callback", headers: {}, body: said() }), "no frame"],
    ["an answer to nobody", () => server.send({ headers: { req_id: "r" } }), "neither a command nor an answer"],
  ])("is dropped where it is %s", async (_, send, reason) => {
    await open();
    send();
    await until(() => dropped === 1);
    expect(logged).toContainEqual({ details: { platform: "wecom", reason }, message: "frame dropped" });
    // And the link stands.
    server.callback("srv-9", said());
    await until(() => accepted.length === 1);
    expect(server.sockets).toHaveLength(1);
  });

  test("that comes as bytes is dropped", async () => {
    await open();
    server.sockets[0]?.send(Buffer.from(JSON.stringify(said())));
    await until(() => dropped === 1);
  });

  test("whatever comes, the link stands", async () => {
    await open();
    const frames = fc.oneof(
      fc.json(),
      fc.string({ unit: "grapheme" }),
      fc
        .record({
          cmd: fc.oneof(fc.constantFrom("aibot_msg_callback", "aibot_event_callback", "ping"), fc.jsonValue()),
          headers: fc.oneof(fc.record({ req_id: fc.oneof(fc.string(), fc.jsonValue()) }), fc.jsonValue()),
          errcode: fc.jsonValue(),
          body: fc.oneof(
            fc.jsonValue(),
            fc.dictionary(fc.constantFrom(...Object.keys(said()), "quote", "mixed", "event"), fc.jsonValue()),
          ),
        })
        .map((frame) => JSON.stringify(frame)),
    );
    let sent = 0;
    fc.assert(
      fc.property(frames, (frame) => {
        if (frame.includes("disconnected_event")) return;
        server.send(frame);
        sent++;
      }),
      { numRuns: 1000 },
    );
    server.send(`{"a":`.repeat(50_000));
    server.callback("srv-last", said({ msgid: "last" }));
    await until(() => accepted.some(({ id }) => id === "last"));
    expect(sent).toBeGreaterThan(900);
    expect(server.sockets).toHaveLength(1);
  });

  test("that nobody keeps is answered at once: not taken, send it again", async () => {
    const { link } = await open();
    accept = () => Promise.reject(new Error("Connection is closed."));
    server.callback("srv-9", said());
    await until(() => server.of("aibot_respond_msg").length === 1);
    expect(server.of("aibot_respond_msg")).toEqual([
      {
        cmd: "aibot_respond_msg",
        headers: { req_id: "srv-9" },
        body: {
          msgtype: "stream",
          stream: { id: expect.any(String), finish: true, content: expect.stringMatching(/可能未能收下.*再发一次/) },
        },
      },
    ]);
    expect(logged).toContainEqual({
      message: "message not taken, and its sender told so",
      details: { platform: "wecom", id: "m-1", chat: "wrGROUP01", reason: "redis away" },
    });
    expect(JSON.stringify(logged)).not.toContain("打印机");
    expect(link.state()).toBe("up");
  });
});

describe("a line", () => {
  test("answers under the request of its message, all at once", async () => {
    const { voice } = await open();
    expect(await voice.say(threadWay(), line())).toEqual({ kind: "sent" });
    expect(server.of("aibot_respond_msg")).toEqual([
      {
        cmd: "aibot_respond_msg",
        headers: { req_id: "srv-9" },
        body: { msgtype: "stream", stream: { id: "L1", finish: true, content: "#1123-017 已登记" } },
      },
    ]);
  });

  test("is pushed into a group, with the names behind it", async () => {
    const { voice } = await open();
    expect(await voice.say(pushWay({ names: ["陈杰", "王芳"] }), line())).toEqual({ kind: "sent" });
    expect(server.of("aibot_send_msg")).toEqual([
      {
        cmd: "aibot_send_msg",
        headers: { req_id: expect.stringMatching(/^aibot_send_msg_\d{13}_[0-9a-f]{8}$/) },
        body: {
          chatid: "wrGROUP01",
          chat_type: 2,
          msgtype: "markdown",
          markdown: { content: "#1123-017 已登记\n@陈杰 @王芳" },
        },
      },
    ]);
  });

  test("is pushed to one person", async () => {
    const { voice } = await open();
    await voice.say(pushWay({ chat: "zhao.min", single: true }), line());
    expect(server.of("aibot_send_msg")[0]?.body).toMatchObject({
      chatid: "zhao.min",
      chat_type: 1,
      markdown: { content: "#1123-017 已登记" },
    });
  });

  test("leaves out names for which there is no room, and says so", async () => {
    const { voice } = await open();
    await voice.say(pushWay({ names: Array.from({ length: 500 }, (_, i) => `帮办员${i}`) }), line("好"));
    const said = JSON.stringify(server.of("aibot_send_msg")[0]?.body?.["markdown"]);
    const { content } = JSON.parse(said) as { readonly content: string };
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(1024 + 3);
    expect(content).toMatch(/^好\n@帮办员0 @帮办员1 .* 等$/);
  });

  test.each([
    [0, { kind: "sent" }],
    [-1, { kind: "busy", reason: "-1 why" }],
    [45009, { kind: "pace", restMs: 60_000, reason: "45009 why" }],
    [45033, { kind: "pace", restMs: 60_000, reason: "45033 why" }],
    [846605, { kind: "refused", reason: "846605 why" }],
    [40008, { kind: "refused", reason: "40008 why" }],
    [99999, { kind: "refused", reason: "99999 why" }],
  ])("that WeCom answers with %i", async (errcode, outcome) => {
    const { voice } = await open();
    server.answer = () => ({ errcode, errmsg: "why" });
    expect(await voice.say(threadWay(), line())).toEqual(outcome);
    expect(await voice.say(pushWay(), line())).toEqual(outcome);
  });

  test("says of a stream that is over that its request was used; a push has none", async () => {
    const { voice } = await open();
    server.answer = () => ({ errcode: 846608, errmsg: "why" });
    const refused = { kind: "refused", reason: "846608 why" };
    expect(await voice.say(threadWay(), line())).toEqual({ ...refused, used: true });
    expect(await voice.say(pushWay(), line())).toEqual(refused);
  });

  test("keeps the secret out of its reason", async () => {
    const { voice } = await open();
    server.answer = () => ({ errcode: 1, errmsg: `bad ${SECRET}` });
    expect(await voice.say(pushWay(), line())).toEqual({ kind: "refused", reason: "1 bad ***" });
  });

  test("is not sent where there is no connection, nor one that has subscribed", async () => {
    const { voice } = openBot();
    expect(await voice.say(threadWay(), line())).toEqual({ kind: "busy", reason: "长连接未建立" });
    server.answer = () => null;
    const other = await open(STEADY, false);
    await until(() => server.heard.length > 0);
    expect(await other.voice.say(pushWay(), line())).toEqual({ kind: "busy", reason: "长连接未建立" });
    expect(server.of("aibot_send_msg")).toEqual([]);
  });

  test("that nobody answers may have arrived", async () => {
    const { voice } = await open();
    server.answer = () => null;
    expect(await voice.say(pushWay(), line())).toEqual({
      kind: "doubt",
      reason: "已发出，没有应答：200 ms 内没有回音",
    });
  });

  test("whose connection is cut once it had left may have arrived", async () => {
    const { voice } = await open();
    server.answer = (_, socket) => {
      socket.terminate();
      return null;
    };
    expect(await voice.say(pushWay(), line())).toEqual({ kind: "doubt", reason: "已发出，没有应答：长连接断开" });
  });

  test("said again under its request is the same stream; another one is not said there any more", async () => {
    const { voice } = await open();
    server.answer = () => null;
    expect((await voice.say(threadWay(), line())).kind).toBe("doubt");
    server.answer = () => ({ errcode: 0 });
    expect(await voice.say(threadWay(), line())).toEqual({ kind: "sent" });
    expect(await voice.say(threadWay(), line("第二句", "L2"))).toEqual({
      kind: "refused",
      reason: "这条消息已经答复过",
    });
    expect(await voice.say(threadWay("srv-10"), line("第二句", "L2"))).toEqual({ kind: "sent" });
    const ids = server.of("aibot_respond_msg").map(({ body }) => body?.["stream"]);
    expect(ids).toMatchObject([{ id: "L1" }, { id: "L1" }, { id: "L2" }]);
  });

  test("that was refused leaves the request to others", async () => {
    const { voice } = await open();
    server.answer = () => ({ errcode: -1 });
    await voice.say(threadWay(), line());
    server.answer = () => ({ errcode: 0 });
    expect(await voice.say(threadWay(), line("第二句", "L2"))).toEqual({ kind: "sent" });
  });

  test("waits its turn under one request, since two answers could not be told apart", async () => {
    const { voice } = await open();
    server.answer = () => null;
    const first = voice.say(threadWay(), line());
    expect((await voice.say(threadWay(), line())).kind).toBe("busy");
    expect((await first).kind).toBe("doubt");
  });

  test("goes over the new connection after the old one is gone", async () => {
    const { voice } = await open();
    server.sockets[0]?.terminate();
    await until(() => ups === 2);
    expect(await voice.say(threadWay(), line())).toEqual({ kind: "sent" });
  });
});

describe("closed", () => {
  test("it is gone, and does not come back", async () => {
    const { link, voice } = await open();
    await link.close();
    await until(() => server.sockets[0]?.readyState === 3);
    expect(await voice.say(pushWay(), line())).toEqual({ kind: "busy", reason: "长连接未建立" });
    server.sockets[0]?.terminate();
    expect(server.sockets).toHaveLength(1);
  });

  test("while it waits to come back, it does not", async () => {
    server.answer = () => ({ errcode: 40001 });
    const { link } = await open({ ...STEADY, waitAfter: () => 20 }, false);
    await until(() => link.state() === "refused");
    await link.close();
    const { length } = server.sockets;
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(server.sockets).toHaveLength(length);
  });

  test("in the middle of a handshake, nothing is left", async () => {
    const { link } = await open(STEADY, false);
    await link.close();
    await until(() => server.sockets.every(({ readyState }) => readyState === 3));
  });

  test("what is in hand is finished first", async () => {
    const { link, voice } = await open();
    let keep: (() => void) | null = null;
    accept = (message) => new Promise((resolve) => (keep = () => resolve(accepted.push(message))));
    server.callback("srv-9", said());
    await until(() => keep !== null);
    server.answer = ({ headers }, socket) => {
      setTimeout(() => socket.send(JSON.stringify({ headers, errcode: 0 })), 100);
      return null;
    };
    const sending = voice.say(pushWay(), line());
    const closing = link.close();
    expect(server.sockets[0]?.readyState).toBe(1);
    (keep as (() => void) | null)?.();
    expect(await sending).toEqual({ kind: "sent" });
    await closing;
    expect(accepted).toHaveLength(1);
    expect(server.sockets[0]?.readyState).not.toBe(1);
  });

  test("it does not wait for good: not for what is in hand, nor for the other side's goodbye", async () => {
    const { link } = await open({ ...STEADY, drainMs: 100 });
    let isAsked = false;
    accept = () => {
      isAsked = true;
      return new Promise(() => {});
    };
    server.callback("srv-9", said());
    await until(() => isAsked);
    server.sockets[0]?.pause();
    const from = performance.now();
    await link.close();
    expect(performance.now() - from).toBeLessThan(1500);
  });

  test("twice is once", async () => {
    const { link } = await open();
    await Promise.all([link.close(), link.close()]);
  });
});
