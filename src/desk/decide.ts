/**
 * One message, everything that is known about it, and the time: what changes and what is said. Pure.
 * Which meaning wins (desk-practice 6): a command with a number or quote, the answer to the last question,
 * command words, a request, talk.
 */
import * as toAnybody from "../words/replies.ts";
import { answersWaiting, companyTalk } from "./asking/company-talk.ts";
import { answerEmergency, raiseEmergency } from "./asking/emergency.ts";
import { changeEnterprise } from "./asking/enterprise-question.ts";
import { answerGeneral } from "./asking/general.ts";
import { warnOfIdentity } from "./asking/identity-warning.ts";
import { joinAsDetails, joinable } from "./asking/joining.ts";
import { answerPending, answersList, answerWhich } from "./asking/pending.ts";
import { isRepeated } from "./asking/requests.ts";
import { isBareNumber } from "./asking/short-answers.ts";
import type { Decision } from "./decision.ts";
import { Draft } from "./draft.ts";
import { isAmongTeam } from "./lines/facts.ts";
import { staffTalk } from "./on-behalf/on-behalf.ts";
import { actOn } from "./orders/about.ts";
import { explicitCommand, mayMean, wantedByClerk } from "./orders/command.ts";
import { perform } from "./orders/perform.ts";
import { actsOnEach, mergesNamed } from "./orders/several.ts";
import { reportToSupervisors } from "./orders/supervision.ts";
import { findTarget } from "./orders/target.ts";
import { orderWithoutTarget } from "./orders/unnamed.ts";
import { resumeAnswered } from "./orders/waiting.ts";
import { askWhich } from "./orders/which.ts";
import { answersReport } from "./reports/report.ts";
import type { Scene } from "./scene.ts";
import { offerLeave } from "./team/leave-offer.ts";
import { answersCourse } from "./training/courses.ts";

const CHANGE_ENTERPRISE = /^(?:改|更改|修改|变更)企业[\s:：,，]*(.*)$/su;

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

/** A picture alone belongs to the ticket that was opened a moment ago; else it says nothing that can be done. */
function nothingButPictures(draft: Draft, scene: Scene): void {
  const last = joinable(scene);
  if (last) perform(draft, scene, last, { command: "supplement", argument: "", rating: null, explicit: false });
  else draft.answer(toAnybody.sayInOneSentence(scene.prompts));
}
