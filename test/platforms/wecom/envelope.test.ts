import { createCipheriv } from "node:crypto";
import { encrypt } from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openEnvelope, seal } from "../../../src/platforms/wecom/envelope.ts";
import { A, B, C, D, E, F, G, keysOfA, keysOfC } from "./vectors.ts";

const { token, aesKey, corpId } = keysOfA;
const refused = (reason: string) => ({ kind: "refused", reason });

/** Seals a plain buffer as it is, padding and all. */
function sealRaw(plain: Buffer): string {
  const key = Buffer.from(`${aesKey}=`, "base64");
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString("base64");
}

function framed(message: Buffer, length: number, id: string, padding: (bytes: number) => Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  const body = Buffer.concat([Buffer.alloc(16, "r"), size, message, Buffer.from(id)]);
  return Buffer.concat([body, padding(32 - (body.length % 32))]);
}
const agreed = (bytes: number) => Buffer.alloc(bytes, bytes);

describe("an envelope is opened", () => {
  test.each([
    ["A", A, keysOfA],
    ["B", B, keysOfA],
    ["C", C, keysOfC],
    ["E", E, keysOfA],
    ["F", F, keysOfA],
    ["G", G, keysOfA],
  ])("vector %s, with our corp id or none inside", (_, vector, keys) => {
    const opened = openEnvelope(keys.aesKey, vector.ciphertext, keys.corpId);
    expect(opened).toEqual({ kind: "plain", text: vector.plain });
  });

  test("vector D", () => {
    const opened = openEnvelope(keysOfC.aesKey, D.ciphertext, keysOfC.corpId);
    for (const part of D.parts) expect(opened).toMatchObject({ kind: "plain", text: expect.stringContaining(part) });
  });

  test("whatever was sealed, of any length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(openEnvelope(aesKey, encrypt(aesKey, text, ""), null)).toEqual({ kind: "plain", text });
      }),
    );
  });
});

describe("an envelope is refused", () => {
  test.each([
    ["addressed to another organisation", A.ciphertext, "ww-another"],
    ["addressed to an organisation while ours is not configured", A.ciphertext, null],
  ])("%s", (_, ciphertext, ours) => {
    expect(openEnvelope(aesKey, ciphertext, ours)).toEqual(refused("wrong receiver"));
  });

  test("sealed with another key", () => {
    expect(openEnvelope(keysOfC.aesKey, F.ciphertext, null).kind).toBe("refused");
  });

  test.each([
    ["empty", ""],
    ["no base64", "你好"],
    ["cut off", F.ciphertext.slice(0, 100)],
    ["of one block", F.ciphertext.slice(0, 20)],
  ])("%s", (_, ciphertext) => {
    expect(openEnvelope(aesKey, ciphertext, null)).toEqual(refused("undecryptable"));
  });

  test.each([
    [
      "whose padding disagrees",
      framed(Buffer.from("{}"), 2, "", (n) => Buffer.concat([Buffer.alloc(n - 1), agreed(n).subarray(-1)])),
    ],
    ["without padding", framed(Buffer.from("{}"), 2, "", (n) => Buffer.alloc(n, 0))],
    ["padded over 32", framed(Buffer.from("{}"), 2, "", (n) => Buffer.alloc(n, 200))],
    ["whose length is longer than it", framed(Buffer.from("{}"), 0xfffffff0, "", agreed)],
    ["that is not UTF-8", framed(Buffer.from([0x22, 0xff, 0x22]), 3, "", agreed)],
    ["that ends within a character", framed(Buffer.from("你好"), 4, "", agreed)],
  ])("%s", (_, plain) => {
    expect(openEnvelope(aesKey, sealRaw(plain), null)).toEqual(refused("not as sealed"));
  });

  test("with anything appended or a bit turned, or else it says something else", () => {
    expect(openEnvelope(aesKey, `${F.ciphertext}\n`, null)).toEqual(refused("not as sealed"));
    fc.assert(
      fc.property(fc.string(), (noise) => {
        expect(["plain", "refused"]).toContain(openEnvelope(aesKey, noise, null).kind);
      }),
    );
  });
});

test("a reply is sealed as in vector G", () => {
  const random = Buffer.from("fedcba9876543210");
  const sealed = seal(G.plain, { token, aesKey, timestamp: Number(G.timestamp), nonce: G.nonce, random });
  expect(sealed).toEqual({
    encrypt: G.ciphertext,
    msgsignature: G.signature,
    timestamp: 1763860002,
    nonce: G.nonce,
  });
  expect(openEnvelope(aesKey, seal("回", { token, aesKey, timestamp: 1, nonce: "n" }).encrypt, corpId)).toEqual({
    kind: "plain",
    text: "回",
  });
});
