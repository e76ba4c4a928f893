/** A request becomes a ticket, or joins the one that the same person has just opened. */
import { createHash } from "node:crypto";
import type { Understanding } from "../understanding/understanding.ts";
import * as toCompany from "../words/company.ts";
import { plain, RESULT_CHARACTERS } from "../words/plain.ts";
import * as toStaff from "../words/staff.ts";
import { type Draft, pledgeFrom } from "./draft.ts";
import { askEnterprise } from "./enterprise-question.ts";
import type { Who } from "./event.ts";
import { named } from "./facts.ts";
import { askItem } from "./item-question.ts";
import { announce, matchTo, traceOf } from "./matching.ts";
import { withPictures } from "./pictures.ts";
import type { Scene } from "./scene.ts";
import { tellOwner } from "./telling.ts";
import { isActive, OTHER, type Ticket } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";

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
  if (newest.item === null) askItem(draft, scene, newest);
  else if (newest.enterprise === null) askEnterprise(draft, scene, newest);
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
  // While the item is being asked the pledge already runs, by the size of the likeliest one.
  const size = intents.items.get(item ?? understanding.candidates[0]?.item ?? OTHER)?.size ?? "big";
  const { why: _, ...pledge } = pledgeFrom(scene, now, size);
  const point = (enterprise === null ? null : station.enterprise(enterprise)?.point) ?? group?.point ?? null;
  const opened = draft.open(scene.newId(), {
    event: "opened",
    text: withPictures(scene, text),
    platform: message.platform,
    conversation,
    asker: scene.who,
    recorder,
    enterprise,
    point,
    received: now,
    size,
    ...pledge,
    match: traceOf(understanding),
  });
  if (item === null) return opened;
  const matched = matchTo(draft, scene, opened, item, now);
  announce(draft, scene, matched);
  return matched.ticket;
}

/** The very same text again, by a slip or out of impatience: nothing happens twice. */
export function isRepeated(draft: Draft, scene: Scene, text: string): boolean {
  const { last, talk } = scene.known;
  const repeated = scene.now - talk.lastAt <= SAME_TEXT_MS && talk.lastText === fingerprint(text);
  if (!repeated || !last || !isActive(last.ticket)) return false;
  draft.answer(toCompany.alreadyTaken(named(last.ticket)), last.ticket);
  if (last.ticket.item === null) askItem(draft, scene, last.ticket);
  return true;
}

/** The ticket that this person opened a moment ago, if what comes now still belongs to it. */
export function joinable({ known: { last, talk }, now }: Scene): StoredTicket | null {
  return last && isActive(last.ticket) && now - talk.lastAt <= JOIN_MS ? last : null;
}

/** A moment later another is no request of its own if nobody could tell which item it is. */
export function joinLast(draft: Draft, scene: Scene, text: string, { kind }: Understanding): boolean {
  const last = joinable(scene);
  if (!last || kind !== "unclear") return false;
  const noted = withPictures(scene, text);
  const ticket = draft.happen(last, { event: "noted", kind: "supplement", text: noted });
  draft.answer(toCompany.joined(named(ticket), plain(noted)), ticket);
  tellOwner(draft, scene, ticket, toStaff.supplementForHelper(named(ticket), plain(noted, RESULT_CHARACTERS)));
  draft.remember(scene, ticket.id, scene.known.talk.lastText);
  return true;
}

/** Tells two texts apart without keeping either. */
function fingerprint(text: string): string {
  return createHash("sha256").update(text.replace(/\s+/gu, "")).digest("hex").slice(0, 16);
}
