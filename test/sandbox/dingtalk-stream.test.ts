import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DingtalkServer, DingtalkServerOptions } from "../../src/sandbox/dingtalk-server.ts";
import {
  ackOf,
  errcode,
  type Frame,
  GROUP,
  openDingtalk,
  openGateway,
  openStreamDesk,
  post,
  robot,
  type StreamDesk,
  subscriptions,
  text,
} from "./dingtalk-given.ts";

let now = 1795400000000;
let ding: DingtalkServer;
let desks: StreamDesk[] = [];

const reopen = async (options: Partial<DingtalkServerOptions>): Promise<void> => {
  await ding?.close();
  ding = await openDingtalk({ mode: "stream", now: () => now, ...options });
};

beforeEach(async () => {
  now = 1795400000000;
  desks = [];
  await reopen({});
});

afterEach(async () => {
  for (const { ws } of desks) ws.terminate();
  await ding.close();
});

const ask = { chat: GROUP, by: "user-1001", text: "@小帮手 三楼打印机卡纸" };

async function address(more: Record<string, unknown> = {}): Promise<string> {
  const { body } = await openGateway(ding.origin, more);
  return `${String(body["endpoint"])}?ticket=${encodeURIComponent(String(body["ticket"]))}`;
}

async function connect(onFrame?: (frame: Frame, desk: StreamDesk) => void, at?: string): Promise<StreamDesk> {
  const desk = await openStreamDesk(at ?? (await address()), onFrame);
  desks.push(desk);
  return desk;
}

const silent = (): void => undefined;
const bodies = (desk: StreamDesk): { msgId: string; sessionWebhook: string }[] =>
  desk.frames.filter(({ type }) => type === "CALLBACK").map(({ data }) => JSON.parse(data));

describe("the gateway", () => {
  test("gives an endpoint and a ticket", async () => {
    expect(await openGateway(ding.origin)).toMatchObject({
      status: 200,
      body: { endpoint: ding.origin.replace("http", "ws").concat("/connect"), ticket: expect.any(String) },
    });
    expect(ding.connectAttempts()).toBe(1);
  });

  test("knows the application, and wants subscriptions", async () => {
    expect(await openGateway(ding.origin, { clientSecret: "x" })).toMatchObject({
      status: 401,
      body: { code: "authFailed" },
    });
    expect((await openGateway(ding.origin, { clientId: "x" })).status).toBe(401);
    expect(ding.violations).toEqual([]);
    expect((await openGateway(ding.origin, { subscriptions: [] })).status).toBe(400);
    expect(ding.violations).toMatchObject([{ kind: "malformed" }]);
    expect(ding.connectAttempts()).toBe(3);
  });

  test("answers XML to those who do not ask for JSON", async () => {
    const response = await fetch(`${ding.origin}/v1.0/gateway/connections/open`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ clientId: robot.appKey, clientSecret: robot.appSecret, subscriptions }),
    });
    expect(response.headers.get("content-type")).toContain("xml");
    expect(await response.text()).toMatch(/^<response><endpoint>ws:.*<\/endpoint><ticket>.*<\/ticket><\/response>$/);
    expect(ding.violations).toMatchObject([{ kind: "malformed" }]);
  });

  test("sees a storm of reconnects", async () => {
    await Promise.all(Array.from({ length: 21 }, () => openGateway(ding.origin)));
    expect(ding.connectAttempts()).toBe(21);
    expect(ding.violations).toMatchObject([{ kind: "too-often", credential: "gateway" }]);
  });

  test("can be in trouble", async () => {
    ding.trouble("gateway", "busy", { count: 1 });
    expect((await openGateway(ding.origin)).status).toBe(500);
    ding.trouble("gateway", "removed", { count: 1 });
    expect((await openGateway(ding.origin)).status).toBe(401);
    ding.trouble("gateway", "reset-before", { count: 1 });
    await expect(openGateway(ding.origin)).rejects.toThrow();
    expect(ding.connectAttempts()).toBe(3);
  });
});

describe("a ticket", () => {
  test("opens one connection", async () => {
    const ticketed = await address();
    await connect(silent, ticketed);
    await expect(connect(silent, ticketed)).rejects.toThrow("401");
    expect(ding.violations).toMatchObject([{ kind: "ticket-reused" }]);
    expect(ding.connections()).toBe(1);
  });

  test("lives for ninety seconds", async () => {
    const [first, second] = [await address(), await address()];
    now += 90_000;
    await connect(silent, first);
    now += 1;
    await expect(connect(silent, second)).rejects.toThrow("401");
    await expect(connect(silent, second.replace(/ticket=.*/, "ticket=made-up"))).rejects.toThrow("401");
    expect(ding.violations).toEqual([]);
  });

  test("is of no use at another address, or while connections are refused", async () => {
    await expect(connect(silent, (await address()).replace("/connect", "/stream"))).rejects.toThrow("404");
    ding.refuseConnections(true);
    await expect(connect(silent)).rejects.toThrow("503");
    ding.refuseConnections(false);
    await connect(silent);
    expect(ding.connections()).toBe(1);
  });
});

