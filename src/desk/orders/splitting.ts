/** 拆分 诉求内容: a second request out of one ticket, promised as of the moment in which the first was received. */
import type { Size } from "../../pledge/due.ts";
import { whenText } from "../../pledge/when.ts";
import * as toCompany from "../../words/company-working.ts";
import * as mergingWords from "../../words/merging.ts";
import { plain } from "../../words/plain.ts";
import * as toStaff from "../../words/staff-working.ts";
import { matchTo, summon, traceOf } from "../asking/matching.ts";
import { acceptByFrom } from "../clock/accept-by.ts";
import { type Draft, pledgeFrom } from "../draft.ts";
import { actName, itemName, named, ownerName } from "../lines/facts.ts";
import { tellAsker } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { shown } from "../ticket/number.ts";
import { OTHER } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";

export function split(draft: Draft, scene: Scene, stored: StoredTicket, { argument, explicit }: Command): void {
  const { ticket: from } = stored;
  // 这里面其实是两件事，分开办 does not say which is the second.
  if (!explicit || argument === "") {
    const usage = { act: actName(scene, "split"), takes: "诉求内容" };
    draft.answer(toStaff.wordsWanted(named(from), "要另立的诉求", usage, scene.prompts), from);
    draft.ask(scene, { kind: "words", ticket: from.id, act: "split", said: "", whom: null });
    return;
  }
  draft.ask(scene, null);
  const understanding = scene.understand(argument);
  const [meant] = understanding.kind === "item" ? understanding.items : [];
  const item = meant ?? OTHER;
  const size: Size = scene.intents.items.get(item)?.size ?? "big";
  const pledge = pledgeFrom(scene, from.received, size);
  // Never earlier than what was promised for the whole.
  const promise = pledge.due >= from.due ? pledge : from;
  const opened = draft.open(scene.newId(), {
    event: "opened",
    text: argument,
    platform: from.platform,
    conversation: from.conversation,
    asker: from.asker,
    recorder: from.recorder,
    enterprise: from.enterprise,
    point: from.point,
    received: from.received,
    size,
    due: promise.due,
    provisional: promise.provisional,
    acceptBy: acceptByFrom(scene, scene.now),
    match: traceOf(understanding),
  });
  const matched = matchTo(draft, scene, opened, item, scene.now, true);
  // Where nobody can be found by the point, whoever has the first has the second.
  const ticket =
    matched.ticket.owner === null && from.owner !== null
      ? draft.happen(opened, { event: "passed", owner: from.owner, why: "" })
      : matched.ticket;
  draft.happen(stored, { event: "noted", kind: "internal", text: `拆出 ${shown(ticket.number)}：${argument}` });
  const facts = {
    ...named(ticket),
    from: named(from),
    item: itemName(scene, ticket.item),
    text: plain(argument),
    owner: ownerName(scene, ticket) ?? "",
    due: whenText(ticket.due, scene.now),
  };
  draft.answer(mergingWords.split(facts), ticket);
  tellAsker(draft, scene, ticket, toCompany.split(facts));
  summon(
    draft,
    scene,
    ticket,
    [`由${named(from).number} 拆分`, matched.ownerWhy].filter(Boolean).join("；"),
    scene.now,
  );
}
