/** Shanghai's clock, which has kept +08:00 without summer time since 1991: plain arithmetic is exact. */

/** Minutes since midnight. */
export interface Hours {
  readonly open: number;
  readonly close: number;
  readonly cutoff: number;
  readonly quiet: { readonly from: number; readonly to: number };
  /** Nobody is at the desk; absent where the station has no such break. */
  readonly lunch?: { readonly from: number; readonly to: number } | undefined;
}

const OFFSET_MS = 8 * 3_600_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** `2026-11-23` */
export type DateText = string;

export function shanghaiDate(at: number): DateText {
  const day = Math.floor((at + OFFSET_MS) / DAY_MS);
  // Asked several times for every message, nearly always about today.
  if (day !== lastDay) {
    lastDate = new Date(day * DAY_MS).toISOString().slice(0, 10);
    lastDay = day;
  }
  return lastDate;
}

let lastDay = Number.NaN;
let lastDate: DateText = "";

/** Minutes since midnight in Shanghai, fraction kept. */
export function shanghaiMinutes(at: number): number {
  return ((at + OFFSET_MS) % DAY_MS) / MINUTE_MS;
}

/** The moment of `minutes` past midnight of `date` in Shanghai. */
export function shanghaiTime(date: DateText, minutes: number): number {
  return Date.parse(`${date}T00:00:00Z`) - OFFSET_MS + minutes * MINUTE_MS;
}

export function addDays(date: DateText, days: number): DateText {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday. */
export function weekday(date: DateText): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** `2026-11-23T18:00:00+08:00` */
export function isoShanghai(at: number): string {
  return `${new Date(at + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** `18:00` */
export function clockText(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().slice(11, 16);
}
