/**
 * Waiting for the asker (desk-practice 1): three working days at most. The pledge counts days, so does what a pause moves:
 * a promise of the close of a working day stays one. Any other moment was agreed on as it is, and moves by the minutes.
 */
import type { Calendar } from "./calendar.ts";
import { type Hours, shanghaiDate, shanghaiTime } from "./hours.ts";
import { addWorkingMinutes, workingMinutesADay, workingMinutesBetween } from "./working-time.ts";

const PAUSE_WORKDAYS_MAX = 3;

/** When a pause that begins at `since` ends by itself: as many working hours later as three working days hold. */
export function pauseEnds(since: number, calendar: Calendar, hours: Hours): number {
  return addWorkingMinutes(since, PAUSE_WORKDAYS_MAX * workingMinutesADay(hours), calendar, hours);
}

interface Paused {
  readonly due: number;
  readonly since: number;
  readonly now: number;
}

/** The due time once the pause is over; a night or a rest day in it moves nothing. */
export function dueAfterPause(
  pause: Paused,
  calendar: Calendar,
  hours: Hours,
): { readonly due: number; readonly provisional: boolean } {
  const { due, since } = pause;
  const now = Math.max(since, pause.now);
  const moved = isClose(due, calendar, hours)
    ? closeAfter({ due, since, now }, calendar, hours)
    : later(due, workingMinutesBetween(since, now, calendar, hours), calendar, hours);
  const known = calendar.isPublished(shanghaiDate(due)) && calendar.isPublished(shanghaiDate(moved));
  return { due: moved, provisional: !known };
}

/**
 * Each whole working day that was waited moves the promise by one. What is left over moves it by one more only where too
 * little of the day remains to do it in: a few words back and forth at noon do not make a day's promise the next day's.
 */
function closeAfter({ due, since, now }: Paused, calendar: Calendar, hours: Hours): number {
  const aDay = workingMinutesADay(hours);
  const days = Math.floor(workingMinutesBetween(since, now, calendar, hours) / aDay);
  const close = closeOf(due, days, calendar, hours);
  const before = workingMinutesBetween(since, due, calendar, hours);
  const left = workingMinutesBetween(now, close, calendar, hours);
  // What was late when it was paused is no less late for it.
  const isEnough = before <= 0 || left >= enough(before, hours);
  return isEnough ? close : closeOf(close, 1, calendar, hours);
}

/** Half of what it had, or as much as the last one of a day has that is promised for that day. */
function enough(before: number, { close, cutoff }: Hours): number {
  return Math.min(before / 2, close - cutoff);
}

function isClose(at: number, calendar: Calendar, { close }: Hours): boolean {
  const day = shanghaiDate(at);
  return calendar.isWorkday(day) && shanghaiTime(day, close) === at;
}

function closeOf(at: number, days: number, calendar: Calendar, { close }: Hours): number {
  let day = shanghaiDate(at);
  for (let i = 0; i < days; i++) day = calendar.nextWorkday(day);
  return shanghaiTime(day, close);
}

function later(at: number, minutes: number, calendar: Calendar, hours: Hours): number {
  return minutes === 0 ? at : addWorkingMinutes(at, minutes, calendar, hours);
}
