import { describe, expect, it } from "vitest";
import { type Kind, periodOf } from "../../src/digest/period.ts";
import { lastLetter, nextLetter, sendingOf, untoldBefore } from "../../src/digest/schedule.ts";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { addDays, isoShanghai, shanghaiDate, weekday } from "../../src/pledge/hours.ts";
import { DIGEST_DEFAULTS, type LetterTimes } from "../../src/station/digest-settings.ts";
import { at, calendar, hours } from "./given.ts";

const text = (moment: number | null) => (moment === null ? null : isoShanghai(moment).slice(0, 16));
const next = (kind: Kind, after: string, times: LetterTimes = DIGEST_DEFAULTS) =>
  text(nextLetter(kind, at(after), calendar, times));

/** The days of 2026 on which such a letter goes. */
function daysOf(kind: Kind, times: LetterTimes = DIGEST_DEFAULTS): string[] {
  const days: string[] = [];
  for (let moment = at("2025-12-31T23:59"); ; ) {
    const following = nextLetter(kind, moment, calendar, times);
    if (following === null || following > at("2026-12-31T23:59")) return days;
    days.push(shanghaiDate(following));
    moment = following;
  }
}

describe("over the year 2026", () => {
  it("the daily letter goes on every working day, make-up days among them", () => {
    const days = daysOf("day");
    expect(days).toHaveLength(248);
    expect(days).toEqual(expect.arrayContaining(["2026-01-04", "2026-02-14", "2026-10-10", "2026-12-31"]));
    expect(days.filter((day) => day >= "2026-10-01" && day <= "2026-10-07")).toEqual([]);
  });

  it("the weekly letter goes on Fridays, and where those rest on the week's last working day", () => {
    const days = daysOf("week");
    expect(days.filter((day) => weekday(day) !== 5)).toEqual([
      // Sunday: a make-up day, and the week's last.
      "2026-01-04",
      "2026-04-30",
      "2026-06-18",
      "2026-09-24",
      "2026-09-30",
    ]);
    // Friday stays Friday where the Saturday behind it is a make-up day.
    expect(days).toContain("2026-02-13");
    expect(days).toContain("2026-10-09");
    // The week of the Spring Festival has no working day.
    expect(days.filter((day) => day > "2026-02-13" && day < "2026-02-27")).toEqual([]);
    expect(new Set(days.map((day) => addDays(day, -((weekday(day) + 6) % 7)))).size).toBe(days.length);
  });

  it("the monthly letter goes on the month's last working day", () => {
    expect(daysOf("month")).toEqual([
      "2026-01-30",
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-29",
      "2026-06-30",
      "2026-07-31",
      "2026-08-31",
      "2026-09-30",
      "2026-10-30",
      "2026-11-30",
      "2026-12-31",
    ]);
  });
});

describe("the next letter", () => {
  it("is strictly after the one before", () => {
    expect(next("day", "2026-11-23T17:29")).toBe("2026-11-23T17:30");
    expect(next("day", "2026-11-23T17:30")).toBe("2026-11-24T17:30");
    expect(next("day", "2026-09-30T17:30")).toBe("2026-10-08T17:30");
  });

  it("crosses the year, by plain weekdays where no calendar is published", () => {
    expect(next("day", "2026-12-31T17:30")).toBe("2027-01-01T17:30");
    const known = openCalendar({ rest: ["2027-01-01"], work: [] });
    expect(text(nextLetter("day", at("2026-12-31T17:30"), known, DIGEST_DEFAULTS))).toBe("2027-01-04T17:30");
    expect(text(nextLetter("week", at("2026-12-26T00:00"), known, DIGEST_DEFAULTS))).toBe("2026-12-31T17:30");
  });

  it("goes by the station's own times", () => {
    const times: LetterTimes = {
      day: { at: 9 * 60, on: "every-day", sections: null },
      week: { at: 16 * 60, on: "thursday", sections: null },
      month: null,
    };
    expect(next("day", "2026-10-02T12:00", times)).toBe("2026-10-03T09:00");
    expect(next("week", "2026-11-23T09:00", times)).toBe("2026-11-26T16:00");
    expect(next("month", "2026-11-23T09:00", times)).toBeNull();
  });

  it("is none in a calendar without working days", () => {
    const never = openCalendar({ rest: Array.from({ length: 200 }, (_, i) => addDays("2026-06-01", i)), work: [] });
    expect(nextLetter("day", at("2026-06-01T00:00"), never, DIGEST_DEFAULTS)).toBeNull();
    expect(nextLetter("week", at("2026-06-01T00:00"), never, DIGEST_DEFAULTS)).toBeNull();
  });
});

