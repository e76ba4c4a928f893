import { describe, expect, it } from "vitest";
import { type Rows, trainSeparator } from "../../src/understanding/svm.ts";

/** Ten rows: the first five have column 0, the others column 1; all share column 2. */
const rows: Rows = {
  offsets: Int32Array.from({ length: 11 }, (_, row) => row * 2),
  columns: Int32Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? (at < 10 ? 0 : 1) : 2)),
  values: new Float32Array(20).fill(Math.SQRT1_2),
};
const all = Int32Array.from({ length: 10 }, (_, row) => row);

describe("the separator", () => {
  it("puts the class on one side and the rest on the other", () => {
    const { weights, bias } = trainSeparator(rows, 3, all, (row) => row < 5);
    const margin = (column: number) => bias + ((weights[column] ?? 0) + (weights[2] ?? 0)) * Math.SQRT1_2;
    expect(margin(0)).toBeGreaterThan(0);
    expect(margin(1)).toBeLessThan(0);
  });

  it("is the same every time", () => {
    const train = () => trainSeparator(rows, 3, all, (row) => row < 5);
    expect(train()).toEqual(train());
  });

  it("survives a class without examples, and one without a rest", () => {
    expect(trainSeparator(rows, 3, all, () => false).bias).toBeLessThan(0);
    expect(trainSeparator(rows, 3, all, () => true).bias).toBeGreaterThan(0);
    expect(trainSeparator(rows, 3, new Int32Array(0), () => true).bias).toBe(0);
  });
});
