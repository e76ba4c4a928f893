import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { addDays, weekday } from "../../src/pledge/hours.ts";
import { arranged } from "./arranged.ts";

const bare = openCalendar({ rest: [], work: [] });

/** 国务院办公厅关于2026年部分节假日安排的通知, typed from the notice and not from the library. */
const REST_ON_WEEKDAYS_2026 = [
  ...["2026-01-01", "2026-01-02"],
  ...["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-23"],
  ...["2026-04-06"],
  ...["2026-05-01", "2026-05-04", "2026-05-05"],
  ...["2026-06-19"],
  ...["2026-09-25"],
  ...["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"],
];
const WORK_ON_WEEKENDS_2026 = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"];

function oddDays(year: number): string[] {
  const odd: string[] = [];
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) {
    const isWeekday = weekday(day) >= 1 && weekday(day) <= 5;
    if (bare.isWorkday(day) !== isWeekday) odd.push(day);
  }
  return odd;
}

describe("openCalendar, with the published data alone", () => {
  it("differs from the plain week in 2026 on exactly the days of the notice", () => {
    expect(oddDays(2026)).toEqual([...REST_ON_WEEKDAYS_2026, ...WORK_ON_WEEKENDS_2026].sort());
  });

  it.each(WORK_ON_WEEKENDS_2026)("works on the make-up day %s", (date) => {
    expect([0, 6]).toContain(weekday(date));
    expect(bare.isWorkday(date)).toBe(true);
  });

  it.each([
    ["2025-12-31", "2026-01-04"],
    ["2026-02-13", "2026-02-14"],
    ["2026-02-14", "2026-02-24"],
    ["2026-02-27", "2026-02-28"],
    ["2026-02-28", "2026-03-02"],
    ["2026-05-08", "2026-05-09"],
    ["2026-05-09", "2026-05-11"],
    ["2026-09-18", "2026-09-20"],
    ["2026-09-20", "2026-09-21"],
    ["2026-09-30", "2026-10-08"],
    ["2026-10-09", "2026-10-10"],
    ["2026-10-10", "2026-10-12"],
  ])("goes from the working day %s to %s and back", (date, next) => {
    expect(bare.nextWorkday(date)).toBe(next);
    expect(bare.previousWorkday(next)).toBe(date);
  });

  it("knows no year beyond its data, and then keeps to the plain week", () => {
    const last = bare.publishedThrough;
    expect(last).toMatch(/^\d{4}-12-31$/);
    expect(last >= "2026-12-31").toBe(true);
    expect(bare.isPublished(last)).toBe(true);
    expect(bare.isPublished(addDays(last, 1))).toBe(false);
    expect(oddDays(Number(last.slice(0, 4)) + 1)).toEqual([]);
  });

  it("does not claim the years before the data began", () => {
    expect(bare.isPublished("2003-06-02")).toBe(false);
    expect(bare.isPublished("2004-06-02")).toBe(true);
  });

  it("answers the same after more days than it remembers", () => {
    let day = "2020-01-01";
    for (let i = 0; i < 5000; i += 1) {
      bare.isWorkday(day);
      day = addDays(day, 1);
    }
    expect(bare.isWorkday("2026-02-14")).toBe(true);
    expect(bare.isWorkday("2026-02-16")).toBe(false);
  });
});

describe("openCalendar, with the station's overlay", () => {
  const overlaid = openCalendar({ rest: ["2040-01-02", "2026-11-23"], work: ["2040-01-07", "2026-10-04"] });

  it("lets the overlay win over the data", () => {
    expect(overlaid.isWorkday("2026-11-23")).toBe(false);
    expect(overlaid.isWorkday("2026-10-04")).toBe(true);
    expect(overlaid.isWorkday("2026-10-05")).toBe(false);
  });

  it("fills a year that nobody published", () => {
    expect(overlaid.isWorkday("2040-01-02")).toBe(false);
    expect(overlaid.isWorkday("2040-01-07")).toBe(true);
  });

  it("a year counts as published once all of it is arranged, and not because a day of it is named", () => {
    expect(overlaid.isPublished("2040-12-31")).toBe(false);
    const whole = openCalendar({ rest: arranged(2040), work: [] });
    expect(whole.isPublished("2040-02-05")).toBe(true);
    expect(whole.isPublished("2039-12-31")).toBe(false);
    // Typed up to May; and only what everybody knows beforehand.
    const half = arranged(2040).filter((date) => date < "2040-06");
    expect(openCalendar({ rest: half, work: [] }).isPublished("2040-02-05")).toBe(false);
    expect(openCalendar({ rest: ["2040-01-01", "2040-10-01"], work: [] }).isPublished("2040-02-05")).toBe(false);
  });

  it("of every notice so far its weekdays alone would do", () => {
    const rest = REST_ON_WEEKDAYS_2026.map((date) => date.replace("2026", "2040"));
    expect(openCalendar({ rest, work: [] }).isPublished("2040-02-05")).toBe(true);
  });

  it("does not move the end of the data", () => {
    expect(overlaid.publishedThrough).toBe(bare.publishedThrough);
  });
});

describe("openCalendar, wherever the machine stands", () => {
  // A process of its own: what goes wrong with time zones goes wrong while modules load.
  it.each(["Pacific/Honolulu", "Pacific/Kiritimati"])("means the same days in %s", (zone) => {
    const program = `
      import { openCalendar } from ${JSON.stringify(new URL("../../src/pledge/calendar.ts", import.meta.url).href)};
      const calendar = openCalendar({ rest: [], work: [] });
      const dates = ${JSON.stringify([...REST_ON_WEEKDAYS_2026, ...WORK_ON_WEEKENDS_2026])};
      console.log(JSON.stringify([new Date().getTimezoneOffset() === 0, calendar.publishedThrough, dates.map(calendar.isWorkday)]));
    `;
    const printed = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
      env: { ...process.env, TZ: zone },
      encoding: "utf8",
    });
    expect(JSON.parse(printed)).toEqual([
      false,
      bare.publishedThrough,
      [...REST_ON_WEEKDAYS_2026.map(() => false), ...WORK_ON_WEEKENDS_2026.map(() => true)],
    ]);
  });
});
