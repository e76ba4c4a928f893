/** Which year a month or a day without one is in. Pure. */
import { addDays, type DateText } from "../pledge/hours.ts";

/** Next year's day is meant only if this year's has been over for a while: 11月 said in December is last month. */
const AHEAD_DAYS_MAX = 300;

export function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf(year, month);
}

export function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function dateOf(year: number, month: number, day: number): DateText {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The year in which that day comes next, or was just now. `day` is only looked at to tell past from future. */
export function yearMeant(month: number, day: number, today: DateText): number {
  const year = Number(today.slice(0, 4));
  const days = { this: dateOf(year, month, day), next: dateOf(year + 1, month, day) };
  if (days.this >= today) return year;
  return days.next > addDays(today, AHEAD_DAYS_MAX) ? year : year + 1;
}

/** `12月2日`; with its year where it is not this one, or the bare day would mean another. */
export function longDay(date: DateText, today: DateText): string {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const bare = today.startsWith(`${year}-`) && yearMeant(month, day, today) === year;
  return `${bare ? "" : `${year}年`}${month}月${day}日`;
}
