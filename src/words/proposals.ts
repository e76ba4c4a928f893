/** What is put to somebody's word, and what became of it: more time, another helper, not received. */
import { head, type Named, type Prompts, quoting } from "./line.ts";
import { type Told, toldText } from "./told.ts";

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
