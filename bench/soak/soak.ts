/**
 * One way through the desk under a load that it has never had: so many messages at once in one conversation, and one in
 * each of thousands, while everything waits for the windows of the platform. All of it in this process, on one clock.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { keys, stationTag } from "../../src/store/keys.ts";
import { openQuickClock } from "./clock.ts";
import { type Ended, isUnderWay, openDesk, readDesk, rememberEnterprises, waiting } from "./desk.ts";
import { busiest, type Counted, judge, type Line, type Said } from "./judge.ts";
import { openPlatform } from "./platform.ts";
import { saidInBurst, saidWidely } from "./said.ts";
import type { WayThrough } from "./ways.ts";

export interface SoakOptions {
  /** Messages in the one conversation, and further conversations with one message each. */
  readonly burst: number;
  readonly wide: number;
  /** Socket file of a Redis. */
  readonly redis: string;
  /** Names the keys and the files: a soak finds nothing of another one. */
  readonly name: string;
  /** Is there already, and is taken away by whoever made it. */
  readonly folder: string;
  /** With the trained model in it. */
  readonly dataDir: string;
  /** Real ms, before what still waits is given up as lost. */
  readonly patienceMs: number;
  readonly progress?: (done: Progress) => void;
  /** Is handed what must be closed, should the soak be ended from outside. */
  readonly keep?: (close: () => Promise<void>) => void;
}

export interface Progress {
  readonly said: number;
  /** Lines shown by the desk, and what waits in it. */
  readonly shown: number;
  readonly waiting: number;
  readonly minutes: number;
}

export interface Soaked extends Counted {
  readonly what: "burst" | "wide";
  /** By the soak's clock, and real seconds, from the first message to the last line about these. */
  readonly minutes: number;
  readonly seconds: number;
}

export interface Result {
  readonly rows: readonly Soaked[];
  /** By the imitation's own count. */
  readonly violations: readonly unknown[];
  /** By ours, from what was shown. */
  readonly windows: readonly { readonly most: number; readonly allowed: number }[];
  /** Whatever concerns the desk as a whole. */
  readonly faults: readonly string[];
  /** Sends that did not simply arrive: no fault in themselves. */
  readonly outcomes: readonly Ended[];
}

/** A Monday morning: no pledge ends and no reminder falls due while the soak lasts. */
const MORNING = Date.parse("2026-12-07T09:12:00+08:00");
/** The pumps of a desk look after a quarter of a second for what nobody woke them for: of this clock as well. */
const LOOK_MS = 250;
/**
 * Who speak at once, each going on when the first line of an answer is shown: a desk waits three real seconds for an
 * answer, and on a busy machine a hundred sends in hand take longer. Where a window is common to all of them, enough
 * that it is always full.
 */
const SPEAKERS = 8;
const SPEAKERS_TO_ONE_WINDOW = 32;
const POLL_MS = 50;
const TOLD_EVERY_MS = 5_000;

type OnClose = (closer: () => Promise<void> | void) => void;

export async function soak(way: WayThrough, options: SoakOptions): Promise<Result> {
  const closers: (() => Promise<void> | void)[] = [];
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= (async () => {
      for (const closer of closers.splice(0).reverse()) await closer();
    })();
    return closing;
  };
  options.keep?.(close);
  try {
    return await soakOpened(way, options, (closer) => {
      // Ended from outside while it was still being opened.
      if (closing) void closer();
      else closers.push(closer);
    });
  } finally {
    await close();
  }
}

