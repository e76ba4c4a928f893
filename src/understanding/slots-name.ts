/**
 * A private person's name, where the words around it say that it is one (名叫张建国, 车间小李, 张建国同志). A name that is
 * missed is asked for; one that is none would be shown as somebody. Pure; `text` is folded (NFKC).
 */
import type { FoundSlot } from "./slots-people.ts";

const COMPOUND = "欧阳|司马|上官|诸葛";
/** Those that begin many other words after 小 and 老 are left out there. */
const COMMON =
  "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴钟汪姜范姚谭廖邹熊陆郝崔秦顾侯邵孟段雷钱汤尹黎乔贺施章俞严裘屠励忻虞";
const RARER = "夏任康赖孔毛邱江史龙易武龚";
const SURNAME = `(?:${COMPOUND}|[${COMMON}${RARER}])`;
/** What never is part of a given name, and begins the next word. */
const NO_GIVEN =
  "的了是在想要有到来去能会不没和跟与及把被给让请找就都也还已从向对为做办转调退入交缺当写填说问这那哪什怎谁我你他她它们个位名同先女师老小书经主总工厂区县市省镇村街道社支部党员组织团会费";
const GIVEN = `(?![${NO_GIVEN}])[\\u4e00-\\u9fff]`;
const NAME = `(?<![感谢])(?!谢谢)${SURNAME}${GIVEN}(?:${GIVEN})?`;
/** 小李, 老张: known among those who read along, nobody else. */
const NICKNAME = `(?<![大中幼小老])[小老][${COMMON}](?![院校区镇村路厂店鱼车米家人板师序度])`;
const TITLE = "同志|书记|师傅|女士|先生|阿姨|大姐|大哥|会计|经理|主任|厂长|主管|工程师|组长|班长|老师";
const END = "(?=[\\s,，。.;；:：!！?？、()（）]|$|的|要|想|是|在|从|转|现|今|已|刚|于|和)";
const PATTERNS: readonly RegExp[] = [
  new RegExp(`(?:姓名|名字|联系人|名叫|叫做?|本人)\\s*(?:是|为|[:：])?\\s*(${NAME})${END}`, "u"),
  new RegExp(`(${NAME})(?:这位|那位)?(?:${TITLE})`, "u"),
  new RegExp(
    `(?:党员|同志|员工|职工|会计|申请人|积极分子|预备党员|发展对象|我是|我叫)\\s*[:：]?\\s*(${NAME})${END}`,
    "u",
  ),
  new RegExp(`(${NICKNAME})`, "u"),
];
const NUMBER = "1[3-9]\\d|0\\d{2,3}-?\\d{7}";
/** Whose telephone number it is: 张建国 13812345678. Who is told to call needs no word that says so. */
const CALLED = new RegExp(
  `(${NAME})(?:${TITLE})?\\s*[,，:：(（]?\\s*(?:电话|手机|联系方式)?号?码?\\s*[:：]?\\s*(?=\\+?(?:86)?[\\s-]?(?:${NUMBER}))`,
  "gu",
);
/** Without one of these no pattern fits: most texts name nobody, and are looked through once. */
const MAY_NAME = new RegExp(
  `${NUMBER}|姓名|名字|联系人|叫|本人|${TITLE}|党员|员工|职工|申请人|积极分子|发展对象|我是|[小老][${COMMON}]`,
  "u",
);
const EVERYWHERE: readonly RegExp[] = [...PATTERNS.map(({ source }) => new RegExp(source, "gu")), CALLED];
const BARE = new RegExp(`^\\s*(${NAME}|${NICKNAME})(?:${TITLE})?[\\s。.!！]*$`, "u");

/** `known` are people of the service: they are no private persons. */
export function findName(text: string, known: ReadonlySet<string> = new Set()): FoundSlot | null {
  for (const pattern of PATTERNS) {
    const found = pattern.exec(text);
    const name = found?.[1];
    if (!found || name === undefined || known.has(name)) continue;
    const start = found.index + found[0].indexOf(name);
    return { text: name, start, end: start + name.length };
  }
  return null;
}

/** Every name that stands in a text, as often as it wants: what is shown to others hides all of them. */
export function findNames(text: string, known: ReadonlySet<string> = new Set()): string[] {
  if (!MAY_NAME.test(text)) return [];
  const found = EVERYWHERE.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name));
  return [...new Set(found)].filter((name) => name !== undefined && !known.has(name)) as string[];
}

/** Only a name, in answer to the question whose. */
export function bareName(text: string): string | null {
  return BARE.exec(text)?.[1] ?? null;
}
