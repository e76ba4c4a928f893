/** What fingers, ears and input methods do to a sentence, one slip a message: for measuring, never for teaching. */
import { createRequire } from "node:module";
import type { Readings } from "./pinyin.ts";
import { readingOf } from "./pinyin.ts";
import { openSegmenter } from "./segmenter.ts";
import { openRandom } from "./svm.ts";

export interface Corruption {
  readonly name: string;
  apply(text: string): string;
}

const SEED = 7;
const FIRST = 0x4e00;

/** Always the same slips for the same sentences in the same order. */
export function openCorruptions(readings: Readings): readonly Corruption[] {
  const random = openRandom(SEED);
  const soundsOf = groupBySound(readings);
  const require = createRequire(import.meta.url);
  const { Converter } = require("opencc-js/cn2t") as typeof import("opencc-js/cn2t");
  const traditional = Converter({ from: "cn", to: "tw" });
  const { cut } = openSegmenter();

  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const hanzi = (text: string): number[] => {
    return Array.from(text, (_, at) => at).filter((at) => readingOf(readings, text.charCodeAt(at)) > 0);
  };
  const replaceAt = (text: string, at: number | undefined, by: string): string => {
    return at === undefined ? text : text.slice(0, at) + by + text.slice(at + 1);
  };
  const homophone = (text: string): string => {
    const at = pick(hanzi(text));
    if (at === undefined) return text;
    const unit = text.charCodeAt(at);
    const others = (soundsOf.get(readingOf(readings, unit)) ?? []).filter((other) => other !== unit);
    return replaceAt(text, at, String.fromCharCode(pick(others) ?? unit));
  };
  const spelt = (word: string): string => {
    return Array.from(word, (char) => readings.syllables[readingOf(readings, char.charCodeAt(0)) - 1] ?? char).join("");
  };
  return [
    { name: "一个同音字", apply: homophone },
    { name: "两个同音字", apply: (text) => homophone(homophone(text)) },
    { name: "漏一个字", apply: (text) => replaceAt(text, pick(hanzi(text)), "") },
    {
      name: "一个词打成拼音",
      apply: (text) => {
        const word = pick(cut(text).filter((part) => /^\p{Script=Han}{2,}$/u.test(part)));
        return word === undefined ? text : text.replace(word, spelt(word));
      },
    },
    { name: "繁体", apply: traditional },
  ];
}

/** Common characters only: jieba's and the input method's rare ones are nobody's slip. */
function groupBySound(readings: Readings): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  const common = new TextDecoder("gb2312");
  for (let high = 0xb0; high <= 0xd7; high++) {
    for (let low = 0xa1; low <= 0xfe; low++) {
      const unit = common.decode(Uint8Array.of(high, low)).charCodeAt(0);
      const sound = unit >= FIRST ? readingOf(readings, unit) : 0;
      if (sound > 0) groups.set(sound, [...(groups.get(sound) ?? []), unit]);
    }
  }
  return groups;
}
