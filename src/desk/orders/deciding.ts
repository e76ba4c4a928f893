/** 同意, 不同意: to what was proposed about a ticket. Who may say so is in the table of entitlement.ts. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff-working.ts";
import type { Draft } from "../draft.ts";
import { named, staffName } from "../lines/facts.ts";
import { tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { present } from "../team/colleague.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";
import { declineNow } from "./declining.ts";
import { extendTo } from "./extension.ts";
import { giveTo } from "./giving.ts";

export function agree(draft: Draft, scene: Scene, stored: StoredTicket): void {
  const { proposal } = stored.ticket;
  if (!proposal) return;
  const { kind, reason, to, due } = proposal;
  if (kind === "decline") {
    declineNow(draft, scene, stored, reason);
    return;
  }
  if (kind === "hand-over") {
    const person = to === null ? null : scene.station.personById(to);
    // Whoever was there when it was proposed may be away by now.
    const chosen = person && present(draft, scene, stored, { person, why: "", reason });
    if (chosen) giveTo(draft, scene, stored, "assigned", chosen);
    return;
  }
  if (due === null || due <= scene.now) {
    draft.happen(stored, { event: "lapsed" });
    draft.answer(toStaff.timeOver(named(stored.ticket)), stored.ticket);
    return;
  }
  extendTo(draft, scene, stored, due, !scene.calendar.isPublished(shanghaiDate(due)), reason);
}

export function refuse(draft: Draft, scene: Scene, stored: StoredTicket, { argument }: Command): void {
  const { proposal } = stored.ticket;
  if (!proposal) return;
  const ticket = draft.happen(stored, { event: "refused", reason: argument });
  const facts = { ...named(ticket), by: staffName(scene, scene.who), reason: plain(argument, RESULT_CHARACTERS) };
  draft.answer(toStaff.refused(named(ticket), proposal.kind), ticket);
  if (proposal.by !== scene.who)
    tellStaff(draft, scene, proposal.by, ticket, toStaff.refusedForProposer(facts, proposal.kind));
}
