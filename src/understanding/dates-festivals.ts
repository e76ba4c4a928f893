/** Holidays and days of remembrance as dates: those of the moon from the published calendar, which ends somewhere. */
import { createRequire } from "node:module";
import { addDays, type DateText } from "../pledge/hours.ts";
import type { Days } from "./dates-days.ts";
import { dateOf } from "./dates-year.ts";

// Date → `Spring Festival,春节,4`. A JSON import would do the same with an experimental warning on Node 20.
const { holidays }: { readonly holidays: Readonly<Record<DateText, string>> } = createRequire(import.meta.url)(
  "chinese-days/dist/chinese-days.json",
);

const COUNT = "零一二三四五六七八九十百千万\\d";
/** 十一 alone is eleven, 五一 in 第五一 is nothing: only what stands for a day. */
export const FESTIVALS = new RegExp(
  `元旦节?|春节|过年|大年初一|清明节?|端午节?|中秋节?|国庆节?|劳动节|教师节|建军节|建党节|党的生日|妇女节|青年节|(?<![${COUNT}第])(?:五一|七一|八一|三八|五四)(?![${COUNT}个名位人]|路|村|广场|小学|中学|勋章)(?:劳动节|妇女节|青年节|建党节|建军节|节)?|(?<![${COUNT}第])十一(?=假期|长假|期间|国庆|之?以?[前后]|$)`,
  "uy",
);

/** First and last day of the year that always falls on the same date. */
const FIXED: readonly (readonly [RegExp, month: number, day: number, days: number])[] = [
  [/元旦/u, 1, 1, 1],
  [/三八|妇女节/u, 3, 8, 1],
  [/五一|劳动节/u, 5, 1, 1],
  [/五四|青年节/u, 5, 4, 1],
  [/七一|建党节|党的生日/u, 7, 1, 1],
  [/八一|建军节/u, 8, 1, 1],
  [/教师节/u, 9, 10, 1],
  [/国庆|十一/u, 10, 1, 7],
];
const OF_THE_MOON: readonly (readonly [RegExp, name: string])[] = [
  [/春节|过年|大年/u, "春节"],
  [/清明/u, "清明"],
  [/端午/u, "端午"],
  [/中秋/u, "中秋"],
];

/** Null past the published calendar: better none than a wrong one. */
export function festivalDays(said: string, today: DateText): Days | null {
  const fixed = FIXED.find(([pattern]) => pattern.test(said));
  if (fixed) {
    const [, month, day, days] = fixed;
    // A festival that has just been is over: the next one is meant.
    const year = Number(today.slice(0, 4));
    const last = addDays(dateOf(year, month, day), days - 1);
    const from = dateOf(last < today ? year + 1 : year, month, day);
    return { from, to: addDays(from, days - 1) };
  }
  const name = OF_THE_MOON.find(([pattern]) => pattern.test(said))?.[1];
  const rest = Object.keys(holidays)
    .filter((date) => date >= today && holidays[date]?.split(",")[1] === name)
    .sort();
  const [from] = rest;
  if (from === undefined) return null;
  let to = from;
  for (const date of rest) if (date === addDays(to, 1)) to = date;
  return { from, to };
}
