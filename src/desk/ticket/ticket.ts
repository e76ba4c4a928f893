/** A ticket and its state machine: pure. `evolve` is the only way in which a ticket changes. */
import assert from "node:assert/strict";
import type { PlatformName } from "../../chat/message.ts";
import type { Size } from "../../pledge/due.ts";
import type { Light } from "../../pledge/ladder.ts";
import { mergeSlots, type Slots } from "../../understanding/slots.ts";
import { trackAfter, trackOf } from "../track/track-record.ts";
import { type Awaited, awaitedFrom } from "./awaited.ts";
import type { Happening, MatchTrace, Rating, TicketEvent, Via, Who } from "./event.ts";
import { MOVES, type State } from "./state-machine.ts";
import { AT_REST, evolveWorking, NEWLY_OPENED, type Working } from "./working-change.ts";

/** The item of a request for help that no item of the menu covers. */
export const OTHER = "other";

export interface Ticket extends Working {
  /** ULID, known before the commit. */
  readonly id: string;
  /** `20261123-017`; a placeholder until the commit gives it. */
  readonly number: string;
  readonly state: State;
  /** Menu id, `other`, or null while it is being asked. */
  readonly item: string | null;
  readonly size: Size;
  readonly text: string;
  readonly platform: PlatformName;
  readonly conversation: string;
  readonly asker: Who;
  readonly recorder: Who | null;
  readonly via: Via | null;
  readonly enterprise: string | null;
  readonly point: string | null;
  readonly owner: string | null;
  /** 首接负责: the first helper stays named. */
  readonly first: string | null;
  readonly invited: string | null;
  readonly received: number;
  readonly due: number;
  readonly provisional: boolean;
  readonly acceptBy: number;
  /** While it is open and somebody looks after it: until when they are waited for, and what comes then. */
  readonly awaited: Awaited;
  /** How near to its promise, or past it; put there by the clock. */
  readonly light: Light | null;
  /** How many promises of it were not kept, yellow or reopened: the next one that goes yellow is red at once (desk-practice 1). */
  readonly broken: number;
  /** 催办: how often it was asked for. */
  readonly urges: number;
  readonly result: string | null;
  readonly resolvedAt: number | null;
  readonly rating: Rating | null;
  /** Until when it may be rated; null unless it is resolved or was closed since. */
  readonly rateBy: number | null;
  /** Rated low: by when somebody else calls back, who, and whether that was reminded of. */
  readonly callBackBy: number | null;
  readonly caller: string | null;
  readonly callBackReminded: boolean;
  readonly match: MatchTrace | null;
  /** Words of emergency were typed about it. */
  readonly urgent: boolean;
  /** What is known of what the item asks for, as people read it; personal data in it is not masked. */
  readonly slots: Slots;
  /** As much of its story as figures and ledger look at (track.ts), as one line. */
  readonly track: string;
}

export function mayHappen(ticket: Ticket, event: Happening["event"]): boolean {
  return MOVES[event][ticket.state] !== undefined;
}

/** Still to be worked on. */
export function isActive({ state }: Pick<Ticket, "state">): boolean {
  return state === "open" || state === "accepted" || state === "paused";
}

/** Nothing is expected of anybody any more. */
export function isEnded({ state }: Pick<Ticket, "state">): boolean {
  return state === "closed" || state === "withdrawn" || state === "declined" || state === "merged";
}

export function openTicket(id: string, number: string, event: TicketEvent & { event: "opened" }): Ticket {
  return {
    id,
    number,
    state: "open",
    item: null,
    size: event.size,
    text: event.text,
    platform: event.platform,
    conversation: event.conversation,
    asker: event.asker,
    recorder: event.recorder,
    via: event.via ?? null,
    enterprise: event.enterprise,
    point: event.point,
    owner: null,
    first: null,
    invited: null,
    received: event.received,
    due: event.due,
    provisional: event.provisional,
    acceptBy: event.acceptBy,
    awaited: awaitedFrom(event.acceptBy),
    light: null,
    broken: 0,
    urges: 0,
    result: null,
    resolvedAt: null,
    rating: null,
    rateBy: null,
    callBackBy: null,
    caller: null,
    callBackReminded: false,
    match: event.match,
    urgent: false,
    slots: [],
    track: trackOf([event]),
    ...NEWLY_OPENED,
  };
}

const NO_CALL_BACK = { callBackBy: null, caller: null, callBackReminded: false } as const;
const NOT_RESOLVED = { ...NO_CALL_BACK, result: null, resolvedAt: null, rating: null, rateBy: null } as const;

