/** What a visit found, taken apart: wishes that are surely some item, and what may be one. Pure but for the matcher. */
import { findWhen } from "../../understanding/dates.ts";
import { NUMERAL } from "../../understanding/slots-numeral.ts";
import type { Scene } from "../scene.ts";

export interface Wishes {
  /** Registered at once. */
  readonly sure: readonly string[];
  /** Offered by number: whoever was there knows. */
  readonly possible: readonly string[];
}

/** As many as one message may well bring. */
const WISHES_MAX = 5;
/** As many as a numbered choice shows. */
const OFFERED_MAX = 9;
const SENTENCES = /[；;。！!\n]+/u;
const CLAUSES = /[；;。！!\n，,]+/u;
/** 诉求：… says outright that what follows is one. */
const OUTRIGHT = /(?:诉求|需求)(?:是|有|为)?\s*[:：]\s*(.+)$/su;
const WISH =
  /想|希望|盼|要求|需要?|要一|提出|反映|申请|请求|求助|建议|咨询|询问|缺|借|补发|帮忙|协调|能否|能不能|可否|请.{0,8}(?:来|讲|派|指导|上门)/u;
/** Told without asking for anything, and yet nobody tells it who wants nothing. */
const TROUBLE = /漏|坏|破损|损坏|老化|太旧|堵|不够|不足|不懂|不会|缺少|没有|困难|难题|问题|停[电水]|拖欠|投诉|不便/u;
const NO_WISH =
  /(?:无|没有?|暂无|未提)(?:其他|别的|任何|什么|啥)?(?:诉求|需求|困难|问题|要求|建议)|一切正常|正常$|良好$|^(?:正常|无)$/u;
/** 下周五, 四十人: of what was wished for just before. */
const PEOPLE = new RegExp(`^(?:约|大概|大约|共)?${NUMERAL}多?(?:个人|人|名|位)`, "u");

export function wishesIn(scene: Pick<Scene, "understand">, text: string, today: string): Wishes {
  const outright = OUTRIGHT.exec(text)?.[1];
  if (outright !== undefined) {
    const all = clausesOf(outright, SENTENCES);
    return { sure: all.slice(0, WISHES_MAX), possible: all.slice(WISHES_MAX, WISHES_MAX + OFFERED_MAX) };
  }
  const sure: string[] = [];
  const possible: string[] = [];
  let last: string[] | null = null;
  for (const clause of clausesOf(text, CLAUSES)) {
    const kind = kindOf(scene, clause);
    const list = kind === "sure" && sure.length < WISHES_MAX ? sure : kind === null ? null : possible;
    if (list) list.push(clause);
    else if (last && isDetail(clause, today)) last.push(`${last.pop() ?? ""}，${clause}`);
    // What stands between says something else.
    last = list ?? (isDetail(clause, today) ? last : null);
  }
  return { sure, possible: possible.slice(0, OFFERED_MAX) };
}

function kindOf(scene: Pick<Scene, "understand">, clause: string): "sure" | "possible" | null {
  const { kind } = scene.understand(clause);
  if (WISH.test(clause)) return kind === "item" ? "sure" : "possible";
  return TROUBLE.test(clause) || kind === "item" || kind === "other" ? "possible" : null;
}

function isDetail(clause: string, today: string): boolean {
  return PEOPLE.test(clause) || findWhen(clause.normalize("NFKC"), today)?.start === 0;
}

function clausesOf(text: string, between: RegExp): string[] {
  return text
    .split(between)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "" && !NO_WISH.test(clause));
}
