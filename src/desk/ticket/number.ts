/** How tickets are called: `20261123-017` in Redis, `#1123-017` on the screen, and whatever people make of it. */
import { addDays, type DateText } from "../../pledge/hours.ts";

/** Stands for the number in everything that a commit writes, until the commit gives it. A ULID cannot be guessed or typed. */
export function placeholders(id: string, date: DateText) {
  return { long: `long-number-${id}`, short: `short-number-${id}`, day: date.replaceAll("-", "") };
}

/** `#1123-017` */
export function shown(number: string): string {
  return number.startsWith("long-number-") ? `#short-${number.slice("long-".length)}` : `#${number.slice(4)}`;
}

/** As many as a numbered choice could show, in both years: a pasted list is no way to name a ticket. */
const MOST_NUMBERS = 18;

/** 017 of each of the last days, today's first: so few that they are simply looked up. */
export function ofLastDays(shorts: readonly string[], today: DateText, days: number): string[] {
  return shorts.flatMap((short) =>
    Array.from({ length: days }, (_, back) => `${addDays(today, -back).replaceAll("-", "")}-${short}`),
  );
}

export interface NamedNumbers {
  /** `YYYYMMDD-NNN`, for every year that could be meant, newest first. */
  readonly full: readonly string[];
  /** `017`: only one of this conversation's tickets can be meant. */
  readonly shorts: readonly string[];
  /** At least one carries a `#` or `T-`, so it is a number even if no such ticket is in sight. */
  readonly marked: boolean;
  /** The short one may as well be a day or a count (17号, 120): a ticket only where the rest speaks of one. */
  readonly doubtful: boolean;
  /** It stands in the middle of a sentence: a ticket only where that sentence is no request of its own. */
  readonly within: boolean;
  /** The text without the numbers. */
  readonly rest: string;
}

