/** What leaders should look at (desk-practice 4, 需关注), and the lights of what is open. Pure. */
import { OTHER } from "../desk/ticket.ts";
import type { Calendar } from "../pledge/calendar.ts";
import { type Hours, shanghaiDate, shanghaiMinutes, shanghaiTime } from "../pledge/hours.ts";
import type { Light } from "../pledge/ladder.ts";
import { addWorkingMinutes } from "../pledge/working-time.ts";
import { concerns, type Span } from "./counts.ts";
import { knownBefore, type Life, promiseBefore, standingBefore } from "./life.ts";

export interface Late {
  readonly life: Life;
  /** When it should have been done. */
  readonly due: number;
  readonly light: "yellow" | "red";
}

export interface LowRating {
  readonly life: Life;
  readonly rating: number;
}

export interface Attention {
  /** Open at the end and past due, the longest first. */
  readonly late: readonly Late[];
  /** 不满意 or 非常不满意, given in the period and not corrected in it. */
  readonly lowRatings: readonly LowRating[];
  readonly reopened: readonly Life[];
  /** Received in the period, and of no item of the menu. */
  readonly unmatched: readonly Life[];
}

export interface Working {
  readonly calendar: Calendar;
  readonly hours: Hours;
}

/** Blue begins so long before due. */
const BLUE_MINUTES = 60;

export function attentionOf(lives: Iterable<Life>, span: Span, working: Working): Attention {
  const late: Late[] = [];
  const lowRatings: LowRating[] = [];
  const reopened: Life[] = [];
  const unmatched: Life[] = [];
  for (const life of lives) {
    if (!concerns(life, span)) continue;
    const due = lateSince(life, span.until);
    if (due !== null) late.push({ life, due, light: isRed(life, due, span.until, working) ? "red" : "yellow" });
    const rating = lowRating(life, span);
    if (rating !== null) lowRatings.push({ life, rating });
    if (wasReopened(life, span)) reopened.push(life);
    if (life.received >= span.start && (life.item === null || life.item === OTHER)) unmatched.push(life);
  }
  late.sort((a, b) => a.due - b.due);
  return { late, lowRatings, reopened, unmatched };
}

/** How an open ticket is lit just before `at`; null where it is not open, or nothing presses. */
export function lightOf(life: Life, at: number, working: Working): Light | null {
  const due = lateSince(life, at);
  if (due !== null) return isRed(life, due, at, working) ? "red" : "yellow";
  const promised = standingBefore(life, at) === "active" ? promiseBefore(life, at) : null;
  if (promised === null || promised.due < at) return null;
  return addWorkingMinutes(promised.due, -BLUE_MINUTES, working.calendar, working.hours) <= at ? "blue" : null;
}

/** Past due and still open: since when; a longer time given since makes it late no more. */
function lateSince(life: Life, at: number): number | null {
  const promised = promiseBefore(life, at);
  if (promised === null || promised.due >= at || standingBefore(life, at) !== "active") return null;
  const fell = life.pledges.find((fallen) => !fallen.kept && fallen.round === promised.round && fallen.at < at);
  return fell ? fell.at : null;
}

/** One working day past due, or the second pledge of one ticket (desk-practice 1). */
function isRed(life: Life, due: number, at: number, { calendar }: Working): boolean {
  if ((promiseBefore(life, at)?.round ?? 1) > 1) return true;
  return at >= shanghaiTime(calendar.nextWorkday(shanghaiDate(due)), shanghaiMinutes(due));
}

function lowRating({ marks }: Life, { start, until }: Span): number | null {
  for (const resolution of marks) {
    const last = knownBefore(resolution, until).findLast(({ rating }) => rating !== null);
    if (last && last.at >= start && last.rating !== null && last.rating <= 2) return last.rating;
  }
  return null;
}

function wasReopened({ moves }: Life, { start, until }: Span): boolean {
  return moves.some(
    ({ at, to }, i) => i > 0 && to === "active" && moves[i - 1]?.to === "resolved" && at >= start && at < until,
  );
}