async function soakOpened(way: WayThrough, options: SoakOptions, onClose: OnClose): Promise<Result> {
  const { burst, wide, patienceMs } = options;
  const tag = stationTag(options.name);
  const redis = new Redis({ path: options.redis });
  // It goes away under us only where the whole soak is being ended; commands fail of themselves.
  redis.on("error", () => {});
  onClose(() => redis.disconnect());
  const clock = openClock(redis, tag);
  onClose(() => clock.stop());
  await redis.set(tag + keys.clock, String(MORNING - clock.now()));

  // One conversation for the burst, and all the others.
  const count = wide + 1;
  const platform = await openPlatform({ way, count, now: clock.now });
  onClose(() => platform.close());
  if (way.alone) await rememberEnterprises(redis, tag, way, count, MORNING);
  const service = await openDesk({ ...options, way, platform, count, now: clock.now });
  onClose(() => service.close());
  platform.pointAt(`http://127.0.0.1:${service.port}`);
  await until(patienceMs, async () => platform.isConnected());

  const lines: Line[] = [];
  const heard = new Map<string, () => void>();
  platform.onMessage(({ chat, from, text, mentions, at }) => {
    if (!["bot", "webhook", "app"].includes(from)) return;
    lines.push({ chat, from, text, mentions, at, real: performance.now() });
    heard.get(chat)?.();
  });
  const from = { at: clock.now(), real: performance.now() };
  let said = 0;
  const tell = async () => {
    const minutes = (clock.now() - from.at) / 60_000;
    options.progress?.({ said, shown: lines.length, waiting: await waiting(redis, tag), minutes });
  };
  const telling = setInterval(() => void tell().catch(() => {}), TOLD_EVERY_MS);
  onClose(() => clearInterval(telling));

  const say = async ({ room, asker, text }: Said) => {
    const account = asker.slice(way.platform.length + 1);
    await platform.say(room.startsWith("@") ? null : room, account, text);
    said++;
  };
  const sayAndHear = async (one: Said) => {
    const answered = new Promise<void>((resolve) => heard.set(one.room, resolve));
    await say(one);
    await answered;
    heard.delete(one.room);
  };
  const all = { burst: saidInBurst(way, burst), wide: saidWidely(way, wide) };
  const speakers = way.bounds.some(({ per }) => per === "all") ? SPEAKERS_TO_ONE_WINDOW : SPEAKERS;
  const saying = [sayInOrder(way, all.burst, say), sayWidely(all.wide, speakers, sayAndHear)];
  const isSaid = await within(patienceMs, Promise.all(saying));
  const isDone = isSaid && (await until(patienceMs, async () => (await waiting(redis, tag)) === 0));
  await tell();

  const { tickets, failed, outcomes } = await readDesk(service);
  const rows = (["burst", "wide"] as const).map((what): Soaked => {
    const counted = judge(all[what], tickets, lines, what === "burst");
    const { at, real } = counted.last;
    const [minutes, seconds] = [Math.max(0, at - from.at) / 60_000, Math.max(0, real - from.real) / 1000];
    return { ...counted, what, minutes, seconds };
  });
  const faults = failed.map(({ text, reason }) => `未能送达：${reason} ${text}`);
  if (!isDone) faults.push(`等了 ${patienceMs / 1000} 秒，仍有 ${await waiting(redis, tag)} 条没有办完`);
  if (tickets.length !== burst + wide) faults.push(`共有 ${tickets.length} 件工单，应为 ${burst + wide} 件`);
  const windows = way.bounds.map((bound) => ({ most: busiest(lines, bound), allowed: bound.most }));
  return { rows, violations: [...platform.violations], windows, faults, outcomes };
}

/** Steps with this Redis, and wakes the desk as a desk beside it would. */
function openClock(redis: Redis, tag: string) {
  let nextLook = 0;
  return openQuickClock({
    from: Date.now(),
    isUnderWay: (now) => isUnderWay(redis, tag, now),
    onStep(now) {
      if (now < nextLook) return;
      nextLook = now + LOOK_MS;
      for (const lane of ["in", "out"]) void redis.publish(tag + keys.wake, `${lane} soak`).catch(() => {});
    },
  });
}

/** Down a socket all at once, for what goes first arrives first; by callbacks each as soon as the last one was taken. */
async function sayInOrder({ by }: WayThrough, all: readonly Said[], say: (one: Said) => Promise<void>): Promise<void> {
  if (by === "socket" || by === "stream") await Promise.all(all.map(say));
  else for (const one of all) await say(one);
}

async function sayWidely(all: readonly Said[], speakers: number, say: (one: Said) => Promise<void>): Promise<void> {
  let next = 0;
  const speak = async () => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) await say(one);
  };
  await Promise.all(Array.from({ length: speakers }, speak));
}

async function until(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}

/** False if it took longer; what fails, fails here. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  const late = pause(ms, false, { signal: ended.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    ended.abort();
  }
}
