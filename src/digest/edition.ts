/** All that one digest says, as data: the figures of its period, what they are compared with, the trend, and who needs attention. */
import { OTHER } from "../desk/ticket.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import type { Light } from "../pledge/ladder.ts";
import { type Attention, attentionOf, lightOf, type Working } from "./attention.ts";
import { concerns } from "./counts.ts";
import { type Cumulative, type Figures, figuresOf, gatherCumulative, spanOf } from "./figures.ts";
import type { Life, Told } from "./life.ts";
import { type Lived, type OnProgress, readLives, type Store } from "./lives.ts";
import { daysUpTo, type Period, previousOf, yearBefore } from "./period.ts";
import { shelve } from "./shelf.ts";
import { NO_TRAINING, readTraining, type Training } from "./training.ts";

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
  readonly training: Training;
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
  const gathered = gatherEdition(asked);
  const span = spanOf(asked.period, asked.now);
  for await (const lived of readLives(store, span.until, onProgress)) gathered.add(lived);
  return { ...gathered.edition(), training: await readTraining(store, span) };
}

/** For tickets that come one by one: only those are kept that any of its periods has in it. */
export function gatherEdition({ period, now, points, ...working }: Asked) {
  const span = spanOf(period, now);
  const [lastDay = period.to] = [period.to, shanghaiDate(now)].sort();
  const days = daysUpTo(lastDay, TREND_DAYS);
  const before = previousOf(period);
  const lastYear = yearBefore(period);
  const spans = [period, before, lastYear, ...days].map((each) => spanOf(each, now));
  const since = gatherCumulative(span.until);
  const lives: Life[] = [];
  const requests = new Map<string, Request>();
  return {
    add({ life, story }: Lived): void {
      since.add(life);
      if (spans.some((each) => concerns(life, each))) lives.push(life);
      const isUnmatched = life.item === null || life.item === OTHER;
      if (isUnmatched && life.received >= span.start && story[0]) requests.set(life.id, requestIn(story[0]));
    },
    edition(): Edition {
      const shelf = shelve(lives);
      const figures = (of: Period): Figures => figuresOf(shelf.during(spanOf(of, now)), of, now, points);
      const lights = { blue: 0, yellow: 0, red: 0 };
      for (const life of lives) {
        const light = lightOf(life, span.until, working);
        if (light !== null) lights[light] += 1;
      }
      return {
        period,
        now,
        figures: figures(period),
        previous: figures(before),
        yearBefore: figures(lastYear),
        trend: days.map(figures),
        cumulative: since.cumulative(),
        attention: attentionOf(lives, span, working),
        lights,
        // No ticket tells of it.
        training: NO_TRAINING,
        requests,
      };
    },
  };
}

function requestIn({ text = "", match = null }: Told): Request {
  return { text, nearest: match?.candidates[0]?.item ?? null };
}
