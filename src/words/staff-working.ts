/** What helpers, officers and the chief hear while a case is worked on. */
import { choices, head, type Named, type Prompts, quoting } from "./line.ts";

/** An order and what it takes: `转办 谁 原因`. */
export interface Usage {
  readonly act: string;
  readonly takes: string;
}

export function wordsWanted(named: Named, wanted: string, { act, takes }: Usage, prompts: Prompts): string {
  return head(named, `待${act}`, `请写明${wanted}，${quoting(prompts)}：${act} ${takes}`);
}

/** Only the reason is still missing: whatever is answered is it. */
export function reasonWanted(named: Named, act: string, prompts: Prompts): string {
  return head(named, `待${act}`, `请写明原因，${quoting(prompts)}原因即可`);
}

export function whichColleague(named: Named, options: readonly string[], prompts: Prompts): string {
  return [head(named, "请确认", "请问是哪一位？"), choices(options), `请${quoting(prompts)}数字`].join("\n");
}

export function noSuchColleague(named: Named, typed: string, { act, takes }: Usage, prompts: Prompts): string {
  const missed = typed === "" ? "没有查到这位同事" : `没有查到“${typed}”`;
  const how = `请${quoting(prompts)}：${act} ${takes}（姓名、服务点，或组织、工会、经济发展、首席）`;
  return head(named, "未办理", `${missed}。${how}`);
}

export function colleagueAway(named: Named, name: string): string {
  return head(named, "未办理", `${name}请假，且无人代办，请另选一位`);
}

export function alreadyTheirs(named: Named, owner: string): string {
  return head(named, "未变更", `本件现由${owner}办理`);
}

export function leftAsItIs(named: Named): string {
  return head(named, "未变更", "好的，按原样继续办理");
}

export function handedOver(named: Named, owner: string, why: string, first: string | null): string {
  const named_ = first === null ? "" : `，首接帮办员仍为${first}`;
  return head(named, "已转办", `现由${owner}办理${why === "" ? "" : `（${why}）`}${named_}`);
}

/** Why it comes to this helper: `帮办员丙转办：企业迁址`. */
export function handedBy(by: string, act: string, reason: string, why: string): string {
  return [`${by}${act}${reason === "" ? "" : `：${reason}`}`, why].filter(Boolean).join("；");
}

export function nowWith(named: Named, owner: string, reason: string): string {
  return head(named, "已转办", `本件现由${owner}办理，您不必再办${reason === "" ? "" : `。原因：${reason}`}`);
}

export function putToChief(named: Named, chief: string): string {
  return head(named, "待决定", `本件已转办两次，已报${chief}决定，决定前请继续办理`);
}

export function handOverForChief(
  facts: Named & { readonly matter: string; readonly by: string; readonly to: string; readonly reason: string },
  prompts: Prompts,
): string {
  return [
    head(facts, "请决定转办", facts.matter),
    `${facts.by}申请第三次转办，拟转：${facts.to}${facts.reason === "" ? "" : `　原因：${facts.reason}`}`,
    `请${quoting(prompts)}：同意 / 不同意 / 派 姓名`,
  ].join("\n");
}

/** Pressed instead of typed. */
export function decisionButtons({ number }: Named): { label: string; says: string }[] {
  return ["同意", "不同意"].map((label) => ({ label, says: `${label} ${number}` }));
}

/** `told`: a way led to the asker. */
export function paused(facts: Named & { readonly until: string }, told: boolean): string {
  const asker = told ? "已告知诉求人" : "诉求人所在会话无法主动送达，请电话告知";
  return head(facts, "等待补充", `计时暂停，至迟 ${facts.until} 恢复。${asker}`);
}

export function resumed(facts: Named & { readonly due: string }): string {
  return head(facts, "继续办理", `诉求人已答复，计时恢复，${facts.due} 前答复`);
}

export function pauseOver(facts: Named & { readonly due: string; readonly reason: string }): string {
  const waited = facts.reason === "" ? "" : `（等待：${facts.reason}）`;
  return head(facts, "继续办理", `已等待三个工作日${waited}，计时恢复，请继续办理，${facts.due} 前答复`);
}

/** Whoever has it goes on of their own accord. */
export function goesOn(facts: Named & { readonly due: string }): string {
  return head(facts, "正在办理", `计时恢复，${facts.due} 前答复`);
}
