/** A desk that goes, by force or when told to, and what the next one finds. */
import { afterEach, describe, expect, it, onTestFailed } from "vitest";
import { keys } from "../../src/store/keys.ts";
import type { DeskProcess } from "./desk-process.ts";
import { openDoublingFront } from "./doubling-front.ts";
import { openScene, type Scene } from "./scene.ts";
import { type Asked, allTickets, numbersOfDay, type Request, seenBy, TAG, untilQuiet, wrongdoings } from "./town.ts";
import { until } from "./until.ts";

/** A killed desk's work goes on within five seconds, when its leases end; a busy machine may take longer. */
const GOES_ON_MS = 10_000;

describe("when a desk goes", () => {
  let scene: Scene;
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  it("finishes within seconds what a killed one had under its leases, once another is started", async () => {
    await open(24);
    const first = await scene.desk();
    const asked = await diesHolding(first);
    const second = await scene.desk();
    scene.town.wecom.pointAt(second.url);
    await allAnswered(asked, GOES_ON_MS);
    await judge(second, await Promise.all(asked.map(({ done }) => done)), 1);
  }, 60_000);

  it("opens one ticket for a message that two desks get at once, and one goes on within seconds without the other", async () => {
    await open(24);
    const first = await scene.desk();
    const second = await scene.desk();
    const front = await openDoublingFront([first.url, second.url]);
    closers.push(front.close);
    scene.town.wecom.pointAt(front.url);
    const calm = await Promise.all(scene.say(scene.town.requests(48, "calm")));
    expect(front.answers.length).toBeGreaterThanOrEqual(calm.length);
    expect(front.answers.flat().filter((status) => status !== 200)).toEqual([]);
    await untilQuiet(second, 10_000);
    await judge(second, calm, 0);
    expect(scene.town.wecom.violations).toEqual([]);

    const asked = await diesHolding(first);
    await allAnswered(asked, GOES_ON_MS);
    await judge(second, [...calm, ...(await Promise.all(asked.map(({ done }) => done)))], 1);
  }, 60_000);

  it("mentions the helper in the end, although two desks were killed with the mention on its way", async () => {
    await open(1);
    const { town } = scene;
    const desk = await scene.desk();
    // It leaves the desk, and nobody ever sees it.
    town.wecom.trouble("webhook", "stall", { count: 2 });
    const asked = await Promise.all(scene.say(town.requests(1)));
    for (let kills = 1; kills <= 2; kills += 1) {
      await until("the mention is on its way", 10_000, () => tried() === kills);
      await desk.kill();
      desk.start();
      await desk.ready();
    }
    await judge(desk, asked, 2);

    function tried(): number {
      return town.wecom.received.filter(({ door }) => door === "webhook").length;
    }
  }, 60_000);

  it("finishes on SIGTERM what is in hand and ends with 0, also under load", async () => {
    await open(24);
    const desk = await scene.desk();
    const asked: Promise<Asked>[] = [];
    const requests = scene.town.requests(144);
    for (let turn = 0; turn < 3; turn += 1) {
      const round = scene.say(requests.slice(turn * 48, turn * 48 + 48));
      asked.push(...round);
      // In the middle: some are answered, some in hand, some on their way.
      await until("some lines are shown", 10_000, () => answeredIn(round.length * turn + 12));
      expect(await desk.stop()).toEqual({ code: 0, signal: null });
      // Nothing was begun and left open: the next one has nothing to doubt.
      expect(await scene.redis.client.zrange(`${TAG}:out:leased`, "0", "-1")).toEqual([]);
      desk.start();
      await desk.ready();
    }
    const all = await Promise.all(asked);
    await untilQuiet(desk, 20_000);
    await judge(desk, all, 0);
    expect(scene.town.wecom.violations).toEqual([]);
  }, 60_000);

  async function open(groups: number): Promise<void> {
    scene = await openScene({ groups });
    closers.push(scene.close);
    onTestFailed(scene.printLogs);
  }

  function answeredIn(least: number): boolean {
    const shown = scene.town.chats.flatMap((chat) => scene.town.wecom.sent(chat).filter(({ from }) => from === "bot"));
    return shown.length >= least;
  }

  interface Asking {
    readonly request: Request;
    readonly done: Promise<Asked>;
  }

  /** Says a lot, and kills the desk while messages stand under a lease of its own. */
  async function diesHolding(desk: DeskProcess): Promise<Asking[]> {
    const { town, redis } = scene;
    const asking: Asking[] = [];
    for (let round = 0; round < 20; round += 1) {
      const requests = town.requests(48, `round${round}`);
      const done = scene.say(requests);
      asking.push(...requests.map((request, i) => ({ request, done: done[i] as Promise<Asked> })));
      await until("something is under a lease", 5_000, async () => (await leased()) > 0);
      desk.signal("SIGSTOP");
      if ((await leased()) > 0) {
        await desk.kill();
        return asking;
      }
      desk.signal("SIGCONT");
      await Promise.all(done);
    }
    throw new Error("the desk was always quicker");

    async function leased(): Promise<number> {
      return redis.client.zcount(TAG + keys.inReady, `(${Date.now()}`, "+inf");
    }
  }

  /** Everything that was taken before the kill is answered in its thread. */
  async function allAnswered(asking: readonly Asking[], ms: number): Promise<void> {
    const all = Promise.all(asking.map(({ done }) => done));
    await until("everything is answered", ms, () => {
      const unanswered = asking.filter(({ request: { chat, by } }) => {
        const mine = scene.town.wecom.sent(chat).find(({ from }) => from === by);
        return !scene.town.wecom.sent(chat).some(({ from, quoting }) => from === "bot" && quoting === mine?.id);
      });
      return unanswered.length === 0;
    });
    await all;
  }

  async function judge(desk: DeskProcess, asked: readonly Asked[], kills: number): Promise<void> {
    await untilQuiet(desk, 20_000);
    const tickets = await allTickets(desk);
    expect(tickets.map(({ number }) => number)).toEqual(numbersOfDay(asked.length));
    const wrong = seenBy(scene.town, tickets, asked).filter(
      ({ numbers, receipts, mentions }) =>
        numbers.length !== 1 || receipts !== 1 || mentions < 1 || mentions > 1 + kills,
    );
    expect(wrong).toEqual([]);
    expect(wrongdoings(scene.town)).toEqual([]);
  }
});
