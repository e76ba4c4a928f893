/** Why an act that its author may do cannot be done now. */
import { addDays, shanghaiDate } from "../pledge/hours.ts";
import * as called from "../words/names.ts";
import * as toAnybody from "../words/replies.ts";
import * as toStaff from "../words/staff-working.ts";
import { mayDecide, relationsTo, type TicketAct, whoDecides } from "./entitlement.ts";
import { actName, named, ownerName } from "./facts.ts";
import { shown } from "./number.ts";
import type { Scene } from "./scene.ts";
import { isActive, isEnded, mayHappen, type Ticket } from "./ticket.ts";

/** Rating, correcting it and 未解决: within three working days (desk-practice 2). */
const AFTERWARDS_WORKDAYS = 3;

/** In words for the author; null if nothing is in the way. */
export function hindrance(scene: Scene, ticket: Ticket, act: TicketAct): string | null {
  const name = actName(scene, act);
  const { merged } = ticket;
  const state = merged === null ? called.STATE_WORDS[ticket.state] : `已并入 ${shown(merged.into)}`;
  if (act === "query") return null;
  if (act === "rate-good" || act === "rate-bad" || act === "reopen") {
    if (ticket.resolvedAt === null) return toAnybody.notNow(named(ticket), name, isEnded(ticket) ? state : "尚未办结");
    return isStillOpenToWords(scene, ticket.resolvedAt) ? null : toAnybody.tooLate(named(ticket), name, scene.prompts);
  }
  // Whoever waits for the asker may go on without.
  const goesOn = ticket.state === "paused" && ticket.owner === scene.who;
  if (act === "accept" && ticket.state !== "open" && isActive(ticket) && !goesOn) {
    return toAnybody.notNow(named(ticket), name, `已由${ownerName(scene, ticket) ?? "帮办员"}办理`);
  }
  if (act === "wait" && ticket.state === "paused") return toAnybody.notNow(named(ticket), name, "已在等待诉求人答复");
  const { proposal } = ticket;
  if (isActive(ticket) && (act === "agree" || act === "refuse")) {
    if (proposal === null) return toStaff.nothingProposed(named(ticket));
    const relations = relationsTo(ticket, scene, scene.station, shanghaiDate(scene.now));
    if (mayDecide(proposal, scene.who, relations)) return null;
    return toAnybody.mayNot(named(ticket), name, whoDecides(proposal.kind));
  }
  // What is put to somebody's word is not pushed aside by another proposal.
  const proposes = act === "extend" || act === "decline";
  if (proposes && proposal !== null && proposal.kind !== act && isActive(ticket)) {
    return toStaff.otherProposalFirst(named(ticket), proposal.kind);
  }
  // What is known of a case afterwards is still worth a word among helpers.
  if (act === "note" && mayHappen(ticket, "noted")) return null;
  return isActive(ticket) ? null : toAnybody.notNow(named(ticket), name, state);
}

function isStillOpenToWords({ calendar, now }: Scene, resolvedAt: number): boolean {
  let last = shanghaiDate(resolvedAt);
  for (let i = 0; i < AFTERWARDS_WORKDAYS; i++) last = calendar.nextWorkday(last);
  return shanghaiDate(now) < addDays(last, 1);
}
