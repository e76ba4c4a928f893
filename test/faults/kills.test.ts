/**
 * kill -9 of the desk, of Redis, or of both, at any moment of many requests. Longer and with chosen luck:
 *
 *   FAULTS_REQUESTS=2000 FAULTS_KILLS=60 FAULTS_SEED=7 npx vitest run test/faults/kills.test.ts
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, describe, expect, it, onTestFailed } from "vitest";
import type { Shown } from "../../src/sandbox/history.ts";
import { type DeskProcess, openDeskProcess } from "./desk-process.ts";
import { type Chance, openChance } from "./random.ts";
import { openRedisProcess } from "./redis-process.ts";
import {
  API_TOKEN,
  type Asked,
  allTickets,
  certainlyLost,
  numbersOfDay,
  openTown,
  seenBy,
  TAG,
  type Town,
  untilQuiet,
  wrongdoings,
} from "./town.ts";
import { freePort, until } from "./until.ts";

const REQUESTS = Number(process.env["FAULTS_REQUESTS"] ?? 150);
const KILLS = Number(process.env["FAULTS_KILLS"] ?? 9);
const SEED = Number(process.env["FAULTS_SEED"] ?? Date.now() % 1_000_000);
/** A request every so often: whoever is killed has something in hand. */
const EVERY_MS = 60;
/** Eight mentions a minute leave room in a group's window for those that are repeated. */
const REQUESTS_PER_GROUP = 8;
const QUIET_MS = 40_000;

/** Where the data lies, and how it is killed there. */
interface Store {
  readonly environment: Readonly<Record<string, string>>;
  kill(): Promise<void>;
  /** Whoever brings the desk up again does this too. */
  restart(): Promise<void>;
}

const VICTIMS = ["desk", "redis", "both"] as const;
type Victim = (typeof VICTIMS)[number];

describe("a kill -9 at any moment loses nothing and doubles nothing", () => {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  it(
    `of the desk, of Redis, or of both (seed ${SEED})`,
    async () => {
      const town = await openTown({ groups: Math.ceil(REQUESTS / REQUESTS_PER_GROUP) });
      closers.push(() => town.close());
      const redis = await openRedisProcess();
      closers.push(() => redis.close());
      await redis.client.set(`${TAG}:clock`, town.clockAhead());
      await besiege(town, REQUESTS, KILLS, openChance(SEED), {
        environment: { REDIS_URL: redis.url },
        kill: redis.kill,
        restart: redis.start,
      });
    },
    120_000 + REQUESTS * 100 + KILLS * 5_000,
  );

  it(
    `of the desk and of the Redis that it brings along (seed ${SEED})`,
    async () => {
      const requests = Math.ceil(REQUESTS * 0.3);
      const town = await openTown({ groups: Math.ceil(requests / REQUESTS_PER_GROUP) });
      closers.push(() => town.close());
      const pid = () => Number(readFileSync(join(town.dataDir, "redis", "redis.pid"), "utf8"));
      closers.push(() => killIfThere(pid));
      await besiege(town, requests, Math.ceil(KILLS * 0.6), openChance(SEED), {
        environment: {},
        kill: async () => killIfThere(pid),
        // The desk's own business.
        restart: async () => {},
      });
    },
    120_000 + REQUESTS * 100 + KILLS * 5_000,
  );

  async function besiege(town: Town, count: number, kills: number, chance: Chance, store: Store): Promise<void> {
    const port = await freePort();
    const environment = { ...town.environment, ...store.environment };
    const desk = openDeskProcess({ port, apiToken: API_TOKEN, environment });
    closers.push(() => desk.kill());
    const plan: string[] = [];
    onTestFailed(() => {
      process.stderr.write(`seed ${SEED}\n${plan.join("\n")}\n${desk.log()}\n`);
    });
    town.wecom.pointAt(desk.url);
    desk.superviseAfter(() => chance.below(400));
    await desk.ready();
    if (!("REDIS_URL" in environment)) await moveClock(town);

    const requests = chance.shuffled(town.requests(count));
    const from = performance.now();
    const asked = requests.map(async (request, i): Promise<Asked> => {
      await wait(i * EVERY_MS);
      return { request, said: await town.say(request) };
    });
    for (const { at, victim, ambush } of killsOver(count * EVERY_MS, kills, chance)) {
      await wait(Math.max(0, from + at - performance.now()));
      // Between showing a line and answering for it, every now and then: the moment when nobody knows.
      const moment = ambush ? await nextLine(town, chance.below(4)) : "";
      plan.push(`${Math.round(performance.now() - from)} ms: ${victim}${moment}`);
      await Promise.all([
        victim === "redis" ? null : desk.kill(),
        victim === "desk"
          ? null
          : store
              .kill()
              .then(() => wait(chance.below(900)))
              .then(() => store.restart()),
      ]);
    }

    const all = await Promise.all(asked);
    await desk.ready();
    await untilQuiet(desk, QUIET_MS);
    await judge(town, desk, all, plan.length + plan.filter((line) => line.includes("both")).length);
    const tookMs = Math.round(performance.now() - from);
    process.stderr.write(`seed ${SEED}: ${count} requests, ${plan.length} kills, ${tookMs} ms\n`);
    expect(await desk.stop()).toEqual({ code: 0, signal: null });
  }
});

