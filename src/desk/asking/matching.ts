/** A ticket gets its item, or a better one: who is responsible, what is promised, who is told. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { isHereFor, onDuty } from "../../station/duty.ts";
import type { Field } from "../../station/station.ts";
import type { Understanding } from "../../understanding/understanding.ts";
import * as toCompany from "../../words/company.ts";
import { receiptOfEmergency } from "../../words/emergency.ts";
import * as toStaff from "../../words/staff.ts";
import { awaitedAnew } from "../clock/accept-by.ts";
import { type Draft, pledgeFrom } from "../draft.ts";
import { caseFacts, chiefName, receiptFacts, seesAll, taskFacts } from "../lines/facts.ts";
import { tellStaff } from "../lines/telling.ts";
import type { Scene, Setting } from "../scene.ts";
import type { MatchTrace } from "../ticket/event.ts";
import { OTHER, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { expectDetails, keepDetails } from "./details.ts";
import { possibleDuplicate } from "./duplicate.ts";
import { findEmergency } from "./emergency-words.ts";

/** As many items as a question offers. */
const OFFERED = 3;
/** Kept with the ticket: enough to offer as many again when the first was wrong. */
const KEPT = 4;

export function traceOf({ confidence, candidates, because, closest }: Understanding): MatchTrace {
  const rounded = (n: number) => Math.round(n * 10_000) / 10_000;
  return {
    confidence: rounded(confidence),
    candidates: candidates.slice(0, KEPT).map(({ item, confidence: own }) => ({ item, confidence: rounded(own) })),
    because,
    closest,
  };
}

/** The items that a question about this ticket offers, by number; the same for everybody who answers it. */
export function optionsOf(ticket: Ticket): string[] {
  const candidates = (ticket.match?.candidates ?? []).map(({ item }) => item);
  return candidates.filter((item) => item !== ticket.item).slice(0, OFFERED);
}

interface Responsible {
  readonly owner: string | null;
  readonly invited: string | null;
  readonly why: string;
}

/** Owner is the helper of the point for every item, only `other` is the chief's; `route` adds an invited officer. */
function responsibleFor({ station, intents, load }: Setting, ticket: Ticket, item: string, now: number): Responsible {
  if (item === OTHER) return { owner: station.chief.id, invited: null, why: "" };
  const route = intents.items.get(item)?.route ?? "point";
  const invited = route === "point" ? null : (station.invited(route satisfies Field)?.id ?? null);
  // Nobody is sent for before the enterprise is known, unless the group itself says which point it belongs to.
  if (ticket.point === null) return { owner: null, invited, why: "" };
  const today = shanghaiDate(now);
  // Whoever has been sent for stays sent for, however busy the others are.
  if (isHereFor(station, ticket.point, ticket.owner, today)) return { owner: ticket.owner, invited, why: "" };
  const { person, why } = onDuty(station, ticket.point, today, load, ticket.platform);
  return { owner: person.id, invited, why };
}

export interface Matched {
  readonly ticket: Ticket;
  /** Why its pledge and its owner are what they are. */
  readonly why: string;
  readonly ownerWhy: string;
}

/** The item of a ticket is `item` now. Says nothing. `promised`: the promise that was given stands whatever the size. */
export function matchTo(
  draft: Draft,
  setting: Setting,
  stored: StoredTicket | Ticket,
  item: string,
  now: number,
  promised = false,
): Matched {
  const before = "ticket" in stored ? stored.ticket : stored;
  const size = item === OTHER ? "big" : (setting.intents.items.get(item)?.size ?? "big");
  // What was promised stands, also for one that was opened anew since.
  const kept = promised || (before.item !== null && before.size === size);
  const { why, ...pledge } = kept ? { ...before, why: "" } : pledgeFrom(setting, before.received, size);
  const responsible = responsibleFor(setting, before, item, now);
  // Whoever has accepted goes on with it, whatever the item turns out to be.
  const keeps = before.state !== "open" && before.owner !== null && item !== OTHER;
  const owner = keeps ? before.owner : responsible.owner;
  const ownerWhy = keeps ? "" : responsible.why;
  const matched = draft.happen(stored, {
    event: "matched",
    item,
    size,
    due: pledge.due,
    provisional: pledge.provisional,
    acceptBy: pledge.acceptBy,
    owner,
    invited: responsible.invited,
    why: ownerWhy,
    match: null,
    ...(owner === before.owner || owner === null ? {} : awaitedAnew(setting, pledge.acceptBy, now)),
  });
  const { ticket } = keepDetails(draft, setting, matched, before.text, before.received);
  return { ticket, why, ownerWhy };
}

/** The receipt for the company, which asks for what is missing, and the lines to whoever has to do with it now. */
export function announce(draft: Draft, scene: Scene, matched: Matched): void {
  draft.answer(receiptOf(draft, scene, matched), matched.ticket);
  summon(draft, scene, matched.ticket, whyHere(scene, matched), scene.now);
}

/** Why it comes to this helper, and that it may have come before. */
function whyHere(scene: Scene, { ticket, ownerWhy }: Matched): string {
  return [ownerWhy, possibleDuplicate(scene, ticket)].filter(Boolean).join("；");
}

/** One receipt for all that one message asked for, and one line to each who has to do with it. */
export function announceAll(draft: Draft, scene: Scene, several: readonly Matched[]): void {
  const [only, ...others] = several;
  if (!only) return;
  if (others.length === 0) {
    announce(draft, scene, only);
    return;
  }
  const tickets = several.map(({ ticket }) => ticket);
  const missing = expectDetails(draft, scene, tickets);
  const receipts = several.map((matched) => factsHere(scene, matched));
  const questions = missing.map(({ question }) => question);
  draft.answer(toCompany.receiptOfSeveral(receipts, questions, scene.prompts), ...tickets);
  const byOwner = new Map<string | null, Matched[]>();
  for (const each of several) byOwner.set(each.ticket.owner, [...(byOwner.get(each.ticket.owner) ?? []), each]);
  for (const [owner, own] of byOwner) if (owner !== null) summonForAll(draft, scene, owner, own);
}

