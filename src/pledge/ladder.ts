/**
 * The lights (desk-practice 1): blue one working hour before due, yellow when it is past, red one working day later. How
 * long before and after, and who hears of each, is the station's own data.
 */
import type { Calendar } from "./calendar.ts";
import { type Hours, shanghaiDate, shanghaiMinutes, shanghaiTime } from "./hours.ts";
import { addWorkingMinutes } from "./working-time.ts";

export type Light = "blue" | "yellow" | "red";

/** Who hears of a light: the helper who has the case, the chief, the leaders, whoever asked. */
export type Receiver = "owner" | "chief" | "leaders" | "asker";

export interface Ladder {
  /** Working minutes in which a case is to be accepted; the steps after that come at the same distance. */
  readonly accept: number;
  readonly blue: { /** Working minutes before due. */ readonly before: number; readonly tell: readonly Receiver[] };
  readonly yellow: { /** Working minutes past due. */ readonly after: number; readonly tell: readonly Receiver[] };
  readonly red: { /** Working days past due. */ readonly workdays: number; readonly tell: readonly Receiver[] };
}

export const USUAL_LADDER: Ladder = {
  accept: 30,
  blue: { before: 60, tell: ["owner"] },
  yellow: { after: 0, tell: ["owner", "chief", "asker"] },
  red: { workdays: 1, tell: ["chief", "leaders"] },
};

export interface Times {
  readonly calendar: Calendar;
  readonly hours: Hours;
  readonly ladder: Ladder;
}

export interface Rung {
  readonly light: Light;
  /** Desk clock, ms. */
  readonly at: number;
}

/** Which light comes after the one that is lit, and when; null after red. */
export function nextRung(lit: Light | null, due: number, times: Times): Rung | null {
  if (lit === "red") return null;
  const { calendar, hours, ladder } = times;
  if (lit === "yellow") return { light: "red", at: workdaysAfter(due, ladder.red.workdays, calendar) };
  if (lit === "blue") return { light: "yellow", at: addWorkingMinutesPast(due, ladder.yellow.after, times) };
  return { light: "blue", at: addWorkingMinutes(due, -ladder.blue.before, calendar, hours) };
}

/** The same time of day, so many working days later. */
function workdaysAfter(at: number, workdays: number, calendar: Calendar): number {
  let day = shanghaiDate(at);
  for (let i = 0; i < workdays; i++) day = calendar.nextWorkday(day);
  return shanghaiTime(day, shanghaiMinutes(at));
}

/** None past is due itself, whenever that is. */
function addWorkingMinutesPast(due: number, minutes: number, { calendar, hours }: Times): number {
  return minutes === 0 ? due : addWorkingMinutes(due, minutes, calendar, hours);
}
