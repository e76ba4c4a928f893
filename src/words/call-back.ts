/** What is said about a low rating and the call-back that follows it (desk-practice 6). */
import { head, type Named, type Prompts, quoting } from "./line.ts";
import type { CaseFacts } from "./staff.ts";

const ORDER = "回访 内容（仍未解决的请写明）";

export function lowRatingForChief(
  facts: CaseFacts & { readonly rating: string; readonly text: string; readonly by: string },
  prompts: Prompts,
): string {
  const lines = [
    head(facts, "低分评价", `${facts.item}　${facts.enterprise}`),
    `评价：${facts.rating}　承办：${facts.owner}`,
    `请于 ${facts.by} 前由承办人以外的同志回访整改`,
    `${quoting(prompts)}：回访 由 姓名，或 ${ORDER}`,
  ];
  if (facts.text) lines.splice(2, 0, `原话：${facts.text}`);
  return lines.join("\n");
}

/** The rating was put right before anybody called. */
export function corrected(named: Named, grade: string): string {
  return head(named, "评价更正", `诉求人更正为${grade}，不必再回访`);
}

export function pleaseCall(
  facts: CaseFacts & { readonly by: string; readonly result: string },
  prompts: Prompts,
): string {
  return [
    head(facts, "请回访", `${facts.item}　${facts.enterprise}`),
    `办理结果：${facts.result}`,
    `承办：${facts.owner}　请于 ${facts.by} 前回访，${quoting(prompts)}：${ORDER}`,
  ].join("\n");
}

export function callerNamed(facts: Named & { readonly caller: string; readonly by: string }): string {
  return head(facts, "已安排回访", `由${facts.caller}于 ${facts.by} 前回访`);
}

export function bySomebodyElse(named: Named, prompts: Prompts): string {
  return head(named, "未办理", `回访须由承办人以外的同志进行，请首席帮办员${quoting(prompts)}：回访 由 姓名`);
}

export function unknownCaller(named: Named, typed: string, names: readonly string[]): string {
  return head(named, "未办理", `没有查到“${typed}”。可安排回访的同志：${names.join("、")}`);
}

export function ownerAsCaller(named: Named, owner: string): string {
  return head(named, "未办理", `${owner}是本件承办人，回访须由其他同志进行`);
}

export function textWanted(named: Named, prompts: Prompts): string {
  return head(named, "待回访", `请写明回访情况，${quoting(prompts)}：${ORDER}`);
}

export function closedAfterCall(named: Named, text: string): string {
  return head(named, "已归档", `已回访：${text}`);
}

export function reopenedAfterCall(
  facts: Named & { readonly text: string; readonly owner: string; readonly due: string },
): string {
  return head(facts, "重新办理", `已回访：${facts.text}\n已请${facts.owner}继续办理，${facts.due} 前答复`);
}

export function late(facts: CaseFacts & { readonly caller: string | null }, prompts: Prompts): string {
  return [
    head(facts, "回访逾期", `${facts.item}　${facts.enterprise}`),
    `低分评价已满十五个工作日，${facts.caller === null ? "尚未安排回访" : `${facts.caller}尚未回访`}。${quoting(prompts)}：回访 由 姓名，或 ${ORDER}`,
  ].join("\n");
}
