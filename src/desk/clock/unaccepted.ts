/**
 * Nobody accepts a ticket (desk-practice 6): its owner is reminded, then the next in turn has it, then the chief. One
 * step at a time, each in its own 30 working minutes, so that also after downtime whoever is sent for has time to answer.
 * All of it is said from boxes: forty that nobody accepts are one message to each who has to do with them.
 */
import { MINUTE_MS, shanghaiDate } from "../../pledge/hours.ts";
import { quietUntil } from "../../pledge/quiet.ts";
import { nextOnDuty } from "../../station/duty.ts";
import type { Person } from "../../station/station.ts";
import * as words from "../../words/unaccepted.ts";
import type { Draft } from "../draft.ts";
import { staffName } from "../lines/facts.ts";
import { HELPERS_BOX, notify, putInto, staffBox } from "../reminding/box.ts";
import type { Setting } from "../scene.ts";
import type { Awaited } from "../ticket/awaited.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { acceptByFrom } from "./accept-by.ts";

/** The clock looks every second: what comes so soon after its time is not late, and the next step is counted from it. */
const LATE_MS = MINUTE_MS;

export function unaccepted(draft: Draft, setting: Setting, stored: StoredTicket, now: number): void {
  const { awaited, owner } = stored.ticket;
  const { chief, hours } = setting.station;
  const isLate = now - awaited.until >= LATE_MS;
  const morning = quietUntil(now, setting.calendar, hours);
  if (morning !== null) {
    draft.happen(stored, { event: "put-off", awaited: { ...awaited, until: morning } });
    return;
  }
  const until = acceptByFrom(setting, isLate ? now : awaited.until);
  if (awaited.next === "remind" || owner === chief.id) remind(draft, setting, stored, until, now);
  else if (awaited.next === "pass") passToNext(draft, setting, stored, until, now);
  else passToChief(draft, setting, stored, now);
}

/** The chief has nobody after them, and is reminded once. */
function remind(draft: Draft, setting: Setting, stored: StoredTicket, until: number, now: number): void {
  const { station } = setting;
  const isChiefs = stored.ticket.owner === station.chief.id;
  const awaited: Awaited = isChiefs ? { until: now, next: "nothing" } : { until, next: "pass" };
  const ticket = draft.happen(stored, { event: "reminded", kind: "unaccepted", awaited });
  notify(draft, setting, ticket, "accept", "owner");
}

function passToNext(draft: Draft, setting: Setting, stored: StoredTicket, until: number, now: number): void {
  const { station, load } = setting;
  const { owner, point, platform } = stored.ticket;
  const next = nextOnDuty(station, point, owner, shanghaiDate(now), load, platform);
  if (!next) {
    passToChief(draft, setting, stored, now);
    return;
  }
  const why = [words.notAccepted(staffName(setting, owner)), next.why].filter(Boolean).join("；");
  const { id } = passed(draft, setting, stored, next.person, why, { until, next: "chief" });
  putInto(draft, setting, staffBox(next.person.id), { ticket: id, kind: "sent-for", why });
  if (station.helpersGroups.length === 0) return;
  putInto(draft, setting, HELPERS_BOX, { ticket: id, kind: "passed", why: staffName(setting, owner) });
}

/** It is the chief's also while they are away; then whoever stands in is sent for. */
function passToChief(draft: Draft, setting: Setting, stored: StoredTicket, now: number): void {
  const { chief } = setting.station;
  const why = words.notAccepted(staffName(setting, stored.ticket.owner));
  const ticket = passed(draft, setting, stored, chief, why, { until: now, next: "nothing" });
  notify(draft, setting, ticket, "sent-for", "chief", why);
}

/** Whoever had it hears that they need not any more. */
function passed(
  draft: Draft,
  setting: Setting,
  stored: StoredTicket,
  { id }: Person,
  why: string,
  awaited: Awaited,
): Ticket {
  const before = stored.ticket.owner;
  const ticket = draft.happen(stored, { event: "passed", owner: id, why, awaited });
  if (before !== null) putInto(draft, setting, staffBox(before), { ticket: ticket.id, kind: "passed" });
  return ticket;
}