it("the newest that should have gone is found from behind", () => {
  const last = (kind: Kind, now: string) => text(lastLetter(kind, at(now), calendar, DIGEST_DEFAULTS));
  expect(last("day", "2026-11-23T17:30")).toBe("2026-11-23T17:30");
  expect(last("day", "2026-11-23T17:29")).toBe("2026-11-20T17:30");
  expect(last("week", "2026-10-08T10:00")).toBe("2026-09-30T17:30");
  expect(last("month", "2026-11-29T10:00")).toBe("2026-10-30T17:30");
});

describe("what the letter before could not tell whole", () => {
  const untold = (kind: Kind, date: string, times: LetterTimes = DIGEST_DEFAULTS) => {
    const found = untoldBefore(periodOf(kind, date), calendar, times);
    return found && `${found.kind} ${found.from} ${found.to}`;
  };
  it.each([
    ["day", "2026-11-24", "day 2026-11-23 2026-11-23"],
    ["day", "2026-11-23", "null 2026-11-20 2026-11-22"],
    ["day", "2026-10-08", "null 2026-09-30 2026-10-07"],
    // A day off is not told by a letter of its own; it is asked about all the same.
    ["day", "2026-11-22", "null 2026-11-20 2026-11-21"],
    ["week", "2026-12-16", "week 2026-12-07 2026-12-13"],
    // Between these two lies the week of the Spring Festival.
    ["week", "2026-02-27", "null 2026-02-09 2026-02-22"],
    ["month", "2026-12-31", "month 2026-11-01 2026-11-30"],
  ] as const)("%s %s: %s", (kind, date, expected) => expect(untold(kind, date)).toBe(expected));

  it("is every day once, from letter to letter, whole days", () => {
    const days = daysOf("day").map((date) => untoldBefore(periodOf("day", date), calendar, DIGEST_DEFAULTS));
    for (const [i, each] of days.entries()) if (i > 0) expect(each?.from).toBe(addDays(days[i - 1]?.to ?? "", 1));
  });

  it("is nothing where no such letter goes, or somebody chose the days", () => {
    expect(untold("day", "2026-11-24", { ...DIGEST_DEFAULTS, day: null })).toBeNull();
    expect(untoldBefore({ kind: null, from: "2026-11-01", to: "2026-11-02" }, calendar, DIGEST_DEFAULTS)).toBeNull();
  });
});

describe("late", () => {
  const sending = (scheduled: string, now: string) => {
    const answer = sendingOf(at(scheduled), at(now), calendar, hours);
    return answer.kind === "wait" ? text(answer.until) : answer.kind;
  };
  it.each([
    ["too early", "2026-11-23T17:30", "2026-11-23T17:00", "2026-11-23T17:30"],
    ["on time", "2026-11-23T17:30", "2026-11-23T17:30", "now"],
    ["on its evening", "2026-11-23T17:30", "2026-11-23T19:50", "now"],
    ["in the quiet hours it waits for the morning", "2026-11-23T17:30", "2026-11-23T22:10", "2026-11-24T08:30"],
    ["before dawn likewise", "2026-11-23T17:30", "2026-11-24T05:00", "2026-11-24T08:30"],
    ["on the next working day", "2026-11-23T17:30", "2026-11-24T11:59", "now"],
    ["behind its close it is no news any more", "2026-11-27T17:30", "2026-11-30T18:01", "over"],
    ["on a Saturday it waits for Monday", "2026-11-27T17:30", "2026-11-28T10:00", "2026-11-30T08:30"],
    ["over National Day it waits", "2026-09-30T17:30", "2026-10-03T10:00", "2026-10-08T08:30"],
    ["two working days later it is over", "2026-11-23T17:30", "2026-11-25T09:00", "over"],
    ["the evening after next is over and waits for nothing", "2026-11-23T17:30", "2026-11-24T21:00", "over"],
    ["on a rest day for which it was asked", "2026-11-28T09:00", "2026-11-28T09:01", "now"],
  ])("%s", (_, scheduled, now, expected) => {
    expect(sending(scheduled, now)).toBe(expected);
  });
});
