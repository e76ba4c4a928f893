/** What a sentence says about a ticket: names and times as people read them. */
import { whenText } from "../pledge/when.ts";
import type { Station } from "../station/station.ts";
import type { Intents } from "../understanding/intents.ts";
import * as words from "../words/desk.ts";
import { plain } from "../words/plain.ts";
import type { Who } from "./event.ts";
import { shown } from "./number.ts";
import { isActive, OTHER, type Ticket } from "./ticket.ts";

export interface Names {
  readonly station: Station;
  readonly intents: Intents;
}

export function named(ticket: Ticket): words.Named {
  return { number: shown(ticket.number) };
}

export function itemName({ intents }: Names, item: string | null): string {
  if (item === null) return words.ASKING_NAME;
  if (item === OTHER) return words.OTHER_NAME;
  return intents.items.get(item)?.name ?? item;
}

/** Staff are named, they are on the wall; anybody else is not. */
export function staffName({ station }: Names, who: Who | null): string {
  return (who === null ? null : station.personById(who)?.name) ?? "帮办员";
}

/** `孙三（南社区服务点）` */
export function ownerName({ station }: Names, ticket: Ticket): string | null {
  const person = ticket.owner === null ? null : station.personById(ticket.owner);
  if (!person) return null;
  const point = station.points.find(({ helpers }) => helpers.includes(person.id));
  return point ? `${person.name}（${point.name}）` : person.name;
}

export function enterpriseName(ticket: Ticket): string {
  return ticket.enterprise ?? words.UNKNOWN_ENTERPRISE;
}

export function receiptFacts(names: Names, ticket: Ticket, now: number, why: string): words.ReceiptFacts {
  return {
    ...named(ticket),
    item: itemName(names, ticket.item),
    text: plain(ticket.text),
    small: ticket.size === "small",
    due: whenText(ticket.due, now),
    why,
    owner: ownerName(names, ticket),
    invited: ticket.invited === null ? null : staffName(names, ticket.invited),
    because: (ticket.match?.because ?? []).map((word) => plain(word, 20)),
  };
}

export function taskFacts(names: Names, ticket: Ticket, now: number, why: string): words.TaskFacts {
  return {
    ...named(ticket),
    item: itemName(names, ticket.item),
    enterprise: enterpriseName(ticket),
    text: plain(ticket.text),
    acceptBy: whenText(ticket.acceptBy, now),
    due: whenText(ticket.due, now),
    small: ticket.size === "small",
    why,
  };
}

/** `full`: within the company's own group or among staff; elsewhere number, item and light only (desk-practice 6). */
export function statusFacts(names: Names, ticket: Ticket, now: number, full: boolean): words.StatusFacts {
  return {
    ...named(ticket),
    item: itemName(names, ticket.item),
    state: ticket.item === null && ticket.state === "open" ? "待确认" : words.STATE_WORDS[ticket.state],
    due: full && isActive(ticket) ? whenText(ticket.due, now) : null,
    owner: full ? ownerName(names, ticket) : null,
    light: ticket.light === null ? null : words.LIGHT_WORDS[ticket.light],
    text: full ? plain(ticket.text) : null,
    result: full && ticket.result !== null ? plain(ticket.result, 300) : null,
  };
}
