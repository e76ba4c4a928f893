import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { memoryHistory } from "../../src/sandbox/history.ts";
import { openWecomServer, type WecomServer, type WecomServerOptions } from "../../src/sandbox/wecom-server.ts";
import { type BotClient, openBotClient } from "./bot-client.ts";
import { bot, post, text } from "./fake-desk.ts";

const GROUP = "wrGROUP01";
const SECRET = "s3cret";
const ask = { chat: GROUP, by: "li.na", text: "@小帮手 三楼打印机卡纸" };

let wecom: WecomServer;
let now = 0;
let clients: BotClient[] = [];

const open = async (options: Partial<WecomServerOptions> = {}): Promise<void> => {
  wecom = await openWecomServer({
    deskUrl: "http://127.0.0.1:1",
    mode: "socket",
    bot: { ...bot, secret: SECRET },
    groups: [
      { chat: GROUP, name: "恒通汽配服务群", webhookKey: "key-1" },
      { chat: "wrGROUP02", name: "帮办员群", webhookKey: null },
    ],
    people: [{ account: "li.na", name: "李娜", groups: [GROUP] }],
    history: memoryHistory(),
    now: () => now,
    ...options,
  });
};

const connect = async (): Promise<BotClient> => {
  const client = await openBotClient(wecom.wsUrl);
  clients.push(client);
  return client;
};

const subscribe = (client: BotClient, secret = SECRET, id = bot.id): Promise<number> =>
  client.ask("aibot_subscribe", { bot_id: id, secret });

const subscribed = async (): Promise<BotClient> => {
  const client = await connect();
  expect(await subscribe(client)).toBe(0);
  return client;
};

/** Somebody asks; the request under which the bot may answer. */
const asked = async (client: BotClient): Promise<string> => {
  await wecom.say(ask);
  return (await client.callback()).headers.req_id;
};

const shown = (): string[] => wecom.sent(GROUP).flatMap(({ from, text: said }) => (from === "bot" ? [said] : []));

beforeEach(async () => {
  now = Date.parse("2026-11-23T09:00:00+08:00");
  clients = [];
  await open();
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await wecom.close();
});

const reopen = async (options: Partial<WecomServerOptions>): Promise<void> => {
  await wecom.close();
  await open(options);
};

describe("subscribing", () => {
  test("takes the bot's id and secret, and acknowledges without a cmd", async () => {
    const client = await connect();
    expect(await subscribe(client, "wrong")).toBe(40001);
    expect(await subscribe(client, SECRET, "another-bot")).toBe(40001);
    expect(wecom.connections()).toBe(0);
    expect(await subscribe(client)).toBe(0);
    expect(wecom.connections()).toBe(1);
    expect(client.frames.at(-1)).toEqual({ headers: { req_id: expect.any(String) }, errcode: 0, errmsg: "ok" });
    expect(wecom.violations).toEqual([]);
  });

  test("is refused when it is done too often, until the minute is over", async () => {
    await reopen({ subscribesPerMinute: 3 });
    const client = await connect();
    for (let nth = 0; nth < 3; nth += 1) expect(await subscribe(client)).toBe(0);
    expect(await subscribe(client)).toBe(45009);
    expect(wecom.violations).toMatchObject([{ kind: "too-often", credential: bot.id }]);
    now += 60_000;
    expect(await subscribe(client)).toBe(0);
  });

  test("replaces an earlier connection, which is told so and closed", async () => {
    const first = await subscribed();
    await subscribed();
    const last = await first.callback();
    expect(last).toMatchObject({
      cmd: "aibot_event_callback",
      body: { msgtype: "event", aibotid: bot.id, event: { eventtype: "disconnected_event" } },
    });
    expect(await first.closed()).toBe(1000);
    expect(wecom.connections()).toBe(1);
  });

  test("does not replace anybody where it fails", async () => {
    const first = await subscribed();
    await subscribe(await connect(), "wrong");
    expect(await wecom.say(ask)).toMatchObject({ delivered: true });
    expect((await first.callback()).cmd).toBe("aibot_msg_callback");
  });

  test("comes first: whoever has not is refused", async () => {
    const client = await connect();
    expect(await client.push(GROUP, "好")).toBe(40001);
    expect(await client.ask("ping")).toBe(0);
  });

  test("needs a secret, and a mode", async () => {
    await expect(
      openWecomServer({ deskUrl: "http://127.0.0.1:1", mode: "socket", bot, history: memoryHistory() }),
    ).rejects.toThrow("secret");
    await reopen({ mode: "callback" });
    await expect(openBotClient(wecom.wsUrl)).rejects.toThrow();
    expect(() => wecom.kick()).toThrow("socket mode");
  });
});

