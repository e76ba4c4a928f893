/** What is said about leave, and to the colleagues whom it concerns. */
import { type Prompts, quoting } from "./line.ts";

const EXAMPLE = "请假 12月1日到5日 由 姓名 代";

export interface LeaveFacts {
  readonly name: string;
  /** `12月1日（周二）至12月5日（周六）` */
  readonly days: string;
  /** Null where nobody was named. */
  readonly deputy: string | null;
}

export function daysWanted({ bot }: Prompts): string {
  return `请写明起止日期和代办人，@${bot} 回复：${EXAMPLE}`;
}

export function tooLong({ bot }: Prompts): string {
  return `请假不能超过一年，请核对日期，@${bot} 回复：${EXAMPLE}`;
}

/** `whose`: a colleague's name, null for the reader's own. */
export function overlaps(whose: string | null, days: string, first: string, { bot }: Prompts): string {
  return `${whose ?? "您"}已登记请假：${days}，日期有重叠。如需更改，请先@${bot} 回复：${whose ?? ""}销假 ${dayOnly(first)}`;
}

/** `12月20日（周日）` as one types it. */
function dayOnly(day: string): string {
  return day.replace(/（.*$/u, "");
}

export function reversed({ bot }: Prompts): string {
  return `起止日期前后颠倒，未登记。请核对后@${bot} 回复：${EXAMPLE}`;
}

export function notByYou(name: string): string {
  return `${name}的请假由本人、首席帮办员或领导登记，本次未登记`;
}

export function whoseWanted(typed: string, { bot }: Prompts): string {
  return `不能确定“${typed}”指哪一位，未登记。请每次写一位同志的全名，@${bot} 回复：请假 姓名 12月1日到5日 由 姓名 代`;
}

/** It was told in free words. `whose`: a colleague's name, null for the reader's own. */
export function whetherToTake(whose: string | null, days: string, deputy: string | null, prompts: Prompts): string {
  const what = [whose, days, deputy === null ? null : `由${deputy}代办`].filter((part) => part !== null).join("，");
  return [`请问需要登记请假吗？${what}`, `请${quoting(prompts)}：1 登记　0 不用`].join("\n");
}

export function notTaken(): string {
  return "好的，未登记请假";
}

export function unknownDeputy(typed: string, names: readonly string[], { bot }: Prompts): string {
  return `没有查到代办人“${typed}”，未登记。可代办的同志：${names.join("、")}。请@${bot} 回复：${EXAMPLE}`;
}

export function ownDeputy({ bot }: Prompts): string {
  return `不能由本人代办，未登记。请@${bot} 回复：${EXAMPLE}`;
}

export function deputyAway(deputy: string, days: string, { bot }: Prompts): string {
  return `${deputy}已登记请假：${days}，不能代办，未登记。请另定代办人，@${bot} 回复：${EXAMPLE}`;
}

/** `open`: tickets that stay in the absent one's name. `whole`: a part of a day was said, and days are kept. `self`: their own. */
export function taken(
  facts: LeaveFacts,
  standIn: string,
  open: number,
  whole: boolean,
  self: boolean,
  { bot }: Prompts,
): string {
  const lines = [`已登记请假：${facts.name}，${facts.days}${whole ? "（按整天登记）" : ""}`];
  lines.push(facts.deputy === null ? `未写明代办人，期间新诉求由${standIn}承办` : `期间由${facts.deputy}代办，已告知`);
  if (open > 0) {
    lines.push(`${self ? "您" : facts.name}名下未办结的 ${open} 件已列给${facts.deputy ?? standIn}`);
  }
  lines.push(self ? `提前回来请@${bot} 回复：销假` : `已告知${facts.name}`);
  return lines.join("\n");
}

export function takenForYou({ days, deputy }: LeaveFacts, by: string, { bot }: Prompts): string {
  const instead = deputy === null ? "" : `，期间由${deputy}代办`;
  return `【请假】${by}已为您登记请假：${days}${instead}。如有不符请@${bot} 回复：销假`;
}

export function takenForChief({ name, days, deputy }: LeaveFacts, open: number): string {
  const by = deputy === null ? "未写明代办人" : `由${deputy}代办`;
  return `【请假】${name}　${days}\n${by}${open > 0 ? `　名下未办结 ${open} 件` : ""}`;
}

export function takenForDeputy({ name, days }: LeaveFacts, list: string, prompts: Prompts): string {
  const lines = [`【请您代办】${name}请假，${days}，期间由您代办`];
  if (list !== "") lines.push(`其名下未办结：`, list, `${quoting(prompts)}：编号 进展 内容 / 编号 办结 结果`);
  return lines.join("\n");
}

/** `day`: the one that was named; `all`: what is registered, `example`: a day of the first of it. */
export function noLeave(
  whose: string | null,
  day: string | null,
  all: readonly string[],
  example: string,
  { bot }: Prompts,
): string {
  const who = whose ?? "您";
  if (all.length === 0) return `${who}没有登记请假，无需销假`;
  const none = day === null ? `${who}今日没有请假` : `${who}没有登记${day}的请假`;
  return `${none}，未作变更。已登记：${all.join("；")}。如需取消，请@${bot} 回复：${whose ?? ""}销假 ${example}`;
}

/** `upcoming`: it had not begun. */
export function back(days: string, upcoming: boolean, whose: string | null): string {
  const of = whose ?? "";
  return upcoming
    ? `已取消${of}请假：${days}`
    : `已${of === "" ? "" : `为${of}`}销假，今日起恢复派单（原请假 ${days}）`;
}

export function backForYou(by: string, days: string, upcoming: boolean): string {
  return upcoming
    ? `【取消请假】${by}已取消您的请假：${days}`
    : `【销假】${by}已为您销假，今日起恢复派单（原请假 ${days}）`;
}

export function backForOthers(name: string, days: string, upcoming: boolean): string {
  return upcoming ? `【取消请假】${name}　${days}` : `【销假】${name}已返岗（原请假 ${days}），其工单由本人继续办理`;
}
