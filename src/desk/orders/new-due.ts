/** Until when somebody asks for more time: 后天, 下周三下午, 12月15号前, 两个工作日, 一周. Pure. */
import type { Calendar } from "../../pledge/calendar.ts";
import { addDays, type DateText, type Hours, shanghaiDate, shanghaiMinutes, shanghaiTime } from "../../pledge/hours.ts";
import { addWorkingMinutes } from "../../pledge/working-time.ts";
import { findWhen, type When } from "../../understanding/dates.ts";
import { NUMERAL, numeralOf } from "../../understanding/slots-numeral.ts";

export interface NewDue {
  readonly due: number;
  readonly provisional: boolean;
  /** What was said beside the time: the reason. */
  readonly rest: string;
}

export interface DueNow {
  readonly due: number;
  readonly now: number;
  readonly calendar: Calendar;
  readonly hours: Hours;
}

const SPAN = new RegExp(`(${NUMERAL}|半)\\s*(?:个)?\\s*(工作日|天|周|星期|礼拜|小时)(?!\\s*[一二三四五六日前])`, "u");
/** In working days. */
const UNITS: Readonly<Record<string, number>> = { 工作日: 1, 天: 1, 周: 5, 星期: 5, 礼拜: 5 };
const SPAN_WORKDAYS_MAX = 60;
const NOON = 12 * 60;
const AROUND =
  /^(?:[\s\p{P}]|申请|请求?|想|要|再给我?|再|给我|先|往后|延期?|推迟|顺延|宽限|改期?|到|至|成)+|[\s\p{P}]+$/gu;
const LEADS_TO =
  /[\s，,。]*(?:能不能|可否|能否)?(?:申请|请求?)?(?:往后)?(?:延期?|宽限|推迟?|顺延|改|放宽?)?[到至成]\s*$/u;
const BEHIND = /^(?:[\s\p{P}]|吧|之?前|才能|办结|完成|因为|因|原因是?|理由是?|[:：])+/u;

export function readNewDue(typed: string, { due, now, calendar, hours }: DueNow): NewDue | null {
  const text = typed.normalize("NFKC");
  // The reason is kept as it was typed where folding has moved nothing.
  const said = text.length === typed.length ? typed : text;
  const today = shanghaiDate(now);
  const times = timesIn(text, today, calendar, hours);
  // 今天来不及了，延到后天: what 到 leads to, else the first that is later than the promise.
  const later = times.filter((time) => time.due > Math.max(due, now));
  const meant = later.find(({ start }) => /[到至]\s*$/u.test(text.slice(0, start))) ?? later[0];
  if (meant) return known(meant.due, calendar, restOf(said, meant.start, meant.end));
  const span = SPAN.exec(text);
  if (!span) {
    const [none] = times;
    return none ? known(none.due, calendar, restOf(said, none.start, none.end)) : null;
  }
  const moved = afterSpan(Math.max(due, now), span[1] ?? "", span[2] ?? "", calendar, hours);
  if (moved === null) return null;
  return known(moved, calendar, restOf(said, span.index, span.index + span[0].length));
}

interface Time {
  readonly due: number;
  readonly start: number;
  readonly end: number;
}

/** All that are named, in their order. */
function timesIn(text: string, today: DateText, calendar: Calendar, hours: Hours): Time[] {
  const times: Time[] = [];
  for (let at = 0; at < text.length; ) {
    const found = findWhen(text.slice(at), today);
    if (!found) break;
    const due = momentOf(found.when, calendar, hours);
    if (due !== null) times.push({ due, start: at + found.start, end: at + found.end });
    at += Math.max(found.end, found.start + 1);
  }
  return times;
}

function known(due: number, calendar: Calendar, rest: string): NewDue {
  return { due, provisional: !calendar.isPublished(shanghaiDate(due)), rest };
}

/** The end of what was said; of a rest day the next working day's. Nothing is promised for after the close of a day. */
function momentOf({ from, to, time }: When, calendar: Calendar, hours: Hours): number | null {
  const day = to ?? from;
  if (day === null) return null;
  if (!calendar.isWorkday(day)) return shanghaiTime(calendar.nextWorkday(day), hours.close);
  const clock = /(\d{1,2}):(\d{2})$/u.exec(time);
  if (clock) return shanghaiTime(day, Math.min(Number(clock[1]) * 60 + Number(clock[2]), hours.close));
  return shanghaiTime(day, /上午|中午|早上/u.test(time) ? NOON : hours.close);
}

function afterSpan(from: number, count: string, unit: string, calendar: Calendar, hours: Hours): number | null {
  const n = count === "半" ? 0.5 : numeralOf(count);
  if (n === null || n <= 0) return null;
  if (unit === "小时") return addWorkingMinutes(from, n * 60, calendar, hours);
  const days = Math.ceil(n * (UNITS[unit] ?? 1));
  if (days > SPAN_WORKDAYS_MAX) return null;
  let day = shanghaiDate(from);
  for (let i = 0; i < days; i++) day = calendar.nextWorkday(day);
  // At the same time of day, as the promise was.
  return shanghaiTime(day, Math.min(Math.max(shanghaiMinutes(from), hours.open), hours.close));
}

function restOf(text: string, start: number, end: number): string {
  const before = text.slice(0, start).replace(LEADS_TO, "").replace(AROUND, "");
  const after = text.slice(end).replace(BEHIND, "");
  return [before, after]
    .filter(Boolean)
    .join("，")
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "");
}

/** Further away than three months nothing is promised. */
export function isTooFar(due: number, now: number): boolean {
  return shanghaiDate(due) > addDays(shanghaiDate(now), 92);
}
