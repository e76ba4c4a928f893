import { describe, expect, it } from "vitest";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { quietUntil } from "../../src/pledge/quiet.ts";

const calendar = openCalendar({ rest: ["2027-01-01"], work: [] });
const hours = { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } };
const at = (text: string) => Date.parse(`${text}+08:00`);

describe("when nobody is sent for", () => {
  it.each([
    ["2026-12-07T08:30:00", null],
    ["2026-12-07T19:59:59", null],
    ["2026-12-07T20:00:00", "2026-12-08T08:30:00"],
    ["2026-12-08T03:00:00", "2026-12-08T08:30:00"],
    ["2026-12-11T21:00:00", "2026-12-14T08:30:00"],
    ["2026-12-12T11:00:00", "2026-12-14T08:30:00"],
    ["2026-12-31T23:00:00", "2027-01-04T08:30:00"],
    ["2027-01-01T00:30:00", "2027-01-04T08:30:00"],
  ])("%s: until %s", (from, until) => {
    expect(quietUntil(at(from), calendar, hours)).toBe(until === null ? null : at(until));
  });

  it("also where the quiet hours lie within a day, and its end is never quiet itself", () => {
    const noon = { ...hours, quiet: { from: 720, to: 780 } };
    expect(quietUntil(at("2026-12-07T12:10:00"), calendar, noon)).toBe(at("2026-12-07T13:00:00"));
    expect(quietUntil(at("2026-12-07T13:00:00"), calendar, noon)).toBeNull();
    expect(quietUntil(at("2026-12-12T12:10:00"), calendar, noon)).toBe(at("2026-12-14T08:30:00"));
  });
});
