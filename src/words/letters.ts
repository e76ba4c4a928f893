/** What the digest says to the leaders: 日报, 周报, 月报. Chinese that a civil servant would sign. */

export const LETTER_NAMES = { day: "日报", week: "周报", month: "月报" } as const;
/** What 环比 and 同比 are called in a letter of each kind; while its time is not over, it is compared with as long a time. */
export function comparedWith(kind: keyof typeof LETTER_NAMES, isOver: boolean): { before: string; yearBefore: string } {
  const before = { day: "较前一日", week: "较上周", month: "较上月" }[kind];
  if (!isOver) return { before: `${before}同期`, yearBefore: "较去年同期" };
  return { before, yearBefore: { day: "较去年同日", week: "较去年同期", month: "较去年同月" }[kind] };
}

export function itemBefore(isOver: boolean): string {
  return isOver ? "上期" : "上期同期";
}

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

/** A day, week or month with nothing to say; one that is over need not be this one. */
export function nothing(kind: keyof typeof LETTER_NAMES, isOver: boolean, open: number): string {
  const word = (isOver ? OVER_WORDS : THIS_WORDS)[kind];
  return open === 0 ? `${word}无新增诉求，无在办事项。` : `${word}无新增诉求；在办 ${open} 件，均在时限内。`;
}

const THIS_WORDS = { day: "今日", week: "本周", month: "本月" } as const;
const OVER_WORDS = { day: "当日", week: "当周", month: "当月" } as const;

/** 补报：12月11日（周五）全天 受理 3 件，办结 2 件，按时办结率 87.5%（7/8）。 */
export function untold(facts: {
  readonly kind: keyof typeof LETTER_NAMES;
  /** One day, week or month, or several. */
  readonly isOne: boolean;
  readonly days: string;
  readonly received: number;
  readonly resolved: number;
  readonly onTime: string;
}): string {
  const { kind, isOne, days, received, resolved, onTime } = facts;
  const one = { day: `补报：${days}全天 `, week: `上周（${days}）全周：`, month: `上月（${days}）全月：` }[kind];
  return `${isOne ? one : `补报：${days} `}受理 ${received} 件，办结 ${resolved} 件，按时办结率 ${onTime}。`;
}

/** 较前一日 +25.0%, 较去年同日 持平: what cannot be compared is left out. */
export function compared(changes: readonly (readonly [string, string])[]): readonly string[] {
  return changes.filter(([, change]) => change !== "—").map(([with_, change]) => `${with_} ${change}`);
}

export function counted(count: number, changes: readonly string[]): string {
  return `${count} 件${changes.length === 0 ? "" : `（${changes.join("，")}）`}`;
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

interface Trained {
  readonly held: number;
  readonly attended: number;
  readonly people: number;
}

export function cumulative(facts: {
  readonly received: number;
  readonly resolved: number;
  readonly enterprises: number;
  readonly people: number;
  readonly training: Trained;
}): string {
  const { received, resolved, enterprises, people, training: ever } = facts;
  const trained = ever.held === 0 ? "" : `；举办培训 ${ever.held} 期，${trainedText(ever)}`;
  return `服务开展以来累计受理 ${received} 件，办结 ${resolved} 件，服务企业 ${enterprises} 家、诉求人 ${people} 人${trained}。`;
}

/** 红领增能 */
export function training(facts: Trained): string {
  return `红领增能：举办培训 ${facts.held} 期，${trainedText(facts)}。`;
}

/** Who came twice is one of the people. */
export function trainedText({ people, attended }: Trained): string {
  return `参训 ${attended} 人次（${people} 人）`;
}

export function unbalanced(difference: number): string {
  return `说明：以上数据前后不一致，相差 ${difference} 件，请管理员核对。`;
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
  return `……另有 ${count} 件，可请首席帮办员导出台账查看`;
}

export const ATTENTION_HEADS = {
  late: (count: number, red: number) => `逾期未办结 ${count} 件${red > 0 ? `，其中红灯 ${red} 件` : ""}：`,
  lowRatings: (count: number, calledBack: number) => `不满意评价 ${count} 件（${callBackText(count, calledBack)}）：`,
  reopened: (count: number) => `期间曾重新办理 ${count} 件（含已再次办结的）：`,
  unmatched: (count: number) => `未能归入服务事项 ${count} 件，建议核对后补充到事项说法：`,
} as const;

export const CALLED_BACK = "已回访";

function callBackText(count: number, calledBack: number): string {
  if (calledBack === 0) return "将由承办人以外的同志回访";
  return calledBack === count ? "均已回访" : `已回访 ${calledBack} 件，其余将由承办人以外的同志回访`;
}

/** A big one is promised an answer, a small one that it is done. */
export function promised(due: string, size: "small" | "big"): string {
  return `应于 ${due} 前${size === "small" ? "办结" : "答复"}`;
}

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
