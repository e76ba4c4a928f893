/** A report as a leader asks for it: the letter of a period as far as it has come, or what one point did in it. */
import { setTimeout as pause } from "node:timers/promises";
import type { ReadReport } from "../desk/reports/report.ts";
import type { ReportAsked } from "../desk/reports/report-words.ts";
import type { Calendar } from "../pledge/calendar.ts";
import type { Station } from "../station/station.ts";
import type { Intents } from "../understanding/intents.ts";
import { readEdition } from "./edition.ts";
import { letterOf, letterText } from "./letter.ts";
import type { Store } from "./lives.ts";
import { namesIn } from "./names.ts";
import { periodOf } from "./period.ts";
import { pointText } from "./point-report.ts";
import { untoldBefore } from "./schedule.ts";

export interface ReportSetting {
  readonly station: Station;
  readonly calendar: Calendar;
  readonly intents: Intents;
}

/** It is read under the lease of a message, which is four seconds. */
const MOST_MS = 2_500;

export function openReport(store: Store, setting: () => ReportSetting, mostMs = MOST_MS): ReadReport {
  return async (asked, now) => {
    const giveUp = new AbortController();
    const late = pause(mostMs, null, { signal: giveUp.signal, ref: false }).catch(() => null);
    let isLate = false;
    // A year of tickets is not read to its end for nobody.
    const onProgress = () => {
      if (isLate) throw new TooLate();
    };
    const read = textOf(store, setting(), asked, now, onProgress).catch((error: unknown) => {
      if (error instanceof TooLate) return null;
      throw error;
    });
    try {
      return await Promise.race([read, late]);
    } finally {
      isLate = true;
      giveUp.abort();
      // What fails after that is nobody's any more.
      read.catch(() => {});
    }
  };
}

class TooLate extends Error {}

async function textOf(
  store: Store,
  { station, calendar, intents }: ReportSetting,
  { kind, date, point }: ReportAsked,
  now: number,
  onProgress: () => void,
): Promise<string> {
  const points = station.points.map(({ id }) => id);
  const { hours, ladder } = station;
  const period = periodOf(kind, date);
  const untold = untoldBefore(period, calendar, station.digest);
  const edition = await readEdition(store, { period, now, points, calendar, hours, ladder, untold }, onProgress);
  const names = namesIn(station, intents);
  if (point !== null) return pointText(edition, point, names);
  return letterText(letterOf(edition, names, station.digest[kind]?.sections ?? null));
}
