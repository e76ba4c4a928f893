import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { due, type Size } from "../../src/pledge/due.ts";
import { type Hours, isoShanghai, shanghaiDate, shanghaiMinutes } from "../../src/pledge/hours.ts";
import { arranged } from "./arranged.ts";

const hours: Hours = { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } };
const bare = openCalendar({ rest: [], work: [] });
const AFTER = "16:30 后收到，从下一个工作日起算";
const from = (day: string) => `16:30 后收到，自${day}起算`;
const rest = (name: string, until: string) => `今天是${name}，${until}恢复办公`;
const OVER = "遇休息日顺延";
const UNPUBLISHED = "节假日安排公布后以公布为准";

function at(text: string): number {
  return Date.parse(`${text}+08:00`);
}

function told(received: string, size: Size, calendar = bare) {
  const pledge = due(at(received), size, calendar, hours);
  return [isoShanghai(pledge.due).slice(0, 16), pledge.countsFrom, pledge.why];
}

describe("a small thing", () => {
  it.each([
    ["on a plain morning", "2026-11-23T10:12:00", "2026-11-23", ""],
    ["before the desk opens", "2026-11-23T00:00:00", "2026-11-23", ""],
    ["in the last second before the cut-off", "2026-11-23T16:29:59", "2026-11-23", ""],
    ["in the last millisecond before the cut-off", "2026-11-23T16:29:59.999", "2026-11-23", ""],
    ["at the cut-off to the second", "2026-11-23T16:30:00", "2026-11-24", AFTER],
    ["after the close", "2026-11-23T18:00:00", "2026-11-24", AFTER],
    ["at 23:59", "2026-11-23T23:59:59.999", "2026-11-24", AFTER],
    ["on Friday after the cut-off", "2026-11-27T16:30:00", "2026-11-30", from("11月30日")],
    ["on a Saturday", "2026-11-28T09:00:00", "2026-11-30", rest("周六", "11月30日")],
    ["on a Sunday after the cut-off", "2026-11-29T17:00:00", "2026-11-30", rest("周日", "11月30日")],
    ["on New Year's Day, when the Sunday works", "2026-01-01T09:00:00", "2026-01-04", rest("元旦假期", "1月4日")],
    ["on the make-up day 4 January", "2026-01-04T09:00:00", "2026-01-04", ""],
    ["on the make-up day 14 February", "2026-02-14T16:29:59", "2026-02-14", ""],
    ["on 14 February after the cut-off, before Spring Festival", "2026-02-14T17:00:00", "2026-02-24", from("2月24日")],
    ["on New Year's Eve", "2026-02-16T10:00:00", "2026-02-24", rest("春节假期", "2月24日")],
    ["on the last day of Spring Festival", "2026-02-23T23:59:00", "2026-02-24", rest("春节假期", "2月24日")],
    ["on Friday before the make-up day 28 February", "2026-02-27T16:30:00", "2026-02-28", AFTER],
    ["on the make-up day 28 February", "2026-02-28T09:00:00", "2026-02-28", ""],
    ["on Friday before Qingming", "2026-04-03T16:30:00", "2026-04-07", from("4月7日")],
    ["on the make-up day 9 May", "2026-05-09T12:00:00", "2026-05-09", ""],
    [
      "on the Saturday before the make-up day 20 September",
      "2026-09-19T12:00:00",
      "2026-09-20",
      rest("周六", "9月20日"),
    ],
    ["on the make-up day 20 September", "2026-09-20T12:00:00", "2026-09-20", ""],
    ["on the eve of Mid-Autumn after the cut-off", "2026-09-24T16:30:00", "2026-09-28", from("9月28日")],
    ["on the eve of National Day after the cut-off", "2026-09-30T16:30:00", "2026-10-08", from("10月8日")],
    ["on National Day", "2026-10-01T08:00:00", "2026-10-08", rest("国庆假期", "10月8日")],
    ["on the make-up day 10 October", "2026-10-10T16:00:00", "2026-10-10", ""],
    ["on 10 October after the cut-off", "2026-10-10T16:30:00", "2026-10-12", from("10月12日")],
  ])("received %s (%s) is due at the close of %s", (_when, received, day, why) => {
    expect(told(received, "small")).toEqual([`${day}T18:00`, day, why]);
  });
});

describe("a big thing", () => {
  it.each([
    ["on a plain morning", "2026-11-23T10:12:00", "2026-11-23", "2026-11-24", ""],
    ["in the last second before the cut-off", "2026-11-23T16:29:59", "2026-11-23", "2026-11-24", ""],
    ["at the cut-off to the second", "2026-11-23T16:30:00", "2026-11-24", "2026-11-25", AFTER],
    ["at 23:59", "2026-11-23T23:59:00", "2026-11-24", "2026-11-25", AFTER],
    ["on a Friday", "2026-11-27T10:00:00", "2026-11-27", "2026-11-30", OVER],
    ["on Friday after the cut-off", "2026-11-27T17:00:00", "2026-11-30", "2026-12-01", from("11月30日")],
    ["on a Saturday", "2026-11-28T10:00:00", "2026-11-30", "2026-12-01", rest("周六", "11月30日")],
    ["on the day before the make-up day 14 February", "2026-02-13T10:00:00", "2026-02-13", "2026-02-14", ""],
    ["on that day after the cut-off", "2026-02-13T16:30:00", "2026-02-14", "2026-02-24", AFTER],
    ["on the make-up day 14 February", "2026-02-14T10:00:00", "2026-02-14", "2026-02-24", OVER],
    ["in Spring Festival", "2026-02-18T10:00:00", "2026-02-24", "2026-02-25", rest("春节假期", "2月24日")],
    ["on the eve of National Day", "2026-09-30T10:00:00", "2026-09-30", "2026-10-08", OVER],
    [
      "on the eve of National Day after the cut-off",
      "2026-09-30T16:30:00",
      "2026-10-08",
      "2026-10-09",
      from("10月8日"),
    ],
    ["on National Day", "2026-10-01T10:00:00", "2026-10-08", "2026-10-09", rest("国庆假期", "10月8日")],
    ["on 9 October, before a Saturday that works", "2026-10-09T10:00:00", "2026-10-09", "2026-10-10", ""],
  ])("received %s (%s) counts from %s and is due at the close of %s", (_when, received, from, day, why) => {
    expect(told(received, "big")).toEqual([`${day}T18:00`, from, why]);
  });
});

