/**
 * The chief says whose it is and what it is: 转 组织, 归 场地, 派 姓名, or both at once. What it is may also be said by who
 * has accepted it while nobody knew.
 */

import { shanghaiDate } from "../../pledge/hours.ts";
import { whenText } from "../../pledge/when.ts";
import { onDuty } from "../../station/duty.ts";
import * as toCompany from "../../words/company-working.ts";
import { plain } from "../../words/plain.ts";
import * as toStaff from "../../words/staff-working.ts";
import { teach } from "../asking/lesson.ts";
import { matchTo, summonOwner } from "../asking/matching.ts";
import { acceptByFrom } from "../clock/accept-by.ts";
import type { Draft } from "../draft.ts";
import { answeredBy } from "../lines/answered-by.ts";
import { actName, itemName, named, ownerName } from "../lines/facts.ts";
import { tellAsker, tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { chosenBy } from "../team/colleague.ts";
import { findWhom } from "../team/whom.ts";
import { OTHER } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";
import { giveTo } from "./giving.ts";
import { itemIn, withoutVerb } from "./triage-words.ts";

export function triage(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  const item = command.whom === undefined ? itemIn(scene, command.argument) : null;
  // Whose it is remains the chief's to say.
  const isChief = scene.person?.role === "chief";
  if (item) {
    sortInto(draft, scene, stored, item.id, isChief ? command.argument.replace(item.said, " ") : "");
    return;
  }
  if (!isChief) {
    draft.answer(toStaff.itemUnknown(named(stored.ticket), scene.prompts), stored.ticket);
    return;
  }
  const argument = command.whom === undefined ? withoutVerb(command.argument) : command.argument;
  const chosen = chosenBy(draft, scene, stored, "triage", { ...command, argument }, "姓名，或：归 事项名称");
  if (!chosen) return;
  draft.ask(scene, null);
  if (chosen.person.id === stored.ticket.owner) {
    draft.answer(toStaff.alreadyTheirs(named(stored.ticket), ownerName(scene, stored.ticket) ?? ""), stored.ticket);
    return;
  }
  // Nobody answered which item it is, or nobody could: the chief has said whose it is all the same.
  if (stored.ticket.item === null) matchTo(draft, scene, stored, OTHER, scene.now, true);
  giveTo(draft, scene, stored, "assigned", chosen);
}

/** The promise stands as it was given; the point's helper has it, or who was named. */
function sortInto(draft: Draft, scene: Scene, stored: StoredTicket, item: string, rest: string): void {
  const before = stored.ticket;
  const { station, now } = scene;
  const today = shanghaiDate(now);
  draft.ask(scene, null);
  if (before.item === item) {
    draft.answer(toStaff.sameItem(named(before), itemName(scene, item)), before);
    return;
  }
  teach(draft, scene, before, item, "triage");
  let { ticket, ownerWhy: why } = matchTo(draft, scene, stored, item, now, true);
  const said = rest.trim() === "" ? null : findWhom(rest, { station, today, not: null });
  const [wanted, ...others] = said?.people ?? [];
  const duty = ticket.owner === null || ticket.owner === station.chief.id ? onDuty(station, ticket.point, today) : null;
  const taker = wanted && others.length === 0 ? { person: wanted, why: "" } : duty;
  if (taker && taker.person.id !== ticket.owner) {
    why = taker.why;
    const acceptBy = acceptByFrom(scene, now);
    if (ticket.state !== "paused") {
      ticket = draft.happen(stored, { event: "assigned", owner: taker.person.id, acceptBy, reason: "", why });
    } else ticket = draft.happen(stored, { event: "passed", owner: taker.person.id, why });
  }
  const owner = ownerName(scene, ticket) ?? "";
  const facts = { ...named(ticket), item: itemName(scene, item), owner, due: whenText(ticket.due, now) };
  draft.answer(toStaff.sorted(facts), ticket);
  tellAsker(draft, scene, ticket, toCompany.sorted({ ...facts, ...answeredBy(scene, ticket, now) }));
  if (ticket.owner !== null && ticket.owner !== scene.who) {
    summonOwner(draft, scene, ticket, ticket.owner, plain(why) || `${actName(scene, "triage")}：${facts.item}`, now);
  }
  const old = before.owner;
  if (old !== null && old !== scene.who && old !== ticket.owner) {
    tellStaff(draft, scene, old, ticket, toStaff.nowWith(named(ticket), owner, ""));
  }
}
