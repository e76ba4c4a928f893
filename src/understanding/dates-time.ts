/** The time of day behind a day: 下午, 上午九点, 两点半到四点. Pure. */
import { NUMERAL, numeralOf } from "./slots-numeral.ts";

const PART =
  /\s*的?(全天|一?整天|凌晨|清早|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|白天|夜里|早(?![餐点会班就已期])|晚(?![会餐宴班点报期]))/uy;
const CLOCK = new RegExp(
  `\\s*(${NUMERAL})(?:[点时](?:钟|整)?(?![间候代常长期])(?:(半|[一三]刻)|(${NUMERAL})分?(?!钟|[人个名位]))?|[:：](\\d\\d))`,
  "uy",
);
const TO = /\s*(?:到|至|[-—–~～]{1,2})\s*/uy;
const NAMES: Readonly<Record<string, string>> = {
  整天: "全天",
  一整天: "全天",
  早: "早上",
  早晨: "早上",
  清早: "早上",
  晚: "晚上",
  晚间: "晚上",
  夜里: "晚上",
};
const LATE = new Set(["下午", "傍晚", "晚上"]);

interface Clock {
  readonly minutes: number;
  readonly end: number;
}

/** `said` is a part of the day that the day itself told (明晚). */
export function readTime(text: string, at: number, said: string): { readonly time: string; readonly end: number } {
  PART.lastIndex = at;
  const found = PART.exec(text);
  const part = found ? (NAMES[found[1] ?? ""] ?? found[1] ?? "") : said;
  const afterPart = at + (found?.[0].length ?? 0);
  const from = clockAt(text, afterPart, part);
  if (!from) return { time: part, end: afterPart };
  TO.lastIndex = from.end;
  const to = TO.exec(text);
  if (!to) return { time: clockText(from.minutes), end: from.end };
  const between = from.end + to[0].length;
  PART.lastIndex = between;
  const later = PART.exec(text);
  const until = clockAt(
    text,
    between + (later?.[0].length ?? 0),
    later ? (NAMES[later[1] ?? ""] ?? later[1] ?? "") : part,
  );
  if (!until || until.minutes <= from.minutes) return { time: clockText(from.minutes), end: from.end };
  return { time: `${clockText(from.minutes)}—${clockText(until.minutes)}`, end: until.end };
}

/** Where a time without a day may begin: 下午两点开始, 时间改到9点. */
const ALONE = /(?:^|[,，。.;；\s]|时间|[从在是到为定约])(?=\S)/gu;

/** A time that is told without its day; null where none is. */
export function findTime(text: string): { readonly time: string; readonly start: number; readonly end: number } | null {
  for (const found of text.matchAll(ALONE)) {
    const start = found.index + found[0].length;
    const { time, end } = readTime(text, start, "");
    if (time !== "") return { time, start, end };
  }
  return null;
}

function clockAt(text: string, at: number, part: string): Clock | null {
  CLOCK.lastIndex = at;
  const found = CLOCK.exec(text);
  if (!found) return null;
  const [whole, h = "", fraction, m, digits] = found;
  const hour = numeralOf(h);
  const minute = fraction ? { 半: 30, 一刻: 15, 三刻: 45 }[fraction] : (numeralOf(m ?? digits ?? "0") ?? 60);
  if (hour === null || hour > 24 || minute === undefined || minute > 59) return null;
  // Nobody meets at three in the night: 三点 alone is in the afternoon. Written with a colon it is as it stands.
  const late =
    hour < 12 && (LATE.has(part) || (part === "中午" && hour < 6) || (part === "" && digits === undefined && hour < 7));
  const minutes = (hour + (late ? 12 : 0)) * 60 + minute;
  return minutes < 1440 ? { minutes, end: at + whole.length } : null;
}

function clockText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
