/** One spelling for everything people type: width, case, script, punctuation and length no longer matter after this. */
import { Converter } from "opencc-js/t2cn";

/** A pasted document is read no further than this (UTF-16 units), whatever it holds. */
const SCANNED_MAX = 4_000;
/** What decides stands at the beginning; the rest of a long letter would only dilute it. */
const KEPT_MAX = 400;

export interface Normalised {
  /** Simplified Chinese, lower-case letters and digits; a space only where two latin or digit runs would touch. */
  readonly text: string;
  /** For every unit of `text`, where it stands in what was typed. */
  readonly origins: readonly number[];
  /** Begins with a ticket's number, which the text no longer tells from any other. 17号 is left to the words around it. */
  readonly numbered: boolean;
}

const TICKET_NUMBER = /^[\s\p{P}]*(?:[Tt][-－])?(?:[\d０-９]{4}[-－][\d０-９]{3,4}|[\d０-９]{3})(?![\d０-９])/u;
/** No blank lead is longer. */
const NUMBER_MAX = 32;

export function normalise(typed: string): Normalised {
  const end = Math.min(typed.length, SCANNED_MAX);
  const origins: number[] = [];
  let text = "";
  let traditional = false;
  let gap = false;
  for (let at = 0; at < end && text.length < KEPT_MAX; ) {
    const code = typed.codePointAt(at) ?? 0;
    const folded = fold(code);
    if (folded === "") gap = true;
    for (let index = 0; index < folded.length; index++) {
      const unit = folded.charCodeAt(index);
      let last = text.length === 0 ? 0 : text.charCodeAt(text.length - 1);
      if (gap && isLatinOrDigit(last) && isLatinOrDigit(unit)) {
        text += " ";
        origins.push(at);
        last = 32;
      }
      gap = false;
      // 哈哈哈哈哈 says no more than 哈哈; a run of digits is one number and keeps its length.
      if (!isDigit(unit) && unit === last && text.length > 1 && text.charCodeAt(text.length - 2) === unit) continue;
      traditional ||= isTraditional(unit);
      text += folded[index];
      origins.push(at);
    }
    at += code > 0xffff ? 2 : 1;
  }
  const numbered = TICKET_NUMBER.test(typed.slice(0, NUMBER_MAX));
  return { text: traditional ? simplify(text) : text, origins, numbered };
}

export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

export function isLatin(unit: number): boolean {
  return unit >= 97 && unit <= 122;
}

function isLatinOrDigit(unit: number): boolean {
  return isLatin(unit) || isDigit(unit);
}

/** Unicode's own normalisation costs microseconds a character: each is asked once. Bounded by the BMP. */
const foldings: (string | undefined)[] = [];

/** The letters and digits that a character stands for; empty for punctuation, signs, emoji and control characters. */
function fold(code: number): string {
  if (code >= 0x4e00 && code <= 0x9fff) return String.fromCharCode(code);
  if (code > 0xffff) return foldSlowly(code);
  let known = foldings[code];
  if (known === undefined) {
    known = foldSlowly(code);
    foldings[code] = known;
  }
  return known;
}

function foldSlowly(code: number): string {
  // A lone surrogate is half of nothing.
  if (code >= 0xd800 && code <= 0xdfff) return "";
  const plain = String.fromCodePoint(code).normalize("NFKC").toLowerCase();
  // lǚ is typed "lv"; other tone marks fall away.
  const bare = plain
    .replace(/[üǖǘǚǜ]/g, "v")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .normalize("NFC");
  return bare.replace(/[^\p{L}\p{Nd}]/gu, "");
}

// The converter's tables are built on the first look: programs that never read a message do not pay for them.
let converter: ((text: string) => string) | undefined;

function convert(text: string): string {
  const ready = converter ?? Converter({ from: "t", to: "cn" });
  converter = ready;
  return ready(text);
}

/** 0 not asked yet, 1 the same in both scripts, 2 traditional. */
const scripts = new Uint8Array(0x10000);

function isTraditional(unit: number): boolean {
  if (unit < 0x3400 || unit > 0xfaff) return false;
  if (scripts[unit] === 0) {
    const char = String.fromCharCode(unit);
    scripts[unit] = convert(char) === char ? 1 : 2;
  }
  return scripts[unit] === 2;
}

/** Keeps the length, so that `origins` stays true: a phrase rule that would change it falls back to single characters. */
function simplify(text: string): string {
  const whole = convert(text);
  if (whole.length === text.length) return whole;
  return Array.from(text, (char) => {
    const plain = convert(char);
    return plain.length === char.length ? plain : char;
  }).join("");
}
