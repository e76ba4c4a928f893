import { describe, expect, test } from "vitest";
import { signed } from "../../../src/platforms/dingtalk/say-webhook.ts";
import { isFresh, isSignedBy, readSigned, signatureOf } from "../../../src/platforms/dingtalk/signature.ts";
import { A, B, C } from "./vectors.ts";

describe("a signature", () => {
  test.each([
    ["A", A],
    ["B", B],
    ["C", C],
  ])("of vector %s is made and known", (_, { timestamp, secret, signature }) => {
    expect(signatureOf(secret, timestamp)).toBe(signature);
    expect(isSignedBy(secret, { timestamp, signature })).toBe(true);
  });

  test.each([
    ["by another secret", { ...B, secret: A.secret }],
    ["over another time", { ...B, timestamp: "1795400000001" }],
    ["over the same time, written otherwise", { ...B, timestamp: "01795400000000" }],
    ["that is shorter", { ...B, signature: B.signature.slice(0, -1) }],
    ["that is longer", { ...B, signature: `${B.signature}=` }],
    ["as long in letters and longer in bytes", { ...B, signature: "钥".repeat(44) }],
    ["that stands twice", { ...B, signature: `${B.signature}, ${B.signature}` }],
  ])("%s is not ours", (_, { timestamp, secret, signature }) => {
    expect(isSignedBy(secret, { timestamp, signature })).toBe(false);
  });

  test("is not there where a part of it is missing or empty", () => {
    const headers = { timestamp: "1", sign: "s" };
    expect(readSigned(headers)).toEqual({ timestamp: "1", signature: "s" });
    for (const key of ["timestamp", "sign"] as const) {
      for (const value of [undefined, ""]) expect(readSigned({ ...headers, [key]: value })).toBeNull();
    }
  });

  test("goes into an address that keeps its plus signs, beside the key that stands there", () => {
    const url = signed(new URL("https://oapi.dingtalk.com/robot/send?access_token=T"), C.secret, Number(C.timestamp));
    expect(url.href).toBe(
      `https://oapi.dingtalk.com/robot/send?access_token=T&timestamp=${C.timestamp}&sign=${C.inAddress}`,
    );
    expect(signed(url, null, 0)).toBe(url);
  });
});

describe("a timestamp", () => {
  const at = (timestamp: string) => isFresh({ timestamp, signature: "" }, 1795400000_000);
  test("is fresh for ten minutes on either side", () => {
    for (const timestamp of ["1795400000000", "1795400600000", "1795399400000"]) expect(at(timestamp)).toBe(true);
    for (const timestamp of ["1795400600001", "1795399399999", "0"]) expect(at(timestamp)).toBe(false);
  });
  test("is milliseconds in digits and nothing else", () => {
    for (const timestamp of ["1795400000", "1795400000000.0", "+1795400000000", " 1795400000000", "0x1a2", "NaN", ""]) {
      expect(at(timestamp)).toBe(false);
    }
  });
});
