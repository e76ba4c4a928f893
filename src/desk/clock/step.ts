/** What the clock does to a ticket when its next step is due: pure, like `decide`. */
import { quietUntil } from "../../pledge/quiet.ts";
import * as toCompany from "../../words/company.ts";
import * as toStaff from "../../words/staff-working.ts";
import { passOn } from "../asking/enterprise-question.ts";
import { matchTo, summon } from "../asking/matching.ts";
import type { Decision } from "../decision.ts";
import { Draft } from "../draft.ts";
import { chiefName, named, ownerName } from "../lines/facts.ts";
import { canBeTold, tellStaff } from "../lines/telling.ts";
import { remindOfCallBack } from "../orders/call-back.ts";
import { lapse } from "../orders/declining.ts";
import { reportToSupervisors } from "../orders/supervision.ts";
import { pauseOver } from "../orders/waiting.ts";
import { lightUp } from "../reminding/light.ts";
import type { Setting } from "../scene.ts";
import { DESK } from "../ticket/event.ts";
import { OTHER, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { timesOf } from "./accept-by.ts";
import { lightStep, nextStep, type Step } from "./next-step.ts";
import { unaccepted } from "./unaccepted.ts";

/** What is decided now; or when the ticket is to be looked at again, `null` for never. */
export type Stepped = { readonly decision: Decision } | { readonly again: number | null };

/** These speak to people at once; what only a clock has started does not speak in the quiet hours (desk-practice 6). */
const HELD: ReadonlySet<Step["step"]> = new Set(["unanswered", "pause-over", "lapsed", "call-back"]);

export function decideStep(setting: Setting, stored: StoredTicket, now: number): Stepped {
  const times = timesOf(setting);
  const step = nextStep(stored.ticket, times);
  if (!step || step.at > now) return { again: step?.at ?? null };
  const calm = HELD.has(step.step) ? quietUntil(now, setting.calendar, setting.station.hours) : null;
  const lit = calm === null ? null : lightStep(stored.ticket, times);
  // What is held does not keep a light back: the chief hears of a red one at any hour.
  if (calm !== null && (lit === null || lit.at > now)) return { again: calm };
  const draft = Draft.ofStep(now);
  STEPS[lit?.step ?? step.step](draft, setting, stored, now);
  reportToSupervisors(draft, { ...setting, now, who: DESK }, false);
  return { decision: draft.decision() };
}

const STEPS: Readonly<
  Record<Step["step"], (draft: Draft, setting: Setting, stored: StoredTicket, now: number) => void>
> = {
  unanswered,
  unaccepted,
  light: lightUp,
  "pause-over": pauseOver,
  lapsed: (draft, setting, stored) => lapse(draft, setting, stored),
  // Nobody is told: silence is no news, and it is not counted as satisfied.
  unrated: (draft, _, stored) => void draft.happen(stored, { event: "closed", why: "未评价" }),
  "call-back": remindOfCallBack,
};

/** The desk asked, and nobody answered: a person asks now. Nobody waits in silence. */
function unanswered(draft: Draft, setting: Setting, stored: StoredTicket, now: number): void {
  const { owner, state } = stored.ticket;
  const { chief } = setting.station;
  if (state === "accepted" && owner === chief.id) {
    // It is where it would be put, and is talked about already.
    matchTo(draft, setting, stored, OTHER, now);
    return;
  }
  const ticket =
    stored.ticket.item === null ? toChief(draft, setting, stored, now) : passOn(draft, setting, stored, now);
  if (state === "accepted" && owner !== null) {
    tellStaff(draft, setting, owner, ticket, toStaff.itemNotSaid(named(ticket), chiefName(setting)));
  }
  if (canBeTold(setting, ticket)) {
    draft.mention(ticket.asker, ticket, toCompany.passedOn(named(ticket), ownerName(setting, ticket) ?? "帮办员"));
  }
}

function toChief(draft: Draft, setting: Setting, stored: StoredTicket, now: number): Ticket {
  const { ticket, ownerWhy } = matchTo(draft, setting, stored, OTHER, now);
  summon(draft, setting, ticket, ownerWhy, now);
  return ticket;
}
