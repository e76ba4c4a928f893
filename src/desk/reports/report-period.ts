/** Which day, week or month somebody names whose figures they want: 昨日, 上周, 11月, 11月23日. Pure; understanding/dates.ts looks ahead, reports look back. */
import { addDays, type DateText } from "../../pledge/hours.ts";
import { dateOf, isDay } from "../../understanding/dates-year.ts";
import { NUMERAL, numeralOf } from "../../understanding/slots-numeral.ts";

export type ReportKind = "day" | "week" | "month";

/** Any day of it. */
export interface NamedPeriod {
  readonly kind: ReportKind;
  readonly date: DateText;
}

/** One that stands in a text. */
export interface FoundPeriod {
  /** Null for what is no real day: 2月30日. */
  readonly period: NamedPeriod | null;
  readonly end: number;
  /** 明日, 下周: said by the way more often than of a report. */
  readonly ahead: boolean;
}

interface Rule {
  /** Sticky. */
  readonly pattern: RegExp;
  readonly ahead?: true;
  /** Null for what is no real day. */
  read(found: RegExpExecArray, today: DateText): NamedPeriod | null;
}

const BACK: Readonly<Record<string, number>> = { 上上: 2, 上: 1, 本: 0, 这: 0, 当: 0 };
const ON: Readonly<Record<string, number>> = { 下下: 2, 下: 1, 大后: 3, 后: 2, 明: 1 };
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
    pattern: /(20\d\d)[-/.](\d{1,2})(?![-/.]?\d)/uy,
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
  {
    pattern: /(大后|后|明)[日天]/uy,
    ahead: true,
    read: ([, which = ""], today) => ({ kind: "day", date: addDays(today, ON[which] ?? 1) }),
  },
  {
    pattern: /(下下|下)(?:一?个?)(?:周|星期|礼拜)/uy,
    ahead: true,
    read: ([, which = ""], today) => ({ kind: "week", date: addDays(today, 7 * (ON[which] ?? 1)) }),
  },
  {
    pattern: /(下下|下)(?:一?个?)月份?/uy,
    ahead: true,
    read: ([, which = ""], today) => ({ kind: "month", date: monthsBack(today, -(ON[which] ?? 1)) }),
  },
];

/** The first that is written so decides: 2026-02-30 is no month with something behind it. */
export function periodAt(text: string, at: number, today: DateText): FoundPeriod | null {
  for (const { pattern, ahead = false, read } of RULES) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { period: read(found, today), end: at + found[0].length, ahead };
  }
  return null;
}

/** The first that stands anywhere in a text; of those that lie ahead only what `isMeant` takes by where it ends. */
export function findPeriod(text: string, today: DateText, isMeant: (end: number) => boolean): FoundPeriod | null {
  for (let at = 0; at < text.length; at++) {
    const found = periodAt(text, at, today);
    if (found && (!found.ahead || isMeant(found.end))) return found;
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
