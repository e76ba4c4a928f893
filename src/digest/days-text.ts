/** How a period is written: 2026年11月23日（周一）, 2026年11月23日—29日, 2026年11月. Pure. */
import { type DateText, weekday } from "../pledge/hours.ts";
import type { Period } from "./period.ts";

const WEEKDAYS = "日一二三四五六";

export function daysText({ kind, from, to }: Period): string {
  const [year = "", month = "", day = ""] = from.split("-");
  if (kind === "month") return `${year}年${Number(month)}月`;
  const first = `${year}年${Number(month)}月${Number(day)}日`;
  if (from === to) return `${first}（周${WEEKDAYS.charAt(weekday(from))}）`;
  return `${first}—${shortOf(to, from)}`;
}

/** `11/23`, under a chart. */
export function tickText(date: DateText): string {
  const [, month = "", day = ""] = date.split("-");
  return `${Number(month)}/${Number(day)}`;
}

/** Only what differs from the first day. */
function shortOf(date: DateText, first: DateText): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const sameYear = first.startsWith(`${year}-`);
  const sameMonth = first.startsWith(`${year}-${month}-`);
  return `${sameYear ? "" : `${year}年`}${sameMonth ? "" : `${Number(month)}月`}${Number(day)}日`;
}
