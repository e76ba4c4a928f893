/**
 * Minutes in which somebody is at the desk: open to close of working days. The pledge counts days; first response and
 * the lights' distances count these (desk-practice 1).
 */

import assert from "node:assert/strict";
import type { Calendar } from "./calendar.ts";
import { type DateText, type Hours, MINUTE_MS, shanghaiDate, shanghaiTime } from "./hours.ts";

/**
 * `minutes` of working time after `from`; before it, when negative ("one working hour before due"). A span that ends
 * with the day ends at its close, not at the next morning's opening.
 */
export function addWorkingMinutes(from: number, minutes: number, calendar: Calendar, hours: Hours): number {
  assert.ok(Number.isFinite(minutes), "minutes must be finite");
  assert.ok(hours.close > hours.open, "a desk that never opens would be searched for ever");
  return minutes < 0
    ? backward(from, -minutes * MINUTE_MS, calendar, hours)
    : forward(from, minutes * MINUTE_MS, calendar, hours);
}

/** Working minutes from `a` to `b`; negative when `b` is the earlier. */
export function workingMinutesBetween(a: number, b: number, calendar: Calendar, hours: Hours): number {
  if (a > b) return 0 - workingMinutesBetween(b, a, calendar, hours);
  const lastDay = shanghaiDate(b);
  let ms = 0;
  for (let day = sameOrNext(shanghaiDate(a), calendar); day <= lastDay; day = calendar.nextWorkday(day)) {
    const start = Math.max(a, shanghaiTime(day, hours.open));
    const end = Math.min(b, shanghaiTime(day, hours.close));
    if (end > start) ms += end - start;
  }
  return ms / MINUTE_MS;
}

function forward(from: number, ms: number, calendar: Calendar, hours: Hours): number {
  let day = sameOrNext(shanghaiDate(from), calendar);
  // Strictly after: at the close with nothing to add, one stays there, so that spans can be added in any pieces.
  if (from > shanghaiTime(day, hours.close)) day = calendar.nextWorkday(day);
  let at = Math.max(from, shanghaiTime(day, hours.open));
  let left = ms;
  for (;;) {
    const room = shanghaiTime(day, hours.close) - at;
    if (left <= room) return at + left;
    left -= room;
    day = calendar.nextWorkday(day);
    at = shanghaiTime(day, hours.open);
  }
}

function backward(from: number, ms: number, calendar: Calendar, hours: Hours): number {
  let day = shanghaiDate(from);
  if (!calendar.isWorkday(day) || from < shanghaiTime(day, hours.open)) day = calendar.previousWorkday(day);
  let at = Math.min(from, shanghaiTime(day, hours.close));
  let left = ms;
  for (;;) {
    const room = at - shanghaiTime(day, hours.open);
    if (left <= room) return at - left;
    left -= room;
    day = calendar.previousWorkday(day);
    at = shanghaiTime(day, hours.close);
  }
}

function sameOrNext(date: DateText, calendar: Calendar): DateText {
  return calendar.isWorkday(date) ? date : calendar.nextWorkday(date);
}
