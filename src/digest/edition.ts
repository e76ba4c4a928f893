/** All that one digest says, as data: the figures of its period, what they are compared with, the trend, and who needs attention. */
import type { TicketEvent } from "../desk/event.ts";
import type { Light } from "../desk/ticket.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import { type Attention, attentionOf, lightOf, type Working } from "./attention.ts";
import { type Cumulative, cumulativeOf, type Figures, figuresOf, spanOf } from "./figures.ts";
import type { Life } from "./life.ts";
import { type OnProgress, readLives, type Store } from "./lives.ts";
import { daysUpTo, type Period, previousOf, yearBefore } from "./period.ts";

export interface Edition {
  readonly period: Period;
  /** Desk clock. */
  readonly now: number;
  readonly figures: Figures;
  readonly previous: Figures;
  readonly yearBefore: Figures;
  /** Day by day up to the last day of the period that has begun. */
  readonly trend: readonly Figures[];
  readonly cumulative: Cumulative;
  readonly attention: Attention;
  readonly lights: Readonly<Record<Light, number>>;
  /** Of the requests that the menu does not have, by ticket id. */
  readonly requests: ReadonlyMap<string, Request>;
}

/** As it was typed, personal data and all. */
export interface Request {
  readonly text: string;
  /** The menu's item that came nearest. */
  readonly nearest: string | null;
}

export interface Asked extends Working {
  readonly period: Period;
  readonly now: number;
  readonly points: readonly string[];
}

const TREND_DAYS = 14;

export async function readEdition(store: Store, asked: Asked, onProgress?: OnProgress): Promise<Edition> {
  const span = spanOf(asked.period, asked.now);
  const lives: Life[] = [];
  const requests = new Map<string, Request>();
  for await (const { life, story } of readLives(store, span.until, onProgress)) {
    lives.push(life);
    const request = life.received >= span.start ? requestIn(story) : null;
    if (request && (life.item === null || life.item === "other")) requests.set(life.id, request);
  }
  return editionOf(lives, requests, asked);
}

export function editionOf(
  lives: readonly Life[],
  requests: ReadonlyMap<string, Request>,
  { period, now, points, ...working }: Asked,
): Edition {
  const span = spanOf(period, now);
  const figures = (of: Period): Figures => figuresOf(lives, of, now, points);
  const lights = { blue: 0, yellow: 0, red: 0 };
  for (const life of lives) {
    const light = lightOf(life, span.until, working);
    if (light !== null) lights[light] += 1;
  }
  const [lastDay = period.to] = [period.to, shanghaiDate(now)].sort();
  return {
    period,
    now,
    figures: figures(period),
    previous: figures(previousOf(period)),
    yearBefore: figures(yearBefore(period)),
    trend: daysUpTo(lastDay, TREND_DAYS).map(figures),
    cumulative: cumulativeOf(lives, span.until),
    attention: attentionOf(lives, span, working),
    lights,
    requests,
  };
}

function requestIn(story: readonly TicketEvent[]): Request | null {
  const [opened] = story;
  if (opened?.event !== "opened") return null;
  return { text: opened.text, nearest: opened.match?.candidates[0]?.item ?? null };
}
