/** `match`: what each line of the standard input would be taken for. Reads the intents and nothing else. */
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Environment } from "../settings.ts";
import { readIntents } from "../understanding/intents.ts";
import { matchLine } from "../understanding/match.ts";
import { type Matcher, openMatcher } from "../understanding/matcher.ts";
import { loadOrTrain } from "../understanding/model-cache.ts";

export function openMatcherFor(environment: Environment): Matcher {
  const intents = readIntents(environment["INTENTS_DIR"] || "./intents");
  const cacheDir = join(environment["DATA_DIR"] || "./data", "model");
  return openMatcher(
    loadOrTrain(intents, cacheDir, (done, total) => {
      if (done === total) process.stderr.write("已完成训练，下次直接使用缓存\n");
    }).model,
    intents,
  );
}

export async function runMatch(environment: Environment): Promise<number> {
  const matcher = openMatcherFor(environment);
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    process.stdout.write(`${JSON.stringify(matchLine(matcher.understand(text), text))}\n`);
  }
  return 0;
}
