/** Whether a promise is broken now: the one place that knows, for lists, reminders and the clock alike. Pure. */
import type { Times } from "../../pledge/ladder.ts";
import { dueAfterPause } from "../../pledge/pause.ts";
import type { Ticket } from "./ticket.ts";

type Promised = Pick<Ticket, "due" | "provisional">;

/** While the asker is waited for the clock stands still; what was broken before stays broken. */
export function isLate({ due, pause }: Pick<Ticket, "due" | "pause">, now: number): boolean {
  return due < (pause?.since ?? now);
}

/** It waits for its asker, and its clock with it. */
export function isHeld(ticket: Pick<Ticket, "due" | "pause">, now: number): boolean {
  return ticket.pause !== null && !isLate(ticket, now);
}

/** What is promised once a pause is over: only a promise that could still be kept when it began moves with it. */
export function afterPause(
  { due, provisional }: Promised,
  { since, now }: { readonly since: number; readonly now: number },
  { calendar, hours }: Pick<Times, "calendar" | "hours">,
): Promised {
  return due < since ? { due, provisional } : dueAfterPause({ due, since, now }, calendar, hours);
}
