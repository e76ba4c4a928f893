/** The floor under the matcher: natural's classifiers. What does not beat them is not worth its lines. */
import { describe, expect, it } from "vitest";
import { openFloors } from "../../src/understanding/floors.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { openScorer, trainMachines } from "../../src/understanding/machines.ts";
import { prepareLessons } from "../../src/understanding/train.ts";

const ITEMS = ["venue", "event-support", "lecturer", "partnership", "craft", "theme-day", "brand", "branch-meeting"];
const PHRASES = 60;
/** Of so many phrases one is asked and the others are taught. */
const EVERY = 4;

describe("the matcher and its floor", () => {
  const all = readIntents("intents");
  const items = new Map(
    [...all.items].flatMap(([id, item]) =>
      ITEMS.includes(id) ? [[id, { ...item, phrases: item.phrases.slice(0, PHRASES) }] as const] : [],
    ),
  );
  const lessons = prepareLessons({ ...all, items, commands: [], other: [], smalltalk: [], twoRequests: [] });
  const rows = [...lessons.truth.keys()];
  const asked = rows.filter((row) => row % EVERY === 0);
  const labelOf = (row: number) => lessons.labels[lessons.truth[row] ?? 0] ?? "";
  const shareRight = (guess: (row: number) => string | undefined) => {
    return asked.filter((row) => guess(row) === labelOf(row)).length / asked.length;
  };

  const taught = rows.filter((row) => row % EVERY !== 0);
  const score = openScorer(trainMachines(lessons, Int32Array.from(taught), () => {}));
  const matched = shareRight((row) => {
    const { offsets, columns, values } = lessons.rows;
    const { margins } = score(columns, values, offsets[row] ?? 0, offsets[row + 1] ?? 0);
    const own = margins.subarray(0, items.size);
    return lessons.labels[own.indexOf(Math.max(...own))];
  });
  const phrases = new Map(
    ITEMS.map((id) => [id, taught.filter((row) => labelOf(row) === id).map((row) => lessons.texts[row] ?? "")]),
  );

  it.each(openFloors(phrases))("beats $name on phrases that neither has seen", ({ guess }) => {
    expect(matched).toBeGreaterThan(shareRight((row) => guess(lessons.texts[row] ?? "")) + 0.02);
    expect(matched).toBeGreaterThan(0.7);
  });
});
