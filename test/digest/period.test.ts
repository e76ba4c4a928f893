import { describe, expect, it } from "vitest";
import { daysText } from "../../src/digest/days-text.ts";
import { daysIn, daysUpTo, type Kind, periodOf, previousOf, readDate, yearBefore } from "../../src/digest/period.ts";
import { changeText, rateText, shiftText } from "../../src/digest/rate.ts";

const days = ({ from, to }: { from: string; to: string }) => `${from}/${to}`;

describe("a period", () => {
  it.each<[Kind, string, string, string, string, string]>([
    [
      "day",
      "2026-03-01",
      "2026-03-01/2026-03-01",
      "2026-02-28/2026-02-28",
      "2025-03-01/2025-03-01",
      "2026年3月1日（周日）",
    ],
    [
      "day",
      "2028-02-29",
      "2028-02-29/2028-02-29",
      "2028-02-28/2028-02-28",
      "2027-02-28/2027-02-28",
      "2028年2月29日（周二）",
    ],
    [
      "week",
      "2026-11-23",
      "2026-11-23/2026-11-29",
      "2026-11-16/2026-11-22",
      "2025-11-24/2025-11-30",
      "2026年11月23日—29日",
    ],
    [
      "week",
      "2027-01-03",
      "2026-12-28/2027-01-03",
      "2026-12-21/2026-12-27",
      "2025-12-29/2026-01-04",
      "2026年12月28日—2027年1月3日",
    ],
    ["month", "2027-01-15", "2027-01-01/2027-01-31", "2026-12-01/2026-12-31", "2026-01-01/2026-01-31", "2027年1月"],
    ["month", "2028-03-31", "2028-03-01/2028-03-31", "2028-02-01/2028-02-29", "2027-03-01/2027-03-31", "2028年3月"],
  ])("%s of %s", (kind, date, own, before, lastYear, text) => {
    const period = periodOf(kind, date);
    expect([period, previousOf(period), yearBefore(period)].map(days)).toEqual([own, before, lastYear]);
    expect(daysText(period)).toBe(text);
  });

  it("of chosen days is compared with as many before", () => {
    const period = { kind: null, from: "2026-11-25", to: "2026-12-04" };
    expect(days(previousOf(period))).toBe("2026-11-15/2026-11-24");
    expect(daysIn(period)).toBe(10);
    expect(daysText(period)).toBe("2026年11月25日—12月4日");
  });

  it("trend: fourteen days, the last one with them", () => {
    expect(daysUpTo("2027-01-02", 14).map(({ from }) => from)).toEqual(
      expect.arrayContaining(["2026-12-20", "2027-01-02"]),
    );
    expect(daysUpTo("2027-01-02", 14)).toHaveLength(14);
  });

  it.each(["2026-02-30", "2026-1-1", "", "20261123", "2026-11-23 "])("refuses %j", (text) => {
    expect(readDate(text)).toBeNull();
  });
});

describe("a rate", () => {
  it("has one decimal and its n, and a dash where nothing can be divided", () => {
    expect(rateText({ hits: 14, of: 15 })).toBe("93.3%（14/15）");
    expect(rateText({ hits: 0, of: 3 })).toBe("0.0%（0/3）");
    expect(rateText({ hits: 0, of: 0 })).toBe("—");
  });

  it("changes by per cent, or by points", () => {
    expect(changeText(5, 4)).toBe("+25.0%");
    expect(changeText(3, 4)).toBe("−25.0%");
    expect(changeText(4, 4)).toBe("持平");
    expect(changeText(4, 0)).toBe("—");
    expect(shiftText({ hits: 9, of: 10 }, { hits: 8, of: 10 })).toBe("+10.0 个百分点");
    expect(shiftText({ hits: 9, of: 10 }, { hits: 18, of: 20 })).toBe("持平");
    expect(shiftText({ hits: 0, of: 0 }, { hits: 1, of: 1 })).toBe("—");
  });
});