describe("a connection", () => {
  test("that does not ping is dropped", async () => {
    await reopen({ silenceMs: 150 });
    const quiet = await subscribed();
    expect(await quiet.closed()).toBe(1006);
    await expect.poll(() => wecom.connections()).toBe(0);
  });

  test("that pings stays", async () => {
    await reopen({ silenceMs: 400 });
    const client = await subscribed();
    const idle = await connect();
    const idleClosed = idle.closed();
    let isOver = false;
    idleClosed.then(() => {
      isOver = true;
    });
    // The idle one, opened later, is dropped first.
    while (!isOver) expect(await client.ask("ping")).toBe(0);
    expect(wecom.connections()).toBe(1);
  });

  test("can be taken away in every way there is", async () => {
    const kicked = await subscribed();
    wecom.kick();
    expect((await kicked.callback()).body?.event?.eventtype).toBe("disconnected_event");
    expect(await kicked.closed()).toBe(1000);

    const reset = await subscribed();
    wecom.dropSockets("reset");
    expect(await reset.closed()).toBe(1006);

    const deaf = await subscribed();
    wecom.dropSockets("silent");
    expect(wecom.connections()).toBe(0);
    deaf.tell(JSON.stringify({ cmd: "ping", headers: { req_id: "ping_1" } }));
    await wecom.say(ask);
    // The next one lives while the silent one still hangs there, unaware.
    const next = await subscribed();
    expect(await next.ask("ping")).toBe(0);
    expect(deaf.frames.filter(({ headers }) => headers.req_id === "ping_1")).toEqual([]);
    expect(deaf.frames.filter(({ cmd }) => cmd !== undefined)).toEqual([]);
  });

  test("can be refused, and each try is counted", async () => {
    wecom.refuseSockets(true);
    await expect(openBotClient(wecom.wsUrl)).rejects.toThrow();
    await expect(openBotClient(wecom.wsUrl)).rejects.toThrow();
    wecom.refuseSockets(false);
    await subscribed();
    expect(wecom.connectAttempts()).toBe(3);
  });

  test("carries any text, and closing the platform ends it", async () => {
    const socket = new WebSocket(wecom.wsUrl);
    await new Promise((resolve) => socket.once("open", resolve));
    const texts: string[] = [];
    socket.on("message", (data) => texts.push(String(data)));
    socket.send(
      JSON.stringify({
        cmd: "aibot_subscribe",
        headers: { req_id: "a" },
        body: { bot_id: bot.id, secret: SECRET },
      }),
    );
    await expect.poll(() => wecom.connections()).toBe(1);
    wecom.sendFrame("{not json");
    await expect.poll(() => texts).toContain("{not json");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    await wecom.close();
    await closed;
  });

  test("that says what is no frame is not answered, and it is written down", async () => {
    const client = await subscribed();
    client.tell("{not json");
    client.tell(JSON.stringify({ cmd: "ping" }));
    expect(await client.ask("ping")).toBe(0);
    expect(wecom.violations).toMatchObject([{ kind: "malformed" }, { kind: "malformed" }]);
    expect(await client.ask("aibot_dance", {})).toBe(40058);
  });
});

