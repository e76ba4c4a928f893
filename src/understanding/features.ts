/** What the matcher sees of a sentence: overlapping pieces of its characters, words and sounds. */
import { isDigit, isLatin, type Normalised } from "./normalise.ts";
import { openSplitter, type Readings, readingOf } from "./pinyin.ts";
import type { Segmenter } from "./segmenter.ts";

/** Sounds weigh less than signs: they forgive a typing error, but many words sound alike (matching.md, section 4). */
export const KIND_WEIGHTS = [1, 1, 1, 0.6, 0.6, 0.4, 1, 1.5] as const;
export const CHAR = 0;
export const CHAR_PAIR = 1;
const WORD = 2;
const SOUND = 3;
const SOUND_PAIR = 4;
const SOUND_TRIPLE = 5;
const DIGIT = 6;
const TICKET = 7;

/** Pieces in the order found. A piece is known by a hash of 32 bits: no strings are built while a message waits. */
export interface Pieces {
  count: number;
  readonly hashes: Uint32Array;
  readonly kinds: Uint8Array;
  /** Where the piece stands in the normalised text: from `starts` to before `ends`. */
  readonly starts: Uint16Array;
  readonly ends: Uint16Array;
  /** The sentence's words, for the explanation. */
  words: readonly string[];
}

/** The answer is one reused buffer: read it before extracting again. */
export type Extractor = (sentence: Normalised) => Pieces;

const PIECES_MAX = 8_192;
const UNITS_MAX = 1_024;
const START_MARK = 1;
const END_MARK = 2;
const NUMBER_MARK = 3;
// Above every UTF-16 unit, so that a syllable, a run and a character never share a symbol.
const SYLLABLE_BASE = 0x10000;

export function openExtractor(readings: Readings, segmenter: Segmenter): Extractor {
  const split = openSplitter(readings);
  const pieces: Pieces = {
    count: 0,
    hashes: new Uint32Array(PIECES_MAX),
    kinds: new Uint8Array(PIECES_MAX),
    starts: new Uint16Array(PIECES_MAX),
    ends: new Uint16Array(PIECES_MAX),
    words: [],
  };
  const signs = openUnits();
  const sounds = openUnits();

  function add(kind: number, hash: number, start: number, end: number): void {
    if (pieces.count === PIECES_MAX) return;
    pieces.hashes[pieces.count] = finish(hash);
    pieces.kinds[pieces.count] = kind;
    pieces.starts[pieces.count] = start;
    pieces.ends[pieces.count] = end;
    pieces.count += 1;
  }

  /** Characters one by one; a latin word or a number is one unit, for it means nothing in parts. */
  function readUnits(text: string): void {
    signs.count = 0;
    sounds.count = 0;
    for (let at = 0; at < text.length; ) {
      const unit = text.charCodeAt(at);
      let end = at + 1;
      if (isDigit(unit)) {
        while (end < text.length && isDigit(text.charCodeAt(end))) end++;
        // 30 people and 35 people ask for the same; 5 and 1 as a mark do not.
        if (end === at + 1) add(DIGIT, mix(seed(DIGIT), unit), at, end);
        signs.push(NUMBER_MARK, at, end);
        sounds.push(NUMBER_MARK, at, end);
      } else if (isLatin(unit)) {
        while (end < text.length && isLatin(text.charCodeAt(end))) end++;
        const run = text.slice(at, end);
        signs.push(hashOf(run), at, end);
        const heard = split(run);
        if (heard) for (const syllable of heard) sounds.push(SYLLABLE_BASE + syllable, at, end);
        else sounds.push(hashOf(run), at, end);
      } else if (unit !== 32) {
        signs.push(unit, at, end);
        const syllable = readingOf(readings, unit);
        sounds.push(syllable > 0 ? SYLLABLE_BASE + syllable : unit, at, end);
      }
      at = end;
    }
  }

  function addSigns(): void {
    const { count, symbols, starts, ends } = signs;
    let before = START_MARK;
    for (let at = 0; at < count; at++) {
      const symbol = symbols[at] ?? 0;
      const start = starts[at] ?? 0;
      const end = ends[at] ?? 0;
      add(CHAR, mix(seed(CHAR), symbol), start, end);
      add(CHAR_PAIR, mix(mix(seed(CHAR_PAIR), before), symbol), starts[at - 1] ?? start, end);
      before = symbol;
    }
    if (count > 0) {
      const start = starts[count - 1] ?? 0;
      add(CHAR_PAIR, mix(mix(seed(CHAR_PAIR), before), END_MARK), start, ends[count - 1] ?? start);
    }
  }

  function addSounds(): void {
    const { count, symbols, starts, ends } = sounds;
    for (let at = 0; at < count; at++) {
      const start = starts[at] ?? 0;
      const first = symbols[at] ?? 0;
      add(SOUND, mix(seed(SOUND), first), start, ends[at] ?? start);
      if (at + 1 >= count) continue;
      const second = symbols[at + 1] ?? 0;
      add(SOUND_PAIR, mix(mix(seed(SOUND_PAIR), first), second), start, ends[at + 1] ?? start);
      if (at + 2 >= count) continue;
      const third = symbols[at + 2] ?? 0;
      add(SOUND_TRIPLE, mix(mix(mix(seed(SOUND_TRIPLE), first), second), third), start, ends[at + 2] ?? start);
    }
  }

  function addWords(text: string): void {
    pieces.words = segmenter.cut(text);
    let at = 0;
    for (const word of pieces.words) {
      const end = at + word.length;
      if (word.length > 1 && !isDigit(word.charCodeAt(0))) {
        add(WORD, mix(seed(WORD), hashOf(word)), at, end);
        if (word.length > 2) {
          for (const part of segmenter.inside(word)) {
            const from = at + Math.max(0, word.indexOf(part));
            add(WORD, mix(seed(WORD), hashOf(part)), from, from + part.length);
          }
        }
      }
      at = end;
    }
  }

  return ({ text, numbered }) => {
    pieces.count = 0;
    readUnits(text);
    addSigns();
    addSounds();
    addWords(text);
    if (numbered) add(TICKET, mix(seed(TICKET), 1), 0, 0);
    return pieces;
  };
}

function openUnits() {
  return {
    count: 0,
    symbols: new Uint32Array(UNITS_MAX),
    starts: new Uint16Array(UNITS_MAX),
    ends: new Uint16Array(UNITS_MAX),
    push(symbol: number, start: number, end: number): void {
      if (this.count === UNITS_MAX) return;
      this.symbols[this.count] = symbol;
      this.starts[this.count] = start;
      this.ends[this.count] = end;
      this.count += 1;
    },
  };
}

function seed(kind: number): number {
  return Math.imul(kind + 1, 0x9e3779b1);
}

function mix(hash: number, symbol: number): number {
  const mixed = Math.imul(hash ^ symbol, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  // 0 marks a free place in the vocabulary's table.
  return (mixed ^ (mixed >>> 16)) >>> 0 || 1;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at));
  return hash >>> 0;
}
