/** When nobody is sent for: in the quiet hours and on rest days (desk-practice 1, reminders). */
import type { Calendar } from "./calendar.ts";
import { type Hours, shanghaiDate, shanghaiMinutes, shanghaiTime } from "./hours.ts";

/** When people may be spoken to again; null where they may be now. */
export function quietUntil(at: number, calendar: Calendar, { quiet, open }: Hours): number | null {
  const day = shanghaiDate(at);
  const minutes = shanghaiMinutes(at);
  const { from, to } = quiet;
  const overnight = from > to;
  const isQuiet = overnight ? minutes >= from || minutes < to : minutes >= from && minutes < to;
  const works = calendar.isWorkday(day);
  if (works && !isQuiet) return null;
  const morning = overnight ? Math.max(to, open) : open;
  // Quiet in the middle of a day ends on that day, and the hours after midnight do.
  if (works && minutes < to) return shanghaiTime(day, overnight ? morning : to);
  return shanghaiTime(calendar.nextWorkday(day), morning);
}
