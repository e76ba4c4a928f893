/** Redis away, stopped, or full: what is said meanwhile, and how soon it goes on (design.md 5). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { DeskProcess } from "./desk-process.ts";
import { buildProgram, type Program } from "./program.ts";
import type { RedisProcess } from "./redis-process.ts";
import { openScene, type Scene } from "./scene.ts";
import { type Asked, allTickets, numbersOfDay, seenBy, untilQuiet, wrongdoings } from "./town.ts";
import { until } from "./until.ts";

/** A callback waits so long for Redis; WeCom itself gives up after five seconds. */
const WAITS_MS = 4_000;
const WECOM_WAITS_MS = 5_000;
const READY_AGAIN_MS = 2_000;

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
  let program: Program;
  let scene: Scene;
  let desk: DeskProcess;
  beforeAll(() => {
    program = buildProgram();
  });
  afterEach(() => scene?.close());
  afterAll(() => program.remove());

  it.each(outages)("$name for a moment: the callback waits, and is taken by its first delivery", async (outage) => {
    const { redis, town } = await open();
    await outage.leave(redis);
    await unready();
    const [asked] = scene.say(town.requests(1));
    await town.wecom.waitFor(town.chats[0] ?? "", () => true);
    // Not a condition but the outage's length: it must end before the callback gives up.
    const outageMs = WAITS_MS * 0.4;
    await new Promise((resolve) => setTimeout(resolve, outageMs));
    await outage.return(redis);
    const back = performance.now();
    await desk.ready(READY_AGAIN_MS);
    expect(performance.now() - back).toBeLessThan(READY_AGAIN_MS);
    const { said } = await (asked as Promise<Asked>);
    expect(said).toMatchObject({ delivered: true, status: 200, attempts: 1 });
    await judge([await (asked as Promise<Asked>)]);
  });

  it.each(outages)(
    "$name for longer: the connection closes without an answer, and WeCom delivers again",
    async (outage) => {
      const { redis, town } = await open();
      await outage.leave(redis);
      await unready();
      const [request] = town.requests(1);
      if (!request) throw new Error("no request");
      const from = performance.now();
      const said = await town.say(request);
      const waitedMs = performance.now() - from;
      expect(said).toMatchObject({ delivered: false, status: null, reason: "no-answer", attempts: 1 });
      expect(waitedMs).toBeGreaterThan(WAITS_MS - 100);
      expect(waitedMs).toBeLessThan(WECOM_WAITS_MS);
      expect(desk.log()).toContain(said.msgid);
      expect(desk.log()).toContain(request.chat);
      expect(desk.log()).not.toContain(request.text);

      await outage.return(redis);
      await desk.ready(READY_AGAIN_MS);
      const again = await town.wecom.deliver(said.body);
      expect(again).toMatchObject({ delivered: true, status: 200 });
      await judge([{ request, said }]);
    },
  );

  it("full: nothing that was acknowledged is lost, and it goes on when there is room again", async () => {
    const { redis, town } = await open({ retries: 20 });
    const asked = scene.say(town.requests(64));
    await until("some are acknowledged", 10_000, async () => (await redis.client.dbsize()) > 40);
    await redis.client.config("SET", "maxmemory", "1mb");
    const first = await Promise.race([...asked, until("", 1, () => null).catch(() => null)]);
    expect(first === null || first.said.delivered).toBe(true);
    // Longer than a lease and than a callback waits: deliveries that failed for want of room would have added up.
    const [late] = scene.say(town.requests(1, "late"));
    await until("a callback was refused", 10_000, () => desk.log().includes("message not taken"));
    const warnings = await fetch(`${desk.url}/readyz`).then(
      (answer) => answer.json() as Promise<{ warnings: string[] }>,
    );
    expect(warnings.warnings.join()).toContain("内存");

    await redis.client.config("SET", "maxmemory", "0");
    const all = await Promise.all([...asked, late as Promise<Asked>]);
    expect(all.filter(({ said }) => !said.delivered)).toEqual([]);
    await judge(all);
    const { messages } = await desk.api<{ messages: unknown[] }>("/inbox?state=failed");
    expect(messages).toEqual([]);
    const leaked = all.filter(({ request }) => desk.log().includes(request.text));
    expect(leaked, "what people wrote does not stand in the log").toEqual([]);
  }, 60_000);

  async function open({ retries = 0 } = {}): Promise<Scene> {
    scene = await openScene(program, { groups: 8, redeliverAfterMs: retries > 0 ? 1500 : WECOM_WAITS_MS, retries });
    desk = await scene.desk();
    return scene;
  }

  async function unready(): Promise<void> {
    await until("not ready", 3000, async () => (await desk.readiness()) === 503);
  }

  async function judge(asked: readonly Asked[]): Promise<void> {
    await untilQuiet(desk, 20_000);
    const tickets = await allTickets(desk);
    expect(tickets.map(({ number }) => number)).toEqual(numbersOfDay(asked.length));
    const wrong = seenBy(scene.town, tickets, asked).filter(
      ({ numbers, receipts, mentions }) => numbers.length !== 1 || receipts !== 1 || mentions < 1 || mentions > 2,
    );
    expect(wrong).toEqual([]);
    expect(wrongdoings(scene.town)).toEqual([]);
  }
});
