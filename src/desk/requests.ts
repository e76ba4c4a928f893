/** A request becomes a ticket, or joins the one that the same person has just opened. */
import { createHash } from "node:crypto";
import type { Understanding } from "../understanding/understanding.ts";
import * as toCompany from "../words/company.ts";
import { plain, RESULT_CHARACTERS } from "../words/plain.ts";
import * as toStaff from "../words/staff.ts";
import { askOf, detailsIn, detailsText, JOIN_MS, keepDetails, maskNames, OTHER_MARK } from "./details.ts";
import { type Draft, pledgeFrom } from "./draft.ts";
import { askEnterprise } from "./enterprise-question.ts";
import type { Who } from "./event.ts";
import { named } from "./facts.ts";
import { askItem } from "./item-question.ts";
import { announceAll, type Matched, matchTo, traceOf } from "./matching.ts";
import { withPictures } from "./pictures.ts";
import type { Scene } from "./scene.ts";
import { tellOwner } from "./telling.ts";
import { isActive, OTHER, type Ticket } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";

/** The very same text again is the same request for longer. */
const SAME_TEXT_MS = 10 * 60_000;
/** How people go on about what they have just asked for. */
const GOES_ON =
  /^(?:还[要得需有想]|另外|对了|补充|忘了说|[最要]好|[需想]?要(?!不)|需|希望|主题|地点|时间|人数|联系人?|用于|用来|主要[是用]|记得|顺便|就是|内容|规模|预算|带)/u;
/** Thanks, greetings, and what is said among people: never a part of a request. */
const COURTESY =
  /^(?:好的?|收到|谢谢|多谢|感谢|辛苦|麻烦|稍等|等一?下|嗯+|哦+|知道了|明白|ok|在吗|你好|您好|大家好|早|哈+)[\p{L}]{0,6}[\p{P}\s~]*$/iu;

/** A commit opens no more (design.md 4). */
const TICKETS_MAX = 10;

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
): void {
  const opened = wantedOf(text, understanding).map((wanted) => openOne(draft, scene, wanted, understanding, recorder));
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
): Ticket | Matched {
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

/** The ticket that this person opened a moment ago, if what comes now still belongs to it. */
export function joinable({ known: { last, talk }, now }: Scene): StoredTicket | null {
  return last && isActive(last.ticket) && now - talk.lastAt <= JOIN_MS ? last : null;
}

/** A moment later, a text that is nothing but details is no request, no order and no talk, whatever it reads like. */
export function joinAsDetails(draft: Draft, scene: Scene, text: string): boolean {
  const last = joinable(scene);
  if (!last || !detailsIn(scene, text, askOf(scene, last.ticket), last.ticket.slots)?.alone) return false;
  join(draft, scene, last, text);
  return true;
}

/**
 * A moment later another is no request of its own if nobody could tell which item it is. What reads like talk or like an
 * order that cannot be given here belongs to the ticket where it goes on about it, and is talk where it does not.
 */
export function joinLast(draft: Draft, scene: Scene, text: string, { kind, confidence }: Understanding): boolean {
  const last = joinable(scene);
  if (!last || kind === "item" || (kind === "other" && confidence >= OTHER_MARK)) return false;
  if ((kind === "none" || kind === "command") && !goesOn(scene, last, text)) return false;
  join(draft, scene, last, text);
  return true;
}

function goesOn(scene: Scene, { ticket }: StoredTicket, text: string): boolean {
  if (COURTESY.test(text)) return false;
  return GOES_ON.test(text) || detailsIn(scene, text, askOf(scene, ticket), ticket.slots) !== null;
}

function join(draft: Draft, scene: Scene, last: StoredTicket, text: string): void {
  const noted = withPictures(scene, text);
  draft.happen(last, { event: "noted", kind: "supplement", text: noted });
  const { ticket, slots } = keepDetails(draft, scene, last, text, scene.now);
  const details = slots.length > 0 ? detailsText(scene, ticket) : "";
  const shown = maskNames(scene, noted, ticket);
  draft.answer(toCompany.joined(named(ticket), plain(shown), details), ticket);
  tellOwner(draft, scene, ticket, toStaff.supplementForHelper(named(ticket), plain(shown, RESULT_CHARACTERS), details));
  draft.remember(scene, ticket.id, scene.known.talk.lastText);
}

/** Tells two texts apart without keeping either. */
function fingerprint(text: string): string {
  return createHash("sha256").update(text.replace(/\s+/gu, "")).digest("hex").slice(0, 16);
}
