/**
 * What would be promised for a ticket by the hours and holidays of now (desk-practice 1: recomputed when the overlay
 * comes). Read from its story, event by event: a pause has moved the promise, an extension has set it. Pure.
 */
import { due } from "../../pledge/due.ts";
import { shanghaiDate, shanghaiTime } from "../../pledge/hours.ts";
import { dueAfterPause } from "../../pledge/pause.ts";
import type { Setting } from "../scene.ts";
import type { Pledge, TicketEvent } from "../ticket/event.ts";
import { afterPause } from "../ticket/lateness.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { acceptByFrom, timesOf } from "./accept-by.ts";

type Clocked = Pick<Setting, "calendar" | "station">;

/** Null where nothing is otherwise than it was promised. */
export function recomputed(ticket: Ticket, story: readonly TicketEvent[], setting: Clocked): Pledge | null {
  const { calendar, station } = setting;
  const { hours } = station;
  const times = timesOf(setting);
  /** As it was promised, and what is promised instead. */
  const old = { due: 0, acceptBy: 0 };
  let now = { due: 0, provisional: false, acceptBy: 0 };
  const instead = { due: new Map<number, number>(), acceptBy: new Map<number, number>() };
  let received = ticket.received;
  let size = ticket.size;
  let pausedAt = 0;

  const counted = (from: number, told: Pledge): void => {
    // What was kept when the item changed is kept.
    if (told.due !== old.due) now = { ...now, ...pick(due(from, size, calendar, hours)) };
    if (told.acceptBy !== old.acceptBy) now = { ...now, acceptBy: acceptByFrom(setting, from) };
  };

  /** The day that was agreed on; the next one that works, where it has become a rest day since. */
  const given = (at: number) => {
    const day = shanghaiDate(at);
    const moved = calendar.isWorkday(day) ? at : shanghaiTime(calendar.nextWorkday(day), hours.close);
    return { due: moved, provisional: !calendar.isPublished(shanghaiDate(moved)) };
  };

  for (const event of story) {
    switch (event.event) {
      case "opened":
        ({ received, size } = event);
        counted(received, event);
        now = { ...now, acceptBy: acceptByFrom(setting, event.at) };
        // Split from another case, which had a later promise: that one was given.
        if (event.at > received && event.due > now.due) now = { ...now, ...given(event.due) };
        break;
      case "matched":
        size = event.size;
        counted(received, event);
        break;
      case "reopened":
        // A new promise, also where it happens to end with the old one.
        now = { ...pick(due(event.at, size, calendar, hours)), acceptBy: acceptByFrom(setting, event.at) };
        break;
      case "handed-over":
      case "assigned":
      case "returned":
        if (event.acceptBy !== old.acceptBy) now = { ...now, acceptBy: acceptByFrom(setting, event.at) };
        break;
      case "paused":
        pausedAt = event.at;
        break;
      case "resumed":
        // A promise that was broken before has not moved with the pause, unless it turns out not to have been broken.
        if (event.due === old.due) now = { ...now, ...afterPause(now, { since: pausedAt, now: event.at }, times) };
        else now = { ...now, ...dueAfterPause({ due: now.due, since: pausedAt, now: event.at }, calendar, hours) };
        break;
      case "extended":
        // The day that was agreed on.
        now = { ...now, ...given(event.due) };
        break;
      case "absorbed":
        // The earlier of two promises holds.
        if (event.due < old.due) now = { ...now, ...given(event.due) };
        break;
      case "undone": {
        const { back } = event;
        if (back.size !== undefined) size = back.size;
        if (back.due !== undefined) now = { ...now, due: instead.due.get(back.due) ?? back.due };
        if (back.acceptBy !== undefined)
          now = { ...now, acceptBy: instead.acceptBy.get(back.acceptBy) ?? back.acceptBy };
        break;
      }
    }
    const told = event.event === "undone" ? event.back : event;
    if ("due" in told && typeof told.due === "number" && event.event !== "proposed") old.due = told.due;
    if ("acceptBy" in told && typeof told.acceptBy === "number") old.acceptBy = told.acceptBy;
    instead.due.set(old.due, now.due);
    instead.acceptBy.set(old.acceptBy, now.acceptBy);
  }
  const same = now.due === ticket.due && now.provisional === ticket.provisional && now.acceptBy === ticket.acceptBy;
  return same ? null : now;
}

function pick({ due: at, provisional }: { readonly due: number; readonly provisional: boolean }) {
  return { due: at, provisional };
}
