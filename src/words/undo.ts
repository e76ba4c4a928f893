/** What is said when somebody takes back what they have just done. */
import { head, type Named } from "./line.ts";

/** By the event that tells most about an act, the most telling first. */
const ACTS: readonly (readonly [string, string])[] = [
  ["opened", "登记"],
  ["resolved", "办结"],
  ["rated", "评价"],
  ["called-back", "回访"],
  ["reopened", "未解决"],
  ["withdrawn", "撤回"],
  ["caller-named", "安排回访"],
  ["handed-over", "转办"],
  ["assigned", "派办"],
  ["returned", "退回"],
  ["assisted", "协办"],
  ["proposed", "申请"],
  ["refused", "不同意"],
  ["absorbed", "合并"],
  ["supervised", "督办"],
  ["extended", "延期"],
  ["merged", "合并"],
  ["declined", "不属受理范围"],
  ["paused", "等待"],
  ["located", "确认企业"],
  ["matched", "改事项"],
  ["urged", "催办"],
  ["noted", "记录"],
  ["accepted", "接单"],
  ["passed", "接单"],
];

export const VISIT = "走访";

export function actOf(events: readonly string[]): string {
  return ACTS.find(([event]) => events.includes(event))?.[1] ?? "操作";
}

export function nothingToUndo(): string {
  return "五分钟内没有可以撤销的操作。如需更正，请写上编号直接说明";
}

export function notThisOne(): string {
  return "您最近一次操作不是这一件，没有撤销。如需更正，请直接说明";
}

export function actedSince(named: Named | null): string {
  const text = "其后已有新的办理，不能撤销，请直接说明要更正的内容";
  return named ? head(named, "未撤销", text) : text;
}

/** It had been opened by it. */
export function registrationUndone(named: Named): string {
  return head(named, "已撤销", "已取消登记，本件不再办理");
}

/** What the company had been told holds no longer. `due`: the promise that holds again, where it had become another. */
export function undoneForAsker(named: Named, act: string, state: string, due: string | null): string {
  const holds = due === null ? `本件${state}` : `仍于${due} 前答复`;
  return head(named, "更正", `此前告知的${act}作废，${holds}，给您添麻烦了`);
}

export function undone(named: Named | null, act: string, state: string): string {
  return named ? head(named, "已撤销", `已撤销刚才的“${act}”，本件${state}`) : `已撤销刚才的“${act}”`;
}

export function asksAgain(wanted: string): string {
  return `。延至 ${wanted} 的申请仍待决定`;
}

export function undoneForOthers(named: Named | null, by: string, act: string, state: string): string {
  return named ? head(named, "更正", `${by}撤销了刚才的“${act}”，本件${state}`) : `【更正】${by}撤销了刚才的“${act}”`;
}
