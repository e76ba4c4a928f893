import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../src/understanding/rejection.ts";

describe("telling requests from talk", () => {
  it("is 1 where every request scores above all talk, and a half where they are alike", () => {
    expect(rejectionOf([0.9, 0.8], [0.1, 0.2])).toEqual({ auroc: 1, rejectedAt95: 1 });
    expect(rejectionOf([0.5, 0.5], [0.5, 0.5])).toEqual({ auroc: 0.5, rejectedAt95: 0 });
    expect(rejectionOf([0.1, 0.9], [0.5]).auroc).toBe(0.5);
  });

  it("sets the mark so that one request in twenty is lost", () => {
    const requests = Array.from({ length: 20 }, (_, index) => index / 20);
    expect(rejectionOf(requests, [0.01, 0.04, 0.06, 0.5]).rejectedAt95).toBe(0.5);
  });

  it("says nothing where there is nothing to compare", () => {
    expect(rejectionOf([], [0.5])).toEqual({ auroc: null, rejectedAt95: null });
  });
});