describe("at the end of what is published", () => {
  // 2036 stands for the year that nobody has published: the data of chinese-days grows by one every November.
  it.each([
    ["small", "2036-12-31T10:00:00", "2036-12-31", "2036-12-31", UNPUBLISHED],
    ["small", "2036-12-31T16:30:00", "2037-01-01", "2037-01-01", `${AFTER}；${UNPUBLISHED}`],
    ["big", "2036-12-31T10:00:00", "2036-12-31", "2037-01-01", UNPUBLISHED],
    ["small", "2037-01-03T10:00:00", "2037-01-05", "2037-01-05", `${rest("周六", "1月5日")}；${UNPUBLISHED}`],
  ] as const)("a %s thing received %s is promised by the plain week and says so", (size, received, from, day, why) => {
    expect(told(received, size)).toEqual([`${day}T18:00`, from, why]);
    expect(due(at(received), size, bare, hours).provisional).toBe(true);
  });

  const yearEnd = `${bare.publishedThrough}T10:00:00`;

  it("keeps a promise firm that stays within the published year", () => {
    expect(due(at(`${bare.publishedThrough.slice(0, 4)}-12-15T10:00:00`), "big", bare, hours).provisional).toBe(false);
  });

  it("makes a promise provisional that leaves it", () => {
    expect(due(at(yearEnd), "big", bare, hours)).toMatchObject({ provisional: true });
  });

  it("has no holidays in 2027 until they are published", { skip: bare.publishedThrough !== "2026-12-31" }, () => {
    expect(told("2026-12-31T10:00:00", "small")).toEqual(["2026-12-31T18:00", "2026-12-31", ""]);
    expect(told("2026-12-31T16:30:00", "small")).toEqual([
      "2027-01-01T18:00",
      "2027-01-01",
      `${AFTER}；${UNPUBLISHED}`,
    ]);
    expect(told("2026-12-31T10:00:00", "big")).toEqual(["2027-01-01T18:00", "2026-12-31", UNPUBLISHED]);
  });

  it("is firm again with the station's overlay, and moves to where the overlay puts it", () => {
    const overlaid = openCalendar({ rest: [...arranged(2027), "2027-01-02"], work: ["2027-01-03"] });
    expect(told("2026-12-31T16:30:00", "small", overlaid)).toEqual(["2027-01-03T18:00", "2027-01-03", from("1月3日")]);
    expect(told("2026-12-31T10:00:00", "big", overlaid)).toEqual(["2027-01-03T18:00", "2026-12-31", OVER]);
    expect(told("2027-01-02T10:00:00", "big", overlaid)).toEqual([
      "2027-01-04T18:00",
      "2027-01-03",
      rest("周六", "1月3日"),
    ]);
    expect(told("2027-01-01T10:00:00", "small", overlaid)[2]).toBe(rest("休息日", "1月3日"));
    expect(due(at("2026-12-31T16:30:00"), "small", overlaid, hours).provisional).toBe(false);
  });
});

describe("whatever the moment", () => {
  const overlaid = openCalendar({ rest: ["2027-01-01", "2027-02-08"], work: ["2027-02-06"] });
  const moment = fc.integer({ min: at("2025-11-01T00:00:00"), max: at("2027-12-31T23:59:59") });
  const size = fc.constantFrom<Size>("small", "big");
  const calendar = fc.constantFrom(bare, overlaid);

  it("is due at the close of a working day, after receipt, counted from a working day", () => {
    fc.assert(
      fc.property(moment, size, calendar, (received, big, days) => {
        const pledge = due(received, big, days, hours);
        expect(days.isWorkday(shanghaiDate(pledge.due))).toBe(true);
        expect(shanghaiMinutes(pledge.due)).toBe(hours.close);
        expect(pledge.due).toBeGreaterThan(received);
        expect(days.isWorkday(pledge.countsFrom)).toBe(true);
        expect(pledge.countsFrom >= shanghaiDate(received)).toBe(true);
      }),
    );
  });

  it("is never due earlier for having come later", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 3 * 86_400_000 }), size, calendar, (received, later, big, days) => {
        const first = due(received, big, days, hours).due;
        expect(due(received + later, big, days, hours).due).toBeGreaterThanOrEqual(first);
      }),
    );
  });

  it("gives a big thing exactly one working day more than a small one", () => {
    fc.assert(
      fc.property(moment, calendar, (received, days) => {
        const small = due(received, "small", days, hours);
        const big = due(received, "big", days, hours);
        expect(shanghaiDate(big.due)).toBe(days.nextWorkday(shanghaiDate(small.due)));
        expect(big.countsFrom).toBe(small.countsFrom);
      }),
    );
  });

  it("says that the holidays are not published exactly where it is provisional", () => {
    fc.assert(
      fc.property(moment, size, calendar, (received, big, days) => {
        const pledge = due(received, big, days, hours);
        expect(pledge.why.includes(UNPUBLISHED)).toBe(pledge.provisional);
      }),
    );
  });
});
