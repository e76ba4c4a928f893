import { describe, expect, it } from "vitest";
import type { Happening } from "../../src/desk/ticket/event.ts";
import { figuresOf } from "../../src/digest/figures.ts";
import { figuresView } from "../../src/digest/figures-view.ts";
import { periodOf } from "../../src/digest/period.ts";
import { RATES, rateText } from "../../src/digest/rate.ts";
import { accepted, at, type Given, livesOf, rated, reopenedAt, resolved, TOWN } from "./given.ts";

const POINTS = ["liyuan", "nan"];
const MONDAY = periodOf("day", "2026-11-23");
const LATER = at("2026-12-01T00:00");

function monday(all: readonly Given[], now = LATER) {
  return figuresView(figuresOf(livesOf(all), MONDAY, now, POINTS));
}

describe("figures of a day", () => {
  it("have the keys that programs rely on, in their order", () => {
    const view = monday(TOWN);
    expect(Object.keys(view)).toEqual(
      "from to carried received reopened resolved withdrawn declined merged open due onTime overdue firstDue firstOnTime rated satisfied points items".split(
        " ",
      ),
    );
    expect(view).toMatchObject({ from: "2026-11-23", to: "2026-11-23", carried: 1, received: 4, resolved: 2 });
    expect(view).toMatchObject({ withdrawn: 1, open: 2, due: 3, onTime: 2, overdue: 1, rated: 2, satisfied: 1 });
    expect(view).toMatchObject({ firstDue: 4, firstOnTime: 2 });
    expect(view.points).toEqual([
      { point: "liyuan", received: 0, resolved: 0, due: 0, onTime: 0 },
      { point: "nan", received: 4, resolved: 2, due: 3, onTime: 2 },
    ]);
    expect(view.items).toEqual([
      { item: "venue", received: 2 },
      { item: "recruitment", received: 1 },
      { item: null, received: 1 },
    ]);
  });

  it("leave out what is not due yet: at 17:30 nothing of the day is", () => {
    expect(monday(TOWN, at("2026-11-23T17:30"))).toMatchObject({ received: 4, resolved: 2, due: 0, onTime: 0 });
  });

  it("of an empty day, and of the first day that there is, are zeros with every area", () => {
    const zeros = { carried: 0, received: 0, open: 0, due: 0, firstDue: 0, rated: 0, items: [] };
    expect(monday([])).toMatchObject(zeros);
    expect(monday([]).points).toHaveLength(2);
    expect(figuresView(figuresOf(livesOf(TOWN), periodOf("day", "2026-01-01"), LATER, POINTS))).toMatchObject(zeros);
  });

  it("have a row for tickets of no known area or item, so that rows sum to the total", () => {
    const view = monday([{ number: "20261123-001", received: "2026-11-23T09:00", point: null, item: "other" }]);
    expect(view.points.at(-1)).toMatchObject({ point: null, received: 1 });
    expect(view.items).toEqual([{ item: "other", received: 1 }]);
  });
});

describe("a ticket that lived through two periods", () => {
  const life: Given = {
    number: "20261123-001",
    received: "2026-11-23T09:00",
    later: [
      ["2026-11-23T09:10", accepted],
      ["2026-11-24T10:00", resolved],
      ["2026-11-24T11:00", reopenedAt("2026-11-24T11:00")],
      ["2026-11-24T11:05", accepted],
      ["2026-11-24T12:00", resolved],
      ["2026-11-25T12:00", rated(3)],
      ["2026-11-25T13:00", reopenedAt("2026-11-25T13:00")],
    ],
  };
  const of = (date: string) => figuresOf(livesOf([life]), periodOf("day", date), LATER).total;

  it("was received on the first day, late", () => {
    expect(of("2026-11-23")).toMatchObject({ received: 1, resolved: 0, open: 1, due: 1, onTime: 0, overdue: 1 });
  });

  it("is resolved net on the second, its second pledge on time", () => {
    expect(of("2026-11-24")).toMatchObject({ carried: 1, reopened: 0, resolved: 1, open: 0, due: 1, onTime: 1 });
  });

  it("came back on the third", () => {
    expect(of("2026-11-25")).toMatchObject({
      carried: 0,
      reopened: 1,
      open: 1,
      rated: 1,
      satisfied: 1,
      due: 1,
      onTime: 0,
    });
  });
});

it("参评率 is of the resolutions of the period, whenever they were rated; never more than all of them", () => {
  const done = (n: number, day: string, ...later: (readonly [string, Happening])[]): Given => ({
    ...{ number: `2026111${n}-00${n}`, received: `${day}T09:00` },
    later: [[`${day}T09:10`, accepted], [`${day}T11:00`, resolved], ...later],
  });
  const lives = livesOf([
    ...[1, 2, 3].map((n) => done(n, "2026-11-18", ["2026-11-19T09:00", rated(5)])),
    done(4, "2026-11-19", ["2026-11-19T12:00", rated(2)]),
    done(5, "2026-11-19"),
    // Rated, and back since: what it came to in the end is not rated.
    done(
      6,
      "2026-11-19",
      ["2026-11-19T12:00", rated(2)],
      ["2026-11-19T12:30", reopenedAt("2026-11-19T12:30")],
      ["2026-11-19T13:00", accepted],
      ["2026-11-19T14:00", resolved],
    ),
  ]);
  const rates = (date: string, now: string) => {
    const { total } = figuresOf(lives, periodOf("day", date), at(now));
    return [RATES.rated, RATES.satisfied].map(({ of }) => rateText(of(total)));
  };
  expect(rates("2026-11-19", "2026-11-25T08:00")).toEqual(["33.3%（1/3）", "60.0%（3/5）"]);
  expect(rates("2026-11-18", "2026-11-25T08:00")).toEqual(["0.0%（0/3）", "—"]);
  const week = figuresOf(lives, periodOf("week", "2026-11-19"), at("2026-11-25T08:00")).total;
  expect(rateText(RATES.rated.of(week))).toBe("66.7%（4/6）");
});

it("counts across the new year as across any night", () => {
  const life: Given = {
    number: "20261231-001",
    received: "2026-12-31T15:00",
    later: [["2027-01-04T10:00", accepted]],
  };
  const lives = livesOf([life]);
  const week = figuresOf(lives, periodOf("week", "2026-12-31"), at("2027-02-01T00:00"));
  expect(week.period).toMatchObject({ from: "2026-12-28", to: "2027-01-03" });
  expect(week.total).toMatchObject({ received: 1, due: 1, overdue: 1, open: 1 });
  expect(figuresOf(lives, periodOf("month", "2027-01-10"), at("2027-02-01T00:00")).total).toMatchObject({
    carried: 1,
    received: 0,
    due: 0,
    open: 1,
  });
});
