/** A ticket gets its item, or a better one: who is responsible, what is promised, who is told. */
import { shanghaiDate } from "../pledge/hours.ts";
import { onDuty } from "../station/duty.ts";
import type { Field } from "../station/station.ts";
import type { Understanding } from "../understanding/understanding.ts";
import * as words from "../words/desk.ts";
import { type Draft, pledgeFrom } from "./draft.ts";
import type { MatchTrace } from "./event.ts";
import { itemName, named, receiptFacts, staffName, taskFacts } from "./facts.ts";
import type { Scene, Setting } from "./scene.ts";
import { OTHER, type Ticket } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";

/** As many items as a question offers. */
const OFFERED = 3;

export function traceOf({ confidence, candidates, because, closest }: Understanding): MatchTrace {
  const rounded = (n: number) => Math.round(n * 10_000) / 10_000;
  return {
    confidence: rounded(confidence),
    candidates: candidates.slice(0, 5).map(({ item, confidence: own }) => ({ item, confidence: rounded(own) })),
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
export function responsibleFor({ station, intents }: Setting, ticket: Ticket, item: string, now: number): Responsible {
  if (item === OTHER) return { owner: station.chief.id, invited: null, why: "" };
  // Nobody is sent for before the enterprise is known, unless the group itself says which point it belongs to.
  if (ticket.point === null) return { owner: null, invited: null, why: "" };
  const { person, why } = onDuty(station, ticket.point, shanghaiDate(now));
  const route = intents.items.get(item)?.route ?? "point";
  const invited = route === "point" ? null : (station.invited(route satisfies Field)?.id ?? null);
  return { owner: person.id, invited, why };
}

/** The item of a ticket is `item` now. Says nothing; returns the ticket and why its pledge and owner are what they are. */
export function matchTo(
  draft: Draft,
  setting: Setting,
  stored: StoredTicket | Ticket,
  item: string,
  match: MatchTrace | null,
  now: number,
): { ticket: Ticket; why: string; ownerWhy: string } {
  const before = "ticket" in stored ? stored.ticket : stored;
  const size = item === OTHER ? "big" : (setting.intents.items.get(item)?.size ?? "big");
  const { why, ...pledge } = pledgeFrom(setting, before.received, size);
  const responsible = responsibleFor(setting, before, item, now);
  // Whoever has accepted goes on with it, whatever the item turns out to be.
  const keeps = before.state !== "open" && before.owner !== null && item !== OTHER;
  const owner = keeps ? before.owner : responsible.owner;
  const ticket = draft.happen(stored, {
    event: "matched",
    item,
    size,
    ...pledge,
    owner,
    invited: responsible.invited,
    why: keeps ? "" : responsible.why,
    match,
  });
  return { ticket, why, ownerWhy: keeps ? "" : responsible.why };
}

/** The receipt for the company, and the lines to whoever has to do with it now. */
export function announce(draft: Draft, scene: Scene, matched: { ticket: Ticket; why: string; ownerWhy: string }): void {
  const { ticket, why } = matched;
  const facts = receiptFacts(scene, ticket, scene.now, [why, matched.ownerWhy].filter(Boolean).join("；"));
  draft.answer(
    ticket.item === OTHER
      ? words.receiptForOther({ ...facts, owner: staffName(scene, ticket.owner) }, scene.prompts)
      : words.receipt(facts, scene.prompts),
    ticket,
  );
  summon(draft, scene, ticket, matched.ownerWhy, scene.now);
}

/** Mentions the owner, and the invited officer where the item has one. */
export function summon(draft: Draft, setting: Setting, ticket: Ticket, why: string, now: number): void {
  const facts = taskFacts(setting, ticket, now, why);
  if (ticket.owner === setting.station.chief.id) {
    draft.say({ kind: "staff", person: ticket.owner, ticket }, words.taskForChief(facts, setting.prompts), ticket);
  } else if (ticket.owner !== null) {
    draft.mention(ticket.owner, ticket, words.task(facts, setting.prompts), words.taskBrief(facts));
  }
  if (ticket.invited !== null && ticket.owner !== null) {
    const text = words.task({ ...facts, why: `请协同${staffName(setting, ticket.owner)}办理` }, setting.prompts);
    draft.say({ kind: "staff", person: ticket.invited, ticket }, text, ticket);
  }
}

/** 改: to what was named, else the runners-up are offered by number. */
export function offerItems(draft: Draft, scene: Scene, stored: StoredTicket, wanted: string): void {
  if (wanted) {
    const understanding = scene.understand(wanted);
    const [item] = understanding.items;
    if (understanding.kind === "item" && item) {
      changeTo(draft, scene, stored, item);
      return;
    }
  }
  const options = optionsOf(stored.ticket);
  const facts = { ...named(stored.ticket), options: options.map((item) => itemName(scene, item)) };
  draft.answer(words.whichItemInstead(facts, scene.prompts), stored.ticket);
  draft.ask(scene, { kind: "item", ticket: stored.ticket.id, options, misses: 0 });
}

export function changeTo(draft: Draft, scene: Scene, stored: StoredTicket, item: string): void {
  const { ticket: before } = stored;
  const matched = matchTo(draft, scene, stored, item, null, scene.now);
  const { ticket } = matched;
  draft.ask(scene, null);
  if (before.owner !== null && before.owner === ticket.owner && before.item !== null) {
    const facts = receiptFacts(scene, ticket, scene.now, matched.why);
    draft.answer(words.receipt({ ...facts, because: [] }, scene.prompts), ticket);
    draft.mention(before.owner, ticket, words.changedForHelper(named(ticket), itemName(scene, item)));
    return;
  }
  announce(draft, scene, matched);
  if (before.owner !== null && before.owner !== ticket.owner) {
    draft.mention(before.owner, ticket, words.changedForHelper(named(ticket), itemName(scene, item)));
  }
}
