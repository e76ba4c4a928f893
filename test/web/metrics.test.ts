import { afterAll, afterEach, describe, expect, it } from "vitest";
import { connect } from "../../src/store/connection.ts";
import { keys } from "../../src/store/keys.ts";
import { openMetrics } from "../../src/web/metrics.ts";
import { isFromNear, isNearAddress } from "../../src/web/near.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { BEARER, serve, TOKEN } from "./web-given.ts";

const store = openTestRedis();
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const closer of closers.splice(0)) await closer();
});
afterAll(() => store.close());

async function scraping(token: string | null = null, redis = store.redis) {
  const metrics = openMetrics();
  const web = await serve(metrics.routes({ redis, tag: store.tag, token }));
  closers.push(web.close);
  return { ...web, metrics, scrape: async () => (await web.get("/metrics")).text() };
}

describe("/metrics", () => {
  it("speaks Prometheus, with what Node knows of itself", async () => {
    const web = await scraping();
    const answer = await web.get("/metrics");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(await answer.text()).toContain("process_cpu_seconds_total");
  });

  it("tells which sockets hear", async () => {
    const states = [
      { name: "wecom-bot", state: "refused" as const },
      { name: "dingtalk-stream", state: "elsewhere" as const },
    ];
    const metrics = openMetrics();
    const web = await serve(metrics.routes({ redis: store.redis, tag: store.tag, token: null, sockets: () => states }));
    closers.push(web.close);
    const text = await (await web.get("/metrics")).text();
    expect(text).toContain('bangban_socket_up{socket="wecom-bot"} 0');
    expect(text).toContain('bangban_socket_up{socket="dingtalk-stream"} 1');
  });

  it("counts what it is told", async () => {
    const { metrics, scrape } = await scraping();
    metrics.messageAccepted("wecom", "accepted");
    metrics.messageAccepted("wecom", "accepted");
    metrics.messageAccepted("wecom", "known");
    metrics.messageAccepted("dingtalk", "full");
    metrics.messageRefused("wecom", 401);
    metrics.messageDropped("wecom");
    metrics.decided("opened", 3);
    metrics.decided("answered", -1);
    metrics.sent("wecom:webhook", "sent", 40);
    metrics.sent("wecom:answer:wecom:wrGROUP01", "refused", 20);
    const text = await scrape();
    for (const line of [
      'bangban_messages_total{platform="wecom",result="accepted"} 2',
      'bangban_messages_total{platform="wecom",result="known"} 1',
      'bangban_messages_total{platform="dingtalk",result="full"} 1',
      'bangban_messages_total{platform="wecom",result="refused_401"} 1',
      'bangban_messages_total{platform="wecom",result="dropped"} 1',
      'bangban_decisions_total{kind="opened"} 1',
      'bangban_sends_total{channel_kind="wecom:webhook",outcome="sent"} 1',
      'bangban_sends_total{channel_kind="wecom:answer",outcome="refused"} 1',
      "bangban_lane_wait_seconds_sum 0.003",
      "bangban_lane_wait_seconds_count 2",
      "bangban_send_seconds_sum 0.06",
    ]) {
      expect(text).toContain(line);
    }
  });

  it("reads the lanes when it is asked", async () => {
    const { scrape } = await scraping();
    await store.redis.zadd(store.tag + keys.outWaiting, 1, "r1", 2, "r2");
    await store.redis.zadd(store.tag + keys.outFailed, Date.now(), "r3");
    await store.redis.zadd(store.tag + keys.inReady, 1, "wecom:group");
    const text = await scrape();
    for (const line of [
      'bangban_lane_entries{lane="in",state="waiting"} 1',
      'bangban_lane_entries{lane="in",state="failed"} 0',
      'bangban_lane_entries{lane="out",state="waiting"} 2',
      'bangban_lane_entries{lane="out",state="failed"} 1',
      "bangban_redis_up 1",
    ]) {
      expect(text).toContain(line);
    }
  });

  it("still answers with Redis away, without figures of the lanes", async () => {
    const redis = connect({ socket: "/nowhere/redis.sock" }, "test");
    closers.push(() => redis.disconnect());
    const { scrape } = await scraping(null, redis);
    const text = await scrape();
    expect(text).toContain("bangban_redis_up 0");
    expect(text).not.toContain("bangban_lane_entries{");
  });

  it("is for this machine alone where no token is set: behind a proxy 403", async () => {
    const web = await scraping();
    for (const header of ["X-Forwarded-For", "Forwarded", "X-Real-IP"]) {
      expect((await web.get("/metrics", { [header]: "127.0.0.1" })).status).toBe(403);
    }
    expect((await web.get("/metrics", { "X-Forwarded-For": "10.0.0.1", ...BEARER })).status).toBe(403);
  });

  it("is for the token too where one is set: behind a proxy 401 without it", async () => {
    const web = await scraping(TOKEN);
    const proxied = { "x-forwarded-for": "203.0.113.7" };
    const refused = await web.get("/metrics", proxied);
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toBe('Bearer realm="bangban"');
    expect((await web.get("/metrics", { ...proxied, authorization: "Bearer wrong" })).status).toBe(401);
    expect((await web.get("/metrics", { ...proxied, ...BEARER })).status).toBe(200);
    expect((await web.get("/metrics")).status).toBe(200);
  });
});

describe("near", () => {
  it.each([
    "127.0.0.1",
    "127.8.8.8",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.3.4",
    "::1",
    "fd12::1",
    "fc00::1",
  ])("%s is", (address) => expect(isNearAddress(address)).toBe(true));
  it.each(["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:192.168.0.1", "::ffff:7f00:1"])("%s is, as IPv4", (address) =>
    expect(isNearAddress(address)).toBe(true),
  );
  it.each([
    "8.8.8.8",
    "172.32.0.1",
    "172.15.0.1",
    "11.0.0.1",
    "192.169.0.1",
    "169.254.1.1",
    "2001:db8::1",
    "fe80::1",
    "::ffff:8.8.8.8",
    "",
    "x",
  ])("%s is not", (address) => expect(isNearAddress(address)).toBe(false));

  it("is nobody whose address is not known", () => {
    expect(isFromNear({ headers: {}, socket: {} } as Parameters<typeof isFromNear>[0])).toBe(false);
  });
});
