import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findNumbers, placeholders, quotedNumbers, shown } from "../../../src/desk/ticket/number.ts";

const find = (text: string) => findNumbers(text, 2026);

describe("several bare numbers", () => {
  it.each([
    ["合并 017 018", ["017", "018"], "合并"],
    ["合并 017、018号", ["017", "018"], "合并"],
    ["合并 117 118 119", ["117", "118", "119"], "合并"],
    ["017和018是一回事", ["017", "018"], "是一回事"],
    ["搞定了，001，三楼会议室", ["001"], "搞定了，三楼会议室"],
    ["017，已经在联系", ["017"], "已经在联系"],
    ["已经在联系、#017、明天答复", ["017"], "已经在联系、明天答复"],
    ["电话 013 8000 1234 找他", [], "电话 013 8000 1234 找他"],
    ["120 130 人", [], "120 130 人"],
  ])("%s", (text, shorts, rest) => {
    expect(findNumbers(text, 2026)).toMatchObject({ shorts, rest });
  });
});

describe("a number in what a person typed", () => {
  it.each([
    ["#1123-017 接单", ["20261123-017", "20251123-017"], "接单"],
    ["T-1123-017 接单", ["20261123-017", "20251123-017"], "接单"],
    ["1123-017接单", ["20261123-017", "20251123-017"], "接单"],
    ["＃１１２３－０１７ 办结 已送达", ["20261123-017", "20251123-017"], "办结 已送达"],
    ["1123—017 催办", ["20261123-017", "20251123-017"], "催办"],
    ["20261123-017 查", ["20261123-017"], "查"],
    ["#1123-1017 查", ["20261123-1017", "20251123-1017"], "查"],
    ["接单 #1123-\u200b017", ["20261123-017", "20251123-017"], "接单"],
  ])("%s is a full one", (text, full, rest) => {
    expect(find(text)).toMatchObject({ full, shorts: [], rest });
  });

  it.each([
    ["017 接单", "017", "接单"],
    ["017号 接单", "017", "接单"],
    ["０１７ 接单", "017", "接单"],
    ["麻烦把017催一下", "017", "麻烦把 催一下"],
    ["催办017", "017", "催办"],
    ["#17 接单", "017", "接单"],
    ["#017", "017", ""],
    ["017", "017", ""],
  ])("%s is a short one", (text, short, rest) => {
    expect(find(text)).toMatchObject({ full: [], shorts: [short], doubtful: false, rest });
  });

  it.each(["17号 办结 已送达", "17号怎么样了", "117 接单", "催办17号", "120人的会议室有吗"])(
    "%s may be one",
    (text) => {
      expect(find(text)).toMatchObject({ full: [], doubtful: true });
    },
  );

  it.each([
    "17号下午想借会议室",
    "17号之前要用",
    "0574-87654321",
    "010 87654321",
    "13812345678",
    "1332-017",
    "1100-017",
    "1123-0174",
    "1123-0170000",
    "2026-11-23",
    "14:00",
    "2026年",
    "三楼301",
    "在301室开会",
    "3号楼会议室",
    "0.017",
    "#3会议室",
    "5",
    "12",
  ])("%s holds none", (text) => {
    expect(find(text)).toMatchObject({ full: [], shorts: [], marked: false });
  });

  it("finds what is shown, whatever stands around it", () => {
    const day = fc.date({
      min: new Date("2026-01-01T00:00Z"),
      max: new Date("2026-12-31T00:00Z"),
      noInvalidDate: true,
    });
    const around = fc.constantFrom("", " ", "，", "请问", "：", "\n");
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 99_999 }), around, around, (date, n, before, after) => {
        const number = `${date.toISOString().slice(0, 10).replaceAll("-", "")}-${String(n).padStart(3, "0")}`;
        expect(find(`${before}${shown(number)}${after}`)).toMatchObject({ marked: true });
        expect(find(`${before}${shown(number)}${after}`).full).toContain(number);
      }),
    );
  });

  it("never fails, and leaves a text without digits alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const { full, shorts, rest } = find(text);
        if (!/[0-9０-９]/u.test(text)) expect([full, shorts]).toEqual([[], []]);
        expect(rest.length).toBeLessThanOrEqual(text.length + 2);
      }),
    );
  });
});

describe("a number in a message of ours that was quoted", () => {
  const both = (n: string) => [`2026${n}`, `2025${n}`];

  it("is the one at its head, whatever its text names", () => {
    const quote = "【#1123-017 已受理】活动场地协调\n诉求：和 #1120-003 一样\n承诺：今日 18:00 前";
    expect(quotedNumbers(quote, 2026)).toEqual(both("1123-017"));
  });
  it("stands before each part of a long message", () => {
    expect(quotedNumbers("#1123-017（2/3）\n结果：见 #1120-003", 2026)).toEqual(both("1123-017"));
  });
  it("may be one of several", () => {
    expect(quotedNumbers("【#1123-017 待接单】甲\n【#1123-018 待接单】乙", 2026)).toEqual([
      ...both("1123-017"),
      ...both("1123-018"),
    ]);
    expect(quotedNumbers("请问是哪一件？\n1 #1123-017 甲\n2 #1123-018 乙", 2026)).toHaveLength(4);
  });
  it("survives characters that cannot be seen", () => {
    expect(quotedNumbers("【#1123-\u200b017\ufeff 已受理】", 2026)).toEqual(both("1123-017"));
  });
  it("needs its mark", () => expect(quotedNumbers("电话 0512-345，1123-017", 2026)).toEqual([]));
});

describe("a number that is not given yet", () => {
  it("is shown as what the commit replaces", () => {
    const { long, short, day } = placeholders("01J", "2026-11-23");
    expect(shown(long)).toBe(`#${short}`);
    expect(day).toBe("20261123");
  });
});

describe("a pasted list", () => {
  it("names no more than could be chosen from", () => {
    const list = Array.from({ length: 300 }, (_, i) => `#1123-${String(i + 1).padStart(3, "0")}`).join(" ");
    expect(findNumbers(list, 2026).full).toHaveLength(18);
    expect(findNumbers(list.replaceAll("1123-", ""), 2026).shorts).toHaveLength(18);
  });
});
