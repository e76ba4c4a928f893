/** A request becomes a ticket, or several; the very same text again becomes none. */
import { createHash } from "node:crypto";
import type { Understanding } from "../../understanding/understanding.ts";
import * as toCompany from "../../words/company.ts";
import { type Draft, pledgeFrom } from "../draft.ts";
import { named } from "../lines/facts.ts";
import { type Home, homeHere } from "../lines/home.ts";
import type { Scene } from "../scene.ts";
import type { Via, Who } from "../ticket/event.ts";
import { withPictures } from "../ticket/pictures.ts";
import { isActive, OTHER, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { keepDetails } from "./details.ts";
import { askEnterprise } from "./enterprise-question.ts";
import { askItem } from "./item-question.ts";
import { announceAll, type Matched, matchTo, traceOf } from "./matching.ts";

/** The very same text again is the same request for longer. */
const SAME_TEXT_MS = 10 * 60_000;
/** A commit opens no more (design.md 4). */
const TICKETS_MAX = 10;

/** Where a request lives, and how it came. */
interface How {
  readonly home: Home;
  readonly via: Via | null;
}

interface Wanted {
  readonly item: string | null;
  /** What was typed of it, where that could be told apart. */
  readonly text: string;
}

/** Opens a ticket for each item that is asked for; all of them share one receipt. */
export function openRequest(
  draft: Draft,
  scene: Scene,
  text: string,
  understanding: Understanding,
  recorder: Who | null,
  how: How = { home: homeHere(scene), via: null },
): void {
  const opened = openEach(draft, scene, text, understanding, recorder, how);
  const matched = opened.filter((each) => "ownerWhy" in each);
  const newest = opened.map((each) => ("ownerWhy" in each ? each.ticket : each)).at(-1);
  if (!newest) return;
  draft.remember(scene, newest.id, fingerprint(text));
  if (newest.item === null) {
    askItem(draft, scene, newest);
    return;
  }
  announceAll(draft, scene, matched);
  if (newest.enterprise === null) askEnterprise(draft, scene, newest);
}

/** Opens a ticket for each item, and says nothing. */
export function openEach(
  draft: Draft,
  scene: Scene,
  text: string,
  understanding: Understanding,
  recorder: Who | null,
  how: How,
): (Ticket | Matched)[] {
  return wantedOf(text, understanding).map((wanted) => openOne(draft, scene, wanted, understanding, recorder, how));
}

function wantedOf(text: string, { kind, items, parts = [] }: Understanding): Wanted[] {
  if (kind !== "item") return [{ item: kind === "other" ? OTHER : null, text }];
  return items.slice(0, TICKETS_MAX).map((item) => {
    return { item, text: parts.find((part) => part.item === item)?.text.trim() || text };
  });
}

function openOne(
  draft: Draft,
  scene: Scene,
  { item, text }: Wanted,
  understanding: Understanding,
  recorder: Who | null,
  { home, via }: How,
): Ticket | Matched {
  const { now, intents } = scene;
  // While the item is being asked the pledge already runs, by the size of the likeliest one.
  const size = intents.items.get(item ?? understanding.candidates[0]?.item ?? OTHER)?.size ?? "big";
  const { why: _, ...pledge } = pledgeFrom(scene, now, size);
  const opened = draft.open(scene.newId(), {
    event: "opened",
    text: withPictures(scene, text),
    ...home,
    asker: scene.who,
    recorder,
    ...(via === null ? {} : { via }),
    received: now,
    size,
    ...pledge,
    match: traceOf(understanding),
  });
  if (item === null) return keepDetails(draft, scene, opened, text, now).ticket;
  return matchTo(draft, scene, opened, item, now);
}

/** The very same text again, by a slip or out of impatience: nothing happens twice. */
export function isRepeated(draft: Draft, scene: Scene, text: string): boolean {
  const { last, talk, mine } = scene.known;
  const repeated = scene.now - talk.lastAt <= SAME_TEXT_MS && talk.lastText === fingerprint(text);
  if (!repeated || !last || !isActive(last.ticket)) return false;
  // What one message opened has one moment of receipt.
  const twin = ({ ticket }: StoredTicket) => ticket.id !== last.ticket.id && ticket.received === last.ticket.received;
  const taken = [...mine.filter((stored) => twin(stored) && isActive(stored.ticket)), last];
  for (const { ticket } of taken) draft.answer(toCompany.alreadyTaken(named(ticket)), ticket);
  if (last.ticket.item === null) askItem(draft, scene, last.ticket);
  return true;
}

/** Tells two texts apart without keeping either. */
function fingerprint(text: string): string {
  return createHash("sha256").update(text.replace(/\s+/gu, "")).digest("hex").slice(0, 16);
}
