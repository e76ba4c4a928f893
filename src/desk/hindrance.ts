/** Why an act that its author may do cannot be done now. */
import * as callBack from "../words/call-back.ts";
import * as called from "../words/names.ts";
import * as toAnybody from "../words/replies.ts";
import { rateByOf } from "./afterwards.ts";
import type { TicketAct } from "./entitlement.ts";
import { actName, named, ownerName } from "./facts.ts";
import type { Scene } from "./scene.ts";
import { isActive, isEnded, type Ticket } from "./ticket.ts";

/** In words for the author; null if nothing is in the way. */
export function hindrance(scene: Scene, ticket: Ticket, act: TicketAct): string | null {
  const name = actName(scene, act);
  const state = called.STATE_WORDS[ticket.state];
  if (act === "query") return null;
  if (act === "call-back" || act === "name-caller") return noCallBack(scene, ticket, act, state);
  if (act === "rate-good" || act === "rate-bad" || act === "reopen") {
    if (ticket.resolvedAt === null) return toAnybody.notNow(named(ticket), name, isEnded(ticket) ? state : "尚未办结");
    return isStillOpenToWords(scene, ticket.resolvedAt) ? null : toAnybody.tooLate(named(ticket), name, scene.prompts);
  }
  if (act === "accept" && ticket.state !== "open" && isActive(ticket)) {
    return toAnybody.notNow(named(ticket), name, `已由${ownerName(scene, ticket) ?? "帮办员"}办理`);
  }
  return isActive(ticket) ? null : toAnybody.notNow(named(ticket), name, state);
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
