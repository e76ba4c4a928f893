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

/** Pressed instead of typed; `to` says which of several applications it stands under. */
export function decisionButtons({ number }: Named, to = ""): { label: string; says: string }[] {
  return ["同意", "不同意"].map((label) => ({ label, says: [label, number, to].filter(Boolean).join(" ") }));
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

interface ProposedFacts extends Named {
  /** `活动场地协调　恒通汽配有限公司` */
  readonly matter: string;
  readonly by: string;
  readonly reason: string;
}

export function timeUnfit(facts: Named & { readonly due: string; readonly wanted: string }, tooFar: boolean): string {
  const why = tooFar ? "延期最长三个月" : `新的时间须晚于现在和原承诺（${facts.due}）`;
  return head(facts, "未办理", `不能延至 ${facts.wanted}：${why}，请重新写明时间和原因`);
}

/** `instead`: until when it was asked for before; empty where it was not. */
export function extensionAsked(
  facts: Named & { readonly wanted: string; readonly instead: string },
  chief: string,
): string {
  const instead = facts.instead === "" ? "" : `，替代前一申请（延至 ${facts.instead}）`;
  return head(facts, "申请延期", `拟延至 ${facts.wanted}${instead}，已报${chief}，同意前仍按原承诺办理`);
}

/** A word about an application that is no longer the last. */
export function replacedByNewer(named: Named, wanted: string, prompts: Prompts): string {
  const how = `请${quoting(prompts)}：同意 / 不同意 原因`;
  return head(named, "未办理", `该申请已由新的申请替代，现申请延至 ${wanted}。${how}`);
}

export function extensionForChief(
  facts: ProposedFacts & { readonly promised: string; readonly wanted: string; readonly instead: string },
  prompts: Prompts,
): string {
  return [
    head(facts, "请决定延期", facts.matter),
    `${facts.by}申请：${facts.promised} 延至 ${facts.wanted}`,
    ...(facts.instead === "" ? [] : [`替代前一申请（${facts.instead}）`]),
    ...(facts.reason === "" ? [] : [`原因：${facts.reason}`]),
    `请${quoting(prompts)}：同意 / 不同意 原因`,
  ].join("\n");
}

export function extended(facts: Named & { readonly due: string; readonly moved: boolean }, told: Told): string {
  const moved = facts.moved ? "（所说日期为休息日）" : "";
  const asker = toldText(told, "", "已告知诉求人");
  return head(facts, "已延期", `新的时间：${facts.due} 前${moved}。${asker}`);
}

/**
 * `asked`: until when it was asked for, where that is not what was granted. `wanted`: the helper had proposed it; else the
 * chief has decided alone.
 */
export function extendedForHelper(
  facts: Named & { readonly due: string; readonly asked: string; readonly remark: string },
  wanted: boolean,
): string {
  if (!wanted) return head(facts, "已延期", `首席帮办员调整时限，新的时间：${facts.due} 前`);
  const asked = facts.asked === "" ? "" : `（申请延至 ${facts.asked}）`;
  const remark = facts.remark === "" ? "" : `\n首席帮办员意见：${facts.remark}`;
  return head(facts, "同意延期", `新的时间：${facts.due} 前${asked}${remark}`);
}

export interface DecidedFacts extends Named {
  readonly kind: keyof typeof PROPOSAL_WORDS;
  readonly agreed: boolean;
  readonly by: string;
  readonly at: string;
  /** The new time, where one was granted; else empty. */
  readonly due: string;
}

/** Somebody else was first, or it is asked about once more. */
export function decidedAlready({ kind, agreed, by, at, due, ...named }: DecidedFacts): string {
  const until = due === "" ? "" : `，新的时间：${due} 前`;
  return head(named, "已有决定", `${by}已于${at}${agreed ? "同意" : "不同意"}${PROPOSAL_WORDS[kind]}${until}`);
}

export function timeOver(named: Named): string {
  return head(named, "未办理", "申请延至的时间已过，未予延期；如仍需要，请承办人重新申请");
}

const PROPOSAL_WORDS = { "hand-over": "转办", extend: "延期", decline: "不予受理" } as const;

export function refused(named: Named, kind: keyof typeof PROPOSAL_WORDS): string {
  return head(named, "未同意", `${PROPOSAL_WORDS[kind]}未获同意，本件按原安排继续办理`);
}

export function refusedForProposer(
  facts: Named & { readonly by: string; readonly reason: string },
  kind: keyof typeof PROPOSAL_WORDS,
): string {
  const reason = facts.reason === "" ? "" : `，原因：${facts.reason}`;
  return head(facts, "未同意", `${facts.by}不同意${PROPOSAL_WORDS[kind]}${reason}。请按原安排继续办理`);
}

export function nothingProposed(named: Named): string {
  return head(named, "未办理", "本件没有待同意的事项");
}

export function otherProposalFirst(named: Named, kind: keyof typeof PROPOSAL_WORDS): string {
  return head(named, "未办理", `本件正在等待${PROPOSAL_WORDS[kind]}的决定，请稍后再办`);
}

export function declineAsked(named: Named): string {
  return head(named, "待会签", "须另一位特邀帮办员或领导同意；一个工作日内无人同意，则继续办理");
}

export function declineForOfficer(facts: ProposedFacts & { readonly text: string }, prompts: Prompts): string {
  return [
    head(facts, "请会签", facts.matter),
    `诉求：${facts.text}`,
    `${facts.by}提出不属受理范围，原因：${facts.reason}`,
    `请${quoting(prompts)}：同意 / 不同意 原因。一个工作日内无人同意，则继续办理`,
  ].join("\n");
}

export function declined(named: Named, told: Told): string {
  const asker = toldText(told, "原因和咨询渠道", "已告知诉求人原因和咨询渠道");
  return head(named, "不予受理", asker);
}

export function declinedForHelper(facts: Named & { readonly reason: string }): string {
  return head(facts, "不予受理", `经会签不予受理，本件不必再办。原因：${facts.reason}`);
}

export function lapsed(named: Named): string {
  return head(named, "继续办理", "不予受理未在一个工作日内会签，本件继续办理");
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
