import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { helpersFor, isAway, onDuty } from "../../src/station/duty.ts";
import { openStation, type Person, type Role, type Station } from "../../src/station/station.ts";
import { readStation } from "../../src/station/station-file.ts";

const DAY = "2026-12-02";
const double = readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "http://127.0.0.1:9" });

/** `deputy` undefined: here; null: away without one. */
function person(id: string, deputy?: string | null, role: Role = "helper"): Person {
  const away = deputy === undefined ? [] : [{ from: DAY, to: DAY, deputy }];
  return { id, name: id.toUpperCase(), role, field: null, accounts: {}, mobile: null, away };
}

/** A main point with helper m, a point `nan` with a and b, and whoever else is named. */
function stationOf(...named: Person[]): Station {
  const people = ["m", "a", "b"].map((id) => named.find((one) => one.id === id) ?? person(id));
  const others = named.filter(({ id }) => !["m", "a", "b"].includes(id));
  if (!others.some(({ role }) => role === "chief")) others.push(person("chief", undefined, "chief"));
  return openStation({
    ...double,
    points: [
      { id: "main", name: "总站", main: true, helpers: ["m"] },
      { id: "nan", name: "南站", main: false, helpers: ["a", "b"] },
      { id: "empty", name: "空站", main: false, helpers: [] },
    ],
    people: [...people, ...others],
    enterprises: [],
    groups: [],
    webhooks: new Map(),
  });
}

const duty = (
  station: Station,
  point: string | null = "nan",
  open?: ReadonlyMap<string, number>,
  last: ReadonlyMap<string, number> = new Map(),
) => {
  const { person, why } = onDuty(station, point, DAY, open && { open, last });
  return [person.id, why];
};

describe("isAway", () => {
  it("counts the first and the last day", () => {
    const h02 = double.personById("h02");
    if (!h02) throw new Error("the double has h02");
    const days = ["2026-11-30", "2026-12-01", "2026-12-05", "2026-12-06"];
    expect(days.map((day) => isAway(h02, day))).toEqual([false, true, true, false]);
  });
});

describe("helpersFor", () => {
  it("names the point's helpers in turn, the main station's for no point", () => {
    expect(helpersFor(double, "nan").map(({ id }) => id)).toEqual(["h02", "h03"]);
    expect(helpersFor(double, null).map(({ id }) => id)).toEqual(["h01"]);
    expect(helpersFor(double, "nowhere").map(({ id }) => id)).toEqual(["h01"]);
  });
});

describe("onDuty", () => {
  it("is the first helper of the point who is here, without a word", () => {
    expect(duty(stationOf())).toEqual(["a", ""]);
    expect(duty(stationOf(person("a", "x")))).toEqual(["b", ""]);
  });

  it("prefers who has least to do, then the turn", () => {
    expect(
      duty(
        stationOf(),
        "nan",
        new Map([
          ["a", 2],
          ["b", 1],
        ]),
      ),
    ).toEqual(["b", ""]);
    expect(
      duty(
        stationOf(),
        "nan",
        new Map([
          ["a", 1],
          ["b", 1],
        ]),
      ),
    ).toEqual(["a", ""]);
    expect(duty(stationOf(), "nan", new Map([["a", 1]]))).toEqual(["b", ""]);
  });

  it("is a deputy when all are away", () => {
    expect(duty(stationOf(person("a", null), person("b", "d"), person("d")))).toEqual(["d", "B请假，由D代办"]);
  });

  it("is the deputy's deputy when the deputy is away too", () => {
    const station = stationOf(person("a", "b"), person("b", "d"), person("d"));
    expect(duty(station)).toEqual(["d", "A、B请假，由D代办"]);
  });

  it("is the main station's when the point's helpers stand in for each other and both are away", () => {
    expect(duty(stationOf(person("a", "b"), person("b", "a")))).toEqual(["m", "南站帮办员均请假，由总站M代办"]);
  });

  it("is the main station's deputy after that", () => {
    const station = stationOf(person("a", null), person("b", null), person("m", "d"), person("d"));
    expect(duty(station)).toEqual(["d", "南站帮办员均请假，由总站D代办"]);
  });

  it("is the main station's for a point without helpers", () => {
    expect(duty(stationOf(), "empty")).toEqual(["m", "空站暂无帮办员，由总站M代办"]);
  });

  it("is the main station's for no point, or one that is not known", () => {
    expect(duty(stationOf(), null)).toEqual(["m", "服务点待定，由总站承办"]);
    expect(duty(stationOf(), "constructor")).toEqual(["m", "服务点待定，由总站承办"]);
  });

  it("is the chief when nobody is left", () => {
    const away = [person("a", null), person("b", null), person("m", null)];
    expect(duty(stationOf(...away))).toEqual(["chief", "南站帮办员均请假，由CHIEF承办"]);
    expect(duty(stationOf(...away), "main")).toEqual(["chief", "总站帮办员均请假，由CHIEF承办"]);
  });

  it("is the chief's deputy, and the chief again where that leads to nobody", () => {
    const away = [person("a", null), person("b", null), person("m", null)];
    expect(duty(stationOf(...away, person("chief", "d", "chief"), person("d")))[0]).toBe("d");
    expect(duty(stationOf(...away, person("chief", "a", "chief")))[0]).toBe("chief");
  });

  it("is always somebody, and somebody who is here unless nobody named is", () => {
    const ids = ["m", "a", "b", "c", "d", "chief"];
    const deputies = fc.array(fc.option(fc.constantFrom(null, ...ids), { nil: undefined }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(deputies, fc.constantFrom("nan", "main", "empty", null), (whose, point) => {
        const people = ids.map((id, at) => person(id, whose[at], id === "chief" ? "chief" : "helper"));
        const station = stationOf(...people);
        const { person: found } = onDuty(station, point, DAY);
        expect(isAway(found, DAY) && found.role !== "chief").toBe(false);
        if (whose[0] === undefined || whose[5] === undefined) expect(isAway(found, DAY)).toBe(false);
      }),
    );
  });
});
