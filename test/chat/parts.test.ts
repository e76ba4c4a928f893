import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitText } from "../../src/chat/parts.ts";

const bytes = (text: string) => Buffer.byteLength(text);
const withoutHead = (part: string) => part.slice(part.indexOf("\n") + 1);

describe("a text", () => {
  test("that fits stays as it is", () => {
    expect(splitText("【#1123-017 已受理】", 2048, "#1123-017")).toEqual(["【#1123-017 已受理】"]);
    expect(splitText("", 10, null)).toEqual([""]);
    expect(splitText("字".repeat(682), 2048, null)).toHaveLength(1);
  });

  test("that does not fit says in each part what it belongs to", () => {
    const parts = splitText("字".repeat(1500), 2048, "#1123-017");
    expect(parts.map((part) => part.split("\n")[0])).toEqual([
      "#1123-017（1/3）",
      "#1123-017（2/3）",
      "#1123-017（3/3）",
    ]);
  });

  test("is cut behind a line where one ends late enough", () => {
    const lines = Array.from({ length: 60 }, (_, index) => `${index} ${"字".repeat(12)}\n`).join("");
    for (const part of splitText(lines, 400, null).slice(0, -1)) expect(part.endsWith("\n")).toBe(true);
    expect(splitText(`短\n${"字".repeat(200)}`, 300, null)[0]).toMatch(/字$/);
  });

  test("is not cut within an emoji, a flag or an accented letter", () => {
    for (const whole of ["👨‍👩‍👧‍👦", "🇨🇳", "👍🏽", "e\u0301", "❤️‍🔥"]) {
      const parts = splitText(whole.repeat(120), 160, null).map(withoutHead);
      for (const part of parts) expect(part.length % whole.length).toBe(0);
    }
  });

  test("is cut even within one that fills a part", () => {
    const accents = `e${"\u0301".repeat(1000)}`;
    expect(splitText(accents, 100, null).map(withoutHead).join("")).toBe(accents);
  });

  test("about so many tickets that their numbers would fill the parts goes without them, and is not refused", () => {
    const numbers = Array.from({ length: 300 }, (_, i) => `#1123-${String(i + 1).padStart(3, "0")}`);
    const text = numbers.map((number) => `${number} 活动场地协调`).join("\n");
    const parts = splitText(text, 2048, numbers.join(" "));
    expect(parts.length).toBeLessThan(6);
    expect(parts.map(withoutHead).join("")).toBe(text);
    expect(parts[0]?.startsWith(`（1/${parts.length}）\n#1123-001`)).toBe(true);
  });

  test("of hundreds of parts still fits", () => {
    const parts = splitText("字".repeat(5000), 60, "#1123-017");
    expect(parts.length).toBeGreaterThan(99);
    for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(60);
  });
});

test("no part is too long, each carries the head, and nothing is lost", () => {
  const texts = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 1500, size: "max" }),
    fc.string({ unit: "binary", maxLength: 1500, size: "max" }),
    fc
      .array(fc.constantFrom("字", "\n", "\r\n", "a", "👨‍👩‍👧", "🇨🇳", "。"), { maxLength: 2000, size: "max" })
      .map((all) => all.join("")),
  );
  const heads = fc.constantFrom(null, "#1123-017", "【#1123-1017】");
  fc.assert(
    fc.property(texts, fc.integer({ min: 64, max: 2048 }), heads, (text, bytesMax, head) => {
      const parts = splitText(text, bytesMax, head);
      for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(bytesMax);
      if (parts.length === 1) {
        expect(parts).toEqual([text]);
        return;
      }
      parts.forEach((part, index) => {
        expect(part.startsWith(`${head ?? ""}（${index + 1}/${parts.length}）\n`)).toBe(true);
      });
      // Bytes as they go out: halves of surrogate pairs never part.
      expect(Buffer.concat(parts.map((part) => Buffer.from(withoutHead(part))))).toEqual(Buffer.from(text));
    }),
    { numRuns: 100 },
  );
});

test("a book is split quickly", () => {
  const from = performance.now();
  splitText("字👨‍👩‍👧，".repeat(20_000), 2048, "#1123-017");
  expect(performance.now() - from).toBeLessThan(3000);
});
