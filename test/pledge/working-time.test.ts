import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { type Hours, isoShanghai, MINUTE_MS, shanghaiDate, shanghaiMinutes } from "../../src/pledge/hours.ts";
import { addWorkingMinutes, workingMinutesBetween } from "../../src/pledge/working-time.ts";

const hours: Hours = { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } };
const calendar = openCalendar({ rest: [], work: [] });
const DAY = hours.close - hours.open;

function at(text: string): number {
  return Date.parse(`${text}+08:00`);
}

function added(from: string, minutes: number): string {
  return isoShanghai(addWorkingMinutes(at(from), minutes, calendar, hours)).slice(0, 19);
}

describe("addWorkingMinutes", () => {
  it.each([
    ["within a day", "2026-11-23T10:12:30", 30, "2026-11-23T10:42:30"],
    ["from the opening, when it comes before", "2026-11-23T07:00:00", 30, "2026-11-23T09:00:00"],
    ["over the night", "2026-11-23T17:45:00", 30, "2026-11-24T08:45:00"],
    ["to the close itself", "2026-11-23T17:30:00", 30, "2026-11-23T18:00:00"],
    ["from the close", "2026-11-23T18:00:00", 30, "2026-11-24T09:00:00"],
    ["after the close, from the next morning", "2026-11-23T20:00:00", 30, "2026-11-24T09:00:00"],
    ["over the weekend", "2026-11-27T17:45:00", 30, "2026-11-30T08:45:00"],
    ["on a rest day", "2026-11-28T12:00:00", 30, "2026-11-30T09:00:00"],
    ["over Spring Festival, after the Saturday that works", "2026-02-14T17:45:00", 30, "2026-02-24T08:45:00"],
    ["over National Day", "2026-09-30T17:59:59", 1, "2026-10-08T08:30:59"],
    ["one working day past due", "2026-11-27T18:00:00", DAY, "2026-11-30T18:00:00"],
    ["fifteen working days", "2026-09-16T09:00:00", 15 * DAY, "2026-10-13T09:00:00"],
    ["nothing, at the close", "2026-11-23T18:00:00", 0, "2026-11-23T18:00:00"],
    ["nothing, at night", "2026-11-23T20:00:00", 0, "2026-11-24T08:30:00"],
    ["back from the close, for the blue light", "2026-11-23T18:00:00", -60, "2026-11-23T17:00:00"],
    ["back to the opening itself", "2026-11-23T09:30:00", -60, "2026-11-23T08:30:00"],
    ["back over the night", "2026-11-23T09:00:00", -60, "2026-11-20T17:30:00"],
    ["back over National Day", "2026-10-08T08:30:00", -60, "2026-09-30T17:00:00"],
    ["back from a rest day", "2026-10-03T12:00:00", -60, "2026-09-30T17:00:00"],
  ])("goes %s: %s and %i minutes make %s", (_how, from, minutes, to) => {
    expect(added(from, minutes)).toBe(to);
  });

  it("crosses ten years and finds the way back", () => {
    const from = at("2016-01-04T08:30:00");
    const to = addWorkingMinutes(from, 2500 * DAY, calendar, hours);
    expect(workingMinutesBetween(from, to, calendar, hours)).toBe(2500 * DAY);
  });

  it("refuses what would never end", () => {
    const from = at("2026-11-23T10:00:00");
    expect(() => addWorkingMinutes(from, Number.POSITIVE_INFINITY, calendar, hours)).toThrow("finite");
    expect(() => addWorkingMinutes(from, 30, calendar, { ...hours, close: hours.open })).toThrow("never opens");
  });
});

describe("workingMinutesBetween", () => {
  it.each([
    ["within a day", "2026-11-23T10:00:00", "2026-11-23T12:16:00", 136],
    ["a whole day, midnight to midnight", "2026-11-23T00:00:00", "2026-11-24T00:00:00", DAY],
    ["over a night", "2026-11-23T17:00:00", "2026-11-24T09:00:00", 90],
    ["over a weekend", "2026-11-27T17:00:00", "2026-11-30T09:00:00", 90],
    ["within a weekend", "2026-11-28T09:00:00", "2026-11-29T17:00:00", 0],
    ["within a night", "2026-11-23T18:00:00", "2026-11-24T08:30:00", 0],
    ["on a Saturday that works", "2026-10-10T09:00:00", "2026-10-10T10:00:00", 60],
    ["over National Day", "2026-09-30T17:30:00", "2026-10-08T09:00:00", 60],
    ["nowhere", "2026-11-23T10:00:00", "2026-11-23T10:00:00", 0],
    ["the other way round", "2026-11-24T09:00:00", "2026-11-23T17:00:00", -90],
  ])("counts %s", (_how, a, b, minutes) => {
    expect(workingMinutesBetween(at(a), at(b), calendar, hours)).toBe(minutes);
  });
});

describe("whatever the moments", () => {
  const moment = fc.integer({ min: at("2025-11-01T00:00:00"), max: at("2027-03-31T00:00:00") });
  const span = fc.integer({ min: 0, max: 20 * DAY });
  const add = (from: number, minutes: number) => addWorkingMinutes(from, minutes, calendar, hours);
  const between = (a: number, b: number) => workingMinutesBetween(a, b, calendar, hours);

  it("adding in two pieces is adding at once", () => {
    fc.assert(
      fc.property(moment, span, span, (from, one, two) => {
        expect(add(add(from, one), two)).toBe(add(from, one + two));
        expect(add(add(from, -one), -two)).toBe(add(from, -(one + two)));
      }),
    );
  });

  it("what was added lies between, in either direction", () => {
    fc.assert(
      fc.property(moment, span, (from, minutes) => {
        expect(between(from, add(from, minutes))).toBeCloseTo(minutes, 6);
        expect(between(add(from, -minutes), from)).toBeCloseTo(minutes, 6);
      }),
    );
  });

  it("the way over a third moment is the sum of both ways", () => {
    fc.assert(
      fc.property(moment, moment, moment, (a, b, c) => {
        expect(between(a, b) + between(b, c)).toBeCloseTo(between(a, c), 6);
      }),
    );
  });

  it("agrees with counting minute by minute", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 4 * 1440 }), (from, minutes) => {
        const a = Math.floor(from / MINUTE_MS) * MINUTE_MS;
        let counted = 0;
        for (let m = 0; m < minutes; m += 1) {
          const clock = shanghaiMinutes(a + m * MINUTE_MS);
          const isOpen = clock >= hours.open && clock < hours.close;
          if (isOpen && calendar.isWorkday(shanghaiDate(a + m * MINUTE_MS))) counted += 1;
        }
        expect(between(a, a + minutes * MINUTE_MS)).toBe(counted);
      }),
    );
  });

  it("ends while the desk is open", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -20 * DAY, max: 20 * DAY }), (from, minutes) => {
        const end = add(from, minutes);
        expect(calendar.isWorkday(shanghaiDate(end))).toBe(true);
        expect(shanghaiMinutes(end)).toBeGreaterThanOrEqual(hours.open);
        expect(shanghaiMinutes(end)).toBeLessThanOrEqual(hours.close);
      }),
    );
  });
});
