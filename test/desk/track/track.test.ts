import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Told } from "../../../src/desk/track/track.ts";
import { trackAfter, trackFrom, trackOf } from "../../../src/desk/track/track-record.ts";
import { stories } from "../../digest/random-lives.ts";

const HOUR = 3_600_000;
const OPENED: Told = { event: "opened", at: 0, received: 0, due: 8 * HOUR, acceptBy: HOUR / 2 };

function heard(...later: readonly Told[]) {
  const track = trackFrom(trackOf([OPENED, ...later]), 0);
  if (track === null) throw new Error("a story begins with opened");
  return track;
}

/** The act and, five minutes later, that it is taken back. */
function undone(before: readonly Told[], ...act: readonly Told[]) {
  const at = (act.at(-1)?.at ?? 0) + HOUR / 12;
  return heard(...before, ...act, { event: "undone", at, back: { track: trackOf([OPENED, ...before]) } });
}

describe("the track of a ticket", () => {
  it("is the same told event by event as told at once", () => {
    fc.assert(
      fc.property(stories, (all) => {
        for (const { events } of all) {
          const [first, ...rest] = events;
          if (!first) continue;
          const line = rest.reduce((track, told) => trackAfter(track, first.at, told), trackOf([first]));
          expect(line).toBe(trackOf(events));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("is passed over where the story does not begin with opened, or nothing is known of it", () => {
    expect(trackOf([])).toBe("");
    expect(trackOf([{ event: "accepted", at: 1 }])).toBe("");
    expect(trackAfter("", 0, { event: "accepted", at: 1 })).toBe("");
    expect(trackFrom("", 0)).toBeNull();
  });

  it("passes over events that it does not know", () => {
    expect(heard({ event: "polished", at: 5, due: 7 })).toEqual(heard());
  });

  it("keeps what a ledger says: the first answer, how often what happened, and why it ended", () => {
    const track = heard(
      { event: "accepted", at: 1 },
      { event: "handed-over", at: 2, acceptBy: 3 },
      { event: "accepted", at: 4 },
      { event: "urged", at: 5 },
      { event: "urged", at: 6 },
      { event: "extended", at: 7, due: 9 * HOUR },
      { event: "withdrawn", at: 8, reason: "不办了" },
    );
    expect(track).toMatchObject({ accepted: 1, reason: "不办了" });
    expect(track.counts).toEqual({ reopened: 0, urged: 2, paused: 0, extended: 1 });
  });
});

describe("what was taken back", () => {
  it("runs on as if it had not been resolved", () => {
    const track = undone([{ event: "accepted", at: 1 }], { event: "resolved", at: HOUR });
    expect(track.standing()).toBe("active");
    expect(track.pledge.coming()).toEqual({ at: 8 * HOUR, kept: false, round: 1 });
    expect(track.response.fallen).toEqual([{ at: HOUR / 2, kept: true, round: 1 }]);
  });

  it("stays counted where it fell due meanwhile: yesterday's figures do not change", () => {
    const act = { event: "resolved", at: 8 * HOUR - 1 };
    expect(undone([{ event: "accepted", at: 1 }], act).pledge).toMatchObject({
      state: "over",
      fallen: [{ at: 8 * HOUR, kept: true, round: 1 }],
    });
  });

  it("keeps the first promise where it was reopened by a slip, and the answer that an earlier helper gave", () => {
    const before = [
      { event: "accepted", at: 1 },
      { event: "resolved", at: HOUR },
      { event: "rated", at: HOUR + 1, rating: 4 },
    ];
    const track = undone(before, { event: "reopened", at: 2 * HOUR, due: 20 * HOUR, acceptBy: 3 * HOUR });
    expect(track).toMatchObject({ round: 1, rounds: 2, isMarked: true, counts: { reopened: 0 } });
    expect(track.standing()).toBe("resolved");
    expect(track.pledge.coming()).toEqual({ at: 8 * HOUR, kept: true, round: 1 });
    const passed = undone(
      [
        { event: "accepted", at: 1 },
        { event: "handed-over", at: 2, acceptBy: 9 },
      ],
      {
        event: "accepted",
        at: 3,
      },
    );
    expect(passed.response.coming()).toMatchObject({ kept: true });
  });

  it("leaves no rating, and a corrected one as it was", () => {
    const resolved = [
      { event: "accepted", at: 1 },
      { event: "resolved", at: 2 },
    ];
    expect(undone(resolved, { event: "rated", at: 3, rating: 1 }).marks).toMatchObject([
      [{ rating: 1, gone: 300_003 }],
    ]);
    const corrected = undone([...resolved, { event: "rated", at: 3, rating: 5 }], { event: "rated", at: 4, rating: 1 });
    expect(corrected.marks).toMatchObject([
      [
        { rating: 5, gone: null },
        { rating: 1, gone: 300_004 },
      ],
    ]);
  });

  it("of a story that does not say how it was: stands as it says, and the promise runs", () => {
    const slip = { event: "undone", at: 3, back: { state: "accepted" } };
    const track = heard({ event: "accepted", at: 1 }, { event: "resolved", at: 2 }, slip);
    expect(track.standing()).toBe("active");
    expect(track.pledge.coming()).toMatchObject({ kept: false });
    expect(heard({ event: "withdrawn", at: 2 }, slip).pledge.coming()).toMatchObject({ at: 8 * HOUR, kept: false });
    expect(heard({ event: "urged", at: 2 }, { event: "undone", at: 3, back: {} }).standing()).toBe("active");
  });
});
