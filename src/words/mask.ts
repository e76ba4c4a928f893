/** What is repeated to a group, a page, an export or a log hides personal numbers (desk-practice 5); the ticket keeps them. */

/** Digits as people type them: full width too, with spaces or dashes between. */
const D = "[0-9０-９]";
const GAP = "[\\s.\\-－—–‐‑·]{0,2}";
const X = "[XxＸｘ]";

const COMPACT = new RegExp(`(?<!${D})${D}{14,18}(?:${D}|${X})(?!${D})`, "gu");
const GAPPED_ID = new RegExp(`(?<!${D})[1-8１-８](?:${GAP}${D}){16}${GAP}(?:${D}|${X})(?!${D})`, "gu");
/** In fours, or the issuer and the rest. None begins with 1 or 2, as days do: 2026-12-07. */
const GAPPED_CARD = new RegExp(
  `(?<!${D})[3-9３-９](?:${D}{3}(?:${GAP}${D}{4}){3}(?:${GAP}${D}{1,3})?|${D}{5}${GAP}${D}{10,13})(?!${D})`,
  "gu",
);
const DAY = "(?:19|１９)[0-9０-９]{2}[-－.][0-9０-９]{1,2}[-－.]";
const MOBILE = new RegExp(
  `(?<!${D})(?!${DAY})(?:(?:[+＋]|[0０]{2})?(?:86|８６)${GAP})?[1１]${GAP}[3-9３-９](?:${GAP}${D}){9}(?!${D})`,
  "gu",
);
const LANDLINE = new RegExp(
  `(?<!${D}|[-－])[(（]?([0０]${D}{2,3})[)）]?${GAP}([1-9１-９]${D}{2,3}${GAP}${D}{4})(?!${D})`,
  "gu",
);
/** Without its area code only where a word says what it is: eight digits may be a day or an amount. */
const NAMED_LANDLINE = new RegExp(
  `((?:电话|座机|固话|拨打|致电|[Tt][Ee][Ll])[^0-9０-９\\n]{0,4})([2-9２-９]${D}{2,3}${GAP}${D}{4})(?!${D})`,
  "gu",
);
const EMAIL = /(?<![\p{L}\d._%+-])([\p{L}\d._%+-]{1,64})([@＠])((?:[\p{L}\d-]+\.)+[A-Za-z]{2,})/gu;

/** Nothing that is hidden has fewer digits: most texts name a day or a number of people, and are looked through once. */
const MAY_BE_PERSONAL = /[@＠]|(?:[0-9０-９][^0-9０-９]*){7}/u;

const ID_HIDDEN = "［身份证号已隐去］";
const CARD_HIDDEN = "［银行卡号 尾号";
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = "10X98765432";

export function maskPersonal(text: string): string {
  if (!MAY_BE_PERSONAL.test(text)) return text;
  return (
    text
      // What is written in one piece first, so that two numbers side by side are two numbers.
      .replace(COMPACT, maskCompact)
      .replace(GAPPED_ID, (whole) => (hasBirthDate(plainDigits(whole)) ? ID_HIDDEN : whole))
      .replace(GAPPED_CARD, (whole) => (hasLuhnCheck(plainDigits(whole)) ? cardHidden(plainDigits(whole)) : whole))
      .replace(MOBILE, (whole) => {
        const digits = plainDigits(whole).slice(-11);
        return `${digits.slice(0, 3)}****${digits.slice(7)}`;
      })
      .replace(LANDLINE, (_, area: string, number: string) => {
        return `${plainDigits(area)}-****${plainDigits(number).slice(-4)}`;
      })
      .replace(NAMED_LANDLINE, (_, word: string, number: string) => `${word}****${plainDigits(number).slice(-4)}`)
      .replace(EMAIL, (_, name: string, at: string, domain: string) => `${[...name][0]}***${at}${domain}`)
  );
}

/** Whether an identity or bank card number stands in it: what nobody should type where others read along. */
export function hasIdentity(text: string): boolean {
  const masked = maskPersonal(text);
  return masked !== text && (masked.includes(ID_HIDDEN) || masked.includes(CARD_HIDDEN));
}

/** 张建国 is 张××; 小李 names nobody outside of the room as it is. */
export function maskName(name: string): string {
  if (/^[小老阿]/u.test(name)) return name;
  const surname = /^(?:欧阳|司马|上官|诸葛)/u.exec(name)?.[0] ?? [...name][0] ?? "";
  return `${surname}××`;
}

function maskCompact(whole: string): string {
  const digits = plainDigits(whole);
  if (isId(digits) || (digits.length === 15 && hasOldBirthDate(digits))) return ID_HIDDEN;
  return /^\d{16,19}$/u.test(digits) && hasLuhnCheck(digits) ? cardHidden(digits) : whole;
}

function cardHidden(digits: string): string {
  return `${CARD_HIDDEN}${digits.slice(-4)}］`;
}

function plainDigits(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^0-9Xx]/gu, "")
    .toUpperCase();
}

/** Hidden with a plausible birth date whatever the last place; without one only if that checks. */
function isId(digits: string): boolean {
  return /^\d{17}[\dX]$/u.test(digits) && (hasBirthDate(digits) || hasIdCheck(digits));
}

function hasBirthDate(id: string): boolean {
  const year = Number(id.slice(6, 10));
  return year >= 1900 && year <= 2099 && isMonthAndDay(id.slice(10, 12), id.slice(12, 14));
}

function hasOldBirthDate(id: string): boolean {
  return isMonthAndDay(id.slice(8, 10), id.slice(10, 12));
}

function isMonthAndDay(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

/** GB 11643: the last place checks the first seventeen. */
function hasIdCheck(id: string): boolean {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(id[i]), 0);
  return ID_CHECKS[sum % 11] === id[17];
}

function hasLuhnCheck(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
