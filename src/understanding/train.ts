/** Learning from the phrases: vocabulary, weights, calibration and marks. Takes seconds; nothing here reads a clock. */
import { fitCalibration, type Scored } from "./calibrate.ts";
import { buildClosest, countsForCloseness } from "./closest.ts";
import { openExtractor, type Pieces } from "./features.ts";
import type { Intents } from "./intents.ts";
import { chooseMarks } from "./marks.ts";
import { kindOf, type Model } from "./model.ts";
import { normalise } from "./normalise.ts";
import { type Readings, readReadings } from "./pinyin.ts";
import { openSegmenter } from "./segmenter.ts";
import { ACT_OF_KIND, ACTS, findPlain, keepPlain } from "./speech-act.ts";
import { openRandom, type Rows, type Separator, SVM_DEFAULTS, trainSeparator } from "./svm.ts";
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
  const { labels, kinds, readings, vocabulary } = lessons;
  const machines = labels.length + ACTS;
  const total = (FOLDS + 1) * machines;
  const scored = scoreUnseen(lessons, (done) => onProgress(done, total));
  const calibration = fitCalibration(scored, kinds);
  const marks = chooseMarks(scored, kinds, calibration);

  const columnCount = vocabulary.hashes.length;
  const weights = new Int8Array(columnCount * machines);
  const scales = new Float32Array(machines);
  const biases = new Float32Array(machines);
  const all = Int32Array.from(lessons.truth.keys());
  const plain = trainAll(lessons, all, (machine, { weights: own, bias }) => {
    const most = own.reduce((far, value) => Math.max(far, Math.abs(value)), 1e-9);
    // A byte a weight: the margin moves by less than the noise of calibration, the file is a quarter.
    for (let column = 0; column < columnCount; column++) {
      weights[column * machines + machine] = Math.round(((own[column] as number) / most) * 127);
    }
    scales[machine] = most / 127;
    biases[machine] = bias;
    onProgress(FOLDS * machines + machine + 1, total);
  });
  const closest = buildClosest(lessons.closeness, columnCount);
  const { fingerprint } = intents;
  return { fingerprint, labels, calibration, marks, readings, vocabulary, plain, weights, scales, biases, closest };
}

export interface Lessons {
  readonly labels: readonly string[];
  /** The kind of each label, as an index of `KINDS`. */
  readonly kinds: Uint8Array;
  readonly readings: Readings;
  readonly vocabulary: Vocabulary;
  readonly texts: readonly string[];
  readonly rows: Rows;
  /** The label of each row. */
  readonly truth: Int32Array;
  /** For each item, its phrases as columns of characters and pairs. */
  readonly closeness: readonly (readonly Int32Array[])[];
}

export function prepareLessons(intents: Intents): Lessons {
  const labels = labelsOf(intents);
  const lessons = lessonsOf(intents, labels);
  const readings = readReadings();
  const extract = openExtractor(readings, openSegmenter());
  const sentences = lessons.map(({ text }) => copyOf(extract(normalise(text))));
  const vocabulary = buildVocabulary(sentences);
  const vectorise = openVectoriser(vocabulary);
  return {
    labels,
    kinds: Uint8Array.from(labels, kindOf),
    readings,
    vocabulary,
    texts: lessons.map(({ text }) => text),
    rows: stack(sentences, vectorise),
    truth: Int32Array.from(lessons, ({ label }) => label),
    closeness: [...intents.items.values()].map(({ phrases }) =>
      phrases.map((phrase) => closenessColumns(extract(normalise(phrase)), vectorise)),
    ),
  };
}

/** Every phrase scored by machines that were not taught it: the honest view of what a stranger will get. */
export function scoreUnseen(lessons: Lessons, onProgress: (done: number) => void = () => {}): Scored[] {
  const { labels, rows, truth } = lessons;
  const scored = Array.from(truth, (label): Scored => {
    return { margins: new Float32Array(labels.length), acts: new Float32Array(ACTS), truth: label };
  });
  const folds = foldsOf(truth, labels.length);
  let done = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const taught = Int32Array.from(folds.keys()).filter((row) => folds[row] !== fold);
    const acts: Separator[] = [];
    const plain = trainAll(lessons, taught, (machine, separator) => {
      if (machine >= labels.length) acts.push(separator);
      else {
        scored.forEach(({ margins }, row) => {
          if (folds[row] === fold) margins[machine] = separator.bias + product(rows, row, separator.weights);
        });
      }
      onProgress(++done);
    });
    const bare = keepPlain(rows, plain);
    scored.forEach((row, index) => {
      if (folds[index] !== fold) return;
      acts.forEach(({ weights, bias }, act) => {
        row.acts[act] = bias + product(bare, index, weights);
      });
    });
  }
  return scored;
}

/** One machine per class, then one per speech act. @returns the columns that the latter look at. */
function trainAll(
  { labels, kinds, rows, truth, vocabulary }: Lessons,
  taught: Int32Array,
  use: (machine: number, separator: Separator) => void,
): Uint8Array {
  const columnCount = vocabulary.hashes.length;
  for (let label = 0; label < labels.length; label++) {
    use(
      label,
      trainSeparator(rows, columnCount, taught, (row) => truth[row] === label),
    );
  }
  const plain = findPlain(rows, columnCount, taught, truth, kinds);
  const bare = keepPlain(rows, plain);
  const actOf = (row: number) => ACT_OF_KIND[kinds[truth[row] as number] as 0 | 1 | 2 | 3];
  for (let act = 0; act < ACTS; act++) {
    use(
      labels.length + act,
      trainSeparator(bare, columnCount, taught, (row) => actOf(row) === act),
    );
  }
  return plain;
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
function foldsOf(truth: Int32Array, labelCount: number): Uint8Array {
  const random = openRandom(SVM_DEFAULTS.seed);
  const next = Int32Array.from({ length: labelCount }, () => Math.floor(random() * FOLDS));
  const folds = new Uint8Array(truth.length);
  const shuffled = Array.from(truth.keys(), (row) => ({ row, drawn: random() })).sort((a, b) => a.drawn - b.drawn);
  for (const { row } of shuffled) {
    const label = truth[row] ?? 0;
    const fold = next[label] ?? 0;
    folds[row] = fold;
    next[label] = (fold + 1) % FOLDS;
  }
  return folds;
}

function product({ offsets, columns, values }: Rows, row: number, weights: Float32Array): number {
  let sum = 0;
  for (let at = offsets[row] ?? 0, end = offsets[row + 1] ?? 0; at < end; at++) {
    sum += (weights[columns[at] as number] as number) * (values[at] as number);
  }
  return sum;
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
