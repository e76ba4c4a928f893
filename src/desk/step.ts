/** What the clock does to a ticket when its next step is due: pure, like `decide`. */

import * as toCompany from "../words/company.ts";
import { type Decision, NOTHING } from "./decision.ts";
import { lapse } from "./declining.ts";
import { Draft } from "./draft.ts";
import { passOn } from "./enterprise-question.ts";
import { named, ownerName } from "./facts.ts";
import { matchTo, summon } from "./matching.ts";
import type { Setting } from "./scene.ts";
import { canBeTold } from "./telling.ts";
import { nextStep, OTHER, type Ticket } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";
import { pauseOver } from "./waiting.ts";

export function decideStep(setting: Setting, stored: StoredTicket, now: number): Decision {
  const step = nextStep(stored.ticket);
  if (!step || step.at > now) return NOTHING;
  const draft = Draft.ofStep(now);
  if (step.step === "pause-over") {
    pauseOver(draft, setting, stored, now);
    return draft.decision();
  }
  if (step.step === "lapsed") {
    lapse(draft, setting, stored);
    return draft.decision();
  }
  // The desk asked, and nobody answered: a person asks now. Nobody waits in silence.
  const ticket =
    stored.ticket.item === null ? toChief(draft, setting, stored, now) : passOn(draft, setting, stored, now);
  if (canBeTold(setting, ticket)) {
    draft.mention(ticket.asker, ticket, toCompany.passedOn(named(ticket), ownerName(setting, ticket) ?? "帮办员"));
  }
  return draft.decision();
}

function toChief(draft: Draft, setting: Setting, stored: StoredTicket, now: number): Ticket {
  const { ticket, ownerWhy } = matchTo(draft, setting, stored, OTHER, now);
  summon(draft, setting, ticket, ownerWhy, now);
  return ticket;
}
