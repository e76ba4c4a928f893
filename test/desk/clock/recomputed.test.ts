import { describe, expect, it } from "vitest";
import { recomputed } from "../../../src/desk/clock/recomputed.ts";
import { given, isItem, MINUTE, OPENED, quoteOf, said, setting } from "../scene-given.ts";

const DAY = 24 * 60 * MINUTE;

describe("a promise by the hours of now", () => {
  it.each([
    ["from the same moment", OPENED.due],
    ["from one that got more time", OPENED.due + 3 * DAY],
  ])("of a case that was split off %s is as it was given", (_from, due) => {
    const whole = given("017", ["matched", "accepted"], { due });
    const means = { 请一位老师讲党课: isItem("lecturer") };
    const { decision } = said("拆分 请一位老师讲党课", {
      by: "sun.san",
      tickets: [whole],
      quote: quoteOf("017"),
      means,
    });
    const opened = decision.changes.find(({ before }) => before === null);
    if (!opened) throw new Error("nothing was split off");
    expect(recomputed(opened.after, opened.events, setting())).toBeNull();
  });

  it("is not moved by a pause that began when it was over", () => {
    const { ticket } = given("017", ["matched"]);
    const cause = { by: "h02", message: null };
    const story = [
      { ...OPENED, at: OPENED.received, by: OPENED.asker, message: null },
      { event: "paused", reason: "等名单", until: OPENED.due + 3 * DAY, at: OPENED.due + MINUTE, ...cause },
      { event: "resumed", due: OPENED.due, provisional: false, at: OPENED.due + DAY, ...cause },
    ] as const;
    expect(recomputed(ticket, story, setting())).toBeNull();
  });

  it("moves with the close of the day, and keeps what was agreed on", () => {
    const here = setting();
    const hours = { ...here.station.hours, close: here.station.hours.close - 30 };
    const earlier = { ...here, station: { ...here.station, hours } };
    const { ticket } = given("017", ["matched"]);
    const opened = { ...OPENED, at: OPENED.received, by: OPENED.asker, message: null };
    expect(recomputed(ticket, [opened], earlier)?.due).toBe(OPENED.due - 30 * MINUTE);
    const agreed = { event: "extended", due: OPENED.due + DAY, provisional: false, reason: "" } as const;
    const extended = { ...agreed, at: OPENED.received + MINUTE, by: "chief", message: null };
    const later = { ...ticket, due: agreed.due };
    expect(recomputed(later, [opened, extended], earlier)).toBeNull();
  });
});
