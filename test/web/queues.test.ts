import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Way } from "../../src/chat/outgoing.ts";
import { LEASE_MS, openInbox } from "../../src/lanes/inbox.ts";
import { openOutbox } from "../../src/lanes/outbox.ts";
import { readStation } from "../../src/station/station-file.ts";
import { keys } from "../../src/store/keys.ts";
import { apiRoutes } from "../../src/web/api.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import { aLine, aMessage, answer, NOON } from "../lanes/samples.ts";
import { ticketsIn } from "./tickets-given.ts";
import { BEARER, serve, TOKEN } from "./web-given.ts";

const station = readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "http://127.0.0.1:9" });
let store: TestRedis;
let web: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  store = openTestRedis();
  web = await serve(apiRoutes({ ...store, token: TOKEN, station: () => station, now: () => NOON }));
});
afterEach(async () => {
  await web.close();
  await store.close();
});

interface Row {
  readonly id: string;
  readonly reason: string | null;
}

async function read(path: string) {
  const got = await web.get(path, BEARER);
  const body = (await got.json()) as { replies?: Row[]; messages?: Row[]; cursor: string | null };
  return { status: got.status, body, rows: body.replies ?? body.messages ?? [], cursor: body.cursor };
}

async function walkAll(path: string, limit: number): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await read(`${path}limit=${limit}&cursor=${cursor}`);
    expect(page.status).toBe(200);
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.cursor;
  }
  return seen;
}

describe("GET /api/outbox", () => {
  const say = (at: number, ...lines: ReturnType<typeof aLine>[]) => ticketsIn(store).say(lines, at);
  const outbox = (now: number) => openOutbox({ ...store, processId: "test", paces: [], socket: null, now: () => now });

  async function fail(now: number, reason: string): Promise<void> {
    const box = outbox(now);
    for (const lent of await box.take(10)) {
      const verdicts = lent.entries.map(({ line }) => ({ id: line.id, outcome: "failed" as const, reason }));
      await box.settle(lent, { verdicts, restMs: 0, unsent: false, lines: [] });
    }
  }

  it("is empty where nothing waits", async () => {
    expect((await read("/api/outbox")).body).toEqual({ replies: [], cursor: null });
  });

  it("shows what waits, to the letter, with personal numbers hidden", async () => {
    await say(NOON, aLine("r1", "nan", { about: "20261123-017", text: "请联系 13812345678" }));
    expect((await read("/api/outbox?state=waiting")).body).toStrictEqual({
      replies: [
        {
          id: "r1",
          channel: "wecom:webhook:nan",
          to: "wecom:group",
          about: "20261123-017",
          text: "请联系 138****5678",
          state: "waiting",
          reason: null,
          attempts: 0,
          at: "2026-11-23T12:00:00+08:00",
        },
      ],
      cursor: null,
    });
    expect((await read("/api/outbox?state=failed")).rows).toEqual([]);
  });

  it("shows what failed, with its reason and without any address that is a key", async () => {
    const way: Way = {
      ...answer("wecom:group", NOON + 1e6),
      url: "https://qyapi/cgi-bin/aibot/response?response_code=S3CRET",
    };
    await say(NOON, aLine("r1", "nan", { ways: [way] }));
    await fail(NOON + 1000, "93000 https://qyapi/send?key=S3CRET response_code=S3CRET refused");
    const { rows, body } = await read("/api/outbox?state=failed");
    expect(rows).toMatchObject([{ id: "r1", state: "failed", attempts: 1, channel: "wecom:answer:wecom:group" }]);
    expect(rows[0]?.reason).toBe("93000 ［网址已隐去］ response_code=*** refused");
    expect(JSON.stringify(body)).not.toContain("S3CRET");
    expect((await read("/api/outbox?state=waiting")).rows).toEqual([]);
  });

  it("counts attempts, and shows why it waits", async () => {
    await say(NOON, aLine("r1"));
    const box = outbox(NOON);
    const [lent] = await box.take(1);
    if (!lent) throw new Error("nothing lent");
    const verdicts = [{ id: "r1", outcome: "again" as const, reason: "HTTP 503" }];
    await box.settle(lent, { verdicts, restMs: 500, unsent: false, lines: [] });
    expect((await read("/api/outbox")).rows).toMatchObject([{ state: "waiting", reason: "HTTP 503", attempts: 1 }]);
  });

  it.each([1, 2, 3, 100])("without a state shows failed ones first, everything once, %i at a time", async (limit) => {
    for (let i = 0; i < 3; i++) await say(NOON + i, aLine(`f${i}`, `nan${i}`));
    await fail(NOON + 10, "refused");
    await say(NOON + 20, aLine("w0"), aLine("w1"));
    await say(NOON + 21, aLine("w2"));
    expect(await walkAll("/api/outbox?", limit)).toEqual(["f2", "f1", "f0", "w2", "w1", "w0"]);
    expect(await walkAll("/api/outbox?state=waiting&", limit)).toEqual(["w2", "w1", "w0"]);
    expect(await walkAll("/api/outbox?state=failed&", limit)).toEqual(["f2", "f1", "f0"]);
  });

  it("leaves out an entry that was dropped by hand", async () => {
    await say(NOON, aLine("r1"), aLine("r2"));
    await store.redis.del(store.tag + keys.outEntry("r1"));
    expect((await read("/api/outbox")).rows.map(({ id }) => id)).toEqual(["r2"]);
  });
});

