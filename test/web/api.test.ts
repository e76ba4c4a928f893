import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStation } from "../../src/station/station-file.ts";
import { connect } from "../../src/store/connection.ts";
import { type ApiDeps, apiRoutes } from "../../src/web/api.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { MATCH, MORNING, matched, ticketsIn } from "./tickets-given.ts";
import { BEARER, serve, TOKEN } from "./web-given.ts";

const store = openTestRedis();
const station = readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "http://127.0.0.1:9" });
const desk = ticketsIn(store);
const deps: ApiDeps = { ...store, token: TOKEN, station: () => station, now: async () => MORNING };
let web: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  web = await serve(apiRoutes(deps));
  await desk.give(MORNING, {}, [matched(MORNING)]);
  const second = await desk.give(MORNING + 1, { conversation: "wecom:@zhou", text: "我的电话 13812345678" });
  await second.happens({ event: "accepted" });
});
afterAll(async () => {
  await web.close();
  await store.close();
});

interface Body {
  readonly tickets?: readonly object[];
  readonly cursor?: string | null;
  readonly error?: string;
  readonly story?: readonly object[];
}

const json = async (path: string) => {
  const answer = await web.get(path, BEARER);
  return { status: answer.status, body: (await answer.json()) as Body };
};

describe("the token", () => {
  it.each([
    ["none", {}],
    ["an empty one", { authorization: "" }],
    ["a wrong one", { authorization: "Bearer wrong" }],
    ["the beginning of it", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["more than it", { authorization: `Bearer ${TOKEN}x` }],
    ["another scheme", { authorization: `Basic ${TOKEN}` }],
    ["it without a scheme", { authorization: TOKEN }],
  ])("is asked for: %s is a 401", async (_, headers) => {
    for (const path of ["/api/tickets", "/api/tickets/20261123-001", "/api/outbox", "/api/inbox"]) {
      const answer = await web.get(path, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="bangban"');
      expect(Object.keys((await answer.json()) as object)).toEqual(["error"]);
    }
  });

  it("opens the door, whatever the case of its scheme", async () => {
    for (const scheme of ["Bearer", "bearer"]) {
      expect((await web.get("/api/tickets", { authorization: `${scheme} ${TOKEN}` })).status).toBe(200);
    }
  });

  it("unset: there is no /api", async () => {
    const off = await serve(apiRoutes({ ...deps, token: null }));
    for (const path of ["/api/tickets", "/api/tickets/20261123-001", "/api/outbox", "/api/inbox"]) {
      expect((await off.get(path, { authorization: "Bearer null" })).status).toBe(404);
      expect((await off.get(path)).status).toBe(404);
    }
    await off.close();
  });
});

describe("GET /api/tickets", () => {
  it("answers rows, newest first, JSON that nobody keeps", async () => {
    const answer = await web.get("/api/tickets", BEARER);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { tickets, cursor } = (await answer.json()) as { tickets: Record<string, unknown>[]; cursor: unknown };
    expect(cursor).toBeNull();
    expect(tickets.map(({ number }) => number)).toEqual(["20261123-002", "20261123-001"]);
    expect(Object.keys(tickets[0] ?? {})).toEqual(Object.keys(tickets[1] ?? {}));
    expect(tickets[0]).toMatchObject({ group: null, item: null, text: "我的电话 138****5678", state: "accepted" });
    expect(tickets[1]).toMatchObject({ group: "wrGROUP01", item: "venue", match: MATCH });
    expect(tickets[0]).not.toHaveProperty("story");
  });

  it("takes every filter together, and leaves alone what it does not know", async () => {
    const query = "state=accepted&point=nan&from=2026-11-23&to=2026-11-23&limit=200&cursor=&colour=red";
    const { status, body } = await json(`/api/tickets?${query}`);
    expect(status).toBe(200);
    expect(body.tickets).toMatchObject([{ number: "20261123-002" }]);
  });

  it("takes filters that are left empty for left out", async () => {
    const { body } = await json("/api/tickets?state=&point=&from=&to=&limit=&cursor=");
    expect(body.tickets).toHaveLength(2);
  });

  it("goes on with its cursor", async () => {
    const first = await json("/api/tickets?limit=1");
    expect(first.body.tickets).toMatchObject([{ number: "20261123-002" }]);
    const second = await json(`/api/tickets?limit=1&cursor=${first.body.cursor}`);
    expect(second.body.tickets).toMatchObject([{ number: "20261123-001" }]);
    expect(second.body.cursor).toBeNull();
  });

  it.each([
    "limit=0",
    "limit=201",
    "limit=-1",
    "limit=1.5",
    "limit=1e2",
    "limit=ten",
    "limit=NaN",
    "limit=5&limit=6",
    "state=done",
    "state=OPEN",
    "state=constructor",
    "state=open&state=closed",
    "from=23.11.2026",
    "from=2026-02-30",
    "from=2026-13-01",
    "to=2026-1-1",
    "to=today",
    "from=2026-11-24&to=2026-11-23",
    "cursor=nonsense",
    "cursor=W10",
    "cursor=WyJhIiwiYiJd",
    `point=${"x".repeat(601)}`,
  ])("refuses %s with one line", async (query) => {
    const { status, body } = await json(`/api/tickets?${query}`);
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual(["error"]);
    expect(body.error).toMatch(/^[^\n]*[\u4e00-\u9fff][^\n]*$/u);
  });
});

describe("GET /api/tickets/<number>", () => {
  it("answers the row with its story", async () => {
    const { tickets } = (await json("/api/tickets")).body;
    const { status, body } = await json("/api/tickets/20261123-001");
    expect(status).toBe(200);
    const { story, ...row } = body;
    expect(row).toEqual(tickets?.[1]);
    expect(story).toMatchObject([
      { event: "opened", by: "wecom:zhou", at: "2026-11-23T09:12:30+08:00", asker: "wecom:zhou" },
      { event: "matched", by: "desk", item: "venue", owner: "h02" },
    ]);
  });

  it("understands the number as it is shown", async () => {
    for (const written of ["%2320261123-001", "%231123-001", "1123-001"]) {
      expect((await json(`/api/tickets/${written}`)).body).toMatchObject({ number: "20261123-001" });
    }
  });

  it.each(["20261123-003", "1", "abc", "%zz", "%23", "constructor"])(
    "does not know %s: 404 in JSON",
    async (written) => {
      const { status, body } = await json(`/api/tickets/${written}`);
      expect({ status, body }).toEqual({ status: 404, body: { error: "没有这个编号的工单" } });
    },
  );
});

describe("with Redis away", () => {
  it("everything answers 503 in JSON, at once", async () => {
    const redis = connect({ socket: "/nowhere/redis.sock" }, "test");
    redis.connect().catch(() => {});
    const away = await serve(apiRoutes({ ...deps, redis }));
    for (const path of [
      "/api/tickets",
      "/api/tickets?point=nan",
      "/api/tickets/20261123-001",
      "/api/outbox",
      "/api/inbox",
    ]) {
      const answer = await away.get(path, BEARER);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(await answer.json()).toEqual({ error: "存储暂时连接不上，请稍后再试" });
    }
    await away.close();
    redis.disconnect();
  });

  it("a connection that broke answers 503 too", async () => {
    const redis = new Redis({
      path: store.path,
      enableOfflineQueue: false,
      lazyConnect: true,
      retryStrategy: () => null,
    });
    await redis.connect();
    const broken = await serve(apiRoutes({ ...deps, redis }));
    expect((await broken.get("/api/tickets", BEARER)).status).toBe(200);
    redis.disconnect();
    expect((await broken.get("/api/tickets", BEARER)).status).toBe(503);
    expect((await broken.get("/api/tickets/20261123-001", BEARER)).status).toBe(503);
    await broken.close();
  });
});
