/** Learning from the phrases: vocabulary, weights, calibration and marks. Takes seconds; nothing here reads a clock. */
import { type Calibration, fitCalibration, type Scored } from "./calibrate.ts";
import { buildClosest, type ClosestIndex, countsForCloseness } from "./closest.ts";
import { openExtractor, type Pieces } from "./features.ts";
import type { Intents } from "./intents.ts";
import { type Examples, type Machines, openScorer, type Scorer, trainMachines } from "./machines.ts";
import { chooseMarks } from "./marks.ts";
import { kindOf, type Marks, type Model } from "./model.ts";
import { normalise } from "./normalise.ts";
import { type Readings, readReadings } from "./pinyin.ts";
import { openSegmenter } from "./segmenter.ts";
import { ACTS } from "./speech-act.ts";
import { openRandom, type Rows, SVM_DEFAULTS } from "./svm.ts";
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
  const total = (FOLDS + 1) * (lessons.labels.length + ACTS);
  let done = 0;
  const onTrained = () => onProgress(++done, total);
  const { calibration, marks } = settle(lessons, scoreUnseen(lessons, teachFolds(lessons, FOLDS, onTrained)));
  const machines = trainMachines(lessons, Int32Array.from(lessons.truth.keys()), onTrained);
  return modelOf(intents, lessons, calibration, marks, machines);
}

export function modelOf(
  { fingerprint }: Intents,
  { labels, readings, vocabulary, closest }: Lessons,
  calibration: Calibration,
  marks: Marks,
  machines: Machines,
): Model {
  return { fingerprint, labels, calibration, marks, readings, vocabulary, closest, ...machines };
}

/** What the scores of phrases that nobody had been taught say about certainty. */
export function settle({ kinds }: Lessons, scored: readonly Scored[]): { calibration: Calibration; marks: Marks } {
  const calibration = fitCalibration(scored, kinds);
  return { calibration, marks: chooseMarks(scored, kinds, calibration) };
}

export interface Lessons extends Examples {
  readonly labels: readonly string[];
  readonly readings: Readings;
  readonly vocabulary: Vocabulary;
  readonly texts: readonly string[];
  readonly closest: ClosestIndex;
}

export function prepareLessons(intents: Intents): Lessons {
  const labels = labelsOf(intents);
  const lessons = lessonsOf(intents, labels);
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
    columnCount,
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

/** Every phrase scored by machines that were not taught it: the honest view of what a stranger will get. */
export function scoreUnseen({ rows, truth }: Lessons, folds: Folds): Scored[] {
  const scorers = folds.machines.map(openScorer);
  return Array.from(truth, (label, row): Scored => {
    const score = scorers[folds.of[row] as number] as Scorer;
    const { margins, acts } = score(rows.columns, rows.values, rows.offsets[row] ?? 0, rows.offsets[row + 1] ?? 0);
    return { margins: margins.slice(), acts: acts.slice(), truth: label };
  });
}

function labelsOf(intents: Intents): string[] {
  return [...intents.items.keys(), "other", "none", ...intents.commands.map(({ id }) => `command:${id}`)];
}

/** Every phrase once per class; a command's short words are phrases too. */
function lessonsOf(intents: Intents, labels: readonly string[]): Lesson[] {
  const phrasesOf: readonly (readonly string[])[] = [
    ...[...intents.items.values()].map(({ phrases }) => phrases),
    intents.other,
    intents.smalltalk,
    ...intents.commands.map(({ words, phrases }) => [...words, ...phrases]),
  ];
  return labels.flatMap((_, label) => {
    const texts = new Set((phrasesOf[label] ?? []).map((phrase) => normalise(phrase).text));
    texts.delete("");
    return [...texts].map((text) => ({ text, label }));
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
function foldsOf(truth: Int32Array, labelCount: number, count: number): Uint8Array {
  const random = openRandom(SVM_DEFAULTS.seed);
  const next = Int32Array.from({ length: labelCount }, () => Math.floor(random() * count));
  const folds = new Uint8Array(truth.length);
  const shuffled = Array.from(truth.keys(), (row) => ({ row, drawn: random() })).sort((a, b) => a.drawn - b.drawn);
  for (const { row } of shuffled) {
    const label = truth[row] ?? 0;
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
