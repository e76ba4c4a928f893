/** What the desk says to the helper, the invited officers and the chief: short, for somebody who gets forty of them. */
import { detailLines, head, type Named, type Prompts, promised, quoting } from "./line.ts";
import { type Told, toldText } from "./told.ts";

export interface CaseFacts extends Named {
  readonly item: string;
  readonly enterprise: string;
  readonly due: string;
  readonly owner: string;
}

export interface TaskFacts extends CaseFacts {
  readonly text: string;
  /** What is known of what the item asks for; empty where nothing is. */
  readonly details: string;
  /** `10:42`; null where no time is left for it: then at once. */
  readonly acceptBy: string | null;
  /** Past due. */
  readonly late: boolean;
  readonly small: boolean;
  readonly why: string;
}

function caseOf({ item, enterprise }: CaseFacts): string {
  return `${item}　${enterprise}`;
}

const ordersByNumber = (prompts: Prompts) => `${quoting(prompts)}：编号 接单 / 编号 办结 结果 / 编号 转办 谁 原因`;
const orders = (prompts: Prompts) => `${quoting(prompts)}：接单 / 办结 结果 / 转办 谁 原因`;
/** The chief passes on by 派. */
const chiefsOrders = (prompts: Prompts) =>
  `${quoting(prompts)}：接单 / 进展 内容 / 办结 结果 / 派 姓名 / 归 事项 / 不属受理范围 原因`;

export function task(facts: TaskFacts, prompts: Prompts): string {
  const lines = [head(facts, "待接单", caseOf(facts)), `诉求：${facts.text}`, ...detailLines(facts.details)];
  if (facts.why) lines.push(`说明：${facts.why}`);
  lines.push(`${acceptText(facts.acceptBy)}，${promisedOf(facts)}。${orders(prompts)}`);
  return lines.join("\n");
}

function acceptText(by: string | null): string {
  return by === null ? "请即接单" : `请于 ${by} 前接单`;
}

function promisedOf({ due, small, late }: Pick<TaskFacts, "due" | "small" | "late">): string {
  return promised(due, small, late);
}

/** Several of one message for the same helper: one line, each with its number. */
export function tasks(several: readonly TaskFacts[], prompts: Prompts): string {
  const lines = several.flatMap((facts, i) => [
    head(facts, "待接单", `${caseOf(facts)}　${promisedOf(facts)}`),
    ...(facts.text === several[i - 1]?.text ? [] : [`诉求：${facts.text}`]),
    ...detailLines(facts.details),
    ...(facts.why && facts.why !== several[i - 1]?.why ? [`说明：${facts.why}`] : []),
  ]);
  const times = new Set(several.map(({ acceptBy }) => acceptBy));
  const [acceptBy = null] = times.size === 1 ? times : [];
  lines.push(`${acceptText(acceptBy)}。${ordersByNumber(prompts)}`);
  return lines.join("\n");
}

export function taskBrief({ number, item, enterprise, due, late }: TaskFacts): string {
  return `【${number} 待接单】${item}　${enterprise}　${late ? "已逾期" : `${due} 前`}`;
}

/** Pressed instead of typed, where a line shows buttons. */
export function taskButtons({ number }: Named): { label: string; says: string }[] {
  return ["接单", "办结"].map((label) => ({ label, says: `${label} ${number}` }));
}

/** Stands once under several short lines in one message. */
export function mergedClosing(prompts: Prompts): string {
  return `请按编号办理，@${prompts.bot} 回复：编号 接单 / 编号 进展 内容 / 编号 办结 结果`;
}

export function taskForChief(facts: TaskFacts, prompts: Prompts): string {
  return [
    head(facts, "请研究办理", caseOf(facts)),
    `诉求：${facts.text}`,
    ...(facts.why ? [`说明：${facts.why}`] : []),
    `${promisedOf(facts)}。${chiefsOrders(prompts)}`,
  ].join("\n");
}

/** The invited officer stands beside the helper, who is named. */
export function taskForInvited(facts: TaskFacts, prompts: Prompts): string {
  return [
    head(facts, "请协同办理", caseOf(facts)),
    `诉求：${facts.text}`,
    ...detailLines(facts.details),
    `承办：${facts.owner}，${promisedOf(facts)}。如由您主办，${quoting(prompts)}：接单`,
  ].join("\n");
}

/** Said about a case that is finished: it wants a word, and opens nothing. */
export function askedBackForHelper(named: Named, said: string): string {
  return head(named, "诉求人来问", `${said}\n请与诉求人联系答复`);
}

export function takenOver(named: Named, by: string): string {
  return head(named, "已由他人承办", `本件现由${by}办理，您不必再办`);
}

export function locatedForHelper(facts: CaseFacts): string {
  return head(facts, "企业已确认", caseOf(facts));
}

export function enterpriseUnlistedForHelper(named: Named, typed: string): string {
  return head(named, "请核实企业", typed ? `诉求人自称“${typed}”，不在名册中` : "诉求人的企业不在名册中");
}

/** `details`: as they are known now, where they became better known; empty where they did not. */
export function supplementForHelper(named: Named, text: string, details = ""): string {
  return [head(named, "诉求人补充", text), ...detailLines(details)].join("\n");
}

/** `text`: what was said with it; empty where only the word was. */
export function urgedForHelper(facts: CaseFacts & { readonly late: boolean; readonly text: string }): string {
  const by = facts.late ? `已超过承诺的 ${facts.due}` : `承诺 ${facts.due} 前`;
  const urged = head(facts, "诉求人催办", `${caseOf(facts)}　${by}，请尽快办理并回复进展`);
  return facts.text === "" ? urged : `${urged}\n诉求人：${facts.text}`;
}

export function remarkForHelper(named: Named, text: string): string {
  return head(named, "诉求人意见", `${text}\n本件已办结，请主动联系诉求人了解情况`);
}

export function changedForHelper(facts: CaseFacts): string {
  return head(facts, "事项更正", `诉求人更正为：${facts.item}，${facts.due} 前`);
}

export function changedAndPassed(facts: CaseFacts): string {
  return head(facts, "事项更正", `诉求人更正为：${facts.item}，现由${facts.owner}办理，您不必再办`);
}

export function withdrawnForHelper(named: Named): string {
  return head(named, "诉求人撤回", "本件不必再办");
}

export function reopenedForHelper(facts: CaseFacts & { readonly text: string }, prompts: Prompts): string {
  return [
    head(facts, "未解决", caseOf(facts)),
    `诉求人：${facts.text}`,
    `请重新办理，${facts.due} 前答复。${orders(prompts)}`,
  ].join("\n");
}

export function lateForChief(facts: CaseFacts): string {
  return head(facts, "逾期催办", `${caseOf(facts)}\n承办：${facts.owner}　已超过承诺的 ${facts.due}，诉求人催办`);
}

export function noted(named: Named, told: Told): string {
  return head(named, "已记录", toldText(told, "进展", "进展已转告诉求人"));
}

export function resultNoted(named: Named, told: Told): string {
  const rating = told === "posted" ? "，并请企业评价" : "";
  return head(named, "已办结", `${toldText(told, "结果", "结果已转告诉求人，并请其评价")}${rating}`);
}

export function resultWanted(named: Named, prompts: Prompts): string {
  return head(named, "待办结", `请写明办理结果，${quoting(prompts)}：办结 结果`);
}

export function progressWanted(named: Named, prompts: Prompts): string {
  return head(named, "待补进展", `请写明进展，${quoting(prompts)}：进展 内容`);
}
