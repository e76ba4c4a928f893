/** An order that names no ticket: the only one of the speaker's to which it can be done is meant. */
import type { Understanding } from "../../understanding/understanding.ts";
import * as toAnybody from "../../words/replies.ts";
import { answerGeneral, isGeneral } from "../asking/general.ts";
import type { Draft } from "../draft.ts";
import { actName, isAmongTeam, statusFacts } from "../lines/facts.ts";
import { namesAnother } from "../on-behalf/whose.ts";
import type { Scene } from "../scene.ts";
import { isAmongStaff } from "../team/sight.ts";
import { isActive } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { actOn } from "./about.ts";
import type { Command } from "./command.ts";
import { performAtDesk } from "./desk-acts.ts";
import { asDeskAct, asTicketAct, isWork } from "./entitlement.ts";
import { hindrance } from "./hindrance.ts";
import { superviseNothing } from "./supervision.ts";
import { askWhich } from "./which.ts";

/** Free words that are less surely a command, or talk, may just as well be a request. */
export const SURELY = 0.6;

/** Command words or free words; false where they are none that could be given here. */
export function orderWithoutTarget(
  draft: Draft,
  scene: Scene,
  command: Command,
  { confidence }: Understanding,
  text: string,
): boolean {
  const { command: id, explicit } = command;
  const sure = explicit || confidence >= SURELY;
  if (isGeneral(id)) {
    if (sure) answerGeneral(draft, scene, id);
    return sure;
  }
  const atDesk = asDeskAct(id);
  if (atDesk && sure && performAtDesk(draft, scene, atDesk, command)) return true;
  const act = asTicketAct(id);
  if (!act) {
    if (explicit) draft.answer(toAnybody.notYet(null, actName(scene, id)));
    return explicit;
  }
  const { mine, owned } = scene.known;
  if (act === "supervise" && superviseNothing(draft, scene, explicit, sure)) return true;
  if (act === "query" && (sure || mine.length + owned.length > 0)) {
    answerQuery(draft, scene);
    return true;
  }
  const working = isWork(act);
  const decides = act === "agree" || act === "refuse";
  const own = decides ? waitingForWord(scene) : working ? owned : mine;
  const possible = own.filter(({ ticket }) => hindrance(scene, ticket, act) === null);
  // What names another company is nothing that is told to this one, unless it is said which ticket it is.
  const telling = working && !decides && (!explicit || act === "progress");
  const fitting = telling ? possible.filter(({ ticket }) => !namesAnother(scene, ticket, text)) : possible;
  const [only, ...more] = fitting;
  if (sure && !only && possible.length > 0) askWhich(draft, scene, possible, text);
  else if (only && more.length === 0) actOn(draft, scene, only, text);
  else if (only) askWhich(draft, scene, fitting, text);
  else if (decides && explicit && scene.person) draft.answer(toAnybody.nothingToDecide(scene.prompts));
  else if (!decides && sure && sayWhyNot(draft, scene, own, text)) return true;
  // 不用了, with nothing open: whoever wants to end something is not left guessing; 收到，我马上去 is talk.
  else if (explicit || (sure && !working)) draft.answer(toAnybody.nothingOpen(scene.prompts, scene.person !== null));
  else return false;
  return true;
}

/** In a company's group only its own; among staff those of every group. */
function waitingForWord({ known, message, group, conversation }: Scene): readonly StoredTicket[] {
  if (isAmongStaff({ message, group })) return known.deciding;
  return known.deciding.filter(({ ticket }) => ticket.conversation === conversation);
}

/** None of theirs can be dealt with so now: the only one says why, several say how they stand. */
function sayWhyNot(draft: Draft, scene: Scene, own: readonly StoredTicket[], text: string): boolean {
  const active = own.filter(({ ticket }) => isActive(ticket));
  const [only, ...more] = active.length > 0 ? active : own;
  if (!only) return false;
  if (more.length === 0) actOn(draft, scene, only, text);
  else if (scene.person) answerQuery(draft, scene);
  else askWhich(draft, scene, active.length > 0 ? active : own, text);
  return true;
}

function answerQuery(draft: Draft, scene: Scene): void {
  const { mine, owned } = scene.known;
  const all = [...mine, ...owned.filter(({ ticket }) => !mine.some((other) => other.ticket.id === ticket.id))];
  const [only, ...more] = all;
  if (!only) draft.answer(toAnybody.nothingOpen(scene.prompts, scene.person !== null));
  else if (more.length === 0)
    draft.answer(toAnybody.status(statusFacts(scene, only.ticket, scene.now, true, isAmongTeam(scene))), only.ticket);
  else
    draft.answer(all.map(({ ticket }) => toAnybody.statusLine(statusFacts(scene, ticket, scene.now, true))).join("\n"));
}
