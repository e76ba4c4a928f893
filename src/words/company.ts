/** What the desk says to the company: whoever asked, and colleagues who read along. Chinese that a civil servant would sign. */
import {
  type AnsweredBy,
  answered,
  choices,
  detailLines,
  head,
  missingLines,
  type Named,
  type Prompts,
  quoting,
} from "./line.ts";

export interface ReceiptFacts extends Named {
  readonly item: string;
  /** Null where somebody reads along whom it is no business of. */
  readonly text: string | null;
  /** `12月2日（周三）下午　约30人`; empty where nothing is known of what the item asks for. */
  readonly details: string;
  /** `今日 18:00` */
  readonly due: string;
  readonly why: string;
  /** `孙三（南社区服务点）`; null while nobody is responsible yet. */
  readonly owner: string | null;
  readonly invited: string | null;
  readonly because: readonly string[];
}

export function receipt(facts: ReceiptFacts, missing: readonly string[], prompts: Prompts): string {
  const reason = reasonOf(facts.because);
  return [
    ...receiptLines(facts, true),
    `${reason}不对请${quoting(prompts)}：改`,
    ...missingLines(missing, prompts),
  ].join("\n");
}

/** Several things asked for in one message: each has its number, its promise and its helper. */
export function receiptOfSeveral(
  receipts: readonly ReceiptFacts[],
  missing: readonly string[],
  prompts: Prompts,
): string {
  const because = new Set(receipts.flatMap((facts) => facts.because));
  return [
    // What was typed stands once where it could not be divided.
    ...receipts.flatMap((facts, i) => receiptLines(facts, facts.text !== receipts[i - 1]?.text)),
    `${reasonOf([...because])}不对请${quoting(prompts)}：编号 改`,
    ...missingLines(missing, prompts),
  ].join("\n");
}

function receiptLines(facts: ReceiptFacts, withText: boolean): string[] {
  const { item, text, details, due, why, owner, invited } = facts;
  return [
    head(facts, "已受理", item),
    ...(withText ? requestLines(text) : []),
    ...detailLines(details),
    `承诺：${due} 前答复${owner ? `　帮办员：${owner}` : ""}${invited ? `　协同：${invited}` : ""}`,
    ...(why ? [`说明：${why}`] : []),
  ];
}

function requestLines(text: string | null): string[] {
  return text === null ? [] : [`诉求：${text}`];
}

function reasonOf(because: readonly string[]): string {
  return because.length > 0 ? `依据：${because.map((word) => `“${word}”`).join("")}　` : "";
}

export function receiptForOther(facts: Omit<ReceiptFacts, "item" | "because">, prompts: Prompts): string {
  const lines = [
    head(facts, "已受理", "其他诉求"),
    ...requestLines(facts.text),
    `承诺：${facts.due} 前答复　已请${facts.owner}研究办理`,
  ];
  if (facts.why) lines.push(`说明：${facts.why}`);
  lines.push(`如属菜单中的事项，请${quoting(prompts)}：改 事项名称`);
  return lines.join("\n");
}

export function whichItem(
  facts: Named & { readonly text: string | null; readonly due: string; readonly options: readonly string[] },
  prompts: Prompts,
): string {
  return [
    head(facts, "已收到", "请问您要办的是哪一项？"),
    ...requestLines(facts.text),
    choices(facts.options),
    "0 都不是",
    `请${quoting(prompts)}数字；${facts.due} 前答复您。不需要办理请回复：没事`,
  ].join("\n");
}

export function whichItemInstead(facts: Named & { readonly options: readonly string[] }, prompts: Prompts): string {
  return [
    head(facts, "改事项", "请问应是哪一项？"),
    choices(facts.options),
    "0 都不是",
    `请${quoting(prompts)}数字，或回复：改 您要办的事`,
  ].join("\n");
}

/** `onBehalf`: somebody of the station wrote it down. */
export function whichEnterprise(named: Named | null, prompts: Prompts, onBehalf: boolean): string {
  const question = onBehalf ? "请问是哪家企业的诉求？" : "请问您是哪家企业？";
  const how = `请${quoting(prompts)}企业名称`;
  return named ? head(named, "确认企业", `${question}${how}`) : `${question}${how}`;
}

export function whichOfTheseEnterprises(named: Named | null, options: readonly string[], prompts: Prompts): string {
  const question = options.length === 1 ? "请问是这一家吗？" : "请问是其中哪一家？";
  return [
    named ? head(named, "确认企业", question) : question,
    choices(options),
    "0 都不是",
    `请${quoting(prompts)}数字`,
  ].join("\n");
}

export function enterpriseAgain(named: Named | null, typed: string, prompts: Prompts): string {
  const missed = typed ? `没有查到“${typed}”。` : "";
  const question = `${missed}请${quoting(prompts)}企业全称（营业执照上的名称）`;
  return named ? head(named, "确认企业", question) : question;
}

export function enterpriseUnlisted(named: Named, typed: string, owner: string): string {
  return head(named, "已登记", `${typed ? `“${typed}”` : "您的企业"}不在名册中，不影响办理，已请${owner}与您核实`);
}

export function enterpriseKnown(enterprise: string, { bot }: Prompts): string {
  return `已登记您的企业：${enterprise}，今后不再询问。如有变动，请@${bot} 回复：改企业 企业名称`;
}

