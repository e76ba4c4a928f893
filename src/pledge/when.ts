/** How the desk says a moment and a span (desk-practice 4): 今日 18:00, 10月8日（周四）18:00, 用时 2 小时 16 分. */

import { clockText, DAY_MS, type DateText, MINUTE_MS, shanghaiDate, weekday } from "./hours.ts";

const WEEKDAYS = "日一二三四五六";
const HOUR_MS = 60 * MINUTE_MS;

/** Only today has a word of its own: 明日, quoted the day after, would name the wrong day. */
export function whenText(at: number, now: number): string {
  const date = shanghaiDate(at);
  const today = shanghaiDate(now);
  if (date === today) return `今日 ${clockText(at)}`;
  const [year = "", month = "", day = ""] = date.split("-");
  const inYear = today.startsWith(`${year}-`) ? "" : `${year}年`;
  return `${inYear}${Number(month)}月${Number(day)}日（${weekdayText(date)}）${clockText(at)}`;
}

/** Within minutes as a rule, so that today goes without saying: `10:42`. */
export function soonText(at: number, now: number): string {
  return shanghaiDate(at) === shanghaiDate(now) ? clockText(at) : whenText(at, now);
}

/** `周四` */
export function weekdayText(date: DateText): string {
  return `周${WEEKDAYS.charAt(weekday(date))}`;
}

/** The two largest units, cut and not rounded: 用时 says nobody took longer than they did. */
export function durationText(ms: number): string {
  if (ms < MINUTE_MS) return "不到 1 分钟";
  const days = Math.floor(ms / DAY_MS);
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const part = (count: number, unit: string): string[] => (count > 0 ? [`${count} ${unit}`] : []);
  return [...part(days, "天"), ...part(hours, "小时"), ...(days > 0 ? [] : part(minutes, "分"))].join(" ");
}
