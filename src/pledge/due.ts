/**
 * The pledge (desk-practice 1): 小事不过夜、大事不隔天. Counted in days of the working calendar, from receipt and never
 * from acceptance.
 */

import type { Calendar } from "./calendar.ts";
import { addDays, clockText, type DateText, type Hours, shanghaiDate, shanghaiMinutes, shanghaiTime } from "./hours.ts";

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
  // No "今日" here: a receipt caught up after downtime, or quoted tomorrow, must still be true.
  if (!isWorkday) clauses.push("休息日收到，从下一个工作日起算");
  else if (!countsToday) {
    clauses.push(`${clockText(shanghaiTime(day, hours.cutoff))} 后收到，从下一个工作日起算`);
  } else if (size === "big" && dueDay !== addDays(day, 1)) clauses.push("遇休息日顺延");
  if (provisional) clauses.push("节假日安排公布后以公布为准");

  return { due: at, countsFrom, provisional, why: clauses.join("；") };
}
