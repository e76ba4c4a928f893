/** Which ticket a message is about: by what it quotes, by a number that was typed, or not said. */
import type { Scene } from "./scene.ts";
import type { StoredTicket } from "./ticket-record.ts";

export type Target =
  | { readonly kind: "one"; readonly stored: StoredTicket; readonly text: string }
  /** Several fit: the person is asked. */
  | { readonly kind: "many"; readonly options: readonly StoredTicket[]; readonly text: string }
  /** A number was clearly meant, and there is no such ticket. */
  | { readonly kind: "missing"; readonly number: string }
  | { readonly kind: "none"; readonly text: string };

export function findTarget({ message, numbers, quoted, known, person, conversation }: Scene): Target {
  const typed = known.named.filter(({ ticket }) => numbers.full.includes(ticket.number));
  // Without its mark a number must be in this group's sight, else it is text; staff see them all.
  const inSight = typed.filter(({ ticket }) => numbers.marked || person || ticket.conversation === conversation);
  const [first, ...more] = newestOfEach(inSight);
  if (first) return more.length === 0 ? one(first, numbers.rest) : many([first, ...more], numbers.rest);

  const cited = newestOfEach(known.named.filter(({ ticket }) => quoted.includes(ticket.number)));
  const [quotedOne, ...others] = cited;
  if (quotedOne && others.length === 0) return one(quotedOne, message.text);
  if (quotedOne) {
    // A quoted list: a bare number picks from it.
    const picked = cited.filter(({ ticket }) => numbers.shorts.some((short) => ticket.number.endsWith(`-${short}`)));
    const [only, ...rest] = picked;
    return only && rest.length === 0 ? one(only, numbers.rest) : many(cited, message.text);
  }

  const [short, ...shorts] = known.shorts;
  if (short) return shorts.length === 0 ? one(short, numbers.rest) : many(known.shorts, numbers.rest);
  const [full] = numbers.full;
  if (numbers.marked) return { kind: "missing", number: `#${full ? full.slice(4) : numbers.shorts[0]}` };
  return { kind: "none", text: message.text };
}

function one(stored: StoredTicket, text: string): Target {
  return { kind: "one", stored, text };
}

function many(options: readonly StoredTicket[], text: string): Target {
  return { kind: "many", options, text };
}

/** `1123-017` is meant of this year where both years have one. */
function newestOfEach(tickets: readonly StoredTicket[]): StoredTicket[] {
  const newest = new Map<string, StoredTicket>();
  for (const stored of tickets) {
    const short = stored.ticket.number.slice(4);
    const other = newest.get(short);
    if (!other || other.ticket.number < stored.ticket.number) newest.set(short, stored);
  }
  return [...newest.values()];
}
