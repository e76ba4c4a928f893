/** A request becomes a ticket, or joins the one that the same person has just opened. */
import { createHash } from "node:crypto";
import { whenText } from "../pledge/when.ts";
import type { Understanding } from "../understanding/understanding.ts";
import * as words from "../words/desk.ts";
import { plain } from "../words/plain.ts";
import { pictures } from "./acts.ts";
import { type Draft, pledgeFrom } from "./draft.ts";
import type { Who } from "./event.ts";
import { itemName, named } from "./facts.ts";
import { announce, matchTo, optionsOf, traceOf } from "./matching.ts";
import type { Scene } from "./scene.ts";
import { isActive, OTHER, type Ticket } from "./ticket.ts";

/** Messages of one person within two minutes about the same thing are one request (desk-practice 2). */
const JOIN_MS = 2 * 60_000;
/** The very same text again is the same request for longer. */
const SAME_TEXT_MS = 10 * 60_000;

/** Opens a ticket for each item that is asked for; all of them share one receipt. */
export function openRequest(
  draft: Draft,
  scene: Scene,
  text: string,
  understanding: Understanding,
  recorder: Who | null,
): void {
  const items = understanding.kind === "item" ? understanding.items : [understanding.kind === "other" ? OTHER : null];
  let newest: Ticket | null = null;
  for (const item of items) newest = openOne(draft, scene, text, understanding, item, recorder);
  if (!newest) return;
  draft.remember(scene, newest.id, fingerprint(text));
  if (newest.item === null) {
    draft.ask(scene, { kind: "item", ticket: newest.id, options: optionsOf(newest), misses: 0 });
  } else if (newest.enterprise === null) {
    draft.answer(words.whichEnterprise(scene.prompts), newest);
    draft.ask(scene, { kind: "enterprise", ticket: newest.id, options: [], misses: 0 });
  }
}

function openOne(
  draft: Draft,
  scene: Scene,
  text: string,
  understanding: Understanding,
  item: string | null,
  recorder: Who | null,
): Ticket {
  const { station, enterprise, group, message, conversation, now, intents } = scene;
  const likeliest = item ?? understanding.candidates[0]?.item ?? OTHER;
  // While the item is being asked the pledge already runs, by the size of the likeliest one.
  const { why, ...pledge } = pledgeFrom(scene, now, intents.items.get(likeliest)?.size ?? "big");
  const point = (enterprise === null ? null : station.enterprise(enterprise)?.point) ?? group?.point ?? null;
  const attached = pictures(scene);
  const opened = draft.open(scene.newId(), {
    event: "opened",
    text: attached ? `${text} ${attached}` : text,
    platform: message.platform,
    conversation,
    asker: scene.who,
    recorder,
    enterprise,
    point,
    received: now,
    size: intents.items.get(likeliest)?.size ?? "big",
    ...pledge,
    match: traceOf(understanding),
  });
  if (item === null) {
    const options = optionsOf(opened).map((option) => itemName(scene, option));
    const facts = { ...named(opened), text: plain(text), due: whenText(opened.due, now), options };
    draft.answer(words.whichItem(facts, scene.prompts), opened);
    return opened;
  }
  const matched = matchTo(draft, scene, opened, item, null, now);
  announce(draft, scene, matched);
  return matched.ticket;
}

/** Whether this message belongs to the ticket that the same person opened a moment ago; if so, it is noted there. */
export function joinLast(draft: Draft, scene: Scene, text: string, understanding: Understanding): boolean {
  const { last, talk } = scene.known;
  if (!last || !isActive(last.ticket)) return false;
  const age = scene.now - talk.lastAt;
  const same = age <= SAME_TEXT_MS && talk.lastText === fingerprint(text);
  const continues = age <= JOIN_MS && understanding.kind === "unclear";
  if (!same && !continues) return false;
  if (same) {
    draft.answer(words.joined(named(last.ticket), words.alreadyTaken()), last.ticket);
    return true;
  }
  const ticket = draft.happen(last, { event: "noted", kind: "supplement", text });
  draft.answer(words.joined(named(ticket), plain(text)), ticket);
  if (ticket.owner) draft.mention(ticket.owner, ticket, words.supplementForHelper(named(ticket), plain(text, 500)));
  return true;
}

/** Tells two texts apart without keeping either. */
function fingerprint(text: string): string {
  return createHash("sha256").update(text.replace(/\s+/gu, "")).digest("hex").slice(0, 16);
}
