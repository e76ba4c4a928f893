/** What is counted of tickets over a period (desk-practice 3): sums that may be added over areas, items and helpers. */
import type { Fallen } from "../desk/track/deadline.ts";
import { knownBefore, type Life, promiseBefore, standingBefore } from "./life.ts";

export interface Counts {
  /** Open at the beginning. */
  readonly carried: number;
  readonly received: number;
  /** Back from an end: reopened, or merged by a slip. Net, as the four below: a ticket counts by where it stood at both ends. */
  readonly reopened: number;
  readonly resolved: number;
  readonly withdrawn: number;
  readonly declined: number;
  readonly merged: number;
  readonly open: number;
  /** Pledges that fell due; not yet due is left out, and so is who withdrew before. */
  readonly due: number;
  readonly onTime: number;
  /** Of those that fell due the ones that had not been resolved by then: due − onTime. */
  readonly overdue: number;
  readonly firstDue: number;
  readonly firstOnTime: number;
  /** Resolutions that were rated for the first time in the period, by their last rating in it. */
  readonly rated: number;
  readonly satisfied: number;
  /** Of the resolved those that had been rated by the end of the period: 参评率 is about the same tickets above and below. */
  readonly resolvedRated: number;
  /** Rated or called back, and of those solved. */
  readonly asked: number;
  readonly solved: number;
}

export type CountName = keyof Counts;

export const COUNT_NAMES = [
  ...(["carried", "received", "reopened", "resolved", "withdrawn", "declined", "merged", "open"] as const),
  ...(["due", "onTime", "overdue", "firstDue", "firstOnTime", "rated", "satisfied"] as const),
  ...(["resolvedRated", "asked", "solved"] as const),
] satisfies readonly CountName[];

/** A period as far as it is known: without what is still to come. */
export interface Span {
  readonly start: number;
  /** The end of the period, or now where that is earlier: it counts what happened before. */
  readonly until: number;
}

export type Tally = { -readonly [name in CountName]: number };

export function emptyTally(): Tally {
  return {
    carried: 0,
    received: 0,
    reopened: 0,
    resolved: 0,
    withdrawn: 0,
    declined: 0,
    merged: 0,
    open: 0,
    due: 0,
    onTime: 0,
    overdue: 0,
    firstDue: 0,
    firstOnTime: 0,
    rated: 0,
    satisfied: 0,
    resolvedRated: 0,
    asked: 0,
    solved: 0,
  };
}

/** Adds one ticket to every one of the tallies. */
export function addLife(tallies: readonly Tally[], life: Life, span: Span): void {
  if (!concerns(life, span)) return;
  const add = (name: CountName, many: number): void => {
    if (many === 0) return;
    for (const tally of tallies) tally[name] += many;
  };
  addMoves(life, span, add);
  const { due, kept } = fallenIn(life.pledges, span);
  add("due", due);
  add("onTime", kept);
  add("overdue", due - kept);
  const first = fallenIn(life.responses, span);
  add("firstDue", first.due);
  add("firstOnTime", first.kept);
  addMarks(life, span, add);
}

/** carried + received + reopened − resolved − withdrawn − declined − merged = open. */
export function balances(counts: Counts): boolean {
  const { carried, received, reopened, resolved, withdrawn, declined, merged, open } = counts;
  return carried + received + reopened - resolved - withdrawn - declined - merged === open;
}

/** Most tickets of a year have nothing to do with one of its days. */
export function concerns(life: Life, { start, until }: Span): boolean {
  return life.received < until && life.until >= start;
}

type Add = (name: CountName, many: number) => void;

function addMoves(life: Life, { start, until }: Span, add: Add): void {
  const before = standingBefore(life, start);
  const after = standingBefore(life, until);
  if (before === null) add("received", 1);
  else if (before === "active") add("carried", 1);
  if (after === "active") {
    add("open", 1);
    if (before !== null && before !== "active") add("reopened", 1);
  } else if (after !== null && after !== before) {
    // From one end to another it was back in between.
    if (before !== null && before !== "active") add("reopened", 1);
    add(after, 1);
    if (after === "resolved" && isRated(life, until)) add("resolvedRated", 1);
  }
}

/** Whether what it was resolved with has been rated: since it came back last, where that holds. */
function isRated(life: Life, until: number): boolean {
  const round = promiseBefore(life, until)?.round ?? 1;
  const began = round === 1 ? -1 : (life.promises.find((promised) => promised.round === round)?.at ?? -1);
  return life.marks.some((resolution) =>
    knownBefore(resolution, until).some(({ at, rating }) => rating !== null && at > began),
  );
}

function addMarks({ marks }: Life, { start, until }: Span, add: Add): void {
  for (const resolution of marks) {
    const known = knownBefore(resolution, until);
    const ratings = known.filter(({ rating }) => rating !== null);
    if ((ratings[0]?.at ?? -1) >= start) {
      add("rated", 1);
      if ((ratings.at(-1)?.rating ?? 0) >= 3) add("satisfied", 1);
    }
    if ((known[0]?.at ?? -1) >= start) {
      add("asked", 1);
      if (known.at(-1)?.solved) add("solved", 1);
    }
  }
}

function fallenIn(all: readonly Fallen[], { start, until }: Span): { readonly due: number; readonly kept: number } {
  let due = 0;
  let kept = 0;
  for (const fallen of all) {
    if (fallen.at < start || fallen.at >= until) continue;
    due += 1;
    if (fallen.kept) kept += 1;
  }
  return { due, kept };
}
