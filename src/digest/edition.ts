/** All that one digest says, as data: the figures of its period, what they are compared with, the trend, and who needs attention. */
import type { MatchTrace } from "../desk/ticket/event.ts";
import { OTHER } from "../desk/ticket/ticket.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import type { Light, Times } from "../pledge/ladder.ts";
import { keys } from "../store/keys.ts";
import type { Slots } from "../understanding/slots.ts";
import { type Attention, attentionOf, lightOf } from "./attention.ts";
import { concerns, type Span } from "./counts.ts";
import { type Cumulative, readCumulative } from "./cumulative.ts";
import { type Figures, figuresOf, nowIn, spanOf } from "./figures.ts";
import type { Life } from "./life.ts";
import { type OnProgress, readLives, type Store } from "./lives.ts";
import { daysUpTo, type Period, previousOf, yearBefore } from "./period.ts";
import { shelve } from "./shelf.ts";
import { readTraining, type Training } from "./training.ts";

export interface Edition {
  readonly period: Period;
  /** Desk clock. */
  readonly now: number;
  readonly figures: Figures;
  /** These two as far as the period has come, where it is not over. */
  readonly previous: Figures;
  readonly yearBefore: Figures;
  /** The days that the letter before this one could not tell whole (schedule.ts); null where there was none. */
  readonly untold: Figures | null;
  /** Day by day up to the last day of the period that has begun. */
  readonly trend: readonly Figures[];
  readonly cumulative: Cumulative;
  readonly attention: Attention;
  readonly lights: Readonly<Record<Light, number>>;
  readonly training: Training;
  /** Since the service began. */
  readonly trainedEver: Training;
  /** Of the requests that the menu does not have, by ticket id; an emergency is none that it lacks. */
  readonly requests: ReadonlyMap<string, Request>;
}

/** As it was typed, personal data and all. */
export interface Request {
  readonly text: string;
  readonly slots: Slots;
  /** The menu's item that came nearest. */
  readonly nearest: string | null;
}

export interface Asked extends Times {
  readonly period: Period;
  readonly now: number;
  readonly points: readonly string[];
  /** What the letter before this one could not tell whole (schedule.ts). */
  readonly untold: Period | null;
}

/** What is read for an edition. */
export interface Gathered {
  /** All that any of its periods has in it. */
  readonly lives: readonly Life[];
  readonly cumulative: Cumulative;
  readonly requests: ReadonlyMap<string, Request>;
  readonly training: Training;
  readonly trainedEver: Training;
}

const TREND_DAYS = 14;

export async function readEdition(store: Store, asked: Asked, onProgress?: OnProgress): Promise<Edition> {
  const span = spanOf(asked.period, asked.now);
  // A ticket may be carried from one of the stretches into another.
  const lives = new Map<string, Life>();
  for (const stretch of joined(periodsOf(asked).map((each) => spanOf(each, asked.now)))) {
    for await (const page of readLives(store, stretch, [], onProgress)) {
      for (const [life] of page) lives.set(life.id, life);
    }
  }
  const all = [...lives.values()];
  const current = all.filter((life) => concerns(life, span));
  const [cumulative, requests, training, trainedEver] = await Promise.all([
    readCumulative(store, span.until, current),
    readRequests(store, current, span.start),
    readTraining(store, span),
    readTraining(store, { start: 0, until: span.until }),
  ]);
  return editionOf({ lives: all, cumulative, requests, training, trainedEver }, asked);
}

/** Pure. */
export function editionOf({ lives, ...gathered }: Gathered, asked: Asked): Edition {
  const { period, now, points, untold, ...working } = asked;
  const span = spanOf(period, now);
  const shelf = shelve(lives);
  const figures = (of: Period, until = now): Figures => figuresOf(shelf.during(spanOf(of, until)), of, until, points);
  const asFar = (of: Period): Figures => figures(of, nowIn(of, period, now));
  const lights = { blue: 0, yellow: 0, red: 0 };
  for (const life of lives) {
    const light = lightOf(life, span.until, working);
    if (light !== null) lights[light] += 1;
  }
  return {
    period,
    now,
    figures: figures(period),
    previous: asFar(previousOf(period)),
    yearBefore: asFar(yearBefore(period)),
    untold: untold && figures(untold),
    trend: trendOf(asked).map((day) => figures(day)),
    attention: attentionOf(lives, span, working),
    lights,
    ...gathered,
  };
}

function periodsOf(asked: Asked): Period[] {
  const { period, untold } = asked;
  return [period, previousOf(period), yearBefore(period), ...(untold ? [untold] : []), ...trendOf(asked)];
}

function trendOf({ period, now }: Asked): readonly Period[] {
  const [lastDay = period.to] = [period.to, shanghaiDate(now)].sort();
  return daysUpTo(lastDay, TREND_DAYS);
}

/** Spans that touch or overlap, as one. */
function joined(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last === undefined || last.until < span.start) found.push(span);
    else found[found.length - 1] = { start: last.start, until: Math.max(last.until, span.until) };
  }
  return found;
}

/** What was typed, of those that were received since `start` and that the menu does not have. */
async function readRequests(
  { redis, tag }: Store,
  lives: readonly Life[],
  start: number,
): Promise<Map<string, Request>> {
  const unmatched = lives.filter(({ item, received }) => (item === null || item === OTHER) && received >= start);
  const pipeline = redis.pipeline();
  for (const { id } of unmatched) pipeline.hmget(tag + keys.ticket(id), "text", "match", "slots", "urgent");
  const answers = (await pipeline.exec()) ?? [];
  const requests = new Map<string, Request>();
  for (const [i, { id }] of unmatched.entries()) {
    const [error, values] = answers[i] ?? [null, []];
    if (error) throw error;
    const [text, match, slots, urgent] = values as (string | null)[];
    if (urgent) continue;
    const candidates = match ? (JSON.parse(match) as MatchTrace).candidates : [];
    const known = slots ? (JSON.parse(slots) as Slots) : [];
    requests.set(id, { text: text ?? "", slots: known, nearest: candidates[0]?.item ?? null });
  }
  return requests;
}
