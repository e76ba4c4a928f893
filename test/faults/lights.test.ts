/** kill -9 of the desk while its clock catches up: every light once, and everybody who is to hear of it hears of it. */
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, onTestFailed } from "vitest";
import { openChance } from "./random.ts";
import { openScene, type Scene } from "./scene.ts";
import { allTickets, TAG, untilQuiet } from "./town.ts";
import { until } from "./until.ts";

const SEED = Number(process.env["FAULTS_SEED"] ?? Date.now() % 1_000_000);
const REQUESTS = 24;
const KILLS = 4;

interface Told {
  readonly story: readonly { readonly event: string; readonly light?: string }[];
}

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ groups: 6 });
});
afterAll(async () => {
  await scene?.close();
});

it(`nothing is lit twice, and no company waits for its apology (seed ${SEED})`, async () => {
  onTestFailed(() => scene.printLogs());
  const chance = openChance(SEED);
  const { town, redis } = scene;
  const desk = await scene.desk();
  await Promise.all(scene.say(town.requests(REQUESTS)));
  await untilQuiet(desk, 40_000);

  // Two days later, in the morning: small things and big ones are late, and nobody has done anything.
  await redis.client.set(`${TAG}:clock`, String(Date.parse("2026-12-10T10:00:00+08:00") - Date.now()));
  desk.superviseAfter(() => chance.below(300));
  for (let i = 0; i < KILLS; i++) {
    await wait(chance.below(1500));
    await desk.kill();
    await desk.ready();
  }
  const tickets = await allTickets(desk);
  expect(tickets).toHaveLength(REQUESTS);
  const lit = async (number: string) =>
    (await desk.api<Told>(`/tickets/${number}`)).story.flatMap(({ light }) => light ?? []);
  for (const { number } of tickets) {
    await until(`${number} is red`, 30_000, async () => (await lit(number)).at(-1) === "red");
    expect(await lit(number)).toEqual(["blue", "yellow", "red"]);
  }
  await until("every box is said", 60_000, async () => {
    const due = await redis.client.zrangebyscore(
      `${TAG}:steps`,
      "-inf",
      Date.now() + Number(await redis.client.get(`${TAG}:clock`)),
    );
    return due.length === 0;
  });
  await untilQuiet(desk, 60_000);
  for (const { number } of tickets) {
    const short = `#${number.slice(4)} 正在办理】`;
    const sorry = town.chats.flatMap((chat) => town.wecom.sent(chat)).filter(({ text }) => text.includes(`【${short}`));
    const apologies = sorry.filter(({ text }) => text.includes("致歉"));
    expect(apologies.length, `apologies for ${number}`).toBeGreaterThanOrEqual(1);
    expect(apologies.length, `apologies for ${number}`).toBeLessThanOrEqual(1 + KILLS);
  }
  expect(town.toldChief().filter(({ text }) => text.includes(`红灯 `)).length).toBeGreaterThanOrEqual(1);
}, 240_000);
