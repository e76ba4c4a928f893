/** Two desks on one Redis and one bot: one of them holds the connection, and its death costs nothing that was taken. */
import { afterEach, expect, it, onTestFailed } from "vitest";
import { keys } from "../../src/store/keys.ts";
import { openScene, type Scene } from "./scene.ts";
import { allTickets, numbersOfDay, seenBy, TAG, untilQuiet, wrongdoings } from "./town.ts";
import { until } from "./until.ts";

/** The lease of a killed holder runs out, and the other one has connected. */
const TAKES_OVER_MS = 10_000;

let scene: Scene;
afterEach(() => scene.close());

it("is held by one; killed, another takes over within seconds, and every message that was taken is answered once", async () => {
  scene = await openScene({ groups: 8, mode: "socket" });
  onTestFailed(scene.printLogs);
  const { town } = scene;
  const holder = await scene.desk();
  await until("the first desk has connected", TAKES_OVER_MS, () => town.wecom.connections() === 1);
  const other = await scene.desk();

  const before = await Promise.all(scene.say(town.requests(24, "before")));
  expect(before.every(({ said }) => said.delivered)).toBe(true);
  // Killed with answers in hand.
  await until("some are answered", 10_000, () =>
    town.chats.some((chat) => town.wecom.sent(chat).some(({ from }) => from === "bot")),
  );
  await holder.kill();
  await until("the platform has seen it go", 2_000, () => town.wecom.connections() === 0);
  const from = performance.now();
  await until("the other one has connected", TAKES_OVER_MS, () => town.wecom.connections() === 1);
  expect(performance.now() - from).toBeLessThan(TAKES_OVER_MS);

  const after = await Promise.all(scene.say(town.requests(24, "after")));
  expect(after.every(({ said }) => said.delivered)).toBe(true);
  const asked = [...before, ...after];
  await until("all are taken", 10_000, () => ticketsAre(asked.length));
  await untilQuiet(other, 20_000);
  const tickets = await allTickets(other);
  expect(tickets.map(({ number }) => number)).toEqual(numbersOfDay(asked.length));
  const seen = seenBy(town, tickets, asked);
  expect(seen.filter(({ numbers }) => numbers.length !== 1)).toEqual([]);
  expect(seen.filter(({ mentions }) => mentions < 1 || mentions > 2)).toEqual([]);
  // What was on its way when its holder died may have arrived: then the chief hears of it, instead of the company twice.
  expect(seen.filter(({ receipts }) => receipts > 1)).toEqual([]);
  const told = town.toldChief().filter(({ text }) => text.includes("未能送达")).length;
  expect(seen.filter(({ receipts }) => receipts === 0).length).toBeLessThanOrEqual(told);
  expect(wrongdoings(town)).toEqual([]);
  expect(town.wecom.connectAttempts()).toBeLessThan(6);
}, 60_000);

it("told to stop, its holder hands it on at once", async () => {
  scene = await openScene({ groups: 4, mode: "socket" });
  onTestFailed(scene.printLogs);
  const { town } = scene;
  const holder = await scene.desk();
  await until("the first desk has connected", TAKES_OVER_MS, () => town.wecom.connections() === 1);
  const other = await scene.desk();
  expect(await holder.stop()).toEqual({ code: 0, signal: null });
  await until(
    "the platform has seen it go",
    10_000,
    () => town.wecom.connections() === 0 || town.wecom.connectAttempts() > 1,
  );
  await until("the other one has connected", TAKES_OVER_MS, () => town.wecom.connections() === 1);
  const asked = await Promise.all(scene.say(town.requests(4)));
  await until("all are taken", 10_000, () => ticketsAre(asked.length));
  await untilQuiet(other, 10_000);
  const seen = seenBy(town, await allTickets(other), asked);
  expect(seen.map(({ numbers, receipts }) => [numbers.length, receipts])).toEqual(asked.map(() => [1, 1]));
  expect(town.wecom.violations).toEqual([]);
}, 60_000);

async function ticketsAre(count: number): Promise<boolean> {
  return (await scene.redis.client.zcard(TAG + keys.tickets)) === count;
}
