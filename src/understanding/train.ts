/** Learning from the phrases: vocabulary, weights, calibration and marks. Takes seconds; nothing here reads a clock. */
import { type Calibration, fitCalibration, type Scored, toProbabilities } from "./calibrate.ts";
import { buildClosest, type ClosestIndex, countsForCloseness } from "./closest.ts";
import { openExtractor, type Pieces } from "./features.ts";
import type { Intents } from "./intents.ts";
import {
  type Examples,
  type Machines,
  machineCountOf,
  openScorer,
  type Scorer,
  TWO,
  trainMachines,
} from "./machines.ts";
import { chooseMarks } from "./marks.ts";
import { kindOf, type Model } from "./model.ts";
import { normalise } from "./normalise.ts";
import { type Readings, readReadings } from "./pinyin.ts";
import { openSegmenter } from "./segmenter.ts";
import { openRandom, type Rows, SVM_DEFAULTS } from "./svm.ts";
import { findPair, fitPairing, type PairExample, type Pairing } from "./two-requests.ts";
import { buildVocabulary, openVectoriser, type Vectoriser, type Vocabulary } from "./vocabulary.ts";

const FOLDS = 5;

export type OnProgress = (done: number, total: number) => void;

interface Lesson {
  readonly text: string;
  readonly label: number;
}

/** Seconds of work on one thread: `trainInWorker` keeps it off the event loop. */
export function trainMatcher(intents: Intents, onProgress: OnProgress = () => {}): Model {
  const lessons = prepareLessons(intents);
  const total = (FOLDS + 1) * lessons.machineCount;
  let done = 0;
  const onTrained = () => onProgress(++done, total);
  const settled = settle(lessons, teachFolds(lessons, FOLDS, onTrained));
  const machines = trainMachines(lessons, Int32Array.from(lessons.truth.keys()), onTrained);
  return modelOf(intents, lessons, settled, machines);
}

/** What is not learnt by the machines but fitted to their scores. */
export type Settled = Pick<Model, "calibration" | "marks" | "pairing">;

export function modelOf({ fingerprint }: Intents, lessons: Lessons, settled: Settled, machines: Machines): Model {
  const { labels, readings, vocabulary, closest } = lessons;
  return { fingerprint, labels, readings, vocabulary, closest, ...settled, ...machines };
}

/** What the scores of phrases that nobody had been taught say about certainty. */
export function settle(lessons: Lessons, folds: Folds): Settled {
  const { kinds } = lessons;
  const scored = scoreUnseen(lessons, folds);
  const calibration = fitCalibration(scored, kinds);
  const marks = chooseMarks(scored, kinds, calibration);
  return { calibration, marks, pairing: settlePairing(lessons, folds, calibration) };
}

/** Looks for two requests in the examples of two and in all requests for one item. */
function settlePairing(lessons: Lessons, folds: Folds, calibration: Calibration): Pairing {
  const { kinds, truth, texts, vocabulary, readings, pairs } = lessons;
  const scorers = folds.machines.map(openScorer);
  const extract = openExtractor(readings, openSegmenter());
  const vectorise = openVectoriser(vocabulary);
  const examples: PairExample[] = [];
  let singles = 0;
  texts.forEach((text, row) => {
    const label = truth[row] as number;
    const asked = label === TWO ? pairs.get(row) : [label];
    if (!asked || (label !== TWO && kinds[label] !== 0)) return;
    if (label !== TWO) singles += 1;
    let wording = 0;
    const read = (part: string): Float32Array => {
      const { columns, values, count } = vectorise(extract(normalise(part)));
      const scores = (scorers[folds.of[row] as number] as Scorer)(columns, values, 0, count);
      wording = scores.wording[0] as number;
      const probabilities = new Float32Array(kinds.length);
      toProbabilities(scores, kinds, calibration, probabilities);
      return probabilities;
    };
    const whole = read(text);
    const own = wording;
    const evidence = findPair(text, whole, kinds, read);
    const two = evidence !== null && asked.length === 2 && evidence.items.every((item) => asked.includes(item));
    // Examples of two whose halves were misread teach nothing about when to believe the halves.
    if (evidence !== null && (two || label !== TWO)) examples.push({ evidence, wording: own, two });
  });
  return fitPairing(examples, singles);
}

export interface Lessons extends Examples {
  readonly labels: readonly string[];
  readonly machineCount: number;
  readonly readings: Readings;
  readonly vocabulary: Vocabulary;
  readonly texts: readonly string[];
  /** For each row that is an example of two requests, the two items. */
  readonly pairs: ReadonlyMap<number, readonly number[]>;
  readonly closest: ClosestIndex;
}

