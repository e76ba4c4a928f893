/** How tickets are called: `20261123-017` in Redis, `#1123-017` on the screen, and whatever people make of it. */
import type { DateText } from "../pledge/hours.ts";

/** Stands for the number in everything that a commit writes, until the commit gives it. A ULID cannot be guessed or typed. */
export function placeholders(id: string, date: DateText) {
  return { long: `long-number-${id}`, short: `short-number-${id}`, day: date.replaceAll("-", "") };
}

/** `#1123-017` */
export function shown(number: string): string {
  return number.startsWith("long-number-") ? `#short-${number.slice("long-".length)}` : `#${number.slice(4)}`;
}

export interface NamedNumbers {
  /** `YYYYMMDD-NNN`, for every year that could be meant, newest first. */
  readonly full: readonly string[];
  /** `017`: only one of this conversation's tickets can be meant. */
  readonly shorts: readonly string[];
  /** At least one carries a `#` or `T-`, so it is a number even if no such ticket is in sight. */
  readonly marked: boolean;
  /** The text without the numbers. */
  readonly rest: string;
}

const DIGIT_BEFORE = "(?<![0-9A-Za-z-])";
const FULL = new RegExp(`${DIGIT_BEFORE}(#|[Tt]-)?(20\\d\\d)?(\\d{2})(\\d{2})-(\\d{3,6})(?![0-9])`, "gu");
/** `#017`, `017`, `17号`, `017号单`: bare ones only at either end of what was typed. */
const MARKED_SHORT = /(?<![0-9A-Za-z])#(\d{1,6})(?![0-9-])/gu;
const BARE = String.raw`(?:(\d{3,6})(?:\s*号)?|(\d{1,3})\s*号)(?:工单|单子|单)?(?![0-9:：年月日点.-])`;
const LEADING_SHORT = new RegExp(`^${BARE}[，,：:\\s]*`, "u");
const TRAILING_SHORT = new RegExp(`[，,：:\\s]*(?<![0-9A-Za-z:：年月.-])${BARE}$`, "u");
const ZERO_WIDTH = /[\u200b-\u200f\u2060\ufeff]/gu;

/** Numbers of tickets in what a person typed. `year` is this year in Shanghai. */
export function findNumbers(text: string, year: number): NamedNumbers {
  const full: string[] = [];
  const shorts: string[] = [];
  let marked = false;
  let rest = narrow(text).replace(FULL, (whole, mark, typedYear, month, day, n) => {
    if (!isDate(Number(month), Number(day)) || !isCount(n)) return whole;
    const years = typedYear ? [Number(typedYear)] : [year, year - 1];
    for (const candidate of years) full.push(`${candidate}${month}${day}-${n}`);
    marked ||= Boolean(mark || typedYear);
    return " ";
  });
  rest = rest.replace(MARKED_SHORT, (_, n: string) => {
    shorts.push(padded(n));
    marked = true;
    return " ";
  });
  if (full.length === 0 && shorts.length === 0) {
    for (const pattern of [LEADING_SHORT, TRAILING_SHORT]) {
      const found = pattern.exec(rest.trim());
      const n = found?.[1] ?? found?.[2];
      if (found && n) {
        shorts.push(padded(n));
        rest = rest.trim().replace(pattern, " ");
        break;
      }
    }
  }
  return { full, shorts, marked, rest: rest.replace(/\s+/gu, " ").trim() };
}

/** The number in a message of ours that was quoted: always written with its mark. */
export function quotedNumbers(quote: string, year: number): readonly string[] {
  const found = findNumbers(quote.replace(ZERO_WIDTH, ""), year);
  return found.marked ? found.full : [];
}

/** Full-width digits, signs and dashes as people type them with an input method on. */
function narrow(text: string): string {
  return text
    .replace(ZERO_WIDTH, "")
    .replace(/[０-９＃－Ｔ]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
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
