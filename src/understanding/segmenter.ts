/** Words of a sentence, by jieba's own dictionary. */
import { createRequire } from "node:module";
import type { Jieba } from "@node-rs/jieba";

export interface Segmenter {
  /** The sentence cut into words that follow each other without a gap. */
  cut(text: string): readonly string[];
  /** The shorter words inside a long one: 会议 in 会议室. */
  inside(word: string): readonly string[];
}

const MEMORY_MAX = 20_000;

let shared: Segmenter | null = null;

/** One dictionary for the process: it is 5 MB of constant text and takes 150 ms to load. */
export function openSegmenter(): Segmenter {
  shared ??= loadSegmenter();
  return shared;
}

function loadSegmenter(): Segmenter {
  // Required here, not imported above: reading the menu or a command word needs no dictionary.
  const require = createRequire(import.meta.url);
  const { Jieba: JiebaClass } = require("@node-rs/jieba") as typeof import("@node-rs/jieba");
  const { dict } = require("@node-rs/jieba/dict") as { dict: Uint8Array };
  const jieba: Jieba = JiebaClass.withDict(dict);
  const memory = new Map<string, readonly string[]>();
  return {
    cut: (text) => jieba.cut(text, true),
    inside: (word) => {
      const known = memory.get(word);
      if (known) return known;
      const found = jieba.cutForSearch(word, false).filter((part) => part.length > 1 && part.length < word.length);
      if (memory.size >= MEMORY_MAX) memory.clear();
      memory.set(word, found);
      return found;
    },
  };
}
