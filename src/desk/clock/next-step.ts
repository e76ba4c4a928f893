/** When the clock has something to do for a ticket, and what. Pure. */
import { MINUTE_MS } from "../../pledge/hours.ts";
import { nextRung, type Times } from "../../pledge/ladder.ts";
import { isLate } from "../ticket/lateness.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";

/** How long the desk waits for the answer to its own question before a person takes over (desk-practice 6). */
const UNANSWERED_MS = 10 * MINUTE_MS;

export interface Step {
  /** Desk clock, ms. */
  readonly at: number;
  readonly step: "unanswered" | "unaccepted" | "light" | "pause-over" | "lapsed" | "unrated" | "call-back";
}

/** When the clock has something to do for this ticket, and what; null if nothing. */
export function nextStep(ticket: Ticket, times: Times): Step | null {
  const steps = [
    unanswered(ticket, times),
    unaccepted(ticket),
    lightStep(ticket, times),
    pauseOver(ticket),
    lapsed(ticket),
    afterwards(ticket),
  ].filter((step) => step !== null);
  return steps.reduce<Step | null>((first, step) => (first && first.at <= step.at ? first : step), null);
}

function unanswered(ticket: Ticket, { ladder }: Times): Step | null {
  // Whoever has accepted it knows whom to ask, and has as long as a first response: an item it shall have all the same.
  if (ticket.state === "accepted") return ticket.item === null ? { at: ticket.acceptBy, step: "unanswered" } : null;
  if (ticket.state !== "open" || (ticket.item !== null && ticket.owner !== null)) return null;
  const overnight = ticket.acceptBy - ticket.received > ladder.accept * MINUTE_MS;
  // Nobody is sent for at night: then it goes on when a first response would be due in the morning.
  return { at: overnight ? ticket.acceptBy : ticket.received + UNANSWERED_MS, step: "unanswered" };
}

/** Accepting, or whatever else leads away from `open`, ends it; what is taken back goes on where it was. */
function unaccepted({ state, item, owner, awaited }: Ticket): Step | null {
  if (state !== "open" || item === null || owner === null || awaited.next === "nothing") return null;
  return { at: awaited.until, step: "unaccepted" };
}

/** While it is worked on. A pause moves the promise, and the lights with it; what was broken before it waits for nobody. */
export function lightStep(ticket: Ticket, times: Times): Step | null {
  if (!isActive(ticket) || (ticket.pause !== null && !isLate(ticket, ticket.pause.since))) return null;
  const rung = nextRung(ticket.light, ticket.due, times);
  return rung && { at: rung.at, step: "light" };
}

function pauseOver({ state, pause }: Ticket): Step | null {
  return state === "paused" && pause !== null ? { at: pause.until, step: "pause-over" } : null;
}

function lapsed({ proposal, ...ticket }: Ticket): Step | null {
  const until = proposal?.until ?? null;
  return until !== null && isActive(ticket) ? { at: until, step: "lapsed" } : null;
}

function afterwards({ state, callBackBy, callBackReminded, rateBy }: Ticket): Step | null {
  if (state !== "resolved") return null;
  if (callBackBy !== null) return callBackReminded ? null : { at: callBackBy, step: "call-back" };
  return rateBy === null ? null : { at: rateBy, step: "unrated" };
}
