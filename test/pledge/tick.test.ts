import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTick } from "../../src/pledge/tick.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

let test: TestRedis;
beforeEach(() => {
  test = openTestRedis();
});
afterEach(() => test.close());

const steps = () => test.tag + keys.steps;
function tickWith(step: (member: string) => Promise<void>) {
  return startTick({ redis: test.redis, tag: test.tag, now: async () => NOW, step, log: { error() {} } });
}

describe("the tick", () => {
  it("takes what fails once in a look, and puts it off for an hour after five looks", async () => {
    await test.redis.zadd(steps(), String(NOW - 1), "T1");
    let taken = 0;
    const tick = tickWith(async () => {
      taken += 1;
      throw new Error("not now");
    });
    await tick.look();
    expect(taken).toBe(1);
    expect(await test.redis.zscore(steps(), "T1")).toBe(String(NOW - 1));
    for (let i = 0; i < 4; i++) await tick.look();
    await tick.stop();
    expect(Number(await test.redis.zscore(steps(), "T1"))).toBe(NOW + HOUR_MS);
  });

  it("goes on behind what fails, and comes to an end where nothing moves", async () => {
    const names = Array.from({ length: 250 }, (_, i) => `T${String(i).padStart(3, "0")}`);
    await test.redis.zadd(steps(), ...names.flatMap((name) => [String(NOW - 1), name]));
    const done = new Set<string>();
    const tick = tickWith(async (member) => {
      if (member === "T000") throw new Error("never");
      done.add(member);
      if (member !== "T001") await test.redis.zrem(steps(), member);
    });
    await tick.look();
    await tick.stop();
    expect(done.size).toBe(249);
  });

  it("takes tickets first, then routines, then what is said to people", async () => {
    const order: string[] = [];
    await test.redis.zadd(steps(), String(NOW), "box:staff:h02", String(NOW), "at:morning", String(NOW), "01TICKET");
    const tick = tickWith(async (member) => {
      order.push(member);
      await test.redis.zrem(steps(), member);
    });
    await tick.look();
    await tick.stop();
    expect(order).toEqual(["01TICKET", "at:morning", "box:staff:h02"]);
  });
});
