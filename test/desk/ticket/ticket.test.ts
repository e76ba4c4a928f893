import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextStep } from "../../../src/desk/clock/next-step.ts";
import type { Happening } from "../../../src/desk/ticket/event.ts";
import { STATES } from "../../../src/desk/ticket/state-machine.ts";
import { fromStoryLine, toStoryLine } from "../../../src/desk/ticket/story-record.ts";
import { evolve, isActive, isEnded, mayHappen, openTicket, replay } from "../../../src/desk/ticket/ticket.ts";
import { fromRecord, toRecord } from "../../../src/desk/ticket/ticket-record.ts";
import { eventOf, given, HAPPENINGS, MINUTE, NOW, OPENED, TIMES } from "../scene-given.ts";

const EVENTS = Object.keys(HAPPENINGS) as (keyof typeof HAPPENINGS)[];
/** Which event leads where; everything that is not named cannot happen. */
const LEADS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  open: {
    matched: "open",
    located: "open",
    passed: "open",
    reminded: "open",
    "put-off": "open",
    accepted: "accepted",
    noted: "open",
    detailed: "open",
    alarmed: "open",
    undone: "open",
    urged: "open",
    light: "open",
    recomputed: "open",
    "handed-over": "open",
    assigned: "open",
    returned: "open",
    assisted: "open",
    proposed: "open",
    refused: "open",
    lapsed: "open",
    extended: "open",
    absorbed: "open",
    supervised: "open",
    declined: "declined",
    merged: "merged",
    withdrawn: "withdrawn",
  },
  accepted: {
    matched: "accepted",
    located: "accepted",
    passed: "accepted",
    noted: "accepted",
    detailed: "accepted",
    alarmed: "accepted",
    undone: "accepted",
    urged: "accepted",
    light: "accepted",
    recomputed: "accepted",
    resolved: "resolved",
    "handed-over": "open",
    assigned: "open",
    returned: "open",
    assisted: "accepted",
    paused: "paused",
    proposed: "accepted",
    refused: "accepted",
    lapsed: "accepted",
    extended: "accepted",
    absorbed: "accepted",
    supervised: "accepted",
    declined: "declined",
    merged: "merged",
    withdrawn: "withdrawn",
  },
  paused: {
    matched: "paused",
    light: "paused",
    located: "paused",
    passed: "paused",
    noted: "paused",
    detailed: "paused",
    alarmed: "paused",
    undone: "paused",
    urged: "paused",
    recomputed: "paused",
    resolved: "resolved",
    assisted: "paused",
    resumed: "accepted",
    proposed: "paused",
    refused: "paused",
    lapsed: "paused",
    extended: "paused",
    absorbed: "paused",
    supervised: "paused",
    declined: "declined",
    merged: "merged",
    withdrawn: "withdrawn",
  },
  resolved: {
    noted: "resolved",
    supervised: "resolved",
    undone: "resolved",
    "caller-named": "resolved",
    "called-back": "resolved",
    reminded: "resolved",
    rated: "resolved",
    reopened: "open",
    closed: "closed",
  },
  closed: { rated: "closed", reopened: "open", undone: "closed" },
  withdrawn: { undone: "withdrawn" },
  declined: { undone: "declined" },
  merged: { unmerged: "open", undone: "merged" },
};

describe("the states of a ticket", () => {
  for (const state of STATES) {
    it.each(EVENTS)(`${state}: %s`, (event) => {
      const { ticket } = given("017", ["matched"], { state });
      const next = LEADS[state]?.[event];
      expect(mayHappen(ticket, event)).toBe(next !== undefined);
      if (next) expect(evolve(ticket, eventOf(HAPPENINGS[event])).state).toBe(next);
      else expect(() => evolve(ticket, eventOf(HAPPENINGS[event]))).toThrow(/cannot happen/u);
    });
  }

  it("are either worked on, at their end, or resolved", () => {
    for (const state of STATES)
      expect(Number(isActive({ state })) + Number(isEnded({ state }))).toBe(state === "resolved" ? 0 : 1);
  });

  it("returns to resolved when a closed one is rated low after all: somebody calls back", () => {
    const { ticket } = given("017", ["matched", "accepted", "resolved", "rated", "closed"]);
    expect(evolve(ticket, eventOf({ event: "rated", rating: 2, callBackBy: NOW }))).toMatchObject({
      state: "resolved",
      rating: 2,
    });
    expect(evolve(ticket, eventOf({ event: "rated", rating: 3, callBackBy: null }))).toMatchObject({
      state: "closed",
      rating: 3,
    });
  });

  it("keeps the first helper named, whoever has it now", () => {
    expect(given("017", ["matched", "passed"]).ticket).toMatchObject({ owner: "h01", first: "h02" });
  });
});