async function judge(town: Town, desk: DeskProcess, asked: readonly Asked[], kills: number): Promise<void> {
  const notTaken = asked.filter(({ said }) => !said.delivered || said.status !== 200);
  expect(notTaken, "every callback is answered with 200 in the end").toEqual([]);
  const tickets = await allTickets(desk);
  expect(
    tickets.map(({ number }) => number),
    "no number is missing or used twice",
  ).toEqual(numbersOfDay(asked.length));
  const seen = seenBy(town, tickets, asked);
  const not = (good: (each: (typeof seen)[number]) => boolean) => seen.filter((each) => !good(each));
  expect
    .soft(
      not(({ numbers }) => numbers.length === 1),
      "one ticket each",
    )
    .toEqual([]);
  expect
    .soft(
      not(({ receipts }) => receipts === 1),
      "one receipt shown",
    )
    .toEqual([]);
  expect
    .soft(
      not(({ mentions }) => mentions >= 1),
      "at least one mention",
    )
    .toEqual([]);
  expect
    .soft(
      not(({ mentions }) => mentions <= 1 + kills),
      "at most one more mention for each kill",
    )
    .toEqual([]);
  expect.soft(await certainlyLost(desk), "no line is lost").toEqual([]);
  const { messages } = await desk.api<{ messages: unknown[] }>("/inbox?state=failed");
  expect.soft(messages, "no message is given up").toEqual([]);
  expect.soft(wrongdoings(town), "WeCom has nothing to complain about").toEqual([]);
  expect
    .soft(
      seen.map(({ mentions }) => mentions).reduce((all, each) => all + each, 0),
      "mentions are repeated for what was in flight, not for everything",
    )
    .toBeLessThan(asked.length * 1.5);
}

/** Spread over the run and a little beyond it, every victim in turn. */
function killsOver(ms: number, kills: number, chance: Chance) {
  return Array.from({ length: kills }, (_, i) => ({
    at: ((i + chance.below(1)) / kills) * ms * 1.1,
    victim: VICTIMS[(i + Math.floor(chance.below(2))) % VICTIMS.length] as Victim,
    ambush: chance.below(2) < 1,
  }));
}

/** Resolves while WeCom still shows a line and has not told the desk so; without a line soon, then. */
function nextLine(town: Town, skip: number): Promise<string> {
  return new Promise((resolve) => {
    let left = Math.floor(skip);
    const stop = town.wecom.onMessage(({ from, chat }: Shown) => {
      if (from !== "bot" && from !== "webhook") return;
      if (left-- > 0) return;
      done(`, as ${from} spoke in ${chat}`);
    });
    const timer = setTimeout(() => done(""), 2500);
    const done = (moment: string): void => {
      clearTimeout(timer);
      stop();
      resolve(moment);
    };
  });
}

function killIfThere(pid: () => number): void {
  try {
    process.kill(pid(), "SIGKILL");
  } catch {
    // Between two lives.
  }
}

async function moveClock(town: Town): Promise<void> {
  const redis = new Redis({ path: join(town.dataDir, "redis", "redis.sock") });
  await until("the clock is set", 10_000, async () => (await redis.set(`${TAG}:clock`, town.clockAhead())) === "OK");
  redis.disconnect();
}
