import { Redis } from "ioredis";
import { afterAll, describe, expect, it } from "vitest";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { readStation } from "../../src/station/station-file.ts";
import { connect } from "../../src/store/connection.ts";
import { keys } from "../../src/store/keys.ts";
import {
  calendarWarnings,
  diskWarnings,
  durabilityWarnings,
  failedWarnings,
  letterWarnings,
  memoryWarnings,
  openWarnings,
  platformWarnings,
} from "../../src/web/warnings.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { arranged } from "../pledge/arranged.ts";

const store = openTestRedis();
const station = readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "http://127.0.0.1:9" });
afterAll(() => store.close());

function answering(config: Record<string, string>, info = ""): Redis {
  return { config: async () => Object.entries(config).flat(), info: async () => info } as unknown as Redis;
}

const DURABLE = { appendonly: "yes", appendfsync: "always", "maxmemory-policy": "noeviction" };

/** A user of the test's own that may do everything but this. */
async function forbidden(command: string): Promise<Redis> {
  const user = store.station;
  await store.redis.call("ACL", "SETUSER", user, "reset", "on", ">secret", "~*", "&*", "+@all", `-${command}`);
  return new Redis({ path: store.path, username: user, password: "secret" });
}

describe("durability", () => {
  it("of this run's Redis is second by second, and that is said", async () => {
    expect(await durabilityWarnings(store.redis)).toEqual([
      "Redis 的 appendfsync 是 everysec，断电会丢失最近的消息；请设 appendfsync always",
    ]);
  });

  it("is nothing to speak of where all is written at once", async () => {
    expect(await durabilityWarnings(answering(DURABLE))).toEqual([]);
  });

  it("is a warning without a log, and where tickets may be thrown out", async () => {
    const lines = await durabilityWarnings(
      answering({ ...DURABLE, appendonly: "no", appendfsync: "no", "maxmemory-policy": "allkeys-lru" }),
    );
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("appendonly yes");
    expect(lines[1]).toContain("allkeys-lru");
  });

  it("is a warning where it may not be looked at", async () => {
    const redis = await forbidden("config");
    expect(await durabilityWarnings(redis)).toEqual([expect.stringContaining("不允许查看 CONFIG")]);
    redis.disconnect();
    await store.redis.call("ACL", "DELUSER", store.station);
  });
});

describe("memory", () => {
  const info = (used: number, most: number) => `# Memory\r\nused_memory:${used}\r\nmaxmemory:${most}\r\n`;

  it.each([
    [81, 100, ["Redis 内存已用 81%（maxmemory），满后将无法受理新消息"]],
    [80, 100, []],
    [81, 0, []],
  ])("%i of %i", async (used, most, expected) => {
    expect(await memoryWarnings(answering({}, info(used, most)))).toEqual(expected);
  });

  it("of this run's Redis has no limit", async () => {
    expect(await memoryWarnings(store.redis)).toEqual([]);
  });
});

describe("disk", () => {
  const disk = (bfree: number, bavail: number) => async () => ({ blocks: 100, bfree, bavail });

  it("counts as df does", async () => {
    expect(await diskWarnings(".", disk(20, 20))).toEqual([]);
    expect(await diskWarnings(".", disk(19, 19))).toEqual(["DATA_DIR 所在磁盘已用 81%，请清理或扩容"]);
    // A tenth kept for root: 75 of 90.
    expect(await diskWarnings(".", disk(25, 15))).toEqual(["DATA_DIR 所在磁盘已用 83%，请清理或扩容"]);
  });

  it("that cannot be looked at is a warning", async () => {
    expect(await diskWarnings("/nowhere/at/all")).toEqual([expect.stringContaining("DATA_DIR")]);
  });

  it("is looked at for real", async () => {
    expect((await diskWarnings(".")).length).toBeLessThanOrEqual(1);
  });
});

