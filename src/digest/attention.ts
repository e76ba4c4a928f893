/** What leaders should look at (desk-practice 4, 需关注), and the lights of what is open. Pure. */
import { OTHER } from "../desk/ticket/ticket.ts";
import { type Light, nextRung, type Times } from "../pledge/ladder.ts";
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
  readonly calledBack: boolean;
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

export function attentionOf(lives: Iterable<Life>, span: Span, times: Times): Attention {
  const late: Late[] = [];
  const lowRatings: LowRating[] = [];
  const reopened: Life[] = [];
  const unmatched: Life[] = [];
  for (const life of lives) {
    if (!concerns(life, span)) continue;
    const due = lateSince(life, span.until);
    if (due !== null) late.push({ life, due, light: lightOf(life, span.until, times) === "red" ? "red" : "yellow" });
    const rating = lowRating(life, span);
    if (rating !== null) lowRatings.push({ life, ...rating });
    if (wasReopened(life, span)) reopened.push(life);
    if (life.received >= span.start && (life.item === null || life.item === OTHER)) unmatched.push(life);
  }
  late.sort((a, b) => a.due - b.due);
  return { late, lowRatings, reopened, unmatched };
}

/** How an open ticket is lit just before `at`, by the station's own thresholds; null where it is not open, or nothing presses. */
export function lightOf(life: Life, at: number, times: Times): Light | null {
  const promised = standingBefore(life, at) === "active" ? promiseBefore(life, at) : null;
  if (promised === null) return null;
  const late = lateSince(life, at);
  const due = late ?? promised.due;
  // While its asker is waited for, its clock stands where it stood.
  const seen = Math.min(at, life.heldSince ?? at);
  const isLit = (light: Light | null): boolean => (nextRung(light, due, times)?.at ?? Number.POSITIVE_INFINITY) <= seen;
  if (late !== null && isLit("blue")) return promised.round > 1 || isLit("yellow") ? "red" : "yellow";
  return isLit(null) ? "blue" : null;
}

/** Past due and still open: since when; a longer time given since makes it late no more. */
function lateSince(life: Life, at: number): number | null {
  const promised = promiseBefore(life, at);
  if (promised === null || promised.due >= at || standingBefore(life, at) !== "active") return null;
  const fell = life.pledges.find((fallen) => !fallen.kept && fallen.round === promised.round && fallen.at < at);
  return fell ? fell.at : null;
}

function lowRating({ marks }: Life, { start, until }: Span): Omit<LowRating, "life"> | null {
  for (const resolution of marks) {
    const known = knownBefore(resolution, until);
    const last = known.findLastIndex(({ rating }) => rating !== null);
    const { at, rating } = known[last] ?? { at: -1, rating: null };
    if (at >= start && rating !== null && rating <= 2) return { rating, calledBack: last < known.length - 1 };
  }
  return null;
}

function wasReopened({ moves }: Life, { start, until }: Span): boolean {
  return moves.some(
    ({ at, to }, i) => i > 0 && to === "active" && moves[i - 1]?.to === "resolved" && at >= start && at < until,
  );
}
