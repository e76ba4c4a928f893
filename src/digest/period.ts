/** Which days a figure is about: a day, a week from Monday to Sunday, a month, or any days from … to. Pure. */
import { addDays, DAY_MS, type DateText, shanghaiTime, weekday } from "../pledge/hours.ts";

export const KINDS = ["day", "week", "month"] as const;
export type Kind = (typeof KINDS)[number];

export interface Period {
  /** Null: days that somebody chose. */
  readonly kind: Kind | null;
  readonly from: DateText;
  /** The last day. */
  readonly to: DateText;
}

/** The day, week or month that `date` lies in. */
export function periodOf(kind: Kind, date: DateText): Period {
  if (kind === "day") return { kind, from: date, to: date };
  if (kind === "week") {
    const from = addDays(date, -((weekday(date) + 6) % 7));
    return { kind, from, to: addDays(from, 6) };
  }
  return { kind, from: `${date.slice(0, 7)}-01`, to: lastOfMonth(date) };
}

/** What 环比 compares with: as long, and directly before; a month with the month before it, however long. */
export function previousOf({ kind, from, to }: Period): Period {
  if (kind === "month") return periodOf("month", addDays(from, -1));
  const days = daysIn({ from, to });
  return { kind, from: addDays(from, -days), to: addDays(from, -1) };
}

/** What 同比 compares with: the same dates a year ago; a week with the week of the same weekdays. */
export function yearBefore({ kind, from, to }: Period): Period {
  if (kind === "week") return { kind, from: addDays(from, -364), to: addDays(to, -364) };
  if (kind === "month") return periodOf("month", sameDayLastYear(from));
  return { kind, from: sameDayLastYear(from), to: sameDayLastYear(to) };
}

/** The days up to and with `date`, one by one: what a trend is drawn over. */
export function daysUpTo(date: DateText, count: number): readonly Period[] {
  return Array.from({ length: count }, (_, i) => periodOf("day", addDays(date, i - count + 1)));
}

export function daysIn({ from, to }: Pick<Period, "from" | "to">): number {
  return Math.round((shanghaiTime(to, 0) - shanghaiTime(from, 0)) / DAY_MS) + 1;
}

/** From the first moment of the first day; up to, and without, the first moment after the last. */
export function momentsOf({ from, to }: Pick<Period, "from" | "to">): { readonly start: number; readonly end: number } {
  return { start: shanghaiTime(from, 0), end: shanghaiTime(to, 0) + DAY_MS };
}

/** `2026-12` → `2027-01` */
export function monthAfter(month: string): string {
  return addDays(lastOfMonth(`${month}-01`), 1).slice(0, 7);
}

/** Both with the rest. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
}

/** Null for what is no real date, as 2026-02-30. */
export function readDate(text: string): DateText | null {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null;
}

function lastOfMonth(date: DateText): DateText {
  const [year = 0, month = 0] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** 29 February's is the 28th. */
function sameDayLastYear(date: DateText): DateText {
  const last = `${String(Number(date.slice(0, 4)) - 1).padStart(4, "0")}${date.slice(4)}`;
  return readDate(last) ?? lastOfMonth(`${last.slice(0, 7)}-01`);
}
