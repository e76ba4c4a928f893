/** What the digest says to the leaders: 日报, 周报, 月报. Chinese that a civil servant would sign. */

export const LETTER_NAMES = { day: "日报", week: "周报", month: "月报" } as const;
/** What 环比 and 同比 are called in a letter of each kind. */
export const BEFORE_WORDS = { day: "较前一日", week: "较上周", month: "较上月" } as const;
export const YEAR_BEFORE_WORDS = { day: "较去年同日", week: "较去年同期", month: "较去年同月" } as const;

export const HEADINGS = {
  overview: "总体情况",
  items: "热点事项",
  points: "片区情况",
  helpers: "帮办员情况",
  attention: "需关注",
} as const;

const ORDINALS = "一二三四五六七八九";

export function heading(index: number, name: string): string {
  return `${ORDINALS.charAt(index)}、${name}`;
}

export function continued(text: string): string {
  return `${text}（续）`;
}

export function title(station: string, kind: string, days: string, asOf: string | null): string {
  return `【帮办${kind}】${station}　${days}${asOf === null ? "" : `（截至 ${asOf}）`}`;
}

/** A day with nothing to say. */
export function nothing(open: number): string {
  return open === 0 ? "期间无新增诉求，无在办事项。" : `期间无新增诉求，在办 ${open} 件，均未逾期。`;
}

/** 较前一日 +25.0%, 较去年同日 —: what cannot be compared is left out. */
export function compared(changes: readonly (readonly [string, string])[]): string {
  const told = changes.filter(([, change]) => change !== "—").map(([with_, change]) => `${with_} ${change}`);
  return told.length === 0 ? "" : `（${told.join("，")}）`;
}

export function flow(facts: {
  readonly carried: number;
  readonly received: string;
  readonly resolved: string;
  readonly others: readonly (readonly [string, number])[];
  readonly open: number;
}): string {
  const others = facts.others.filter(([, count]) => count > 0).map(([name, count]) => `，${name} ${count} 件`);
  return `上期结转 ${facts.carried} 件，受理 ${facts.received}，办结 ${facts.resolved}${others.join("")}；期末在办 ${facts.open} 件。`;
}

/** What no day's letter has told yet. */
export function between(since: string, received: number): string {
  return `另，上次日报（${since}）之后至昨日又受理 ${received} 件。`;
}

export function cumulative(facts: {
  readonly received: number;
  readonly resolved: number;
  readonly enterprises: number;
  readonly people: number;
}): string {
  const { received, resolved, enterprises, people } = facts;
  return `服务开展以来累计受理 ${received} 件，办结 ${resolved} 件，服务企业 ${enterprises} 家、诉求人 ${people} 人。`;
}

/** 红领增能 */
export function training({ held, attended }: { readonly held: number; readonly attended: number }): string {
  return `红领增能：举办培训 ${held} 期，参训 ${attended} 人次。`;
}

export function unbalanced(difference: number): string {
  return `说明：以上收支不能轧平，相差 ${difference} 件，请管理员核对数据。`;
}

export function pointLine(facts: {
  readonly point: string;
  readonly received: number;
  readonly resolved: number;
  readonly open: number;
  readonly onTime: string;
}): string {
  return `${facts.point}：受理 ${facts.received} 件，办结 ${facts.resolved} 件，在办 ${facts.open} 件，按时办结率 ${facts.onTime}`;
}

export function quietPoints(names: readonly string[]): string {
  return `${names.join("、")}：期间无诉求`;
}

export function helperLine(facts: {
  readonly who: string;
  readonly resolved: number;
  readonly open: number;
  readonly rates: readonly string[];
}): string {
  return `${facts.who}：办结 ${facts.resolved} 件，在办 ${facts.open} 件，${facts.rates.join("，")}`;
}

/** Of what nobody is responsible for yet. */
export function nobodyLine({ resolved, open, late }: { resolved: number; open: number; late: number }): string {
  const told = [
    ...(resolved > 0 ? [`办结 ${resolved} 件`] : []),
    `在办 ${open} 件`,
    ...(late > 0 ? [`其中逾期 ${late} 件`] : []),
  ];
  return `${NOBODY}：${told.join("，")}`;
}

export const UNKNOWN_POINT = "片区待确认";
/** Of those that are not in the station file or the menu any more. */
export const FORMER_POINT = "原片区";
export const FORMER_ITEM = "原事项";
export const FORMER_PERSON = "已离岗人员";
export const NOBODY = "尚未明确承办人";
export const NO_ATTENTION = "无。";
export const NO_ITEMS = "期间无新增诉求。";

export function more(count: number): string {
  return `……另有 ${count} 件，详见台账`;
}

export const ATTENTION_HEADS = {
  late: (count: number, red: number) => `逾期未办结 ${count} 件${red > 0 ? `，其中红灯 ${red} 件` : ""}：`,
  lowRatings: (count: number) => `不满意评价 ${count} 件（由承办人以外的同志回访）：`,
  reopened: (count: number) => `期间曾重新办理 ${count} 件（含已再次办结的）：`,
  unmatched: (count: number) => `未能归入服务事项 ${count} 件，建议核对后补充说法：`,
} as const;

export function caseLine(facts: {
  readonly number: string;
  readonly item: string;
  readonly rest: readonly string[];
}): string {
  return `${facts.number} ${[facts.item, ...facts.rest].join("，")}`;
}

export function phraseLine(number: string, text: string, item: string | null): string {
  return `${number} “${text}”${item === null ? "" : `，最接近“${item}”`}`;
}

/** 帮办日报 2026年11月23日（周一） */
export function letterName(kind: string, days: string): string {
  return `帮办${kind} ${days}`;
}

export function partCalled(name: string, part: number, count: number): string {
  return count === 1 ? name : `${name} 第 ${part}/${count} 部分`;
}

export function pictureCalled(name: string): string {
  return `${name} 图表`;
}

/** Behind the address stands nothing: whatever stood there would be taken for a part of it. */
export function picture(name: string, link: string | null): string {
  return link === null ? `【${name}】图表` : `【${name}】\n图表：${link}`;
}

const MISSED_NAMED = 10;

export function missed(names: readonly string[]): string {
  const first = names.slice(0, MISSED_NAMED).join("、");
  const all = names.length > MISSED_NAMED ? `${first} 等 ${names.length} 份` : first;
  return `${all} 未能按时发出，已过时效，不再补发；如需查看，请管理员用 digest 命令生成`;
}
