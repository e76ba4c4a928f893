/** Numbers as people type them: 30, ３０ (folded before), 三十, 一百五, 两. Pure. */

/** One numeral, for the inside of a pattern. */
export const NUMERAL = "(?:\\d{1,5}|[零一二两三四五六七八九十百千]{1,7})";

const DIGITS = "零一二三四五六七八九";
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** Null for what looks like a numeral and is none: 百十, 一二三. */
export function numeralOf(text: string): number | null {
  if (/^\d+$/u.test(text)) return Number(text);
  let sum = 0;
  let digit: number | null = null;
  let unit = Number.POSITIVE_INFINITY;
  for (const char of text) {
    const own = UNITS[char];
    if (own === undefined) {
      if (digit !== null && digit !== 0) return null;
      digit = char === "两" ? 2 : DIGITS.indexOf(char);
      if (digit < 0) return null;
    } else {
      if (own >= unit) return null;
      sum += (digit ?? 1) * own;
      digit = null;
      unit = own;
    }
  }
  // 一百五 is 150, 一百零五 is 105.
  const short = unit !== Number.POSITIVE_INFINITY && unit > 10 && !/零.$/u.test(text);
  return sum + (digit ?? 0) * (short ? unit / 10 : 1);
}
