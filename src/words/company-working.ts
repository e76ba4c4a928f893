/** What the company hears while its case is worked on: it changes hands, waits, takes longer, is not ours. */
import { type AnsweredBy, answered, head, LATE, type Named, type Prompts, quoting } from "./line.ts";

export interface PromisedFacts extends Named {
  /** `孙三（南社区服务点）` */
  readonly owner: string;
  readonly due: string;
}

/** `first`: the helper who stays named (首接负责); null where that is who has it. */
export function handedOver(facts: AnsweredBy & { readonly owner: string; readonly first: string | null }): string {
  const first = facts.first ? `　首接帮办员：${facts.first}` : "";
  return head(facts, "已转办", `现由${facts.owner}办理${answered(facts, "承诺不变：")}${first}`);
}

export function paused(
  facts: Named & { readonly reason: string; readonly until: string; readonly late: boolean },
  prompts: Prompts,
): string {
  const needed = facts.reason === "" ? "办理本件需要您的答复" : neededOf(facts.reason);
  const clock = facts.late ? LATE : `等待期间计时暂停，至迟 ${facts.until} 恢复`;
  return [head(facts, "等待补充", needed), `${clock}。请${quoting(prompts)}，收到即继续办理`].join("\n");
}

/** 等企业提供名单 is how a helper notes it down; the company is asked. */
const SHORTHAND =
  /^还?(?:等待?|待|缺少?|差|需要?)(?:企业|诉求人|对方|他们|您)?再?(?:提供|补充|确认|回复|发来|告知|报)?一?下?[\s:：，,]*/u;

function neededOf(reason: string): string {
  if (reason.startsWith("请")) return reason;
  return `需请您补充：${reason.replace(SHORTHAND, "") || reason}`;
}

export function resumed(facts: AnsweredBy): string {
  return head(facts, "继续办理", `已收到您的回复，继续办理${answered(facts)}您`);
}

export function pauseOver(facts: AnsweredBy): string {
  return head(facts, "继续办理", `尚未收到您的答复，现按已有情况继续办理${answered(facts)}您`);
}

export function extended(facts: Named & { readonly due: string; readonly reason: string }): string {
  const reason = facts.reason === "" ? "" : `（${facts.reason}）`;
  return head(facts, "已延期", `本件需延长办理时间${reason}，让您久等了，抱歉。新的时间：${facts.due} 前`);
}

export function sorted(facts: AnsweredBy & { readonly owner: string; readonly item: string }): string {
  return head(facts, "正在办理", `按“${facts.item}”办理，现由${facts.owner}负责${answered(facts, "承诺不变：")}`);
}

export function declined(facts: Named & { readonly reason: string }, { bot }: Prompts): string {
  return [
    head(facts, "不予受理", "经研究，您的诉求不属于本站受理范围，未能帮到您，抱歉"),
    `原因：${facts.reason}`,
    `可拨打12345政务服务便民热线咨询办理渠道；如情况有变，请@${bot} 重新说明`,
  ].join("\n");
}

export function merged(named: Named, into: Named): string {
  return head(named, "已合并", `与 ${into.number} 为同一诉求，合并办理，进展和结果在 ${into.number} 中告知您`);
}

export function unmerged(named: Named): string {
  return head(named, "继续办理", "本件恢复单独办理");
}

export function split(
  facts: PromisedFacts & { readonly from: Named; readonly item: string; readonly text: string },
): string {
  return [
    head(facts, "已受理", facts.item),
    `诉求：${facts.text}`,
    `由 ${facts.from.number} 拆分办理　承诺：${facts.due} 前答复　帮办员：${facts.owner}`,
  ].join("\n");
}
