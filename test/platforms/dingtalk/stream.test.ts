import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../src/chat/message.ts";
import { openAnswerUrlCheck } from "../../../src/platforms/answer-url.ts";
import { openGateway } from "../../../src/platforms/dingtalk/gateway.ts";
import { openSayByWebhook } from "../../../src/platforms/dingtalk/say-webhook.ts";
import { openStream, type StreamTimes, streamTimes } from "../../../src/platforms/dingtalk/stream.ts";
import type { Link } from "../../../src/platforms/platform.ts";
import { openPost } from "../../../src/platforms/post.ts";
import { nameStripper } from "../../../src/platforms/wording.ts";
import { type Client, type Imitation, imitate, until } from "./imitation.ts";
import { NOW } from "./vectors.ts";

const SECRET = "app-secret-never-shown";
let dingtalk: Imitation;
let links: Link[];
let accepted: Message[];
let accept: (message: Message) => Promise<unknown>;
let figures: (number | string)[];
let logged: { level: string; details: unknown; message: string }[];
let ups: number;

const logs = (level: string) => (details: object, message: string) => void logged.push({ level, details, message });

beforeEach(async () => {
  dingtalk = await imitate();
  links = [];
  accepted = [];
  figures = [];
  logged = [];
  ups = 0;
  accept = async (message) => accepted.push(message);
});
afterEach(async () => {
  await Promise.all(links.map((link) => link.close()));
  dingtalk.close();
  expect(JSON.stringify(logged)).not.toMatch(new RegExp(`${SECRET}|ticket|三楼打印机`));
});

function open(times: Partial<StreamTimes> = {}): Link {
  const post = openPost(3000);
  const stream = openStream({
    gateway: openGateway({ post, apiBase: dingtalk.base, appKey: "dingdemoappkey", appSecret: SECRET }),
    hearing: {
      robotCode: "dingdemoappkey",
      corpId: null,
      stripNames: nameStripper([]),
      isAnswerUrl: openAnswerUrlCheck(dingtalk.base, "/robot/sendBySession"),
    },
    byWebhook: openSayByWebhook(post),
    now: () => NOW,
    log: { info: logs("info"), warn: logs("warn"), error: logs("error") },
    times: { ...streamTimes, ...times },
    // As early as chance allows.
    random: () => 0.999_999,
  });
  const link = stream.open(
    {
      accept: (message) => accept(message),
      refused: (status) => figures.push(status),
      dropped: () => figures.push("dropped"),
    },
    () => ups++,
  );
  links.push(link);
  return link;
}
async function connected(times: Partial<StreamTimes> = {}): Promise<{ link: Link; client: Client }> {
  const link = open(times);
  expect(link.state()).toBe("connecting");
  return { link, client: await client(0) };
}
async function client(index: number): Promise<Client> {
  await until(() => dingtalk.clients[index] !== undefined && ups > index);
  return dingtalk.clients[index] as Client;
}
/** Whatever was pushed before has been dealt with once this ping is answered. */
async function seen(client: Client): Promise<void> {
  client.push("SYSTEM", "ping", { opaque: "seen" }, "seen");
  await until(() => client.acks.some(({ headers }) => headers.messageId === "seen"));
}

