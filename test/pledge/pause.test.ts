import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { isoShanghai, shanghaiDate, shanghaiTime } from "../../src/pledge/hours.ts";
import { dueAfterPause, pauseEnds } from "../../src/pledge/pause.ts";
import { workingMinutesADay, workingMinutesBetween } from "../../src/pledge/working-time.ts";

const calendar = openCalendar({ rest: [], work: [] });
const hours = { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } };
const at = (text: string) => Date.parse(`${text}:00+08:00`);

describe("a pause", () => {
  it("ends three working days later, at the same time", () => {
    expect(pauseEnds(at("2026-12-07T09:12"), calendar, hours)).toBe(at("2026-12-10T09:12"));
  });
  it("that begins on a Thursday ends on Tuesday", () => {
    expect(pauseEnds(at("2026-12-10T15:00"), calendar, hours)).toBe(at("2026-12-15T15:00"));
  });
  it("that begins at night counts from the morning", () => {
    expect(pauseEnds(at("2026-12-07T22:00"), calendar, hours)).toBe(at("2026-12-10T18:00"));
  });
});

describe("the due time after a pause", () => {
  const moved = (due: string, since: string, now: string) =>
    dueAfterPause({ due: at(due), since: at(since), now: at(now) }, calendar, hours);

  it.each([
    ["of seconds or hours is that of the same day", "2026-12-07T10:00", "2026-12-07T11:00", "2026-12-07T18:00"],
    [
      "that ends when nobody could still do it is the next day's",
      "2026-12-07T10:00",
      "2026-12-07T17:30",
      "2026-12-08T18:00",
    ],
    [
      "begun after the cut-off and short is that of the same day",
      "2026-12-07T16:40",
      "2026-12-07T16:42",
      "2026-12-07T18:00",
    ],
    ["begun after the cut-off and long is the next day's", "2026-12-07T16:40", "2026-12-07T17:50", "2026-12-08T18:00"],
    ["over night is that of the day on which it ends", "2026-12-07T17:00", "2026-12-08T09:00", "2026-12-08T18:00"],
    ["of a day to the minute is a day later", "2026-12-07T10:00", "2026-12-08T10:00", "2026-12-08T18:00"],
    ["of three days is three days later", "2026-12-07T09:12", "2026-12-10T09:12", "2026-12-10T18:00"],
    ["of a night or less moves nothing", "2026-12-07T19:00", "2026-12-08T08:00", "2026-12-07T18:00"],
  ])("%s: a close of a working day", (_, since, now, next) => {
    expect(moved("2026-12-07T18:00", since, now).due).toBe(at(next));
  });
  it("does not move by a weekend", () => {
    expect(moved("2026-12-14T18:00", "2026-12-11T17:00", "2026-12-14T09:00").due).toBe(at("2026-12-14T18:00"));
    expect(moved("2026-12-11T18:00", "2026-12-11T10:00", "2026-12-14T10:00").due).toBe(at("2026-12-14T18:00"));
  });
  it("that was late is no less late for it", () => {
    expect(moved("2026-12-07T18:00", "2026-12-08T10:00", "2026-12-08T15:00").due).toBe(at("2026-12-07T18:00"));
    expect(moved("2026-12-07T18:00", "2026-12-08T10:00", "2026-12-09T10:00").due).toBe(at("2026-12-08T18:00"));
  });
  it("that was agreed on to the hour moves by the minutes", () => {
    expect(moved("2026-12-07T12:00", "2026-12-07T10:00", "2026-12-07T11:00").due).toBe(at("2026-12-07T13:00"));
  });
  it("is provisional where no holidays are published yet", () => {
    const before = moved("2026-12-07T18:00", "2026-12-07T10:00", "2026-12-07T11:00");
    expect(before.provisional).toBe(false);
    const beyond = Number(calendar.publishedThrough.slice(0, 4)) + 1;
    expect(moved(`${beyond}-03-02T18:00`, `${beyond}-03-02T10:00`, `${beyond}-03-02T11:00`).provisional).toBe(true);
  });

  const start = at("2026-12-01T00:00");
  const minute = fc.integer({ min: 0, max: 40 * 1440 });
  const between = (a: number, b: number) => workingMinutesBetween(a, b, calendar, hours);

  it("has as many working minutes left as when the pause began, where it is no close of a day", () => {
    fc.assert(
      fc.property(minute, minute, minute, (a, b, c) => {
        const [since, now, due] = [start + a * 60_000, start + (a + b) * 60_000, start + (a + c) * 60_000];
        fc.pre(!isoShanghai(due).includes("T18:00"));
        const { due: next } = dueAfterPause({ due, since, now }, calendar, hours);
        expect(between(now, next)).toBeCloseTo(between(since, due), 6);
      }),
    );
  });

  // The pledge counts days: minutes are rounded to closes of days, and these are the bounds of the rounding.
  it("of a close is a close, not before the whole days that were waited, and not after the day that the minutes reach", () => {
    const workday = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(minute, minute, workday, (a, b, days) => {
        const [since, now] = [start + a * 60_000, start + (a + b) * 60_000];
        const day = shanghaiDate(since);
        const due = shanghaiTime(Array.from({ length: days }).reduce<string>(calendar.nextWorkday, day), hours.close);
        fc.pre(calendar.isWorkday(shanghaiDate(due)));
        const { due: next } = dueAfterPause({ due, since, now }, calendar, hours);
        expect(isoShanghai(next)).toContain("T18:00:00");
        expect(calendar.isWorkday(shanghaiDate(next))).toBe(true);
        const [waited, aDay] = [between(since, now), workingMinutesADay(hours)];
        expect(between(due, next)).toBeGreaterThanOrEqual(Math.floor(waited / aDay) * aDay);
        expect(between(due, next)).toBeLessThanOrEqual(Math.ceil(waited / aDay) * aDay);
        const before = between(since, due);
        if (before > 0) expect(between(now, next)).toBeGreaterThanOrEqual(Math.min(before / 2, 90));
      }),
    );
  });
  it("is no earlier after a longer pause", () => {
    fc.assert(
      fc.property(minute, minute, minute, minute, (a, b, c, d) => {
        const since = start + a * 60_000;
        const due = shanghaiTime(calendar.nextWorkday(shanghaiDate(since + d * 60_000)), hours.close);
        const dueAfter = (waited: number) =>
          dueAfterPause({ due, since, now: since + waited * 60_000 }, calendar, hours).due;
        expect(dueAfter(b + c)).toBeGreaterThanOrEqual(dueAfter(b));
      }),
    );
  });
});
