/** A box as lines: what is said to one person at one time, and what stays in it for later. Pure. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { quietUntil } from "../../pledge/quiet.ts";
import { standsInFor } from "../../station/duty.ts";
import type { Person } from "../../station/station.ts";
import type { Line } from "../decision.ts";
import { Draft } from "../draft.ts";
import { hasWayAmongStaff, isReachedAt } from "../lines/addressing.ts";
import type { Setting } from "../scene.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import {
  APART_MS,
  type Box,
  HELPERS_BOX,
  isAskers,
  isChiefs,
  isStillSo,
  LEADERS_BOX,
  personOf,
  type Waiting,
} from "./box.ts";
import { morningText } from "./morning.ts";
import { askerText, passedText, reminderText, sortedNotices } from "./reminder-text.ts";

/** What somebody looks after, for the morning's list. */
export interface Own {
  readonly own: readonly StoredTicket[];
  readonly standIn: readonly StoredTicket[];
}

export interface Said {
  readonly lines: readonly Line[];
  /** The fields that are done with. */
  readonly done: readonly string[];
  /** The morning's list was said, or there was nothing to list. */
  readonly morning: boolean;
  /** Somebody was sent for. */
  readonly summoned: boolean;
  /** When the box is looked at again; null when it is empty. */
  readonly next: number | null;
}

export function sayBox(setting: Setting, box: Box, { own, standIn }: Own, now: number): Said {
  const calm = quietUntil(now, setting.calendar, setting.station.hours);
  const person = setting.station.personById(personOf(box.name) ?? "");
  const mayInterrupt = ({ kind }: Waiting) => kind === "red" && person !== null && isChiefs(setting, person, now);
  const sayable = calm === null ? box.waiting : box.waiting.filter(mayInterrupt);
  const isMorning = box.morning && calm === null;
  const done = sayable.map(({ field }) => field);
  const left = box.waiting.length > sayable.length || (box.morning && !isMorning);
  const next = left ? calm : null;
  const nothing = { lines: [], done: [], morning: false, summoned: false };
  if (sayable.length === 0 && !isMorning) return { ...nothing, next };
  // One message in five minutes: what came meanwhile is said with it then. The morning's comes at its time, and whoever is
  // sent for hears so at once, where nothing of that sort was said to them just now.
  const before = sayable.some(({ kind }) => kind === "sent-for") ? box.summoned : box.sent;
  if (!isMorning && before <= now && now - before < APART_MS) return { ...nothing, next: before + APART_MS };
  const still = sortedNotices(
    sayable.filter((notice) => isStillSo(notice, now) && isStillTheirs(setting, person, notice, now)),
  );
  const draft = Draft.ofStep(now);
  if (person) {
    const apart = isMorning ? besideMorning(still) : still;
    if (isMorning) sayMorning(draft, setting, person, withoutPassed(still), { own, standIn }, now);
    if (apart.length > 0) sayToStaff(draft, setting, person, apart, now);
  } else if (still.length > 0) {
    if (box.name === LEADERS_BOX) sayToLeaders(draft, setting, still, now);
    else if (box.name === HELPERS_BOX) sayToHelpers(draft, setting, still, now);
    // Of somebody who is not in the station file any more nothing is said to anybody else.
    else if (isAskers(box.name)) sayToAsker(draft, setting, still, now);
  }
  const summoned = still.some(({ kind }) => kind === "sent-for");
  return { lines: draft.decision().lines, done, morning: isMorning, summoned, next };
}

/** What they need not do any more has no place in a list of what is to be done, and one that is new to them is told whole. */
function besideMorning(notices: readonly Waiting[]): Waiting[] {
  const sentFor = notices.filter(({ kind }) => kind === "sent-for");
  const passed = notices.filter(({ kind }) => kind === "passed");
  return sentFor.length === 1 ? [...sentFor, ...passed] : passed;
}

function withoutPassed(notices: readonly Waiting[]): Waiting[] {
  return notices.filter(({ kind }) => kind !== "passed");
}

/** Who stood in for a helper when it was put there may not stand in any more when it is said. */
function isStillTheirs(
  { station }: Setting,
  person: Person | null,
  { kind, stored: { ticket } }: Waiting,
  now: number,
): boolean {
  if (kind === "passed") return ticket.owner !== person?.id;
  if (person === null || person.role !== "helper" || ticket.owner === person.id) return true;
  if (isChiefs({ station }, person, now)) return true;
  const owner = ticket.owner === null ? null : station.personById(ticket.owner);
  return owner !== null && standsInFor(station, owner, ticket.point, shanghaiDate(now))?.id === person.id;
}

