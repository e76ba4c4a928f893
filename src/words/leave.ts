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

export function overlaps(days: string, { bot }: Prompts): string {
  return `您已登记请假：${days}，日期有重叠。如需更改，请先@${bot} 回复：销假`;
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

/** `open`: tickets that stay in the absent one's name. `whole`: a part of a day was said, and days are kept. */
export function taken(facts: LeaveFacts, standIn: string, open: number, whole: boolean, { bot }: Prompts): string {
  const lines = [`已登记请假：${facts.name}，${facts.days}${whole ? "（按整天登记）" : ""}`];
  lines.push(facts.deputy === null ? `未写明代办人，期间新诉求由${standIn}承办` : `期间由${facts.deputy}代办，已告知`);
  if (open > 0) {
    lines.push(`您名下未办结的 ${open} 件已列给${facts.deputy ?? standIn}`);
  }
  lines.push(`提前回来请@${bot} 回复：销假`);
  return lines.join("\n");
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

export function noLeave(): string {
  return "您没有登记请假，无需销假";
}

/** `upcoming`: it had not begun. */
export function back(days: string, upcoming: boolean): string {
  return upcoming ? `已取消请假：${days}` : `已销假，今日起恢复派单（原请假 ${days}）`;
}

export function backForOthers(name: string, days: string, upcoming: boolean): string {
  return upcoming ? `【取消请假】${name}　${days}` : `【销假】${name}已返岗（原请假 ${days}），其工单由本人继续办理`;
}
