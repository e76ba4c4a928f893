/** Why: the words of the message that spoke most for what it was taken to mean. */
import type { Pieces } from "./features.ts";
import type { Normalised } from "./normalise.ts";
import type { Row } from "./vocabulary.ts";

const WORDS_MAX = 3;
/** A word that gave less than this share of the strongest one's is not a reason. */
const SHARE_MIN = 0.35;
/** Words that stand in every sentence decide nothing that a person would call a reason. */
const EMPTY_WORDS = new Set(
  "的 了 吗 呢 吧 啊 呀 嘛 我 你 您 他 她 它 们 我们 你们 咱们 咱 他们 是 在 有 和 与 也 都 就 还 又 要 想 请 请问 一下 一个 一 个 这 那 这个 那个 哪 什么 怎么 能 能不能 可以 可不可以 不 没 没有 给 把 被 让 从 到 对 里 上 下 去 来 说 着 过 得 地 之 及 或 但 而 且 如果 因为 所以 麻烦 谢谢 您好 你好 老师 帮 帮忙 需要 现在 今天 明天".split(
    " ",
  ),
);

/**
 * @param speaksFor for each place of `row`, how much it adds to the winning class.
 * @returns one to three words as they stand in `typed`, the strongest first; none for an empty sentence.
 */
export function findReasons(
  typed: string,
  { text, origins }: Normalised,
  pieces: Pieces,
  row: Row,
  speaksFor: (place: number) => number,
): readonly string[] {
  if (text === "") return [];
  const strength = new Float32Array(text.length);
  for (let piece = 0; piece < pieces.count; piece++) {
    const place = row.places[piece] as number;
    if (place === -1) continue;
    const start = pieces.starts[piece] as number;
    const end = pieces.ends[piece] as number;
    const each = speaksFor(place) / (row.repeats[place] as number) / Math.max(1, end - start);
    for (let at = start; at < end; at++) strength[at] = (strength[at] as number) + each;
  }

  const words: { word: string; start: number; end: number; strength: number; empty: boolean }[] = [];
  let at = 0;
  for (const word of pieces.words) {
    const end = at + word.length;
    let sum = 0;
    for (let inner = at; inner < end; inner++) sum += strength[inner] as number;
    if (word.trim() !== "") words.push({ word, start: at, end, strength: sum, empty: EMPTY_WORDS.has(word) });
    at = end;
  }
  const full = words.some(({ empty }) => !empty) ? words.filter(({ empty }) => !empty) : words;
  full.sort((a, b) => b.strength - a.strength || a.start - b.start);
  const strongest = full[0]?.strength ?? 0;
  const reasons: string[] = [];
  for (const { start, end, strength: own } of full) {
    if (reasons.length === WORDS_MAX) break;
    if (reasons.length > 0 && own < strongest * SHARE_MIN) break;
    const word = asTyped(typed, origins, start, end);
    if (!reasons.includes(word)) reasons.push(word);
  }
  return reasons;
}

/** The span of what was typed, signs between its characters included. */
function asTyped(typed: string, origins: readonly number[], start: number, end: number): string {
  const from = origins[start] ?? 0;
  const last = origins[end - 1] ?? from;
  return typed.slice(from, last + ((typed.codePointAt(last) ?? 0) > 0xffff ? 2 : 1));
}
