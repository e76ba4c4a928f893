/** What is said about a request that a helper writes down for a company, and about a visit. */
import { choices, head, type Named, type Prompts, quoting } from "./line.ts";

const EXAMPLE = "代录 企业 诉求（可在前面注明来电、来访或走访）";

export function wanted({ bot }: Prompts): string {
  return `请写明企业和诉求，@${bot} 回复：${EXAMPLE}`;
}

export function whichOfThese(typed: string, options: readonly string[], prompts: Prompts): string {
  return [`请问“${typed}”是哪一家？`, choices(options), "0 都不是", `请${quoting(prompts)}数字`].join("\n");
}

export interface RecordedFacts extends Named {
  readonly item: string;
  readonly enterprise: string;
  readonly via: string | null;
  readonly due: string;
  readonly owner: string | null;
}

/** `group`: the company reads the receipt in a group of its own. */
export function recorded(facts: RecordedFacts, group: boolean): string {
  const { item, enterprise, via, due, owner } = facts;
  return [
    head(facts, "已代录", `${item}　${enterprise}${via === null ? "" : `（${via}）`}`),
    `承诺：${due} 前答复${owner === null ? "" : `　帮办员：${owner}`}`,
    group ? "回执已发至企业群" : "该企业没有已开通的群，请电话告知受理编号和时限",
  ].join("\n");
}

/** In another company's group: number and item only (desk-practice 6). */
export function recordedElsewhere(facts: Named & { readonly item: string }): string {
  return head(facts, "已代录", facts.item);
}

export function unlisted(typed: string): string {
  return `名册中没有“${typed}”，不影响办理，请承办人核实企业`;
}

/** Above the receipt in the company's group. */
export function registeredForYou(recorder: string, via: string | null): string {
  return `${recorder}已代您单位登记${via === null ? "" : `（${via}）`}：`;
}

export function visitWanted({ bot }: Prompts): string {
  return `请写明走访的企业和情况，@${bot} 回复：走访 企业 情况（有诉求的写明“诉求：…”）`;
}

export function visited(enterprise: string | null, date: string): string {
  return enterprise === null
    ? `已记录走访（${date}），未识别企业名称，已按原文保存`
    : `已记录走访：${enterprise}（${date}）`;
}

export function whichWasVisited(typed: string, options: readonly string[], prompts: Prompts): string {
  return [
    `已按原文保存。请问走访的“${typed}”是哪一家？`,
    choices(options),
    "0 都不是",
    `请${quoting(prompts)}数字`,
  ].join("\n");
}

/** Nobody else knows whether they were: the one who was there says which. */
export function possibleWishes(options: readonly string[], prompts: Prompts): string {
  return [
    `以下 ${options.length} 条可能是诉求，尚未登记：`,
    choices(options),
    `请${quoting(prompts)}编号登记（可写多个），0 不登记`,
  ].join("\n");
}

export function noneRegistered(): string {
  return "好的，未登记";
}

export function noWish({ bot }: Prompts): string {
  return `未登记诉求。如有诉求，请@${bot} 回复：代录 企业 诉求`;
}
