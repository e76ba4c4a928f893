/** 不属受理范围 原因: the chief proposes, an invited officer or a leader agrees; without that within a working day it goes on. */
import { addWorkingMinutes, workingMinutesADay } from "../../pledge/working-time.ts";
import * as toCompany from "../../words/company-working.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as proposed from "../../words/proposals.ts";
import type { Draft } from "../draft.ts";
import { caseFacts, named, staffName, textShown } from "../lines/facts.ts";
import { tellAsker, tellChief, tellOwner, tellStaff } from "../lines/telling.ts";
import type { Scene, Setting } from "../scene.ts";
import { asksReason } from "../team/colleague.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";

export function decline(draft: Draft, scene: Scene, stored: StoredTicket, { argument }: Command): void {
  // The asker is owed it.
  if (asksReason(draft, scene, stored, "decline", { reason: argument })) return;
  const { station, calendar, now } = scene;
  const { hours } = station;
  const officers = station.people.filter(({ role, id }) => role === "invited" && id !== scene.who);
  const leaders = station.people.filter(({ role }) => role === "leader");
  const deciders = officers.length > 0 ? officers : leaders;
  draft.ask(scene, null);
  const ticket = draft.happen(stored, {
    event: "proposed",
    proposal: "decline",
    reason: argument,
    to: null,
    due: null,
    until: addWorkingMinutes(now, workingMinutesADay(hours), calendar, hours),
    deciders: deciders.map(({ id }) => id),
  });
  const { item, enterprise } = caseFacts(scene, ticket, now);
  const facts = {
    ...named(ticket),
    matter: `${item}　${enterprise}`,
    text: textShown(scene, ticket),
    by: staffName(scene, scene.who),
    reason: plain(argument, RESULT_CHARACTERS),
  };
  draft.answer(proposed.declineAsked(named(ticket)), ticket);
  const short = { buttons: proposed.decisionButtons(facts) };
  const text = proposed.declineForOfficer(facts, scene.prompts);
  // Leaders hear nothing in a company's group.
  for (const { id, role } of deciders) {
    draft.say({ kind: "staff", person: id, ticket: role === "leader" ? null : ticket }, text, ticket, short);
  }
}

/** The second person has said so. */
export function declineNow(draft: Draft, scene: Scene, stored: StoredTicket, reason: string): void {
  const by = stored.ticket.proposal?.by ?? null;
  const ticket = draft.happen(stored, { event: "declined", reason });
  const facts = { ...named(ticket), reason: plain(reason, RESULT_CHARACTERS) };
  const telling = tellAsker(draft, scene, ticket, toCompany.declined(facts, scene.prompts));
  draft.answer(proposed.declined(named(ticket), telling), ticket);
  if (by !== null && by !== scene.who) tellStaff(draft, scene, by, ticket, proposed.declinedForHelper(facts));
  if (ticket.owner !== by) tellOwner(draft, scene, ticket, proposed.declinedForHelper(facts));
}

/** Nobody agreed in time: it goes on. */
export function lapse(draft: Draft, setting: Setting, stored: StoredTicket): void {
  const ticket = draft.happen(stored, { event: "lapsed" });
  tellChief(draft, setting, ticket, proposed.lapsed(named(ticket)));
  if (ticket.owner !== setting.station.chief.id) tellOwner(draft, setting, ticket, proposed.lapsed(named(ticket)));
}