/** A helper in the ticket's group; of several groups, or without an account there, among staff: no company reads of another. */
function sayToStaff(draft: Draft, setting: Setting, person: Person, notices: readonly Waiting[], now: number): void {
  const groups = byConversation(notices);
  const others = withoutPassed(notices).some(({ stored }) => stored.ticket.owner !== person.id);
  const isApart = notices.some(({ stored }) => !isReachedAt(setting, person.id, stored.ticket));
  const isAmongStaff =
    person.role !== "helper" || groups.length > 1 || isApart || (others && isChiefs(setting, person, now));
  if (isAmongStaff && hasWayAmongStaff(setting, person.id)) {
    const { text, short } = reminderText(setting, person, notices, now);
    const tickets = ticketsOf(notices);
    draft.say({ kind: "staff", person: person.id, ticket: null }, text, tickets, { ...short, ...paceOf(notices) });
    return;
  }
  for (const group of groups) {
    const { text, short } = reminderText(setting, person, group, now);
    const tickets = ticketsOf(group);
    const [ticket] = tickets;
    const how = { ...short, ...paceOf(group) };
    if (ticket) draft.say({ kind: "group", ticket, mention: [person.id] }, text, tickets, how);
  }
}

/** A reminder lets everything else go first; what sends for somebody does not wait. */
function paceOf(notices: readonly Waiting[]): Pick<Line, "patient"> {
  return notices.some(({ kind }) => kind === "sent-for") ? {} : { patient: true };
}

/** Number and item only: no company is named where all helpers read. */
function sayToHelpers(draft: Draft, setting: Setting, notices: readonly Waiting[], now: number): void {
  const text = passedText(setting, notices, now);
  draft.say({ kind: "helpers", mention: [] }, text, ticketsOf(notices), { patient: true });
}

function sayMorning(
  draft: Draft,
  setting: Setting,
  person: Person,
  notices: readonly Waiting[],
  { own, standIn }: Own,
  now: number,
): void {
  const mine = own.map(({ ticket }) => ticket);
  const others = standIn.map(({ ticket }) => ticket);
  const told = new Set([...mine, ...others].map(({ id }) => id));
  const beside = notices.filter(({ stored }) => !told.has(stored.ticket.id));
  if (told.size + beside.length === 0) return;
  if (hasWayAmongStaff(setting, person.id)) {
    const text = morningText(setting, { mine, others, beside: ticketsOf(beside) }, null, now);
    const about = [...mine, ...others, ...ticketsOf(beside)];
    draft.say({ kind: "staff", person: person.id, ticket: null }, text, about, { patient: true });
    return;
  }
  // Nobody can be spoken to but in the companies' groups: each reads of its own.
  const groups = new Set([...mine, ...others, ...ticketsOf(beside)].map(({ conversation }) => conversation));
  for (const conversation of groups) {
    const here = (tickets: readonly Ticket[]) => tickets.filter((ticket) => ticket.conversation === conversation);
    const part = { mine: here(mine), others: here(others), beside: here(ticketsOf(beside)) };
    const all = [...part.mine, ...part.others, ...part.beside];
    const [ticket] = all;
    if (!ticket) continue;
    const text = morningText(setting, part, conversation, now);
    draft.say({ kind: "group", ticket, mention: [person.id] }, text, all, { patient: true });
  }
}

function sayToLeaders(draft: Draft, setting: Setting, notices: readonly Waiting[], now: number): void {
  const { leadersGroups, people } = setting.station;
  const { text } = reminderText(setting, null, notices, now);
  const tickets = ticketsOf(notices);
  for (const group of leadersGroups) draft.say({ kind: "leaders", group }, text, tickets, { patient: true });
  if (leadersGroups.length > 0) return;
  for (const { id, role } of people) {
    if (role === "leader") draft.say({ kind: "alone", person: id }, text, tickets, { patient: true });
  }
}

function sayToAsker(draft: Draft, setting: Setting, notices: readonly Waiting[], now: number): void {
  const tickets = ticketsOf(notices);
  const [ticket] = tickets;
  if (!ticket) return;
  draft.say({ kind: "group", ticket, mention: [ticket.asker] }, askerText(setting, notices, now), tickets, {
    patient: true,
  });
}

function ticketsOf(notices: readonly Waiting[]): Ticket[] {
  return notices.map(({ stored }) => stored.ticket);
}

function byConversation(notices: readonly Waiting[]): Waiting[][] {
  const groups = new Map<string, Waiting[]>();
  for (const notice of notices) {
    const { conversation } = notice.stored.ticket;
    groups.set(conversation, [...(groups.get(conversation) ?? []), notice]);
  }
  return [...groups.values()];
}
