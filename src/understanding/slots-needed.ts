/**
 * Which of the slots that an item asks for are worth a question: those that nobody can go on without. Who asks how
 * something is done in general is told it, and not asked for a date; who wants it done is asked. Pure.
 */
import { type Ask, isReadable, type Slots } from "./slots.ts";

/** How, how often, by which rule: an answer needs nothing more. 怎么办 and the like are said of a case of one's own. */
const IN_GENERAL =
  /(?:怎[么样]|咋|如何)(?!办|处理|解决|这|没|还|就|不)|多久|多长时间|几[年个]?(?:次|月|年|天)|(?:什么|啥|哪些|哪几)(?:材料|条件|手续|流程|程序|要求|标准|规定|意思|资料|表)|(?:要|需)啥|标准|比例|流程|规定|是什么|是哪|找谁|交给谁|交多少|算不算|行不行|是不是|对不对|什么时候|想问|想知道|想了解|请教|要不要|有没有(?:要求|规定|模板|范本)/u;
/** The menu's question is about something to be arranged, and not about a case as it stands (现有几名党员, 何时上报). */
const TO_ARRANGE = /使用|活动|上课|听课|参加|参与|开展|需要/u;
const WANTS_DONE =
  /借|[预订]约|订|租|找|缺(?!席|什么)|[想需]|(?<![主重必])要(?!求)|请(?!问|教)|求|派|安排|举办|组织|策划|申请|报名|协调|对接|帮|办一?[场次个]|搞一?[场次个]/u;
/** It is about somebody. */
const ABOUT_SOMEBODY =
  /[一两三有]?[个名位](?:新|老|预备|流动|退休|女|男)?(?:党员|员工|职工|同事|同志|人)|新来的?|我(?!们)|他|她|员工|同事|师傅|会计|书记/u;
const ARRANGED: ReadonlySet<string> = new Set(["date", "people", "amount"]);

/** In the order of the menu. */
export function neededSlots(text: string, ask: Ask, slots: Slots): Ask {
  if (IN_GENERAL.test(text)) return [];
  const known = new Set(slots.map(([slot]) => slot));
  return ask.filter(({ slot, question }) => {
    if (known.has(slot) || !isReadable(slot)) return false;
    return ARRANGED.has(slot) ? TO_ARRANGE.test(question) && WANTS_DONE.test(text) : ABOUT_SOMEBODY.test(text);
  });
}
