import { beforeAll, describe, expect, it } from "vitest";
import { readIntents } from "../../src/understanding/intents.ts";
import { type Matcher, openMatcher } from "../../src/understanding/matcher.ts";
import { loadOrTrain } from "../../src/understanding/model-cache.ts";
import { onlyTells } from "../../src/understanding/only-tells.ts";
import {
  cutAtJoints,
  fitPairing,
  mayBeTwo,
  oddsOfTwo,
  type PairExample,
  standingAlone,
} from "../../src/understanding/two-requests.ts";
import { MODEL_DIR } from "./fixtures.ts";

describe("cutting at the joints", () => {
  it.each([
    ["借间会议室，顺便请位老师", ["借间会议室", "顺便请位老师"]],
    ["党费怎么交以及账号登不上", ["党费怎么交", "以及账号登不上"]],
    ["关系怎么转 党费交给谁", ["关系怎么转", "党费交给谁"]],
  ])("%s", (text, halves) => {
    expect(cutAtJoints(text)).toContainEqual(halves);
  });

  it("leaves whole what has no joint, and what would leave a stump", () => {
    expect(cutAtJoints("想借一间会议室")).toEqual([]);
    expect(cutAtJoints("您好，借会议室")).toEqual([]);
  });

  it("looks at the first joints only", () => {
    expect(cutAtJoints("一二三四，".repeat(40)).length).toBe(6);
  });
});

describe("what each half says", () => {
  it.each([
    ["，另外请一位老师讲党课", "请一位老师讲党课"],
    ["还有新来的同事组织关系怎么转", "新来的同事组织关系怎么转"],
    ["顺便也问下锋领e家登不上，", "问下锋领e家登不上"],
    ["再借一间会议室", "借一间会议室"],
    ["党费怎么交", "党费怎么交"],
  ])("%s stands alone", (half, words) => {
    expect(standingAlone(half)).toBe(words);
  });
});

describe("a clause that only tells when, how many or what for", () => {
  it.each([
    ["周五用", true],
    ["下周三下午两点到四点", true],
    ["大概三十个人", true],
    ["周六志愿活动用", true],
    ["给新党员过政治生日用", true],
    ["行", false],
    ["有用", false],
    ["想借会议室", false],
    ["打印机怎么用", false],
    ["账号不能用", false],
    ["活动经费使用", false],
    ["党费交给谁", false],
  ])("%s: %s", (clause, tells) => {
    expect(onlyTells(clause)).toBe(tells);
  });
});

describe("weighing whether it is two", () => {
  const example = (two: boolean, halves: number, wording: number): PairExample => {
    return { evidence: { items: [0, 1], texts: ["", ""], halves, whole: -2 }, wording, two };
  };
  const examples = Array.from({ length: 100 }, (_, index) => [
    example(true, -0.2 - index / 500, 0.8 - index / 200),
    example(false, -3 - index / 100, -0.8 - index / 200),
  ]).flat();
  const pairing = fitPairing(examples, 100);

  it("believes good halves and a wording like the examples, and not the contrary", () => {
    expect(oddsOfTwo(pairing, { halves: -0.3, whole: -2 }, 0.6)).toBeGreaterThan(pairing.mark);
    expect(oddsOfTwo(pairing, { halves: -3.5, whole: -2 }, -1)).toBeLessThan(pairing.mark);
  });

  it("spares the cutting where the best of halves could not make it two", () => {
    expect(mayBeTwo(pairing, 0.6)).toBe(true);
    expect(mayBeTwo(pairing, -20)).toBe(false);
  });

  it("never finds two where no example of two was given", () => {
    expect(mayBeTwo(fitPairing([], 0), 5)).toBe(false);
    expect(mayBeTwo(fitPairing([example(false, 0, 0)], 1), 5)).toBe(false);
  });
});

describe("the desk's own phrases", () => {
  let matcher: Matcher;
  beforeAll(() => {
    const intents = readIntents("intents");
    matcher = openMatcher(loadOrTrain(intents, MODEL_DIR).model, intents);
  });

  it.each([
    ["礼拜四要间能坐四十人的会议室，另外求一位讲党史的老师", ["venue", "lecturer"]],
    ["党费该交多少？还有我的锋领e家密码忘了", ["dues", "account"]],
  ])("%s asks for two", (text, items) => {
    const found = matcher.understand(text);
    expect(found).toMatchObject({ kind: "item", items });
    expect(found.because.length).toBeGreaterThan(0);
  });

  it.each([
    "下周三支部活动，想借一间能坐三十人的会议室",
    "新来的同事关系还没转过来，介绍信怎么开",
    "我们想给党员做20件红马甲，周六志愿活动用",
    "想借个会议室，周五用",
  ])("%s asks for one", (text) => {
    const { kind, items } = matcher.understand(text);
    // An unclear one lists what it may be, and is one ticket all the same.
    expect(kind === "item" ? items : items.slice(0, 1)).toHaveLength(1);
  });
});
