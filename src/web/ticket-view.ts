/** A ticket as `/api` shows it (design.md 6, "Routes"), to the letter. Pure. */
import type { MatchTrace, TicketEvent } from "../desk/ticket/event.ts";
import type { Ticket } from "../desk/ticket/ticket.ts";
import { isoShanghai } from "../pledge/hours.ts";
import { maskPersonal } from "../words/mask.ts";

/** The same keys in every row. */
export function rowOf(ticket: Ticket) {
  return {
    number: ticket.number,
    state: ticket.state,
    item: ticket.item,
    size: ticket.size,
    text: maskPersonal(ticket.text),
    enterprise: ticket.enterprise,
    point: ticket.point,
    owner: ticket.owner,
    first: ticket.first,
    asker: ticket.asker,
    group: chatOf(ticket.conversation),
    received: isoShanghai(ticket.received),
    due: isoShanghai(ticket.due),
    light: ticket.light,
    rating: ticket.rating,
    result: ticket.result === null ? null : maskPersonal(ticket.result),
    match: ticket.match && matchOf(ticket.match),
  };
}

export function detailOf(ticket: Ticket, story: readonly TicketEvent[]) {
  return { ...rowOf(ticket), story: story.map(eventOf) };
}

/** The chat's id as the platform calls it; null in a one-to-one chat (conversationOf). */
function chatOf(conversation: string): string | null {
  const chat = conversation.slice(conversation.indexOf(":") + 1);
  return chat.startsWith("@") ? null : chat;
}

function matchOf({ confidence, candidates, because, closest }: MatchTrace) {
  return {
    confidence,
    candidates: candidates.map(({ item, confidence: each }) => ({ item, confidence: each })),
    // Words of the asker's own.
    because: because.map(maskPersonal),
    closest: closest && { item: closest.item, phrase: closest.phrase },
  };
}

/** Moments in an event's data, also in what an undone act had changed. */
const TIMES: ReadonlySet<string> = new Set([
  "received",
  "due",
  "acceptBy",
  "until",
  "rateBy",
  "callBackBy",
  "resolvedAt",
  "since",
  "at",
]);
/** Names of things and people, which a mask would damage: an account may look like a telephone number. */
const NAMES: ReadonlySet<string> = new Set([
  ...["platform", "conversation", "kind", "size", "item", "enterprise", "point"],
  ...["asker", "recorder", "owner", "invited", "number", "caller"],
  ...["helper", "to", "into", "proposal", "deciders"],
]);

/** What happened, by whom and when, then what that kind of event knows besides; any other text in it is masked. */
function eventOf({ event, by, at, message, ...data }: TicketEvent): Record<string, unknown> & { event: string } {
  const shown = Object.entries(data).map(([name, value]) => [name, shownValue(name, value)] as const);
  return { event, by, at: isoShanghai(at), message, ...Object.fromEntries(shown) };
}

function shownValue(name: string, value: unknown): unknown {
  if (name === "match") return value === null ? null : matchOf(value as MatchTrace);
  if (typeof value === "number" && TIMES.has(name)) return isoShanghai(value);
  if (typeof value === "string" && !NAMES.has(name)) return maskPersonal(value);
  if (Array.isArray(value)) return value.map((each) => shownValue(name, each));
  // What an undone act had changed, field by field.
  if (typeof value === "object" && value !== null) {
    const told = Object.entries(value).filter(([field]) => field !== "track");
    return Object.fromEntries(told.map(([field, each]) => [field, shownValue(field, each)]));
  }
  return value;
}
