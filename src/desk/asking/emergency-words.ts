/**
 * What somebody types who needs 110, 119 or 120 and not a helper (desk-practice 2 and 6): phrases, never 火 alone, since
 * 火红, 红火 and 篝火晚会 are what companies ask about every day. Too often costs one line; once too seldom, a life. Pure.
 */

export type Rescue = "119" | "120" | "110";

export interface Emergency {
  /** Whom to call, in the order in which they were thought of. */
  readonly rescues: readonly Rescue[];
  /** The words themselves, for the chief. */
  readonly words: readonly string[];
}

/** To whom it happens … */
const SOMEBODY =
  "(?:有?人|我|他|她|工人|工友|员工|职工|同事|同志|师傅|书记|老板|党员|保安|保洁|老人|大爷|大妈|阿姨|小伙|孩子|小孩|学生|顾客|客人|司机|病人)";
const FROM_ABOVE = "从[^，,。；;！!？?]{0,8}(?:楼|层|高|梯|架|台|顶|窗|坡|墙|车|上面)[^，,。；;！!？?]{0,3}";
const FALLS = "(?:摔|掉|坠|跌|滚)(?:了?下|落|倒)";
const HELD = "(?:困|卡|压|埋|夹)(?:住|在|进|到)";

/** … and what: the word itself, not what makes it another one: 报警器, 被打回来, 爆炸性新闻. */
const SIGNS: readonly (readonly [Rescue, RegExp])[] = [
  // 起火点 and 火灾险 are talked about, 着火了 is shouted.
  [
    "119",
    /着火(?!点)|起火(?!点)|失火|冒(?:出|起|着)?(?:浓|黑|白|大)?烟|火灾(?!险)|有明火|烧(?:起来|着)了|(?:燃气|煤气|天然气|液化气)(?:罐|管)?(?:泄漏|泄露|漏[了气]|味很?[大重浓])|漏(?:煤|燃|天然)气|爆炸(?!性)|爆燃/gu,
  ],
  [
    "119",
    new RegExp(
      `(?:被|把)?${SOMEBODY}[^，,。；;！!？?]{0,4}?(?:被|给)?${HELD}|(?:电梯|轿厢)[^，,。；;！!？?]{0,6}(?:困|关)(?:着|住|了)?(?:有|了|住)?(?:人|我|${SOMEBODY})?|困在?(?:了)?(?:电梯|轿厢)|溺水|(?:落|掉进|掉到|掉下)(?:水|河|江|池|井)|(?:楼|墙|房|棚|脚手架|屋顶)[^，,。；;！!？?]{0,2}(?:塌|倒塌|坍塌)`,
      "gu",
    ),
  ],
  [
    "120",
    /触电|被电(?:到|了|击|晕|倒)|(?:受伤)?流血(?:不止|了|受伤)|受伤流血|流了?(?:很|好)多血|大出血|吐血|救护车|(?:晕|昏)(?:倒|过去|厥|迷)|心脏(?:骤停|病发)|心梗|中风了|口吐白沫|不省人事|叫不醒/gu,
  ],
  [
    "120",
    /没(?:有|了)?(?:呼吸|心跳|意识|知觉)|(?:煤气|食物|一氧化碳|农药)中毒|抽搐|(?:压|轧|砸|烧|烫|撞|摔|割|刺|炸|灼)伤|骨折|(?:手|手指|胳膊|腿|脚)[^，,。；;！!？?]{0,4}(?:断了|轧断|绞进|轧进|卷进)/gu,
  ],
  [
    "120",
    new RegExp(
      `${SOMEBODY}[^，,。；;！!？?]{0,4}(?:${FROM_ABOVE}${FALLS}|倒(?:下|在地)|喘不[过上]气|被(?:车|机器)?[撞轧])|${FROM_ABOVE}${FALLS}[^，,。；;！!？?]{0,3}${SOMEBODY}|从?(?:楼上|高处|高空)(?:坠落|掉下|摔下)|高空坠落|坠楼`,
      "gu",
    ),
  ],
  [
    "110",
    /被打(?![回扰断乱包印折分动开磨造上]|电话|招呼)|被[捅砍劫]|报警(?![器灯音铃装系功提信值电])|打起来了|打架|持(?:刀|械)|拿着?刀|抢劫|跳楼|轻生|自杀|有人闹事|(?:要|想)跳下/gu,
  ],
];

