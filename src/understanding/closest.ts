/**
 * The known phrase that a message is closest to, for the person who asks why. natural's TF-IDF weighs the pairs of
 * characters, one collection per item, once, while training; a message then only adds up what it shares.
 */
import { createRequire } from "node:module";
import { CHAR, CHAR_PAIR, type Pieces } from "./features.ts";

export interface ClosestIndex {
  /** For each item, the first of its phrases; one more at the end. */
  readonly itemStarts: Uint32Array;
  /** For each column of the vocabulary, its first entry; one more at the end. */
  readonly columnStarts: Uint32Array;
  /** Entries: the phrase (counted over all items) … */
  readonly phrases: Uint16Array;
  /** … and the piece's weight in it. */
  readonly weights: Float32Array;
}

interface TfIdf {
  addDocument(terms: string[]): void;
  listTerms(document: number): { term: string; tfidf: number }[];
}

/** @param phrasesOf each item's phrases as the columns of their characters and pairs, in the order of the menu. */
export function buildClosest(phrasesOf: readonly (readonly Int32Array[])[], columnCount: number): ClosestIndex {
  // The sub-path: natural's root opens .env, loads database drivers and prints advertisements.
  const require = createRequire(import.meta.url);
  const { TfIdf } = require("natural/lib/natural/tfidf/index.js") as { TfIdf: new () => TfIdf };
  const itemStarts = new Uint32Array(phrasesOf.length + 1);
  const entries: { column: number; phrase: number; weight: number }[] = [];
  let phrase = 0;
  phrasesOf.forEach((rows, item) => {
    const collection = new TfIdf();
    // natural keeps terms as keys of an object, where "constructor" is no number: a prefix makes every term harmless.
    for (const row of rows) collection.addDocument(Array.from(row, (column) => `c${column}`));
    for (let document = 0; document < rows.length; document++) {
      const terms = collection.listTerms(document).filter(({ tfidf }) => tfidf > 0);
      const length = Math.sqrt(terms.reduce((sum, { tfidf }) => sum + tfidf * tfidf, 0)) || 1;
      for (const { term, tfidf } of terms) {
        entries.push({ column: Number(term.slice(1)), phrase, weight: tfidf / length });
      }
      phrase += 1;
    }
    itemStarts[item + 1] = phrase;
  });
  entries.sort((a, b) => a.column - b.column || a.phrase - b.phrase);
  const columnStarts = new Uint32Array(columnCount + 1);
  for (const { column } of entries) columnStarts[column + 1] = (columnStarts[column + 1] ?? 0) + 1;
  for (let at = 0; at < columnCount; at++) {
    columnStarts[at + 1] = (columnStarts[at + 1] ?? 0) + (columnStarts[at] ?? 0);
  }
  return {
    itemStarts,
    columnStarts,
    phrases: Uint16Array.from(entries, (entry) => entry.phrase),
    weights: Float32Array.from(entries, (entry) => entry.weight),
  };
}

/** Whether a piece counts here: characters and their pairs. */
export function countsForCloseness(pieces: Pieces, piece: number): boolean {
  const kind = pieces.kinds[piece];
  return kind === CHAR || kind === CHAR_PAIR;
}

/** @returns which of the item's phrases, counted from 0; 0 where they share nothing. */
export function findClosest(index: ClosestIndex, item: number, columns: Iterable<number>): number {
  const start = index.itemStarts[item] ?? 0;
  const end = index.itemStarts[item + 1] ?? start;
  const shared = new Float32Array(end - start);
  for (const column of columns) {
    const last = index.columnStarts[column + 1] ?? 0;
    for (let at = firstFrom(index, column, start); at < last; at++) {
      const phrase = index.phrases[at] as number;
      if (phrase >= end) break;
      shared[phrase - start] = (shared[phrase - start] as number) + (index.weights[at] as number);
    }
  }
  let best = 0;
  for (let phrase = 1; phrase < shared.length; phrase++) {
    if ((shared[phrase] as number) > (shared[best] as number)) best = phrase;
  }
  return best;
}

/** A column's entries are in order of phrase: the item's own begin by bisection. */
function firstFrom(index: ClosestIndex, column: number, phrase: number): number {
  let low = index.columnStarts[column] ?? 0;
  let high = index.columnStarts[column + 1] ?? low;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index.phrases[middle] as number) < phrase) low = middle + 1;
    else high = middle;
  }
  return low;
}
