import { describe, expect, it } from "vitest";
import { durationText, soonText, whenText } from "../../src/pledge/when.ts";

function at(text: string): number {
  return Date.parse(`${text}+08:00`);
}

describe("soonText", () => {
  it("is the time alone today, and names another day", () => {
    const now = Date.parse("2026-12-07T17:50:00+08:00");
    expect(soonText(Date.parse("2026-12-07T17:59:00+08:00"), now)).toBe("17:59");
    expect(soonText(Date.parse("2026-12-08T08:50:00+08:00"), now)).toBe("12月8日（周二）08:50");
  });
});

describe("whenText", () => {
  it.each([
    ["today", "2026-11-23T18:00:00", "2026-11-23T10:12:00", "今日 18:00"],
    ["today, already past", "2026-11-23T08:30:00", "2026-11-23T23:59:59", "今日 08:30"],
    ["today in Shanghai while it is yesterday in UTC", "2026-11-23T18:00:00", "2026-11-23T00:00:00", "今日 18:00"],
    ["tomorrow by its date", "2026-11-24T18:00:00", "2026-11-23T23:59:59", "11月24日（周二）18:00"],
    ["a far day", "2026-10-08T18:00:00", "2026-09-30T17:00:00", "10月8日（周四）18:00"],
    ["a Sunday", "2026-01-04T18:00:00", "2026-01-03T10:00:00", "1月4日（周日）18:00"],
    ["next year", "2027-01-04T18:00:00", "2026-12-31T17:00:00", "2027年1月4日（周一）18:00"],
    ["last year", "2025-12-31T09:05:59", "2026-01-01T00:00:00", "2025年12月31日（周三）09:05"],
  ])("names %s", (_what, moment, now, text) => {
    expect(whenText(at(moment), at(now))).toBe(text);
  });
});

describe("durationText", () => {
  const MINUTE = 60_000;
  it.each([
    [-5, "不到 1 分钟"],
    [0, "不到 1 分钟"],
    [MINUTE - 1, "不到 1 分钟"],
    [MINUTE, "1 分"],
    [35 * MINUTE + 59_999, "35 分"],
    [60 * MINUTE, "1 小时"],
    [136 * MINUTE, "2 小时 16 分"],
    [1440 * MINUTE - 1, "23 小时 59 分"],
    [1440 * MINUTE, "1 天"],
    [1440 * MINUTE + 59 * MINUTE, "1 天"],
    [27 * 60 * MINUTE + 5 * MINUTE, "1 天 3 小时"],
  ])("says %i ms as %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
