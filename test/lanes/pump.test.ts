import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type PumpOptions, startPump } from "../../src/lanes/pump.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs everything that is ready to run; no time passes. */
const settle = () => vi.advanceTimersByTimeAsync(0);

/** A pump over a heap of pieces that are done when the test says so. */
function aPump(over: Partial<PumpOptions<string>> = {}) {
  const heap: string[] = [];
  const hands = new Map<string, () => void>();
  const asked: number[] = [];
  const faults: unknown[] = [];
  const pump = startPump<string>({
    most: 4,
    async take(most) {
      asked.push(most);
      return heap.splice(0, most);
    },
    work: (piece) => new Promise((resolve) => hands.set(piece, resolve)),
    onFault: (error) => faults.push(error),
    ...over,
  });
  const finish = async (piece: string) => {
    hands.get(piece)?.();
    hands.delete(piece);
    await settle();
  };
  return { pump, heap, hands, asked, faults, finish };
}

test("takes what is there at the start, and never more than it may", async () => {
  const { heap, hands, asked } = aPump({ most: 2 });
  heap.push("a", "b", "c");
  await vi.advanceTimersByTimeAsync(1000);
  expect([...hands.keys()]).toEqual(["a", "b"]);
  expect(Math.max(...asked)).toBe(2);
});

test("takes more when half of what it holds is done", async () => {
  const { pump, heap, hands, finish } = aPump();
  heap.push("a", "b", "c", "d", "e", "f");
  pump.wake();
  await settle();
  await finish("a");
  expect([...hands.keys()]).toEqual(["b", "c", "d"]);
  await finish("b");
  expect([...hands.keys()]).toEqual(["c", "d", "e", "f"]);
});

test("is woken at once", async () => {
  const { pump, heap, hands } = aPump();
  await settle();
  heap.push("a");
  pump.wake();
  await settle();
  expect([...hands.keys()]).toEqual(["a"]);
});

test("does not miss a call that comes while it takes", async () => {
  let answer: (pieces: string[]) => void = () => {};
  const { pump, hands } = aPump({
    take: () => new Promise((resolve) => (answer = resolve)),
  });
  pump.wake();
  answer([]);
  await settle();
  answer(["a"]);
  await settle();
  expect([...hands.keys()]).toEqual(["a"]);
});

test("looks by itself a few times a second", async () => {
  const { heap, hands } = aPump();
  await settle();
  heap.push("a");
  await vi.advanceTimersByTimeAsync(250);
  expect([...hands.keys()]).toEqual(["a"]);
});

test("goes on after a take that failed", async () => {
  let away = true;
  const { hands, faults } = aPump({
    async take() {
      if (away) throw new Error("Connection is closed.");
      return hands.size === 0 ? ["a"] : [];
    },
  });
  await settle();
  expect(faults).toEqual([new Error("Connection is closed.")]);
  away = false;
  await vi.advanceTimersByTimeAsync(250);
  expect([...hands.keys()]).toEqual(["a"]);
});

test("goes on after work that failed, however it did", async () => {
  const seen: string[] = [];
  const { pump, heap, faults } = aPump({
    most: 1,
    work(piece) {
      seen.push(piece);
      if (piece === "a") throw new Error("at once");
      return piece === "b" ? Promise.reject(new Error("later")) : Promise.resolve();
    },
  });
  heap.push("a", "b", "c");
  pump.wake();
  await settle();
  expect(seen).toEqual(["a", "b", "c"]);
  expect(faults).toEqual([new Error("at once"), new Error("later")]);
  await pump.stop();
});

test("stops when what is in hand is done, and takes no more", async () => {
  const { pump, heap, hands, finish } = aPump();
  heap.push("a");
  pump.wake();
  await settle();
  const ends: string[] = [];
  const stopping = [pump.stop().then(() => ends.push("first")), pump.stop().then(() => ends.push("second"))];
  heap.push("b");
  pump.wake();
  await vi.advanceTimersByTimeAsync(1000);
  expect(ends).toEqual([]);
  await finish("a");
  await Promise.all(stopping);
  expect(ends).toEqual(["first", "second"]);
  expect(hands.size).toBe(0);
  expect(heap).toEqual(["b"]);
});

test("stops after a take that is on its way, and does what that brought", async () => {
  let answer: (pieces: string[]) => void = () => {};
  const { pump, finish } = aPump({ take: () => new Promise((resolve) => (answer = resolve)) });
  let stopped = false;
  const stopping = pump.stop().then(() => {
    stopped = true;
  });
  answer(["a"]);
  await settle();
  expect(stopped).toBe(false);
  await finish("a");
  await stopping;
});

test("stops at once when it has nothing", async () => {
  const { pump } = aPump();
  await settle();
  await pump.stop();
});
