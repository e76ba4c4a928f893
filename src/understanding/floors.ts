/** natural's own classifiers, over pairs of characters: the floor that the matcher has to beat to be worth its lines. */
import { createRequire } from "node:module";
import { normalise } from "./normalise.ts";

interface TfIdf {
  addDocument(terms: string[]): void;
  tfidfs(terms: string[]): number[];
}

interface Bayes {
  addDocument(terms: string[], label: string): void;
  train(): void;
  classify(terms: string[]): string;
}

export interface Floor {
  readonly name: string;
  guess(text: string): string;
}

/** natural's Bayes makes a dense row of every phrase: minutes for all of them, seconds for so many of each label. */
const BAYES_PHRASES = 100;
/** natural's own smoothing of 1 favours the smallest class (matching.md, section 6). */
const SMOOTHING = 0.01;

export function openFloors(phrases: ReadonlyMap<string, readonly string[]>): readonly Floor[] {
  // The sub-paths: natural's root opens .env, loads database drivers and prints advertisements.
  const require = createRequire(import.meta.url);
  const { TfIdf } = require("natural/lib/natural/tfidf/index.js") as { TfIdf: new () => TfIdf };
  const { BayesClassifier } = require("natural/lib/natural/classifiers/index.js") as {
    BayesClassifier: new (stemmer: null, smoothing: number) => Bayes;
  };
  const labels = [...phrases.keys()];
  const collection = new TfIdf();
  const bayes = new BayesClassifier(null, SMOOTHING);
  for (const [label, texts] of phrases) {
    collection.addDocument(texts.flatMap(grams));
    for (const text of texts.slice(-BAYES_PHRASES)) bayes.addDocument(grams(text), label);
  }
  bayes.train();
  return [
    { name: "natural TF-IDF", guess: (text) => labels[bestOf(collection.tfidfs(grams(text)))] ?? "" },
    { name: `natural Bayes（每项至多 ${BAYES_PHRASES} 条）`, guess: (text) => bayes.classify(grams(text)) },
  ];
}

/** natural keeps terms as keys of an object: prefixed, none of them is "constructor". */
function grams(text: string): string[] {
  const marked = `^${normalise(text).text}$`;
  return Array.from(marked, (char, at) => [`1${char}`, `2${marked.slice(at, at + 2)}`]).flat();
}

function bestOf(scores: readonly number[]): number {
  return scores.reduce((best, score, at) => (score > (scores[best] ?? 0) ? at : best), 0);
}