export function evolve(ticket: Ticket, event: TicketEvent): Ticket {
  const leads = MOVES[event.event][ticket.state];
  assert(leads, `${event.event} cannot happen to a ticket that is ${ticket.state}`);
  const next = { ...changed(ticket, event), track: trackAfter(ticket.track, ticket.received, event) };
  assert(leads.includes(next.state), `${event.event} leads from ${ticket.state} to ${next.state}, which is not drawn`);
  return next;
}

function changed(ticket: Ticket, event: TicketEvent): Ticket {
  switch (event.event) {
    case "opened":
      return ticket;
    case "matched":
      return {
        ...ticket,
        ...pledgeOf(event),
        light: lightUnder(ticket, event.due),
        item: event.item,
        size: event.size,
        owner: event.owner,
        first: ticket.first ?? event.owner,
        invited: event.invited,
        match: event.match ?? ticket.match,
        awaited: awaitedOf(ticket, event, event.acceptBy),
      };
    case "located":
      return {
        ...ticket,
        enterprise: event.enterprise,
        point: event.point,
        owner: event.owner,
        first: ticket.first ?? event.owner,
        awaited: awaitedOf(ticket, event, ticket.acceptBy),
      };
    case "passed":
      return {
        ...ticket,
        owner: event.owner,
        first: ticket.first ?? event.owner,
        awaited: awaitedOf(ticket, event, ticket.acceptBy),
      };
    case "accepted":
      return { ...ticket, state: "accepted" };
    case "alarmed":
      return { ...ticket, urgent: true };
    case "undone":
      return { ...ticket, ...event.back };
    case "noted":
      return ticket;
    case "urged":
      return { ...ticket, urges: ticket.urges + 1 };
    case "light":
      return { ...ticket, light: event.light, broken: ticket.broken + (event.light === "yellow" ? 1 : 0) };
    case "recomputed": {
      const light = lightUnder(ticket, event.due);
      // What turns out to be promised for later was not broken.
      const isTaken = light === null && (ticket.light === "yellow" || ticket.light === "red");
      return {
        ...ticket,
        ...pledgeOf(event),
        light,
        broken: ticket.broken - (isTaken ? 1 : 0),
        awaited:
          ticket.awaited.until === ticket.acceptBy ? { ...ticket.awaited, until: event.acceptBy } : ticket.awaited,
      };
    }
    case "detailed":
      return { ...ticket, slots: mergeSlots(ticket.slots, event.slots) };
    case "resolved":
      return {
        ...ticket,
        ...AT_REST,
        state: "resolved",
        result: event.result,
        resolvedAt: event.at,
        rateBy: event.rateBy,
        light: null,
      };
    case "rated":
      // A low rating waits for its call-back, also where a good one had closed the ticket.
      return {
        ...ticket,
        rating: event.rating,
        callBackBy: event.callBackBy,
        // Low once more: whoever was named calls all the same.
        caller: event.callBackBy === null ? null : ticket.caller,
        callBackReminded: false,
        state: event.rating <= 2 ? "resolved" : ticket.state,
      };
    case "caller-named":
      return { ...ticket, caller: event.caller };
    case "called-back":
      return { ...ticket, ...NO_CALL_BACK };
    case "reminded":
      return event.kind === "unaccepted"
        ? { ...ticket, awaited: event.awaited }
        : { ...ticket, callBackReminded: true };
    case "put-off":
      return { ...ticket, awaited: event.awaited };
    case "reopened":
      return {
        ...ticket,
        ...pledgeOf(event),
        ...NOT_RESOLVED,
        // What did not solve it was not what had been promised.
        broken: Math.max(1, ticket.broken),
        awaited: awaitedFrom(event.acceptBy),
        state: "open",
      };
    case "withdrawn":
      return { ...ticket, ...AT_REST, state: "withdrawn", light: null };
    case "closed":
      return { ...ticket, ...NO_CALL_BACK, state: "closed", light: null };
    default:
      return evolveWorking(ticket, event);
  }
}

/** @throws if the story does not begin with `opened`, or something in it could not have happened */
export function replay(id: string, number: string, story: readonly TicketEvent[]): Ticket {
  const [first, ...rest] = story;
  assert(first?.event === "opened", "a story begins with opened");
  return rest.reduce(evolve, openTicket(id, number, first));
}

/** Somebody else is sent for: the steps begin anew, unless the event says where they go on. */
function awaitedOf(
  before: Ticket,
  event: { readonly owner: string | null; readonly awaited?: Awaited },
  acceptBy: number,
): Awaited {
  return event.awaited ?? (event.owner === before.owner ? before.awaited : awaitedFrom(acceptBy));
}

/** A later promise begins without a light. */
function lightUnder({ light, due }: Pick<Ticket, "light" | "due">, next: number): Light | null {
  return next > due ? null : light;
}

function pledgeOf({ due, provisional, acceptBy }: Pick<Ticket, "due" | "provisional" | "acceptBy">) {
  return { due, provisional, acceptBy };
}
