/** One helper's open tickets, and a point's day, in one message that fits a telephone. */
import type { Named, Prompts } from "./line.ts";
import { quoting } from "./line.ts";

export interface TodoFacts extends Named {
  /** 逾期, 今日 18:00 …: what they are grouped by. */
  readonly when: string;
  readonly item: string;
  /** Null in the group of another company. */
  readonly enterprise: string | null;
  /** 紧急, 黄灯, 待接单 …; empty where there is nothing to say. */
  readonly marks: readonly string[];
}

export interface TodoCounts {
  readonly all: number;
  readonly late: number;
  readonly today: number;
  readonly unaccepted: number;
}

/** So many are told in a line of their own; of the others only the numbers, by when they are due. */
const TOLD_IN_FULL = 10;
const ENTERPRISE_CHARACTERS = 8;

export function nothingToDo(): string {
  return "您名下没有未办结的工单";
}

export function todo(
  counts: TodoCounts,
  lines: readonly string[],
  standIn: readonly string[],
  mayAccept: boolean,
  prompts: Prompts,
): string {
  return [
    `我的待办 ${countsText(counts)}`,
    ...lines,
    ...(standIn.length > 0 ? ["代办：", ...standIn] : []),
    orders(prompts, mayAccept),
  ].join("\n");
}

/** What may be answered; `mayAccept`: one of them is still to be accepted. */
function orders(prompts: Prompts, mayAccept: boolean): string {
  return `${quoting(prompts)}：${mayAccept ? "编号 接单 / " : ""}编号 进展 内容 / 编号 办结 结果`;
}

/** 今日待办, when the working day begins. `beside`: other people's cases that came up in the night. */
export function morning(
  date: string,
  counts: TodoCounts,
  { mine, others, beside, more }: Readonly<Record<"mine" | "others" | "beside", readonly string[]> & { more: number }>,
  mayAccept: boolean,
  prompts: Prompts,
): string {
  return [
    `今日待办　${date}${counts.all > 0 ? `　${countsText(counts)}` : ""}`,
    ...mine,
    ...(others.length > 0 ? ["代办：", ...others] : []),
    ...(beside.length > 0 ? ["请关注：", ...beside] : []),
    ...(more > 0 ? [`……另有 ${more} 件，发送“今日”可看各服务点情况`] : []),
    orders(prompts, mayAccept),
  ].join("\n");
}

function countsText({ all, late, today, unaccepted }: TodoCounts): string {
  return [`${all} 件`, `逾期 ${late}`, `今日到期 ${today}`, `待接单 ${unaccepted}`].join("　");
}

/** In the order in which they come. */
export function todoList(tickets: readonly TodoFacts[]): string[] {
  const lines: string[] = [];
  let group = "";
  for (const { number, when, item, enterprise, marks } of tickets.slice(0, TOLD_IN_FULL)) {
    if (when !== group) lines.push(`〔${when}〕`);
    group = when;
    const company = enterprise === null ? "" : `　${short(enterprise)}`;
    lines.push(`${number} ${item}${company}${marks.map((mark) => ` ${mark}`).join("")}`);
  }
  const rest = new Map<string, string[]>();
  for (const { number, when } of tickets.slice(TOLD_IN_FULL)) rest.set(when, [...(rest.get(when) ?? []), number]);
  for (const [when, numbers] of rest) lines.push(`〔${when}〕${numbers.join(" ")}`);
  return lines;
}

function short(enterprise: string): string {
  const characters = [...enterprise.replace(/(?:股份)?有限(?:责任)?公司$/u, "")];
  return characters.length > ENTERPRISE_CHARACTERS
    ? `${characters.slice(0, ENTERPRISE_CHARACTERS - 1).join("")}…`
    : characters.join("");
}

export interface DayFacts {
  readonly point: string;
  readonly received: number;
  readonly resolved: number;
  readonly open: number;
  readonly unaccepted: number;
  readonly late: readonly string[];
  readonly dueToday: readonly string[];
  readonly onDuty: readonly string[];
  /** `帮办员辛（至12月9日，帮办员丙代）` */
  readonly away: readonly string[];
}

const NUMBERS_SHOWN = 12;

export function day(date: string, points: readonly DayFacts[]): string {
  return [`今日情况　${date}`, ...points.flatMap(pointLines)].join("\n");
}

function pointLines(facts: DayFacts): string[] {
  const { point, received, resolved, open, unaccepted, late, dueToday, onDuty, away } = facts;
  const lines = [`〔${point}〕受理 ${received}　办结 ${resolved}　在办 ${open}（待接单 ${unaccepted}）`];
  if (late.length > 0) lines.push(`逾期 ${late.length}：${numbersText(late)}`);
  if (dueToday.length > 0) lines.push(`今日到期 ${dueToday.length}：${numbersText(dueToday)}`);
  lines.push(
    `在岗：${onDuty.length > 0 ? onDuty.join("、") : "无"}${away.length > 0 ? `　请假：${away.join("、")}` : ""}`,
  );
  return lines;
}

/** Many points: one line each, so that it stays one message. */
export function dayOfMany(date: string, points: readonly DayFacts[]): string {
  const sum = (count: (facts: DayFacts) => number) => points.reduce((total, facts) => total + count(facts), 0);
  const all = `受理 ${sum(({ received }) => received)}　办结 ${sum(({ resolved }) => resolved)}　在办 ${sum(({ open }) => open)}　逾期 ${sum(({ late }) => late.length)}`;
  const away = points.flatMap((facts) => facts.away);
  return [
    `今日情况　${date}`,
    `合计：${all}`,
    ...points.map(({ point, received, resolved, open, late }) => {
      return `${point}：受理 ${received} 办结 ${resolved} 在办 ${open}${late.length > 0 ? ` 逾期 ${late.length}` : ""}`;
    }),
    ...(away.length > 0 ? [`请假：${[...new Set(away)].join("、")}`] : []),
  ].join("\n");
}

function numbersText(numbers: readonly string[]): string {
  const shown = numbers.slice(0, NUMBERS_SHOWN).join(" ");
  return numbers.length > NUMBERS_SHOWN ? `${shown} 等` : shown;
}
