/** Every sentence that the desk says about requests and tickets. Chinese that a civil servant would sign. */

export interface Named {
  /** `#1123-017` */
  readonly number: string;
}

/** How a question or a line is answered: an un-@-ed reply never reaches the desk. */
export interface Prompts {
  /** The robot's name, e.g. 小帮手. */
  readonly bot: string;
}

const quoting = ({ bot }: Prompts) => `引用本条并@${bot} 回复`;

function head({ number }: Named, state: string | null, rest: string): string {
  return `【${number}${state === null ? "" : ` ${state}`}】${rest}`;
}

function promised(due: string, small: boolean): string {
  return `${due} 前${small ? "办结" : "答复"}`;
}

function choices(options: readonly string[]): string {
  return options.map((option, i) => `${i + 1} ${option}`).join("\n");
}

/* ---------- to the company ---------- */

export interface ReceiptFacts extends Named {
  readonly item: string;
  readonly text: string;
  readonly small: boolean;
  /** `今日 18:00` */
  readonly due: string;
  readonly why: string;
  /** `孙三（南社区服务点）`; null while nobody is responsible yet. */
  readonly owner: string | null;
  readonly invited: string | null;
  readonly because: readonly string[];
}

export function receipt(facts: ReceiptFacts, prompts: Prompts): string {
  const { item, text, small, due, why, owner, invited, because } = facts;
  const lines = [
    head(facts, "已受理", item),
    `诉求：${text}`,
    `承诺：${promised(due, small)}${owner ? `　帮办员：${owner}` : ""}${invited ? `　协同：${invited}` : ""}`,
  ];
  if (why) lines.push(`说明：${why}`);
  const reason = because.length > 0 ? `依据：${because.map((word) => `“${word}”`).join("")}　` : "";
  lines.push(`${reason}不对请${quoting(prompts)}：改`);
  return lines.join("\n");
}

export function receiptForOther(facts: Omit<ReceiptFacts, "item" | "because" | "small">, prompts: Prompts): string {
  const lines = [
    head(facts, "已受理", "其他诉求"),
    `诉求：${facts.text}`,
    `承诺：${facts.due} 前答复　已请${facts.owner}研究办理`,
  ];
  if (facts.why) lines.push(`说明：${facts.why}`);
  lines.push(`如属菜单中的事项，请${quoting(prompts)}：改 事项名称`);
  return lines.join("\n");
}

export function whichItem(
  facts: Named & { readonly text: string; readonly due: string; readonly options: readonly string[] },
  prompts: Prompts,
): string {
  return [
    head(facts, "已收到", "请问您要办的是哪一项？"),
    `诉求：${facts.text}`,
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
    readonly small: boolean;
  },
): string {
  const { enterprise, owner, due, small } = facts;
  return head(facts, "已登记", `${enterprise}\n${owner ? `帮办员：${owner}　` : ""}承诺：${promised(due, small)}`);
}

export function joined(named: Named, text: string): string {
  return head(named, "已补充", text);
}

export function alreadyTaken(named: Named): string {
  return head(named, "已受理", "这条诉求已经登记，无需重复提交");
}

export function unchanged(named: Named): string {
  return head(named, "未变更", "事项保持不变，继续办理");
}

export function accepted(
  facts: Named & { readonly owner: string; readonly due: string; readonly small: boolean },
): string {
  return head(facts, "正在办理", `${facts.owner}已接单，${promised(facts.due, facts.small)}`);
}

export function progress(facts: Named & { readonly owner: string; readonly text: string }): string {
  return head(facts, "正在办理", `${facts.owner}：${facts.text}`);
}

