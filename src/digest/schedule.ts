/** When which letter goes: the station file's times over the working calendar. Pure. */
import type { Calendar } from "../pledge/calendar.ts";
import { addDays, type DateText, type Hours, MINUTE_MS, shanghaiDate, shanghaiTime } from "../pledge/hours.ts";
import { quietUntil } from "../pledge/quiet.ts";
import { type LetterTimes, WEEKDAYS } from "../station/digest-settings.ts";
import { type Kind, momentsOf, type Period, periodOf } from "./period.ts";

/** Longer than any time between two letters of a kind; a calendar without working days has none. */
const MOST_DAYS = 100;
/** A little late is on time: a process was just starting, a clock ticks in seconds. */
const ON_TIME_MS = 15 * MINUTE_MS;

/** The first moment strictly after; null where this letter is switched off. */
export function nextLetter(kind: Kind, after: number, calendar: Calendar, times: LetterTimes): number | null {
  return search(kind, shanghaiDate(after), 1, (at) => at > after, calendar, times);
}

/** The newest one that should have gone by `now`. */
export function lastLetter(kind: Kind, now: number, calendar: Calendar, times: LetterTimes): number | null {
  return search(kind, shanghaiDate(now), -1, (at) => at <= now, calendar, times);
}

/**
 * The days that the letter of this kind before this one could not tell whole, since it went before they were over: from its
 * own first day on, with all rest days since. Null where there was none, and for days that somebody chose.
 */
export function untoldBefore(period: Period, calendar: Calendar, times: LetterTimes): Period | null {
  const { kind, from } = period;
  const last = kind && lastLetter(kind, momentsOf(period).start - 1, calendar, times);
  if (kind === null || last === null) return null;
  const told = periodOf(kind, shanghaiDate(last));
  const to = addDays(from, -1);
  return told.to === to ? told : { kind: null, from: told.from, to };
}

function search(
  kind: Kind,
  from: DateText,
  by: 1 | -1,
  fits: (at: number) => boolean,
  calendar: Calendar,
  times: LetterTimes,
): number | null {
  const time = times[kind];
  if (time === null) return null;
  for (let days = 0, date = from; days <= MOST_DAYS; days++, date = addDays(date, by)) {
    const at = shanghaiTime(date, time.at);
    if (fits(at) && isLetterDay(kind, date, calendar, times)) return at;
  }
  return null;
}

function isLetterDay(kind: Kind, date: DateText, calendar: Calendar, { day, week }: LetterTimes): boolean {
  switch (kind) {
    case "day":
      return day?.on === "every-day" || calendar.isWorkday(date);
    case "week":
      return date === dayOfWeek(date, WEEKDAYS.indexOf(week?.on ?? "friday"), calendar);
    case "month":
      return calendar.isWorkday(date) && calendar.nextWorkday(date).slice(0, 7) !== date.slice(0, 7);
  }
}

/** Null in a week without working days. */
function dayOfWeek(date: DateText, wanted: number, calendar: Calendar): DateText | null {
  const { from } = periodOf("week", date);
  const day = addDays(from, wanted);
  if (calendar.isWorkday(day)) return day;
  const days = [0, 1, 2, 3, 4, 5, 6].map((each) => addDays(from, each));
  return days.findLast((each) => calendar.isWorkday(each)) ?? null;
}

export type Sending =
  | { readonly kind: "now" }
  /** Nobody is spoken to by a clock in the quiet hours and on rest days (desk-practice 1). */
  | { readonly kind: "wait"; readonly until: number }
  /** It would be no news any more. */
  | { readonly kind: "over" };

/**
 * Whether a letter that should have gone at `scheduled` goes now: on its day and outside the quiet hours at once, else on
 * the next working day before its close, under its own date. By then the next daily letter is due, and is the newest.
 */
export function sendingOf(scheduled: number, now: number, calendar: Calendar, hours: Hours): Sending {
  if (now < scheduled) return { kind: "wait", until: scheduled };
  if (now - scheduled <= ON_TIME_MS) return { kind: "now" };
  const until = quietUntil(now, calendar, hours);
  const morning = calendar.nextWorkday(shanghaiDate(scheduled));
  const last = shanghaiTime(morning, hours.close);
  if ((until ?? now) > last) return { kind: "over" };
  return until === null ? { kind: "now" } : { kind: "wait", until };
}
