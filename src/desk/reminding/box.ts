/**
 * What the clock has to tell somebody is not said at once: it is put into their box, and the box is said as one message.
 * So several things of one moment, of five minutes, of a night or of a downtime are one line and no flood (desk-practice 1).
 */
import type { Write } from "../../lanes/commit.ts";
import { MINUTE_MS, shanghaiDate } from "../../pledge/hours.ts";
import type { Light, Receiver } from "../../pledge/ladder.ts";
import { quietUntil } from "../../pledge/quiet.ts";
import { deputyOf, standsInFor } from "../../station/duty.ts";
import type { Person } from "../../station/station.ts";
import { keys } from "../../store/keys.ts";
import type { Notice, NoticeKind } from "../decision.ts";
import type { Draft } from "../draft.ts";
import { isGroup } from "../lines/home.ts";
import { canBeTold } from "../lines/telling.ts";
import type { Setting } from "../scene.ts";
import { isHeld } from "../ticket/lateness.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";

/** One person hears of one message within this. */
export const APART_MS = 5 * MINUTE_MS;
/** How a box is called among the steps. */
export const BOX = "box:";
/** Longer than anything is held back, in s. */
export const BOX_S = 100 * 86_400;
export const LEADERS_BOX = "leaders";
/** Of all helpers, in their group. */
export const HELPERS_BOX = "helpers";
const STAFF = "staff:";
const ASKER = "asker:";
const LIGHTS: readonly Light[] = ["blue", "yellow", "red"];

export interface Waiting {
  /** As the box holds it. */
  readonly field: string;
  readonly kind: NoticeKind;
  /** Empty where the ticket says all that there is to say. */
  readonly why: string;
  readonly stored: StoredTicket;
}

export interface Box {
  readonly name: string;
  readonly version: string;
  /** When it was last said, and when somebody was last sent for by it; 0 for never. Desk clock, ms. */
  readonly sent: number;
  readonly summoned: number;
  /** The morning's list of what is to be done is to be said. */
  readonly morning: boolean;
  readonly waiting: readonly Waiting[];
}

export function staffBox(person: string): string {
  return STAFF + person;
}

/** Whose box it is; null for that of the leaders or of somebody who asked. */
export function personOf(box: string): string | null {
  return box.startsWith(STAFF) ? box.slice(STAFF.length) : null;
}

export function isAskers(box: string): boolean {
  return box.startsWith(ASKER);
}

/** One ticket's notice takes the place of its earlier one of the same sort. */
export function fieldOf({ ticket, kind }: Pick<Notice, "ticket" | "kind">): string {
  return `${SORTS[kind]}:${ticket}`;
}

const SORTS: Readonly<Record<NoticeKind, string>> = {
  ...{ blue: "light", yellow: "light", red: "light" },
  ...{ accept: "accept", "sent-for": "accept", passed: "passed", moved: "moved" },
};

/** As a box holds it: `yellow`, `sent-for 帮办员丙未在规定时间内接单`. */
export function toValue({ kind, why = "" }: Pick<Notice, "kind" | "why">): string {
  return [kind, why].filter(Boolean).join(" ");
}

export function fromValue(value: string): Pick<Waiting, "kind" | "why"> {
  const [kind = "", ...why] = value.split(" ");
  return { kind: kind as NoticeKind, why: why.join(" ") };
}

export function ticketOf(field: string): string {
  return field.slice(field.indexOf(":") + 1);
}

/** The writes that put something into a box, to be said not before `at`; under its version, since it may be said just now. */
export function intoBox(box: string, field: string, value: string, at: number): Write[] {
  const key = keys.box(box);
  return [
    ["HINCRBY", key, "v", "1"],
    ["HSET", key, field, value],
    ["EXPIRE", key, String(BOX_S)],
    // What is in it already may have to be said earlier.
    ["ZADD", keys.steps, "LT", String(at), BOX + box],
  ];
}

/** Whether it is still worth saying. */
export function isStillSo({ kind, stored: { ticket } }: Waiting, now: number): boolean {
  if (kind === "accept" || kind === "sent-for") return ticket.state === "open" && ticket.owner !== null;
  if (kind === "passed") return isActive(ticket);
  if (kind === "moved") return isActive(ticket) && ticket.state !== "paused" && ticket.due > now;
  if (!isActive(ticket) || ticket.light === null || isHeld(ticket, now)) return false;
  // Blue is said while it is blue; what is worse now has been put in its place. A later promise is not broken yet.
  return kind === "blue" ? ticket.light === "blue" : LIGHTS.indexOf(ticket.light) >= LIGHTS.indexOf(kind);
}

/** The chief, or whoever stands in. */
export function isChiefs({ station }: Pick<Setting, "station">, person: Person, now: number): boolean {
  const { chief } = station;
  return person.id === chief.id || deputyOf(station, chief, shanghaiDate(now))?.id === person.id;
}

/** Puts it into the box of whoever this receiver is today. */
export function notify(
  draft: Draft,
  setting: Setting,
  ticket: Ticket,
  kind: NoticeKind,
  receiver: Receiver,
  why = "",
): void {
  const box = boxOf(setting, ticket, receiver, draft.at);
  if (box === null) return;
  // Red is told to the chief at any hour.
  const atAnyHour = kind === "red" && receiver === "chief";
  if (atAnyHour) draft.notify({ box, ticket: ticket.id, kind, at: draft.at });
  else putInto(draft, setting, box, { ticket: ticket.id, kind, why });
}

/** Said when the quiet hours are over, where these are some. */
export function putInto(
  draft: Draft,
  { calendar, station }: Pick<Setting, "calendar" | "station">,
  box: string,
  notice: Pick<Notice, "ticket" | "kind" | "why">,
): void {
  draft.notify({ ...notice, box, at: quietUntil(draft.at, calendar, station.hours) ?? draft.at });
}

function boxOf(setting: Setting, ticket: Ticket, receiver: Receiver, now: number): string | null {
  const { station } = setting;
  const today = shanghaiDate(now);
  switch (receiver) {
    case "leaders":
      return LEADERS_BOX;
    case "chief":
      return staffBox((deputyOf(station, station.chief, today) ?? station.chief).id);
    case "owner": {
      const owner = ticket.owner === null ? null : station.personById(ticket.owner);
      return owner && staffBox((standsInFor(station, owner, ticket.point, today) ?? owner).id);
    }
    case "asker":
      // Registered for a company that has no group: only whoever wrote it down would read it.
      if (ticket.recorder === ticket.asker && !isGroup(ticket)) return null;
      return canBeTold(setting, ticket) ? `${ASKER}${ticket.asker}@${ticket.conversation}` : null;
  }
}
