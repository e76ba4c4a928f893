/** Why an act that its author may do cannot be done now. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { whenText } from "../../pledge/when.ts";
import * as callBack from "../../words/call-back.ts";
import * as called from "../../words/names.ts";
import * as proposed from "../../words/proposals.ts";
import * as toAnybody from "../../words/replies.ts";
import * as supervision from "../../words/supervision.ts";
import { actName, named, ownerName, staffName, statusHere } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import { rateByOf } from "../ticket/afterwards.ts";
import { shown } from "../ticket/number.ts";
import { isActive, isEnded, mayHappen, type Ticket } from "../ticket/ticket.ts";
import { isWork, mayDecide, relationsTo, type TicketAct, whoDecides } from "./entitlement.ts";

/** In words for the author; null if nothing is in the way. */
export function hindrance(scene: Scene, ticket: Ticket, act: TicketAct): string | null {
  const name = actName(scene, act);
  const { merged } = ticket;
  const state = merged === null ? called.STATE_WORDS[ticket.state] : `已并入 ${shown(merged.into)}`;
  if (act === "query") return null;
  if (act === "supervise") return notSupervised(scene, ticket, state);
  if (act === "call-back" || act === "name-caller") return noCallBack(scene, ticket, act, state);
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
  const { proposal, decided } = ticket;
  if ((act === "agree" || act === "refuse") && proposal === null && decided !== null) {
    const { kind, agreed, at, due } = decided;
    const until = due === undefined ? "" : whenText(due, scene.now);
    const by = staffName(scene, decided.by);
    return proposed.decidedAlready({ ...named(ticket), kind, agreed, by, at: whenText(at, scene.now), due: until });
  }
  if (isActive(ticket) && (act === "agree" || act === "refuse")) {
    if (proposal === null) return proposed.nothingProposed(named(ticket));
    const relations = relationsTo(ticket, scene, scene.station, shanghaiDate(scene.now));
    if (mayDecide(proposal, scene.who, relations)) return null;
    return toAnybody.mayNot(named(ticket), name, whoDecides(proposal.kind), true);
  }
  // What is put to somebody's word is not pushed aside by another proposal.
  const proposes = act === "extend" || act === "decline";
  if (proposes && proposal !== null && proposal.kind !== act && isActive(ticket)) {
    return proposed.otherProposalFirst(named(ticket), proposal.kind);
  }
  // What is known of a case afterwards is still worth a word among helpers.
  if (act === "note" && mayHappen(ticket, "noted")) return null;
  if (isActive(ticket)) return null;
  if (ticket.state === "withdrawn") return toAnybody.isWithdrawn(named(ticket), isWork(act));
  return toAnybody.notNow(named(ticket), name, state);
}

/** What is over is told with what came of it; what was merged, with where it goes on. */
function notSupervised(scene: Scene, ticket: Ticket, state: string): string | null {
  if (isActive(ticket) || ticket.callBackBy !== null) return null;
  if (ticket.merged !== null) return supervision.goesOnThere(named(ticket), shown(ticket.merged.into), scene.prompts);
  if (ticket.resolvedAt === null) return supervision.notWorkedOn(named(ticket), state);
  return supervision.alreadyDone(statusHere(scene, ticket), whenText(ticket.resolvedAt, scene.now), scene.prompts);
}

function noCallBack(scene: Scene, ticket: Ticket, act: "call-back" | "name-caller", state: string): string | null {
  if (ticket.callBackBy === null)
    return toAnybody.notNow(named(ticket), actName(scene, act), `${state}，没有待回访的评价`);
  return act === "call-back" && ticket.owner === scene.who
    ? callBack.bySomebodyElse(named(ticket), scene.prompts)
    : null;
}

function isStillOpenToWords({ calendar, now }: Scene, resolvedAt: number): boolean {
  return now < rateByOf(calendar, resolvedAt);
}
