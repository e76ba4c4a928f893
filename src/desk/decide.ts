/**
 * One message, everything that is known about it, and the time: what changes and what is said. Pure.
 * Which meaning wins (desk-practice 6): a command with a number or quote, the answer to the last question,
 * command words, a request, talk.
 */
import type { CommandId, Understanding } from "../understanding/understanding.ts";
import { plain } from "../words/plain.ts";
import * as toAnybody from "../words/replies.ts";
import { mergeUnclear } from "../words/staff-working.ts";
import { answerEmergency, asEmergency, raiseEmergency } from "./asking/emergency.ts";
import { findEmergency } from "./asking/emergency-words.ts";
import { changeEnterprise } from "./asking/enterprise-question.ts";
import { answerGeneral, isGeneral } from "./asking/general.ts";
import { warnOfIdentity } from "./asking/identity-warning.ts";
import { joinAsDetails, joinable, joinLast } from "./asking/joining.ts";
import { answerPending, answersList, answerWhich } from "./asking/pending.ts";
import { isRepeated, openRequest } from "./asking/requests.ts";
import { answerBack, saidBackTo } from "./asking/said-back.ts";
import { isBareNumber } from "./asking/short-answers.ts";
import type { Decision } from "./decision.ts";
import { Draft } from "./draft.ts";
import { actName, isAmongTeam, itemName, named, seesAll, statusFacts } from "./lines/facts.ts";
import { staffTalk } from "./on-behalf/on-behalf.ts";
import { namesAnother } from "./on-behalf/whose.ts";
import { actOn, answerWaiting, perform, waitingHere } from "./orders/about.ts";
import { type Command, explicitCommand, mayMean, wantedByClerk } from "./orders/command.ts";
import { performAtDesk } from "./orders/desk-acts.ts";
import { asksAfterAnswer } from "./orders/dissatisfied.ts";
import { asDeskAct, asTicketAct, isWork } from "./orders/entitlement.ts";
import { hindrance } from "./orders/hindrance.ts";
import { merge, ticketsToMerge } from "./orders/merging.ts";
import { reportToSupervisors, superviseNothing } from "./orders/supervision.ts";
import { eachNamed, findTarget } from "./orders/target.ts";
import { resumeAnswered } from "./orders/waiting.ts";
import { answersReport } from "./reports/report.ts";
import type { Scene } from "./scene.ts";
import { offerLeave } from "./team/leave-offer.ts";
import { isAmongStaff } from "./team/sight.ts";
import { isActive } from "./ticket/ticket.ts";
import type { StoredTicket } from "./ticket/ticket-record.ts";
import { answersCourse } from "./training/courses.ts";

const CHANGE_ENTERPRISE = /^(?:改|更改|修改|变更)企业[\s:：,，]*(.*)$/su;
/** Nobody calls the desk to tell it so much and wants nothing: however little it reads like a request, a person shall see it. */
const LONGEST_TALK = 200;
/** What is less surely talk, or a command that cannot be given here, may just as well be a request. */
const SURELY = 0.6;
/** What is often ordered of several tickets at once, and means the same of each. */
const OF_EACH = ["accept", "progress", "resolve", "urge", "query"] as const satisfies readonly CommandId[];

export function decide(scene: Scene): Decision {
  const draft = Draft.of(scene);
  const emergency = answerEmergency(draft, scene);
  interpret(draft, scene);
  resumeAnswered(draft, scene);
  reportToSupervisors(draft, scene, isAmongTeam(scene));
  if (emergency) raiseEmergency(draft, scene, emergency);
  warnOfIdentity(draft, scene);
  draft.keepDid(scene);
  const { chat } = scene.message;
  if (draft.answered && scene.group === null && chat !== null && !scene.known.toldPlace) {
    // 本群编号 has told it already.
    if (!draft.hasAnswered(chat)) draft.answer(toAnybody.placeId(chat));
    draft.tellPlace(scene.conversation);
  }
  return draft.decision();
}

