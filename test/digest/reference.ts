/**
 * The slow reference: recounts from the stories, one question at a time. It walks over every moment at which anything could
 * change and looks how things stand then; nothing of it is shared with src/digest but the names of the counts.
 */

import type { Told } from "../../src/desk/track/track.ts";
import type { CountName, Counts } from "../../src/digest/counts.ts";
import type { Story } from "./random-lives.ts";

const ENDS = ["resolved", "withdrawn", "declined", "merged"] as const;

/** What holds once everything up to `at` (and not at it) has happened: an act that was taken back is as if it had not been. */
function holding(events: readonly Told[], isPast: (at: number) => boolean): Told[] {
  const held: Told[] = [];
  for (const event of events) {
    if (!isPast(event.at)) break;
    if (event.event === "undone") held.pop();
    else held.push(event);
  }
  return held;
}

export function recount(stories: readonly Story[], start: number, until: number): Counts {
  const sum = (count: (events: readonly Told[]) => number): number =>
    stories.reduce((total, { events }) => total + count(events), 0);
  const when = (holds: (events: readonly Told[]) => boolean): number => sum((events) => (holds(events) ? 1 : 0));
  const before = (events: readonly Told[]) => classAt(events, start);
  const after = (events: readonly Told[]) => classAt(events, until);
  const wasAtAnEnd = (events: readonly Told[]) => ENDS.includes(before(events) as (typeof ENDS)[number]);
  const ended = (end: (typeof ENDS)[number]) => when((events) => after(events) === end && before(events) !== end);
  const within = (moments: readonly Fall[]) => moments.filter(({ at }) => at >= start && at < until);
  const due = sum((events) => within(falls(events, "due")).length);
  const onTime = sum((events) => within(falls(events, "due")).filter(({ kept }) => kept).length);
  const rated = (good: boolean) =>
    sum((events) => {
      const first = resolutions(holding(events, (at) => at < until)).filter((marks) => {
        const ratings = marks.filter(({ event }) => event === "rated");
        return ratings[0] && ratings[0].at >= start && ratings[0].at < until;
      });
      if (!good) return first.length;
      const last = (marks: readonly Told[]) => marks.filter(({ event, at }) => event === "rated" && at < until).at(-1);
      return first.filter((marks) => [3, 4, 5].includes(last(marks)?.rating ?? 0)).length;
    });
  const asked = (good: boolean) =>
    sum(
      (events) =>
        resolutions(holding(events, (at) => at < until)).filter((marks) => {
          if (!marks[0] || marks[0].at < start || marks[0].at >= until) return false;
          const last = marks.filter(({ at }) => at < until).at(-1);
          return !good || (last?.event === "rated" ? (last.rating ?? 0) >= 3 : last?.solved === true);
        }).length,
    );
  return {
    carried: when((events) => before(events) === "active"),
    received: when((events) => before(events) === null && after(events) !== null),
    reopened: when((events) => wasAtAnEnd(events) && after(events) !== before(events)),
    resolved: ended("resolved"),
    withdrawn: ended("withdrawn"),
    declined: ended("declined"),
    merged: ended("merged"),
    open: when((events) => after(events) === "active"),
    due,
    onTime,
    overdue: due - onTime,
    firstDue: sum((events) => within(falls(events, "acceptBy")).length),
    firstOnTime: sum((events) => within(falls(events, "acceptBy")).filter(({ kept }) => kept).length),
    rated: rated(false),
    satisfied: rated(true),
    resolvedRated: when(
      (events) => after(events) === "resolved" && before(events) !== "resolved" && isRated(events, until),
    ),
    asked: asked(false),
    solved: asked(true),
  } satisfies Record<CountName, number>;
}

/** The state just before `at`, by going through the story anew. */
function classAt(events: readonly Told[], at: number): "active" | (typeof ENDS)[number] | null {
  const past = holding(events, (each) => each < at).map(({ event }) => event);
  const last = past.findLast((event) =>
    ["opened", "reopened", "unmerged", "resolved", "withdrawn", "declined", "merged"].includes(event),
  );
  if (last === undefined) return null;
  return last === "resolved" || last === "withdrawn" || last === "declined" || last === "merged" ? last : "active";
}

interface Fall {
  readonly at: number;
  readonly kept: boolean;
}

/** Every round falls due at most once: at the first moment at which its time is over and it is still waited for, or kept. */
function falls(events: readonly Told[], name: "due" | "acceptBy"): Fall[] {
  const moments = [
    ...new Set(events.flatMap((event) => [event.at, event.due ?? event.at, event.acceptBy ?? event.at])),
  ];
  const found: Fall[] = [];
  const fallen = new Set<Told>();
  for (const moment of moments.sort((a, b) => a - b)) {
    // Several rounds of one moment: only the last lives beyond it.
    const now = standing(events, moment, name);
    if (now === null || fallen.has(now.round) || now.time > moment || now.is === "off") continue;
    found.push({ at: moment, kept: now.is === "kept" });
    fallen.add(now.round);
  }
  return found;
}

/** How the promise stands once everything of `moment` has happened. */
function standing(events: readonly Told[], moment: number, name: "due" | "acceptBy") {
  const movers = name === "due" ? ["matched", "resumed", "extended", "absorbed"] : ["matched", "handed-over"];
  const keepers = name === "due" ? ["resolved"] : ["accepted", "resolved"];
  /** The event that has begun it. */
  let round: Told | null = null;
  let time = 0;
  let is: "on" | "off" | "kept" = "off";
  let paused = false;
  let gone = false;
  for (const event of holding(events, (at) => at <= moment)) {
    const given = event[name];
    if ((event.event === "opened" || event.event === "reopened") && given !== undefined && given !== null) {
      round = event;
      time = given;
      is = "on";
      paused = false;
      gone = false;
    }
    if (movers.includes(event.event) && is !== "kept" && given !== undefined && given !== null) time = given;
    if (event.event === "paused" && name === "due") paused = true;
    if (event.event === "resumed") paused = false;
    if (["withdrawn", "declined", "merged"].includes(event.event)) gone = true;
    if (event.event === "unmerged") gone = false;
    if (keepers.includes(event.event)) {
      is = is === "on" ? "kept" : is;
      paused = false;
    }
  }
  if (round === null) return null;
  return { round, time, is: is === "kept" ? is : paused || gone ? ("off" as const) : is };
}

/** Whether it has been rated since it was last reopened. */
function isRated(events: readonly Told[], until: number): boolean {
  const held = holding(events, (at) => at < until);
  const back = held.findLast(({ event }) => event === "reopened");
  return held
    .slice(back === undefined ? 0 : held.indexOf(back))
    .some(({ event, at }) => event === "rated" && at > (back?.at ?? -1));
}

/** What was said of each resolution. */
function resolutions(events: readonly Told[]): Told[][] {
  const all: Told[][] = [];
  let current: Told[] = [];
  for (const event of events) {
    if (event.event === "resolved" || event.event === "reopened") current = [];
    if (event.event !== "rated" && event.event !== "called-back") continue;
    if (current.length === 0) all.push(current);
    current.push(event);
  }
  return all;
}
