/** A trained matcher as plain numbers: what a start needs to understand without the phrases. */
import type { Calibration } from "./calibrate.ts";
import type { ClosestIndex } from "./closest.ts";
import type { Machines } from "./machines.ts";
import type { Readings } from "./pinyin.ts";
import type { Pairing } from "./two-requests.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Chosen from scores of unseen phrases; all are probabilities. */
export interface Marks {
  /** From here on the likeliest item is opened; below, the asker is asked. Help is taken to be wanted. */
  readonly high: number;
  /** An item less likely than this is not even asked about, where `other` takes the rest. */
  readonly low: number;
  /** From here on a message is talk. */
  readonly talk: number;
}

export interface Model extends Machines {
  /** Of the intents that it was trained on. */
  readonly fingerprint: string;
  /** Item ids, `other`, `none`, `command:<id>`. */
  readonly labels: readonly string[];
  readonly calibration: Calibration;
  readonly marks: Marks;
  readonly pairing: Pairing;
  readonly readings: Readings;
  readonly vocabulary: Vocabulary;
  readonly closest: ClosestIndex;
}

/** The kind of a label, as an index of `KINDS`. */
export function kindOf(label: string): number {
  if (label === "other") return 1;
  if (label === "none") return 2;
  return label.startsWith("command:") ? 3 : 0;
}