function interpret(draft: Draft, scene: Scene): void {
  // Quoting any line of ours is how one answers the desk; 改企业 is never about the ticket in it.
  const renamed = scene.person ? null : CHANGE_ENTERPRISE.exec(scene.message.text.trim());
  if (renamed) {
    changeEnterprise(draft, scene, (renamed[1] ?? "").trim());
    return;
  }
  if (answersCourse(draft, scene) || answersReport(draft, scene)) return;
  if (answersList(draft, scene) || mergesNamed(draft, scene) || actsOnEach(draft, scene)) return;
  const target = findTarget(scene);
  switch (target.kind) {
    case "missing":
      draft.answer(toAnybody.noSuchTicket(target.number, scene.prompts));
      return;
    case "one":
      actOn(draft, scene, target.stored, target.text);
      return;
    case "many":
      if (!answerWhich(draft, scene, target.text)) askWhich(draft, scene, target.options, target.text);
      return;
    case "none":
      withoutTarget(draft, scene, target.text);
  }
}

/** 合并 017 018, 017和018是同一件事: the only order that is about several tickets at once. */
function mergesNamed(draft: Draft, scene: Scene): boolean {
  const { numbers, known, message } = scene;
  const several = ticketsToMerge(scene);
  if (several.length < 2) return false;
  const explicit = explicitCommand(scene, numbers.rest);
  if (explicit && explicit.command !== "merge") return false;
  if (!explicit) {
    const { command, confidence } = scene.understand(message.text);
    if (scene.person === null || command !== "merge" || confidence < SURELY) return false;
  }
  const bare = several.filter((stored) => !known.named.includes(stored));
  const fits = (short: string) => bare.filter(({ ticket }) => ticket.number.endsWith(`-${short}`));
  if (numbers.shorts.some((short) => fits(short).length > 1)) draft.answer(mergeUnclear(scene.prompts));
  else merge(draft, scene, several);
  return true;
}

/** 接单 001 002, 001、002 办结 已送达: what may be said of each of them in one breath. */
function actsOnEach(draft: Draft, scene: Scene): boolean {
  const explicit = explicitCommand(scene, scene.numbers.rest);
  const act = explicit && OF_EACH.find((each) => each === explicit.command);
  if (!explicit || !act || (isTelling(act) && explicit.argument === "")) return false;
  const named = eachNamed(scene);
  if (named === null) return false;
  for (const stored of named.each) perform(draft, scene, stored, explicit);
  for (const number of named.missing) draft.answer(toAnybody.noSuchTicket(number, scene.prompts));
  return true;
}

function isTelling(act: (typeof OF_EACH)[number]): boolean {
  return act === "progress" || act === "resolve";
}

function withoutTarget(draft: Draft, scene: Scene, typed: string): void {
  // Quoted and @-ed, with nothing typed: the quote is what is asked for.
  const text = typed || (scene.quoted.length === 0 ? (scene.message.quote ?? "").trim() : "");
  if (!text) {
    if (scene.message.attachments.length > 0) nothingButPictures(draft, scene);
    else answerGeneral(draft, scene, "help");
    return;
  }
  if (isRepeated(draft, scene, text) || answerPending(draft, scene, text)) return;
  if (isBareNumber(text)) {
    answersWaiting(draft, scene, text);
    return;
  }
  const wanted = scene.person ? null : wantedByClerk(scene, text);
  if (wanted !== null) {
    const meant = scene.understand(wanted);
    const unsure = meant.kind === "none" || meant.kind === "command";
    companyTalk(draft, scene, wanted, unsure ? { ...meant, kind: "unclear" } : meant);
    return;
  }
  const explicit = explicitCommand(scene, text);
  if (!explicit && joinAsDetails(draft, scene, text)) return;
  // What was asked for a moment ago may be gone on about; else what waits is what is meant.
  const fresh = joinable(scene);
  if ((!fresh || fresh.ticket.state === "paused") && answersWaiting(draft, scene, text)) return;
  const understanding = scene.understand(text);
  const { command: near } = understanding;
  const freely = understanding.kind === "command" && near !== null && mayMean(near, text) ? near : null;
  const command = explicit ?? (freely && { command: freely, argument: text, rating: null, explicit: false });
  if (command && orderWithoutTarget(draft, scene, command, understanding, text)) return;
  if (scene.person && offerLeave(draft, scene, scene.person, text)) return;
  if (scene.person) staffTalk(draft, scene, text);
  else companyTalk(draft, scene, text, understanding);
}

