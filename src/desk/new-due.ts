/** Until when somebody asks for more time: 后天, 下周三下午, 12月15号前, 两个工作日, 一周. Pure. */
import type { Calendar } from "../pledge/calendar.ts";
import { addDays, type Hours, shanghaiDate, shanghaiMinutes, shanghaiTime } from "../pledge/hours.ts";
import { addWorkingMinutes } from "../pledge/working-time.ts";
import { findWhen, type When } from "../understanding/dates.ts";
import { NUMERAL, numeralOf } from "../understanding/slots-numeral.ts";

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
const BEHIND = /^(?:[\s\p{P}]|吧|之?前|才能|办结|完成|因为|因|原因是?|理由是?|[:：])+/u;

export function readNewDue(typed: string, { due, now, calendar, hours }: DueNow): NewDue | null {
  const text = typed.normalize("NFKC");
  const today = shanghaiDate(now);
  const found = findWhen(text, today);
  if (found) {
    const said = momentOf(found.when, calendar, hours);
    return said === null ? null : known(said, calendar, restOf(text, found.start, found.end));
  }
  const span = SPAN.exec(text);
  if (!span) return null;
  const moved = afterSpan(Math.max(due, now), span[1] ?? "", span[2] ?? "", calendar, hours);
  if (moved === null) return null;
  return known(moved, calendar, restOf(text, span.index, span.index + span[0].length));
}

function known(due: number, calendar: Calendar, rest: string): NewDue {
  return { due, provisional: !calendar.isPublished(shanghaiDate(due)), rest };
}

/** The end of what was said; of a rest day the next working day's. */
function momentOf({ from, to, time }: When, calendar: Calendar, hours: Hours): number | null {
  const day = to ?? from;
  if (day === null) return null;
  if (!calendar.isWorkday(day)) return shanghaiTime(calendar.nextWorkday(day), hours.close);
  const clock = /(\d{1,2}):(\d{2})$/u.exec(time);
  if (clock) return shanghaiTime(day, Number(clock[1]) * 60 + Number(clock[2]));
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
  return shanghaiTime(day, Math.min(shanghaiMinutes(from), hours.close));
}

function restOf(text: string, start: number, end: number): string {
  const before = text.slice(0, start).replace(AROUND, "");
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
