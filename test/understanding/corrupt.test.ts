import { describe, expect, it } from "vitest";
import { openCorruptions } from "../../src/understanding/corrupt.ts";
import { readingOf, readReadings } from "../../src/understanding/pinyin.ts";

const readings = readReadings();
const slips = new Map(openCorruptions(readings).map(({ name, apply }) => [name, apply]));
const slip = (name: string, text: string): string => (slips.get(name) ?? String)(text);
const TEXT = "党费怎么交";

describe("slips of the fingers", () => {
  it("writes another character that sounds the same", () => {
    const typed = slip("一个同音字", TEXT);
    const changed = Array.from(TEXT, (_, at) => at).filter((at) => typed[at] !== TEXT[at]);
    expect(changed).toHaveLength(1);
    const [at = 0] = changed;
    expect(readingOf(readings, typed.charCodeAt(at))).toBe(readingOf(readings, TEXT.charCodeAt(at)));
  });

  it("drops a character, spells a word, writes traditional", () => {
    expect(slip("漏一个字", TEXT)).toHaveLength(TEXT.length - 1);
    expect(slip("一个词打成拼音", TEXT)).toMatch(/dangfei|zenme/);
    expect(slip("繁体", TEXT)).toBe("黨費怎麼交");
  });

  it("leaves alone what has nothing to slip on", () => {
    for (const apply of slips.values()) expect(apply("OK 123")).toBe("OK 123");
  });

  it("slips the same way every time", () => {
    const again = new Map(openCorruptions(readings).map(({ name, apply }) => [name, apply]));
    const first = openCorruptions(readings).map(({ apply }) => apply(TEXT));
    expect([...again.values()].map((apply) => apply(TEXT))).toEqual(first);
  });
});
