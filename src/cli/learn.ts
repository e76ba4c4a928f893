/**
 * `learn`: the phrases that people corrected (改, an answered question, the chief's triage), as a change to `intents/` for
 * a person to review, and what it would do to the accuracy. Changes nothing itself; `--clear` forgets what was printed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { readLesson } from "../desk/asking/lesson.ts";
import type { Lesson } from "../desk/decision.ts";
import { type Environment, readSettings } from "../settings.ts";
import { readStation } from "../station/station-file.ts";
import { keys, stationTag } from "../store/keys.ts";
import { crossValidate } from "../understanding/cross-validate.ts";
import { type Evaluation, evaluate, type Share } from "../understanding/evaluate.ts";
import { type Intents, readIntents } from "../understanding/intents.ts";
import { withDeskRedis } from "./desk-redis.ts";
import { describeProposals, type Proposals, sortLessons, withProposals } from "./learn-proposals.ts";

/** The list may be trimmed between a look and the clearing. */
const MOST_TRIES = 5;
const FOLDS = 5;

export interface LearnOrder {
  readonly clear: boolean;
  /** Two cross-validations take minutes; without them the phrases alone are printed. */
  readonly accuracy: boolean;
}

export async function runLearn(order: LearnOrder, environment: Environment): Promise<number> {
  const settings = readSettings(environment, { needsPlatform: false });
  const { station } = readStation(settings.stationFile, environment);
  const tag = stationTag(station);
  if (order.clear) return withDeskRedis(settings, "learn", (redis) => clear(redis, tag));
  const intents = readIntents(settings.intentsDir);
  const lessons = await withDeskRedis(settings, "learn", (redis) => printable(redis, tag));
  if (lessons.length === 0) return say("没有更正过的说法", 0);
  const proposals = sortLessons(lessons, intents);
  const fileOf = (item: string) => fileWith(settings.intentsDir, item);
  process.stdout.write(`${describeProposals(proposals, intents, fileOf)}\n`);
  if (order.accuracy && proposals.fresh.size > 0) {
    const [before, after] = compare(intents, proposals);
    process.stdout.write(`${describeChange(before, after)}\n`);
  }
  return say("请逐条核对，并入 intents/ 后再用 learn --clear 清除已列出的", 0);
}

/** What is there now; it is remembered as printed. */
async function printable(redis: Redis, tag: string): Promise<readonly Lesson[]> {
  const lines = await redis.lrange(tag + keys.lessons, 0, -1);
  const last = lines.at(-1);
  if (last !== undefined) await redis.set(tag + keys.lessonsShown, last);
  return lines.flatMap((line) => readLesson(line) ?? []);
}

/** Up to the last one that was printed: what has come since is not forgotten. */
async function clear(redis: Redis, tag: string): Promise<number> {
  const list = tag + keys.lessons;
  const shown = tag + keys.lessonsShown;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await redis.watch(list, shown);
    const last = await redis.get(shown);
    if (last === null) {
      await redis.unwatch();
      return say("还没有列出过，请先运行 learn", 1);
    }
    // Trimmed away, it and all before it are gone already.
    const at = await redis.lpos(list, last, "RANK", -1);
    const done = await redis
      .multi()
      .ltrim(list, (at ?? -1) + 1, -1)
      .del(shown)
      .exec();
    if (done) return say(`已清除 ${(at ?? -1) + 1} 条`, 0);
  }
  return say("刚好有新的更正写入，请再试一次", 1);
}

function compare(intents: Intents, proposals: Proposals): readonly [Evaluation, Evaluation] {
  const measure = (taught: Intents, from: number): Evaluation => {
    const { rows, understand } = crossValidate(taught, FOLDS, (done, total) => {
      if (done % 20 === 0) process.stderr.write(`\r正在交叉验证 ${Math.floor(from + (done / total) * 50)}%`);
    });
    return evaluate(rows, understand);
  };
  const both = [measure(intents, 0), measure(withProposals(intents, proposals), 50)] as const;
  process.stderr.write("\r交叉验证完成        \n");
  return both;
}

function describeChange(before: Evaluation, after: Evaluation): string {
  const rows: readonly (readonly [string, (evaluation: Evaluation) => Share])[] = [
    ["事项首位正确", ({ top1 }) => top1],
    ["事项前三含有", ({ top3 }) => top3],
    ["事项直接受理正确", ({ opened }) => opened],
    ["其他诉求识别", ({ otherReached }) => otherReached],
    ["闲谈误开工单", ({ talkOpened }) => talkOpened],
    ["口令正确", ({ commands }) => commands],
  ];
  const lines = rows.map(([name, of]) => `#   ${name} ${shareText(of(before))} → ${shareText(of(after))}`);
  return ["# 并入后的识别率（五折交叉验证，新说法计入其中）", ...lines].join("\n");
}

function shareText({ hits, of }: Share): string {
  return of === 0 ? "—" : `${((hits / of) * 100).toFixed(1)}%（${hits}/${of}）`;
}

function fileWith(intentsDir: string, item: string): string {
  if (item === "other") return "intents/other.yaml";
  const folder = join(intentsDir, "menu");
  const holds = new RegExp(`^\\s*-?\\s*id:\\s*["']?${item}["']?\\s*$`, "mu");
  const name = readdirSync(folder).find(
    (file) => /\.ya?ml$/u.test(file) && holds.test(readFileSync(join(folder, file), "utf8")),
  );
  return `intents/menu/${name ?? ""}`;
}

/** stdout is for the change. */
function say(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