describe("a connection", () => {
  test("is asked for with our credentials, and made with a ticket that needs escaping", async () => {
    const { link } = await connected();
    expect(link.state()).toBe("up");
    expect(dingtalk.opened).toMatchObject([
      {
        headers: { accept: "application/json" },
        body: {
          clientId: "dingdemoappkey",
          clientSecret: SECRET,
          subscriptions: [{ type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" }],
        },
      },
    ]);
    expect(ups).toBe(1);
  });

  test("is up without a word of REGISTERED, and hears what the server tells of itself in silence", async () => {
    const { link, client } = await connected();
    expect(link.state()).toBe("up");
    for (const topic of ["CONNECTED", "REGISTERED", "KEEPALIVE"]) client.push("SYSTEM", topic, {});
    await seen(client);
    expect(client.acks).toHaveLength(1);
    expect(figures).toEqual([]);
  });
});

describe("a frame", () => {
  test("that pings is echoed", async () => {
    const { client } = await connected();
    client.push("SYSTEM", "ping", { opaque: "0xabc" }, "m_7");
    await until(() => client.acks.length > 0);
    expect(client.acks).toEqual([
      {
        code: 200,
        message: "OK",
        headers: { messageId: "m_7", contentType: "application/json" },
        data: '{"opaque":"0xabc"}',
      },
    ]);
  });

  test("with a message is acknowledged once it is kept, and no sooner", async () => {
    let keep: (value: unknown) => void = () => {};
    accept = (message) => {
      accepted.push(message);
      return new Promise((resolve) => {
        keep = resolve;
      });
    };
    const { client } = await connected();
    client.message({}, "m_8");
    await until(() => accepted.length > 0);
    await seen(client);
    expect(client.acks.map(({ headers }) => headers.messageId)).toEqual(["seen"]);
    keep({ kind: "queued" });
    await until(() => client.acks.length === 2);
    expect(client.acks[1]).toEqual({
      code: 200,
      message: "OK",
      headers: { messageId: "m_8", contentType: "application/json" },
      data: '{"response":null}',
    });
    expect(accepted).toMatchObject([{ id: "msgDEMO0001==", text: "三楼打印机卡纸，帮忙看下", by: "user-1001" }]);
  });

  test("of an unknown topic is answered 404", async () => {
    const { client } = await connected();
    client.push("CALLBACK", "/v1.0/card/instances/callback", {}, "m_9");
    client.push("EVENT", "*", {}, "m_10");
    await until(() => client.acks.length === 2);
    expect(client.acks.map(({ code, headers }) => [code, headers.messageId])).toEqual([
      [404, "m_9"],
      [404, "m_10"],
    ]);
    expect(figures).toEqual(["dropped", "dropped"]);
  });

  test("with a message that is none is acknowledged, or it would come for ever", async () => {
    const { client } = await connected();
    client.message({ msgtype: "dance" }, "m_11");
    client.message({ text: undefined, errorCode: 20001 }, "m_12");
    client.push("CALLBACK", "/v1.0/im/bot/messages/get", "not JSON", "m_13");
    await until(() => client.acks.length === 3);
    expect(client.acks.map(({ code, headers }) => [code, headers.messageId])).toEqual([
      [200, "m_11"],
      [200, "m_12"],
      [400, "m_13"],
    ]);
    expect(figures).toEqual(["dropped", "dropped", 400]);
    expect(accepted).toEqual([]);
  });

  const bottomless = `{"type":"CALLBACK","headers":{"topic":"t"},"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;

  test.each([
    ...["你好", "", "{", "null", "[]", "7", "{}", '{"type":7}', '{"type":"CALLBACK","headers":{}}'],
    bottomless,
  ])("of garbage is dropped and counted, and nobody dies: %.60j", async (text) => {
    const { link, client } = await connected();
    client.socket.send(text);
    client.socket.send(Buffer.from(text));
    await seen(client);
    expect(figures).toEqual(["dropped", "dropped"]);
    expect(logged.filter(({ level }) => level === "warn")).toMatchObject([
      { details: { garbage: 1 } },
      { details: { garbage: 2 } },
    ]);
    expect(link.state()).toBe("up");
  });

  test("may come as bytes, and with its data as an object", async () => {
    const { client } = await connected();
    const frame = {
      type: "CALLBACK",
      headers: { topic: "/v1.0/im/bot/messages/get", messageId: "m_1" },
      data: dingtalk.said(),
    };
    client.socket.send(Buffer.from(JSON.stringify(frame)));
    await until(() => client.acks.length > 0);
    expect(accepted).toHaveLength(1);
  });
});

describe("a message that nobody keeps", () => {
  test.each([
    ["redis away", () => Promise.reject(new Error("Connection is closed."))],
    [
      "Error: a bug",
      () => {
        throw new Error("a bug");
      },
    ],
  ])("is not acknowledged, and the person is told once, however often it comes: %s", async (reason, failing) => {
    accept = failing;
    const { client } = await connected();
    client.message({}, "m_1");
    await until(() => dingtalk.answers.length === 1);
    expect(dingtalk.answers).toEqual([
      {
        url: "/robot/sendBySession?session=0123abcd",
        body: { msgtype: "text", text: { content: expect.stringMatching(/可能未能收下.*再发一次/) } },
      },
    ]);
    client.message({}, "m_2");
    await until(() => logged.filter(({ level }) => level === "error").length === 2);
    await seen(client);
    expect(client.acks.map(({ headers }) => headers.messageId)).toEqual(["seen"]);
    expect(dingtalk.answers).toHaveLength(1);
    expect(logged.find(({ level }) => level === "error")).toMatchObject({ details: { id: "msgDEMO0001==", reason } });
    accept = async (message) => accepted.push(message);
    client.message({}, "m_3");
    await until(() => accepted.length === 1 && client.acks.some(({ headers }) => headers.messageId === "m_3"));
  });

  test("from where nobody can be answered is only logged", async () => {
    accept = () => Promise.reject(new Error("Connection is closed."));
    const { client } = await connected();
    client.message({ sessionWebhook: "https://evil.example/" });
    await until(() => logged.some(({ level }) => level === "error"));
    await seen(client);
    expect(dingtalk.answers).toEqual([]);
  });
});

describe("told to leave", () => {
  test("it connects anew first, hears both, answers each where it spoke, and then leaves", async () => {
    // As if it had been up for a while: what is asked for too soon after the last attempt has to wait.
    const { link, client: old } = await connected({ retireMs: 300 });
    await seen(old);
    const gone = once(old.socket, "close");
    old.push("SYSTEM", "disconnect", { reason: "connection is expired" });
    const young = await client(1);
    expect(old.socket.readyState).toBe(old.socket.OPEN);
    old.message({ msgId: "late" }, "m_old");
    young.message({ msgId: "new" }, "m_new");
    await until(() => accepted.length === 2);
    await until(() => young.acks.length === 1 && old.acks.length === 2);
    expect(old.acks[1]?.headers.messageId).toBe("m_old");
    expect(young.acks[0]?.headers.messageId).toBe("m_new");
    await gone;
    expect(link.state()).toBe("up");
    await seen(young);
    expect([ups, dingtalk.opened.length, dingtalk.open().length]).toEqual([2, 2, 1]);
  });

  test("the same message by both is heard twice and left to the lane to know", async () => {
    const { client: old } = await connected();
    await seen(old);
    old.push("SYSTEM", "disconnect", {});
    const young = await client(1);
    for (const each of [old, young]) each.message({}, "m_same");
    await until(() => accepted.length === 2 && young.acks.length === 1);
    expect(new Set(accepted.map(({ id }) => id)).size).toBe(1);
  });

  test("again and again before it has heard anything else, it takes its time", async () => {
    const { client: first } = await connected();
    first.push("SYSTEM", "disconnect", {});
    (await client(1)).push("SYSTEM", "disconnect", {});
    await client(2);
    const [one, two, three] = dingtalk.opened.map(({ at }) => at) as [number, number, number];
    expect(two - one).toBeGreaterThan(600);
    expect(three - two).toBeGreaterThan(1200);
  });

  test("repeatedly over one connection, it makes one other", async () => {
    const { client: old } = await connected();
    await seen(old);
    for (let i = 0; i < 20; i++) old.push("SYSTEM", "disconnect", {});
    await client(1);
    for (let i = 0; i < 20; i++) old.push("SYSTEM", "disconnect", {});
    await seen(old);
    await seen(dingtalk.clients[1] as Client);
    expect(dingtalk.opened).toHaveLength(2);
  });
});

describe("a connection that is lost", () => {
  test("is made again, and what waits for it is told", async () => {
    const { link, client: first } = await connected();
    first.socket.terminate();
    await until(() => link.state() === "connecting");
    await client(1);
    expect(link.state()).toBe("up");
    expect(ups).toBe(2);
  });

  test("where nobody listens, is tried at ever longer intervals and not in a storm", async () => {
    dingtalk.inviteBy((response) => response.end('{"endpoint":"ws://127.0.0.1:9/connect","ticket":"t"}'));
    const link = open();
    await until(() => dingtalk.opened.length === 4);
    const [first, , , fourth] = dingtalk.opened.map(({ at }) => at) as [number, number, number, number];
    // The official client makes fifteen attempts in these seconds (2.6).
    expect(fourth - first).toBeGreaterThan(4500);
    expect(link.state()).toBe("connecting");
  });

  test("that is refused with a status is tried again", async () => {
    let asked = 0;
    dingtalk.inviteBy((response) => {
      const invitation = dingtalk.invitation();
      response.end(JSON.stringify(++asked === 1 ? { ...invitation, ticket: "used" } : invitation));
    });
    open();
    await until(() => ups === 1);
    expect(logged).toMatchObject([{ details: { reason: "Unexpected server response: 401" } }, {}]);
  });

  test("without a cable is noticed after two misses, and its watch does not kill the next", async () => {
    dingtalk.beDeaf();
    const { link, client: first } = await connected({ pingEveryMs: 50 });
    await once(first.socket, "close");
    dingtalk.hear();
    const second = await client(1);
    expect(logged.some(({ details }) => JSON.stringify(details).includes("no pulse"))).toBe(true);
    let pings = 0;
    second.socket.on("ping", () => pings++);
    await until(() => pings >= 6);
    expect(link.state()).toBe("up");
    expect(dingtalk.clients).toHaveLength(2);
  });

  test("by a frame that is too long is made again", async () => {
    const { client: first } = await connected();
    first.socket.send(Buffer.alloc((4 << 20) + 1));
    await client(1);
  });

  test("behind answered pings brings another one, once", async () => {
    const { client: first } = await connected({ silenceMs: 100, retireMs: 50, pingEveryMs: 50 });
    const gone = once(first.socket, "close");
    const second = await client(1);
    await gone;
    let pings = 0;
    second.socket.on("ping", () => pings++);
    expect(logged.filter(({ message }) => message.includes("silent"))).toHaveLength(1);
    // Long enough for many silences, and for the longest wait before a third connection.
    await until(() => pings >= 32);
    expect(dingtalk.opened).toHaveLength(2);
  });
});

describe("credentials that are refused", () => {
  test("show, and are not asked about in a hurry", async () => {
    dingtalk.inviteBy((response) =>
      response.writeHead(400).end(`{"code":"invalidClientIdOrSecret","message":"${SECRET}"}`),
    );
    const link = open();
    await until(() => link.state() === "refused");
    expect(logged).toMatchObject([{ level: "warn", details: { reason: "HTTP 400 invalidClientIdOrSecret ***" } }]);
    expect(dingtalk.opened).toHaveLength(1);
  });
});

describe("closing", () => {
  test("finishes what is in hand, takes nothing more, and stays away", async () => {
    let keep: (value: unknown) => void = () => {};
    accept = (message) => {
      accepted.push(message);
      return new Promise((resolve) => {
        keep = resolve;
      });
    };
    const { link, client } = await connected();
    client.message({ msgId: "in hand" }, "m_1");
    await until(() => accepted.length === 1);
    const closed = link.close();
    client.message({ msgId: "too late" }, "m_2");
    await seen(client);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    const gone = once(client.socket, "close");
    keep({});
    await closed;
    const [code] = await gone;
    expect(code).toBe(1000);
    expect(client.acks.map(({ headers }) => headers.messageId)).toEqual(["seen", "m_1"]);
    expect(accepted).toHaveLength(1);
    expect(dingtalk.opened).toHaveLength(1);
    expect(link.state()).toBe("connecting");
  });

  test("does not wait for a server that does not say goodbye", async () => {
    const { link, client } = await connected({ closeMs: 100 });
    client.socket.pause();
    const from = performance.now();
    await link.close();
    expect(performance.now() - from).toBeLessThan(5000);
  });

  test("while an invitation is on its way leads nowhere", async () => {
    let answer: () => void = () => {};
    dingtalk.inviteBy((response) => {
      answer = () => response.end(JSON.stringify(dingtalk.invitation()));
    });
    const link = open();
    await until(() => dingtalk.opened.length === 1);
    await link.close();
    answer();
    dingtalk.inviteBy(null);
    // Somebody else's connection comes about meanwhile.
    open();
    await until(() => ups === 1);
    expect(dingtalk.clients).toHaveLength(1);
  });

  test("while the next attempt waits for its time, or twice, is quick", async () => {
    dingtalk.inviteBy((response) => response.writeHead(500).end());
    const link = open();
    await until(() => logged.length === 1);
    await link.close();
    await link.close();
    expect(dingtalk.opened).toHaveLength(1);
  });
});