const CLAUSE = /[，,。；;！!？?\n]/u;
/** Said right before: it does not happen. */
const NEGATED = /(?:没有?|没人|没有人|无人|未|并未|不|不会|不用|不要|不是|不能|别|勿|并非)$/u;
/** Said before in the same breath: it might. */
const SUPPOSED =
  /(?:防|防止|预防|防范|避免|杜绝|严防|以防|模拟|假如|假设|如果|要是|万一|一旦|遇到|关于|发生)[^了]{0,4}$/u;
/** It is learnt, practised, told of; 培训室 and 演练的时候 are where it happens. */
const LEARNT =
  /(?:培训|演练|演习|讲座|讲课|党课|上课|学习|学会|宣传|知识|预案|课程|课件|讲解|讲讲|讲师|案例|隐患|保险|考试|题目|展板|手册|急救|自救|逃生|防护|处置|应急|消防日)(?![室厅场馆楼点]|中心|基地|现场|期间|过程|的?时|中(?!心)|结束)/u;
const HOW = /怎么(?!还|回事|这么)|如何|怎样|该不该/u;
const WANTS = /想|请|申请|组织|开展|安排|举办|办[一个场期]|能不能|可以|需要/u;
/** It is happening: shouted, or said as done this moment. */
const HAPPENING_BEHIND = /^(?:起来|下来|出来|过去|住|倒|到|地|伤|不止|着|人|我)*(?:了|啦|！|!)/u;
const HAPPENING_BEFORE = /(?:快|正在?|现在|真的?|突然|刚刚?)[^，,。；;！!？?]{0,6}$/u;
/** It is over, or long ago. */
const OVER =
  /已经?(?:被|全部|及时|都)?(?:处理|扑灭|灭|解决|控制|排除|恢复|平息|救出|脱险|脱困|送医|消除|修好|妥善|结束)(?!不)|扑灭(?!不)|灭掉?了|救出来|救下来|处理(?:好|完|掉)|没事了|虚惊|误报|(?:去年|前年|上个?月|上周|上次|上半年|曾经?|当年|那次|\d+年前)/u;

/** What is said of an emergency: that it happens; that it is over or no such thing; that it is to be learnt about. */
type Said = "happens" | "over" | "learnt";

interface Sign {
  readonly rescue: Rescue;
  readonly word: string;
  readonly said: Said;
}

/** Null where nothing of the kind was typed. `text` as it was typed. */
export function findEmergency(text: string): Emergency | null {
  const happening = signsIn(text).filter(({ said }) => said === "happens");
  if (happening.length === 0) return null;
  const rescues = new Set(happening.map(({ rescue }) => rescue));
  return { rescues: [...rescues], words: [...new Set(happening.map(({ word }) => word))] };
}

/** 学习触电怎么处理: words of emergency, and nothing but a wish to learn about it. */
export function isAboutLearning(text: string): boolean {
  const signs = signsIn(text);
  return signs.length > 0 && signs.every(({ said }) => said === "learnt");
}

function signsIn(text: string): Sign[] {
  const folded = text.normalize("NFKC").replace(/\s+/gu, "");
  return SIGNS.flatMap(([rescue, pattern]) =>
    [...folded.matchAll(pattern)].map((found) => {
      const word = found[0];
      return { rescue, word, said: saidOf(folded, found.index, found.index + word.length) };
    }),
  );
}

function saidOf(text: string, start: number, end: number): Said {
  const before = (text.slice(0, start).split(CLAUSE).at(-1) ?? "").slice(-20);
  const behind = text.slice(end);
  const clause = `${before}${text.slice(start, end)}${behind.split(CLAUSE)[0] ?? ""}`;
  const learns = LEARNT.test(clause) || (LEARNT.test(text) && WANTS.test(text));
  // 没有呼吸 begins with its own 没有.
  if (NEGATED.test(before)) return "over";
  if (OVER.test(clause)) return "over";
  const happens = HAPPENING_BEHIND.test(behind) || HAPPENING_BEFORE.test(before);
  const asks = HOW.test(clause);
  if (asks && (learns || !happens)) return "learnt";
  if (SUPPOSED.test(before)) return "learnt";
  return learns && !happens ? "learnt" : "happens";
}
