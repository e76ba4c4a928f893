/**
 * Which days work (desk-practice 1): statutory holidays and make-up working days (调休) from `chinese-days`, and over
 * them the station file's `holidays:`. The data ends with the last published year; beyond it weekdays work, and
 * `isPublished` says so.
 *
 * Only the package's data is used, not its functions: they build their tables in the machine's own time zone, and west
 * of Greenwich (a container with a stray TZ) every holiday comes out one day early. Here a date is a text throughout.
 */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { addDays, type DateText, weekday } from "./hours.ts";

// A JSON import would do the same with an experimental warning on Node 20.
const statutory: {
  /** Date → name, rest days of the notices, weekends among them included. */
  readonly holidays: Readonly<Record<DateText, string>>;
  /** Date → name, make-up working days. */
  readonly workdays: Readonly<Record<DateText, string>>;
} = createRequire(import.meta.url)("chinese-days/dist/chinese-days.json");

/** The station file's `holidays:`. A date in both lists works. */
export interface Overlay {
  readonly rest: readonly DateText[];
  readonly work: readonly DateText[];
}

export interface Calendar {
  isWorkday(date: DateText): boolean;
  /** True where the year's holidays are known, from the data or because the overlay arranges that whole year. */
  isPublished(date: DateText): boolean;
  /** `国庆`, `春节`: the holiday that a date belongs to by the notices; null for a working day or a plain weekend. */
  holidayName(date: DateText): string | null;
  /** The first working day strictly after. */
  nextWorkday(date: DateText): DateText;
  /** The last working day strictly before. */
  previousWorkday(date: DateText): DateText;
  /** Another one where the notices' data is another; the overlay is not in it. */
  readonly edition: string;
  /** The last date that the statutory data covers; the overlay does not move it. */
  readonly publishedThrough: DateText;
}

/** Ten years of days: no report asks for more, and full means start again, which costs a millisecond. */
const REMEMBERED_DAYS_MAX = 4096;
/** A year is arranged by one notice, and National Day is in every one; New Year's may stand in its neighbour's. */
const NATIONAL_DAY = "-10-01";
/**
 * By law a year has so many days off (全国年节及纪念日放假办法, since 2025); a notice has never had fewer than sixteen that
 * are no plain weekend. An overlay with fewer in it is a day of the station's own, or a notice that is not typed to its end.
 */
const DAYS_OFF_A_YEAR = 13;

export function openCalendar(overlay: Overlay): Calendar {
  // Later words win: the notices, then over them the overlay; a date in both of its lists works.
  const arranged = new Map<DateText, boolean>([
    ...Object.keys(statutory.holidays).map((date) => [date, false] as const),
    ...Object.keys(statutory.workdays).map((date) => [date, true] as const),
    ...overlay.rest.map((date) => [date, false] as const),
    ...overlay.work.map((date) => [date, true] as const),
  ]);
  const years = Object.keys(statutory.holidays)
    .filter((date) => date.endsWith(NATIONAL_DAY))
    .map(yearOf)
    .sort();
  const lastYear = years.at(-1);
  assert.ok(lastYear !== undefined, "chinese-days holds no statutory holidays");
  const published = new Set([...years, ...overlay.rest.map(yearOf).filter((year) => isArranged(year, overlay))]);

  const isWorkday = remembering((date) => arranged.get(date) ?? isWeekday(date));
  const step = (date: DateText, by: 1 | -1): DateText => {
    let day = addDays(date, by);
    while (!isWorkday(day)) day = addDays(day, by);
    return day;
  };

  return {
    isWorkday,
    isPublished: (date) => published.has(yearOf(date)),
    holidayName: (date) => (isWorkday(date) ? null : nameOf(date)),
    nextWorkday: remembering((date) => step(date, 1)),
    previousWorkday: remembering((date) => step(date, -1)),
    edition: `${lastYear}:${Object.keys(statutory.holidays).length}:${Object.keys(statutory.workdays).length}`,
    publishedThrough: `${lastYear}-12-31`,
  };
}

/** One date of a year says nothing of the others. */
function isArranged(year: string, { rest }: Overlay): boolean {
  const ofYear = new Set(rest.filter((date) => yearOf(date) === year));
  return ofYear.has(year + NATIONAL_DAY) && ofYear.size >= DAYS_OFF_A_YEAR;
}

/** The data's `National Day,国庆节,3`. */
function nameOf(date: DateText): string | null {
  const [, name = ""] = statutory.holidays[date]?.split(",") ?? [];
  return name === "" ? null : name.replace(/^国庆节$/u, "国庆");
}

function isWeekday(date: DateText): boolean {
  return weekday(date) % 6 !== 0;
}

function yearOf(date: DateText): string {
  return date.slice(0, 4);
}

function remembering<V>(answer: (date: DateText) => V): (date: DateText) => V {
  const known = new Map<DateText, V>();
  return (date) => {
    const before = known.get(date);
    if (before !== undefined) return before;
    const value = answer(date);
    if (known.size >= REMEMBERED_DAYS_MAX) known.clear();
    known.set(date, value);
    return value;
  };
}