describe("a message", () => {
  test("is pushed in a frame of DingTalk's kind, and delivered when it is acknowledged", async () => {
    const desk = await connect();
    const said = await ding.say(ask);
    expect(said).toMatchObject({ delivered: true, reason: null, attempts: 1, status: 200 });
    const [frame] = desk.frames;
    expect(frame).toMatchObject({
      specVersion: "1.0",
      type: "CALLBACK",
      headers: {
        topic: "/v1.0/im/bot/messages/get",
        contentType: "application/json",
        time: String(now),
        messageId: expect.any(String),
        connectionId: expect.any(String),
      },
    });
    expect(JSON.parse(frame?.data ?? "")).toEqual(said.body);
    expect(await errcode(bodies(desk)[0]?.sessionWebhook ?? "", text("收到"))).toBe(0);
    expect(ding.violations).toEqual([]);
  });

  test("is pushed again without ACK: the same msgId, a new frame", async () => {
    await reopen({ redeliverAfterMs: 50 });
    const desk = await connect((frame, me) => {
      if (me.frames.length === 3) me.send(ackOf(frame));
    });
    const said = await ding.say(ask);
    expect(said).toMatchObject({ delivered: true, attempts: 3 });
    expect(bodies(desk).map(({ msgId }) => msgId)).toEqual([said.msgId, said.msgId, said.msgId]);
    expect(new Set(desk.frames.map(({ headers }) => headers["messageId"])).size).toBe(3);
  });

  test("is taken by a late ACK of an earlier frame", async () => {
    await reopen({ redeliverAfterMs: 50 });
    await connect((_, me) => {
      const [first] = me.frames;
      if (me.frames.length === 2 && first !== undefined) me.send(ackOf(first));
    });
    expect(await ding.say(ask)).toMatchObject({ delivered: true, attempts: 2 });
    expect(ding.violations).toEqual([]);
  });

  test("is given up after three more pushes", async () => {
    await reopen({ redeliverAfterMs: 20 });
    const desk = await connect(silent);
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "no-answer", attempts: 4, status: null });
    expect(desk.frames).toHaveLength(4);
  });

  test("is pushed again after a 500, and not after a 404", async () => {
    await reopen({ redeliverAfterMs: 20 });
    const codes = [500, 200, 404];
    await connect((frame, me) => me.send(ackOf(frame, codes.shift())));
    expect(await ding.say(ask)).toMatchObject({ delivered: true, attempts: 2, status: 200 });
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "refused", attempts: 1, status: 404 });
    await reopen({ redeliverAfterMs: 20, retries: 1 });
    await connect((frame, me) => me.send(ackOf(frame, 500)));
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "refused", attempts: 2, status: 500 });
  });

  test("waits for a desk that is not connected yet", async () => {
    await reopen({ redeliverAfterMs: 200, retries: 20 });
    const said = ding.say(ask);
    await connect();
    const { delivered, attempts } = await said;
    expect({ delivered, again: attempts > 1 }).toEqual({ delivered: true, again: true });
  });

  test("goes to one of several connections, not always to the same", async () => {
    const [one, other] = [await connect(), await connect()];
    expect(ding.connections()).toBe(2);
    for (let nth = 0; nth < 40; nth += 1) await ding.say(ask);
    expect(bodies(one).length + bodies(other).length).toBe(40);
    expect(bodies(one).length).toBeGreaterThan(0);
    expect(bodies(other).length).toBeGreaterThan(0);
  });

  test("goes to none that did not subscribe to it", async () => {
    const at = await address({ subscriptions: [{ type: "EVENT", topic: "/v1.0/card/instances/callback" }] });
    await connect(silent, at);
    expect(ding.connections()).toBe(0);
  });

  test("may be delivered a second time, or be one that nobody knows", async () => {
    const desk = await connect();
    const said = await ding.say(ask);
    expect(await ding.deliver(said.body)).toMatchObject({ delivered: true });
    await ding.deliver({ msgtype: "never-seen" });
    expect(bodies(desk)).toEqual([said.body, said.body, { msgtype: "never-seen" }]);
  });

  test("ends on its way when DingTalk is closed", async () => {
    const desk = await connect(silent);
    const said = ding.say(ask);
    await expect.poll(() => desk.frames.length).toBe(1);
    await ding.close();
    expect(await said).toMatchObject({ delivered: false, reason: "closed", attempts: 1 });
  });
});