/** The asker's next word ends a wait, also where something else was asked in between. */
function answersWaiting(draft: Draft, scene: Scene, text: string): boolean {
  const waiting = waitingHere(scene, text);
  const [only, ...more] = waiting;
  if (only && more.length === 0) return answerWaiting(draft, scene, only, text);
  if (only) askWhich(draft, scene, waiting, text);
  return only !== undefined;
}

/** Command words or free words that name no ticket: the speaker's only one here is meant. */
function orderWithoutTarget(
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

/** A request, or what belongs to the last one; whatever asks for nothing opens nothing. */
function companyTalk(draft: Draft, scene: Scene, text: string, understanding: Understanding): void {
  const { kind, confidence, command } = understanding;
  const talk = (kind === "none" || kind === "command") && confidence >= SURELY && text.length <= LONGEST_TALK;
  // 要能投影的 reads like nothing, and goes on about what was asked for a moment ago.
  if (talk && (joinLast(draft, scene, text, understanding) || answersWaiting(draft, scene, text))) return;
  if (kind !== "item" && asksAfter(draft, scene, text)) return;
  const [back, ...others] = saidBackTo(scene, text, understanding);
  if (back) {
    if (others.length > 0) askWhich(draft, scene, [back, ...others], text);
    else answerBack(draft, scene, back, text);
    return;
  }
  if (talk) {
    // One-to-one nobody else could have been meant; and 我有个事要办, near to a helper's 我的待办, wants something too.
    const wants = kind === "command" && (command === "todo" || command === "today");
    const alone = scene.message.chat === null && scene.known.mine.length === 0;
    if (wants || alone) answerGeneral(draft, scene, "help");
    return;
  }
  const doubtful = kind === "none" || kind === "command";
  const unsure = doubtful ? ({ ...understanding, kind: "unclear" } as const) : understanding;
  const request = findEmergency(text) ? asEmergency(unsure) : unsure;
  if (joinLast(draft, scene, text, request) || answersWaiting(draft, scene, text)) return;
  openRequest(draft, scene, text, request, null);
}

/** 说好的答复呢: of what they have open an answer is asked after. */
function asksAfter(draft: Draft, scene: Scene, text: string): boolean {
  const active = scene.known.mine.filter(({ ticket }) => isActive(ticket));
  const [only, ...more] = active;
  if (!only || !asksAfterAnswer(text)) return false;
  if (more.length > 0) askWhich(draft, scene, active, "催办");
  else perform(draft, scene, only, { command: "urge", argument: "", rating: null, explicit: false });
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

function askWhich(draft: Draft, scene: Scene, options: readonly StoredTicket[], text: string): void {
  const described = options.map(({ ticket }) => {
    const { number } = named(ticket);
    const said = seesAll(scene, ticket) ? `　${plain(ticket.text, 20)}` : "";
    return `${number} ${itemName(scene, ticket.item)}${said}`;
  });
  draft.answer(toAnybody.whichTicket(described, scene.prompts));
  draft.ask(scene, { kind: "which", options: options.map(({ ticket }) => ticket.number), text });
}

/** A picture alone belongs to the ticket that was opened a moment ago; else it says nothing that can be done. */
function nothingButPictures(draft: Draft, scene: Scene): void {
  const last = joinable(scene);
  if (last) perform(draft, scene, last, { command: "supplement", argument: "", rating: null, explicit: false });
  else draft.answer(toAnybody.sayInOneSentence(scene.prompts));
}
