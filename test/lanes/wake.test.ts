import { once } from "node:events";
import { afterAll, expect, test, vi } from "vitest";
import { listenForWork } from "../../src/lanes/wake.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis } from "../doubles/redis.ts";

const PATIENCE_MS = 15_000;

const { redis, tag, close } = openTestRedis();
afterAll(close);

test("hears what other processes have made, also after its connection was lost, and not what its own has", async () => {
  const listening = redis.duplicate({ retryStrategy: () => 10 });
  const id = await listening.client("ID");
  const calls: string[] = [];
  listenForWork(listening, tag, "mine", { in: () => calls.push("in"), out: () => calls.push("out") });
  const subscribed = async () => (await redis.pubsub("NUMSUB", tag + keys.wake))[1] === 1;
  await vi.waitUntil(subscribed, PATIENCE_MS);
  const publish = (call: string) => redis.publish(tag + keys.wake, call);
  await publish("in mine");
  await publish("in other");
  await publish("out other");
  await publish("out mine");
  await vi.waitUntil(() => calls.length === 2, PATIENCE_MS);
  expect(calls).toEqual(["in", "out"]);

  const back = once(listening, "ready");
  await redis.client("KILL", "ID", id);
  await back;
  await vi.waitUntil(subscribed, PATIENCE_MS);
  await publish("in other");
  await vi.waitUntil(() => calls.length === 3, PATIENCE_MS);
  listening.disconnect();
});
