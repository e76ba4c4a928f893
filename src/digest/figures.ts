/** The one query behind digest, board, wall and 台账: tickets and a period → every number. Pure. */
import { addLife, type Counts, concerns, emptyTally, type Span, type Tally } from "./counts.ts";
import type { Life } from "./life.ts";
import { momentsOf, type Period } from "./period.ts";

export interface Figures {
  readonly period: Period;
  readonly span: Span;
  readonly total: Counts;
  /** By id; null: not known. Each sums to the total. */
  readonly points: ReadonlyMap<string | null, Counts>;
  readonly items: ReadonlyMap<string | null, Counts>;
  readonly helpers: ReadonlyMap<string | null, Counts>;
}

/** Up to `now`: what is still to come is neither late nor kept. */
export function spanOf(period: Period, now: number): Span {
  const { start, end } = momentsOf(period);
  return { start, until: Math.max(start, Math.min(end, now)) };
}

/** `of`, as far as `period` has come by `now`: what is not over is compared with as long a time. */
export function nowIn(of: Period, period: Period, now: number): number {
  const { start, end } = momentsOf(period);
  return now >= end ? now : momentsOf(of).start + Math.max(0, now - start);
}

/** @param points all that there are: an area where nothing happened has a row of zeros */
export function figuresOf(lives: Iterable<Life>, period: Period, now: number, points: readonly string[] = []): Figures {
  const gathered = gatherFigures(period, now, points);
  for (const life of lives) gathered.add(life);
  return gathered.figures();
}

export interface Gathered {
  add(life: Life): void;
  figures(): Figures;
}

/** For tickets that come one by one. */
export function gatherFigures(period: Period, now: number, points: readonly string[] = []): Gathered {
  const span = spanOf(period, now);
  const total = emptyTally();
  const byPoint = new Map<string | null, Tally>(points.map((point) => [point, emptyTally()]));
  const byItem = new Map<string | null, Tally>();
  const byHelper = new Map<string | null, Tally>();
  return {
    add(life) {
      if (!concerns(life, span)) return;
      const { point, item, owner } = life;
      addLife([total, tallyIn(byPoint, point), tallyIn(byItem, item), tallyIn(byHelper, owner)], life, span);
    },
    figures: () => ({ period, span, total, points: byPoint, items: byItem, helpers: byHelper }),
  };
}

function tallyIn(tallies: Map<string | null, Tally>, name: string | null): Tally {
  const known = tallies.get(name);
  if (known) return known;
  const tally = emptyTally();
  tallies.set(name, tally);
  return tally;
}
