/** What the clock says: lights, what is waited for, and the morning's list. */
import { head, type Named, type Prompts, quoting } from "./line.ts";
import type { CaseFacts } from "./staff.ts";

export interface LightFacts extends CaseFacts {
  readonly small: boolean;
  /** 催办: how often; 0 for never. */
  readonly urges: number;
  /** The second promise of this case that was not kept. */
  readonly again: boolean;
  /** Whoever reads it has to accept it first. */
  readonly unaccepted: boolean;
  /** The chief reads it, who gives cases to others and agrees to more time. */
  readonly byChief: boolean;
}

type Light = "blue" | "yellow" | "red";

const STATES = { blue: "蓝灯", yellow: "黄灯", red: "红灯" } as const;
const work = (prompts: Prompts, { unaccepted, byChief }: LightFacts) =>
  `${quoting(prompts)}：${unaccepted ? "接单 / " : ""}进展 内容 / 办结 结果${byChief ? " / 派 姓名" : ""} / 延期 时间 原因`;

/** Whoever has it in hand. */
export function toOwner(light: Light, facts: LightFacts, prompts: Prompts): string {
  const late = facts.byChief ? "尽快办结、改派，或确定新的时限" : "尽快办结，或说明原因申请延期";
  const please = `请${facts.unaccepted ? "即接单并" : ""}${light === "blue" ? "抓紧办理" : late}`;
  return head(
    facts,
    STATES[light],
    `${caseOf(facts)}　${pastOf(light, facts)}${urged(facts)}，${please}。${work(prompts, facts)}`,
  );
}

/** The chief, and whoever else supervises it. */
export function toChief(light: Light, facts: LightFacts, prompts: Prompts): string {
  const please = light === "red" ? "请督办" : "请督促";
  const lines = [
    head(facts, stateOf(light), `${caseOf(facts)}　承办人：${facts.owner}`),
    `${pastOf(light, facts)}${urged(facts)}，${please}。${quoting(prompts)}：派 姓名 / 进展 内容 / 办结 结果`,
  ];
  return lines.join("\n");
}

export function toLeaders(light: Light, facts: LightFacts, prompts: Prompts): string {
  const lines = [
    head(facts, stateOf(light), `${caseOf(facts)}　承办人：${facts.owner}`),
    `${pastOf(light, facts)}${urged(facts)}，已报首席帮办员。如需督办，${quoting(prompts)}：督办 要求`,
  ];
  return lines.join("\n");
}

export interface RowFacts extends CaseFacts {
  readonly light: Light | null;
  readonly unaccepted: boolean;
  /** Until when whoever reads it has to accept it; null where that is not theirs, or no time is left for it. */
  readonly acceptBy: string | null;
  readonly withOwner: boolean;
}

/** One of several in one message: one row a case, with its light and that it is not accepted yet. */
export function row(facts: RowFacts): string {
  const { number, item, enterprise, due, owner, light, unaccepted, acceptBy, withOwner } = facts;
  const states = [light === null ? "" : STATES[light], unaccepted ? "待接单" : ""].filter(Boolean);
  const times = [acceptBy === null ? "" : `${acceptBy} 前接单`, acceptBy !== null && light === null ? "" : `${due} 前`];
  const when = times.filter(Boolean).join("，");
  return `${number} ${states.join(" ")}　${item}　${enterprise}　${when}${withOwner ? `　${owner}` : ""}`;
}

/** It is somebody else's now. */
export function passedRow({ number, item, owner }: CaseFacts): string {
  return `${number} 已转办　${item}　现由${owner}办理，您不必再办`;
}

export interface SeveralFacts {
  readonly red: number;
  readonly yellow: number;
  readonly blue: number;
  /** Of those that have no light. */
  readonly unaccepted: number;
  readonly passed: number;
  readonly rows: readonly string[];
  /** How many there are beside those rows. */
  readonly more: number;
  /** Some of them are to be accepted by whoever reads it … */
  readonly mayAccept: boolean;
  /** … and go to somebody else where they are not. */
  readonly mayPass: boolean;
}

/** `overseeing`: whose cases most of them are not. */
export function severalToStaff(facts: SeveralFacts, overseeing: boolean, prompts: Prompts): string {
  const warning = facts.mayPass ? "请按时接单，逾时转由他人承办。" : "";
  return [
    ...severalLines("办理提醒", facts, overseeing ? "发送“今日”可看各服务点情况" : "发送“我的待办”可看全部"),
    `${warning}${quoting(prompts)}：${facts.mayAccept ? "编号 接单 / " : ""}编号 进展 内容 / 编号 办结 结果 / 编号 延期 时间 原因`,
  ].join("\n");
}

/** Nothing of it is left to do. */
export function severalPassed({ passed, rows, more }: SeveralFacts): string {
  const head = `【已转办】${passed} 件未在规定时间内接单，已转由他人办理`;
  return [head, ...rows, ...(more > 0 ? [`……另有 ${more} 件，您均不必再办`] : [])].join("\n");
}

