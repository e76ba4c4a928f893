import { afterAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { openLease } from "../../src/store/lease.ts";
import { openTestRedis } from "../doubles/redis.ts";

const { redis, tag, close } = openTestRedis();
afterAll(close);

let key = 0;
beforeEach(() => {
  key++;
});

/** What one process is told of the lease, in order. */
function holding(processId: string, over: { leaseMs?: number } = {}) {
  const told: string[] = [];
  const lease = openLease({
    redis,
    tag,
    key: `:holder:test${key}`,
    processId,
    onHeld: () => told.push("held"),
    onLost: () => told.push("lost"),
    leaseMs: 400,
    everyMs: 20,
    ...over,
  });
  onTestFinished(() => lease.stop());
  return { lease, told };
}
const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), 15_000);

test("one holds it, whoever else asks", async () => {
  const one = holding("p1");
  await until(() => one.lease.held);
  const other = holding("p2");
  // Longer than the lease: it is kept up.
  const from = performance.now();
  await until(() => performance.now() - from > 600);
  expect(one.told).toEqual(["held"]);
  expect(other.told).toEqual([]);
});

test("whoever gives it back need not be waited for", async () => {
  const one = holding("p1", { leaseMs: 60_000 });
  await until(() => one.lease.held);
  const other = holding("p2");
  await one.lease.stop();
  await until(() => other.lease.held);
  expect(other.told).toEqual(["held"]);
});

test("after its holder's death another takes it within the lease", async () => {
  await redis.set(`${tag}:holder:test${key}`, "dead", "PX", 300);
  const other = holding("p2");
  expect(other.lease.held).toBe(false);
  await until(() => other.lease.held);
});

test("a holder that was away too long is told that it has lost it", async () => {
  const one = holding("p1");
  await until(() => one.lease.held);
  await redis.set(`${tag}:holder:test${key}`, "p2");
  await until(() => !one.lease.held);
  expect(one.told).toEqual(["held", "lost"]);
  await one.lease.stop();
  expect(await redis.get(`${tag}:holder:test${key}`)).toBe("p2");
});
