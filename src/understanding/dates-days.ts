/** The ways to name a day or a span of days, in the order in which they are tried at one place of a text. Pure. */
import { addDays, type DateText, weekday } from "../pledge/hours.ts";
import { FESTIVALS, festivalDays } from "./dates-festivals.ts";
import { dateOf, isDay, lastDayOf, yearMeant } from "./dates-year.ts";
import { NUMERAL, numeralOf } from "./slots-numeral.ts";

export interface Days {
  readonly from: DateText;
  readonly to: DateText;
  /** A part of the day that was said with it: 明早. */
  readonly part?: string;
  /** 三天内, 年底前: until then, and not on it. */
  readonly deadline?: boolean;
  /** The Monday of the week that was named, for 下周三到周五. */
  readonly monday?: DateText;
}

export interface DayRule {
  /** Sticky. */
  readonly pattern: RegExp;
  /** `second`: only the end of a span may be said like this: 12月3日到5日. */
  readonly alone?: "second";
  /** Null: recognised, and no time that is wanted. */
  read(found: RegExpExecArray, today: DateText, earlier: Days | null): Days | null;
}

const N = NUMERAL;
const COUNTED_BEFORE = "(?<![\\d零一二两三四五六七八九十百半几每年第])";
/** What a number before 号 belongs to where it is no day: a house, a file, a ticket. */
const NO_DAY_AFTER =
  "(?!\\s*(?:[\\d人楼房门线院工单车厂仓库机桌店铺码文令公馆岗员坑井位手柜台]|电梯|会议室|教室|活动室|报告厅|厅|党员|同志))";
const WEEKDAYS = "一二三四五六日";

const within = (from: DateText, to: DateText): Days => ({ from, to });
const on = (date: DateText, part?: string): Days => ({ from: date, to: date, ...(part ? { part } : {}) });

export const DAY_RULES: readonly DayRule[] = [
  {
    pattern: rule(String.raw`(?<!\d)(20\d\d)\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})(?!\d)\s*[日号]?`),
    read: readFull,
  },
  {
    pattern: rule(`${COUNTED_BEFORE}(?:(20\\d\\d)年|(明年|今年|后年|去年|前年))?的?(${N})月(?:份)?的?(${N})[日号]`),
    read: (found, today) => monthDay(found[1], found[2], found[3], found[4], today),
  },
  {
    pattern: rule(
      `${COUNTED_BEFORE}(?:(20\\d\\d)年|(明年|今年|后年|去年|前年))?的?(${N})月(?:份)?(上旬|中旬|下旬|月?初|月?中(?!心|学|国|央|层|间|午|秋)|月?底|月?末)?`,
    ),
    read: (found, today) => monthPart(found[1], found[2], found[3], found[4], today),
  },
  {
    pattern: rule(
      `(下下|下|上|这|本|当)个?月的?(?:(${N})[日号]${NO_DAY_AFTER}|(上旬|中旬|下旬|初|中(?!心|学|国|央|层|间|午|秋)|底|末))?(?!度)`,
    ),
    read: readNamedMonth,
  },
  {
    pattern: /(?<![个年下上每])月(底|末|初|中(?!心|学|国|央|层|间|午|秋))/uy,
    read: (found, today) => partOf(today, found[1] ?? ""),
  },
  { pattern: /(明|今)?年[底末]/uy, read: readYearEnd },
  { pattern: /(大后|后|明|今|当)[天日儿]|(今|明)(早|晚)上?/uy, read: readNearDay },
  { pattern: /大?前天|昨[天日晚早]|前几天|前阵子|刚才|上次/uy, read: () => null },
  {
    pattern: rule(
      `(?:每(?:个)?|上上|上|逢|第[一二三四五两]个?)(?:周|星期|礼拜|月)(?:[${WEEKDAYS}天末]|的?${N}[日号])?`,
    ),
    read: () => null,
  },
  {
    pattern: rule(`(下下|下|这|本)个?(?:周|星期|礼拜)([${WEEKDAYS}天末1-7])?(之?以?内)?`),
    read: readNamedWeek,
  },
  {
    pattern: rule(
      `${COUNTED_BEFORE}(?:周|星期|礼拜)([${WEEKDAYS}天末])(?!常|报|刊|边|期|年|岁|次|[一二三四五六七八九十]+[次回期])`,
    ),
    read: readWeekday,
  },
  {
    pattern: rule(`${COUNTED_BEFORE}(${N}|半)个?(天|日|周|星期|礼拜|月)(之?以?内|之?以?后)`),
    read: readDistance,
  },
  { pattern: FESTIVALS, read: (found, today) => festivalDays(found[0], today) },
  {
    pattern: rule(
      `(?<![\\d零一二两三四五六七八九十百A-Za-z#.:/月第楼层室栋幢座-])(${N})号(?![\\s]?[\\d-])${NO_DAY_AFTER}`,
    ),
    read: (found, today) => dayOfMonth(found[1], today),
  },
  {
    pattern: rule(`(${N})[日号]?(?!\\d|[点时分:：人个名位月])`),
    alone: "second",
    read: (found, _, earlier) => sameMonth(found[1], earlier),
  },
];

function rule(source: string): RegExp {
  return new RegExp(source, "uy");
}

function readFull([, year, month, day]: RegExpExecArray): Days | null {
  return validDay(Number(year), Number(month), Number(day));
}

function validDay(year: number, month: number, day: number): Days | null {
  return isDay(year, month, day) ? on(dateOf(year, month, day)) : null;
}