const stories = fc.array(fc.constantFrom<Happening>(...Object.values(HAPPENINGS)), { maxLength: 25 }).map((wishes) => {
  const opened = { ...OPENED, at: OPENED.received, by: OPENED.asker, message: "m" };
  let ticket = openTicket("T1", "20261207-001", opened);
  const events = [eventOf(opened, opened.at)];
  for (const [i, wish] of wishes.entries()) {
    if (!mayHappen(ticket, wish.event)) continue;
    const event = eventOf(wish, NOW + i);
    ticket = evolve(ticket, event);
    events.push(event);
  }
  return { ticket, events };
});

describe("whatever happens to a ticket", () => {
  it("its story replays to it, also through what Redis keeps", () => {
    fc.assert(
      fc.property(stories, ({ ticket, events }) => {
        const kept = events.map((event) => fromStoryLine(toStoryLine(event)));
        expect(kept).toEqual(events);
        expect(replay("T1", "20261207-001", kept)).toEqual(ticket);
      }),
    );
  });

  it("its record reads back as it was", () => {
    fc.assert(
      fc.property(stories, ({ ticket }) => {
        const record = new Map(Object.entries(toRecord(ticket)).flatMap(([k, v]) => (v === null ? [] : [[k, v]])));
        expect(fromRecord("T1", record).ticket).toEqual(ticket);
      }),
    );
  });

  it("it is closed or resolved only with a result, and rated only then", () => {
    fc.assert(
      fc.property(stories, ({ ticket }) => {
        const finished = ticket.state === "resolved" || ticket.state === "closed";
        expect(ticket.result !== null && ticket.resolvedAt !== null).toBe(finished);
        if (ticket.rating !== null) expect(finished).toBe(true);
      }),
    );
  });
});

describe("a story", () => {
  it("begins with opened", () => {
    expect(() => replay("T1", "20261207-001", [])).toThrow(/begins with opened/u);
    expect(() => replay("T1", "20261207-001", [eventOf(HAPPENINGS.accepted)])).toThrow(/begins with opened/u);
  });
});

describe("the clock has something to do", () => {
  it("ten minutes after a question that nobody answered", () => {
    expect(nextStep(given("017").ticket, TIMES)).toEqual({ at: OPENED.received + 10 * MINUTE, step: "unanswered" });
  });
  it("in the morning, if it was asked at night", () => {
    const acceptBy = NOW + 600 * MINUTE;
    expect(nextStep(given("017", [], { acceptBy, light: "red" }).ticket, TIMES)).toEqual({
      at: acceptBy,
      step: "unanswered",
    });
  });
  it("when whoever is responsible should have accepted, and no longer once they have", () => {
    expect(nextStep(given("017", ["matched"]).ticket, TIMES)).toEqual({ at: OPENED.acceptBy, step: "unaccepted" });
    expect(nextStep(given("017", ["matched", "accepted"]).ticket, TIMES)?.step).toBe("light");
    expect(nextStep(given("017", ["withdrawn"]).ticket, TIMES)).toBeNull();
  });
  it("while it is worked on and its last light is not lit; not while it waits for the asker", () => {
    const at = (text: string) => Date.parse(`${text}+08:00`);
    const lit = (light: "blue" | "yellow" | "red" | null) =>
      nextStep(given("017", ["matched", "accepted"], { light }).ticket, TIMES);
    expect(lit(null)).toEqual({ at: at("2026-12-07T17:00:00"), step: "light" });
    expect(lit("blue")).toEqual({ at: at("2026-12-07T18:00:00"), step: "light" });
    expect(lit("yellow")).toEqual({ at: at("2026-12-08T18:00:00"), step: "light" });
    expect(lit("red")).toBeNull();
    expect(nextStep(given("017", ["matched", "accepted", "paused"]).ticket, TIMES)?.step).toBe("pause-over");
  });
  it("while nobody is responsible, also with an item", () => {
    expect(nextStep(given("017", ["matched"], { owner: null }).ticket, TIMES)?.step).toBe("unanswered");
  });
});
