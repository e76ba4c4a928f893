import type { Redis } from "ioredis";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { connect } from "../../src/store/connection.ts";
import { healthRoutes } from "../../src/web/health.ts";
import type { WarningSource } from "../../src/web/warnings.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { serve } from "./web-given.ts";

const store = openTestRedis();
const closers: (() => unknown)[] = [];

async function health(redis: Redis, ...warnings: WarningSource[]) {
  const web = await serve(healthRoutes({ redis, warnings }));
  closers.push(web.close);
  return web;
}

function away(): Redis {
  const redis = connect({ socket: "/nowhere/redis.sock" }, "test");
  redis.connect().catch(() => {});
  closers.push(() => redis.disconnect());
  return redis;
}

afterEach(async () => {
  for (const closer of closers.splice(0)) await closer();
});
afterAll(() => store.close());

describe("/healthz", () => {
  it("is ok while the process lives, with Redis or without", async () => {
    for (const redis of [store.redis, away()]) {
      const answer = await (await health(redis)).get("/healthz");
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe("ok");
    }
  });
});

describe("/readyz", () => {
  it("is 200 with no warnings where all is well", async () => {
    const answer = await (await health(store.redis)).get("/readyz");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ warnings: [] });
  });

  it("is 200 with every warning, in order", async () => {
    const web = await health(
      store.redis,
      () => ["一"],
      () => [],
      async () => ["二", "三"],
    );
    const answer = await web.get("/readyz");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ warnings: ["一", "二", "三"] });
  });

  it.each([
    ["is 503 while all sockets are away", ["connecting", "refused"], 503, 2],
    ["is 200 while one of them hears", ["connecting", "up"], 200, 1],
    ["is 200 where another process holds the only one", ["elsewhere"], 200, 0],
    ["is 503 where the only one was taken over by a stranger", ["replaced"], 503, 1],
    ["is 200 where there are none", [], 200, 0],
  ] as const)("%s", async (_, states, status, count) => {
    const names = ["wecom-bot", "dingtalk-stream"];
    const sockets = states.map((state, at) => ({ name: names[at] ?? "", state }));
    const web = await serve(healthRoutes({ redis: store.redis, warnings: [], sockets: () => sockets }));
    closers.push(web.close);
    const answer = await web.get("/readyz");
    expect(answer.status).toBe(status);
    const { warnings } = (await answer.json()) as { warnings: string[] };
    expect(warnings).toHaveLength(count);
    for (const line of warnings) expect(line).toMatch(/^(企业微信机器人|钉钉机器人)长连接/);
  });

  it("is 503 with Redis away, and says what else it knows", async () => {
    const redis = away();
    const web = await health(
      redis,
      () => ["磁盘"],
      async () => [await redis.info()],
    );
    const answer = await web.get("/readyz");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ warnings: ["Redis 连接不上，消息暂时无法受理", "磁盘"] });
  });

  it("is 503 soon where Redis hangs, and 200 again when it answers", async () => {
    const redis = connect({ socket: store.path }, "test");
    closers.push(() => redis.disconnect());
    await redis.connect();
    const web = await health(redis);
    expect((await web.get("/readyz")).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 250));
    // Whatever Redis says is not heard any more.
    (redis as unknown as { stream: { pause(): void; resume(): void } }).stream.pause();
    const from = performance.now();
    expect((await web.get("/readyz")).status).toBe(503);
    expect(performance.now() - from).toBeLessThan(2500);
    (redis as unknown as { stream: { resume(): void } }).stream.resume();
    await expect.poll(async () => (await web.get("/readyz")).status).toBe(200);
  });

  it("survives a warning that cannot be worked out, or hangs", async () => {
    const web = await health(
      store.redis,
      () => {
        throw new Error("boom");
      },
      () => new Promise<string[]>(() => {}),
      () => ["磁盘"],
    );
    const answer = await web.get("/readyz");
    expect(answer.status).toBe(200);
    const line = "有一项检查没有完成，请稍后再看";
    expect(await answer.json()).toEqual({ warnings: [line, line, "磁盘"] });
  });

  it("asks Redis once for many probes", async () => {
    let looks = 0;
    const web = await health(store.redis, () => {
      looks++;
      return [];
    });
    const from = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => web.get("/readyz")));
    // Five times a second at most, however slow this machine is just now.
    expect(looks).toBeLessThanOrEqual(2 + (performance.now() - from) / 200);
    await expect
      .poll(async () => {
        await web.get("/readyz");
        return looks;
      })
      .toBeGreaterThan(1);
  });
});
