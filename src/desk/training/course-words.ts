/**
 * What is said about courses, word for word: 开班 …, 报名, 取消报名, 签到, 培训安排, 改期 …, 取消开班. Only helpers among themselves
 * say it so; a company's 党员培训怎么报名 is a request, and nothing here is learnt by the matcher. Pure.
 */
import { type DateText, shanghaiTime } from "../../pledge/hours.ts";
import { findWhen } from "../../understanding/dates.ts";

export type CourseOrder =
  | { readonly act: "announce"; readonly text: string }
  | { readonly act: "enrol" | "leave" | "attend" | "list"; readonly number: string | null }
  | { readonly act: "cancel" | "move"; readonly number: string | null; readonly text: string };

/** `1203-1`, and never the number of a ticket, which has three digits behind its dash. */
const NUMBER = "(?:培训\\s*)?(\\d{4}-\\d{1,2})(?!\\d)";
const END = "[\\s\\p{P}]*$";
const ALONE: readonly (readonly ["enrol" | "leave" | "attend" | "list", RegExp])[] = [
  ["leave", alone("(?:取消|退出|撤销)报名")],
  ["enrol", alone("(?:我要?|我也)?报名(?:参加)?(?:培训)?")],
  ["attend", alone("(?:培训|我)?签到")],
  ["list", alone("培训(?:安排|计划|列表|情况)?")],
];
const ANNOUNCE = /^开班(?=$|[\s\p{P}\d])[\s\p{P}]*(.*)$/su;
const CHANGE: readonly (readonly ["cancel" | "move", RegExp])[] = [
  ["cancel", new RegExp(`^取消(?:开班|培训)[\\s\\p{P}]*(?:${NUMBER})?[\\s\\p{P}]*(.*)$`, "su")],
  [
    "move",
    new RegExp(`^(?:培训)?改期(?=$|[\\s\\p{P}\\d到至])[\\s\\p{P}到至]*(?:${NUMBER})?[\\s\\p{P}到至]*(.*)$`, "su"),
  ],
];
const ANNOUNCED = /培训(\d{4}-\d{1,2})(?!\d)/u;
const PLACE = /(?:^|[\s\p{P}])地点[\s:：是在为]*(.+)$/su;

function alone(word: string): RegExp {
  return new RegExp(`^${word}[\\s\\p{P}]*(?:${NUMBER})?${END}`, "u");
}

/** More than an announcement needs. */
const CHARACTERS_MAX = 400;

/** Null for what is about no course. */
export function courseOrder(typed: string): CourseOrder | null {
  if (typed.length > CHARACTERS_MAX) return null;
  const text = typed.normalize("NFKC").trim();
  const announced = ANNOUNCE.exec(text);
  if (announced) return { act: "announce", text: announced[1] ?? "" };
  for (const [act, pattern] of ALONE) {
    const found = pattern.exec(text);
    if (found) return { act, number: found[1] ?? null };
  }
  for (const [act, pattern] of CHANGE) {
    const found = pattern.exec(text);
    if (found) return { act, number: found[1] ?? null, text: found[2] ?? "" };
  }
  return null;
}

/** The course that a line of ours is about. */
export function quotedCourse(quote: string | null): string | null {
  return quote === null ? null : (ANNOUNCED.exec(quote)?.[1] ?? null);
}

export interface CourseDetails {
  readonly title: string;
  readonly date: DateText | null;
  /** `14:00—16:00`; null where no hour was said. */
  readonly time: string | null;
  /** Null without a day and an hour. */
  readonly at: number | null;
  readonly place: string | null;
}

/** `发展党员工作程序解读 12月3日 14:00 地点 三楼会议室`, in whatever order. */
export function courseDetails(typed: string, today: DateText): CourseDetails {
  const text = typed.normalize("NFKC");
  const found = whenOf(text, today);
  if (found === null) {
    const place = PLACE.exec(text)?.[1] ?? null;
    return { title: tidy(text.replace(PLACE, "")), date: null, time: null, at: null, place: place && tidy(place) };
  }
  const before = tidy(text.slice(0, found.start));
  const behind = text.slice(found.end);
  const placed = PLACE.exec(behind)?.[1];
  // 12月3日 14:00 三楼会议室: what stands behind the time of a title is where.
  const place = placed ?? (before === "" ? null : behind.replace(/^[\s\p{P}]*(?:在|于)?/u, ""));
  const title = before === "" ? tidy(behind.replace(PLACE, "")) : before;
  const { date, time } = found;
  const [, hour, minute] = /^(\d{1,2}):(\d\d)/u.exec(time) ?? [];
  const at = hour === undefined ? null : shanghaiTime(date, Number(hour) * 60 + Number(minute));
  return { title, date, time: at === null ? null : time, at, place: place === null ? null : tidy(place) || null };
}

/** The day that has an hour: 11月政策解读 12月3日 14:00 is held in December. */
function whenOf(text: string, today: DateText): { date: DateText; time: string; start: number; end: number } | null {
  let last: { date: DateText; time: string; start: number; end: number } | null = null;
  for (let from = 0; from < text.length; ) {
    const found = findWhen(text.slice(from), today);
    if (!found) break;
    const { when } = found;
    const [start, end] = [from + found.start, from + found.end];
    if (when.from !== null && when.from === when.to) {
      last = { date: when.from, time: when.time, start, end };
      if (/\d:/u.test(when.time)) return last;
    }
    from = end;
  }
  return last;
}

function tidy(text: string): string {
  return text.replace(/^[\s\p{Pd}\p{Po}]+|[\s\p{Pd}\p{Po}]+$/gu, "");
}
