import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openReconnect, type Reconnect, type Tried } from "../../src/platforms/reconnect.ts";

const HOUR_MS = 3_600_000;

/** Time that passes when it is told to, and attempts that end as they are told to. */
function simulate(outcome: (attempt: number) => Tried | Promise<Tried>, random = () => 0.5) {
  let clock = 0;
  let timers: { at: number; done: () => void }[] = [];
  const attempts: number[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  let mostTimers = 0;
  const reconnect: Reconnect = openReconnect({
    async attempt() {
      attempts.push(clock);
      mostInFlight = Math.max(mostInFlight, ++inFlight);
      const tried = await outcome(attempts.length);
      inFlight--;
      return tried;
    },
    timer(ms, done) {
      const timer = { at: clock + ms, done };
      timers.push(timer);
      mostTimers = Math.max(mostTimers, timers.length);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    now: () => clock,
    random,
  });
  const settle = async () => {
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  async function pass(ms: number): Promise<void> {
    await settle();
    const end = clock + ms;
    for (;;) {
      const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      clock = next.at;
      timers = timers.filter((each) => each !== next);
      next.done();
      await settle();
    }
    clock = end;
  }
  return {
    reconnect,
    pass,
    attempts,
    pending: () => timers.length,
    most: () => ({ inFlight: mostInFlight, timers: mostTimers }),
  };
}

describe("an hour of refused connections", () => {
  test("is fewer than a hundred attempts, whatever chance says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })), async (chances) => {
        const { reconnect, pass, attempts, most } = simulate(
          () => "failed",
          () => chances.next().value ?? 0,
        );
        reconnect.start();
        await pass(HOUR_MS);
        expect(attempts.length).toBeLessThan(100);
        expect(attempts.length).toBeGreaterThan(55);
        expect(most()).toEqual({ inFlight: 1, timers: 1 });
      }),
      { numRuns: 50 },
    );
  });

  test("nor more when everything is reported twice and more often", async () => {
    const { reconnect, pass, attempts, most } = simulate(
      () => {
        for (let i = 0; i < 5; i++) reconnect.lost();
        reconnect.start();
        reconnect.renew();
        return "failed";
      },
      () => 0.999,
    );
    reconnect.start();
    for (let second = 0; second < 3600; second++) {
      await pass(1000);
      reconnect.lost();
      reconnect.renew();
      reconnect.start();
    }
    expect(attempts.length).toBeLessThan(100);
    expect(most()).toEqual({ inFlight: 1, timers: 1 });
  });

  test("nor when the sockets open and close again without a word", async () => {
    const sim = simulate(() => "up");
    sim.reconnect.start();
    for (let second = 0; second < 3600; second++) {
      await sim.pass(1000);
      sim.reconnect.lost();
    }
    expect(sim.attempts.length).toBeLessThan(100);
  });
});

test("refused credentials are tried once a minute, and shown until they are taken", async () => {
  const { reconnect, pass, attempts } = simulate((attempt) => (attempt < 4 ? "refused" : "up"));
  reconnect.start();
  await pass(0);
  expect(reconnect.isRefused()).toBe(true);
  await pass(179_999);
  expect(attempts).toEqual([0, 60_000, 120_000]);
  expect(reconnect.isRefused()).toBe(true);
  await pass(1);
  expect(attempts).toEqual([0, 60_000, 120_000, 180_000]);
  expect(reconnect.isRefused()).toBe(false);
});

test("only what was received makes the next failure a first one", async () => {
  const { reconnect, pass, attempts } = simulate(
    () => "up",
    () => 0,
  );
  reconnect.start();
  await pass(0);
  for (const wait of [1000, 2000, 4000]) {
    reconnect.lost();
    await pass(wait);
  }
  expect(attempts).toEqual([0, 1000, 3000, 7000]);
  reconnect.proven();
  reconnect.lost();
  await pass(1000);
  expect(attempts.at(-1)).toBe(8000);
});

describe("another connection in the place of one that stands", () => {
  test("is made at once", async () => {
    const { reconnect, pass, attempts } = simulate(() => "up");
    reconnect.start();
    await pass(20_000);
    reconnect.proven();
    reconnect.renew();
    expect(attempts).toEqual([0, 20_000]);
  });

  test("is not made in a circle", async () => {
    const sim = simulate(() => "up");
    sim.reconnect.start();
    for (let tenth = 0; tenth < 36_000; tenth++) {
      await sim.pass(100);
      // A server that says nothing else.
      sim.reconnect.renew();
    }
    expect(sim.attempts.length).toBeLessThan(100);
  });

  test("is not made twice, and the old one may go meanwhile", async () => {
    let open: (tried: Tried) => void = () => {};
    const sim = simulate((attempt) => (attempt === 1 ? "up" : new Promise((resolve) => (open = resolve))));
    sim.reconnect.start();
    await sim.pass(20_000);
    sim.reconnect.proven();
    sim.reconnect.renew();
    sim.reconnect.renew();
    sim.reconnect.lost();
    await sim.pass(5000);
    expect(sim.attempts).toHaveLength(2);
    expect(sim.pending()).toBe(0);
    open("failed");
    await sim.pass(0);
    expect(sim.pending()).toBe(1);
  });
});

test("stopped, it tries no more", async () => {
  let fail: (tried: Tried) => void = () => {};
  const sim = simulate((attempt) => (attempt === 1 ? "failed" : new Promise((resolve) => (fail = resolve))));
  sim.reconnect.start();
  await sim.pass(0);
  expect(sim.pending()).toBe(1);
  await sim.pass(60_000);
  sim.reconnect.stop();
  fail("failed");
  sim.reconnect.lost();
  sim.reconnect.renew();
  sim.reconnect.start();
  await sim.pass(HOUR_MS);
  expect(sim.attempts).toHaveLength(2);
  expect(sim.pending()).toBe(0);
});
