/** What 同意 grants: as it was asked for, or until the time that is said with it. A condition is nothing that the desk could see to. */
import { shanghaiDate, shanghaiTime } from "../../pledge/hours.ts";
import { findWhen } from "../../understanding/dates.ts";
import type { Choice } from "../known.ts";
import type { Scene } from "../scene.ts";
import { findWhom } from "../team/whom.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Proposal } from "../ticket/working-change.ts";
import { isTooFar, readNewDue } from "./new-due.ts";

export type Consent =
  | { readonly kind: "plain" }
  /** `moved`: the day that was said is no working day. */
  | { readonly kind: "until"; readonly due: number; readonly moved: boolean }
  /** It may be consent to something else: asked for by number. */
  | { readonly kind: "unclear"; readonly choices: readonly Choice[] };

const CONDITION = /但|不过|可是|只是|只能|前提|除非|如果|要是|只要|条件|否则|另外|要求/u;
/** The time is what is granted, and not when something else takes place. */
const GRANTS = /[到至延给限]|宽限|最[多晚迟]|只能|不[超晚迟]|[前内]/u;
/** 吧, 抓紧: as much may stand beside a time without a word between them. */
const BESIDE_CHARACTERS_MAX = 3;

export function readConsent(scene: Scene, ticket: Ticket, proposal: Proposal, said: string): Consent {
  const as = (act: Choice["act"], due: number | null = null, whom: string | null = null): Choice => {
    return { act, due, whom, said };
  };
  const asked = as("agree", proposal.due);
  const refused = as("refuse");
  if (proposal.kind === "extend") {
    const granted = timeIn(scene, ticket, said);
    const isGrant = granted !== null && (GRANTS.test(said) || [...granted.rest].length <= BESIDE_CHARACTERS_MAX);
    const isLater =
      granted !== null && granted.due > Math.max(ticket.due, scene.now) && !isTooFar(granted.due, scene.now);
    if (granted && isGrant && isLater) return { kind: "until", due: granted.due, moved: granted.moved };
    if (granted && isLater) return { kind: "unclear", choices: [as("agree", granted.due), asked, refused] };
    if (granted && isGrant) return { kind: "unclear", choices: [asked, refused] };
  }
  if (proposal.kind === "hand-over") {
    const today = shanghaiDate(scene.now);
    const [other] = findWhom(said, { station: scene.station, today, not: ticket.owner })?.people ?? [];
    if (other && other.id !== proposal.to) {
      return { kind: "unclear", choices: [as("triage", null, other.id), asked, refused] };
    }
  }
  return CONDITION.test(said) ? { kind: "unclear", choices: [asked, refused] } : { kind: "plain" };
}

/** What is to be passed on to whoever works on it. */
export function hasCondition(said: string): boolean {
  return CONDITION.test(said);
}

/** Never later than what was said: 20号, a Sunday, is the Friday before, if that is later than the promise. */
function timeIn({ now, calendar, station }: Scene, { due }: Ticket, said: string) {
  const granted = readNewDue(said, { due, now, calendar, hours: station.hours });
  const when = findWhen(said.normalize("NFKC"), shanghaiDate(now))?.when;
  const day = when?.to ?? when?.from ?? null;
  if (!granted || day === null || shanghaiDate(granted.due) <= day) {
    return granted && { ...granted, moved: false };
  }
  const before = shanghaiTime(calendar.previousWorkday(day), station.hours.close);
  return { ...granted, due: before > Math.max(due, now) ? before : granted.due, moved: true };
}
