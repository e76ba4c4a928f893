/** The trained model, kept beside the data: only an edit of the phrases (or of the matcher) costs training again. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Intents } from "./intents.ts";
import type { Model } from "./model.ts";
import { decodeModel, encodeModel } from "./model-file.ts";
import { type OnProgress, trainMatcher } from "./train.ts";

export interface LoadedModel {
  readonly model: Model;
  /** False where it was trained just now. */
  readonly cached: boolean;
}

/** Training blocks for seconds: a desk that already answers trains in a worker (`trainInWorker`). */
export function loadOrTrain(intents: Intents, cacheDir: string, onProgress?: OnProgress): LoadedModel {
  const known = loadModel(intents, cacheDir);
  if (known) return { model: known, cached: true };
  const model = trainMatcher(intents, onProgress);
  keepModel(model, cacheDir);
  return { model, cached: false };
}

/** @returns null where there is none for these phrases, or it is damaged. */
export function loadModel(intents: Intents, cacheDir: string): Model | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(fileOf(cacheDir, intents.fingerprint));
  } catch {
    return null;
  }
  const model = decodeModel(bytes);
  return model?.fingerprint === intents.fingerprint ? model : null;
}

/** A folder that cannot be written to costs training at every start, nothing else. */
export function keepModel(model: Model, cacheDir: string): void {
  const file = fileOf(cacheDir, model.fingerprint);
  // Written aside and renamed: another process sees the whole model or none.
  const aside = `${file}.${process.pid}.part`;
  try {
    mkdirSync(cacheDir, { recursive: true });
  } catch {
    return;
  }
  try {
    writeFileSync(aside, encodeModel(model));
    renameSync(aside, file);
  } catch {
    rmSync(aside, { force: true });
  }
}

function fileOf(cacheDir: string, fingerprint: string): string {
  return join(cacheDir, `matcher-${fingerprint.slice(0, 32)}.model`);
}
