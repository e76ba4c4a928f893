/**
 * The pledge (desk-practice 1): 小事不过夜、大事不隔天. Counted in days of the working calendar, from receipt and never
 * from acceptance.
 */

import type { Calendar } from "./calendar.ts";
import {
  addDays,
  clockText,
  type DateText,
  type Hours,
  shanghaiDate,
  shanghaiMinutes,
  shanghaiTime,
  weekday,
} from "./hours.ts";
import { weekdayText } from "./when.ts";
import { addWorkingMinutes } from "./working-time.ts";

export type Size = "small" | "big";

export interface Due {
  readonly due: number;
  /** The working day that the pledge counts from. */
  readonly countsFrom: DateText;
  /** A day between lies where no holidays are published yet: recomputed when the overlay comes. */
  readonly provisional: boolean;
  /** A clause for the receipt; empty when there is nothing to explain. */
  readonly why: string;
}

export function due(received: number, size: Size, calendar: Calendar, hours: Hours): Due {
  const day = shanghaiDate(received);
  const isWorkday = calendar.isWorkday(day);
  // At the cut-off to the second counts as after.
  const countsToday = isWorkday && shanghaiMinutes(received) < hours.cutoff;
  const countsFrom = countsToday ? day : calendar.nextWorkday(day);
  const dueDay = size === "small" ? countsFrom : calendar.nextWorkday(countsFrom);
  const at = shanghaiTime(dueDay, hours.close);

  // Known or not is a matter of whole years, and no run of rest days is longer than one: both ends stand for all between.
  const provisional = !(calendar.isPublished(day) && calendar.isPublished(dueDay));

  const clauses: string[] = [];
  if (!isWorkday) clauses.push(`今天是${restDayName(day, calendar)}，${dayText(countsFrom)}恢复办公`);
  else if (!countsToday) {
    const from = countsFrom === addDays(day, 1) ? "从下一个工作日" : `自${dayText(countsFrom)}`;
    clauses.push(`${clockText(shanghaiTime(day, hours.cutoff))} 后收到，${from}起算`);
  } else if (size === "big" && dueDay !== addDays(day, 1)) clauses.push("遇休息日顺延");
  if (provisional) clauses.push("节假日安排公布后以公布为准");

  return { due: at, countsFrom, provisional, why: clauses.join("；") };
}

/** By when somebody has to have accepted what is received then: so many working minutes later (desk-practice 1). */
export function firstResponseDue(received: number, minutes: number, calendar: Calendar, hours: Hours): number {
  return addWorkingMinutes(received, minutes, calendar, hours);
}

/** 国庆假期, 周六; a day that the station itself has off is simply 休息日. */
function restDayName(day: DateText, calendar: Calendar): string {
  const holiday = calendar.holidayName(day);
  if (holiday !== null) return `${holiday}假期`;
  return weekday(day) % 6 === 0 ? weekdayText(day) : "休息日";
}

/** `10月8日` */
function dayText(day: DateText): string {
  const [, month, date] = day.split("-").map(Number);
  return `${month}月${date}日`;
}