describe("what the bot hears", () => {
  test("is the body of a callback without a response_url, under a request of its own", async () => {
    const client = await subscribed();
    const said = await wecom.say({ ...ask, msgid: "m-1" });
    expect(said).toMatchObject({ delivered: true, reason: null });
    expect(await client.callback()).toEqual({
      cmd: "aibot_msg_callback",
      headers: { req_id: expect.any(String) },
      body: {
        msgid: "m-1",
        aibotid: bot.id,
        chatid: GROUP,
        chattype: "group",
        from: { userid: "li.na" },
        msgtype: "text",
        text: { content: ask.text },
      },
    });
  });

  test("has a key for each picture", async () => {
    const client = await subscribed();
    await wecom.say({ ...ask, images: 1 });
    const image = { url: expect.any(String), aeskey: expect.stringMatching(/^[\w+/]{43}=$/) };
    expect((await client.callback()).body).toMatchObject({
      mixed: { msg_item: [{ msgtype: "text" }, { msgtype: "image", image }] },
    });
  });

  test("is lost while nobody is connected", async () => {
    expect(await wecom.say(ask)).toMatchObject({ delivered: false, reason: "no-connection" });
    const client = await subscribed();
    expect(client.frames.filter(({ cmd }) => cmd !== undefined)).toEqual([]);
    expect(wecom.sent(GROUP)).toHaveLength(1);
  });

  test("may come twice, the same message under two requests", async () => {
    const client = await subscribed();
    await wecom.say({ ...ask, duplicate: true });
    const [first, second] = [await client.callback(), await client.callback()];
    expect(second.body).toEqual(first.body);
    expect(second.headers.req_id).not.toBe(first.headers.req_id);
    expect(wecom.sent(GROUP)).toHaveLength(1);
  });

  test("names people by another id where the bot's creator may not know them", async () => {
    await reopen({ openIds: true });
    const client = await subscribed();
    await wecom.say(ask);
    const heard = await client.callback();
    expect(heard.body?.from.userid).toMatch(/^wo[\w-]{30}$/);
    expect(heard.body?.from.userid).toBe(wecom.idOf("Li.Na"));
    expect(wecom.sent(GROUP)[0]?.from).toBe("li.na");
  });

  test("is an event with its own kind of answer", async () => {
    const client = await subscribed();
    await wecom.sayEvent({ chat: null, by: "li.na", type: "enter_chat" });
    const event = await client.callback();
    expect(event.cmd).toBe("aibot_event_callback");
    const { req_id } = event.headers;
    expect(await client.respond(req_id, "您好")).toBe(846605);
    expect(await client.ask("aibot_respond_welcome_msg", text("您好"), req_id)).toBe(0);
    expect(await client.ask("aibot_respond_welcome_msg", text("您好"), req_id)).toBe(846605);
    expect(wecom.sent("@li.na")).toMatchObject([{ from: "bot", text: "您好", quote: null }]);
    await wecom.sayEvent({ chat: null, by: "li.na", type: "enter_chat" });
    const later = (await client.callback()).headers.req_id;
    now += 5_001;
    expect(await client.ask("aibot_respond_welcome_msg", text("您好"), later)).toBe(846605);
  });

  test("may be any body, also one that nobody has thought of", async () => {
    const client = await subscribed();
    await wecom.deliver({ msgid: "x", chatid: GROUP, from: { userid: "li.na" }, msgtype: "hologram" });
    const { cmd, headers } = await client.callback();
    expect(cmd).toBe("aibot_msg_callback");
    expect(await client.respond(headers.req_id, "看不懂")).toBe(0);
    expect(shown()).toEqual(["看不懂"]);
  });
});

