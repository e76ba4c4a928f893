/** Lives of tickets by chance: stories that could have happened, also those of events that other rooms add. */
import fc from "fast-check";
import type { Told } from "../../src/desk/track/track.ts";
import { trackFrom, trackOf } from "../../src/desk/track/track-record.ts";
import { type Life, lifeOf } from "../../src/digest/life.ts";

/** As the story says it, with what makes a ticket somebody's. */
export interface Heard extends Told {
  readonly point?: string | null;
  readonly item?: string | null;
  readonly owner?: string | null;
}

export interface Story {
  readonly id: string;
  readonly events: readonly Heard[];
}

export function livesIn(all: readonly Story[]): Life[] {
  return all.flatMap(({ id, events }) => {
    const track = trackFrom(trackOf(events), events[0]?.at ?? 0);
    const last = <Name extends "point" | "item" | "owner">(name: Name) =>
      events.findLast((event) => event[name] !== undefined)?.[name] ?? null;
    const known = {
      point: last("point"),
      item: last("item"),
      owner: last("owner"),
      enterprise: null,
      size: "small" as const,
    };
    return track === null ? [] : [lifeOf({ id, number: id, ...known, resolvedAt: null }, track)];
  });
}

/** 2026-12-28, Monday, 00:00 in Shanghai: three days before the new year. */
export const BEGIN = Date.UTC(2026, 11, 27, 16);
export const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Coarse, so that things happen in the very moment in which something falls due, or a day ends. */
const delay = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 12 }).map((n) => n * HOUR),
  fc.integer({ min: 1, max: 6 }).map((n) => n * 12 * HOUR),
  fc.integer({ min: 1, max: 9_999_999 }),
);
const step = fc.record({
  wait: delay,
  choice: fc.nat(999),
  due: delay,
  acceptBy: delay,
  rating: fc.integer({ min: 1, max: 5 }),
});
const maybe = (...names: string[]) => fc.constantFrom(null, ...names);

const opening = fc.record({
  received: fc.integer({ min: 0, max: 16 }).map((n) => BEGIN + n * 12 * HOUR),
  due: delay,
  acceptBy: delay,
  point: maybe("liyuan", "nan"),
  item: maybe("venue", "other"),
});

/** What is said twice or more often happens more often: most of what is interesting stands behind 接单. */
const FOLLOWING: Readonly<Record<string, readonly string[]>> = {
  open: [
    ...["accepted", "accepted", "accepted", "accepted", "accepted", "accepted", "matched", "located", "handed-over"],
    ...["withdrawn", "declined", "merged", "noted", "extended", "proposed"],
  ],
  accepted: [
    ...["resolved", "resolved", "resolved", "paused", "paused", "paused", "extended", "handed-over", "withdrawn"],
    ...["merged", "passed", "absorbed"],
  ],
  paused: ["resumed", "resumed", "resolved", "resolved", "withdrawn", "extended", "urged"],
  resolved: ["closed", "rated", "rated", "reopened", "reopened", "called-back", "noted"],
  closed: ["rated", "reopened"],
  merged: ["unmerged"],
  withdrawn: [],
  declined: [],
};
const LEADS: Readonly<Record<string, string>> = {
  ...{ accepted: "accepted", "handed-over": "open", withdrawn: "withdrawn", declined: "declined", merged: "merged" },
  ...{ resolved: "resolved", paused: "paused", resumed: "accepted", closed: "closed", reopened: "open" },
};
const DUES = new Set(["matched", "extended", "resumed", "reopened", "absorbed", "proposed"]);
const ACCEPTS = new Set(["matched", "reopened", "handed-over"]);

const several = fc.array(fc.tuple(opening, fc.array(step, { maxLength: 9 })), { maxLength: 8 });

export const stories: fc.Arbitrary<readonly Story[]> = several.map((all) =>
  all.map(([first, steps], index) => storyOf(`T${index}`, first, steps, true)),
);

/** Where nobody takes anything back. */
export const straightStories: fc.Arbitrary<readonly Story[]> = several.map((all) =>
  all.map(([first, steps], index) => storyOf(`T${index}`, first, steps, false)),
);

/** One act in seven is taken back where there is one that can be. */
const UNDONE_OF = 7;

type StepOf = typeof step extends fc.Arbitrary<infer T> ? T : never;
type OpeningOf = typeof opening extends fc.Arbitrary<infer T> ? T : never;

function storyOf(
  id: string,
  { received, due, acceptBy, point, item }: OpeningOf,
  steps: readonly StepOf[],
  mayUndo: boolean,
): Story {
  const opened = {
    event: "opened",
    at: received,
    received,
    due: received + due,
    acceptBy: received + acceptBy,
    point,
  };
  const events: Heard[] = [opened];
  let state = "open";
  let was = "open";
  let at = received;
  /** Before the last act; null where that cannot be taken back. */
  let earlier: { readonly state: string; readonly was: string; readonly track: string } | null = null;
  for (const { wait, choice, rating, ...times } of steps) {
    const may = FOLLOWING[state] ?? [];
    const event = may[choice % Math.max(1, may.length)];
    at += wait;
    if (mayUndo && earlier !== null && choice % UNDONE_OF === 0) {
      events.push({ event: "undone", at, back: { track: earlier.track } });
      ({ state, was } = earlier);
      earlier = null;
      continue;
    }
    if (event === undefined) break;
    earlier = { state, was, track: trackOf(events) };
    events.push({
      event,
      at,
      ...(DUES.has(event) ? { due: at + times.due } : {}),
      ...(ACCEPTS.has(event) ? { acceptBy: at + times.acceptBy } : {}),
      ...(event === "matched" ? { item, owner: "h02" } : {}),
      ...(event === "located" ? { point: "nan", owner: "h03" } : {}),
      ...(event === "rated" ? { rating } : {}),
      ...(event === "called-back" ? { solved: rating > 2 } : {}),
    });
    if (event === "merged") was = state;
    state = event === "unmerged" ? was : (LEADS[event] ?? state);
  }
  return { id, events };
}
