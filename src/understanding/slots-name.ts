/**
 * A private person's name, where the words around it say that it is one (名叫张建国, 车间小李, 张建国同志). A name that is
 * missed is asked for; one that is none would be shown as somebody. Pure; `text` is folded (NFKC).
 */
import type { FoundSlot } from "./slots-people.ts";

const SURNAMES =
  "(?:欧阳|司马|上官|诸葛|王|李|张|刘|陈|杨|赵|黄|周|吴|徐|孙|胡|朱|林|何|郭|罗|梁|宋|郑|谢|韩|唐|冯|于|董|萧|程|曹|袁|邓|许|傅|沈|曾|彭|吕|苏|卢|蒋|蔡|贾|丁|魏|薛|叶|阎|余|潘|杜|戴|夏|钟|汪|任|姜|范|姚|谭|廖|邹|熊|陆|郝|孔|崔|康|毛|邱|秦|江|史|顾|侯|邵|孟|龙|段|雷|钱|汤|尹|黎|易|武|乔|贺|赖|龚|施|章|俞|严|裘|屠|励|忻|虞)";
/** What never is part of a given name, and begins the next word. */
const NO_GIVEN =
  "的了是在想要有到来去能会不没和跟与及把被给让请找就都也还已从向对为做办转调退入交缺当写填说问这那哪什怎谁我你他她它们个位名同先女师老小书经主总工厂区县市省镇村街道社支部党员组织团会费";
const GIVEN = `[\\u4e00-\\u9fff](?<![${NO_GIVEN}])`;
const NAME = `${SURNAMES}${GIVEN}(?:${GIVEN})?`;
const TITLE = "同志|书记|师傅|女士|先生|阿姨|大姐|大哥|会计|经理|主任|厂长|主管|工程师|组长|班长|老师";
const END = "(?=[\\s,，。.;；:：!！?？、()（）]|$|的|要|想|是|在|从|转|现|今|已|刚|于|和)";
const PATTERNS: readonly RegExp[] = [
  new RegExp(`(?:姓名|名字|联系人|名叫|叫做?|本人)\\s*(?:是|为|[:：])?\\s*(${NAME})${END}`, "u"),
  new RegExp(`(${NAME})(?:这位|那位)?(?:${TITLE})`, "u"),
  new RegExp(
    `(?:党员|同志|员工|职工|会计|申请人|积极分子|预备党员|发展对象|我是|我叫)\\s*[:：]?\\s*(${NAME})${END}`,
    "u",
  ),
  // 小李, 老张: known among those who read along, nobody else.
  new RegExp(
    `(?<![大中幼小老])([小老](?:${SURNAMES.slice(3)
      .replace("欧阳|司马|上官|诸葛|", "")
      .replace(
        /[龙江夏史易武毛孔熊龚任]\|?/gu,
        "",
      )})(?![\\u4e00-\\u9fff]?(?:院|校|区|镇|村|路|厂|店|鱼|车|米)|[家人板师序度])`,
    "u",
  ),
];

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

/** Only a name, in answer to the question whose. */
export function bareName(text: string): string | null {
  return new RegExp(`^\\s*((?:${NAME})|[小老]${SURNAMES})(?:${TITLE})?[\\s。.!！]*$`, "u").exec(text)?.[1] ?? null;
}
