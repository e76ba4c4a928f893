import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readIntents } from "../../src/understanding/intents.ts";
import { matchLine } from "../../src/understanding/match.ts";
import { type Matcher, openMatcher } from "../../src/understanding/matcher.ts";
import type { Model } from "../../src/understanding/model.ts";
import { loadModel, loadOrTrain } from "../../src/understanding/model-cache.ts";
import { decodeModel, encodeModel } from "../../src/understanding/model-file.ts";
import { trainMatcher } from "../../src/understanding/train.ts";
import { trainInWorker } from "../../src/understanding/train-worker.ts";
import { writeIntents } from "./fixtures.ts";

const intents = readIntents(writeIntents());
let model: Model;
let matcher: Matcher;

beforeAll(() => {
  model = trainMatcher(intents);
  matcher = openMatcher(model, intents);
});

describe("training", () => {
  it("gives the same model for the same phrases, bit for bit", () => {
    expect(encodeModel(trainMatcher(intents)).equals(encodeModel(model))).toBe(true);
  });

  it("says how far it has come, up to the end", () => {
    const seen: number[] = [];
    let expected = 0;
    trainMatcher(intents, (done, total) => {
      seen.push(done);
      expected = total;
    });
    expect(seen).toEqual(Array.from({ length: expected }, (_, index) => index + 1));
  });

  it("gives the same model in a worker", async () => {
    expect(encodeModel(await trainInWorker(intents)).equals(encodeModel(model))).toBe(true);
  });
});

describe("understanding a message", () => {
  it("opens the item, says why in the message's own words, and names the closest phrase", () => {
    const found = matcher.understand("週三下午想借個會議室");
    expect(found.kind).toBe("item");
    expect(found.items).toEqual(["venue"]);
    expect(found.because).toContain("會議室");
    expect(found.closest).toMatchObject({ item: "venue" });
    expect(found.candidates.length).toBeGreaterThanOrEqual(3);
  });

  it("hears a homophone and reads typed pinyin", () => {
    expect(matcher.understand("党废怎么交").candidates[0]?.item).toBe("dues");
    expect(matcher.understand("想借huiyishi").candidates[0]?.item).toBe("venue");
  });

  it.each(["", "   ", "5", "１２", "👍👍", "？？？！", "\u0000\u200b", "2026-11-23"])("takes %j for talk", (text) => {
    expect(matcher.understand(text)).toMatchObject({ kind: "none", items: [], command: null, confidence: 1 });
  });

  it("takes a command word and its separator for the command, whatever follows", () => {
    expect(matcher.understand("办结 会议室已借好")).toMatchObject({ kind: "command", command: "resolve" });
    expect(matcher.understand("接单").commands[0]).toMatchObject({ command: "accept" });
  });

  it("does not take a request for the command word that it begins with", () => {
    expect(matcher.understand("菜单上的会议室怎么预约")).toMatchObject({ items: ["venue"], command: null });
    expect(matcher.understand("办结流程是什么").command).not.toBe("resolve");
  });

  it("prints the match line with its keys in order and rounded confidences", () => {
    const line = matchLine(matcher.understand("想借会议室"), "想借会议室");
    expect(Object.keys(line)).toEqual(
      ["text", "kind", "items", "command", "confidence", "candidates", "because", "closest"], //
    );
    expect(JSON.stringify(line.candidates)).not.toMatch(/\.\d{5}/);
  });

  it("never fails and always answers in full, whatever is typed", () => {
    const known = new Set(intents.items.keys());
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 80 }), fc.string({ maxLength: 200 })), (text) => {
        const found = matcher.understand(text);
        expect(found.candidates.length).toBe(3);
        const odds = [found.confidence, ...found.candidates.map(({ confidence }) => confidence)];
        expect(odds.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(found.items.every((item) => known.has(item))).toBe(true);
        expect(found.because.every((word) => text.includes(word))).toBe(true);
        expect(found.items.length > 0).toBe(found.kind === "item" || found.kind === "unclear");
        expect(found.command !== null).toBe(found.kind === "command");
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ["20 kB of Chinese", "我们想借一间会议室开会".repeat(900)],
    ["ten thousand of one character", "啊".repeat(10_000)],
    ["20 kB of latin", "lorem ipsum dolor ".repeat(1_100)],
    ["one latin run of 20 kB", "a".repeat(20_000)],
    ["20 kB of digits", "7".repeat(20_000)],
    ["20 kB of emoji", "😀".repeat(5_000)],
    ["20 kB of control characters", "\u0001\u202e".repeat(10_000)],
    ["words of objects", "constructor __proto__ toString hasOwnProperty"],
    ["other languages", "Привет мир こんにちは 안녕하세요 مرحبا สวัสดี"],
    ["lone surrogates", "\ud800\udc00\ud83d会议室\udfff"],
  ])("answers %s at once", (_, text) => {
    matcher.understand(text);
    const before = performance.now();
    matcher.understand(text);
    expect(performance.now() - before).toBeLessThan(50);
  });

  it("answers the same however often and whatever was asked between", () => {
    const first = matcher.understand("组织关系怎么转");
    matcher.understand("谢谢");
    expect(matcher.understand("组织关系怎么转")).toEqual(first);
  });
});

describe("the kept model", () => {
  it("is trained once and then loaded", () => {
    const dir = mkdtempSync(join(tmpdir(), "models-"));
    expect(loadOrTrain(intents, dir).cached).toBe(false);
    const again = loadOrTrain(intents, dir);
    expect(again.cached).toBe(true);
    const text = "党费忘了交";
    expect(openMatcher(again.model, intents).understand(text)).toEqual(matcher.understand(text));
    expect(readdirSync(dir).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("is trained anew when the file is damaged", () => {
    const dir = mkdtempSync(join(tmpdir(), "models-"));
    loadOrTrain(intents, dir);
    const [name] = readdirSync(dir);
    const file = join(dir, name ?? "");
    const bytes = readFileSync(file);
    for (const broken of [bytes.subarray(0, bytes.length >> 1), Buffer.alloc(0), Buffer.from("{}\n"), flipped(bytes)]) {
      writeFileSync(file, broken);
      expect(loadModel(intents, dir)).toBeNull();
    }
    expect(loadOrTrain(intents, dir).cached).toBe(false);
    expect(loadModel(intents, dir)).not.toBeNull();
  });

  it("survives a folder that cannot be made", () => {
    const file = join(mkdtempSync(join(tmpdir(), "models-")), "file");
    writeFileSync(file, "");
    expect(loadOrTrain(intents, join(file, "models")).cached).toBe(false);
  });

  it("never crashes on bytes that are no model", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => decodeModel(Buffer.from(bytes)) === null));
  });
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 9] = (copy[copy.length - 9] ?? 0) ^ 0xff;
  return copy;
}
