import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bound, dropUnseen, nameStripper, TEXT_LENGTH_MAX } from "../../src/platforms/wording.ts";

describe("the bot's name", () => {
  const strip = nameStripper(["小帮手", "小帮手二号", "Help Desk (段塘)", "a.b-c/d"]);
  test.each([
    ["@小帮手 三楼打印机卡纸", "三楼打印机卡纸"],
    ["@小帮手\u2005借场地", "借场地"],
    ["借场地 @小帮手", "借场地"],
    ["请问 @小帮手\u2005明天 14 点有场地吗", "请问\u2005明天 14 点有场地吗"],
    ["请@小帮手，看一下", "请，看一下"],
    ["@小帮手 @小帮手 接单", "接单"],
    ["@小帮手二号 接单", "接单"],
    ["@小帮手 @小帮手二号\u2005接单", "接单"],
    ["@Help Desk (段塘) 接单", "接单"],
    ["@a.b-c/d 接单", "接单"],
    ["@小帮手", ""],
    ["@小帮手\n接单", "接单"],
    ["第一行\n@小帮手 第二行", "第一行\n第二行"],
  ])("is taken out of %j", (text, rest) => {
    expect(strip(text)).toBe(rest);
  });

  test.each([
    ["@小帮手 请 @小帮手王 来", "请 @小帮手王 来"],
    ["@张三 你好", "@张三 你好"],
    ["小帮手 在吗", "小帮手 在吗"],
    ["@axb-c/d 接单", "@axb-c/d 接单"],
    ["a@b.cn", "a@b.cn"],
  ])("is nobody else's: %j", (text, rest) => {
    expect(strip(text)).toBe(rest);
  });

  test("is recognised with the next word glued to it where it stands nowhere else", () => {
    expect(strip("@小帮手借场地")).toBe("借场地");
    expect(strip("12@小帮手34")).toBe("12 34");
  });

  test("may be unknown: then texts are only trimmed", () => {
    expect(nameStripper([])(" @小帮手 你好 ")).toBe("@小帮手 你好");
    expect(nameStripper(["", "  "])("@ 你好")).toBe("@ 你好");
  });

  test("may be anything", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary" }), fc.string(), (name, text) => {
        const rest = nameStripper([name])(`@${name} ${text}`);
        expect(rest.length).toBeLessThanOrEqual(name.length + text.length + 2);
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((name) => name.trim() === name),
        (name) => {
          expect(nameStripper([name])(`@${name} 接单`)).toBe("接单");
        },
      ),
    );
  });

  test("is searched in linear time", () => {
    const from = performance.now();
    strip(`${" ".repeat(TEXT_LENGTH_MAX)}@小帮`);
    strip("@小帮手".repeat(TEXT_LENGTH_MAX / 4));
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

describe("what cannot be seen", () => {
  test("is dropped where it would break a number", () => {
    expect(dropUnseen("#11\u200b23\u2060-\u200d0\ufeff17\u200e")).toBe("#1123-017");
  });
  test("is kept where it holds an emoji together", () => {
    for (const text of ["👨‍👩‍👧 👩🏽‍💻 ❤️‍🔥 🏳️‍🌈", "👍🏽"]) expect(dropUnseen(text)).toBe(text);
  });
});

test("a text that is too long says so", () => {
  expect(bound("字".repeat(TEXT_LENGTH_MAX))).toHaveLength(TEXT_LENGTH_MAX);
  expect(bound("字".repeat(TEXT_LENGTH_MAX + 1))).toMatch(/^字{20000}…（原文过长，以下从略）$/);
  expect(bound(`${"a".repeat(TEXT_LENGTH_MAX - 1)}😀😀`)).toMatch(/^a{19999}…（/);
});
