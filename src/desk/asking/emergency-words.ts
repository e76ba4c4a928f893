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

/** What stands behind a word and makes it another one: 报警器, 被打回来, 爆炸性新闻. */
const SIGNS: readonly (readonly [Rescue, RegExp])[] = [
  // 起火点 and 火灾险 are talked about, 着火了 is shouted.
  [
    "119",
    /着火|起火(?!点)|失火|冒(?:浓|黑|白)?烟|火灾(?!险)|有明火|(?:燃气|煤气|天然气)(?:泄漏|泄露|漏了)|爆炸(?!性)/gu,
  ],
  ["119", /(?:有人|被|人)(?:困|卡)在?(?:电梯|机器|里面)|困在电梯|电梯(?:里)?困人/gu],
  [
    "120",
    /触电|受伤流血|流血(?:不止|了|受伤)|流了?(?:很|好)多血|大出血|救护车|(?:晕|昏)(?:倒|过去|厥|迷)|心脏(?:骤停|病发)/gu,
  ],
  [
    "120",
    /没(?:有|了)?呼吸|(?:煤气|食物|一氧化碳)中毒|从?(?:楼上|高处|高空)(?:坠落|掉下|摔下)|抽搐|压伤|轧伤|砸伤|烧伤|烫伤/gu,
  ],
  [
    "110",
    /被打(?![回扰断乱包印折分动开磨造上]|电话|招呼)|被捅|被砍|报警(?![器灯音铃装系功提信值电])|打起来了|持刀|抢劫|跳楼|轻生|自杀|有人闹事/gu,
  ],
];

/** Beside such a word it is learnt, prevented or told of, and not happening. */
const LEARNT_AFTER =
  /^(?:了?(?:怎么办|如何|的?(?:演练|演习|培训|讲座|知识|预案|预防|防范|防护|急救|应急|宣传|自救|逃生|课|处置|隐患|保险|案例|救护)))/u;
const LEARNT_BEFORE =
  /(?:防|防止|预防|防范|模拟|假如|如果|万一|避免|杜绝|严防|以防|关于|学习|没有?|未|并未|不用|不要|不是|别)$/u;

/** Null where nothing of the kind was typed. `text` as it was typed. */
export function findEmergency(text: string): Emergency | null {
  const folded = text.normalize("NFKC").replace(/\s+/gu, "");
  const rescues = new Set<Rescue>();
  const words = new Set<string>();
  for (const [rescue, pattern] of SIGNS) {
    for (const found of folded.matchAll(pattern)) {
      const before = folded.slice(Math.max(0, found.index - 3), found.index);
      const after = folded.slice(found.index + found[0].length);
      // 没有呼吸 begins with its own 没有.
      if (LEARNT_AFTER.test(after) || LEARNT_BEFORE.test(before)) continue;
      rescues.add(rescue);
      words.add(found[0]);
    }
  }
  return rescues.size === 0 ? null : { rescues: [...rescues], words: [...words] };
}
