/** Waiting for the asker (desk-practice 1): three working days at most, and the pledge moves by the working minutes that it took. */
import type { Calendar } from "./calendar.ts";
import { type Hours, shanghaiDate } from "./hours.ts";
import { addWorkingMinutes, workingMinutesADay, workingMinutesBetween } from "./working-time.ts";

const PAUSE_WORKDAYS_MAX = 3;

/** When a pause that begins at `since` ends by itself: as many working hours later as three working days hold. */
export function pauseEnds(since: number, calendar: Calendar, hours: Hours): number {
  return addWorkingMinutes(since, PAUSE_WORKDAYS_MAX * workingMinutesADay(hours), calendar, hours);
}

/** The due time once the pause is over; a night or a rest day in it moves nothing. */
export function dueAfterPause(
  { due, since, now }: { readonly due: number; readonly since: number; readonly now: number },
  calendar: Calendar,
  hours: Hours,
): { readonly due: number; readonly provisional: boolean } {
  const paused = workingMinutesBetween(since, Math.max(since, now), calendar, hours);
  const moved = paused === 0 ? due : addWorkingMinutes(due, paused, calendar, hours);
  const known = calendar.isPublished(shanghaiDate(due)) && calendar.isPublished(shanghaiDate(moved));
  return { due: moved, provisional: !known };
}
