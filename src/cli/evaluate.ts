/** `evaluate`: how often the matcher is right, about messages that somebody has labelled or about its own phrases. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Environment } from "../settings.ts";
import { BadFile } from "../store/yaml-file.ts";
import { openCorruptions } from "../understanding/corrupt.ts";
import { crossValidate, learningCurve } from "../understanding/cross-validate.ts";
import { evaluate, type LabelledRow } from "../understanding/evaluate.ts";
import { describeEvaluation, describePart, describeShare } from "../understanding/evaluation-words.ts";
import { openFloors } from "../understanding/floors.ts";
import { type Intents, readIntents } from "../understanding/intents.ts";
import { readReadings } from "../understanding/pinyin.ts";
import type { Understanding } from "../understanding/understanding.ts";
import { openMatcherFor } from "./match.ts";

const rowSchema = z.object({
  text: z.string(),
  label: z.union([z.string(), z.tuple([z.string(), z.string()])]),
  voice: z.string().optional(),
});

export interface EvaluateOptions {
  /** JSON lines; without it the phrase files are cross-validated. */
  readonly file: string | undefined;
  readonly folds: number;
  readonly curve: boolean;
}

/** Robustness and the floors need no more than this to be told from chance, and natural takes 2 ms a message. */
const SAMPLE = 500;

export function runEvaluate({ file, folds, curve }: EvaluateOptions, environment: Environment): number {
  const intents = readIntents(environment["INTENTS_DIR"] || "./intents");
  if (curve) return printCurve(intents);
  if (file !== undefined) {
    const rows = readRows(file);
    const { understand } = openMatcherFor(environment);
    print(describeEvaluation(evaluate(rows, understand)));
    compare(rows, (_, said) => understand(said), phrasesOf(intents));
    return 0;
  }
  const { rows, understand } = crossValidate(intents, folds, showProgress);
  print(describeEvaluation(evaluate(rows, (text) => understand(text))));
  // Every n-th phrase: the floors are taught the rest.
  const every = Math.max(2, Math.ceil(rows.length / SAMPLE));
  const asked = new Set(rows.filter((_, index) => index % every === 0));
  const known = [...phrasesOf(intents)].map(([label, texts]): [string, string[]] => {
    const held = new Set([...asked].filter((row) => row.label === label).map(({ text }) => text));
    return [label, texts.filter((text) => !held.has(text))];
  });
  compare([...asked], understand, new Map(known));
  return 0;
}

/** One slip a message, and natural's classifiers beside ours; requests for one item only. */
function compare(
  rows: readonly LabelledRow[],
  understand: (text: string, said: string) => Understanding,
  phrases: ReadonlyMap<string, readonly string[]>,
): void {
  const asked = rows.filter(({ label }) => typeof label === "string" && phrases.has(label));
  const share = (guess: (text: string) => string | undefined) => {
    return describeShare({ hits: asked.filter(({ text, label }) => guess(text) === label).length, of: asked.length });
  };
  const best = (text: string, said = text) => understand(text, said).candidates[0]?.item;
  print(`对照（只比事项首位）：\n  本识别器 ${share((text) => best(text))}`);
  for (const { name, guess } of openFloors(phrases)) print(`  ${name} ${share(guess)}`);
  print("写法有误时首位正确：");
  for (const { name, apply } of openCorruptions(readReadings())) {
    print(`  ${name} ${share((text) => best(text, apply(text)))}`);
  }
}

function printCurve(intents: Intents): number {
  print("说法条数与首位、前三正确率（只比事项）：");
  for (const { part, phrases, top1, top3 } of learningCurve(intents)) {
    print(`  ${describePart(part)} ${phrases} 条：首位 ${describePart(top1)}，前三 ${describePart(top3)}`);
  }
  return 0;
}

function phrasesOf({ items }: Intents): Map<string, readonly string[]> {
  return new Map([...items].map(([id, { phrases }]) => [id, phrases]));
}

/** @throws BadFile */
function readRows(file: string): LabelledRow[] {
  const refuse = (line: number, reason: string): BadFile => new BadFile([{ file, line, field: "", reason }]);
  let lines: string[];
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch {
    throw refuse(1, "无法读取这个文件");
  }
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    let raw: unknown;
    try {
      raw = JSON.parse(line);
    } catch {
      throw refuse(index + 1, "不是一行 JSON");
    }
    const row = rowSchema.safeParse(raw);
    if (!row.success) throw refuse(index + 1, "要有 text 和 label（一个编号，或两个事项）");
    return [row.data];
  });
}

function showProgress(done: number, total: number): void {
  if (done % 20 === 0 || done === total) process.stderr.write(`\r训练 ${done}/${total}${done === total ? "\n" : ""}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