export function severalToLeaders(facts: SeveralFacts, prompts: Prompts): string {
  return [
    ...severalLines("亮灯提醒", facts, "详见日报和台账"),
    `已报首席帮办员。如需督办，${quoting(prompts)}：督办 编号 要求`,
  ].join("\n");
}

function severalLines(title: string, { rows, more, ...counts }: SeveralFacts, where: string): string[] {
  const { red, yellow, blue, unaccepted, passed } = counts;
  const told: readonly (readonly [string, number])[] = [
    ["红灯", red],
    ["黄灯", yellow],
    ["蓝灯", blue],
    ["待接单", unaccepted],
    ["已转办", passed],
  ];
  const parts = told.filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count} 件`);
  return [`【${title}】${parts.join("，")}`, ...rows, ...(more > 0 ? [`……另有 ${more} 件，${where}`] : [])];
}

export interface LateFacts extends Named {
  readonly item: string;
  readonly due: string;
  readonly small: boolean;
  /** `孙三（南社区服务点）`; null where nobody has it in hand. */
  readonly owner: string | null;
  readonly reason: string;
  /** By when at the latest somebody answers. */
  readonly latest: string;
}

/** Late: apology, reason, new time (desk-practice 4). */
export function lateToAsker(facts: LateFacts, prompts: Prompts): string {
  const { item, due, small, owner, reason, latest } = facts;
  const who = owner === null ? "" : `，帮办员：${owner}`;
  return [
    head(facts, "正在办理", `${item}　未能在 ${due} 前${small ? "办结" : "答复"}，向您致歉`),
    `原因：${reason}。最迟 ${latest} 前答复您${who}。如需催办，${quoting(prompts)}：催办`,
  ].join("\n");
}

/** Where blue is told to the asker too, as a station may wish. */
export function soonToAsker(facts: LateFacts): string {
  return head(facts, "正在办理", `${facts.item}　正在抓紧办理，${facts.due} 前${facts.small ? "办结" : "答复"}`);
}

/** Beside the first few, which are told whole: one line for the rest. */
export function othersLateToAsker(count: number, numbers: readonly string[], latest: string): string {
  const which = `${numbers.join(" ")}${count > numbers.length ? " 等" : ""}`;
  return `另有 ${count} 件同样未能按时办结，向您致歉：${which}。均仍在办理中，最迟 ${latest} 前答复您`;
}

export function othersMovedForAsker(count: number, numbers: readonly string[]): string {
  return `另有 ${count} 件的答复时间同样有调整：${numbers.join(" ")}${count > numbers.length ? " 等" : ""}，可发送“查 编号”查看`;
}

export const EXTENDING = "已提出延期，正在审定";
export const REASONS = {
  open: { withChief: "承办人员正在协调中，已请首席帮办员协调", alone: "承办人员正在协调中" },
  paused: { withChief: "正在等待您的答复，已请首席帮办员督促", alone: "正在等待您的答复" },
  accepted: { withChief: "事项仍在办理中，已请首席帮办员督促", alone: "事项仍在办理中" },
} as const;

/** Hours or holidays are others than when it was promised. */
export function movedForAsker(facts: Named & { readonly item: string; readonly due: string }): string {
  return head(facts, "时限调整", `${facts.item}　因办公时间或节假日安排调整，答复时间改为 ${facts.due} 前，请您谅解`);
}

export function recomputed(facts: { readonly open: number; readonly moved: number }): string {
  return `办公时间、节假日安排或亮灯时限有调整：在办 ${facts.open} 件中，${facts.moved} 件的承诺时间已重新计算${facts.moved > 0 ? "，诉求人另行告知" : ""}。`;
}

/** Once a week from November on, until the next year's holidays are there. */
export function calendarMissing(year: number): string {
  return `${year}年节假日安排尚未录入，${year}年的承诺时间暂按周一至周五计算，并已在回执中注明。安排公布后请联系管理员：更新程序，或在站点文件的 holidays 中填写全年的放假和补班日期。`;
}

function stateOf(light: Light): string {
  return light === "red" ? "红灯 督办" : STATES[light];
}

function caseOf({ item, enterprise }: CaseFacts): string {
  return `${item}　${enterprise}`;
}

function pastOf(light: Light, { due, small, again }: LightFacts): string {
  const done = small ? "办结" : "答复";
  if (light === "blue") return `将于 ${due} 到期`;
  if (light === "red" && again) return `应于 ${due} 前${done}而未${done}，系同一诉求再次逾期`;
  if (light === "red") return `应于 ${due} 前${done}，已逾期一个工作日以上`;
  return `应于 ${due} 前${done}，已逾期`;
}

function urged({ urges }: LightFacts): string {
  return urges > 0 ? `（企业已催办 ${urges} 次）` : "";
}