export function enterpriseOfGroup(enterprise: string): string {
  return `本群登记的企业是${enterprise}。如有变动，请联系服务站更正`;
}

export function located(
  facts: Named & {
    readonly enterprise: string;
    readonly owner: string | null;
    readonly due: string;
  },
): string {
  const { enterprise, owner, due } = facts;
  return head(facts, "已登记", `${enterprise}\n${owner ? `帮办员：${owner}　` : ""}承诺：${due} 前答复`);
}

export function joined(named: Named, text: string, details: string): string {
  return [head(named, "已补充", text), ...detailLines(details)].join("\n");
}

export function alreadyTaken(named: Named): string {
  return head(named, "已受理", "这条诉求已经登记，无需重复提交");
}

export function unchanged(named: Named): string {
  return head(named, "未变更", "事项保持不变，继续办理");
}

export function accepted(facts: AnsweredBy & { readonly owner: string }): string {
  return head(facts, "正在办理", `${facts.owner}已接单${answered(facts)}`);
}

/** `accepted`: whoever is to work on it has taken it. */
export function progress(
  facts: Named & { readonly owner: string; readonly text: string; readonly accepted: boolean },
): string {
  return head(facts, facts.accepted ? "正在办理" : "办理进展", `${facts.owner}：${facts.text}`);
}

export function resolved(
  facts: Named & { readonly took: string; readonly late: boolean; readonly due: string; readonly result: string },
  prompts: Prompts,
): string {
  const time = facts.late
    ? `${tookText(facts.took)}，超过承诺的 ${facts.due}，让您久等了，抱歉`
    : `${tookText(facts.took)}，按时`;
  return [
    head(facts, "已办结", time),
    `结果：${facts.result}`,
    `请评价，${quoting(prompts)}数字：5 非常满意 4 满意 3 基本满意 2 不满意 1 非常不满意；没解决请回复：未解决`,
  ].join("\n");
}

/** 用时 2 小时; 用时不到 1 分钟 is no score. */
function tookText(took: string): string {
  return took.startsWith("不") ? `用时${took}` : `用时 ${took}`;
}

export function rated(named: Named, grade: string, good: boolean, prompts: Prompts): string {
  const correct = `如需更正，三个工作日内${quoting(prompts)}数字`;
  return good
    ? head(named, "已评价", `${grade}，感谢您的评价。${correct}`)
    : head(named, "已评价", `${grade}，没有办好，抱歉。首席帮办员将安排其他同志回访。${correct}`);
}

export function reopened(facts: Named & { readonly due: string; readonly owner: string }): string {
  return head(facts, "重新办理", `没有解决您的问题，抱歉。已请${facts.owner}继续办理，${facts.due} 前答复`);
}

export function withdrawn(named: Named, { bot }: Prompts): string {
  return head(named, "已撤回", `已按您的要求撤回。如仍需办理，请@${bot} 重新提出`);
}

/** `details`: as they are known now, where they became better known. */
export function supplemented(named: Named, told: boolean, details: string): string {
  return [head(named, "已补充", told ? "已转告帮办员" : "已记入本件"), ...detailLines(details)].join("\n");
}

export function supplementWanted(named: Named, prompts: Prompts): string {
  return head(named, "待补充", `请${quoting(prompts)}：补充 内容`);
}

export function urged(facts: Named & { readonly owner: string; readonly due: string; readonly late: boolean }): string {
  return facts.late
    ? head(facts, "已催办", `已超过承诺的 ${facts.due}，让您久等了，抱歉。已再次提醒${facts.owner}，并报首席帮办员`)
    : head(facts, "已催办", `已提醒${facts.owner}，${facts.due} 前答复您`);
}

/** 未解决 of what nobody has said is done: it is taken for what it wants. */
export function stillWorkedOn(
  facts: Named & { readonly owner: string; readonly due: string; readonly late: boolean },
): string {
  return facts.late
    ? head(
        facts,
        "已催办",
        `本件仍在办理，已超过承诺的 ${facts.due}，让您久等了，抱歉。已催${facts.owner}，并报首席帮办员`,
      )
    : head(facts, "已催办", `本件仍在办理，已为您催${facts.owner}，${facts.due} 前答复您`);
}

/** Somebody is not content with what was done, and has not said that it is to be done again. */
export function isItUnsolved(named: Named, prompts: Prompts): string {
  return [
    head(named, "请确认", "您的意见已转告帮办员，让您费心了，抱歉。是否需要重新办理？"),
    `1 需要，重新办理\n0 不用`,
    `请${quoting(prompts)}数字`,
  ].join("\n");
}

export function remarkTold(named: Named): string {
  return head(named, "已记录", "您的意见已转告帮办员");
}

export function passedOn(named: Named, owner: string): string {
  return head(named, "已转交", `尚未收到您的答复，已请${owner}直接与您联系`);
}

/** What was quoted is over, and no question of its own can be made out. */
export function askedBack(named: Named, owner: string): string {
  return head(named, "已转告", `您的话已转告${owner}，请等候答复`);
}

export function finished(named: Named, state: string, prompts: Prompts): string {
  return head(named, state, `没有解决请${quoting(prompts)}：未解决。有新的诉求请@${prompts.bot} 另行说明`);
}
