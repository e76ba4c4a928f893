/** 合并 017 018: one case under the number that came first; taken back the same day by 撤销. */
import { shanghaiDate } from "../../pledge/hours.ts";
import * as toCompany from "../../words/company-working.ts";
import * as toAnybody from "../../words/replies.ts";
import * as toStaff from "../../words/staff-working.ts";
import type { Draft } from "../draft.ts";
import { actName, named, staffName } from "../lines/facts.ts";
import { tellAsker, tellOwner } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { shown } from "../ticket/number.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { mayDo, relationsTo, whoMay } from "./entitlement.ts";
import { hindrance } from "./hindrance.ts";

/** Only one is named: with which other? */
export function askWhichToMerge(draft: Draft, scene: Scene, { ticket }: StoredTicket): void {
  draft.answer(toStaff.mergeWanted(named(ticket), scene.prompts), ticket);
}

export function merge(draft: Draft, scene: Scene, several: readonly StoredTicket[]): void {
  const [kept, ...others] = [...several].sort((a, b) => compare(a.ticket, b.ticket));
  if (!kept) return;
  const refusal = several.map((stored) => refusalOf(scene, stored)).find((text) => text !== null);
  if (refusal) {
    draft.answer(refusal, kept.ticket);
    return;
  }
  const stranger = others.find(({ ticket }) => !isSameCause(kept.ticket, ticket));
  if (stranger) {
    draft.answer(toStaff.notMergeable(named(stranger.ticket), named(kept.ticket)), kept.ticket);
    return;
  }
  for (const other of others) mergeInto(draft, scene, kept, other);
  if (kept.ticket.owner !== scene.who) {
    const numbers = others.map(({ ticket }) => shown(ticket.number)).join("、");
    tellOwner(draft, scene, draft.current(kept), toStaff.absorbed(named(kept.ticket), numbers));
  }
}

function mergeInto(draft: Draft, scene: Scene, kept: StoredTicket, other: StoredTicket): void {
  const into = named(kept.ticket);
  const merged = draft.happen(other, { event: "merged", into: kept.ticket.number });
  const current = draft.current(kept);
  // The earlier of the two promises holds.
  const promise = merged.due < current.due ? merged : current;
  draft.happen(kept, {
    event: "absorbed",
    number: merged.number,
    text: merged.text,
    due: promise.due,
    provisional: promise.provisional,
  });
  draft.answer(toStaff.merged(named(merged), into, scene.prompts), merged);
  tellAsker(draft, scene, merged, toCompany.merged(named(merged), into));
  const { owner } = merged;
  if (owner !== scene.who && owner !== kept.ticket.owner) {
    tellOwner(draft, scene, merged, toStaff.mergedForHelper(named(merged), into));
  }
}

/** A slip: it is a ticket of its own again. The promise of the other stays as it became. */
export function unmerge(draft: Draft, scene: Scene, stored: StoredTicket): void {
  const { ticket: before } = stored;
  const refusal = entitlementRefusal(scene, before);
  if (refusal !== null) {
    draft.answer(refusal, before);
    return;
  }
  if (before.merged === null || shanghaiDate(before.merged.at) !== shanghaiDate(scene.now)) {
    draft.answer(toStaff.mergedEarlier(named(before)), before);
    return;
  }
  const ticket = draft.happen(stored, { event: "unmerged" });
  draft.answer(toStaff.unmerged(named(ticket)), ticket);
  tellAsker(draft, scene, ticket, toCompany.unmerged(named(ticket)));
  if (ticket.owner !== scene.who) tellOwner(draft, scene, ticket, toStaff.unmerged(named(ticket)));
}

function refusalOf(scene: Scene, { ticket }: StoredTicket): string | null {
  return entitlementRefusal(scene, ticket) ?? hindrance(scene, ticket, "merge");
}

function entitlementRefusal(scene: Scene, ticket: Ticket): string | null {
  const relations = relationsTo(ticket, scene, scene.station, shanghaiDate(scene.now));
  if (mayDo("merge", relations)) return null;
  const owner = ticket.owner === null ? null : staffName(scene, ticket.owner);
  return toAnybody.mayNot(named(ticket), actName(scene, "merge"), whoMay("merge", owner), true);
}

/** One company's matter never becomes another's. */
function isSameCause(a: Ticket, b: Ticket): boolean {
  return a.asker === b.asker || (a.enterprise !== null && a.enterprise === b.enterprise);
}

function compare(a: Ticket, b: Ticket): number {
  return a.received - b.received || (a.number < b.number ? -1 : 1);
}
