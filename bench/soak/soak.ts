/**
 * One way through the desk under a load that it has never had: so many messages at once in one conversation, and one in
 * each of thousands, while everything waits for the windows of the platform. All of it in this process, on one clock.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { Redis } from "ioredis";
import { openService, type Service } from "../../src/service.ts";
import { readSettings } from "../../src/settings.ts";
import { keys, stationTag } from "../../src/store/keys.ts";
import { openQuickClock } from "./clock.ts";
import { busiest, type Counted, judge, type Line, type Said, type Ticket } from "./judge.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { BURST, chatOf, clerkOf, enterpriseOf, helperNameOf, helperOf, stationText } from "./station.ts";
import type { WayThrough } from "./ways.ts";

export interface SoakOptions {
  /** Messages in the one conversation, and conversations with one message each. */
  readonly burst: number;
  readonly wide: number;
  /** Socket file of a Redis. */
  readonly redis: string;
  /** Names the keys and the files: a soak finds nothing of another one. */
  readonly name: string;
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
  /** Lines shown by the desk, and those that wait. */
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
  /** By ours, from what was shown: `18/20`, and whether one is overrun. */
  readonly windows: readonly { readonly most: number; readonly allowed: number }[];
  /** Whatever concerns the desk as a whole. */
  readonly faults: readonly string[];
}

/** A Monday morning: no pledge ends and no reminder falls due while the soak lasts. */
const MORNING = Date.parse("2026-12-07T09:12:00+08:00");
/** The pumps of a desk look after a quarter of a second for what nobody woke them for: of this clock as well. */
const LOOK_MS = 250;
/** Speakers at once, where each waits until the desk has taken a message. */
const SPEAKERS = 8;
const POLL_MS = 50;
const TOLD_EVERY_MS = 5_000;
const API_TOKEN = "soak-token";
const DIGITS = "甲乙丙丁戊己庚辛壬癸";

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
    return await soakOpened(way, options, (closer) => closers.push(closer));
  } finally {
    await close();
  }
}

async function soakOpened(
  way: WayThrough,
  options: SoakOptions,
  onClose: (closer: () => Promise<void> | void) => void,
): Promise<Result> {
  const { burst, wide } = options;
  const tag = stationTag(options.name);
  const redis = new Redis({ path: options.redis });
  onClose(() => redis.disconnect());
  let nextLook = 0;
  const clock = openQuickClock(
    Date.now(),
    () => redis.ping(),
    (now) => {
      if (now < nextLook) return;
      nextLook = now + LOOK_MS;
      for (const lane of ["in", "out"]) void redis.publish(tag + keys.wake, `${lane} soak`).catch(() => {});
    },
  );
  onClose(() => clock.stop());
  await redis.set(tag + keys.clock, String(MORNING - clock.now()));

  // One conversation for the burst, and all the others.
  const count = wide + 1;
  const platform = await openPlatform({ way, count, now: clock.now });
  onClose(() => platform.close());
  if (way.alone) await rememberEnterprises(redis, tag, way, count, clock.now() + (MORNING - clock.now()));
  const service = await openDesk(way, options, platform, clock.now);
  onClose(() => service.close());
  platform.pointAt(`http://127.0.0.1:${service.port}`);
  await until(options.patienceMs, () => Promise.resolve(platform.isConnected()));

  const lines: Line[] = [];
  platform.onMessage(({ chat, from, text, mentions, at }) => {
    if (["bot", "webhook", "app"].includes(from))
      lines.push({ chat, from, text, mentions, at, real: performance.now() });
  });
  const from = { at: clock.now(), real: performance.now() };
  const all = { burst: saidInBurst(way, burst), wide: saidWidely(way, wide) };
  let said = 0;
  const waiting = async () => (await redis.zcard(tag + keys.outWaiting)) + (await redis.zcard(tag + keys.inReady));
  const tell = async () =>
    options.progress?.({ said, shown: lines.length, waiting: await waiting(), minutes: minutesSince(from.at) });
  const minutesSince = (at: number) => (clock.now() - at) / 60_000;
  const telling = setInterval(() => void tell().catch(() => {}), TOLD_EVERY_MS);
  onClose(() => clearInterval(telling));

  const say = async ({ room, asker, text }: Said) => {
    const account = asker.slice(way.platform.length + 1);
    await platform.say(room.startsWith("@") ? null : room, account, text);
    said++;
  };
  await Promise.all([sayInOrder(way, all.burst, say), sayAtOnce(all.wide, say)]);
  const isDone = await until(options.patienceMs, async () => (await waiting()) === 0);
  await tell();

  const { tickets, failed } = await readDesk(service);
  const rows = (["burst", "wide"] as const).map((what): Soaked => {
    const counted = judge(all[what], tickets, lines, what === "burst");
    const { at, real } = counted.last;
    const minutes = Math.max(0, at - from.at) / 60_000;
    return { ...counted, what, minutes, seconds: Math.max(0, real - from.real) / 1000 };
  });
  const faults = isDone ? [] : [`${options.patienceMs / 1000} 秒后仍有 ${await waiting()} 条在等待`];
  if (tickets.length !== burst + wide) faults.push(`共有 ${tickets.length} 件工单，应为 ${burst + wide} 件`);
  for (const { text, reason } of failed) faults.push(`未能送达：${reason} ${text}`);
  const windows = way.bounds.map((bound) => ({ most: busiest(lines, bound), allowed: bound.most }));
  return { rows, violations: [...platform.violations], windows, faults };
}

