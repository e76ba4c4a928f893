/** What the clock does to a ticket when its next step is due: pure, like `decide`. */

import { shanghaiDate } from "../pledge/hours.ts";
import { onDuty } from "../station/duty.ts";
import * as words from "../words/desk.ts";
import { type Decision, NOTHING } from "./decision.ts";
import { Draft } from "./draft.ts";
import { named, ownerName, staffName } from "./facts.ts";
import { matchTo, summon } from "./matching.ts";
import type { Setting } from "./scene.ts";
import { nextStep, OTHER } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";

export function decideStep(setting: Setting, stored: StoredTicket, now: number): Decision {
  const step = nextStep(stored.ticket);
  if (!step || step.at > now) return NOTHING;
  const draft = Draft.ofStep(now);
  // The desk asked, and nobody answered: a person asks now. Nobody waits in silence.
  if (stored.ticket.item === null) {
    const { ticket, ownerWhy } = matchTo(draft, setting, stored, OTHER, null, now);
    summon(draft, setting, ticket, ownerWhy, now);
    draft.mention(ticket.asker, ticket, words.passedOn(named(ticket), `首席帮办员${staffName(setting, ticket.owner)}`));
  } else {
    const { person, why } = onDuty(setting.station, stored.ticket.point, shanghaiDate(now));
    const ticket = draft.happen(stored, { event: "passed", owner: person.id, why });
    summon(draft, setting, ticket, why, now);
    draft.mention(ticket.asker, ticket, words.passedOn(named(ticket), ownerName(setting, ticket) ?? person.name));
  }
  return draft.decision();
}
