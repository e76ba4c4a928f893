/** 合并 017 018: one case under the number that came first; taken back the same day by 撤销. */
import { shanghaiDate } from "../../pledge/hours.ts";
import * as toCompany from "../../words/company-working.ts";
import * as mergingWords from "../../words/merging.ts";
import * as toAnybody from "../../words/replies.ts";
import { areTwins, twinsOf } from "../asking/duplicate.ts";
import type { Draft } from "../draft.ts";
import { actName, named, staffName } from "../lines/facts.ts";
import { tellAsker, tellOwner } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { shown } from "../ticket/number.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { explicitCommand } from "./command.ts";
import { mayDo, relationsTo, whoMay } from "./entitlement.ts";
import { hindrance } from "./hindrance.ts";
import { ticketsNamed } from "./target.ts";

/** Only one is named. Where its line is quoted, the one that it may repeat is meant, as the hint there says; else with which other? */
export function askWhichToMerge(draft: Draft, scene: Scene, stored: StoredTicket): void {
  const { ticket } = stored;
  const twins = twinsOf(scene, ticket);
  const typed = [...scene.numbers.full.map(shown), ...scene.numbers.shorts];
  const missing = typed.find((number) => !shown(ticket.number).endsWith(number));
  const [only, ...others] = twins;
  if (missing !== undefined) draft.answer(mergingWords.mergeMissing(named(ticket), missing, scene.prompts), ticket);
  else if (scene.quoted.includes(ticket.number) && only && others.length === 0) merge(draft, scene, [stored, only]);
  else
    draft.answer(
      mergingWords.mergeWanted(
        named(ticket),
        twins.map((twin) => shown(twin.ticket.number)),
        scene.prompts,
      ),
      ticket,
    );
}

/** The order to merge, as long as only one of the two is known by what was typed: its company's others are looked at. */
export function mergedAlone(scene: Scene): Ticket | null {
  const [only, ...others] = ticketsNamed(scene);
  if (!scene.person || !only || others.length > 0) return null;
  const explicit = explicitCommand(scene, scene.numbers.rest);
  const merges = explicit ? explicit.command === "merge" : scene.understand(scene.message.text).command === "merge";
  return merges ? only.ticket : null;
}

/** What was typed and quoted; a bare number may be another open one of the same company, whoever looks after it. */
export function ticketsToMerge(scene: Scene): StoredTicket[] {
  const found = ticketsNamed(scene);
  const fits =
    (short: string) =>
    ({ ticket }: StoredTicket) =>
      ticket.number.endsWith(`-${short}`);
  const unknown = scene.numbers.shorts.filter((short) => !found.some(fits(short)));
  const company = unknown.flatMap((short) => scene.known.company.filter(fits(short)));
  return [...found, ...company];
}

export function merge(draft: Draft, scene: Scene, several: readonly StoredTicket[]): void {
  const [kept, ...others] = [...several].sort((a, b) => compare(a.ticket, b.ticket));
  if (!kept) return;
  // The same thing asked for twice is one case to either of those who look after it.
  const one = others.every(({ ticket }) => areTwins(kept.ticket, ticket));
  const mine = one && several.some(({ ticket }) => entitlementRefusal(scene, ticket) === null);
  const refusal = several.map((stored) => refusalOf(scene, stored, mine)).find((text) => text !== null);
  if (refusal) {
    draft.answer(refusal, kept.ticket);
    return;
  }
  const stranger = others.find(({ ticket }) => !isSameCause(kept.ticket, ticket));
  if (stranger) {
    draft.answer(mergingWords.notMergeable(named(stranger.ticket), named(kept.ticket)), kept.ticket);
    return;
  }
  for (const other of others) mergeInto(draft, scene, kept, other);
  if (kept.ticket.owner !== scene.who) {
    const numbers = others.map(({ ticket }) => shown(ticket.number)).join("、");
    tellOwner(draft, scene, draft.current(kept), mergingWords.absorbed(named(kept.ticket), numbers));
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
  draft.answer(mergingWords.merged(named(merged), into, scene.prompts), merged);
  tellAsker(draft, scene, merged, toCompany.merged(named(merged), into));
  const { owner } = merged;
  if (owner !== scene.who && owner !== kept.ticket.owner) {
    tellOwner(draft, scene, merged, mergingWords.mergedForHelper(named(merged), into));
  }
}

/** A slip: it is a ticket of its own again. The promise of the other stays as it became. */
export function unmerge(draft: Draft, scene: Scene, stored: StoredTicket): void {
  const { ticket: before } = stored;
  const own = scene.known.talk.did?.tickets.some(({ id }) => id === before.id) ?? false;
  const refusal = own ? null : entitlementRefusal(scene, before);
  if (refusal !== null) {
    draft.answer(refusal, before);
    return;
  }
  if (before.merged === null || shanghaiDate(before.merged.at) !== shanghaiDate(scene.now)) {
    draft.answer(mergingWords.mergedEarlier(named(before)), before);
    return;
  }
  const ticket = draft.happen(stored, { event: "unmerged" });
  draft.answer(mergingWords.unmerged(named(ticket)), ticket);
  tellAsker(draft, scene, ticket, toCompany.unmerged(named(ticket)));
  if (ticket.owner !== scene.who) tellOwner(draft, scene, ticket, mergingWords.unmerged(named(ticket)));
}

function refusalOf(scene: Scene, { ticket }: StoredTicket, entitled: boolean): string | null {
  return (entitled ? null : entitlementRefusal(scene, ticket)) ?? hindrance(scene, ticket, "merge");
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
