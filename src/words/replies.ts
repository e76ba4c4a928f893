/** What the desk says to whoever asks, orders what cannot be done, or was not understood. */
import { choices, detailLines, head, type Named, type Prompts, quoting } from "./line.ts";

export interface StatusFacts extends Named {
  readonly item: string;
  /** Null, as is all that follows but the light, for a ticket of another company. */
  readonly state: string | null;
  readonly due: string | null;
  readonly owner: string | null;
  readonly light: string | null;
  /** What was asked for and what came of it; only within the company's own group. */
  readonly text: string | null;
  readonly details: string;
  readonly result: string | null;
  /** 满意, 未评价, 待回访 …; null where there is nothing to say yet. */
  readonly rating: string | null;
  /** Who had it first, where somebody else has it now. */
  readonly first: string | null;
  /** Under which number it goes on, where it was merged. */
  readonly into: string | null;
  readonly urgent: boolean;
  /** 催办: how often. */
  readonly urges: number;
  /** Who supervises it; only among the team. */
  readonly supervised: string | null;
}

export function status(facts: StatusFacts): string {
  const lines = [head(facts, facts.state, facts.item)];
  if (facts.text !== null) lines.push(`诉求：${facts.text}`, ...detailLines(facts.details));
  if (facts.owner !== null) lines.push(`帮办员：${facts.owner}${facts.due === null ? "" : `　承诺：${facts.due} 前`}`);
  if (facts.first !== null) lines.push(`首接：${facts.first}`);
  if (facts.into !== null) lines.push(`并入 ${facts.into} 一并办理，进展和结果见该件`);
  if (facts.urgent) lines.push("紧急：已报首席帮办员");
  if (facts.urges > 0) lines.push(`催办：${facts.urges} 次`);
  if (facts.supervised !== null) lines.push(`督办中：${facts.supervised}`);
  if (facts.light !== null) lines.push(`亮灯：${facts.light}`);
  if (facts.result !== null) lines.push(`结果：${facts.result}`);
  if (facts.rating !== null) lines.push(`评价：${facts.rating}`);
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

export function nothingToDecide({ bot }: Prompts): string {
  return `目前没有等您同意的事项。如已收到申请，请引用该条消息并@${bot}，或写上编号，再回复一次`;
}

export function whichTicket(options: readonly string[], prompts: Prompts): string {
  return ["请问是哪一件？", choices(options), `请${quoting(prompts)}数字，或引用那一件的消息再回复`].join("\n");
}

export function noSuchTicket(number: string, { bot }: Prompts): string {
  return `没有查到编号为 ${number} 的工单，请核对编号，或引用那一件的消息并@${bot} 再回复`;
}

/** `work`: what helpers do; else what the company asks for. */
export function mayNot(named: Named, act: string, who: string, work: boolean): string {
  return head(named, "未办理", `“${act}”由${who}${work ? "办理" : "提出"}，本次未生效`);
}

export type Grader = "asker" | "group" | "nobody";
const GRADERS = { asker: "请诉求人评价", group: "请企业在企业群内评价", nobody: "企业未评价的按未评价归档" } as const;

export function notOwnWork(named: Named, grader: Grader): string {
  return head(named, "未办理", `本件由您承办，不能由您评价，${GRADERS[grader]}`);
}

export function notNow(named: Named, act: string, state: string): string {
  return head(named, "未办理", `本件${state}，不能办理“${act}”`);
}

/** `work`: what helpers do; else what the company wants of it. */
export function isWithdrawn(named: Named, work: boolean): string {
  return head(named, "未办理", work ? "本件已撤回，不必再办" : "本件已撤回，如仍需办理请重新提出");
}

export function tooLate(named: Named, act: string, prompts: Prompts): string {
  return head(named, "未办理", `办结已超过三个工作日，不能办理“${act}”。如仍需帮助，请@${prompts.bot} 重新提出`);
}

export function notYet(named: Named | null, act: string): string {
  const text = `“${act}”暂未开通，请直接联系服务站办理`;
  return named ? head(named, "未办理", text) : text;
}

/** `only`: the ticket that its helper may have spoken of, though it does not read so. */
export function onBehalf(text: string, only: Named | null, prompts: Prompts): string {
  const lines = [`这像是一件诉求：${text}`, `需要代企业登记吗？请${quoting(prompts)}：1 登记　0 不用`];
  if (only) lines.push(`如是 ${only.number} 的进展，请引用该件或写上编号再发一次`);
  return lines.join("\n");
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
    for (const item of items) lines.push(`· ${item.name}（${item.small ? "当日答复" : "下一工作日答复"}）`);
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
    "转办 谁 原因 / 退回 原因 / 等待 原因 / 延期 时间 原因 / 协办 谁 / 内部 内容 / 合并 编号 编号 / 拆分 诉求",
    "也可以直接说，例如：我来处理；已经办好了，场地定在三楼",
    `@${bot} 我的待办；@${bot} 今日；@${bot} 请假 12月1日到5日 由 姓名 代，回来后：销假`,
    `@${bot} 代录 企业 诉求；@${bot} 走访 企业 情况；刚才办错了：撤销（五分钟内）`,
    `@${bot} 菜单：看服务事项；@${bot} 我是谁：看账号和群编号`,
    `培训（帮办员群）：@${bot} 培训安排 / 报名 / 签到 / 取消报名；发布：开班 主题 时间 地点`,
  ].join("\n");
}

export function helpForLeader({ bot }: Prompts): string {
  return [
    `@${bot} 今日日报 / 昨日日报 / 周报 / 上周周报 / 月报 / 11月的月报；看一个服务点：@${bot} 南社区 本月`,
    `@${bot} 督办 编号 意见，或引用工单消息并@${bot} 回复：督办 意见；办理情况将单独报您`,
    `@${bot} 今日：看各服务点当日情况；写上编号 查：看一件办到哪里；请您会签的，引用那条消息并@${bot} 回复：同意 / 不同意 原因`,
    `以上请在领导群，或单独发给${bot}；刚才发错了：撤销（五分钟内）`,
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

/** As far as is known nothing is kept of it, not even a number; a Redis that only slept may have kept it all the same. */
export function notTaken(): string {
  return "系统暂时无法登记，这一条可能未能收下；如几分钟内没有受理回复，请再发一次";
}

export function tryAgain(): string {
  return "同时有其他同志在处理，这一条没有办成，请再发一次";
}

/** `called`: what it is, where it is no line about a ticket. */
export function undeliverable(about: string | null, to: string, called?: string): string {
  if (about !== null) return head({ number: about }, "未送达", `给${to}的一条消息未能送达，请联系管理员查看发件箱`);
  return `有一条消息未能送达（${to}${called ? `，${called}` : ""}），请联系管理员查看发件箱`;
}

export function unreadable(conversation: string): string {
  return `有一条消息未能自动处理，已留存待查（${conversation}），请联系管理员查看收件箱`;
}
