/**
 * What the desk was told about its own understanding: a phrase and the item that was right. Kept as a proposal for whoever
 * looks after the phrases (`npm run desk -- learn`); nothing is learnt by itself.
 */
import { z } from "zod";
import type { Write } from "../../lanes/commit.ts";
import { keys } from "../../store/keys.ts";
import { plain } from "../../words/plain.ts";
import type { Lesson } from "../decision.ts";
import type { Draft } from "../draft.ts";
import type { Scene } from "../scene.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { maskNames } from "./details-shown.ts";

/** Beyond that the oldest are forgotten: a street office reviews its phrases more often. */
const KEPT = 2_000;
/** As long as a phrase of `intents/` may be. */
const PHRASE_CHARACTERS = 200;
const PICTURES = /\s*\[[\p{L}]+×\d+\]/gu;

/** The item of `ticket`, as it was before, is `item` in truth. The chief's triage of an `other` tells it with `by`. */
export function teach(
  draft: Draft,
  scene: Pick<Scene, "station" | "now">,
  ticket: Ticket,
  item: string,
  by: Lesson["by"] = ticket.item === null ? "answer" : "change",
): void {
  const phrase = plain(maskNames(scene, ticket.text.replace(PICTURES, ""), ticket), PHRASE_CHARACTERS);
  if (ticket.item === item || phrase === "") return;
  draft.learn({ number: ticket.number, at: scene.now, phrase, from: ticket.item, to: item, by });
}

export function lessonWrites(lessons: readonly Lesson[]): Write[] {
  if (lessons.length === 0) return [];
  return [
    ["RPUSH", keys.lessons, ...lessons.map((lesson) => JSON.stringify(lesson))],
    ["LTRIM", keys.lessons, String(-KEPT), "-1"],
  ];
}

const lessonSchema = z.object({
  number: z.string(),
  at: z.number(),
  phrase: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  by: z.enum(["change", "answer", "triage"]),
});

/** Null for a line that is none. */
export function readLesson(line: string): Lesson | null {
  try {
    return lessonSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
