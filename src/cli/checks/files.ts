/** The files that the desk runs on: station, intents, and the model that is trained from them. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../settings.ts";
import type { Station } from "../../station/station.ts";
import { readStation } from "../../station/station-file.ts";
import { BadFile, describeProblem, type Problem } from "../../store/yaml-file.ts";
import { type Intents, readIntents } from "../../understanding/intents.ts";
import { loadModel } from "../../understanding/model-cache.ts";
import { type Finding, good, listed, must, notice } from "./finding.ts";

/** Fewer phrases than this are learnt less reliably (matching.md). */
const PHRASES_MIN = 40;
const MISSING_VARIABLE = /^环境变量 (\w+) 没有设置$/;

export function examineStation(
  file: string,
  environment: Environment,
): { readonly station: Station | null; readonly findings: readonly Finding[] } {
  const missing: Problem[] = [];
  let tried = environment;
  for (;;) {
    try {
      const station = readStation(file, tried);
      if (missing.length > 0) return { station, findings: missing.map(sayProblem) };
      const { points, people, enterprises, groups } = station;
      const counts = `${points.length} 个服务点、${people.length} 人、${enterprises.length} 家企业、${groups.length} 个群`;
      return { station, findings: [good(`站点文件：${file}（${station.name}：${counts}）`)] };
    } catch (error) {
      if (!(error instanceof BadFile)) throw error;
      const variable = missingVariable(error, tried);
      if (variable === null) {
        // What stood in for a variable may be wrong in its place, which is nobody's mistake.
        const told = new Set(missing.map(({ field }) => field));
        const others = error.problems.filter(({ field }) => !told.has(field));
        return { station: null, findings: [...missing, ...others].map(sayProblem) };
      }
      missing.push(...error.problems);
      // Reading stops at the first variable that is not there: with something in its place it goes on to the next.
      tried = { ...tried, [variable]: `https://stand-in.invalid/${variable}` };
    }
  }
}

function missingVariable({ problems }: BadFile, tried: Environment): string | null {
  const name = problems.length === 1 ? MISSING_VARIABLE.exec(problems[0]?.reason ?? "")?.[1] : undefined;
  return name === undefined || tried[name] !== undefined ? null : name;
}

export function examineIntents(dir: string): {
  readonly intents: Intents | null;
  readonly findings: readonly Finding[];
} {
  let intents: Intents;
  try {
    intents = readIntents(dir);
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    return { intents: null, findings: error.problems.map(sayProblem) };
  }
  const items = [...intents.items.values()];
  const phrases = items.reduce((sum, item) => sum + item.phrases.length, 0);
  const counts = `${countFiles(dir)} 个文件，${items.length} 个事项、${phrases} 条说法、${intents.commands.length} 个命令`;
  const poor = items.filter((item) => item.phrases.length < PHRASES_MIN);
  const poorOnes = listed(poor.map(({ name, phrases: few }) => `${name}（${few.length} 条）`));
  return {
    intents,
    findings: [
      good(`事项与说法：${dir}（${counts}）`),
      ...(poor.length === 0 ? [] : [notice(`事项与说法：${poorOnes} 不足 ${PHRASES_MIN} 条说法，容易认错，请补充`)]),
    ],
  };
}

export function examineModel(intents: Intents, dataDir: string): Finding {
  const cached = loadModel(intents, join(dataDir, "model")) !== null;
  return good(cached ? "识别模型：已训练好" : "识别模型：还没有训练，首次启动时自动训练，需要几秒到一分钟");
}

function countFiles(dir: string): number {
  const isYaml = (name: string) => /\.ya?ml$/.test(name) && !name.startsWith(".");
  return readdirSync(dir).filter(isYaml).length + readdirSync(join(dir, "menu")).filter(isYaml).length;
}

function sayProblem(problem: Problem): Finding {
  return must(describeProblem(problem));
}
