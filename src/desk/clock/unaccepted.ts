/**
 * Nobody accepts a ticket (desk-practice 6): its owner is reminded, then the next in turn has it, then the chief. One
 * step at a time, each in its own 30 working minutes, so that also after downtime whoever is sent for has time to answer.
 */

import { MINUTE_MS, shanghaiDate } from "../../pledge/hours.ts";
import { quietUntil } from "../../pledge/quiet.ts";
import { deputyOf, nextOnDuty } from "../../station/duty.ts";
import type { Person } from "../../station/station.ts";
import * as words from "../../words/unaccepted.ts";
import { summonOwner } from "../asking/matching.ts";
import type { Draft } from "../draft.ts";
import { caseFacts, ownerName, staffName } from "../lines/facts.ts";
import { tellStaff } from "../lines/telling.ts";
import { notify } from "../reminding/box.ts";
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
  const ticket = passed(draft, setting, stored, next.person, why, { until, next: "chief" });
  summonOwner(draft, setting, ticket, next.person.id, why, now);
  if (station.helpersGroups.length === 0) return;
  const facts = { ...caseFacts(setting, ticket, now), from: staffName(setting, owner), to: nameOf(setting, ticket) };
  draft.say({ kind: "helpers", mention: [] }, words.passedForHelpers(facts), ticket);
}

/** It is the chief's also while they are away; then whoever stands in is sent for. */
function passToChief(draft: Draft, setting: Setting, stored: StoredTicket, now: number): void {
  const { chief } = setting.station;
  const why = words.notAccepted(staffName(setting, stored.ticket.owner));
  const ticket = passed(draft, setting, stored, chief, why, { until: now, next: "nothing" });
  const present = deputyOf(setting.station, chief, shanghaiDate(now)) ?? chief;
  summonOwner(draft, setting, ticket, present.id, why, now);
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
  if (before !== null) {
    tellStaff(
      draft,
      setting,
      before,
      ticket,
      words.passedForFormer(caseFacts(setting, ticket, draft.at), nameOf(setting, ticket)),
    );
  }
  return ticket;
}

function nameOf(setting: Setting, ticket: Ticket): string {
  return ownerName(setting, ticket) ?? staffName(setting, ticket.owner);
}
