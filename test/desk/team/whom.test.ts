import { describe, expect, it } from "vitest";
import { findWhom } from "../../../src/desk/team/whom.ts";
import { openStation, type Person, type Station } from "../../../src/station/station.ts";
import { station as tests } from "../scene-given.ts";

const NAMES = ["孙建国", "王芳", "王磊", "周老三", "陈晓", "陈晓明"];
const people: Person[] = NAMES.map((name, i) => ({
  id: `p${i}`,
  name,
  role: "helper",
  field: null,
  accounts: {},
  mobile: null,
  away: [],
}));
const { personById: _, ...content } = tests;
const points = tests.points.map((point) => (point.id === "nan" ? { ...point, helpers: ["p1", "p2"] } : point));
const station: Station = openStation({
  ...content,
  points,
  people: [...tests.people.filter(({ role, id }) => role !== "helper" || id === "h01"), ...people],
  webhooks: new Map(),
});
const ids = (text: string, not: string | null = null) =>
  findWhom(text, { station, today: "2026-12-07", not })?.people.map(({ id }) => id) ?? [];

describe("a colleague who is meant", () => {
  it.each([
    ["孙建国 出差", ["p0"]],
    ["建国 出差", ["p0"]],
    ["小孙 出差", ["p0"]],
    ["孙师傅", ["p0"]],
    ["让王芳来，她熟", ["p1"]],
    ["阿芳", ["p1"]],
    ["王姐", ["p1", "p2"]],
    ["小王 忙", ["p1", "p2"]],
    ["老周", ["p3"]],
    ["陈晓 出差", ["p4"]],
    ["陈晓明 出差", ["p5"]],
    ["这件请首席出面", ["chief"]],
    ["转组织办的同志处理，涉及组织关系", ["org"]],
    ["涉及组织关系", []],
    ["李四", []],
    ["", []],
    ["领导丁", []],
  ])("%s", (text, expected) => expect(ids(text)).toEqual(expected));

  it("of a point is who is on duty there, and another one where that is who has it", () => {
    expect(ids("南社区")).toEqual(["p1"]);
    expect(ids("南社区", "p1")).toEqual(["p2"]);
    expect(ids("南点的同事")).toEqual(["p1"]);
  });

  it("named first is who, also where the reason names another", () => {
    const found = findWhom("王芳 孙建国出差", { station, today: "2026-12-07", not: null });
    expect(found).toMatchObject({ people: [{ id: "p1" }], rest: "孙建国出差" });
  });
});
