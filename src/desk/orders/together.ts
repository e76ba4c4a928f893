/** Working on a case together: 协办 谁, and 内部 …, which the asker never sees. */
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff-working.ts";
import { maskNames } from "../asking/details-shown.ts";
import type { Draft } from "../draft.ts";
import { actName, named, staffName, taskFacts } from "../lines/facts.ts";
import { tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { chosenBy, nameAndPlace } from "../team/colleague.ts";
import { withPictures } from "../ticket/pictures.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";

export function assist(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  const { ticket: before } = stored;
  const chosen = chosenBy(draft, scene, stored, "assist", command, "谁");
  if (!chosen) return;
  const { person, why, reason } = chosen;
  draft.ask(scene, null);
  const name = nameAndPlace(scene, person);
  if (person.id === before.owner || before.assistants.includes(person.id)) {
    const text = person.id === before.owner ? toStaff.alreadyTheirs : toStaff.alreadyBeside;
    draft.answer(text(named(before), name), before);
    return;
  }
  const ticket = draft.happen(stored, { event: "assisted", helper: person.id });
  draft.answer(toStaff.assisted(named(ticket), name, why), ticket);
  const said = command.explicit || command.whom !== undefined ? reason : "";
  const facts = taskFacts(scene, ticket, scene.now, plain(said, RESULT_CHARACTERS));
  tellStaff(draft, scene, person.id, ticket, toStaff.assistWanted(facts, staffName(scene, scene.who), scene.prompts));
}

export function note(draft: Draft, scene: Scene, stored: StoredTicket, { argument }: Command): void {
  const text = withPictures(scene, argument);
  if (!text) {
    const usage = { act: actName(scene, "note"), takes: "内容" };
    draft.answer(toStaff.wordsWanted(named(stored.ticket), "内容", usage, scene.prompts), stored.ticket);
    draft.ask(scene, { kind: "words", ticket: stored.ticket.id, act: "note", said: "", whom: null });
    return;
  }
  const ticket = draft.happen(stored, { event: "noted", kind: "internal", text });
  // A company reads along in its own group.
  const overheard = scene.message.chat !== null && (scene.group === null || scene.group.kind === "service");
  draft.answer(toStaff.internallyNoted(named(ticket), overheard), ticket);
  const shown = plain(maskNames(scene, text, ticket), RESULT_CHARACTERS);
  const line = toStaff.internal(named(ticket), staffName(scene, scene.who), shown);
  const others = [ticket.owner, ticket.invited, ...ticket.assistants].filter((id) => id !== null && id !== scene.who);
  const mention = [...new Set(others.filter((id) => id !== null))];
  if (scene.station.helpersGroups.length > 0) {
    // Whoever typed it there has told everybody already.
    const there = scene.group?.kind === "helpers";
    if (!there || mention.length > 0) draft.say({ kind: "helpers", mention }, line, ticket);
  } else {
    for (const person of mention) draft.say({ kind: "staff", person, ticket: null }, line, ticket);
  }
}
