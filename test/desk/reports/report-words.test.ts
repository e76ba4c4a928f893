import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guessReport, readReport } from "../../../src/desk/reports/report-words.ts";
import { station } from "../scene-given.ts";

/** A Monday. */
const TODAY = "2026-12-07";
const asked = (text: string) => {
  const meant = readReport(text, TODAY, station);
  return meant?.kind === "report"
    ? `${meant.asked.kind} ${meant.asked.date} ${meant.asked.point ?? "all"}`
    : meant?.kind;
};

describe("the whole message is a report's name", () => {
  it.each([
    ["今日日报", "day 2026-12-07 all"],
    ["日报", "day 2026-12-07 all"],
    ["请发一下昨日日报，谢谢", "day 2026-12-06 all"],
    ["昨天的日报再发一遍", "day 2026-12-06 all"],
    ["周报", "week 2026-12-07 all"],
    ["上周周报", "week 2026-11-30 all"],
    ["上周的情况", "week 2026-11-30 all"],
    ["本周", "week 2026-12-07 all"],
    ["月报", "month 2026-12-07 all"],
    ["上月月报", "month 2026-11-01 all"],
    ["上个月月报", "month 2026-11-01 all"],
    ["11月的月报", "month 2026-11-01 all"],
    ["十一月份数据", "month 2026-11-01 all"],
    ["2026年3月月报", "month 2026-03-01 all"],
    ["11月23日日报", "day 2026-11-23 all"],
    ["日报 2026-11-23", "day 2026-11-23 all"],
    ["11月23日的周报", "week 2026-11-23 all"],
    ["１１月月报", "month 2026-11-01 all"],
    ["南社区 本月", "month 2026-12-01 nan"],
    ["南社区服务点 上周", "week 2026-11-30 nan"],
    ["上周南社区的情况", "week 2026-11-30 nan"],
    ["南点月报", "month 2026-12-07 nan"],
    ["丽园 11月", "month 2026-11-01 liyuan"],
    ["总站 今日", "day 2026-12-07 liyuan"],
  ])("%s", (text, expected) => expect(asked(text)).toBe(expected));

  it("what has no year looks back: December's, in December, has begun; a day to come is last year's", () => {
    expect(asked("12月月报")).toBe("month 2026-12-01 all");
    expect(asked("12月31日日报")).toBe("day 2025-12-31 all");
    expect(asked("2027年1月月报")).toBe("ahead");
  });
  it.each([
    ...[
      "明日日报",
      "明天的日报",
      "大后天日报",
      "下周周报",
      "下个月的月报",
      "下下周数据",
      "南社区 下周",
      "2027-01-05日报",
    ],
  ])("%s lies ahead", (text) => expect(asked(text)).toBe("ahead"));
  it.each([
    "年报",
    "2025年年报",
    "本年",
    "今年",
    "去年数据",
    "本年度报告",
    "本季度",
    "上季度情况",
    "一季度季报",
    "半年报",
  ])("%s is longer than a letter", (text) => expect(asked(text)).toBe("longer"));
  it.each(["2026-02-30日报", "2月30日日报", "日报 2026-13-01", "13月月报", "2026年11月31日的日报"])(
    "%s names no real day",
    (text) => expect(asked(text)).toBe("no-day"),
  );

  it("a place that nobody knows is said to be unknown", () => expect(asked("东湖 本月")).toBe("unknown-point"));

  it.each([
    "今日",
    "今天情况",
    "南社区",
    "月报系统登不上去",
    "本月想借一间会议室",
    "我们公司的月报怎么填",
    "党费情况",
    "上周报的那件办好了吗",
    "明天",
    "下周",
    "明年",
    "下半年",
    "企业年报怎么填",
    "年度报表交给谁",
    "今年的党费",
    "",
  ])("%s is none", (text) => expect(asked(text)).toBeUndefined());

  it("reads whatever is typed, and no day to come", () => {
    const words = fc.constantFrom(
      "今日",
      "上周",
      "本月",
      "11月",
      "南社区",
      "日报",
      "月报",
      "的",
      " ",
      "情况",
      "3日",
      "，",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 8 }).map((all) => all.join("")),
        ),
        (text) => {
          const meant = readReport(text, TODAY, station);
          if (meant?.kind === "report") expect(meant.asked.date <= TODAY).toBe(true);
        },
      ),
    );
  });
});

it("free words ask for what stands in them, else for today", () => {
  const guess = (text: string) => guessReport(text, TODAY, station);
  expect(guess("把上周南社区的数据发我看看")).toMatchObject({
    asked: { kind: "week", date: "2026-11-30", point: "nan" },
  });
  expect(guess("看一下周报")).toMatchObject({ asked: { kind: "week", date: TODAY, point: null } });
  expect(guess("按时办结率是多少")).toMatchObject({ asked: { kind: "day", date: TODAY } });
  expect(guess("下周要汇报，把上周的数据发我")).toMatchObject({ asked: { kind: "week", date: "2026-11-30" } });
  expect(guess("明天开会要用，把数据发我")).toMatchObject({ asked: { kind: "day", date: TODAY } });
  expect(guess("下周的数据先发我看看").kind).toBe("ahead");
  expect(guess("看看2月30日的数据").kind).toBe("no-day");
  expect(guess("这个季度的情况简单报一下").kind).toBe("longer");
});
