/** How characters sound: one reading each, enough to forgive a wrong homophone and to read what was typed in pinyin. */
import { createRequire } from "node:module";

export interface Readings {
  readonly syllables: readonly string[];
  /** For each character from U+4E00 on, 1 + the index of its syllable; 0 where it has none. */
  readonly byChar: Uint16Array;
}

const FIRST = 0x4e00;
const LAST = 0x9fa5;

/** Asks pinyin-pro for every character once; the model keeps the answer, so that a start need not load it. */
export function readReadings(): Readings {
  const require = createRequire(import.meta.url);
  const { pinyin } = require("pinyin-pro") as typeof import("pinyin-pro");
  const known = new Map<string, number>();
  const byChar = new Uint16Array(LAST - FIRST + 1);
  for (let code = FIRST; code <= LAST; code++) {
    const sound = pinyin(String.fromCharCode(code), { toneType: "none", v: true });
    if (!/^[a-z]+$/.test(sound)) continue;
    let index = known.get(sound);
    if (index === undefined) {
      index = known.size + 1;
      known.set(sound, index);
    }
    byChar[code - FIRST] = index;
  }
  return { syllables: [...known.keys()], byChar };
}

/** 1 + the syllable's index, or 0. */
export function readingOf(readings: Readings, unit: number): number {
  return unit >= FIRST && unit <= LAST ? (readings.byChar[unit - FIRST] ?? 0) : 0;
}

export type Splitter = (run: string) => readonly number[] | null;

const RUN_MAX = 48;
const SYLLABLE_MAX = 6;

/** "huiyishi" → the readings of hui, yi, shi; null for what is no pinyin from end to end, such as "excel". */
export function openSplitter(readings: Readings): Splitter {
  const index = new Map(readings.syllables.map((syllable, at) => [syllable, at + 1]));
  return (run) => {
    if (run.length < 2 || run.length > RUN_MAX) return null;
    // Fewest syllables from each position to the end: "xian" is one word rather than xi'an.
    const fewest = new Array<number>(run.length + 1).fill(Number.POSITIVE_INFINITY);
    const length = new Array<number>(run.length).fill(0);
    fewest[run.length] = 0;
    for (let from = run.length - 1; from >= 0; from--) {
      for (let size = 1; size <= SYLLABLE_MAX && from + size <= run.length; size++) {
        const after = (fewest[from + size] ?? Number.POSITIVE_INFINITY) + 1;
        if (
          after <= (fewest[from] ?? 0) &&
          after < Number.POSITIVE_INFINITY &&
          index.has(run.slice(from, from + size))
        ) {
          fewest[from] = after;
          length[from] = size;
        }
      }
    }
    if (fewest[0] === Number.POSITIVE_INFINITY) return null;
    const found: number[] = [];
    for (let at = 0; at < run.length; at += length[at] ?? run.length) {
      found.push(index.get(run.slice(at, at + (length[at] ?? 0))) ?? 0);
    }
    return found;
  };
}
