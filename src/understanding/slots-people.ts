/** How many people, read from 三十来个人, 30人左右, 二三十号人 and the like. Pure; `text` is folded (NFKC). */
import { NUMERAL, numeralOf } from "./slots-numeral.ts";

export interface FoundSlot {
  /** As people read it: `约30人`. Read again it is the same. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const ABOUT_BEFORE = "(?<before>大概|大约|约莫|约|差不多|估计|将近|近|不到)?\\s*(?:有|是|要|来)?\\s*";
/** 二三十 and 五六: the first of the two is the least. */
const NEIGHBOURS = "(?:[一二两三四五六七八九]{2}[十百]?)";
const NUMBERS = `(?<first>${NEIGHBOURS}|${NUMERAL}|几[十百])(?:\\s*[—至到~-]+\\s*(?<second>${NUMERAL}))?(?<more>来|多|余|几)?`;
/** No part of a longer number, a time, a ticket's number. */
const COUNT = `(?<![\\d零一二两三四五六七八九十百千第.:/#-])${NUMBERS}`;
const UNIT = "\\s*(?:个|名|位|号|来号|多号|余名|口)?";
/** Who is counted. 党员 and the like are people of the party; 人 may begin another word. */
const MEMBERS = "(?:正式|预备|在册|在职|流动|老|退休|女|男|青年)?党员";
const PEOPLE =
  "人次|人员|人(?![大民工事力文社均才生品为家情脸]|[费数]|员会)|同志|员工|职工|工人|同事|学员|孩子|小孩|小朋友|学生|老人|老师傅|师傅|志愿者|家长|骨干|代表|群众|居民|青年|女工|技工|焊工|电工|委员";
const ABOUT_BEHIND = "\\s*(?<behind>左右|上下|以内|不到|的样子)?";
/** Nothing that is counted stands behind it. */
const END = "(?=左右|上下|[\\s,，。.;；!！?？、]|$)";
const NAMED: readonly RegExp[] = [
  new RegExp(`${ABOUT_BEFORE}${COUNT}${UNIT}的?(?:(?<members>${MEMBERS})|${PEOPLE})${ABOUT_BEHIND}`, "gu"),
  // 人数大概四十: the word before it says what is counted.
  new RegExp(`(?:人数|到会|参会)(?:[:：是在为有\\s])*${ABOUT_BEFORE}${NUMBERS}${END}${ABOUT_BEHIND}`, "gu"),
];
/** 大概十几个 alone: only about that many can be people, 两个 may be anything. */
const UNNAMED = new RegExp(`${ABOUT_BEFORE}${COUNT}\\s*[个名位号]${END}${ABOUT_BEHIND}`, "gu");
/** Said, and not counted. */
const NO_COUNT = /三个代表/u;
/** 一位同志, 一人一袋: one is hardly ever a number of people. */
const FEWEST = 2;
const MOST = 20_000;

interface Count extends FoundSlot {
  readonly count: number;
  readonly about: boolean;
  readonly members: boolean;
}

/** The largest of those that are named; of the party's members where they are what is asked for and some are named. */
export function findPeople(text: string, ofMembers = false): FoundSlot | null {
  const named = NAMED.flatMap((pattern) => countsIn(text, pattern));
  const all = named.length > 0 ? named : countsIn(text, UNNAMED).filter(({ about }) => about);
  const members = ofMembers ? all.filter((each) => each.members) : [];
  const [most] = (members.length > 0 ? members : all).sort((a, b) => b.count - a.count);
  return most ? { text: most.text, start: most.start, end: most.end } : null;
}

function countsIn(text: string, pattern: RegExp): Count[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole] = match;
    const { before, first = "", second, more, members, behind } = match.groups ?? {};
    const said = Boolean(before || behind);
    const read = NO_COUNT.test(whole) ? null : countOf(first, second, more, said);
    if (!read) return [];
    const about = said || more !== undefined;
    return [{ ...read, about, members: members !== undefined, start: match.index, end: match.index + whole.length }];
  });
}

/** Only a number, in answer to the question how many. */
export function bareCount(text: string): string | null {
  const found = /^\s*(\d{1,4}|[一二两三四五六七八九十百]{1,5})\s*(?:个|人|名|位)?[\s。.!！]*$/u.exec(text);
  const count = found ? numeralOf(found[1] ?? "") : null;
  return count !== null && count > 0 ? `${count}人` : null;
}

function countOf(
  first: string,
  second: string | undefined,
  more: string | undefined,
  about: boolean,
): { readonly text: string; readonly count: number } | null {
  const several = /^几([十百])$/u.exec(first);
  if (several) return { text: `几${several[1]}人`, count: several[1] === "十" ? 50 : 500 };
  const pair = /^([一二两三四五六七八九])([一二两三四五六七八九])([十百]?)$/u.exec(first);
  if (pair) {
    const [, low = "", high = "", unit = ""] = pair;
    const [least, most] = [numeralOf(`${low}${unit}`) ?? 0, numeralOf(`${high}${unit}`) ?? 0];
    return least < most ? { text: `${least}至${most}人`, count: most } : null;
  }
  const least = numeralOf(first);
  if (least === null || least < FEWEST || least > MOST) return null;
  if (second !== undefined) {
    const most = numeralOf(second);
    return most !== null && most > least && most <= MOST ? { text: `${least}至${most}人`, count: most } : null;
  }
  if (more === "来" || (about && !more)) return { text: `约${least}人`, count: least };
  return { text: `${least}${more ? "多" : ""}人`, count: least };
}
