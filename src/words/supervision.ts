/** 督办: what the leader, whoever has the case in hand, and the chief are told. */
import { head, type Named, type Prompts, quoting } from "./line.ts";
import { type StatusFacts, status } from "./replies.ts";
import type { CaseFacts } from "./staff.ts";

/** How it stands, and who has been told. */
export function supervised(facts: StatusFacts, told: readonly string[]): string {
  return `${status(facts)}\n${handedOn(told)}`;
}

/** Where a company reads along. */
export function supervisedHere(named: Named, told: readonly string[]): string {
  return head(named, "已督办", handedOn(told));
}

function handedOn(told: readonly string[]): string {
  const whom = told.length === 0 ? "督办意见已记录" : `督办意见已转${told.join("、")}`;
  return `${whom}，办理情况将单独报您`;
}

export function supervisedForStaff(
  facts: CaseFacts & { readonly by: string; readonly text: string },
  isOwner: boolean,
  prompts: Prompts,
): string {
  const how = isOwner
    ? `请${quoting(prompts)}：进展 内容 / 办结 结果，将同时报${facts.by}；不便告知企业的，请回复：内部 内容`
    : `承办：${facts.owner}。请督促，${quoting(prompts)}：进展 内容 / 办结 结果 / 派 姓名`;
  return [
    head(facts, "领导督办", `${facts.item}　${facts.enterprise}`),
    `${facts.by}：${facts.text === "" ? "请抓紧办理" : facts.text}`,
    `承诺：${facts.due} 前。${how}`,
  ].join("\n");
}

export function onlyLeaders(): string {
  return "“督办”由领导或首席帮办员提出，本次未生效";
}

export function whichToSupervise({ bot }: Prompts): string {
  return `请写明督办哪一件：引用那一件的消息并@${bot} 回复，或写上编号，例如：督办 1207-017 请今日答复`;
}

/** A leader has said something about a case that is no order. */
export function howToSupervise(facts: StatusFacts, prompts: Prompts): string {
  return `${status(facts)}\n如需督办，请${quoting(prompts)}：督办 内容`;
}

export function alreadyDone(facts: StatusFacts, when: string, prompts: Prompts): string {
  const again = `如仍未解决，请诉求人${quoting(prompts)}：未解决，即重新办理`;
  return `${status(facts)}\n本件已于 ${when} 办结，未作督办。${again}`;
}

export function notWorkedOn(named: Named, state: string): string {
  return head(named, "未督办", `本件${state}，不再办理，不能督办`);
}

export function goesOnThere(named: Named, into: string, { bot }: Prompts): string {
  return head(named, "未督办", `本件已并入 ${into} 办理，请督办那一件：@${bot} 督办 ${into.slice(1)} 内容`);
}

/** For the leader, whenever something has happened to it. */
export function news(facts: CaseFacts, text: string): string {
  return [head(facts, "督办反馈", `${facts.item}　${facts.enterprise}`), text].join("\n");
}

/** For whoever has done it, where no company reads along. */
export function reported(named: Named, names: string): string {
  return head(named, "督办反馈", `以上情况已同时报${names}`);
}

export const NEWS = {
  accepted: (by: string, due: string) => `${by}已接单，${due} 前答复`,
  noted: (by: string, text: string) => `${by}：${text}`,
  resolved: (took: string, late: boolean, result: string) =>
    `已办结，用时 ${took}，${late ? "逾期" : "按时"}。结果：${result}`,
  passed: (owner: string, reason: string) => `现由${owner}办理${because(reason)}`,
  paused: (reason: string, until: string, late: boolean) =>
    `正在等待诉求人：${reason}。${late ? `本件已逾期，照常计时，至迟 ${until} 继续办理` : `计时暂停，至迟 ${until} 恢复`}`,
  extensionAsked: (by: string, until: string, reason: string) =>
    `${by}申请延至 ${until}，待首席帮办员决定${because(reason)}`,
  extended: (due: string, reason: string) => `已延期，新的时间：${due} 前${because(reason)}`,
  declineAsked: (by: string, reason: string) => `${by}提出不属受理范围，待会签${because(reason)}`,
  declined: (reason: string) => `经会签不予受理${because(reason)}`,
  withdrawn: () => "诉求人已撤回，本件不再办理",
  merged: (into: string) => `已并入 ${into} 继续办理，如需继续督办，请督办 ${into.slice(1)}`,
  reopened: (due: string) => `诉求人反映未解决，重新办理，${due} 前答复`,
  ratedLow: (grade: string) => `诉求人评价：${grade}，将由承办人以外的同志回访`,
  calledBack: (text: string) => `已回访：${text}`,
} as const;

function because(reason: string): string {
  return reason === "" ? "" : `，原因：${reason}`;
}
