/** A message about one ticket, named by its number, by a quote, or as the speaker's only one here. */
import * as toCompany from "../../words/company.ts";
import * as called from "../../words/names.ts";
import { howToSupervise } from "../../words/supervision.ts";
import { isCourtesy } from "../asking/joining.ts";
import { openRequest } from "../asking/requests.ts";
import type { Draft } from "../draft.ts";
import { named, statusHere } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import { picturesOf } from "../ticket/pictures.ts";
import { isActive } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { answersQuestion } from "./answering.ts";
import { callBackCommand } from "./call-back.ts";
import { askWhichOrder, commandOf } from "./choosing.ts";
import { commandAbout, isDone } from "./command.ts";
import { answerDissatisfied, isDissatisfied } from "./dissatisfied.ts";
import type { Relation } from "./entitlement.ts";
import { readFreeOrder } from "./free-order.ts";
import { perform, relationsHere } from "./perform.ts";

type Relations = ReadonlySet<Relation>;

export function actOn(draft: Draft, scene: Scene, stored: StoredTicket, text: string): void {
  const { ticket } = stored;
  const relations = relationsHere(scene, stored);
  if (!text) {
    const command = picturesOf(scene) === "" ? "query" : relations.has("staff") ? "progress" : "supplement";
    perform(draft, scene, stored, { command, argument: "", rating: null, explicit: true });
    return;
  }
  if (answersQuestion(draft, scene, stored, relations, text)) return;
  const command = callBackCommand(scene, ticket, text) ?? commandAbout(scene, ticket, relations, text);
  if (command) perform(draft, scene, stored, command);
  else noteFreely(draft, scene, stored, relations, text);
}

/** No command in it: what staff say about a ticket is progress, what the company says is a supplement; thanks are neither. */
export function noteFreely(draft: Draft, scene: Scene, stored: StoredTicket, relations: Relations, text: string): void {
  const { ticket } = stored;
  if (isDone(text) || isCourtesy(text)) return;
  const free = readFreeOrder(scene, ticket, relations, text);
  if (free?.clear) {
    perform(draft, scene, stored, commandOf(free.clear));
    return;
  }
  if (free && free.choices.length > 0) {
    askWhichOrder(draft, scene, stored, free.choices);
    return;
  }
  const understanding = scene.understand(text);
  const { kind } = understanding;
  // By its number or a quote even "三楼会议室，周三" is news; of what is over, or somebody else's, it may be talk.
  const ofOthers = relations.size === 0 || relations.has("leader") || !isActive(ticket);
  if (kind === "none" && ofOthers && !isDissatisfied(text)) return;
  if (relations.has("leader")) {
    draft.answer(howToSupervise(statusHere(scene, ticket), scene.prompts), ticket);
  } else if (isActive(ticket) || relations.has("staff")) {
    const command = relations.has("staff") ? "progress" : "supplement";
    perform(draft, scene, stored, { command, argument: text, rating: null, explicit: false });
  } else if (kind === "item") {
    openRequest(draft, scene, text, understanding, null);
  } else if (relations.size === 0) {
    // Somebody else's ticket: its state is not told here, only who may speak about it.
    perform(draft, scene, stored, { command: "supplement", argument: text, rating: null, explicit: false });
  } else if (!answerDissatisfied(draft, scene, stored, relations, text)) {
    draft.answer(toCompany.finished(named(ticket), called.STATE_WORDS[ticket.state], scene.prompts), ticket);
  }
}