function receiptOf(draft: Draft, scene: Scene, matched: Matched): string {
  const { ticket } = matched;
  const facts = factsHere(scene, matched);
  if (ticket.item === OTHER && findEmergency(ticket.text))
    return receiptOfEmergency({ ...facts, chief: chiefName(scene) });
  if (ticket.item === OTHER) return toCompany.receiptForOther({ ...facts, owner: chiefName(scene) }, scene.prompts);
  const questions = expectDetails(draft, scene, [ticket]).map(({ question }) => question);
  // The words that decided spoke for the item that was chosen first.
  const chosen = ticket.match?.candidates[0]?.item === ticket.item;
  return toCompany.receipt(chosen ? facts : { ...facts, because: [] }, questions, scene.prompts);
}

/** Its asker may answer from another company's group: what was asked for is not repeated there. */
function factsHere(scene: Scene, { ticket, why, ownerWhy }: Matched): toCompany.ReceiptFacts {
  const facts = receiptFacts(scene, ticket, scene.now, [why, ownerWhy].filter(Boolean).join("；"));
  return seesAll(scene, ticket) ? facts : { ...facts, text: null, details: "", because: [] };
}

/** For the company's own group, while somebody speaks elsewhere: it asks nothing. */
export function receiptElsewhere(scene: Scene, { ticket, why, ownerWhy }: Matched): string {
  const facts = receiptFacts(scene, ticket, scene.now, [why, ownerWhy].filter(Boolean).join("；"));
  if (ticket.item === OTHER && findEmergency(ticket.text))
    return receiptOfEmergency({ ...facts, chief: chiefName(scene) });
  if (ticket.item === OTHER) return toCompany.receiptForOther({ ...facts, owner: chiefName(scene) }, scene.prompts);
  return toCompany.receipt(facts, [], scene.prompts);
}

/** Sends for the owner, and for the invited officer where the item has one. */
export function summon(draft: Draft, setting: Setting, ticket: Ticket, why: string, now: number): void {
  if (ticket.owner === null) return;
  summonOwner(draft, setting, ticket, ticket.owner, why, now);
  summonInvited(draft, setting, [ticket], now);
}

export function summonOwner(
  draft: Draft,
  setting: Setting,
  ticket: Ticket,
  owner: string,
  why: string,
  now: number,
): void {
  const { text, ...short } = summonsFor(setting, ticket, owner, why, now);
  tellStaff(draft, setting, owner, ticket, text, short);
}

/** The words by which somebody is sent for. */
export function summonsFor(setting: Setting, ticket: Ticket, owner: string, why: string, now: number) {
  const facts = taskFacts(setting, ticket, now, why);
  const text =
    owner === setting.station.chief.id
      ? toStaff.taskForChief(facts, setting.prompts)
      : toStaff.task(facts, setting.prompts);
  return { text, brief: toStaff.taskBrief(facts), buttons: toStaff.taskButtons(facts) };
}

/** One telephone rings once: several tickets of one message for the same helper are one line. */
function summonForAll(draft: Draft, scene: Scene, owner: string, own: readonly Matched[]): void {
  const tickets = own.map(({ ticket }) => ticket);
  const facts = own.map((each) => taskFacts(scene, each.ticket, scene.now, whyHere(scene, each)));
  const [only] = own;
  if (only && own.length === 1) {
    summon(draft, scene, only.ticket, whyHere(scene, only), scene.now);
    return;
  }
  const brief = facts.map((each) => toStaff.taskBrief(each)).join("\n");
  tellStaff(draft, scene, owner, tickets, toStaff.tasks(facts, scene.prompts), { brief });
  summonInvited(draft, scene, tickets, scene.now);
}

function summonInvited(draft: Draft, setting: Setting, tickets: readonly Ticket[], now: number): void {
  const byPerson = new Map<string, Ticket[]>();
  for (const ticket of tickets) {
    const { invited, owner } = ticket;
    if (invited !== null && invited !== owner) byPerson.set(invited, [...(byPerson.get(invited) ?? []), ticket]);
  }
  for (const [person, own] of byPerson) {
    const texts = own.map((ticket) => toStaff.taskForInvited(taskFacts(setting, ticket, now, ""), setting.prompts));
    tellStaff(draft, setting, person, own, texts.join("\n"));
  }
}

/** Another item than before: everybody who had to do with it hears so. */
export function changeTo(draft: Draft, scene: Scene, stored: StoredTicket, item: string): void {
  const { owner } = stored.ticket;
  const matched = matchTo(draft, scene, stored, item, scene.now);
  const { ticket } = matched;
  if (owner === null || owner !== ticket.owner) announce(draft, scene, matched);
  else draft.answer(receiptOf(draft, scene, matched), ticket);
  if (owner === ticket.owner && ticket.invited !== null && ticket.invited !== stored.ticket.invited) {
    const text = toStaff.taskForInvited(taskFacts(scene, ticket, scene.now, matched.ownerWhy), scene.prompts);
    tellStaff(draft, scene, ticket.invited, ticket, text);
  }
  if (owner === null) return;
  const facts = caseFacts(scene, ticket, scene.now);
  const text = owner === ticket.owner ? toStaff.changedForHelper(facts) : toStaff.changedAndPassed(facts);
  tellStaff(draft, scene, owner, ticket, text);
}
