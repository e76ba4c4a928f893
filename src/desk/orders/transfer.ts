/** 转办 谁 原因: another helper has it from now on. After two hand-overs the chief decides (desk-practice 1). */
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as proposed from "../../words/proposals.ts";
import * as toStaff from "../../words/staff-working.ts";
import type { Draft } from "../draft.ts";
import { caseFacts, chiefName, named, staffName } from "../lines/facts.ts";
import { tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { asksReason, type Chosen, chosenBy, nameAndPlace } from "../team/colleague.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";
import { giveTo } from "./giving.ts";

const HAND_OVERS_MAX = 2;

export function transfer(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  const chosen = chosenBy(draft, scene, stored, "transfer", command, "谁 原因");
  if (!chosen) return;
  const { person, reason } = chosen;
  const { ticket } = stored;
  if (person.id === ticket.owner) {
    draft.answer(toStaff.alreadyTheirs(named(ticket), nameAndPlace(scene, person)), ticket);
    draft.ask(scene, null);
    return;
  }
  const byChief = scene.who === scene.station.chief.id;
  if (!byChief && asksReason(draft, scene, stored, "transfer", { reason, whom: person.id })) return;
  draft.ask(scene, null);
  if (byChief) giveTo(draft, scene, stored, "assigned", chosen);
  else if (ticket.handOvers < HAND_OVERS_MAX) giveTo(draft, scene, stored, "handed-over", chosen);
  else putToChief(draft, scene, stored, chosen);
}

function putToChief(draft: Draft, scene: Scene, stored: StoredTicket, { person, reason }: Chosen): void {
  const { chief } = scene.station;
  const ticket = draft.happen(stored, {
    event: "proposed",
    proposal: "hand-over",
    reason,
    to: person.id,
    due: null,
    until: null,
    deciders: [chief.id],
  });
  draft.answer(proposed.putToChief(named(ticket), chiefName(scene)), ticket);
  const { item, enterprise } = caseFacts(scene, ticket, scene.now);
  const facts = {
    ...named(ticket),
    matter: `${item}　${enterprise}`,
    by: staffName(scene, scene.who),
    to: nameAndPlace(scene, person),
    reason: plain(reason, RESULT_CHARACTERS),
  };
  const text = proposed.handOverForChief(facts, scene.prompts);
  tellStaff(draft, scene, chief.id, ticket, text, { buttons: proposed.decisionButtons(facts) });
}
