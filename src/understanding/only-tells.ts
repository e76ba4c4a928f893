/** A clause that only tells when, how many, or what for: 周五用, 下周三下午，三十人. It asks for nothing by itself. Pure. */

const DETAILS =
  /今[天晚]|明[天晚早]|(?:大?后)天|[上下本这]?个?(?:周|星期|礼拜)[一二三四五六日天末]?|月[底初中]|上午|下午|早上|中午|晚上|傍晚|全天|[\d零〇一二三四五六七八九十百两几]+|[年月日号点时分天]|[个位名人件把张台套份间本面只条箱束块支]|左右|大概|大约|约|一?共|总共|上下|以[内前]|之前|[前后到至]|[-—~～:：]|开始|结束|时候|期间|使用|要用|用的?|就[行好]|即可|参加|的|吧|呢/gu;
/** 活动经费使用 and 费用 are names of things. */
const FOR_USE = /(?<![费使公作信])用的?[吧呢哦啊]?[\s\p{P}]*$/u;
/** It wants something done, asks something, or says that something does not work: a matter of its own. */
const OWN_MATTER =
  /借|[预订]订|订[个一]|租|请|想|要(?!用)|需|求|申请|领取|帮|缺|买|做|办|怎|如何|咋|吗|能不能|可不可以|有没有|[?？]|不|没|坏|没法|无法|难|补|改|查|修|换/u;
/** It says a time or a number; 行 says neither. */
const FACT = /[\d零〇一二三四五六七八九十百两几]|[今明]|后天|上午|下午|早上|中午|晚上|傍晚|全天|月[底初中]/u;
const FEW = 1;
/** 周六志愿活动用, 给新党员过政治生日用: what it is for is said in a few words. */
const PURPOSE_MAX = 12;

export function onlyTells(clause: string): boolean {
  const text = clause.normalize("NFKC").trim();
  if (text === "" || OWN_MATTER.test(text)) return false;
  const rest = text.replace(DETAILS, "").replace(/[\s\p{P}\p{S}]/gu, "");
  return (
    ([...rest].length <= FEW && FACT.test(text)) ||
    (FOR_USE.test(text) && [...rest].length <= PURPOSE_MAX && [...text].length > 2)
  );
}
