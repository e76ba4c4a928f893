/** A ticket goes to another helper: who has it now is sent for, the asker and whoever had it hear so. */

import * as toCompany from "../../words/company-working.ts";
import * as called from "../../words/names.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff-working.ts";
import { summonOwner } from "../asking/matching.ts";
import { acceptByFrom } from "../clock/accept-by.ts";
import type { Draft } from "../draft.ts";
import { answeredBy } from "../lines/answered-by.ts";
import { named, ownerName, staffName } from "../lines/facts.ts";
import { tellAsker, tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import type { Chosen } from "../team/colleague.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { resume } from "./waiting.ts";

const ACT_WORDS = { "handed-over": "转办", assigned: called.ASSIGNING, returned: "退回" } as const;

/** The speaker's answer says who has it now. */
export function giveTo(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  event: keyof typeof ACT_WORDS,
  { person, why, reason }: Chosen,
): Ticket {
  const before = draft.current(stored);
  if (before.state === "paused") resume(draft, scene, stored, scene.now);
  const acceptBy = acceptByFrom(scene, scene.now);
  const ticket = draft.happen(stored, { event, owner: person.id, acceptBy, reason, why });
  const said = plain(reason, RESULT_CHARACTERS);
  const owner = ownerName(scene, ticket) ?? person.name;
  const first = ticket.first === null || ticket.first === ticket.owner ? null : staffName(scene, ticket.first);
  draft.answer(toStaff.handedOver(named(ticket), ACT_WORDS[event], owner, why, first), ticket);
  if (person.id !== scene.who) {
    const cause = toStaff.handedBy(staffName(scene, scene.who), ACT_WORDS[event], said, why);
    summonOwner(draft, scene, ticket, person.id, cause, scene.now);
  }
  tellAsker(draft, scene, ticket, toCompany.handedOver({ ...answeredBy(scene, ticket, scene.now), owner, first }));
  if (before.owner !== null && before.owner !== scene.who && before.owner !== person.id) {
    tellStaff(draft, scene, before.owner, ticket, toStaff.nowWith(named(ticket), owner, said));
  }
  return ticket;
}
