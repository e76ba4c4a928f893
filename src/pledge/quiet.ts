/** When nobody is sent for: in the quiet hours and on rest days (desk-practice 1, reminders). */
import type { Calendar } from "./calendar.ts";
import { type DateText, type Hours, shanghaiDate, shanghaiMinutes, shanghaiTime } from "./hours.ts";

/** When people may be spoken to again; null where they may be now. */
export function quietUntil(at: number, calendar: Calendar, { quiet, open }: Hours): number | null {
  const day = shanghaiDate(at);
  const minutes = shanghaiMinutes(at);
  const { from, to } = quiet;
  const overnight = from > to;
  const isQuiet = overnight ? minutes >= from || minutes < to : minutes >= from && minutes < to;
  const works = calendar.isWorkday(day);
  if (works && !isQuiet) return null;
  // Quiet in the middle of a day ends on that day, and the hours after midnight do.
  if (works && minutes < to) return overnight ? morningOf(day, { quiet, open }) : shanghaiTime(day, to);
  return morningOf(calendar.nextWorkday(day), { quiet, open });
}

/** From when on people may be spoken to on a working day that follows quiet hours. */
export function morningOf(day: DateText, { quiet, open }: Pick<Hours, "quiet" | "open">): number {
  return shanghaiTime(day, quiet.from > quiet.to ? Math.max(quiet.to, open) : open);
}
