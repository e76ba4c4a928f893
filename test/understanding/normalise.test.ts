import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalise } from "../../src/understanding/normalise.ts";

describe("one spelling for all", () => {
  it.each([
    ["ＡＰＰ　１２３", "app 123"],
    ["週三下午借會議室", "周三下午借会议室"],
    ["您好！！！👍👍 在吗？", "您好在吗"],
    ["借\u200b会\u0000议\u202e室", "借会议室"],
    ["Huìyìshì lǚ", "huiyishi lv"],
    ["哈哈哈哈哈哈", "哈哈"],
    ["电话 13800000000", "电话13800000000"],
    ["  \n\t ", ""],
    ["", ""],
  ])("%j becomes %j", (typed, plain) => {
    expect(normalise(typed).text).toBe(plain);
  });

  it("remembers where every character stood", () => {
    const typed = "想 借，會議室！";
    const { text, origins } = normalise(typed);
    expect(text).toBe("想借会议室");
    expect(origins.map((at) => typed[at]).join("")).toBe("想借會議室");
  });

  it("reads no further than the beginning of a long letter", () => {
    const long = normalise(
      Array.from({ length: 20_000 }, (_, at) => String.fromCharCode(0x4e00 + (at % 5000))).join(""),
    );
    expect(long.text.length).toBeLessThanOrEqual(401);
    expect(normalise(`${"！".repeat(20_000)}借会议室`).text).toBe("");
  });

  it("takes anything and keeps one origin per character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (typed) => {
        const { text, origins } = normalise(typed);
        expect(origins.length).toBe(text.length);
        expect(origins.every((at) => at >= 0 && at < typed.length)).toBe(true);
      }),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (typed) => {
        const once = normalise(typed).text;
        expect(normalise(once).text).toBe(once);
      }),
    );
  });
});