describe("a ping", () => {
  test("wants its data back", async () => {
    await reopen({ pingEveryMs: 150 });
    const desk = await connect((frame, me) => me.send(ackOf(frame, 200, frame.data)));
    await expect.poll(() => desk.frames.length).toBeGreaterThan(2);
    expect(desk.frames[0]).toMatchObject({ type: "SYSTEM", headers: { topic: "ping" } });
    expect(JSON.parse(desk.frames[0]?.data ?? "")).toEqual({ opaque: expect.any(String) });
    expect(ding.violations).toEqual([]);
  });

  test("is missed when the next is due", async () => {
    await reopen({ pingEveryMs: 20 });
    await connect(silent);
    await expect.poll(() => ding.violations[0]?.kind).toBe("ping-unanswered");
  });

  test("is not answered by something else", async () => {
    await reopen({ pingEveryMs: 20 });
    await connect((frame, me) => me.send(ackOf(frame, 200, "{}")));
    await expect.poll(() => ding.violations[0]?.kind).toBe("malformed");
  });
});

describe("the end of a connection", () => {
  test("is announced, and comes after a silence in which nothing is pushed and an ACK still counts", async () => {
    await reopen({ disconnectAfterMs: 1_000, redeliverAfterMs: 200, retries: 1 });
    const desk = await connect((frame, me) => {
      const [first] = me.frames;
      if (frame.type === "CALLBACK") ding.disconnectAll("frame");
      else if (first !== undefined) me.send(ackOf(first));
    });
    expect(await ding.say(ask)).toMatchObject({ delivered: true, attempts: 1 });
    expect(ding.connections()).toBe(0);
    expect(desk.frames[1]).toMatchObject({ type: "SYSTEM", headers: { topic: "disconnect" } });
    expect(JSON.parse(desk.frames[1]?.data ?? "")).toEqual({ reason: "connection is expired" });
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "no-answer", attempts: 2 });
    expect(bodies(desk)).toHaveLength(1);
    expect(desk.ws.readyState).toBe(desk.ws.OPEN);
    await desk.closed;
    expect(ding.violations).toEqual([]);
  });

  test("lets a new connection take over before the old one is gone", async () => {
    const old = await connect();
    ding.disconnectAll("frame");
    const next = await connect();
    expect(ding.connections()).toBe(1);
    expect(await ding.say(ask)).toMatchObject({ delivered: true });
    expect(bodies(old)).toHaveLength(0);
    expect(bodies(next)).toHaveLength(1);
  });

  test("may be a reset", async () => {
    const desk = await connect();
    ding.disconnectAll("reset");
    expect(await desk.closed).toBe(1006);
    expect(ding.connections()).toBe(0);
  });

  test("may be nothing at all: the socket stays open, and nobody is there", async () => {
    await reopen({ redeliverAfterMs: 20, retries: 1, pingEveryMs: 20 });
    const desk = await connect();
    const pong = new Promise((resolve) => desk.ws.once("pong", resolve));
    desk.ws.ping();
    await pong;
    ding.disconnectAll("silent");
    let ponged = false;
    desk.ws.once("pong", () => (ponged = true));
    desk.ws.ping();
    const frames = desk.frames.length;
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "no-answer" });
    expect({ ponged, readyState: desk.ws.readyState }).toEqual({ ponged: false, readyState: desk.ws.OPEN });
    // What was on its way when it fell silent may still arrive, and nothing else.
    expect(bodies(desk)).toHaveLength(0);
    expect(desk.frames.length - frames).toBeLessThanOrEqual(1);
    expect(ding.connections()).toBe(0);
  });

  test("may be the desk's own wish", async () => {
    const desk = await connect();
    desk.ws.close();
    await expect.poll(() => ding.connections()).toBe(0);
  });
});

describe("what nobody expects", () => {
  test("is sent down every connection as it stands", async () => {
    const both = [await connect(silent), await connect(silent)];
    ding.sendGarbage("not json {");
    for (const desk of both) await expect.poll(() => desk.raw).toEqual(["not json {"]);
  });

  test("is a violation when the desk sends it", async () => {
    const desk = await connect(silent);
    desk.send("not json");
    desk.send({ code: 200 });
    desk.send({ code: 200, message: "OK", headers: { messageId: "made-up" }, data: "{}" });
    await expect.poll(() => ding.violations.map(({ kind }) => kind)).toEqual(["malformed", "malformed", "unknown-ack"]);
  });
});

test("in HTTP mode nothing comes down the stream", async () => {
  await reopen({ mode: "http" });
  const desk = await connect();
  expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "no-answer" });
  expect(desk.frames).toEqual([]);
});

test("a gateway that is asked by GET is not there", async () => {
  expect((await fetch(`${ding.origin}/v1.0/gateway/connections/open`)).status).toBe(404);
  await expect(post(`${ding.origin}/v1.0/nothing`, {})).rejects.toThrow();
});