describe("an answer under a request", () => {
  test("hangs below the message, and each frame replaces what stood there", async () => {
    const client = await subscribed();
    const reqId = await asked(client);
    expect(await client.respond(reqId, "", { finish: false })).toBe(0);
    expect(await client.respond(reqId, "正在登记", { finish: false })).toBe(0);
    expect(await client.respond(reqId, "已登记 #1123-001")).toBe(0);
    const [question, answer, more] = wecom.sent(GROUP);
    expect(answer).toMatchObject({ from: "bot", text: "已登记 #1123-001", quoting: question?.id, quote: ask.text });
    expect(more).toBeUndefined();
    expect(wecom.find(GROUP, answer?.id ?? "")?.text).toBe("已登记 #1123-001");
    await wecom.settled();
    expect((await wecom.history.load(GROUP)).map(({ text: said }) => said)).toEqual([ask.text, "已登记 #1123-001"]);
  });

  test("is over when it is finished", async () => {
    const client = await subscribed();
    const reqId = await asked(client);
    expect(await client.respond(reqId, "已登记")).toBe(0);
    expect(await client.respond(reqId, "还有")).toBe(846608);
    expect(await client.respond(reqId, "还有", { id: "s-2" })).toBe(846608);
    expect(wecom.violations).toMatchObject([{ kind: "used-twice" }, { kind: "used-twice" }]);
    expect(shown()).toEqual(["已登记"]);
  });

  test("has six minutes to be finished", async () => {
    const client = await subscribed();
    const reqId = await asked(client);
    await client.respond(reqId, "稍候", { finish: false });
    now += 360_000;
    expect(await client.respond(reqId, "还在办", { finish: false })).toBe(0);
    now += 1;
    expect(await client.respond(reqId, "好了")).toBe(846608);
    expect(wecom.violations).toEqual([]);
    expect(shown()).toEqual(["还在办"]);
  });

  test("may begin within a day", async () => {
    const client = await subscribed();
    const early = await asked(client);
    const late = await asked(client);
    now += 86_400_000;
    expect(await client.respond(early, "隔天")).toBe(0);
    now += 1;
    expect(await client.respond(late, "太迟")).toBe(846605);
    expect(await client.respond("never-given", "谁")).toBe(846605);
    expect(shown()).toEqual(["隔天"]);
  });

  test("may be markdown or a card, at once, and not text", async () => {
    const client = await subscribed();
    const first = await asked(client);
    expect(await client.ask("aibot_respond_msg", text("好"), first)).toBe(40008);
    expect(await client.ask("aibot_respond_msg", { msgtype: "markdown", markdown: { content: "**好**" } }, first)).toBe(
      0,
    );
    expect(await client.respond(first, "再")).toBe(846608);
    const card = { msgtype: "template_card", template_card: { card_type: "x", main_title: { title: "卡" } } };
    expect(await client.ask("aibot_respond_msg", card, await asked(client))).toBe(0);
    expect(wecom.sent(GROUP).at(-1)).toMatchObject({ kind: "card", text: "卡", quoting: null });
  });

  test("is measured in bytes, and may not be empty or change its stream", async () => {
    const client = await subscribed();
    const reqId = await asked(client);
    expect(await client.respond(reqId, "办".repeat(6_827))).toBe(40058);
    expect(await client.respond(reqId, " ")).toBe(44004);
    expect(await client.respond(reqId, "办".repeat(6_826), { finish: false })).toBe(0);
    expect(await client.respond(reqId, "别的", { id: "s-2" })).toBe(40058);
    expect(wecom.violations.map(({ kind }) => kind)).toEqual(["too-long", "malformed", "malformed"]);
  });

  test("may come over a later connection", async () => {
    const reqId = await asked(await subscribed());
    const next = await subscribed();
    expect(await next.respond(reqId, "重连后")).toBe(0);
    await reopen({ requestsSurvive: false });
    const gone = await asked(await subscribed());
    expect(await (await subscribed()).respond(gone, "重连后")).toBe(846605);
  });
});