/** 2027年, 明年, or not said. */
function yearOf(digits: string | undefined, word: string | undefined, today: DateText): number | null {
  if (digits) return Number(digits);
  const steps: Readonly<Record<string, number>> = { 明年: 1, 今年: 0, 后年: 2 };
  return word === undefined ? null : Number(today.slice(0, 4)) + (steps[word] ?? 0);
}

function isOver(word: string | undefined): boolean {
  return word === "去年" || word === "前年";
}

function monthDay(digits: string | undefined, word: string | undefined, m = "", d = "", today: DateText): Days | null {
  const [month, day] = [numeralOf(m) ?? 0, numeralOf(d) ?? 0];
  if (!isDay(2024, month, day) || isOver(word)) return null;
  return validDay(yearOf(digits, word, today) ?? yearMeant(month, day, today), month, day);
}

function monthPart(
  digits: string | undefined,
  word: string | undefined,
  m = "",
  part: string | undefined,
  today: DateText,
): Days | null {
  const month = numeralOf(m) ?? 0;
  if (!isDay(2024, month, 1) || isOver(word)) return null;
  return partOf(dateOf(yearOf(digits, word, today) ?? yearMeant(month, 1, today), month, 1), part ?? "");
}

/** A third of the month that `date` lies in, or all of it. */
function partOf(date: DateText, part: string): Days {
  const [year = 0, month = 0] = date.split("-").map(Number);
  const last = lastDayOf(year, month);
  const third = part.replace(/^月/u, "").charAt(0);
  const [first, end] = { 上: [1, 10], 初: [1, 10], 中: [11, 20], 下: [21, last], 底: [21, last], 末: [21, last] }[
    third
  ] ?? [1, last];
  return within(dateOf(year, month, first ?? 1), dateOf(year, month, end ?? last));
}

function readNamedMonth([, which = "", d, part]: RegExpExecArray, today: DateText): Days | null {
  if (which === "上") return null;
  const steps = { 下下: 2, 下: 1 }[which] ?? 0;
  const month = Number(today.slice(5, 7)) - 1 + steps;
  const first = dateOf(Number(today.slice(0, 4)) + Math.floor(month / 12), (month % 12) + 1, 1);
  if (d === undefined) return partOf(first, part ?? "");
  return validDay(Number(first.slice(0, 4)), Number(first.slice(5, 7)), numeralOf(d) ?? 0);
}

function readYearEnd([, which]: RegExpExecArray, today: DateText): Days {
  return partOf(dateOf(Number(today.slice(0, 4)) + (which === "明" ? 1 : 0), 12, 1), "");
}

function readNearDay([, day, near, part]: RegExpExecArray, today: DateText): Days | null {
  if (day === "当") return null;
  const steps = { 大后: 3, 后: 2, 明: 1 }[day ?? near ?? ""] ?? 0;
  return on(addDays(today, steps), part && `${part}上`);
}

function mondayOf(date: DateText): DateText {
  return addDays(date, -((weekday(date) + 6) % 7));
}

function readNamedWeek([, which = "", day, inside]: RegExpExecArray, today: DateText): Days | null {
  const monday = addDays(mondayOf(today), 7 * ({ 下下: 2, 下: 1 }[which] ?? 0));
  const days = day === undefined ? within(monday, addDays(monday, 6)) : inWeek(monday, day);
  // 这周三, said on Thursday, is over.
  if (days.to < today) return null;
  const from = days.from < today ? today : days.from;
  return inside === undefined ? { ...days, from, monday } : { ...days, from, monday, deadline: true };
}

function inWeek(monday: DateText, day: string): Days {
  if (day === "末") return { ...within(addDays(monday, 5), addDays(monday, 6)), monday };
  const place = day === "天" || day === "7" ? 6 : /\d/u.test(day) ? Number(day) - 1 : WEEKDAYS.indexOf(day);
  return { ...on(addDays(monday, place)), monday };
}

/** The next one; behind 下周三到 it is of that week. */
function readWeekday([, day = ""]: RegExpExecArray, today: DateText, earlier: Days | null): Days {
  if (earlier?.monday) return inWeek(earlier.monday, day);
  const here = inWeek(mondayOf(today), day);
  return here.to < today ? inWeek(addDays(mondayOf(today), 7), day) : here;
}

function readDistance([, n = "", unit = "", direction = ""]: RegExpExecArray, today: DateText): Days | null {
  const count = n === "半" ? 0.5 : numeralOf(n);
  if (count === null || count > 400) return null;
  const days = Math.round(count * ({ 天: 1, 日: 1, 月: 30 }[unit] ?? 7));
  const date = addDays(today, days);
  return direction.endsWith("内") ? { from: today, to: date, deadline: true } : on(date);
}

/** This month's, or the next one that has such a day. */
function dayOfMonth(d = "", today: DateText): Days | null {
  const day = numeralOf(d) ?? 0;
  if (day < 1 || day > 31) return null;
  let [year = 0, month = 0] = today.split("-").map(Number);
  while (!isDay(year, month, day) || dateOf(year, month, day) < today) {
    month = (month % 12) + 1;
    if (month === 1) year += 1;
  }
  return on(dateOf(year, month, day));
}

function sameMonth(d = "", earlier: Days | null): Days | null {
  if (!earlier || earlier.from !== earlier.to) return null;
  const [year = 0, month = 0] = earlier.from.split("-").map(Number);
  return validDay(year, month, numeralOf(d) ?? 0);
}
