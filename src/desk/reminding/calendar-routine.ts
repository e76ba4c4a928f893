/** Once a week from November on the chief hears that next year's holidays are not there yet (desk-practice 1); never a service group. */
import type { Calendar } from "../../pledge/calendar.ts";
import { addDays, DAY_MS, type DateText, shanghaiDate, shanghaiTime, weekday } from "../../pledge/hours.ts";
import { quietUntil } from "../../pledge/quiet.ts";
import * as words from "../../words/reminders.ts";
import { addressed } from "../clock/clockwork.ts";
import { Draft } from "../draft.ts";
import { NO_WORK, type Routine } from "./routine.ts";

const NOVEMBER = 11;
const YEAR_DAYS = 366;
/** Beside the morning's list, not in it. */
const MINUTES_AFTER_OPEN = 30;

export const calendarRoutine: Routine = {
  name: "calendar",
  next(after, { calendar, station }) {
    for (let i = 0; i <= YEAR_DAYS; i++) {
      const day = addDays(shanghaiDate(after), i);
      const at = shanghaiTime(day, station.hours.open + MINUTES_AFTER_OPEN);
      if (at > after && Number(day.slice(5, 7)) >= NOVEMBER && isFirstOfWeek(day, calendar)) return at;
    }
    return null;
  },
  async work(_scheduled, now, setting) {
    const { calendar, station } = setting;
    const today = shanghaiDate(now);
    // After a downtime over the turn of the year the next year is another one.
    if (Number(today.slice(5, 7)) < NOVEMBER) return NO_WORK;
    const calm = quietUntil(now, calendar, station.hours);
    if (calm !== null) return { ...NO_WORK, again: calm };
    const next = Number(today.slice(0, 4)) + 1;
    if (calendar.isPublished(`${next}-01-01`)) return NO_WORK;
    const draft = Draft.ofStep(now);
    const audience = { kind: "staff", person: station.chief.id, ticket: null } as const;
    draft.say(audience, words.calendarMissing(next), null, { patient: true });
    return { ...NO_WORK, replies: addressed(setting, draft.decision().lines) };
  },
};

/** The week's first working day. */
function isFirstOfWeek(day: DateText, calendar: Calendar): boolean {
  if (!calendar.isWorkday(day)) return false;
  const monday = shanghaiTime(day, 0) - ((weekday(day) + 6) % 7) * DAY_MS;
  return shanghaiTime(calendar.previousWorkday(day), 0) < monday;
}
