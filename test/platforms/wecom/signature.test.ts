import { describe, expect, test } from "vitest";
import { isFresh, isSignedBy, readSigned } from "../../../src/platforms/wecom/signature.ts";
import { A, B, C, D, E, F, G, keysOfA, keysOfC } from "./vectors.ts";

const signedAs = ({ signature, timestamp, nonce }: typeof E) => ({ signature, timestamp, nonce });

describe("a signature", () => {
  test.each([
    ["A", A, keysOfA.token],
    ["B", B, keysOfA.token],
    ["C", C, keysOfC.token],
    ["D", D, keysOfC.token],
    ["E", E, keysOfA.token],
    ["F", F, keysOfA.token],
    ["G", G, keysOfA.token],
  ])("of vector %s is ours", (_, { signature, timestamp, nonce, ciphertext }, token) => {
    expect(isSignedBy(token, { signature, timestamp, nonce }, ciphertext)).toBe(true);
  });

  test.each([
    ["by another token", { ...signedAs(E) }, keysOfC.token, E.ciphertext],
    ["over another ciphertext", signedAs(E), keysOfA.token, F.ciphertext],
    ["over another nonce", { ...signedAs(E), nonce: "1" }, keysOfA.token, E.ciphertext],
    ["over another time", { ...signedAs(E), timestamp: "1763860009" }, keysOfA.token, E.ciphertext],
    ["that is shorter", { ...signedAs(E), signature: E.signature.slice(1) }, keysOfA.token, E.ciphertext],
    ["that is longer", { ...signedAs(E), signature: `${E.signature}0` }, keysOfA.token, E.ciphertext],
    [
      "as long in letters and longer in bytes",
      { ...signedAs(E), signature: "钥".repeat(40) },
      keysOfA.token,
      E.ciphertext,
    ],
  ])("%s is not", (_, signed, token, ciphertext) => {
    expect(isSignedBy(token, signed, ciphertext)).toBe(false);
  });

  test("is not there where a part of it is missing, empty or stands twice", () => {
    const query = { msg_signature: "s", timestamp: "1", nonce: "n" };
    expect(readSigned(query)).toEqual({ signature: "s", timestamp: "1", nonce: "n" });
    for (const key of Object.keys(query)) {
      for (const value of [undefined, "", ["a", "b"], []]) expect(readSigned({ ...query, [key]: value })).toBeNull();
    }
  });
});

describe("a timestamp", () => {
  const at = (timestamp: string) => isFresh({ ...signedAs(E), timestamp }, 1763860000_000);
  test("is fresh for ten minutes on either side", () => {
    for (const timestamp of ["1763860000", "1763860600", "1763859400"]) expect(at(timestamp)).toBe(true);
    for (const timestamp of ["1763860601", "1763859399", "0"]) expect(at(timestamp)).toBe(false);
  });
  test("is seconds in digits and nothing else", () => {
    for (const timestamp of ["1763860000000", "1763860000.0", "+1763860000", " 1763860000", "0x691", "NaN", ""]) {
      expect(at(timestamp)).toBe(false);
    }
  });
});