describe("speaking of its own accord", () => {
  test("is allowed where somebody has spoken to the bot, and quotes nothing", async () => {
    const client = await subscribed();
    expect(await client.push(GROUP, "提醒")).toBe(93006);
    await wecom.say({ ...ask, text: "没有@它" });
    expect(await client.push(GROUP, "提醒")).toBe(93006);
    await wecom.say(ask);
    expect(await client.push(GROUP, "提醒", { chat_type: 2 })).toBe(0);
    expect(await client.push("wrNOWHERE", "提醒")).toBe(93006);
    expect(wecom.sent(GROUP).at(-1)).toMatchObject({
      from: "bot",
      text: "提醒",
      quoting: null,
      quote: null,
      mentions: [],
    });
  });

  test("reaches one person by account or by the id that callbacks carry, not as a group", async () => {
    await reopen({ openIds: true });
    const client = await subscribed();
    await wecom.say({ chat: null, by: "li.na", text: "我的待办" });
    expect(await client.push("li.na", "一", { chat_type: 1 })).toBe(0);
    expect(await client.push("LI.NA", "二")).toBe(0);
    expect(await client.push(wecom.idOf("li.na"), "三")).toBe(0);
    expect(await client.push("li.na", "四", { chat_type: 2 })).toBe(93006);
    expect(await client.push(GROUP, "五", { chat_type: 1 })).toBe(93006);
    expect(wecom.sent("@li.na").map(({ text: said }) => said)).toEqual(["我的待办", "一", "二", "三"]);
  });

  test("takes markdown within its bytes, and a card only one-to-one", async () => {
    const client = await subscribed();
    await wecom.say(ask);
    await wecom.say({ ...ask, chat: null });
    expect(await client.ask("aibot_send_msg", { chatid: GROUP, ...(text("好") as object) })).toBe(40008);
    expect(await client.push(GROUP, "办".repeat(6_826))).toBe(0);
    expect(await client.push(GROUP, "办".repeat(6_827))).toBe(40058);
    expect(await client.ask("aibot_send_msg", { msgtype: "markdown", markdown: { content: "去哪" } })).toBe(40058);
    const card = { msgtype: "template_card", template_card: { card_type: "x", main_title: { title: "卡" } } };
    expect(await client.ask("aibot_send_msg", { chatid: GROUP, ...card })).toBe(40008);
    expect(await client.ask("aibot_send_msg", { chatid: "li.na", ...card })).toBe(0);
  });

  test("is known after a restart where a group was spoken in", async () => {
    const history = memoryHistory();
    await reopen({ history });
    await wecom.say(ask);
    await reopen({ history });
    const client = await subscribed();
    expect(await client.push(GROUP, "早上好")).toBe(0);
  });
});

describe("the pace", () => {
  test("is thirty in any minute of a conversation, answers, their frames and pushes together", async () => {
    const client = await subscribed();
    const reqId = await asked(client);
    await wecom.say({ ...ask, chat: "wrGROUP02" });
    now += 59_000;
    for (let nth = 0; nth < 10; nth += 1) expect(await client.respond(reqId, `${nth}`, { finish: false })).toBe(0);
    for (let nth = 0; nth < 20; nth += 1) expect(await client.push(GROUP, `第${nth}条`)).toBe(0);
    now += 2_000; // a new minute on the clock, the same sixty seconds
    expect(await client.push(GROUP, "多了")).toBe(45009);
    expect(await client.respond(reqId, "多了")).toBe(45009);
    expect(await client.push("wrGROUP02", "别的群")).toBe(0);
    expect(wecom.violations).toMatchObject([{ kind: "too-often" }, { kind: "too-often", credential: GROUP }]);
    now += 58_000;
    expect(await client.respond(reqId, "好了")).toBe(0);
  });

  test("is a thousand in any hour, too", async () => {
    const client = await subscribed();
    await wecom.say(ask);
    const from = now;
    for (let nth = 0; nth < 1_000; nth += 1) {
      if (nth % 30 === 0) now += 60_000;
      expect(await client.push(GROUP, `第${nth}条`)).toBe(0);
    }
    now += 60_000;
    expect(await client.push(GROUP, "多了")).toBe(45009);
    now = from + 60_000 + 3_600_000;
    expect(await client.push(GROUP, "又可以了")).toBe(0);
  });
});

