/** An order that names several tickets: merged into one, or done to each of them. */
import type { CommandId } from "../../understanding/understanding.ts";
import { mergeUnclear } from "../../words/merging.ts";
import * as toAnybody from "../../words/replies.ts";
import type { Draft } from "../draft.ts";
import type { Scene } from "../scene.ts";
import { explicitCommand } from "./command.ts";
import { merge, ticketsToMerge } from "./merging.ts";
import { perform } from "./perform.ts";
import { eachNamed } from "./target.ts";
import { SURELY } from "./unnamed.ts";

/** What is often ordered of several tickets at once, and means the same of each. */
const OF_EACH = ["accept", "progress", "resolve", "urge", "query"] as const satisfies readonly CommandId[];

/** 合并 017 018, 017和018是同一件事: the only order that is about several tickets at once. */
export function mergesNamed(draft: Draft, scene: Scene): boolean {
  const { numbers, known, message } = scene;
  const several = ticketsToMerge(scene);
  if (several.length < 2) return false;
  const explicit = explicitCommand(scene, numbers.rest);
  if (explicit && explicit.command !== "merge") return false;
  if (!explicit) {
    const { command, confidence } = scene.understand(message.text);
    if (scene.person === null || command !== "merge" || confidence < SURELY) return false;
  }
  const bare = several.filter((stored) => !known.named.includes(stored));
  const fits = (short: string) => bare.filter(({ ticket }) => ticket.number.endsWith(`-${short}`));
  if (numbers.shorts.some((short) => fits(short).length > 1)) draft.answer(mergeUnclear(scene.prompts));
  else merge(draft, scene, several);
  return true;
}

/** 接单 001 002, 001、002 办结 已送达: what may be said of each of them in one breath. */
export function actsOnEach(draft: Draft, scene: Scene): boolean {
  const explicit = explicitCommand(scene, scene.numbers.rest);
  const act = explicit && OF_EACH.find((each) => each === explicit.command);
  if (!explicit || !act || (isTelling(act) && explicit.argument === "")) return false;
  const named = eachNamed(scene);
  if (named === null) return false;
  for (const stored of named.each) perform(draft, scene, stored, explicit);
  for (const number of named.missing) draft.answer(toAnybody.noSuchTicket(number, scene.prompts));
  return true;
}

function isTelling(act: (typeof OF_EACH)[number]): boolean {
  return act === "progress" || act === "resolve";
}