function openDesk(way: WayThrough, options: SoakOptions, platform: Platform, now: () => number): Promise<Service> {
  const { folder, name, wide, redis, dataDir } = options;
  mkdirSync(folder, { recursive: true });
  const stationFile = join(folder, `${name}.yaml`);
  const webhookOf = (where: string, nth: number) =>
    way.webhooks && where === way.platform ? platform.webhookOf(nth) : null;
  writeFileSync(stationFile, stationText(name, wide + 1, webhookOf));
  const environment = {
    NODE_ENV: "production",
    PORT: "0",
    STATION_FILE: stationFile,
    DATA_DIR: dataDir,
    API_TOKEN,
    LOG_LEVEL: process.env["DESK_LOG"] ?? "silent",
    ...platform.environment,
  };
  const settings = readSettings(environment);
  return openService({
    settings,
    environment,
    redis: { socket: redis },
    host: "127.0.0.1",
    wireNow: now,
    laneNow: now,
  });
}

/** Each from somebody else, where that is possible; no two alike, since the same text again is the same request. */
function saidInBurst({ platform, alone }: WayThrough, count: number): Said[] {
  return Array.from({ length: count }, (_, nth) => ({
    room: alone ? `@${clerkOf(BURST)}` : chatOf(platform, BURST),
    asker: `${platform}:${alone ? clerkOf(BURST) : `speaker${nth}`}`,
    text: `第${inWords(nth)}件：下周三下午想借一间会议室，${10 + (nth % 50)}个人`,
    helper: { account: helperOf(BURST), name: helperNameOf(BURST) },
  }));
}

function saidWidely({ platform, alone }: WayThrough, count: number): Said[] {
  return Array.from({ length: count }, (_, before) => {
    const nth = before + BURST + 1;
    return {
      room: alone ? `@${clerkOf(nth)}` : chatOf(platform, nth),
      asker: `${platform}:${clerkOf(nth)}`,
      text: "下周三下午想借一间能坐三十人的会议室",
      helper: { account: helperOf(nth), name: helperNameOf(nth) },
    };
  });
}

/** Not in figures: three of them may be the number of a ticket. */
function inWords(nth: number): string {
  return [...String(nth).padStart(3, "0")].map((digit) => DIGITS[Number(digit)]).join("");
}

/** Down a socket all at once, for what goes first arrives first; by callbacks each as soon as the last one was taken. */
async function sayInOrder({ by }: WayThrough, all: readonly Said[], say: (one: Said) => Promise<void>): Promise<void> {
  if (by === "socket" || by === "stream") await Promise.all(all.map(say));
  else for (const one of all) await say(one);
}

async function sayAtOnce(all: readonly Said[], say: (one: Said) => Promise<void>): Promise<void> {
  let next = 0;
  const speak = async () => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) {
      await say(one);
      // Down a socket nobody waits for anything: the others have their turn.
      await turn();
    }
  };
  await Promise.all(Array.from({ length: SPEAKERS }, speak));
}

/** As if all of them had named their company within the last half year: a soak asks for rooms, not for names. */
async function rememberEnterprises(
  redis: Redis,
  tag: string,
  way: WayThrough,
  count: number,
  at: number,
): Promise<void> {
  const writing = redis.pipeline();
  for (let nth = 0; nth < count; nth++) {
    const person = { v: "1", enterprise: enterpriseOf(nth), enterpriseAt: String(at) };
    writing.hset(tag + keys.person(`${way.platform}:${clerkOf(nth)}`), person);
  }
  await writing.exec();
}

interface Failed {
  readonly text: string;
  readonly reason: string | null;
}

/** All tickets there are, and the lines that nobody got. */
async function readDesk({ port }: Service): Promise<{ tickets: readonly Ticket[]; failed: readonly Failed[] }> {
  const get = async <T>(path: string) => {
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    return (await (await fetch(`http://127.0.0.1:${port}/api${path}`, { headers })).json()) as T;
  };
  const tickets: Ticket[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: { tickets: Ticket[]; cursor: string | null } = await get(`/tickets?limit=200&cursor=${cursor}`);
    tickets.push(...page.tickets);
    cursor = page.cursor;
  }
  const { replies } = await get<{ replies: Failed[] }>("/outbox?state=failed&limit=200");
  return { tickets, failed: replies };
}

async function until(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}