export function resolved(
  facts: Named & { readonly took: string; readonly late: boolean; readonly due: string; readonly result: string },
  prompts: Prompts,
): string {
  const time = facts.late
    ? `用时 ${facts.took}，超过承诺的 ${facts.due}，让您久等了，抱歉`
    : `用时 ${facts.took}，按时`;
  return [
    head(facts, "已办结", time),
    `结果：${facts.result}`,
    `请评价，${quoting(prompts)}数字：5 非常满意 4 满意 3 基本满意 2 不满意 1 非常不满意；没解决请回复：未解决`,
  ].join("\n");
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

export function supplemented(named: Named, told: boolean): string {
  return head(named, "已补充", told ? "已转告帮办员" : "已记入本件");
}

export function supplementWanted(named: Named, prompts: Prompts): string {
  return head(named, "待补充", `请${quoting(prompts)}：补充 内容`);
}

export function urged(facts: Named & { readonly owner: string; readonly due: string; readonly late: boolean }): string {
  return facts.late
    ? head(facts, "已催办", `已超过承诺的 ${facts.due}，让您久等了，抱歉。已再次提醒${facts.owner}，并报首席帮办员`)
    : head(facts, "已催办", `已提醒${facts.owner}，${facts.due} 前答复您`);
}

export function passedOn(named: Named, owner: string): string {
  return head(named, "已转交", `尚未收到您的答复，已请${owner}直接与您联系`);
}

/** What was quoted is over, and no question of its own can be made out. */
export function finished(named: Named, state: string, prompts: Prompts): string {
  return head(named, state, `没有解决请${quoting(prompts)}：未解决。有新的诉求请@${prompts.bot} 另行说明`);
}

/* ---------- to the helper and the chief ---------- */

export interface CaseFacts extends Named {
  readonly item: string;
  readonly enterprise: string;
  readonly due: string;
  readonly owner: string;
}

export interface TaskFacts extends CaseFacts {
  readonly text: string;
  /** Null once that time is over. */
  readonly acceptBy: string | null;
  readonly small: boolean;
  readonly why: string;
}

function caseOf({ item, enterprise }: CaseFacts): string {
  return `${item}　${enterprise}`;
}

const orders = (prompts: Prompts) => `${quoting(prompts)}：接单 / 进展 内容 / 办结 结果`;

export function task(facts: TaskFacts, prompts: Prompts): string {
  const lines = [head(facts, "待接单", caseOf(facts)), `诉求：${facts.text}`];
  if (facts.why) lines.push(`说明：${facts.why}`);
  const accept = facts.acceptBy === null ? "请尽快接单" : `请于 ${facts.acceptBy} 前接单`;
  lines.push(`${accept}，${promised(facts.due, facts.small)}。${orders(prompts)}`);
  return lines.join("\n");
}

export function taskBrief({ number, item, enterprise, due }: TaskFacts): string {
  return `【${number} 待接单】${item}　${enterprise}　${due} 前`;
}

/** Stands once under several short lines in one message. */
export function mergedClosing(prompts: Prompts): string {
  return `请按编号办理，@${prompts.bot} 回复：编号 接单 / 编号 进展 内容 / 编号 办结 结果`;
}

export function taskForChief(facts: TaskFacts, prompts: Prompts): string {
  return [
    head(facts, "请研究办理", caseOf(facts)),
    `诉求：${facts.text}`,
    `${promised(facts.due, facts.small)}。${orders(prompts)}`,
  ].join("\n");
}

/** The invited officer stands beside the helper, who is named. */
export function taskForInvited(facts: TaskFacts, prompts: Prompts): string {
  return [
    head(facts, "请协同办理", caseOf(facts)),
    `诉求：${facts.text}`,
    `承办：${facts.owner}，${promised(facts.due, facts.small)}。如由您主办，${quoting(prompts)}：接单`,
  ].join("\n");
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

export function supplementForHelper(named: Named, text: string): string {
  return head(named, "诉求人补充", text);
}

export function urgedForHelper(facts: CaseFacts & { readonly late: boolean }): string {
  const by = facts.late ? `已超过承诺的 ${facts.due}` : `承诺 ${facts.due} 前`;
  return head(facts, "诉求人催办", `${caseOf(facts)}　${by}，请尽快办理并回复进展`);
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

export function lowRatingForChief(facts: CaseFacts & { readonly rating: string; readonly text: string }): string {
  const lines = [
    head(facts, "低分评价", caseOf(facts)),
    `评价：${facts.rating}　承办：${facts.owner}`,
    "请安排其他同志在十五个工作日内回访整改",
  ];
  if (facts.text) lines.splice(2, 0, `原话：${facts.text}`);
  return lines.join("\n");
}

export function lateForChief(facts: CaseFacts): string {
  return head(facts, "逾期催办", `${caseOf(facts)}\n承办：${facts.owner}　已超过承诺的 ${facts.due}，诉求人催办`);
}

/** `told`: a way led to the asker. */
export function noted(named: Named, told: boolean): string {
  return head(named, "已记录", told ? "进展已转告诉求人" : "诉求人所在会话无法主动送达，请电话告知");
}

export function resultNoted(named: Named, told: boolean): string {
  return head(named, "已办结", told ? "结果已转告诉求人，并请其评价" : "诉求人所在会话无法主动送达，请电话告知结果");
}

export function resultWanted(named: Named, prompts: Prompts): string {
  return head(named, "待办结", `请写明办理结果，${quoting(prompts)}：办结 结果`);
}

export function progressWanted(named: Named, prompts: Prompts): string {
  return head(named, "待补进展", `请写明进展，${quoting(prompts)}：进展 内容`);
}

/* ---------- to whoever asks ---------- */

export interface StatusFacts extends Named {
  readonly item: string;
  /** Null, as is all that follows but the light, for a ticket of another company. */
  readonly state: string | null;
  readonly due: string | null;
  readonly owner: string | null;
  readonly light: string | null;
  /** What was asked for and what came of it; only within the company's own group. */
  readonly text: string | null;
  readonly result: string | null;
}

export function status(facts: StatusFacts): string {
  const lines = [head(facts, facts.state, facts.item)];
  if (facts.text !== null) lines.push(`诉求：${facts.text}`);
  if (facts.owner !== null) lines.push(`帮办员：${facts.owner}${facts.due === null ? "" : `　承诺：${facts.due} 前`}`);
  if (facts.light !== null) lines.push(`亮灯：${facts.light}`);
  if (facts.result !== null) lines.push(`结果：${facts.result}`);
  return lines.join("\n");
}

export function statusLine(facts: StatusFacts): string {
  return head(facts, facts.state, `${facts.item}${facts.due === null ? "" : `　${facts.due} 前`}`);
}

export function nothingOpen({ bot }: Prompts, staff: boolean): string {
  return staff
    ? `这里没有由您办理的工单。请引用工单消息并@${bot}，或写上编号，再回复一次`
    : `您在这里没有正在办理的工单。需要帮助请@${bot} 直接说明要办的事`;
}

export function whichTicket(options: readonly string[], prompts: Prompts): string {
  return ["请问是哪一件？", choices(options), `请${quoting(prompts)}数字，或引用那一件的消息再回复`].join("\n");
}

export function noSuchTicket(number: string, { bot }: Prompts): string {
  return `没有查到编号为 ${number} 的工单，请核对编号，或引用那一件的消息并@${bot} 再回复`;
}

export function mayNot(named: Named, act: string, who: string): string {
  return head(named, "未办理", `“${act}”须由${who}回复`);
}

export function notNow(named: Named, act: string, state: string): string {
  return head(named, "未办理", `本件${state}，不能${act}`);
}

export function tooLate(named: Named, act: string, prompts: Prompts): string {
  return head(named, "未办理", `办结已超过三个工作日，不能${act}。如仍需帮助，请@${prompts.bot} 重新提出`);
}

export function notYet(named: Named | null, act: string): string {
  const text = `“${act}”暂未开通，请直接联系服务站办理`;
  return named ? head(named, "未办理", text) : text;
}

export function onBehalf(text: string, prompts: Prompts): string {
  return [`这像是一件诉求：${text}`, `需要代企业登记吗？请${quoting(prompts)}：1 登记　0 不用`].join("\n");
}

export function notRegistered(): string {
  return "好的，未登记";
}

export function menu(
  station: string,
  categories: readonly {
    readonly name: string;
    readonly items: readonly { readonly name: string; readonly small: boolean }[];
  }[],
  { bot }: Prompts,
): string {
  const lines = [`${station} 服务事项`];
  for (const { name, items } of categories) {
    lines.push(`〔${name}〕`);
    for (const item of items) lines.push(`· ${item.name}（${item.small ? "当日办结" : "次日答复"}）`);
  }
  lines.push(`不必记名称，@${bot} 直接说要办的事即可；不在其中的，也会有人答复`);
  return lines.join("\n");
}

export function helpForAsker({ bot }: Prompts): string {
  return [
    `@${bot} 直接说要办的事，例如：下周三想借一间三十人的会议室`,
    `对已有的工单，引用那条消息并@${bot} 回复：补充 内容 / 催办 / 查 / 改 / 撤回；办结后回复 5—1 评价，或：未解决`,
    `@${bot} 菜单：看服务事项；@${bot} 我是谁：看账号和群编号；@${bot} 改企业 企业名称：更正您的企业`,
  ].join("\n");
}

export function helpForHelper({ bot }: Prompts): string {
  return [
    `引用工单消息并@${bot}，或写上编号，回复：接单 / 进展 内容 / 办结 结果 / 查`,
    "也可以直接说，例如：我来处理；已经办好了，场地定在三楼",
    `@${bot} 菜单：看服务事项；@${bot} 我是谁：看账号和群编号`,
  ].join("\n");
}

export function whoami(facts: {
  readonly account: string;
  readonly person: string | null;
  readonly enterprise: string | null;
  readonly chat: string | null;
  readonly group: string | null;
}): string {
  const lines = [`您的账号：${facts.account}${facts.person ? `（${facts.person}）` : ""}`];
  if (facts.enterprise) lines.push(`所属企业：${facts.enterprise}`);
  if (facts.chat)
    lines.push(`本群编号：${facts.chat}${facts.group ? `（${facts.group}）` : "（尚未登记，请告知管理员）"}`);
  return lines.join("\n");
}

export function placeId(chat: string): string {
  return `本群尚未登记，群编号：${chat}，请告知管理员`;
}

export function sayInOneSentence({ bot }: Prompts): string {
  return `图片和文件无法识别，请@${bot} 用一句话说明要办什么`;
}

export function busyLane(): string {
  return "消息较多，正在依次处理，这一条未能收下，请稍后再发";
}

export function tryAgain(): string {
  return "同时有其他同志在处理，这一条没有办成，请再发一次";
}

export function undeliverable(about: string | null, to: string): string {
  return `有一条消息未能送达（${to}${about ? `，工单 ${about}` : ""}），请联系管理员查看发件箱`;
}

export function unreadable(conversation: string): string {
  return `有一条消息未能自动处理，已留存待查（${conversation}），请联系管理员查看收件箱`;
}

export const STATE_WORDS = {
  open: "待接单",
  accepted: "正在办理",
  paused: "等待补充",
  resolved: "已办结",
  closed: "已归档",
  withdrawn: "已撤回",
  declined: "不予受理",
  merged: "已合并",
} as const;

export const LIGHT_WORDS = { blue: "蓝灯", yellow: "黄灯", red: "红灯" } as const;

export const RATING_WORDS = { 5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意" } as const;

export const CHIEF = "首席帮办员";
export const OTHER_NAME = "其他诉求";
export const ASKING_NAME = "待确认事项";
export const UNKNOWN_ENTERPRISE = "企业待确认";

export const GROUP_WORDS = { service: "企业群", helpers: "帮办员群", leaders: "领导群" } as const;
