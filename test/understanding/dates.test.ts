import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, weekday } from "../../src/pledge/hours.ts";
import { findWhen, type When, whenShown } from "../../src/understanding/dates.ts";

/** A Monday. */
const TODAY = "2026-12-07";

function read(text: string, today = TODAY): string | null {
  const found = findWhen(text.normalize("NFKC"), today);
  return found && whenShown(found.when, today);
}

describe("a time that somebody wants", () => {
  it.each([
    ["下周三下午", "12月16日（周三）下午"],
    ["周三下午想借一间会议室", "12月9日（周三）下午"],
    ["明天上午九点", "12月8日（周二）9:00"],
    ["今晚七点半", "12月7日（周一）19:30"],
    ["周三三点", "12月9日（周三）15:00"],
    ["星期五15:30", "12月11日（周五）15:30"],
    ["12月10号下午两点半到四点", "12月10日（周四）14:30—16:00"],
    ["12月13日", "12月13日（周日）"],
    ["十二月三十一日", "12月31日（周四）"],
    ["3号", "2027年1月3日（周日）"],
    ["二十五号上午", "12月25日（周五）上午"],
    ["下月3号", "2027年1月3日（周日）"],
    ["2026-12-20", "12月20日（周日）"],
    ["下周三到周五", "12月16日（周三）至12月18日（周五）"],
    ["12月13日到15日", "12月13日（周日）至12月15日（周二）"],
    ["周末", "12月12日（周六）至12月13日（周日）"],
    ["下周", "12月14日（周一）至12月20日（周日）"],
    ["月底前", "12月31日（周四）前"],
    ["年底前", "12月31日（周四）前"],
    ["这周内", "12月13日（周日）前"],
    ["两周内", "12月21日（周一）前"],
    ["最晚周五", "12月11日（周五）前"],
    ["国庆后", "2027年10月7日（周四）后"],
    ["七一当天", "2027年7月1日（周四）"],
    ["下个月", "2027年1月"],
    ["明年三月起", "2027年3月1日（周一）后"],
    ["七一晚会", "2027年7月1日（周四）"],
    ["下月初", "2027年1月上旬"],
    ["三天后", "12月10日（周四）"],
    ["周三前后", "12月9日（周三）"],
    ["１２月２０日", "12月20日（周日）"],
  ])("%s is %s", (text, shown) => {
    expect(read(text)).toBe(shown);
  });

  it("is this year's where a month is still to come, and last month's where it has just been", () => {
    expect(read("11月底前", "2026-11-10")).toBe("11月30日（周一）前");
    expect(read("11月的积分")).toBe("11月");
    expect(read("3月")).toBe("2027年3月");
  });

  it("is a festival of the moon as far as the calendar is published", () => {
    expect(read("春节前", "2026-01-10")).toBe("2月23日（周一）前");
    expect(read("中秋", "2026-01-10")).toBe("9月25日（周五）至9月27日（周日）");
    expect(read("中秋", "2093-01-10")).toBeNull();
  });
});

describe("no time", () => {
  it.each(
    "17号工单 17号楼 3号会议室 017 13800001111 党费30元 #1123-017 0574-87654321 三个月 一周一次 每周三 每月5号 上周三 昨天 有一点 早一点 周日常工作 七一路 十一个人 二十大 2月30日 32号 一月份到现在 三十号人 第二个礼拜三 去年九月 一九九八年七月一日".split(
      " ",
    ),
  )("is %s", (text) => expect(read(text)).toBeNull());
});

const days = fc.integer({ min: 0, max: 3000 }).map((n) => addDays("2024-01-01", n));
const times = fc.constantFrom("", "上午", "下午", "晚上", "9:00", "14:30", "14:00—17:00");
const whens = fc.record({
  from: days,
  length: fc.integer({ min: 0, max: 20 }),
  time: times,
  open: fc.constantFrom("", "from", "to"),
});

describe("whatever is typed", () => {
  it("is a time or none, never a fault", () => {
    const words = fc.constantFrom(
      ..."下周三|12月|31|号|到|至|前|后|内|月底|春节|五一|:|点|半|下午|每|个|2026年|-|一|十".split("|"),
    );
    const typed = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(typed, days, (text, today) => {
        const found = findWhen(text, today);
        if (!found) return;
        expect(found.end).toBeGreaterThan(found.start);
        const { from, to } = found.when;
        expect(from ?? to).not.toBeNull();
        if (from !== null && to !== null) expect(to >= from).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("下周 and what follows it is never over, and is that day", () => {
    fc.assert(
      fc.property(
        days,
        fc.constantFrom(..."一二三四五六日"),
        fc.constantFrom("周", "星期", "礼拜"),
        (today, day, week) => {
          const found = findWhen(`下${week}${day}`, today);
          expect((found?.when.from ?? "") > today).toBe(true);
          expect("日一二三四五六".charAt(weekday(found?.when.from ?? today))).toBe(day);
        },
      ),
    );
  });

  it("what is shown reads back as it was", () => {
    fc.assert(
      fc.property(whens, days, ({ from, length, time, open }, today) => {
        const to = addDays(from, length);
        const when: When = { from: open === "from" ? null : from, to: open === "to" ? null : to, time };
        // A deadline that is over is none.
        fc.pre(!(when.from === null && to < today));
        const shown = whenShown(when, today);
        expect(findWhen(shown, today)?.when).toEqual(when);
        expect(findWhen(shown, today)?.end).toBe(shown.length);
      }),
      { numRuns: 1000 },
    );
  });
});
