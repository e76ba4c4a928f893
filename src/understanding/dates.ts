/**
 * When something is wanted, read from what people type (下周三下午, 11月底前, 国庆后) against today's date in Shanghai.
 * Pure; whatever was typed, the answer is a time or none. A time that is surely over (上周三, 昨天) is none: it tells
 * what has happened, not what is wanted.
 */
import { addDays, type DateText, weekday } from "../pledge/hours.ts";
import { DAY_RULES, type Days } from "./dates-days.ts";
import { readTime } from "./dates-time.ts";
import { longDay } from "./dates-year.ts";

/** A span of days, both ends included; open at one end for 前 and 后. */
export interface When {
  readonly from: DateText | null;
  readonly to: DateText | null;
  /** `下午`, `15:00`, `14:00—17:00`; empty where no time was said. */
  readonly time: string;
}

export interface FoundWhen {
  readonly when: When;
  readonly start: number;
  readonly end: number;
}

const WEEKDAYS = "日一二三四五六";
/** Behind a day: the weekday that the desk itself writes there. */
const WRITTEN_WEEKDAY = /[(（](?:周|星期)[一二三四五六日天][)）]/uy;
const TO = /\s*(?:到|至|[-—–~～]{1,2})\s*/uy;
const BEFORE = /(?:的?(?:时候)?(?:之前|以前|前(?![台面厅往期几段后年])|截止|为止))/uy;
const AFTER = /(?:之后|以后|过后|后(?![勤面续天期来备]))/uy;
/** From its first day on, and not from its last. */
const FROM = /(?:起(?!来)|开始)/uy;
/** About that day is that day. */
const ABOUT = /前后|左右|期间/uy;
/** 一月份到现在 looks back. */
const SINCE = /(?:份|起|开始)?(?:到现在|至今|以来|到今天|到目前)/uy;
const LIMIT = /(?:最[晚迟]|截[止至]到?|赶在|不晚于|不迟于)[在到于]?$/u;

/** The first time that is named; null where none is. `text` is folded (NFKC). */
export function findWhen(text: string, today: DateText): FoundWhen | null {
  for (let at = 0; at < text.length; at++) {
    const first = dayAt(text, at, today, null);
    if (!first) continue;
    const found = first.days && whenFrom(text, at, first.end, first.days, today);
    if (found) return found;
    // Recognised, and not a time that is wanted: nothing inside of it is one either.
    at = first.end - 1;
  }
  return null;
}

function whenFrom(text: string, start: number, afterDay: number, days: Days, today: DateText): FoundWhen | null {
  if (skip(SINCE, text, afterDay) > afterDay) return null;
  let { from, to } = days;
  let end = skip(WRITTEN_WEEKDAY, text, afterDay);
  const afterTo = skip(TO, text, end);
  const second = afterTo > end ? dayAt(text, afterTo, today, days) : null;
  if (second?.days && second.days.to >= from) {
    to = second.days.to;
    end = skip(WRITTEN_WEEKDAY, text, second.end);
  }
  const { time, end: afterTime } = readTime(text, end, days.part ?? "");
  end = afterTime;
  const limit = LIMIT.test(text.slice(Math.max(0, start - 5), start));
  const before = skip(BEFORE, text, end);
  const after = skip(AFTER, text, end);
  if (days.deadline || limit || before > end) {
    return to < today ? null : { when: { from: null, to, time }, start, end: Math.max(end, before) };
  }
  const onwards = skip(FROM, text, end);
  if (onwards > end) return { when: { from, to: null, time }, start, end: onwards };
  if (after > end) return { when: { from: to, to: null, time }, start, end: after };
  return { when: { from, to, time }, start, end: skip(ABOUT, text, end) };
}

function dayAt(
  text: string,
  at: number,
  today: DateText,
  earlier: Days | null,
): { days: Days | null; end: number } | null {
  for (const { pattern, alone, read } of DAY_RULES) {
    if (alone === "second" && earlier === null) continue;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { days: read(found, today, earlier), end: at + found[0].length };
  }
  return null;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** As people read it: `12月2日（周三）下午`, `11月30日（周一）前`; the year only where it would be mistaken. */
export function whenShown({ from, to, time }: When, today: DateText): string {
  const day = (date: DateText) => `${longDay(date, today)}（周${WEEKDAYS.charAt(weekday(date))}）`;
  if (from === null) return to === null ? time : `${day(to)}${time}前`;
  if (to === null) return `${day(from)}${time}后`;
  if (from === to) return `${day(from)}${time}`;
  return `${partOfMonth(from, to, today) ?? `${day(from)}至${day(to)}`}${time}`;
}

/** `12月`, `12月上旬`: where the days are just these. */
function partOfMonth(from: DateText, to: DateText, today: DateText): string | null {
  if (from.slice(0, 7) !== to.slice(0, 7)) return null;
  const days = `${from.slice(8)}-${addDays(to, 1).endsWith("-01") ? "end" : to.slice(8)}`;
  const name = { "01-end": "", "01-10": "上旬", "11-20": "中旬", "21-end": "下旬" }[days];
  return name === undefined ? null : `${longDay(`${from.slice(0, 7)}-01`, today).replace(/1日$/u, "")}${name}`;
}
