import { Redis } from "ioredis";
import { afterAll, describe, expect, it } from "vitest";
import type { Outgoing } from "../../src/chat/outgoing.ts";
import { type ClockDeps, openClockwork } from "../../src/desk/clock/clockwork.ts";
import { openRoutines } from "../../src/desk/reminding/routine.ts";
import { letterRoutine } from "../../src/digest/letter-routine.ts";
import { KINDS } from "../../src/digest/period.ts";
import { nextLetter } from "../../src/digest/schedule.ts";
import type { LetterDeps } from "../../src/digest/send-letter.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { MINUTE_MS } from "../../src/pledge/hours.ts";
import { startTick } from "../../src/pledge/tick.ts";
import { keys } from "../../src/store/keys.ts";
import { newId } from "../../src/store/new-id.ts";
import { openPictures } from "../../src/store/pictures.ts";
import { setting as settingGiven, station } from "../desk/scene-given.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { openChance } from "../faults/random.ts";
import { at, calendar, TOWN, write } from "./given.ts";

const store = openTestRedis();
const { redis, tag, path } = store;
afterAll(store.close);
const setting = { ...settingGiven(), calendar, newId };
let now = 0;

/** A process with a clock, on a connection that can be cut as a kill cuts it. */
function hand() {
  const connection = new Redis({ path, retryStrategy: () => null });
  connection.on("error", () => {});
  const clock: ClockDeps = {
    redis: connection,
    tag,
    commit: openCommit(connection, tag, "hand"),
    setting: () => setting,
    onReplies() {},
  };
  const letters: LetterDeps = {
    store: { redis: connection, tag },
    pictures: openPictures(connection, tag),
    publicUrl: null,
    log: { warn() {} },
    draw: async () => Buffer.from("89504e47", "hex"),
  };
  const routines = openRoutines(
    clock,
    KINDS.map((kind) => letterRoutine(kind, letters)),
  );
  const step = openClockwork({ ...clock, sayBox: async () => {}, takeRoutine: routines.takeRoutine });
  const tick = startTick({ redis: connection, tag, now: async () => now, step, log: { error() {} } });
  return {
    routines,
    look: () => tick.look(),
    async end(): Promise<void> {
      connection.disconnect();
      await tick.stop();
    },
  };
}

async function said(): Promise<Outgoing[]> {
  const ids = await redis.zrange(tag + keys.outWaiting, "0", "-1");
  const bodies = await Promise.all(ids.map((id) => redis.hget(tag + keys.outEntry(id), "body")));
  return bodies.map((body) => JSON.parse(body ?? "") as Outgoing);
}

describe("by the clock", () => {
  it("from September to the end of the year, by two processes that are killed all the time: each letter once", async () => {
    now = at("2026-09-20T08:00");
    for (const given of TOWN) await write(store, given);
    const chance = openChance(7);
    let hands = [hand(), hand()];
    await hands[0]?.routines.schedule(now);
    const begin = now;
    for (const end = at("2026-12-31T23:00"); now < end; now += 60 * MINUTE_MS) {
      const looks = hands.map((each) => each.look());
      // Somewhere between the first question and the commit.
      for (let turns = chance.below(12); turns > 0; turns--) await new Promise(setImmediate);
      const killed = hands.filter(() => chance.below(3) < 1);
      await Promise.all(killed.map((each) => each.end()));
      await Promise.all(looks);
      hands = hands.map((each) => (killed.includes(each) ? hand() : each));
    }
    await Promise.all(hands.map((each) => each.end()));
    const due = KINDS.flatMap((kind) => {
      const moments: number[] = [];
      let moment = nextLetter(kind, begin, calendar, station.digest);
      for (; moment !== null && moment < now; moment = nextLetter(kind, moment, calendar, station.digest)) {
        moments.push(moment);
      }
      return moments;
    });
    // The town's tickets have their lights meanwhile: lines that are called nothing.
    const letters = (await said()).flatMap(({ called }) => called ?? []).filter((called) => !called.endsWith("图表"));
    expect(new Set(letters).size).toBe(letters.length);
    expect(letters).toHaveLength(due.length);
    expect(due.length).toBeGreaterThan(80);
  }, 120_000);

  it("where several fall on one moment, the day's comes first, then the week's, then the month's", async () => {
    const names = (await said()).map(({ called }) => called ?? "").filter((called) => !called.endsWith("图表"));
    const last = names.slice(names.indexOf("帮办日报 2026年9月30日（周三）"));
    expect(last.slice(0, 3)).toEqual([
      "帮办日报 2026年9月30日（周三）",
      "帮办周报 2026年9月28日—10月4日",
      "帮办月报 2026年9月",
    ]);
  });
});
