import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskName, maskPersonal } from "../../src/words/mask.ts";

const wide = (digits: string) => digits.replace(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

describe("personal numbers are hidden", () => {
  it.each([
    ["13812345678", "138****5678"],
    ["请打138-1234-5678找我", "请打138****5678找我"],
    ["１３８１２３４５６７８", "138****5678"],
    ["138 1234 5678", "138****5678"],
    ["138--1234  5678", "138****5678"],
    ["+86 138 1234 5678", "138****5678"],
    ["008613812345678", "138****5678"],
    ["#13812345678", "#138****5678"],
    ["0574-87654321", "0574-****4321"],
    ["(0574) 87654321", "0574-****4321"],
    ["０５７４－８７６５４３２１", "0574-****4321"],
    ["座机：87654321", "座机：****4321"],
    ["zhang.san@qq.com", "z***@qq.com"],
    ["zhang＠qq.com", "z***＠qq.com"],
    ["330203199001011234", "［身份证号已隐去］"],
    ["ID33020319900101123X", "ID［身份证号已隐去］"],
    ["330203 19900101 123x", "［身份证号已隐去］"],
    ["３３０２０３１９９００１０１１２３４", "［身份证号已隐去］"],
    ["6222021001001234561", "6222021001001234561"],
    ["4111111111111111", "［银行卡号 尾号1111］"],
    ["4111 1111 1111 1111", "［银行卡号 尾号1111］"],
    ["4111-1111-1111-1111", "［银行卡号 尾号1111］"],
    ["13812345678 330203199001011234", "138****5678 ［身份证号已隐去］"],
    ["13812345678,13987654321", "138****5678,139****4321"],
  ])("%s", (typed, shown) => expect(maskPersonal(typed)).toBe(shown));
});

describe("what is no personal number stays", () => {
  it.each([
    "#1123-017",
    "20261123-017 20261124-018",
    "2026-12-07 2026-12-08",
    "2026-12-07 2026-12-08 17",
    "20261207-20261208",
    "1999-12-31 0830",
    "1990-01-01 100",
    "12月7日 14:00—17:00",
    "金额 1500000 元",
    "共 20261207 份",
    "3 楼 301 室 50 人",
    "@全体",
  ])("%s", (text) => expect(maskPersonal(text)).toBe(text));
});

describe("no mobile survives", () => {
  const mobile = fc
    .tuple(fc.constantFrom(3, 4, 5, 6, 7, 8, 9), fc.integer({ min: 0, max: 999_999_999 }))
    .map(([second, rest]) => `1${second}${String(rest).padStart(9, "0")}`);
  const gap = fc.constantFrom("", "", "", " ", "-", "　", "－", ".");

  it("however its digits are typed", () => {
    const spaced = fc.tuple(mobile, fc.array(gap, { minLength: 10, maxLength: 10 }), fc.boolean());
    fc.assert(
      fc.property(
        spaced,
        fc.constantFrom("", "电话", "：", "，"),
        fc.constantFrom("", "找我", "。"),
        ([digits, gaps, isWide], before, after) => {
          const typed = [...(isWide ? wide(digits) : digits)].map((digit, i) => digit + (gaps[i] ?? "")).join("");
          const shown = maskPersonal(before + typed + after).normalize("NFKC");
          const said = shown.replace(/[^0-9]/gu, "");
          // A date may look like one only where it is written as a date.
          if (!/^19\d\d[-.]\d{1,2}[-.]/u.test(typed.normalize("NFKC"))) expect(said).not.toContain(digits);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("and nothing of any text makes it fail", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void maskPersonal(text)));
  });
});

describe("a private person's name", () => {
  it.each([
    ["张建国", "张××"],
    ["王芳", "王××"],
    ["欧阳明", "欧阳××"],
    ["小李", "小李"],
    ["老张", "老张"],
  ])("%s is shown as %s", (name, shown) => expect(maskName(name)).toBe(shown));
});