export function prepareLessons(intents: Intents): Lessons {
  const labels = labelsOf(intents);
  const twos = intents.twoRequests.map(({ text, items }) => ({ text, items: items.map((id) => labels.indexOf(id)) }));
  const single = lessonsOf(intents, labels);
  const lessons = [...single, ...twos.map(({ text }): Lesson => ({ text, label: TWO }))];
  const readings = readReadings();
  const extract = openExtractor(readings, openSegmenter());
  const sentences = lessons.map(({ text }) => copyOf(extract(normalise(text))));
  const vocabulary = buildVocabulary(sentences);
  const vectorise = openVectoriser(vocabulary);
  const columnCount = vocabulary.hashes.length;
  return {
    labels,
    kinds: Uint8Array.from(labels, kindOf),
    readings,
    vocabulary,
    texts: lessons.map(({ text }) => text),
    rows: stack(sentences, vectorise),
    truth: Int32Array.from(lessons, ({ label }) => label),
    pairs: new Map(twos.map(({ items }, index) => [single.length + index, items])),
    columnCount,
    machineCount: machineCountOf(labels.length),
    closest: buildClosest(
      [...intents.items.values()].map(({ phrases }) =>
        phrases.map((phrase) => closenessColumns(extract(normalise(phrase)), vectorise)),
      ),
      columnCount,
    ),
  };
}

/** For each part of the lessons, machines that were taught all the others. */
export interface Folds {
  /** The part that each row belongs to. */
  readonly of: Uint8Array;
  readonly machines: readonly Machines[];
}

export function teachFolds(lessons: Lessons, count: number, onTrained: () => void): Folds {
  const of = foldsOf(lessons.truth, lessons.labels.length, count);
  const machines = Array.from({ length: count }, (_, fold) => {
    const taught = Int32Array.from(of.keys()).filter((row) => of[row] !== fold);
    return trainMachines(lessons, taught, onTrained);
  });
  return { of, machines };
}

/** Every phrase scored by machines that were not taught it: the honest view of what a stranger will get. Examples of two stand last and are left out. */
function scoreUnseen({ rows, truth }: Lessons, folds: Folds): Scored[] {
  const scorers = folds.machines.map(openScorer);
  return Array.from(
    truth.filter((label) => label !== TWO),
    (label, row): Scored => {
      const score = scorers[folds.of[row] as number] as Scorer;
      const { margins, acts, kinds } = score(
        rows.columns,
        rows.values,
        rows.offsets[row] ?? 0,
        rows.offsets[row + 1] ?? 0,
      );
      return { margins: margins.slice(), acts: acts.slice(), kinds: kinds.slice(), truth: label };
    },
  );
}

function labelsOf(intents: Intents): string[] {
  return [...intents.items.keys(), "other", "none", ...intents.commands.map(({ id }) => `command:${id}`)];
}

/** Every phrase once per class, however it is spelt; a command's short words are phrases too. */
function lessonsOf(intents: Intents, labels: readonly string[]): Lesson[] {
  const phrasesOf: readonly (readonly string[])[] = [
    ...[...intents.items.values()].map(({ phrases }) => phrases),
    intents.other,
    intents.smalltalk,
    ...intents.commands.map(({ words, phrases }) => [...words, ...phrases]),
  ];
  return labels.flatMap((_, label) => {
    const texts = new Map((phrasesOf[label] ?? []).map((phrase) => [normalise(phrase).text, phrase]));
    texts.delete("");
    return [...texts.values()].map((text) => ({ text, label }));
  });
}

/** The extractor's buffer is reused: a lesson keeps its own. */
function copyOf({ count, hashes, kinds, starts, ends, words }: Pieces): Pieces {
  return {
    count,
    hashes: hashes.slice(0, count),
    kinds: kinds.slice(0, count),
    starts: starts.slice(0, count),
    ends: ends.slice(0, count),
    words,
  };
}

function stack(sentences: readonly Pieces[], vectorise: Vectoriser): Rows {
  const offsets = new Int32Array(sentences.length + 1);
  const columns: Int32Array[] = [];
  const values: Float32Array[] = [];
  sentences.forEach((sentence, index) => {
    const row = vectorise(sentence);
    columns.push(row.columns.slice(0, row.count));
    values.push(row.values.slice(0, row.count));
    offsets[index + 1] = (offsets[index] ?? 0) + row.count;
  });
  const rows = {
    offsets,
    columns: new Int32Array(offsets[sentences.length] ?? 0),
    values: new Float32Array(offsets[sentences.length] ?? 0),
  };
  sentences.forEach((_, index) => {
    rows.columns.set(columns[index] ?? [], offsets[index]);
    rows.values.set(values[index] ?? [], offsets[index]);
  });
  return rows;
}

/** Which fold each row is held out in: every class is spread evenly over them, in an order drawn once. */
export function foldsOf(truth: Int32Array, labelCount: number, count: number): Uint8Array {
  const random = openRandom(SVM_DEFAULTS.seed);
  const next = Int32Array.from({ length: labelCount + 1 }, () => Math.floor(random() * count));
  const folds = new Uint8Array(truth.length);
  const shuffled = Array.from(truth.keys(), (row) => ({ row, drawn: random() })).sort((a, b) => a.drawn - b.drawn);
  for (const { row } of shuffled) {
    const own = truth[row] ?? 0;
    const label = own === TWO ? labelCount : own;
    const fold = next[label] ?? 0;
    folds[row] = fold;
    next[label] = (fold + 1) % count;
  }
  return folds;
}

function closenessColumns(pieces: Pieces, vectorise: Vectoriser): Int32Array {
  const { columns, places } = vectorise(pieces);
  const found: number[] = [];
  for (let piece = 0; piece < pieces.count; piece++) {
    const place = places[piece] ?? -1;
    if (place !== -1 && countsForCloseness(pieces, piece)) found.push(columns[place] ?? 0);
  }
  return Int32Array.from(found);
}
