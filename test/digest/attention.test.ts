import { describe, expect, it } from "vitest";
import { attentionOf, lightOf } from "../../src/digest/attention.ts";
import { spanOf } from "../../src/digest/figures.ts";
import { periodOf } from "../../src/digest/period.ts";
import { accepted, at, type Given, livesOf, rated, reopenedAt, resolved, TOWN, working } from "./given.ts";

function lit(given: Given, when: string) {
  const [life] = livesOf([given]);
  return life ? lightOf(life, at(when), working) : "none";
}

describe("lights", () => {
  const open: Given = { number: "20261127-001", received: "2026-11-27T09:00", later: [["2026-11-27T09:10", accepted]] };

  it.each([
    ["2026-11-27T16:59", null],
    ["2026-11-27T17:00", "blue"],
    ["2026-11-27T18:00", "blue"],
    ["2026-11-27T18:01", "yellow"],
    ["2026-11-29T23:59", "yellow"],
    ["2026-11-30T17:59", "yellow"],
    ["2026-11-30T18:00", "red"],
  ])("of a case that was due on Friday at 18:00, at %s: %s", (when, light) => {
    expect(lit(open, when)).toBe(light);
  });

  it("a second pledge is red at once, and nothing is lit that is done", () => {
    const twice: Given = {
      ...open,
      later: [
        ["2026-11-27T09:10", accepted],
        ["2026-11-27T10:00", resolved],
        ["2026-11-27T11:00", reopenedAt("2026-11-27T11:00")],
      ],
    };
    expect(lit(twice, "2026-11-27T10:30")).toBeNull();
    expect(lit(twice, "2026-11-27T18:01")).toBe("red");
  });
});

describe("the light of a case that waits for its asker", () => {
  const waits = (since: string): Given => ({
    number: "20261127-001",
    received: "2026-11-27T09:00",
    later: [
      ["2026-11-27T09:10", accepted],
      [since, { event: "paused", reason: "等名单", until: at("2026-12-02T11:00") }],
    ],
  });

  it.each([
    ["the morning", "2026-11-27T11:00", null],
    ["its last hour", "2026-11-27T17:30", "blue"],
  ] as const)("since %s stays what it was, and it is not late", (_since, time, light) => {
    expect(lit(waits(time), "2026-11-30T19:00")).toBe(light);
    const span = spanOf(periodOf("day", "2026-11-30"), at("2026-11-30T19:00"));
    expect(attentionOf(livesOf([waits(time)]), span, working).late).toEqual([]);
  });

  it("since it was late is as if it did not wait, and stays so when it goes on", () => {
    const late = waits("2026-11-30T09:00");
    expect(lit(late, "2026-11-30T17:59")).toBe("yellow");
    expect(lit(late, "2026-11-30T18:00")).toBe("red");
    const due = at("2026-11-27T18:00");
    const on: Given = {
      ...late,
      later: [...(late.later ?? []), ["2026-12-01T10:00", { event: "resumed", due, provisional: false }]],
    };
    expect(lit(on, "2026-12-01T11:00")).toBe("red");
    const [life] = livesOf([on]);
    expect(life?.pledges).toEqual([{ at: due, kept: false, round: 1 }]);
  });
});

describe("what needs attention", () => {
  it("late ones with the longest first, low ratings, what came back, and what the menu does not have", () => {
    const span = spanOf(periodOf("day", "2026-11-23"), at("2026-11-24T08:00"));
    const back: Given = {
      number: "20261119-001",
      received: "2026-11-19T09:00",
      later: [
        ["2026-11-19T09:10", accepted],
        ["2026-11-19T10:00", resolved],
        ["2026-11-23T09:00", reopenedAt("2026-11-23T09:00")],
        ["2026-11-23T09:10", accepted],
        ["2026-11-23T10:00", resolved],
      ],
    };
    const found = attentionOf(livesOf([...TOWN, back]), span, working);
    expect(found.late.map(({ life, light }) => [life.number, light])).toEqual([
      ["20261120-001", "red"],
      ["20261123-003", "yellow"],
    ]);
    expect(found.lowRatings.map(({ life, rating }) => [life.number, rating])).toEqual([["20261123-002", 2]]);
    expect(found.reopened.map(({ number }) => number)).toEqual(["20261119-001"]);
    expect(found.unmatched.map(({ number }) => number)).toEqual(["20261123-003"]);
  });

  it("a rating that was put right in the same period is none", () => {
    const put: Given = {
      number: "20261123-009",
      received: "2026-11-23T09:00",
      later: [
        ["2026-11-23T09:10", accepted],
        ["2026-11-23T10:00", resolved],
        ["2026-11-23T11:00", rated(1)],
        ["2026-11-23T11:05", rated(4)],
      ],
    };
    const span = spanOf(periodOf("day", "2026-11-23"), at("2026-11-25T08:00"));
    expect(attentionOf(livesOf([put]), span, working).lowRatings).toEqual([]);
  });
});
