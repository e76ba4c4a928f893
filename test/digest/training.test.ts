/** 红领增能 in digest and ledger. */
import { afterAll, expect, it } from "vitest";
import { type Course, toCourseRecord } from "../../src/desk/training/course.ts";
import { readEdition } from "../../src/digest/edition.ts";
import { letterOf, letterText } from "../../src/digest/letter.ts";
import { namesIn } from "../../src/digest/names.ts";
import { periodOf } from "../../src/digest/period.ts";
import { readTraining, trainingOf } from "../../src/digest/training.ts";
import { keys } from "../../src/store/keys.ts";
import { intents, station } from "../desk/scene-given.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { at, working, write } from "./given.ts";

const course = (id: string, begins: string, attended: readonly string[], cancelled = false): Course => ({
  ...{ id, title: "党费收缴", at: at(begins), time: "14:00", place: null, by: "chief", enrolled: [] },
  ...{ attended, cancelled },
});
const COURSES = [
  course("20261122-1", "2026-11-22T14:00", ["h01"]),
  course("20261123-1", "2026-11-23T14:00", ["h01", "h02", "h03"]),
  course("20261125-1", "2026-11-25T14:00", ["h02"]),
  course("20261125-2", "2026-11-25T16:00", [], true),
  course("20261127-1", "2026-11-27T14:00", []),
];
const week = { start: at("2026-11-23T00:00"), until: at("2026-11-26T10:00") };
const store = openTestRedis();
afterAll(() => store.close());

it("what has begun in the period and was not cancelled was held; who came twice is one of the people", () => {
  expect(trainingOf(COURSES, week)).toEqual({ held: 2, attended: 4, people: 3 });
  expect(trainingOf([], week)).toEqual({ held: 0, attended: 0, people: 0 });
});

it("neighbouring periods sum to the whole", () => {
  const [start, middle, until] = [at("2026-11-01T00:00"), at("2026-11-25T14:00"), at("2026-12-01T00:00")];
  const whole = trainingOf(COURSES, { start, until });
  const parts = [trainingOf(COURSES, { start, until: middle }), trainingOf(COURSES, { start: middle, until })];
  expect(parts.reduce((sum, { held }) => sum + held, 0)).toBe(whole.held);
  expect(parts.reduce((sum, { attended }) => sum + attended, 0)).toBe(whole.attended);
});

it("stands in the week's letter, the month's and the day's, also where nothing else happened; not where there was none", async () => {
  for (const each of COURSES) {
    await store.redis.hset(store.tag + keys.course(each.id), { v: "1", ...toCourseRecord(each) });
    await store.redis.zadd(store.tag + keys.courses, each.at, each.id);
  }
  await store.redis.zadd(store.tag + keys.courses, at("2026-11-23T15:00"), "gone");
  expect(await readTraining(store, week)).toEqual({ held: 2, attended: 4, people: 3 });
  const names = namesIn(station, intents);
  const asked = (kind: "day" | "week" | "month", date = "2026-11-25") => ({
    ...{ period: periodOf(kind, date), now: at("2026-11-26T10:00"), points: ["nan"] },
    ...working,
  });
  const letter = async (...which: Parameters<typeof asked>) =>
    letterText(letterOf(await readEdition(store, asked(...which)), names));
  expect(await letter("week")).toContain("红领增能：举办培训 2 期，参训 4 人次（3 人）。");
  expect(await letter("month")).toContain("红领增能：举办培训 3 期，参训 5 人次（3 人）。");
  expect(await letter("day")).toContain("红领增能：举办培训 1 期，参训 1 人次（1 人）。");
  expect(await letter("day", "2026-11-24")).not.toContain("红领增能");
  expect(await letter("week", "2026-11-10")).not.toContain("红领增能");
});

it("and since the service began, each person once", async () => {
  const names = namesIn(station, intents);
  await write(store, { number: "20261126-001", received: "2026-11-26T09:00" });
  const asked = { ...working, period: periodOf("day", "2026-11-26"), now: at("2026-11-26T10:00"), points: ["nan"] };
  expect(letterText(letterOf(await readEdition(store, asked), names))).toContain(
    "服务企业 1 家、诉求人 1 人；举办培训 3 期，参训 5 人次（3 人）。",
  );
});