describe("the calendar", () => {
  const at = (date: string) => Date.parse(`${date}T00:00:00+08:00`);
  const plain = openCalendar({ rest: [], work: [] });

  it("is a warning from November on, until next year's holidays are known", () => {
    const year = Number(plain.publishedThrough.slice(0, 4));
    expect(calendarWarnings(plain, at(`${year}-10-31`))).toEqual([]);
    const [line, ...others] = calendarWarnings(plain, at(`${year}-11-01`));
    expect(others).toEqual([]);
    expect(line).toContain(`没有 ${year + 1} 年的节假日安排`);
    expect(line).toContain(plain.publishedThrough);
    const oneDay = openCalendar({ rest: [`${year + 1}-01-01`], work: [] });
    expect(calendarWarnings(oneDay, at(`${year}-11-01`))).toHaveLength(1);
    const overlaid = openCalendar({ rest: arranged(year + 1), work: [] });
    expect(calendarWarnings(overlaid, at(`${year}-11-01`))).toEqual([]);
  });

  it("is a warning all through a year that is not known", () => {
    const year = Number(plain.publishedThrough.slice(0, 4)) + 1;
    expect(calendarWarnings(plain, at(`${year}-03-01`))).toHaveLength(1);
    expect(calendarWarnings(plain, at(`${year}-12-01`))).toHaveLength(2);
  });
});

describe("failed entries", () => {
  it("are counted while they live", async () => {
    expect(await failedWarnings(store.redis, store.tag)).toEqual([]);
    const old = Date.now() - 31 * 86_400_000;
    await store.redis.zadd(store.tag + keys.outFailed, Date.now(), "r1", Date.now(), "r2", old, "r0");
    await store.redis.zadd(store.tag + keys.inFailed, Date.now(), "m1", old, "m0");
    expect(await failedWarnings(store.redis, store.tag)).toEqual([
      "有 2 条消息未能送达，见 /api/outbox?state=failed",
      "有 1 条来信未能处理，见 /api/inbox?state=failed",
    ]);
  });
});

describe("a platform that is off", () => {
  it("is a warning where the station file counts on it", () => {
    expect(platformWarnings(station, new Set(["wecom", "dingtalk"]))).toEqual([]);
    expect(platformWarnings(station, new Set(["wecom"]))).toEqual([
      "钉钉没有接入，站点文件中它的 0 个群、5 个账号暂时用不上",
    ]);
    expect(platformWarnings(station, new Set(["dingtalk"]))).toEqual([
      "企业微信没有接入，站点文件中它的 4 个群、8 个账号暂时用不上",
    ]);
  });
});

describe("all of them", () => {
  const deps = {
    dataDir: ".",
    calendar: () => openCalendar({ rest: [], work: [] }),
    station: () => station,
    platforms: new Set(["wecom", "dingtalk"] as const),
    now: async () => Date.now(),
  };

  it("are lines of their own", async () => {
    for (const source of openWarnings({ ...deps, redis: store.redis, tag: store.tag })) {
      for (const line of await source()) expect(line).toMatch(/^[^\n]+$/);
    }
  });

  it("reject with Redis away where they need it, so that its absence is not called a setting", async () => {
    const redis = connect({ socket: "/nowhere/redis.sock" }, "test");
    const results = await Promise.allSettled(
      openWarnings({ ...deps, redis, tag: store.tag }).map(async (source) => source()),
    );
    expect(results.map(({ status }) => status)).toEqual([
      ...["rejected", "rejected", "fulfilled", "fulfilled", "rejected", "fulfilled"],
    ]);
    redis.disconnect();
  });
});

describe("the leaders' letters", () => {
  const way = { kind: "webhook" as const, channel: "wecom:webhook:x", mention: [] };
  const somebody = { to: "wecom:wrLEADERS", ways: [way] as const };
  it("that reach nobody are a warning, unless nobody wants them", () => {
    const none = { reached: [], unreached: [] };
    expect(letterWarnings(station, none)).toEqual([expect.stringContaining("没有人能收到")]);
    expect(letterWarnings({ digest: { day: null, week: null, month: null, to: null } }, none)).toEqual([]);
  });
  it("that do not reach somebody who is named are one, by name", () => {
    const digest = { ...station.digest, to: ["wrLEADERS", "l01"] };
    const lines = letterWarnings({ digest }, { reached: [somebody], unreached: ["领导丁"] });
    expect(lines).toEqual([expect.stringContaining("送不到 领导丁")]);
    expect(letterWarnings(station, { reached: [somebody], unreached: ["领导群 cid"] })).toEqual([]);
  });
});
