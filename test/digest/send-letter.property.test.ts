/** Several processes that look, stall, die and commit in any order, over days: no letter goes twice, none is lost without a word. */
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { Outgoing } from "../../src/chat/outgoing.ts";
import { daysText } from "../../src/digest/days-text.ts";
import { KINDS, type Kind, periodOf } from "../../src/digest/period.ts";
import { nextLetter } from "../../src/digest/schedule.ts";
import { type LetterDeps, type LetterStep, letterStep } from "../../src/digest/send-letter.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { MINUTE_MS, shanghaiDate } from "../../src/pledge/hours.ts";
import { keys } from "../../src/store/keys.ts";
import { newId } from "../../src/store/new-id.ts";
import { openPictures } from "../../src/store/pictures.ts";
import { LETTER_NAMES, letterName } from "../../src/words/letters.ts";
import { setting as settingGiven, station } from "../desk/scene-given.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { PROPERTY_RUNS } from "../lanes/samples.ts";
import { at, calendar, TOWN, write } from "./given.ts";

const store = openTestRedis();
const { redis } = store;
afterAll(store.close);
const setting = { ...settingGiven(), calendar, newId };
const BEGIN = at("2026-11-23T09:00");
/** So many letters as the chief is told by name. */
const END = at("2026-12-06T23:00");
const PROCESSES = 3;

type Act =
  | { readonly kind: "look" | "commit" | "die"; readonly process: number }
  | { readonly kind: "pass"; readonly minutes: number };

const process = fc.nat(PROCESSES - 1);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: process.map((each): Act => ({ kind: "look", process: each })) },
  { weight: 4, arbitrary: process.map((each): Act => ({ kind: "commit", process: each })) },
  { weight: 1, arbitrary: process.map((each): Act => ({ kind: "die", process: each })) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 2880 }).map((minutes): Act => ({ kind: "pass", minutes })) },
);

let worlds = 0;

it("each letter that was due has gone once, or the chief was told once that it has not", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...KINDS), fc.array(act, { maxLength: 40, size: "max" }), async (kind, acts) => {
      const tag = `${store.tag}:${++worlds}`;
      const world = openWorld(tag, kind);
      for (const given of TOWN) await write({ ...store, tag }, given);
      for (const each of acts) await world.does(each);
      await world.settle();
      const said = await world.said();
      const letters = said.filter(({ called }) => called !== undefined && !called.endsWith("图表"));
      for (const name of world.due()) {
        const gone = letters.filter(({ called }) => called === name).length;
        const told = said.filter(({ called, text }) => called === undefined && text.includes(name)).length;
        expect([name, gone + told]).toEqual([name, 1]);
      }
      expect(letters.length).toBeLessThanOrEqual(world.due().length);
    }),
    { numRuns: PROPERTY_RUNS / 5 },
  );
}, 60_000);

function openWorld(tag: string, kind: Kind) {
  const deps: LetterDeps = {
    store: { redis, tag },
    pictures: openPictures(redis, tag),
    publicUrl: null,
    log: { warn: () => {} },
    draw: async () => Buffer.from("89504e47", "hex"),
  };
  const commit = openCommit(redis, tag, "desk");
  const inHand: (LetterStep | null)[] = Array.from({ length: PROCESSES }, () => null);
  let now = BEGIN;
  const look = () => letterStep({ kind, scheduled: BEGIN, now, setting }, deps);
  const send = async (step: LetterStep | null): Promise<void> => {
    if (step?.kind !== "send") return;
    const { lines, checks, writes } = step;
    await commit({ head: null, checks, numbers: [], writes: [...writes], replies: lines });
  };
  return {
    async does(each: Act): Promise<void> {
      if (each.kind === "pass") now = Math.min(now + each.minutes * MINUTE_MS, END);
      if (each.kind === "look") inHand[each.process] = await look();
      if (each.kind === "commit") await send(inHand[each.process] ?? null);
      if (each.kind === "die") inHand[each.process] = null;
    },
    /** Somebody is up at last, until nothing is owed. */
    async settle(): Promise<void> {
      for (let looks = 0; looks < 20; looks++) {
        const step = await look();
        if (step.kind === "done") return;
        if (step.kind === "wait") now = step.until;
        await send(step);
      }
      throw new Error("there is always something owed");
    },
    due(): string[] {
      const names: string[] = [];
      let moment = nextLetter(kind, BEGIN - 1, calendar, station.digest);
      while (moment !== null && moment <= now) {
        names.push(letterName(LETTER_NAMES[kind], daysText(periodOf(kind, shanghaiDate(moment)))));
        moment = nextLetter(kind, moment, calendar, station.digest);
      }
      return names;
    },
    async said(): Promise<Outgoing[]> {
      const ids = await redis.zrange(tag + keys.outWaiting, "0", "-1");
      const bodies = await Promise.all(ids.map((id) => redis.hget(tag + keys.outEntry(id), "body")));
      return bodies.map((body) => JSON.parse(body ?? "") as Outgoing);
    },
  };
}
