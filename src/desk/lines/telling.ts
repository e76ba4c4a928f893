/** Who is told beside the speaker, and whether that is possible at all (desk-practice 6, "Which group a line goes to"). */
import type { Button } from "../../chat/outgoing.ts";
import { shanghaiDate } from "../../pledge/hours.ts";
import { standsInFor } from "../../station/duty.ts";
import type { Person, Station } from "../../station/station.ts";
import type { Told } from "../../words/told.ts";
import type { Draft } from "../draft.ts";
import type { Scene, Setting } from "../scene.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { hasWayAmongStaff, hasWayIntoGroup, hasWayToAsker, isReachedAt } from "./addressing.ts";
import { ownerName, staffName } from "./facts.ts";
import { isGroup } from "./home.ts";

type Reach = Pick<Setting, "station" | "platforms">;

/** Where nothing can speak of its own accord (a group without a webhook, say), the asker can be answered, and never spoken to. */
export function canBeTold(setting: Reach, ticket: Ticket): boolean {
  return hasWayToAsker(setting, ticket);
}

export function tellAsker(draft: Draft, scene: Scene, ticket: Ticket, text: string): Told {
  // Whoever wrote it down and works on it need not be told what they have just said.
  if (ticket.recorder !== null && !isGroup(ticket) && ticket.asker === scene.who) return "call";
  const told = speakToAsker(draft, scene, ticket, text);
  if (told !== null) return told;
  if (ticket.conversation !== scene.conversation) return ticket.recorder === null ? "untold" : "call";
  draft.answer(text, ticket);
  return "answered";
}

/** Null where no way leads there. What a helper wrote down for a company is told to that company, in its group: nobody of it is known by name. */
export function speakToAsker(
  draft: Draft,
  setting: Pick<Setting, "station" | "platforms">,
  ticket: Ticket,
  text: string,
): Told | null {
  if (ticket.recorder !== null && isGroup(ticket)) {
    if (!hasWayIntoGroup(setting, ticket)) return null;
    draft.say({ kind: "group", ticket, mention: [] }, text, ticket);
    return "posted";
  }
  if (!canBeTold(setting, ticket)) return null;
  draft.mention(ticket.asker, ticket, text);
  return ticket.recorder === null ? "told" : "recorder";
}

/** The helper in the ticket's group; the chief and the invited among themselves. While away, whoever stands in for them. */
export function tellOwner(draft: Draft, setting: Reach, ticket: Ticket, text: string): void {
  const present = presentOwner(draft, setting.station, ticket);
  if (present) tellStaff(draft, setting, present.id, ticket, text);
}

/**
 * A helper without an account where the ticket lives is named there in words, and is told where they can be reached:
 * one-to-one on another platform, else among staff.
 */
export function tellStaff(
  draft: Draft,
  setting: Reach,
  person: string,
  about: Ticket | readonly Ticket[],
  text: string,
  short: { readonly brief?: string; readonly buttons?: readonly Button[] } = {},
): void {
  const [ticket = null] = "id" in about ? [about] : about;
  if (ticket === null) return;
  if (setting.station.personById(person)?.role !== "helper") {
    draft.say({ kind: "staff", person, ticket, ...homeOf(ticket, person) }, text, about, short);
    return;
  }
  const isApart = !isReachedAt(setting, person, ticket) && hasWayAmongStaff(setting, person);
  if (!isApart || hasWayIntoGroup(setting, ticket)) {
    draft.say({ kind: "group", ticket, mention: [person] }, text, about, short);
  }
  if (isApart) draft.say({ kind: "staff", person, ticket: null }, text, about, short);
}

/** Where somebody who supervises it has asked to be told. */
export function homeOf({ supervisors }: Ticket, person: string): { readonly home?: string } {
  const found = supervisors.find(({ by }) => by === person);
  return found ? { home: found.conversation } : {};
}

/** Whoever stands in for its owner while they are away; null while nobody is responsible. */
export function presentOwner(draft: Draft, station: Station, { owner, point }: Ticket): Person | null {
  const person = owner === null ? null : station.personById(owner);
  return person && (standsInFor(station, person, point, shanghaiDate(draft.at)) ?? person);
}

/** `王八（代孙三）` while the owner is away; null while nobody is responsible. */
export function presentOwnerName(draft: Draft, scene: Scene, ticket: Ticket): string | null {
  const present = presentOwner(draft, scene.station, ticket);
  if (!present || present.id === ticket.owner) return ownerName(scene, ticket);
  return `${present.name}（代${staffName(scene, ticket.owner)}）`;
}

export function tellChief(draft: Draft, setting: Reach, ticket: Ticket, text: string): void {
  tellStaff(draft, setting, setting.station.chief.id, ticket, text);
}
