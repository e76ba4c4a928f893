/** `evaluate`: how often the matcher is right about messages that somebody has labelled. */
import { readFileSync } from "node:fs";
import type { Environment } from "../settings.ts";
import { describeEvaluation, evaluate, type LabelledRow } from "../understanding/evaluate.ts";
import { openMatcherFor } from "./match.ts";

export async function runEvaluate(file: string, environment: Environment): Promise<number> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  const rows = lines.map((line) => JSON.parse(line) as LabelledRow);
  process.stdout.write(`${describeEvaluation(evaluate(rows, openMatcherFor(environment).understand))}\n`);
  return 0;
}
