/** Whose tickets one means where no group says it. */
import { conversationOf, type Message } from "../chat/message.ts";
import type { Group, Person } from "../station/station.ts";

/** Everything that somebody looks after, whichever group it lives in. */
export function sightOf(person: string): string {
  return `@${person}`;
}

/** In a company's group its own tickets; one-to-one and in a group of staff those of the one who speaks. */
export function sightHere(message: Message, person: Person | null, group: Group | null): string {
  const amongStaff = message.chat === null || (group !== null && group.kind !== "service");
  return person && amongStaff ? sightOf(person.id) : conversationOf(message);
}
