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
function tickWith(step: (member: string) => Promise<void>, isLong?: (member: string) => boolean) {
  const deps = { redis: test.redis, tag: test.tag, now: async () => NOW, step, log: { error() {} } };
  return startTick(isLong ? { ...deps, isLong } : deps);
}

/** Somebody waits until it is let go. */
function held(): { readonly promise: Promise<void>; letGo(): void } {
  let letGo = (): void => {};
  const promise = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { promise, letGo: () => letGo() };
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

  it("lets nothing wait for what takes long, which is taken once, one after the other", async () => {
    const order: string[] = [];
    const drawn = new Map([
      ["at:letter-1-day", held()],
      ["at:letter-2-week", held()],
    ]);
    await test.redis.zadd(steps(), ...[...drawn.keys(), "box:staff:h02"].flatMap((name) => [String(NOW), name]));
    const tick = tickWith(
      async (member) => {
        order.push(member);
        await drawn.get(member)?.promise;
        await test.redis.zrem(steps(), member);
      },
      (member) => drawn.has(member),
    );
    await tick.look();
    await test.redis.zadd(steps(), String(NOW), "01TICKET");
    await tick.look();
    // Which of the first two begins first is nobody's business.
    expect([...order].sort()).toEqual(["01TICKET", "at:letter-1-day", "box:staff:h02"]);
    const caughtUp = tick.catchUp().then(() => order.push("caught up"));
    for (const { letGo } of drawn.values()) letGo();
    await caughtUp;
    await tick.stop();
    expect(order.slice(3)).toEqual(["at:letter-2-week", "caught up"]);
    expect(await test.redis.zcard(steps())).toBe(0);
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
