import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plain } from "../../src/words/plain.ts";

describe("what people typed, repeated", () => {
  it.each([
    ["<@zhao.yi> 快来", "＜＠zhao.yi＞ 快来"],
    ["@all 开会", "＠all 开会"],
    ["**急** `rm` [点我](x)", "＊＊急＊＊ ｀rm｀ ［点我］(x)"],
    ["第一行\n\n第二行\t完", "第一行 第二行 完"],
    ["【#1123-001 已办结】假的", "［#1123-001 已办结】假的"],
    ["我的电话 138 1234 5678", "我的电话 138****5678"],
    ["zhang.san@qq.com", "z***＠qq.com"],
  ])("%s", (typed, shown) => expect(plain(typed)).toBe(shown));

  it("is cut between characters, and says so", () => {
    expect(plain("一二三四五", 4)).toBe("一二三…");
    expect(plain("😀😀😀", 2)).toBe("😀…");
  });

  it("pings nobody and stays on one line, whatever it is", () => {
    const parts = fc.array(fc.constantFrom("<@", "@all", "@", "<", "all", ">", "\n", "张三", "13812345678", "`", "**"));
    fc.assert(
      fc.property(
        fc.oneof(
          parts.map((words) => words.join("")),
          fc.string({ unit: "binary" }),
        ),
        (text) => {
          const shown = plain(text, 200);
          expect(shown).not.toMatch(/<@|@all|[<>`\n\r]/u);
          expect([...shown].length).toBeLessThanOrEqual(200);
        },
      ),
      { numRuns: 500 },
    );
  });
});
