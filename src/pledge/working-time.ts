/**
 * Minutes in which somebody is at the desk: open to close of working days without the lunch break. The pledge counts days; first response and
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
  assert.ok(workingMinutesADay(hours) > 0, "a desk that never opens would be searched for ever");
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
    for (const shift of shiftsOf(day, hours)) {
      const start = Math.max(a, shift.from);
      const end = Math.min(b, shift.to);
      if (end > start) ms += end - start;
    }
  }
  return ms / MINUTE_MS;
}

/** Of one working day. */
export function workingMinutesADay({ open, close, lunch }: Hours): number {
  return close - open - (lunch ? lunch.to - lunch.from : 0);
}

interface Shift {
  readonly from: number;
  readonly to: number;
}

/** Before and after the lunch break, where there is one. */
function shiftsOf(day: DateText, { open, close, lunch }: Hours): readonly Shift[] {
  const midnight = shanghaiTime(day, 0);
  const shift = (from: number, to: number): Shift => {
    return { from: midnight + from * MINUTE_MS, to: midnight + to * MINUTE_MS };
  };
  return lunch ? [shift(open, lunch.from), shift(lunch.to, close)] : [shift(open, close)];
}

function forward(from: number, ms: number, calendar: Calendar, hours: Hours): number {
  let left = ms;
  for (let day = sameOrNext(shanghaiDate(from), calendar); ; day = calendar.nextWorkday(day)) {
    for (const shift of shiftsOf(day, hours)) {
      // Strictly after: at the close with nothing to add, one stays there, so that spans can be added in any pieces.
      if (from > shift.to) continue;
      const at = Math.max(from, shift.from);
      const room = shift.to - at;
      if (left <= room) return at + left;
      left -= room;
    }
  }
}

function backward(from: number, ms: number, calendar: Calendar, hours: Hours): number {
  let left = ms;
  for (let day = sameOrPrevious(shanghaiDate(from), calendar); ; day = calendar.previousWorkday(day)) {
    for (const shift of [...shiftsOf(day, hours)].reverse()) {
      if (from < shift.from) continue;
      const at = Math.min(from, shift.to);
      const room = at - shift.from;
      if (left <= room) return at - left;
      left -= room;
    }
  }
}

function sameOrNext(date: DateText, calendar: Calendar): DateText {
  return calendar.isWorkday(date) ? date : calendar.nextWorkday(date);
}

function sameOrPrevious(date: DateText, calendar: Calendar): DateText {
  return calendar.isWorkday(date) ? date : calendar.previousWorkday(date);
}
