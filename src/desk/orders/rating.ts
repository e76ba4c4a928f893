/** What a rating says: a digit, stars, or the words of the five grades; and that it is not solved at all. Pure. */
import type { Rating } from "../ticket/event.ts";

const NOT_SOLVED =
  /(?:没有?|未|并未|还没|没能|未能)(?:得到|给|真正|完全|彻底)?(?:解决|搞定|处理好|办成|办好|弄好)|解决不了/u;
/** 不对，给3; 点错了，应该是4: what was said before is put right. */
const CORRECTING =
  /^\s*(?:不对|不是|我?(?:刚才|刚刚)?(?:点|按|打|写|发|选|评|说|给|弄|搞)错了?|错了)[\s\p{P}]*(?:是|应该是|应该|改成|改为|改|换成)?/u;
const GIVING = "^\\s*(?:我?[给打评]?个?)\\s*";
/** `5`, `5！`, `5 非常满意`: the digit as it was asked for. */
const DIGIT = new RegExp(`${GIVING}([1-5])(?:[\\p{P}\\s~]*$|[\\p{P}\\s]*(?:非常|很|基本|比较|十分|不)?满意)`, "u");
/** `5分，办得快`, `给五星` */
const STARS = new RegExp(`${GIVING}([1-5一二两三四五])\\s*(?:分(?!钟)|颗?星)`, "u");
/** `3 一般般`, `5，办得快`: a few words behind the digit that count nothing (3 天了). */
const SPOKEN = new RegExp(
  `${GIVING}([1-5])[\\s,.;:!、。~]+(?!\\s*(?:[天日月号点时分楼层栋室个位名人件次元块年周%]|小时|[0-9]))[^0-9]{1,20}$`,
  "u",
);
const GRADES: readonly (readonly [RegExp, Rating])[] = [
  [/(?:非常|很|太|极其?|十分)不满意/u, 1],
  // 没有什么不满意的 is content.
  [/(?<!(?:没有?|没什么|没啥|无|[没无]有?任何|没有什么)\s*)不(?:太|够|是很|怎么)?满意/u, 2],
  [/(?:基本|还算|比较|大致)上?满意/u, 3],
  [/(?:非常|很|十分|特别|相当|太)满意/u, 5],
  [/满意/u, 4],
];
/** In a longer text the word may belong to something else. */
const GRADE_CHARACTERS_MAX = 30;

export function isNotSolved(text: string): boolean {
  return NOT_SOLVED.test(text);
}

/** A digit or stars: beside a ticket that is resolved nothing else can be meant. */
export function starsIn(text: string): Rating | null {
  const folded = text.normalize("NFKC").replace(CORRECTING, "");
  const grade = (DIGIT.exec(folded) ?? STARS.exec(folded) ?? SPOKEN.exec(folded))?.[1];
  if (!grade) return null;
  const counted = "一二三四五".indexOf(grade === "两" ? "二" : grade) + 1;
  return (counted || Number(grade)) as Rating;
}

export function isCorrection(text: string): boolean {
  return CORRECTING.test(text);
}

export function ratingIn(text: string): Rating | null {
  const stars = starsIn(text);
  if (stars) return stars;
  if ([...text].length > GRADE_CHARACTERS_MAX || /满意度|怎[样么]才/u.test(text)) return null;
  return GRADES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
