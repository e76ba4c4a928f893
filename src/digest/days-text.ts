/** How a period is written: 2026年11月23日（周一）, 2026年11月23日—29日, 2026年11月. Pure. */
import { clockText, type DateText, shanghaiDate } from "../pledge/hours.ts";
import { weekdayText } from "../pledge/when.ts";
import type { Span } from "./counts.ts";
import { type Kind, momentsOf, type Period } from "./period.ts";

export function daysText({ kind, from, to }: Period): string {
  const [year = "", month = "", day = ""] = from.split("-");
  if (kind === "month") return `${year}年${Number(month)}月`;
  const first = `${year}年${Number(month)}月${Number(day)}日`;
  if (from === to) return `${first}（${weekdayText(from)}）`;
  return `${first}—${shortOf(to, from)}`;
}

/** `11/23`, under a chart. */
export function tickText(date: DateText): string {
  const [, month = "", day = ""] = date.split("-");
  return `${Number(month)}/${Number(day)}`;
}

/** Up to when a period is known, beside its days: 17:30, 11月20日 17:30; null where it is over. */
export function asOfText({
  period,
  span,
  now,
}: {
  readonly period: Period;
  readonly span: Span;
  readonly now: number;
}) {
  if (now >= momentsOf(period).end) return null;
  const clock = clockText(span.until);
  return period.from === period.to ? clock : `${dayOfYear(shanghaiDate(span.until))} ${clock}`;
}

/** Days of lately, beside a date that has the year: 12月11日（周五）, 12月11日（周五）至13日（周日）, 12月7日—13日, 11月. */
export function lateDaysText({ from, to }: Pick<Period, "from" | "to">, kind: Kind): string {
  if (kind === "month") return `${Number(from.slice(5, 7))}月`;
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  const last = sameMonth ? `${Number(to.slice(8))}日` : dayOfYear(to);
  if (kind === "week") return `${dayOfYear(from)}—${last}`;
  const first = `${dayOfYear(from)}（${weekdayText(from)}）`;
  return from === to ? first : `${first}至${last}（${weekdayText(to)}）`;
}

/** `11月20日` */
function dayOfYear(date: DateText): string {
  const [, month, day] = date.split("-");
  return `${Number(month)}月${Number(day)}日`;
}

/** Only what differs from the first day. */
function shortOf(date: DateText, first: DateText): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const sameYear = first.startsWith(`${year}-`);
  const sameMonth = first.startsWith(`${year}-${month}-`);
  return `${sameYear ? "" : `${year}年`}${sameMonth ? "" : `${Number(month)}月`}${Number(day)}日`;
}
