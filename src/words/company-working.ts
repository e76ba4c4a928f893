/** What the company hears while its case is worked on: it changes hands, waits, takes longer, is not ours. */
import { head, type Named, type Prompts, quoting } from "./line.ts";

export interface PromisedFacts extends Named {
  /** `孙三（南社区服务点）` */
  readonly owner: string;
  readonly due: string;
}

/** `first`: the helper who stays named (首接负责); null where that is who has it. */
export function handedOver(facts: PromisedFacts & { readonly first: string | null }): string {
  const { owner, due, first } = facts;
  return head(facts, "已转办", `现由${owner}办理，承诺不变：${due} 前答复${first ? `　首接帮办员：${first}` : ""}`);
}

export function paused(facts: Named & { readonly reason: string; readonly until: string }, prompts: Prompts): string {
  const needed = facts.reason === "" ? "办理本件需要您的答复" : facts.reason;
  return [
    head(facts, "等待补充", needed),
    `等待期间计时暂停，至迟 ${facts.until} 恢复。请${quoting(prompts)}，收到即继续办理`,
  ].join("\n");
}

export function resumed(facts: Named & { readonly due: string }): string {
  return head(facts, "继续办理", `已收到您的答复，${facts.due} 前答复您`);
}

export function pauseOver(facts: Named & { readonly due: string }): string {
  return head(facts, "继续办理", `尚未收到您的答复，现按已有情况继续办理，${facts.due} 前答复您`);
}
