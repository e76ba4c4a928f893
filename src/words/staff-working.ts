/** What helpers, officers and the chief hear while a case is worked on. */
import { choices, detailLines, head, type Named, type Prompts, promised, quoting } from "./line.ts";
import type { TaskFacts } from "./staff.ts";
import { type Told, toldText } from "./told.ts";

/** An order and what it takes: `转办 谁 原因`. */
export interface Usage {
  readonly act: string;
  readonly takes: string;
}

export function wordsWanted(named: Named, wanted: string, { act, takes }: Usage, prompts: Prompts): string {
  return head(named, `请写明${wanted}`, `“${act}”尚未办理，${quoting(prompts)}：${act} ${takes}`);
}

/** Only the reason is still missing: whatever is answered is it. */
export function reasonWanted(named: Named, act: string, prompts: Prompts): string {
  return head(named, "请写明原因", `“${act}”尚未办理，${quoting(prompts)}原因即可`);
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

/** `act`: 转办, 派办, 退回. */
export function handedOver(named: Named, act: string, owner: string, why: string, first: string | null): string {
  const named_ = first === null ? "" : `，首接帮办员仍为${first}`;
  const now = act === "退回" ? `已交${owner}` : `现由${owner}办理`;
  return head(named, `已${act}`, `${now}${why === "" ? "" : `（${why}）`}${named_}`);
}

/** Why it comes to this helper: `帮办员丙转办：企业迁址`. */
export function handedBy(by: string, act: string, reason: string, why: string): string {
  return [`${by}${act}${reason === "" ? "" : `：${reason}`}`, why].filter(Boolean).join("；");
}

export function nowWith(named: Named, owner: string, reason: string): string {
  return head(named, "已转办", `本件现由${owner}办理，您不必再办${reason === "" ? "" : `。原因：${reason}`}`);
}

/** To whoever has accepted what nobody could tell the item of; `likely` are names of the menu. */
export function itemWanted(likely: readonly string[], prompts: Prompts): string {
  const such = likely.length === 0 ? "" : `（可能是：${likely.join("、")}）`;
  return `本件事项待确认${such}，请了解后${quoting(prompts)}：归 事项名称`;
}

export function itemUnknown(named: Named, prompts: Prompts): string {
  return head(named, "待确认事项", `没有查到这一事项，请${quoting(prompts)}：归 事项名称。发送“菜单”可查看全部事项`);
}

export function itemNotSaid(named: Named, chief: string): string {
  return head(named, "已转交", `本件事项未能确认，现由${chief}研究，您不必再办。如已了解情况，请告知${chief}`);
}

/** `told`: who of the asker's side hears of it. */
export function paused(facts: Named & { readonly until: string; readonly late: boolean }, told: Told): string {
  const asker = toldText(told, "", "已告知诉求人");
  const clock = facts.late
    ? `本件已逾期，等待期间照常计时，至迟 ${facts.until} 继续办理`
    : `计时暂停，至迟 ${facts.until} 恢复`;
  return head(facts, "等待补充", `${clock}。${asker}`);
}

/** `late`: it was past due before it waited, and no pause has moved that. */
interface GoingOn extends Named {
  readonly due: string;
  readonly late: boolean;
}

export function resumed(facts: GoingOn): string {
  return head(facts, "继续办理", `诉求人已答复，${againPromised(facts)}`);
}

export function pauseOver(facts: GoingOn & { readonly reason: string }): string {
  const waited = facts.reason === "" ? "" : `（等待：${facts.reason}）`;
  const please = facts.late ? promised(facts.due, false, true) : `计时恢复，请继续办理，${promised(facts.due, false)}`;
  return head(facts, "继续办理", `已等待三个工作日${waited}，${please}`);
}

/** Whoever has it goes on of their own accord. */
export function goesOn(facts: GoingOn): string {
  return head(facts, "正在办理", againPromised(facts));
}

function againPromised({ due, late }: GoingOn): string {
  return `${late ? "" : "计时恢复，"}${promised(due, false, late)}`;
}

export function chiefHasIt(named: Named, prompts: Prompts): string {
  return head(named, "未办理", `本件已由首席帮办员安排，请${quoting(prompts)}：派 姓名，或：归 事项名称`);
}

export function sameItem(named: Named, item: string): string {
  return head(named, "未变更", `本件已是“${item}”`);
}

export function sorted(facts: Named & { readonly item: string; readonly owner: string }): string {
  return head(facts, "已派办", `${facts.item}　承办：${facts.owner}`);
}

export function assisted(named: Named, name: string, why: string): string {
  return head(named, "已请协办", `${name}${why === "" ? "" : `（${why}）`}协办，承办人不变`);
}

export function alreadyBeside(named: Named, name: string): string {
  return head(named, "未变更", `${name}已在协办`);
}

export function assistWanted(facts: TaskFacts, by: string, prompts: Prompts): string {
  return [
    head(facts, "请协办", `${facts.item}　${facts.enterprise}`),
    `诉求：${facts.text}`,
    ...detailLines(facts.details),
    ...(facts.why === "" ? [] : [`说明：${facts.why}`]),
    `${by}请您协办，承办：${facts.owner}，${facts.due} 前。请${quoting(prompts)}：进展 内容 / 内部 内容`,
  ].join("\n");
}

/** `overheard`: it was typed where a company reads along. */
export function internallyNoted(named: Named, overheard: boolean): string {
  const hint = overheard ? "。请注意：刚才的内容本群企业可见，内部情况请发在帮办员群，或单独发给机器人" : "";
  return head(named, "已记录", `内部备注，不告知诉求人${hint}`);
}

export function internal(named: Named, by: string, text: string): string {
  return head(named, "内部", `${by}：${text}`);
}
