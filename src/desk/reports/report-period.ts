/** Which day, week or month of the past somebody names: 昨日, 上周, 11月, 11月23日. Pure; understanding/dates.ts looks ahead, reports look back. */
import { addDays, type DateText } from "../../pledge/hours.ts";
import { dateOf, isDay } from "../../understanding/dates-year.ts";
import { NUMERAL, numeralOf } from "../../understanding/slots-numeral.ts";

export type ReportKind = "day" | "week" | "month";

/** Any day of it. */
export interface NamedPeriod {
  readonly kind: ReportKind;
  readonly date: DateText;
}

interface Rule {
  /** Sticky. */
  readonly pattern: RegExp;
  /** Null for what is no real day. */
  read(found: RegExpExecArray, today: DateText): NamedPeriod | null;
}

const BACK: Readonly<Record<string, number>> = { 上上: 2, 上: 1, 本: 0, 这: 0, 当: 0 };
const YEAR = "(?:(20\\d\\d)年|(今年|去年|前年))?的?";

const RULES: readonly Rule[] = [
  {
    pattern: /(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/uy,
    read: ([, year, month, day]) => dayOf(Number(year), Number(month), Number(day)),
  },
  {
    pattern: new RegExp(`${YEAR}(${NUMERAL})月(?:份)?的?(${NUMERAL})[日号]`, "uy"),
    read: ([, year, word, month, day], today) =>
      inPast(yearOf(year, word, today), numeral(month), numeral(day), "day", today),
  },
  {
    pattern: new RegExp(`${YEAR}(${NUMERAL})月(?:份)?`, "uy"),
    read: ([, year, word, month], today) => inPast(yearOf(year, word, today), numeral(month), 1, "month", today),
  },
  {
    pattern: /(20\d\d)[-/.](\d{1,2})(?!\d)/uy,
    read: ([, year, month]) => {
      const day = dayOf(Number(year), Number(month), 1);
      return day && { ...day, kind: "month" };
    },
  },
  { pattern: /[今当][日天]/uy, read: (_, today) => ({ kind: "day", date: today }) },
  { pattern: /昨[日天]/uy, read: (_, today) => ({ kind: "day", date: addDays(today, -1) }) },
  { pattern: /前[日天]/uy, read: (_, today) => ({ kind: "day", date: addDays(today, -2) }) },
  {
    pattern: /(上上|上|本|这|当)(?:一?个?)(?:周|星期|礼拜)/uy,
    read: ([, which = ""], today) => ({ kind: "week", date: addDays(today, -7 * (BACK[which] ?? 0)) }),
  },
  {
    pattern: /(上上|上|本|这|当)(?:一?个?)月份?/uy,
    read: ([, which = ""], today) => ({ kind: "month", date: monthsBack(today, BACK[which] ?? 0) }),
  },
];

export function periodAt(
  text: string,
  at: number,
  today: DateText,
): { readonly period: NamedPeriod; readonly end: number } | null {
  for (const { pattern, read } of RULES) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const period = found && read(found, today);
    if (found && period) return { period, end: at + found[0].length };
  }
  return null;
}

/** The first that stands anywhere in a text. */
export function findPeriod(text: string, today: DateText): NamedPeriod | null {
  for (let at = 0; at < text.length; at++) {
    const found = periodAt(text, at, today);
    if (found) return found.period;
  }
  return null;
}

const numeral = (text = "") => numeralOf(text) ?? 0;

function dayOf(year: number, month: number, day: number): NamedPeriod | null {
  return isDay(year, month, day) ? { kind: "day", date: dateOf(year, month, day) } : null;
}

function yearOf(digits: string | undefined, word: string | undefined, today: DateText): number | null {
  if (digits !== undefined) return Number(digits);
  const back = { 今年: 0, 去年: 1, 前年: 2 }[word ?? ""];
  return back === undefined ? null : Number(today.slice(0, 4)) - back;
}

/** Without its year the last one that has begun: 12月 said in November is last year's. */
function inPast(
  year: number | null,
  month: number,
  day: number,
  kind: ReportKind,
  today: DateText,
): NamedPeriod | null {
  const thisYear = Number(today.slice(0, 4));
  for (const candidate of year === null ? [thisYear, thisYear - 1, thisYear - 2, thisYear - 3] : [year]) {
    const found = dayOf(candidate, month, day);
    if (found && (year !== null || found.date <= today)) return { ...found, kind };
  }
  return null;
}

function monthsBack(today: DateText, months: number): DateText {
  const [year = 0, month = 0] = today.split("-").map(Number);
  const at = year * 12 + (month - 1) - months;
  return dateOf(Math.floor(at / 12), (at % 12) + 1, 1);
}
