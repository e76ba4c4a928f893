/** What free words of staff may order, by what they are made of: somebody who is to do it, more time, whose it is not. Pure. */
import { NUMERAL } from "../../understanding/slots-numeral.ts";

/** Right before a name: it is given to them, or they are sent for. */
const GIVES =
  /(?:[转交派给让请叫找由换归喊托移退拉改]|麻烦|拜托|安排|指派|通知|交接)(?:[一]下)?(?:[给到回由让请]|一下)?[\s“"]*$/u;
/** Giving it away, whatever else may be wanted of somebody. */
const HANDS_OVER = /(?:[转移派]|交(?!流|待)|换成?)(?:[办给到由])*[\s“"]*$/u;
/** Right behind a name: what they are to do. */
const DOES =
  /^(?:同志|老师|[哥姐])?(?:先|就|再|也|马上|赶紧|抓紧|尽快|今天|明天|下午|上午)*(?:帮|协助|配合|[去接办跟管弄搞搬跑代]|来(?!电|信|函|过)|处理|负责|联系|牵头|承办|上门)/u;
const HELPS = /帮|协助|协办|协同|配合|一起|一同|一块|一道|搭把?手|陪/u;
/** It has happened already: what is told, not what is ordered. */
const DONE_BEFORE = /(?:已经?|刚刚?)[^\p{P}\s]{0,6}$/u;
const DONE_BEHIND = /^[^\p{P}\s吧]*?(?:了(?![解结])|过(?![去来程问]))/u;

const US = "(?:我们?|咱们?|本站|党务|帮办|我这[里儿]?)";
const NOT_OURS = [
  new RegExp(`不(?:属于?|归|该(?:由|归)?|应该?(?:由|归)?|是)[^\\p{P}\\s]{0,3}${US}`, "u"),
  new RegExp(`${US}[^\\p{P}\\s]{0,3}(?:不管|管不|不受理|不负责|没权|无权)`, "u"),
  /(?:不[在属是]|超出?了?|没在|非)[^\p{P}\s]{0,6}(?:范围|职[责能权]|权限|管辖)/u,
  /管不[了到]|不予?受理|(?<!\d)12345(?!\d)/u,
];
const OTHER_AREA = /(?:不[在属是归]|超出?了?|没在|非)[^\p{P}\s]{0,6}(?:片区?|辖区|社区|街道|这边)/u;

/** More time is wanted. */
const DELAYS = [
  /延(?!伸|续|长线)|缓(?!解|慢|冲)|推[迟到后]|宽限|往后[放拖推排]|来不及|赶不[上及]/u,
  /(?:[办做弄干完搞忙]|处理|解决)得?不(?:完|出来)/u,
  new RegExp(`晚\\s*(?:几|半|${NUMERAL})\\s*(?:个)?(?:工作日|天|周|星期|小时)`, "u"),
  new RegExp(
    `(?:再|多)[给要等过有得需宽]*[我他她咱]?们?\\s*(?:几|半|${NUMERAL})\\s*(?:个)?(?:工作日|天|周|星期|小时)`,
    "u",
  ),
];
/** When it may be done, rather than when something takes place. */
const ESTIMATES =
  /(?:预计|估计|大概|可能|恐怕|怕|最[快早]|至少|得|要等?到?|等到)[^\p{P}\s]{0,3}$|给[^\p{P}\s]{0,3}[到至]$/u;
const DOES_THEN =
  /^[^\p{P}\s]{0,2}(?:再|才|去)?(?:办|处理|弄|搞|答复|回复|回话|给[您你]|出结果|有结果|完成)|^[^\p{P}\s]{0,4}(?:行不行|可不可以|好不好|(?:行|可以|成|好)吗|再说)/u;
const WAITS_FOR = /等(?:着|待|一下|候)?(?:[他她它您]们?(?!的)|对方|企业|公司|诉求人|人家|客户|厂里|单位)/u;

export interface Named {
  readonly before: string;
  readonly behind: string;
}

/** Somebody is named as who is to do it; `handsOver`: as who is to have it from now on. */
export function ordersThem({ before, behind }: Named) {
  const told = DONE_BEFORE.test(before) || DONE_BEHIND.test(behind);
  const gives = GIVES.test(before);
  return {
    told,
    ordered: !told && (gives || DOES.test(behind)),
    gives: !told && gives,
    handsOver: !told && HANDS_OVER.test(before),
    helps: HELPS.test(before.slice(-4)) || HELPS.test(/^[^\p{P}\s]*/u.exec(behind)?.[0] ?? ""),
  };
}

export function isNotOurs(text: string): boolean {
  return isOtherArea(text) || NOT_OURS.some((pattern) => pattern.test(text));
}

/** Not of this part of the station, and ours for all that. */
export function isOtherArea(text: string): boolean {
  return OTHER_AREA.test(text);
}

export function wantsMoreTime(text: string): boolean {
  return DELAYS.some((pattern) => pattern.test(text));
}

/** `start`, `end`: of a time in the text. */
export function isWhenDone(text: string, start: number, end: number): boolean {
  return ESTIMATES.test(text.slice(0, start)) || DOES_THEN.test(text.slice(end));
}

export function waitsForAsker(text: string): boolean {
  return WAITS_FOR.test(text);
}
