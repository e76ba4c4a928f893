import { existsSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { singleFont, withFontFor } from "../../src/digest/font.ts";
import { knownFont } from "../../src/digest/picture.ts";

const font = knownFont();

describe.skipIf(font === null)("a font for one picture", () => {
  const { path = "", index = 0 } = font ?? {};

  it("has the characters of that picture alone, and is gone afterwards", async () => {
    const seen = await withFontFor({ path, index }, "片区情况", (few) => ({ few, bytes: statSync(few).size }));
    expect(seen.bytes).toBeGreaterThan(1_000);
    expect(seen.bytes).toBeLessThan(20_000);
    expect(existsSync(seen.few)).toBe(false);
  });

  it("is gone where drawing fails as well", async () => {
    let few = "";
    const drawing = withFontFor({ path, index }, "片", (file) => {
      few = file;
      throw new Error("no picture");
    });
    await expect(drawing).rejects.toThrow("no picture");
    expect(few).not.toBe("");
    expect(existsSync(few)).toBe(false);
  });

  it("is one font out of a collection, and any other file as it is", () => {
    const file = readFileSync(path);
    const one = singleFont(file, index);
    expect(one.toString("latin1", 0, 4)).not.toBe("ttcf");
    expect(one.length).toBeLessThanOrEqual(file.length);
    expect(singleFont(one, index)).toBe(one);
  });
});
