/** The floor under the matcher: natural's TF-IDF with one document per item. What does not beat it is not worth its lines. */
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import { readIntents } from "../../src/understanding/intents.ts";
import { normalise } from "../../src/understanding/normalise.ts";
import { type Lessons, prepareLessons, scoreUnseen, teachFolds } from "../../src/understanding/train.ts";

interface TfIdf {
  addDocument(terms: string[]): void;
  tfidfs(terms: string[]): number[];
}
const { TfIdf } = createRequire(import.meta.url)("natural/lib/natural/tfidf/index.js") as { TfIdf: new () => TfIdf };

// natural keeps terms as keys of an object: prefixed, none of them is "constructor".
const grams = (text: string): string[] => {
  const marked = `^${normalise(text).text}$`;
  return Array.from(marked, (char, at) => [`1${char}`, `2${marked.slice(at, at + 2)}`]).flat();
};

const ITEMS = ["venue", "event-support", "lecturer", "partnership", "craft", "theme-day", "brand", "branch-meeting"];
const PHRASES = 60;

describe("the matcher and its floor", () => {
  const all = readIntents("intents");
  const items = new Map(
    [...all.items].flatMap(([id, item]) =>
      ITEMS.includes(id) ? [[id, { ...item, phrases: item.phrases.slice(0, PHRASES) }] as const] : [],
    ),
  );
  let lessons: Lessons;
  let matched: number;

  beforeAll(() => {
    lessons = prepareLessons({
      ...all,
      items,
      commands: [],
      other: all.other.slice(0, 60),
      smalltalk: all.smalltalk.slice(0, 60),
    });
    matched = shareRight(
      scoreUnseen(
        lessons,
        teachFolds(lessons, 5, () => {}),
      ).map(({ margins }) => bestOf(margins.subarray(0, items.size))),
    );
  });

  function shareRight(guesses: readonly number[]): number {
    const asked = guesses.filter((_, row) => (lessons.truth[row] ?? 0) < items.size);
    return asked.filter((guess, row) => guess === lessons.truth[row]).length / asked.length;
  }

  it("beats natural's TF-IDF on phrases that neither has seen", () => {
    const guesses = new Array<number>(lessons.texts.length).fill(0);
    for (let fold = 0; fold < 4; fold++) {
      const floor = new TfIdf();
      for (let label = 0; label < items.size; label++) {
        const taught = lessons.texts.filter((_, row) => lessons.truth[row] === label && row % 4 !== fold);
        floor.addDocument(taught.flatMap(grams));
      }
      lessons.texts.forEach((text, row) => {
        if (row % 4 === fold) guesses[row] = bestOf(floor.tfidfs(grams(text)));
      });
    }
    const floor = shareRight(guesses);
    expect(matched).toBeGreaterThan(floor + 0.03);
    expect(matched).toBeGreaterThan(0.7);
  });
});

function bestOf(scores: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < scores.length; at++) if ((scores[at] ?? 0) > (scores[best] ?? 0)) best = at;
  return best;
}
