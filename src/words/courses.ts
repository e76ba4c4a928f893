/** What is said about training (红领增能): the announcement, who has enrolled, who has come. */
import { type Prompts, quoting } from "./line.ts";

export interface CourseFacts {
  /** `1203-1` */
  readonly number: string;
  readonly title: string;
  /** `12月3日（周四）14:00` */
  readonly when: string;
  readonly place: string | null;
  readonly enrolled: number;
  readonly attended: number;
}

function head({ number }: Pick<CourseFacts, "number">, text: string): string {
  return `【培训${number}】${text}`;
}

function whenAndWhere({ when, place }: CourseFacts): string {
  return `时间：${when}${place === null ? "" : `　地点：${place}`}`;
}

export function announcement(facts: CourseFacts, by: string, prompts: Prompts): string {
  return [
    head(facts, facts.title),
    `${whenAndWhere(facts)}　发布：${by}`,
    `请${quoting(prompts)}：报名；到场后回复：签到`,
  ].join("\n");
}

/** It was ordered one-to-one. */
export function announced(facts: CourseFacts, toGroup: boolean): string {
  return head(facts, `${facts.title}，${facts.when}，${toGroup ? "已发到帮办员群" : "尚未登记帮办员群，请自行告知"}`);
}

export function announcedBefore(facts: CourseFacts): string {
  return head(facts, `${facts.title}，${facts.when}，先前已发布，不必重复`);
}

export function detailsWanted({ bot }: Prompts): string {
  return `请写明主题、日期和几点开始，@${bot} 回复：开班 主题 12月3日 14:00 地点 三楼会议室`;
}

export function timePassed(when: string): string {
  return `${when} 已过，请写明以后一年之内的日期和时间`;
}

export function tooMany(): string {
  return "当日已发布的培训过多，请另选日期";
}

export function mayNotAnnounce(): string {
  return "“开班”须由首席帮办员、特邀帮办员或总站帮办员发布";
}

export function announceElsewhere({ bot }: Prompts): string {
  return `培训请在帮办员群@${bot}，或单独发给${bot} 发布`;
}

export function mayNotChange(facts: CourseFacts, act: string, by: string): string {
  return head(facts, `“${act}”须由发布人${by}或首席帮办员回复`);
}

export function enrolled(facts: CourseFacts, name: string): string {
  return head(facts, `${name}已报名，共 ${facts.enrolled} 人。${whenAndWhere(facts)}`);
}

export function enrolledBefore(facts: CourseFacts): string {
  return head(facts, `您已报名，不必重复。${whenAndWhere(facts)}`);
}

export function alreadyBegun(facts: CourseFacts): string {
  return head(facts, "已开始，不再报名，到场的请直接回复：签到");
}

export function left(facts: CourseFacts, name: string): string {
  return head(facts, `${name}已取消报名，现有 ${facts.enrolled} 人报名`);
}

export function notEnrolled(facts: CourseFacts): string {
  return head(facts, "您没有报名，不必取消");
}

export function hasCome(facts: CourseFacts): string {
  return head(facts, "您已签到，不能取消报名");
}

export function attended(facts: CourseFacts, name: string): string {
  return head(facts, `${name}已签到，共 ${facts.attended} 人到场`);
}

export function attendedBefore(facts: CourseFacts): string {
  return head(facts, "您已签到，不必重复");
}

export function notYetOpen(facts: CourseFacts, from: string): string {
  return head(facts, `${from} 起可以签到，当日结束前有效`);
}

export function isCancelled(facts: CourseFacts): string {
  return head(facts, `${facts.title}，已取消`);
}

export function cancelled(facts: CourseFacts, reason: string): string {
  return head(facts, `${facts.title}，${facts.when}，现已取消${reason === "" ? "" : `，原因：${reason}`}`);
}

export function moved(facts: CourseFacts): string {
  return head(facts, `${facts.title}，改为 ${facts.when}${facts.place === null ? "" : `，地点：${facts.place}`}`);
}

export function moveWanted(facts: CourseFacts, { bot }: Prompts): string {
  return head(facts, `请写明新的日期和时间，@${bot} 回复：改期 ${facts.number} 12月4日 14:00`);
}

export function peopleHaveCome(facts: CourseFacts, act: string): string {
  return head(facts, `已有 ${facts.attended} 人签到，不能${act}`);
}

export function full(facts: CourseFacts): string {
  return head(facts, "人数已满，不能再报名");
}

export function listed(rows: readonly CourseFacts[], { bot }: Prompts): string {
  if (rows.length === 0) return `目前没有培训安排。发布请@${bot} 回复：开班 主题 12月3日 14:00 地点 三楼会议室`;
  const line = (facts: CourseFacts) =>
    `培训${facts.number} ${facts.title}　${facts.when}${facts.place === null ? "" : `　${facts.place}`}　${counted(facts)}`;
  return [
    `【培训安排】共 ${rows.length} 期`,
    ...rows.map(line),
    `报名请@${bot} 回复：报名 ${rows[0]?.number ?? ""}`,
  ].join("\n");
}

function counted({ enrolled: many, attended: came }: CourseFacts): string {
  return `报名 ${many} 人${came > 0 ? `，签到 ${came} 人` : ""}`;
}

export function detailed(facts: CourseFacts, names: { enrolled: string; attended: string }): string {
  return [
    head(facts, facts.title),
    whenAndWhere(facts),
    `报名 ${facts.enrolled} 人${names.enrolled === "" ? "" : `：${names.enrolled}`}`,
    `签到 ${facts.attended} 人${names.attended === "" ? "" : `：${names.attended}`}`,
  ].join("\n");
}

const ACT_WORDS = {
  enrol: "报名",
  leave: "取消报名",
  attend: "签到",
  cancel: "取消开班",
  move: "改期",
  list: "培训",
} as const;
export type CourseAct = keyof typeof ACT_WORDS;

function actWord(act: CourseAct): string {
  return ACT_WORDS[act];
}

export function none(act: CourseAct): string {
  if (act === "attend") return "今日没有可以签到的培训";
  return act === "enrol" ? "目前没有可以报名的培训" : "目前没有这样的培训安排，请核对";
}

export function noSuch(number: string): string {
  return `没有查到培训${number}，可能已经结束，请核对编号`;
}

export function which(act: CourseAct, rows: readonly CourseFacts[], { bot }: Prompts): string {
  const lines = rows.map((facts) => `培训${facts.number} ${facts.title}　${facts.when}`);
  const [first] = rows;
  return ["请问是哪一期？", ...lines, `请写上编号，@${bot} 回复：${actWord(act)} ${first?.number ?? ""}`].join("\n");
}

/** A colleague who is not in the station file. */
export const UNNAMED = "您";

export function others(count: number): string {
  return `另 ${count} 人`;
}
