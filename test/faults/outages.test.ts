/** Redis away, stopped, or full: what is said meanwhile, and how soon it goes on (design.md 5). */
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { keys } from "../../src/store/keys.ts";
import type { DeskProcess } from "./desk-process.ts";
import type { RedisProcess } from "./redis-process.ts";
import { openScene, type Scene } from "./scene.ts";
import { type Asked, allTickets, numbersOfDay, type Request, seenBy, TAG, untilQuiet, wrongdoings } from "./town.ts";
import { until } from "./until.ts";

/** A callback waits so long for Redis; WeCom itself gives up after five seconds. */
const WAITS_MS = 4_000;
const WECOM_WAITS_MS = 5_000;
const READY_AGAIN_MS = 5_000;

interface Outage {
  readonly name: string;
  leave(redis: RedisProcess): Promise<void> | void;
  /** Resolves when Redis is there. */
  return(redis: RedisProcess): Promise<void> | void;
}

const outages: readonly Outage[] = [
  { name: "killed", leave: (redis) => redis.kill(), return: (redis) => redis.start() },
  { name: "stopped", leave: (redis) => redis.hold(), return: (redis) => redis.go() },
];

describe("while Redis cannot be used", () => {
  describe("because it is away", () => {
    let scene: Scene;
    let desk: DeskProcess;
    let requests: Request[];
    const all: Asked[] = [];
    beforeAll(async () => {
      // Delivered once, so that what became of one delivery can be told.
      scene = await openScene({ groups: 8, redeliverAfterMs: WECOM_WAITS_MS, retries: 0 });
      desk = await scene.desk();
      requests = scene.town.requests(2 * outages.length);
    });
    afterAll(() => scene?.close());

    it.each(outages)("$name for a moment: a callback waits, and is taken when Redis is back", async (outage) => {
      const { redis, town } = scene;
      await outage.leave(redis);
      await unready(desk);
      const request = requests.pop() as Request;
      const saying = town.say(request);
      await town.wecom.waitFor(request.chat, ({ from }) => from === request.by);
      // Not a condition but the outage itself, which has a length.
      await wait(WAITS_MS * 0.4);
      await outage.return(redis);
      await readyAgain();
      const said = await saying;
      expect(said).toMatchObject({ delivered: true, status: 200, attempts: 1 });
      all.push({ request, said });
      await judge(scene, desk, all);
    });

    it.each(outages)("$name for longer: the connection ends without an answer, and is made again", async (outage) => {
      const { redis, town } = scene;
      await outage.leave(redis);
      await unready(desk);
      const request = requests.pop() as Request;
      const from = performance.now();
      const said = await town.say(request);
      const waitedMs = performance.now() - from;
      expect(said).toMatchObject({ delivered: false, status: null, reason: "no-answer", attempts: 1 });
      expect(waitedMs).toBeGreaterThan(WAITS_MS - 100);
      expect(waitedMs).toBeLessThan(WECOM_WAITS_MS);
      await until("it is logged", 10_000, () => desk.log().includes(said.msgid) && desk.log().includes(request.chat));
      expect(desk.log()).not.toContain(request.text);

      await outage.return(redis);
      await readyAgain();
      expect(await town.wecom.deliver(said.body)).toMatchObject({ delivered: true, status: 200 });
      all.push({ request, said });
      await judge(scene, desk, all);
    });

    async function readyAgain(): Promise<void> {
      await desk.ready(READY_AGAIN_MS);
    }
  });

  it("because it is full, nothing that was acknowledged is lost, and it goes on when there is room again", async () => {
    const scene = await openScene({ groups: 8 });
    try {
      const { redis, town } = scene;
      const desk = await scene.desk();
      const asked = scene.say(town.requests(64));
      await until(
        "some are acknowledged",
        10_000,
        async () => (await redis.client.hlen(TAG + keys.ticketOfNumber)) > 4,
      );
      await redis.client.config("SET", "maxmemory", "1mb");
      const late = scene.say(town.requests(8, "late"));
      // Longer than a lease: deliveries that failed for want of room would have added up.
      await until("a callback was refused", 10_000, () => desk.log().includes("message not taken"));
      const { warnings } = (await (await fetch(`${desk.url}/readyz`)).json()) as { warnings: string[] };
      expect(warnings.join()).toContain("内存");

      await redis.client.config("SET", "maxmemory", "0");
      const all = await Promise.all([...asked, ...late]);
      expect(all.filter(({ said }) => !said.delivered)).toEqual([]);
      await judge(scene, desk, all);
      expect(await desk.api("/inbox?state=failed")).toMatchObject({ messages: [] });
      const logged = all.filter(({ request }) => desk.log().includes(request.text));
      expect(logged, "what people wrote does not stand in the log").toEqual([]);
    } finally {
      await scene.close();
    }
  });
});

async function unready(desk: DeskProcess): Promise<void> {
  await until("not ready", 10_000, async () => (await desk.readiness()) === 503);
}

async function judge({ town, printLogs }: Scene, desk: DeskProcess, asked: readonly Asked[]): Promise<void> {
  onTestFailed(printLogs);
  await untilQuiet(desk, 20_000);
  const tickets = await allTickets(desk);
  expect(tickets.map(({ number }) => number)).toEqual(numbersOfDay(asked.length));
  const wrong = seenBy(town, tickets, asked).filter(
    ({ numbers, receipts, mentions }) => numbers.length !== 1 || receipts !== 1 || mentions < 1 || mentions > 2,
  );
  expect(wrong).toEqual([]);
  expect(wrongdoings(town)).toEqual([]);
}
