/** Whose tickets one means where no group says it. */
import { conversationOf, type Message } from "../../chat/message.ts";
import { addDays, type DateText, shanghaiDate } from "../../pledge/hours.ts";
import type { Group, Person } from "../../station/station.ts";
import { isActive } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";

/** Everything that somebody looks after, whichever group it lives in. */
export function sightOf(person: string): string {
  return `@${person}`;
}

/** In a company's group its own tickets; one-to-one and in a group of staff those of the one who speaks. */
export function sightHere(message: Message, person: Person | null, group: Group | null): string {
  return person && isAmongStaff({ message, group }) ? sightOf(person.id) : conversationOf(message);
}

/**
 * Whether a bare number may mean any ticket of the station: among themselves staff call each other's cases by it, as a deputy, as
 * whoever is asked for a word or a call-back, or by mistake. What they may do to it, entitlement.ts says.
 */
export function seesStation(message: Message, person: Person | null, group: Group | null): boolean {
  return person !== null && isAmongStaff({ message, group });
}

/** How far back a bare number is looked up of the whole station; what is open longer is named in full. */
export const STATION_DAYS = 31;
const CLOSED_DAYS = 6;

/** What the speaker has open comes first; what of theirs is over hides nothing that is open elsewhere. */
export function ownBeforeStation(own: readonly StoredTicket[], found: readonly StoredTicket[], now: number) {
  if (own.some(({ ticket }) => isActive(ticket))) return own;
  return inStationSight([...new Map([...own, ...found].map((stored) => [stored.ticket.id, stored])).values()], now);
}

/** Of several bare numbers each by itself: 001 may be one's own, and 002 a colleague's. */
export function eachBeforeStation(
  shorts: readonly string[],
  own: readonly StoredTicket[],
  found: readonly StoredTicket[],
  now: number,
): readonly StoredTicket[] {
  return [...new Set(shorts)].flatMap((short) => {
    const called = (tickets: readonly StoredTicket[]) =>
      tickets.filter(({ ticket }) => ticket.number.endsWith(`-${short}`));
    return ownBeforeStation(called(own), called(found), now);
  });
}

/** What a bare number means of the whole station: what is open, and today's; else what was received in these seven days. */
export function inStationSight(tickets: readonly StoredTicket[], now: number): readonly StoredTicket[] {
  const today = shanghaiDate(now);
  const since = (day: DateText) => (stored: StoredTicket) => shanghaiDate(stored.ticket.received) >= day;
  const near = tickets.filter((stored) => isActive(stored.ticket) || since(today)(stored));
  return near.length > 0 ? near : tickets.filter(since(addDays(today, -CLOSED_DAYS)));
}

/** Where no company reads along. */
export function isAmongStaff({ message, group }: { readonly message: Message; readonly group: Group | null }): boolean {
  return message.chat === null || (group !== null && group.kind !== "service");
}
