/** 什么情况, 怎么样了, 有结果没有: how a ticket stands is asked. Pure. */

const STATE = "(?:情况|状态|进展|进度|阶段|环节|结果|消息|眉目|说法|下文)";
const ASKS = [
  new RegExp(`(?:什么|啥|哪个?|有没有|有无)[^\\p{P}\\s]{0,3}${STATE}`, "u"),
  new RegExp(`${STATE}[^\\p{P}\\s]{0,2}(?:呢|吗|如何|怎么?样|咋样|没有?|[?？])`, "u"),
  new RegExp(`^${STATE}[?？]?$`, "u"),
  /(?:怎么?样|咋样|如何|咋回事|怎么回事|怎么说|哪[一了]?步|到哪[里儿]?)[了啊呀呢的]*[\p{P}\s]*$/u,
  /(?:[好办弄定结完成]|解决|处理)[了得完好]*(?:吗|没有?|么)[\p{P}\s]*$/u,
  /^[?？]+$/u,
];
/** A longer text tells something, whatever it asks beside. */
const CHARACTERS_MAX = 16;

export function asksHowItIs(text: string): boolean {
  const said = text.trim();
  return [...said].length <= CHARACTERS_MAX && ASKS.some((pattern) => pattern.test(said));
}