describe("GET /api/inbox", () => {
  const inbox = (now: number) =>
    openInbox({ accepting: store.redis, working: store.redis, tag: store.tag, processId: "test", now: () => now });

  it("shows what waits, to the letter: people of the station by id, others by account", async () => {
    await inbox(NOON).accept(aMessage("m1", { text: "找 13812345678", chat: "wrGROUP01" }));
    await inbox(NOON + 1).accept(aMessage("m2", { text: "接单", chat: null, by: "sun.san" }));
    const { body } = await read("/api/inbox?state=waiting");
    expect(body).toStrictEqual({
      messages: [
        {
          id: "wecom:m2",
          conversation: "wecom:@sun.san",
          by: "h02",
          text: "接单",
          state: "waiting",
          reason: null,
          attempts: 0,
          at: "2026-11-23T12:00:00+08:00",
        },
        {
          id: "wecom:m1",
          conversation: "wecom:wrGROUP01",
          by: "wecom:zhou",
          text: "找 138****5678",
          state: "waiting",
          reason: null,
          attempts: 0,
          at: "2026-11-23T12:00:00+08:00",
        },
      ],
      cursor: null,
    });
  });

  it("shows the one that is in hand too, with how often it was taken", async () => {
    await inbox(NOON).accept(aMessage("m1"));
    await inbox(NOON).take(1);
    await inbox(NOON + LEASE_MS + 1).take(1);
    expect((await read("/api/inbox")).rows).toMatchObject([{ id: "wecom:m1", attempts: 2 }]);
  });

  async function setAside(id: string, now: number): Promise<void> {
    await inbox(now).accept(aMessage(id, { chat: `aside-${id}`, text: `${id} 13812345678` }));
    for (const taken of await inbox(now).take(10)) await inbox(now).setAside(taken, "多次处理失败");
  }

  it("shows what failed, as it is, with its reason", async () => {
    await setAside("m1", NOON);
    expect((await read("/api/inbox?state=failed")).body).toStrictEqual({
      messages: [
        {
          id: "wecom:m1",
          conversation: "wecom:aside-m1",
          by: "wecom:zhou",
          text: "m1 138****5678",
          state: "failed",
          reason: "多次处理失败",
          attempts: 1,
          at: "2026-11-23T12:00:00+08:00",
        },
      ],
      cursor: null,
    });
    expect((await read("/api/inbox?state=waiting")).rows).toEqual([]);
  });

  it.each([1, 2, 3, 5, 100])(
    "without a state shows failed ones first, everything once, %i at a time",
    async (limit) => {
      for (let i = 0; i < 3; i++) await setAside(`f${i}`, NOON + i);
      const expected = ["wecom:f2", "wecom:f1", "wecom:f0"];
      for (const chat of ["a", "b", "c"]) {
        for (let i = 0; i < 3; i++) {
          await inbox(NOON + 10).accept(aMessage(`${chat}${i}`, { chat }));
          expected.push(`wecom:${chat}${i}`);
        }
      }
      expect(await walkAll("/api/inbox?", limit)).toEqual(expected);
      expect(await walkAll("/api/inbox?state=waiting&", limit)).toEqual(expected.slice(3));
    },
  );

  it("goes on where it stopped although the lane has moved meanwhile", async () => {
    for (let i = 0; i < 5; i++) await inbox(NOON).accept(aMessage(`m${i}`));
    const first = await read("/api/inbox?limit=2");
    expect(first.rows.map(({ id }) => id)).toEqual(["wecom:m0", "wecom:m1"]);
    await store.redis.lpop(store.tag + keys.inLane("wecom:group"), 2);
    const second = await read(`/api/inbox?limit=2&cursor=${first.cursor}`);
    expect(second.rows.map(({ id }) => id)).toEqual(["wecom:m2", "wecom:m3"]);
  });
});

describe("both", () => {
  it.each([
    "state=sent",
    "state=waiting&state=failed",
    "limit=0",
    "limit=201",
    "limit=x",
    "cursor=x",
    "cursor=WyJhIl0",
  ])("refuse %s with one line", async (query) => {
    for (const path of ["/api/outbox", "/api/inbox"]) {
      const { status, body } = await read(`${path}?${query}`);
      expect(status).toBe(400);
      expect(Object.keys(body)).toEqual(["error"]);
    }
  });
});
