/** Who is told beside the speaker, and whether that is possible at all (desk-practice 6, "Which group a line goes to"). */
import type { Draft } from "./draft.ts";
import { groupOf, type Scene, type Setting } from "./scene.ts";
import type { Ticket } from "./ticket.ts";

/** `told`: mentioned in the group. `answered`: part of the answer here. `untold`: no way leads to the asker. */
export type Telling = "told" | "answered" | "untold";

/** A one-to-one chat and a group without a webhook can be answered, and never spoken to. */
export function canBeTold({ station }: Pick<Setting, "station">, ticket: Ticket): boolean {
  return Boolean(groupOf(station, ticket)?.channel);
}

export function tellAsker(draft: Draft, scene: Scene, ticket: Ticket, text: string): Telling {
  if (canBeTold(scene, ticket)) {
    draft.mention(ticket.asker, ticket, text);
    return "told";
  }
  if (ticket.conversation !== scene.conversation) return "untold";
  draft.answer(text, ticket);
  return "answered";
}

/** The helper in the ticket's group; the chief and the invited among themselves. */
export function tellOwner(draft: Draft, setting: Pick<Setting, "station">, ticket: Ticket, text: string): void {
  if (ticket.owner !== null) tellStaff(draft, setting, ticket.owner, ticket, text);
}

export function tellStaff(
  draft: Draft,
  { station }: Pick<Setting, "station">,
  person: string,
  ticket: Ticket,
  text: string,
  brief?: string,
): void {
  if (station.personById(person)?.role === "helper") draft.mention(person, ticket, text, brief);
  else draft.say({ kind: "staff", person, ticket }, text, ticket);
}

export function tellChief(draft: Draft, { station }: Pick<Setting, "station">, ticket: Ticket, text: string): void {
  tellStaff(draft, { station }, station.chief.id, ticket, text);
}
