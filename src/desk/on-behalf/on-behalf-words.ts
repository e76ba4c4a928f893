/** 代录 恒通汽配 想借会议室: for whom, what, and how it came. Pure. */
import type { EnterpriseIndex } from "../../station/enterprise-index.ts";
import { findEnterprises } from "../../station/enterprise-match.ts";
import { coreOf, foldName } from "../../station/enterprise-name.ts";
import type { Via } from "../ticket/event.ts";

export interface OnBehalf {
  readonly via: Via | null;
  /** Its full name; null where it was not said, or nobody knows it. */
  readonly enterprise: string | null;
  /** Names that may be meant, best first; empty where one is sure, or none is near. */
  readonly likely: readonly string[];
  /** What stood where the name stands, if nobody knows it. */
  readonly typed: string;
  /** What is asked for. */
  readonly request: string;
}

const MARK = /^[\s\p{P}]*(来电|来访|走访)[\s\p{P}]*/u;
const VIAS: readonly (readonly [Via, RegExp])[] = [
  ["来电", /来电|电话|打来/u],
  ["来访", /来访|上门来|窗口|敲门|走进来|来到|当面|登门/u],
  ["走访", /走访|下企|入企|下户|走企/u],
];
/** Somebody is there who has not been spoken of: 有个企业的人上门, 刚接了个电话, 来了两位同志. */
const CALLER =
  /来电|来访|打(?:来|进来)|[接来](?:了|到)?(?:[一两几]?个)?(?:\p{Script=Han}{0,8}的)?电话|上门(?!服务)|登门|敲门|走进来|到(?:了)?窗口|来(?:到)?窗口|来了?(?:[一两几]?[个位名家])|有(?:[一两几]?[个位名家])(?:\p{Script=Han}{0,6})(?:企业|公司|单位|厂|人|同志|老板|书记)/u;
const BETWEEN = /[\s，,：:；;、。]+/u;
/** Longer than the longest name of a company. */
const NAME_CHARACTERS_MAX = 20;
/** 帮他登记一下, 录一单: said to the desk, and no part of what is wanted. */
const ORDER =
  /(?:帮|替|代|给)?(?:他们?|她们?|企业|其|人家|对方)?(?:代?登记|补?录[入进]?|代报|立单|开[个张]?单子?|记|报)(?:一?[下件单个笔条]|上|进去)?(?=$|[\s，,。；;！!])/gu;

export function readOnBehalf(index: EnterpriseIndex, text: string): OnBehalf {
  const marked = MARK.exec(text);
  const via = (marked?.[1] as Via | undefined) ?? VIAS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  const rest = marked ? text.slice(marked[0].length) : text.trim();
  const [name = "", ...behind] = rest.split(BETWEEN).filter(Boolean);
  const request = behind.length > 0 ? rest.slice(rest.indexOf(name) + name.length).replace(/^[\s\p{P}]+/u, "") : "";
  // 恒通汽配 is a name; 刚才恒通的书记打电话来 tells of one.
  const alone = index.names.get(foldName(name)) ?? index.cores.get(coreOf(name));
  const [only, ...others] = alone ?? [];
  if (only && others.length === 0 && request) return { via, enterprise: only.name, likely: [], typed: "", request };
  const { exact } = findEnterprises(index, rest);
  if (exact) return { via, enterprise: exact.name, likely: [], typed: "", request: rest };
  if (request === "" || [...name].length > NAME_CHARACTERS_MAX) {
    return { via, enterprise: null, likely: [], typed: "", request: rest };
  }
  const likely = findEnterprises(index, name).likely.map((near) => near.name);
  return { via, enterprise: null, likely, typed: name, request };
}

/** It tells of somebody who called or came in. */
export function isOfCaller(text: string): boolean {
  return CALLER.test(text) || MARK.test(text);
}

/** What is left for the matcher to read. */
export function withoutOrder(request: string): string {
  return request.replace(ORDER, "").trim() || request;
}
