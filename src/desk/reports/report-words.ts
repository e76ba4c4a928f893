/** Which report is asked for: 今日日报, 上周周报, 11月的月报, 南社区 本月. Pure. */
import type { DateText } from "../../pledge/hours.ts";
import type { Point, Station } from "../../station/station.ts";
import { callingsOfPoint } from "../team/whom.ts";
import { type FoundPeriod, findPeriod, type NamedPeriod, periodAt, type ReportKind } from "./report-period.ts";

export interface ReportAsked extends NamedPeriod {
  /** Of one point alone; null for the whole station. */
  readonly point: string | null;
}

export type ReportMeant =
  /** `official`: 日报, 周报, 月报 stands in it, which nobody says by the way. */
  | { readonly kind: "report"; readonly asked: ReportAsked; readonly official: boolean }
  | { readonly kind: "ahead" }
  | { readonly kind: "longer" }
  | { readonly kind: "no-day" }
  | { readonly kind: "unknown-point"; readonly typed: string };

const BEFORE =
  /^(?:[\s\p{P}]|请|麻烦|帮我|帮忙|给我|发我|发一下|发(?!展)|把|看一下|看看|看下|看|查一下|查下|查(?!询)|[来要出拿][一]?[份个]|我要|我想|想看|一份)+/u;
const BEHIND = /(?:[\s\p{P}]|怎么样|如何|给我|发我|发一下|发群里|看看|看一下|再发一遍|吧|呢|谢谢)+$/u;
const BETWEEN = /[\s\p{P}]*的?[\s\p{P}]*/uy;
const WORD = /(日报|周报|月报)|(?:总体|办理|工作)?(?:情况|数据|汇总|小结|总结|统计|简报|报告|报表)/uy;
const OFFICIAL: Readonly<Record<string, ReportKind>> = { 日报: "day", 周报: "week", 月报: "month" };
/** What a ledger tells, and no letter. */
const LONGER = /季度|[上下]?半年|年报|年度|全年|[今本去]年(?!的?\d)/u;
/** The same as a report's name begins with it: 本年, 2025年年报, 上季度, 半年报. */
const LONGER_AT =
  /(?:(?:20\d\d|[今本去前明])年)?的?(?:(?:[上下本这]一?个?|第?[一二三四1-4])?季(?:度报?|报)|[上下]?半年报?|年度?报|年度|全年)(?![告表])|(?:20\d\d|[今本去前明])年度?/uy;
/** Alone it is hardly a report's name. */
const AHEAD = /^[明下]/u;
const MAIN = /(?:主|总)站/uy;
const POINT_TAIL = /(?:服务)?[点站]?(?:片区|片)?/uy;
const PLACE_FIRST = /^(\p{Script=Han}{2,12})\s+(\S.*)$/su;
const WIDTH: readonly ReportKind[] = ["day", "week", "month"];

/** A report's name is short, and what is long is not looked at any further. */
const CHARACTERS_MAX = 60;

/** The whole text asks for a report, and for nothing else; null where it does not. */
export function readReport(text: string, today: DateText, station: Pick<Station, "points">): ReportMeant | null {
  if (text.length > CHARACTERS_MAX) return null;
  const words = text.normalize("NFKC").replace(BEFORE, "").replace(BEHIND, "");
  const parts = partsOf(words, today, station.points);
  if (parts) return meantBy(parts, today);
  const [, typed = "", behind = ""] = PLACE_FIRST.exec(words) ?? [];
  const others = behind === "" ? null : partsOf(behind, today, station.points);
  return others?.period && others.point === null ? { kind: "unknown-point", typed } : null;
}

/** Free words that ask for figures: what period and place stand in them, else today's. */
export function guessReport(text: string, today: DateText, station: Pick<Station, "points">): ReportMeant {
  const words = text.normalize("NFKC");
  // 明日开会，把数据发我 is not about tomorrow's; 明日的数据 is.
  const found = findPeriod(words, today, (end) => matchAt(WORD, words, end + matchAt(BETWEEN, words, end)) > 0);
  if (found && found.period === null) return { kind: "no-day" };
  const period = found?.period ?? null;
  if (period === null && LONGER.test(words)) return { kind: "longer" };
  const spans = station.points.flatMap((point) => {
    const calling = callingsOfPoint(point).find((each) => words.includes(each));
    return calling === undefined ? [] : [{ point, length: calling.length }];
  });
  const [longest] = spans.sort((a, b) => b.length - a.length);
  const kind: ReportKind = /周|星期|礼拜/u.test(words) ? "week" : /月/u.test(words) ? "month" : "day";
  const named = period ?? { kind, date: today };
  if (named.date > today) return { kind: "ahead" };
  return { kind: "report", asked: { ...named, point: longest?.point.id ?? null }, official: false };
}

interface Parts {
  readonly period: FoundPeriod | null;
  readonly longer: string | null;
  readonly word: string | null;
  readonly point: string | null;
}

/** Period, word and point, each at most once, what is longer also as 一季度季报, and in whatever order; null where anything else stands there. */
function partsOf(text: string, today: DateText, points: readonly Point[]): Parts | null {
  let parts: Parts = { period: null, longer: null, word: null, point: null };
  let at = 0;
  while (at < text.length) {
    const from = at + matchAt(BETWEEN, text, at);
    const period = parts.period === null ? periodAt(text, from, today) : null;
    const longer = matchAt(LONGER_AT, text, from);
    const word = parts.word === null ? matchAt(WORD, text, from) : 0;
    const point = parts.point === null ? pointAt(text, from, points) : null;
    if (period) {
      parts = { ...parts, period };
      at = period.end;
    } else if (longer > 0) {
      parts = { ...parts, longer: (parts.longer ?? "") + text.slice(from, from + longer) };
      at = from + longer;
    } else if (word > 0) {
      parts = { ...parts, word: text.slice(from, from + word) };
      at = from + word;
    } else if (point) {
      parts = { ...parts, point: point.id };
      at = point.end;
    } else if (from >= text.length && from > at) {
      at = from;
    } else {
      return null;
    }
  }
  return parts;
}

function meantBy({ period: found, longer, word, point }: Parts, today: DateText): ReportMeant | null {
  const official = word === null ? undefined : OFFICIAL[word];
  const isBare = word === null && point === null;
  if (longer !== null) return isBare && AHEAD.test(longer) && !longer.endsWith("报") ? null : { kind: "longer" };
  if (found === null && official === undefined) return null;
  if (found && found.period === null) return { kind: "no-day" };
  if (found?.ahead && isBare) return null;
  const named = found?.period ?? { kind: "day" as const, date: today };
  // 今日 and 今日情况 are a command of their own (today.ts).
  if (official === undefined && point === null && named.kind === "day" && named.date === today) return null;
  if (named.date > today) return { kind: "ahead" };
  const kind = [named.kind, official ?? "day"].sort((a, b) => WIDTH.indexOf(b) - WIDTH.indexOf(a))[0] ?? named.kind;
  return { kind: "report", asked: { kind, date: named.date, point }, official: official !== undefined };
}

function pointAt(text: string, at: number, points: readonly Point[]): { id: string; end: number } | null {
  const found = points.flatMap((point) => {
    const calling = callingsOfPoint(point).find((each) => text.startsWith(each, at));
    const length = calling?.length ?? (point.main ? matchAt(MAIN, text, at) : 0);
    return length === 0 ? [] : [{ id: point.id, end: at + length }];
  });
  const [longest] = found.sort((a, b) => b.end - a.end);
  return longest ? { ...longest, end: longest.end + matchAt(POINT_TAIL, text, longest.end) } : null;
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
