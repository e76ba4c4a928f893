import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BackOff, delayMs, openBackOff, type Tried } from "../../src/platforms/backoff.ts";

const HOUR_MS = 3_600_000;

/** Time that passes when it is told to, and attempts that end as they are told to. */
function simulate(outcome: (attempt: number) => Tried | Promise<Tried>, random = () => 0.5) {
  let clock = 0;
  let timers: { at: number; done: () => void }[] = [];
  const attempts: number[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  let mostTimers = 0;
  const backOff: BackOff = openBackOff({
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
    backOff,
    pass,
    attempts,
    pending: () => timers.length,
    most: () => ({ inFlight: mostInFlight, timers: mostTimers }),
  };
}

test("the waiting doubles from one second to sixty, less a third at most", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 50, 5000].map((failures) => delayMs(failures, 0))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000,
  ]);
  expect(delayMs(9, 0.999_999)).toBeGreaterThanOrEqual(40_000);
});

describe("an hour of refused connections", () => {
  test("is fewer than a hundred attempts, whatever chance says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })), async (chances) => {
        const { backOff, pass, attempts, most } = simulate(
          () => "failed",
          () => chances.next().value ?? 0,
        );
        backOff.start();
        await pass(HOUR_MS);
        expect(attempts.length).toBeLessThan(100);
        expect(attempts.length).toBeGreaterThan(55);
        expect(most()).toEqual({ inFlight: 1, timers: 1 });
      }),
      { numRuns: 50 },
    );
  });

  test("nor more when everything is reported twice and more often", async () => {
    const { backOff, pass, attempts, most } = simulate(
      () => {
        for (let i = 0; i < 5; i++) backOff.lost();
        backOff.start();
        backOff.renew();
        return "failed";
      },
      () => 0.999,
    );
    backOff.start();
    for (let second = 0; second < 3600; second++) {
      await pass(1000);
      backOff.lost();
      backOff.renew();
      backOff.start();
    }
    expect(attempts.length).toBeLessThan(100);
    expect(most()).toEqual({ inFlight: 1, timers: 1 });
  });

  test("nor when the sockets open and close again without a word", async () => {
    const sim = simulate(() => "up");
    sim.backOff.start();
    for (let second = 0; second < 3600; second++) {
      await sim.pass(1000);
      sim.backOff.lost();
    }
    expect(sim.attempts.length).toBeLessThan(100);
  });
});

test("refused credentials are tried once a minute, and shown until they are taken", async () => {
  const { backOff, pass, attempts } = simulate((attempt) => (attempt < 4 ? "refused" : "up"));
  backOff.start();
  await pass(0);
  expect(backOff.isRefused()).toBe(true);
  await pass(179_999);
  expect(attempts).toEqual([0, 60_000, 120_000]);
  expect(backOff.isRefused()).toBe(true);
  await pass(1);
  expect(attempts).toEqual([0, 60_000, 120_000, 180_000]);
  expect(backOff.isRefused()).toBe(false);
});

test("only what was received makes the next failure a first one", async () => {
  const { backOff, pass, attempts } = simulate(
    () => "up",
    () => 0,
  );
  backOff.start();
  await pass(0);
  for (const wait of [1000, 2000, 4000]) {
    backOff.lost();
    await pass(wait);
  }
  expect(attempts).toEqual([0, 1000, 3000, 7000]);
  backOff.proven();
  backOff.lost();
  await pass(1000);
  expect(attempts.at(-1)).toBe(8000);
});

describe("another connection in the place of one that stands", () => {
  test("is made at once", async () => {
    const { backOff, pass, attempts } = simulate(() => "up");
    backOff.start();
    await pass(20_000);
    backOff.proven();
    backOff.renew();
    expect(attempts).toEqual([0, 20_000]);
  });

  test("is not made in a circle", async () => {
    const sim = simulate(() => "up");
    sim.backOff.start();
    for (let tenth = 0; tenth < 36_000; tenth++) {
      await sim.pass(100);
      // A server that says nothing else.
      sim.backOff.renew();
    }
    expect(sim.attempts.length).toBeLessThan(100);
  });

  test("is not made twice, and the old one may go meanwhile", async () => {
    let open: (tried: Tried) => void = () => {};
    const sim = simulate((attempt) => (attempt === 1 ? "up" : new Promise((resolve) => (open = resolve))));
    sim.backOff.start();
    await sim.pass(20_000);
    sim.backOff.proven();
    sim.backOff.renew();
    sim.backOff.renew();
    sim.backOff.lost();
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
  sim.backOff.start();
  await sim.pass(0);
  expect(sim.pending()).toBe(1);
  await sim.pass(60_000);
  sim.backOff.stop();
  fail("failed");
  sim.backOff.lost();
  sim.backOff.renew();
  sim.backOff.start();
  await sim.pass(HOUR_MS);
  expect(sim.attempts).toHaveLength(2);
  expect(sim.pending()).toBe(0);
});