describe("trouble", () => {
  test("answers as a busy, a limiting or a forgetful WeCom would, and shows nothing", async () => {
    const client = await subscribed();
    const reqId = await asked(client);
    for (const [kind, errcode] of [
      ["busy", -1],
      ["rate", 45009],
      ["expired", 846608],
      ["invalid-req", 846605],
    ] as const) {
      wecom.trouble("socket", kind, { at: GROUP, count: 1 });
      expect(await client.respond(reqId, "好")).toBe(errcode);
    }
    expect(shown()).toEqual([]);
    expect(wecom.violations).toEqual([]);
    expect(await client.respond(reqId, "好")).toBe(0);
  });

  test("shows and does not acknowledge, so that asking again is no fault", async () => {
    const client = await subscribed();
    const reqId = await asked(client);
    wecom.trouble("socket", "no-ack", { count: 1 });
    const unanswered = client.respond(reqId, "好").catch(() => "none");
    await wecom.waitFor(GROUP, ({ text: said }) => said === "好");
    expect(await client.ask("ping")).toBe(0);
    const again = client.ask(
      "aibot_respond_msg",
      { msgtype: "stream", stream: { id: "s-1", finish: true, content: "好" } },
      reqId,
    );
    // The one acknowledgement there is belongs to whichever waits; both ask under one request.
    expect(await Promise.race([again, unanswered])).toBe(846608);
    expect(wecom.violations).toEqual([]);
    expect(shown()).toEqual(["好"]);
  });

  test("neither shows nor acknowledges", async () => {
    const client = await subscribed();
    await wecom.say(ask);
    wecom.trouble("socket", "no-ack-unshown", { at: "aibot_send_msg", count: 1 });
    client.push(GROUP, "没了").catch(() => undefined);
    await expect.poll(() => wecom.received.at(-1)?.path).toBe("aibot_send_msg");
    expect(await client.ask("ping")).toBe(0);
    expect(shown()).toEqual([]);
    expect(await client.push(GROUP, "在")).toBe(0);
  });

  test("acknowledges late", async () => {
    await reopen({ lateAckMs: 120 });
    const client = await subscribed();
    await wecom.say(ask);
    wecom.trouble("socket", "ack-late", { count: 1 });
    const from = performance.now();
    const late = client.push(GROUP, "迟");
    await wecom.waitFor(GROUP, ({ text: said }) => said === "迟");
    expect(await late).toBe(0);
    expect(performance.now() - from).toBeGreaterThan(100);
  });

  test("resets the connection before or after showing", async () => {
    const first = await subscribed();
    await wecom.say(ask);
    wecom.trouble("socket", "reset", { count: 1 });
    await expect(first.push(GROUP, "没了")).rejects.toThrow("closed");
    expect(shown()).toEqual([]);
    const second = await subscribed();
    wecom.trouble("socket", "reset-after", { count: 1 });
    await expect(second.push(GROUP, "到了")).rejects.toThrow("closed");
    expect(shown()).toEqual(["到了"]);
  });

  test("may hit subscribing and the pulse alone", async () => {
    wecom.trouble("subscribe", "busy", { count: 1 });
    wecom.trouble("ping", "no-ack", { count: 1 });
    const client = await connect();
    expect(await subscribe(client)).toBe(-1);
    expect(await subscribe(client)).toBe(0);
    client.tell(JSON.stringify({ cmd: "ping", headers: { req_id: "ping_lost" } }));
    expect(await client.ask("ping")).toBe(0);
    expect(client.frames.some(({ headers }) => headers.req_id === "ping_lost")).toBe(false);
  });
});

test("what was received is kept with what was told, and the webhook beside it goes on", async () => {
  const client = await subscribed();
  const reqId = await asked(client);
  await client.respond(reqId, "好");
  expect(await post(wecom.webhookUrl(GROUP), text("待接单", ["li.na"]))).toMatchObject({ errcode: 0 });
  expect(wecom.received).toMatchObject([
    { door: "socket", path: "aibot_subscribe", errcode: 0 },
    { door: "socket", path: "aibot_respond_msg", credential: reqId, chat: GROUP, errcode: 0 },
    { door: "webhook", path: "/cgi-bin/webhook/send", errcode: 0 },
  ]);
});
