/** What is repeated to a group, a page, an export or a log hides personal numbers (desk-practice 5); the ticket keeps them. */

/** Digits as people type them: full width too, with spaces or dashes between. */
const DIGIT = "[0-9０-９]";
const GAP = "[ \\u00a0\\u3000-]?";
const NOT_AFTER = `(?<!${DIGIT}${GAP})(?<![#＃A-Za-z])`;
const NOT_BEFORE = `(?!${GAP}${DIGIT})`;

const LONG_NUMBER = new RegExp(`${NOT_AFTER}(?:${DIGIT}${GAP}){14,18}[0-9０-９XxＸｘ]${NOT_BEFORE}`, "gu");
const MOBILE = new RegExp(
  `(?<!${DIGIT})(?<![#＃])(?:[+＋]?(?:86|８６)${GAP})?([1１]${GAP}[3-9３-９](?:${GAP}${DIGIT}){9})(?!${DIGIT})`,
  "gu",
);
const LANDLINE = new RegExp(`(?<!${DIGIT})([0０]${DIGIT}{2,3})[ -－—]?(${DIGIT}{7,8})(?!${DIGIT})`, "gu");
const EMAIL = /([\p{L}\d._%+-]{1,64})@((?:[\p{L}\d-]+\.)+[A-Za-z]{2,})/gu;

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = "10X98765432";

export function maskPersonal(text: string): string {
  if (!/[0-9０-９@]/u.test(text)) return text;
  return text
    .replace(LONG_NUMBER, (whole) => maskLongNumber(whole))
    .replace(MOBILE, (_, number: string) => {
      const digits = plainDigits(number);
      return `${digits.slice(0, 3)}****${digits.slice(7)}`;
    })
    .replace(LANDLINE, (_, area: string, number: string) => `${plainDigits(area)}-****${plainDigits(number).slice(-4)}`)
    .replace(EMAIL, (_, name: string, domain: string) => `${[...name][0]}***@${domain}`);
}

function maskLongNumber(whole: string): string {
  const digits = plainDigits(whole);
  if (digits.length === 18 && (hasBirthDate(digits) || hasIdCheck(digits))) return "［身份证号已隐去］";
  if (/^\d{16,19}$/u.test(digits) && hasLuhnCheck(digits)) return `［银行卡号 尾号${digits.slice(-4)}］`;
  if (digits.length === 15 && hasOldBirthDate(digits)) return "［身份证号已隐去］";
  return whole;
}

function plainDigits(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^0-9Xx]/gu, "")
    .toUpperCase();
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
