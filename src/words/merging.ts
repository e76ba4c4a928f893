/** What helpers and the chief hear of cases that become one, or two. */
import { head, type Named, type Prompts, quoting } from "./line.ts";

/** `others`: those that it may repeat, where there are several. */
export function mergeWanted(named: Named, others: readonly string[], { bot }: Prompts): string {
  const near = others.length === 0 ? "" : `同企业同事项的有 ${others.join("、")}。`;
  return head(named, "待合并", `${near}请写明两件的编号，@${bot} 回复：合并 编号 编号`);
}

export function mergeMissing(named: Named, number: string, { bot }: Prompts): string {
  const full = number.startsWith("#") ? "请核对编号" : "请写全编号";
  return head(named, "未合并", `没有查到 ${number}，${full}，@${bot} 回复：合并 1207-017 1207-018`);
}

/** Two fit one bare number. */
export function mergeUnclear({ bot }: Prompts): string {
  return `编号不止一件相符，请写全编号，@${bot} 回复：合并 1207-017 1207-018`;
}

export function notMergeable(named: Named, other: Named): string {
  return head(named, "未合并", `与 ${other.number} 不是同一企业或同一诉求人，不能合并`);
}

/** Its head is the one that was merged, so that quoting it takes that one back. */
export function merged(named: Named, into: Named, prompts: Prompts): string {
  return head(named, "已合并", `并入 ${into.number}。如有误，当日${quoting(prompts)}：撤销`);
}

export function absorbed(named: Named, numbers: string): string {
  return head(named, "已合并", `${numbers} 并入本件一并办理`);
}

export function mergedForHelper(named: Named, into: Named): string {
  return head(named, "已合并", `并入 ${into.number}，本件不必再办`);
}

export function mergedEarlier(named: Named): string {
  return head(named, "未办理", "合并仅当日可以撤销");
}

export function unmerged(named: Named): string {
  return head(named, "已撤销合并", "本件恢复单独办理");
}

export function split(
  facts: Named & { readonly from: Named; readonly item: string; readonly owner: string; readonly due: string },
): string {
  return head(facts, "已拆分", `由 ${facts.from.number} 拆出：${facts.item}　承办：${facts.owner}　${facts.due} 前`);
}
