/** The verb as it is typed, against a real Redis with lessons in it and a small desk's phrases. */
import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { sortLessons, withProposals } from "../../src/cli/learn-proposals.ts";
import { lessonWrites } from "../../src/desk/asking/lesson.ts";
import type { Lesson } from "../../src/desk/decision.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { keys } from "../../src/store/keys.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { writeIntents } from "../understanding/fixtures.ts";
import { openVerbBench } from "./verb-bench.ts";

const intentsDir = writeIntents();
const bench = openVerbBench({ INTENTS_DIR: intentsDir });
const { redis, tag } = bench.redis;
const run = (...args: string[]) => bench.run("learn", ...args);
const intents = readIntents(intentsDir);

const lesson = (phrase: string, to: string, over: Partial<Lesson> = {}): Lesson => {
  return { number: "20261207-017", at: 1, phrase, from: "dues", to, by: "change", ...over };
};
const keep = (...lessons: Lesson[]) =>
  openCommit(redis, tag, "desk")({ head: null, checks: [], numbers: [], writes: lessonWrites(lessons), replies: [] });

afterAll(async () => {
  rmSync(intentsDir, { recursive: true });
  await bench.close();
});

it("has nothing to print, and nothing to clear, before anybody corrected anything", async () => {
  expect(await run()).toMatchObject({ code: 0, out: "", err: expect.stringContaining("没有更正过的说法") });
  expect(await run("--clear")).toMatchObject({ code: 1, err: expect.stringContaining("还没有列出过") });
});

it("prints a change that can be pasted, and what it would do; then forgets what was printed and no more", async () => {
  await keep(
    lesson("礼堂借不借", "venue"),
    lesson("工资被拖欠", "other", { number: "20261207-018", from: null, by: "answer" }),
  );
  const { code, out, err } = await run();
  expect(code).toBe(0);
  const [items, others] = out.split("# intents/other.yaml\n");
  expect(items).toContain("# intents/menu/a.yaml：venue（活动场地协调）");
  expect(items).toContain("#1207-017 诉求人改：党费收缴→活动场地协调");
  expect(others).toContain("#1207-018 追问后选定：未能识别→其他诉求");
  expect(parse(items ?? "")).toEqual([{ id: "venue", phrases: ["礼堂借不借"] }]);
  expect(parse(others ?? "")).toEqual({ phrases: ["工资被拖欠"] });
  expect(out).toMatch(/# {3}事项首位正确 [\d.]+%（\d+\/18） → [\d.]+%（\d+\/19）/u);
  expect(err).toContain("交叉验证完成");

  await keep(lesson("后来的一句", "venue"));
  expect(await run("--clear")).toMatchObject({ code: 0, err: expect.stringContaining("已清除 2 条") });
  expect(await redis.lrange(tag + keys.lessons, 0, -1)).toHaveLength(1);
  expect((await run("--no-accuracy")).out).not.toContain("识别率");
  expect(await run("--clear")).toMatchObject({ code: 0, err: expect.stringContaining("已清除 1 条") });
}, 60_000);

it("keeps the newest two thousand", async () => {
  const many = Array.from({ length: 2005 }, (_, i) => lesson(`第 ${i} 句`, "venue"));
  await keep(...many);
  const kept = await redis.lrange(tag + keys.lessons, 0, -1);
  expect(kept).toHaveLength(2000);
  expect(kept[0]).toContain("第 5 句");
});

describe("what is proposed", () => {
  it("is each phrase once, with every ticket that says so", () => {
    const { fresh } = sortLessons(
      [lesson("礼堂借不借", "venue"), lesson("礼堂 借不借？", "venue", { number: "20261207-018" })],
      intents,
    );
    expect(fresh.get("venue")).toMatchObject([{ phrase: "礼堂借不借", lessons: [{}, {}] }]);
  });
  it("is not what the files have, nor what is of an item that is gone", () => {
    const { fresh, known, gone } = sortLessons([lesson("想借会议室", "venue"), lesson("拔河", "sport")], intents);
    expect([fresh.size, known, gone]).toEqual([0, 1, 1]);
  });
  it("is disputed where files or tickets disagree", () => {
    const { fresh, disputed } = sortLessons(
      [lesson("想借会议室", "dues"), lesson("怎么办", "dues"), lesson("怎么办", "venue", { number: "20261207-018" })],
      intents,
    );
    expect(fresh.size).toBe(0);
    expect(disputed.map(({ against }) => against)).toEqual(["venue", "venue", "dues"]);
  });
  it("of one ticket is its last word", () => {
    const { fresh } = sortLessons([lesson("怎么办", "dues"), lesson("怎么办", "venue")], intents);
    expect([...fresh.keys()]).toEqual(["venue"]);
  });
  it("changes no phrase that is there", () => {
    const after = withProposals(intents, sortLessons([lesson("礼堂借不借", "venue")], intents));
    expect(after.items.get("venue")?.phrases).toEqual([...(intents.items.get("venue")?.phrases ?? []), "礼堂借不借"]);
    expect(after.items.get("dues")).toEqual(intents.items.get("dues"));
    expect(after.fingerprint).not.toBe(intents.fingerprint);
  });
});
