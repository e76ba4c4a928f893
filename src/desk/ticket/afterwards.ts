/** How long things stay open after 办结, counted in working days (desk-practice 2 and 6). Pure. */
import type { Calendar } from "../../pledge/calendar.ts";
import { addDays, type DateText, shanghaiDate, shanghaiTime } from "../../pledge/hours.ts";
import type { Setting } from "../scene.ts";

/** Rating, correcting it and 未解决. */
const RATING_WORKDAYS = 3;
/** The call-back after a low rating, and what it puts right. */
const CALL_BACK_WORKDAYS = 15;

/** Until the end of the third working day. */
export function rateByOf(calendar: Calendar, resolvedAt: number): number {
  return shanghaiTime(addDays(workdaysAfter(calendar, resolvedAt, RATING_WORKDAYS), 1), 0);
}

/** Until the close of the fifteenth working day. */
export function callBackByOf({ calendar, station }: Pick<Setting, "calendar" | "station">, ratedAt: number): number {
  return shanghaiTime(workdaysAfter(calendar, ratedAt, CALL_BACK_WORKDAYS), station.hours.close);
}

function workdaysAfter(calendar: Calendar, from: number, count: number): DateText {
  let day = shanghaiDate(from);
  for (let i = 0; i < count; i++) day = calendar.nextWorkday(day);
  return day;
}