const FULL = /(?<![0-9A-Za-z-])(#\s?|[Tt]-)?(20\d\d)?(\d{2})(\d{2})-(\d{3,6})(?![0-9])/gu;
const MARKED_SHORT = /(?<![0-9A-Za-z])#\s?(\d{3,6}|\d{1,2}(?=号|[^\p{L}]|$))号?(?![0-9-])/gu;
const COUNTED = "(?:工单|单子|单)?";
/** Money, people and things are counted, tickets are not: 党费013元. */
const MEASURED = "\\s?(?:[元块角分毛人名位个套本张份斤度米楼室栋幢]|%|％)";
/** `017`: with its zero it is hardly anything else, wherever it stands. */
const PADDED_SHORT = new RegExp(
  `(?<![0-9A-Za-z.:：/-]|[0-9]\\s)(0\\d\\d)(?:\\s*号)?${COUNTED}(?!\\s?[0-9]|[A-Za-z:：./-]|[年月日]|${MEASURED})`,
  "gu",
);
/** `017 018`, `017、018号`: several of them, and no telephone number in groups. */
const PADDED_LIST =
  /(?<![0-9A-Za-z.:：/-]|[0-9]\s)0\d\d号?(?:\s*[、,，和与跟]?\s*0\d\d号?)+(?!\s?[0-9]|[A-Za-z:：./-]|[年月日])/gu;
/** `017 5`: a ticket and what was thought of it. */
const RATED = /^(0\d\d)号?\s+([1-5]\s*[分星]?)$/u;
/** Nothing else is merged: 合并 117 118. */
const MERGED = /^((?:合并|并单)[\s:：]*)((?:\d{3,6}号?[\s、,，和与跟]*){2,})$/u;
/** `17号`, `120`: at either end of what was typed, and no day, hour, room or house. */
const BARE = `(?:(\\d{3,6})(?:\\s*号)?|(\\d{1,3})\\s*号)${COUNTED}`;
const NO_TICKET_BEFORE = "[0-9A-Za-z:：.年月/楼层室房栋幢座-]";
const NO_TICKET_AFTER =
  "\\s?[0-9]|[A-Za-z:：./年月日楼房门线院-]|[上下中]午|[早晚]上?|凌晨|[之以]?[前后]|到|至|左右|当天|那天|会议";
const LEADING_SHORT = new RegExp(`^${BARE}(?!${NO_TICKET_AFTER})[，,：:\\s]*`, "u");
const TRAILING_SHORT = new RegExp(`[，,：:\\s]*(?<!${NO_TICKET_BEFORE})${BARE}$`, "u");
const ZERO_WIDTH = /[\u200b-\u200f\u2060\ufeff]/gu;

/** Numbers of tickets in what a person typed. `year` is this year in Shanghai. */
export function findNumbers(text: string, year: number): NamedNumbers {
  const full: string[] = [];
  const shorts: string[] = [];
  let marked = false;
  let doubtful = false;
  let within = false;
  const short = (n: string): string => {
    if (Number(n) > 0) shorts.push(padded(n));
    return " ";
  };
  let rest = narrow(text).replace(FULL, (whole, mark, typedYear, month, day, n) => {
    if (!isDate(Number(month), Number(day)) || !isCount(n)) return whole;
    const years = typedYear ? [Number(typedYear)] : [year, year - 1];
    for (const candidate of years) full.push(`${candidate}${month}${day}-${n}`);
    marked ||= Boolean(mark || typedYear);
    return " ";
  });
  rest = rest.replace(MARKED_SHORT, (_, n: string) => short(n));
  marked ||= shorts.length > 0;
  if (full.length === 0) {
    rest = rest.trim().replace(RATED, (_, n: string, rating: string) => short(n) + rating);
    const each = (list: string) => list.replace(/\d{3,6}号?/gu, (n) => short(n.replace("号", "")));
    rest = rest.trim().replace(MERGED, (_, word: string, list: string) => {
      each(list);
      return word;
    });
    rest = rest.replace(PADDED_LIST, (list: string) => {
      each(list);
      return " ";
    });
  }
  if (full.length === 0 && shorts.length === 0) {
    rest = rest.replace(PADDED_SHORT, (whole: string, n: string, at: number) => {
      within ||= rest.slice(0, at).trim() !== "" && rest.slice(at + whole.length).trim() !== "";
      return short(n);
    });
  }
  if (full.length === 0 && shorts.length === 0) {
    const trimmed = rest.trim();
    const pattern = LEADING_SHORT.test(trimmed) ? LEADING_SHORT : TRAILING_SHORT;
    rest = trimmed.replace(pattern, (_, n?: string, day?: string) => short(n ?? day ?? ""));
    doubtful = shorts.length > 0;
  }
  if (full.length + shorts.length > 0) rest = withoutGaps(rest);
  const few = (typed: readonly string[]) => typed.slice(0, MOST_NUMBERS);
  return { full: few(full), shorts: few(shorts), marked, doubtful, within, rest: rest.replace(/\s+/gu, " ").trim() };
}

/** 搞定了，001，三楼: what stood around a number is no part of what is said. */
function withoutGaps(rest: string): string {
  return rest
    .replace(/[，,、；;：:]\s+(?=[，,、；;：:。！!])/gu, "")
    .replace(/^[\s，,、；;：:。]+|[\s，,、；;：:]+$/gu, "");
}

/** How a message of ours begins; what people typed never stands there (words/plain.ts). */
const HEAD = /【#\d{4}-\d{3,6} |^#\d{4}-\d{3,6}（/gmu;

/** The numbers of a message of ours that was quoted: those of its heads, else whatever it lists with a mark. */
export function quotedNumbers(quote: string, year: number): readonly string[] {
  const text = narrow(quote);
  const heads = text.match(HEAD);
  const { full, marked } = findNumbers(heads ? heads.join(" ") : text, year);
  return marked ? [...new Set(full)] : [];
}

/** Full-width digits, signs and dashes as people type them with an input method on. */
function narrow(text: string): string {
  return text
    .replace(ZERO_WIDTH, "")
    .replace(/[０-９＃－Ｔｔ]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/(?<=\d)[—–‐‑﹣](?=\d)/gu, "-");
}

/** Four digits and more only above 999. */
function isCount(n: string): boolean {
  return Number(n) > 0 && (n.length === 3 || !n.startsWith("0"));
}

function isDate(month: number, day: number): boolean {
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function padded(n: string): string {
  return n.replace(/^0+(?=\d)/u, "").padStart(3, "0");
}
