import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balances, COUNT_NAMES, type Counts, concerns } from "../../src/digest/counts.ts";
import { figuresOf, spanOf } from "../../src/digest/figures.ts";
import { momentsOf, type Period } from "../../src/digest/period.ts";
import { shelve } from "../../src/digest/shelf.ts";
import { addDays } from "../../src/pledge/hours.ts";
import { BEGIN, DAY, livesIn, stories, straightStories } from "./random-lives.ts";
import { recount } from "./reference.ts";

const periods = fc
  .record({ first: fc.integer({ min: -2, max: 12 }), length: fc.integer({ min: 1, max: 9 }) })
  .map(({ first, length }): Period => {
    const from = addDays("2026-12-28", first);
    return { kind: null, from, to: addDays(from, length - 1) };
  });
const someNow = fc.integer({ min: 0, max: 30 }).map((n) => BEGIN + n * (DAY / 2));
const LATER = BEGIN + 400 * DAY;

function sumOf(rows: Iterable<Counts>): Record<string, number> {
  const all = [...rows];
  return Object.fromEntries(COUNT_NAMES.map((name) => [name, all.reduce((sum, row) => sum + row[name], 0)]));
}

describe("figures of random lives", () => {
  it("are what the reference recounts from the stories, with now anywhere", () => {
    fc.assert(
      fc.property(stories, periods, someNow, (all, period, now) => {
        const { start, end } = momentsOf(period);
        const until = Math.max(start, Math.min(end, now));
        // At `now` nothing later has happened yet.
        const known = all
          .map(({ id, events }) => ({ id, events: events.filter(({ at }) => at < until) }))
          .filter(({ events }) => events.length > 0);
        expect(figuresOf(livesIn(known), period, now).total).toEqual(recount(known, start, until));
      }),
      { numRuns: 1500 },
    );
  });

  it("of a past period stay as they were, whatever happens later", () => {
    fc.assert(
      fc.property(stories, periods, (all, period) => {
        const { end } = momentsOf(period);
        const then = all
          .map(({ id, events }) => ({ id, events: events.filter(({ at }) => at < end) }))
          .filter(({ events }) => events.length > 0);
        expect(figuresOf(livesIn(all), period, LATER).total).toEqual(figuresOf(livesIn(then), period, end).total);
      }),
      { numRuns: 800 },
    );
  });

  it("are the same from a shelf, which hands out only what the period has in it", () => {
    fc.assert(
      fc.property(stories, periods, someNow, (all, period, now) => {
        const lives = livesIn(all);
        const found = shelve(lives).during(spanOf(period, now));
        expect(found).toEqual(lives.filter((life) => concerns(life, spanOf(period, now))));
        expect(figuresOf(found, period, now).total).toEqual(figuresOf(lives, period, now).total);
      }),
      { numRuns: 300 },
    );
  });

  it("balance, and sum over areas, items and helpers", () => {
    fc.assert(
      fc.property(stories, periods, (all, period) => {
        const { total, points, items, helpers } = figuresOf(livesIn(all), period, LATER, ["liyuan", "nan"]);
        expect(balances(total)).toBe(true);
        for (const rows of [points, items, helpers]) expect(sumOf(rows.values())).toEqual(total);
        for (const row of points.values()) expect(balances(row)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("follow one another: what is open in the evening is carried in the morning, and what fell due adds up", () => {
    fc.assert(
      fc.property(straightStories, periods, (all, period) => {
        const lives = livesIn(all);
        const days: Period[] = [];
        for (let date = period.from; date <= period.to; date = addDays(date, 1)) {
          days.push({ kind: "day", from: date, to: date });
        }
        const rows = days.map((day) => figuresOf(lives, day, LATER).total);
        const whole = figuresOf(lives, period, LATER).total;
        for (const [i, row] of rows.entries()) if (i > 0) expect(row.carried).toBe(rows[i - 1]?.open);
        for (const name of ["received", "due", "onTime", "overdue", "firstDue", "firstOnTime", "rated"] as const) {
          expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(whole[name]);
        }
      }),
      { numRuns: 400 },
    );
  });
});
