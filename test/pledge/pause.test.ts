import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { dueAfterPause, pauseEnds } from "../../src/pledge/pause.ts";
import { workingMinutesBetween } from "../../src/pledge/working-time.ts";

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

  it("moves by the working minutes of the pause", () => {
    expect(moved("2026-12-07T18:00", "2026-12-07T10:00", "2026-12-07T11:00").due).toBe(at("2026-12-08T09:30"));
  });
  it("does not move by a night or a weekend", () => {
    expect(moved("2026-12-07T18:00", "2026-12-07T19:00", "2026-12-08T08:00").due).toBe(at("2026-12-07T18:00"));
    expect(moved("2026-12-14T18:00", "2026-12-11T17:00", "2026-12-14T09:00").due).toBe(at("2026-12-15T10:00"));
  });
  it("is provisional where no holidays are published yet", () => {
    const before = moved("2026-12-07T18:00", "2026-12-07T10:00", "2026-12-07T11:00");
    expect(before.provisional).toBe(false);
    const beyond = Number(calendar.publishedThrough.slice(0, 4)) + 1;
    expect(moved(`${beyond}-03-02T18:00`, `${beyond}-03-02T10:00`, `${beyond}-03-02T11:00`).provisional).toBe(true);
  });
  it("has as many working minutes left as when the pause began", () => {
    const start = at("2026-12-01T00:00");
    const minute = fc.integer({ min: 0, max: 40 * 1440 });
    fc.assert(
      fc.property(minute, minute, minute, (a, b, c) => {
        const [since, now, due] = [start + a * 60_000, start + (a + b) * 60_000, start + (a + c) * 60_000];
        const { due: next } = dueAfterPause({ due, since, now }, calendar, hours);
        const left = workingMinutesBetween(since, due, calendar, hours);
        expect(workingMinutesBetween(now, next, calendar, hours)).toBeCloseTo(left, 6);
      }),
    );
  });
});
