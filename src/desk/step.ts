/** What the clock does to a ticket when its next step is due: pure, like `decide`. */

import * as toCompany from "../words/company.ts";
import { remindOfCallBack } from "./call-back.ts";
import { type Decision, NOTHING } from "./decision.ts";
import { lapse } from "./declining.ts";
import { Draft } from "./draft.ts";
import { passOn } from "./enterprise-question.ts";
import { named, ownerName } from "./facts.ts";
import { matchTo, summon } from "./matching.ts";
import type { Setting } from "./scene.ts";
import { canBeTold } from "./telling.ts";
import { nextStep, OTHER, type Step, type Ticket } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";
import { unaccepted } from "./unaccepted.ts";
import { pauseOver } from "./waiting.ts";

export function decideStep(setting: Setting, stored: StoredTicket, now: number): Decision {
  const step = nextStep(stored.ticket);
  if (!step || step.at > now) return NOTHING;
  const draft = Draft.ofStep(now);
  STEPS[step.step](draft, setting, stored, now);
  return draft.decision();
}

const STEPS: Readonly<
  Record<Step["step"], (draft: Draft, setting: Setting, stored: StoredTicket, now: number) => void>
> = {
  unanswered,
  unaccepted,
  "pause-over": pauseOver,
  lapsed: (draft, setting, stored) => lapse(draft, setting, stored),
  // Nobody is told: silence is no news, and it is not counted as satisfied.
  unrated: (draft, _, stored) => void draft.happen(stored, { event: "closed", why: "未评价" }),
  "call-back": remindOfCallBack,
};

/** The desk asked, and nobody answered: a person asks now. Nobody waits in silence. */
function unanswered(draft: Draft, setting: Setting, stored: StoredTicket, now: number): void {
  const ticket =
    stored.ticket.item === null ? toChief(draft, setting, stored, now) : passOn(draft, setting, stored, now);
  if (canBeTold(setting, ticket)) {
    draft.mention(ticket.asker, ticket, toCompany.passedOn(named(ticket), ownerName(setting, ticket) ?? "帮办员"));
  }
}

function toChief(draft: Draft, setting: Setting, stored: StoredTicket, now: number): Ticket {
  const { ticket, ownerWhy } = matchTo(draft, setting, stored, OTHER, now);
  summon(draft, setting, ticket, ownerWhy, now);
  return ticket;
}
