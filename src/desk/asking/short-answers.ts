/** The shortest answers to a question of the desk: a number of a choice, none of them, never mind. Pure. */

const NONE_OF_THEM = /^(?:都不是|都不对|不是这些|没有一个|都没有)|^(?:其他|其它)(?:的|事项|诉求)?[\p{P}\s]*$/u;
const NEVER_MIND = /^(?:没事|不用|算了|不需要|不办了|取消|没什么)[了吧啊呀\p{P}\s~]*$/u;
const BARE_NUMBER = /^[\d０-９\s\p{P}]*$/u;
/** To the question whether something is to be registered. */
const YES = /^(?:登记|是的?|需要|要|要登记|代录|好的?|可以|对)[了吧啊呀的\p{P}\s]*$/u;
const NO = /^(?:不|不是|不要|不用登记|不登记|否)[了吧啊呀的\p{P}\s]*$/u;

export function isYes(text: string): boolean {
  return YES.test(text.trim());
}

export function isNo(text: string): boolean {
  return NO.test(text.trim());
}

export function isNoneOfThem(text: string): boolean {
  return NONE_OF_THEM.test(text.trim());
}

export function isNeverMind(text: string): boolean {
  return NEVER_MIND.test(text.trim());
}

/** Bare digits, or signs alone: with neither a quote nor a question they are talk. */
export function isBareNumber(text: string): boolean {
  return BARE_NUMBER.test(text);
}

/** The digit of a numbered choice, alone in a message: `2`, `２.`, `选2`, `第二个`. */
export function readDigit(text: string): number | null {
  const found = /^\s*(?:我?选|第)?\s*([0-9一二三四五六七八九])\s*(?:个|项|家|件|吧)?\s*[.。、)!]?\s*$/u.exec(
    text.normalize("NFKC"),
  );
  const digit = found?.[1];
  if (!digit) return null;
  return "一二三四五六七八九".indexOf(digit) + 1 || Number(digit);
}

/** Several of a numbered choice: `1 3`, `1、2和4`. */
export function readDigits(text: string): number[] | null {
  const folded = text.normalize("NFKC").trim();
  const only = readDigit(folded);
  if (only !== null) return [only];
  if (!/^(?:选|登记)?\s*[0-9](?:[\s、,，.和]+[0-9])+[\s\p{P}]*$/u.test(folded)) return null;
  return [...folded.matchAll(/[0-9]/gu)].map(([digit]) => Number(digit));
}
