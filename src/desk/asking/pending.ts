/** What was typed without naming a ticket may answer the question that was put last. False where it answers nothing. */
import * as toStaff from "../../words/staff.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { named } from "../lines/facts.ts";
import { tellOwner } from "../lines/telling.ts";
import { answerOnBehalf } from "../on-behalf/on-behalf.ts";
import { answerVisit, answerWishes, quotesVisit } from "../on-behalf/visit.ts";
import { namesAnother } from "../on-behalf/whose.ts";
import { actOn } from "../orders/about.ts";
import { answerOrder, answerResult, answerWaiting, answerWanted } from "../orders/answering.ts";
import { commandAbout } from "../orders/command.ts";
import { answerDissatisfied } from "../orders/dissatisfied.ts";
import { perform, relationsHere } from "../orders/perform.ts";
import { isCorrection, isNotSolved } from "../orders/rating.ts";
import type { Scene } from "../scene.ts";
import { answerLeave } from "../team/leave-offer.ts";
import { isActive } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { askOf, detailsIn, keepDetails, missingOf } from "./details.ts";
import { answerDetails, saidShown, supplementAll } from "./details-answer.ts";
import { detailsText } from "./details-shown.ts";
import { answerEnterprise } from "./enterprise-question.ts";
import { answerItem, stillAnswers } from "./item-question.ts";
import { isCourtesy, OTHER_MARK } from "./joining.ts";
import { pendingAsk } from "./pending-ask.ts";
import { readDigit } from "./short-answers.ts";

export function answerPending(draft: Draft, scene: Scene, text: string): boolean {
  const ask = pendingAsk(scene);
  const stored = scene.known.asked;
  // What staff tell of another company answers no question about this one.
  const ofOne = ask && "ticket" in ask && ask.kind !== "enterprise" && stored !== null;
  if (ofOne && scene.person && namesAnother(scene, stored.ticket, text)) return false;
  switch (ask?.kind) {
    case "item":
      return stored !== null && stillAnswers(scene, stored, ask, text) && answerItem(draft, scene, stored, ask, text);
    case "enterprise":
      return answerWithDetails(draft, scene, stored, ask, text);
    case "details":
      return answerDetails(draft, scene, ask, text);
    case "on-behalf":
      return answerOnBehalf(draft, scene, ask, text);
    case "visit":
      return answerVisit(draft, scene, ask, text);
    case "wishes":
      return answerWishes(draft, scene, ask, text);
    case "leave":
      return answerLeave(draft, scene, ask, text);
    case "result":
      return stored !== null && answerResult(draft, scene, stored, text);
    case "waiting":
      return stored !== null && answerWaiting(draft, scene, stored, text);
    case "words":
    case "whom":
      return stored !== null && answerWanted(draft, scene, stored, ask, text);
    case "order":
      return stored !== null && answerOrder(draft, scene, stored, ask, text);
    case "which":
      return answerWhich(draft, scene, text);
    case "rate": {
      // A bare 3 of tomorrow is no correction; 不对，给3 is.
      if (!stored || (ask.rated && !isCorrection(text) && !isNotSolved(text))) return false;
      const command = commandAbout(scene, stored.ticket, relationsHere(scene, stored), text);
      const rates = ["rate-good", "rate-bad", "reopen"].some((id) => id === command?.command);
      if (command && rates) perform(draft, scene, stored, command);
      return rates || (command === null && answerUnrated(draft, scene, stored, text));
    }
    default:
      return false;
  }
}

/** 不太行，空调是坏的, to the question how it was; a request of its own is none. */
function answerUnrated(draft: Draft, scene: Scene, stored: StoredTicket, text: string): boolean {
  const { kind, confidence } = scene.understand(text);
  if (kind === "item" || (kind === "other" && confidence >= OTHER_MARK) || isCourtesy(text)) return false;
  return answerDissatisfied(draft, scene, stored, relationsHere(scene, stored), text);
}

/** The numbers of a list that stands below receipts: quoting it is about the list. */
export function answersList(draft: Draft, scene: Scene): boolean {
  const ask = pendingAsk(scene);
  if (ask?.kind !== "wishes" || !quotesVisit(scene)) return false;
  return answerWishes(draft, scene, ask, scene.message.text);
}

/** The receipt may have asked for the enterprise and for details: either may be told, or both at once. */
function answerWithDetails(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket | null,
  ask: Ask & { kind: "enterprise" },
  text: string,
): boolean {
  const wanted = stored && isActive(stored.ticket) ? askOf(scene, stored.ticket) : null;
  const details = wanted && detailsIn(scene, text, wanted, stored?.ticket.slots ?? []);
  // 周三下午，30人 names no enterprise: the question for it stays.
  if (stored && details?.alone) {
    supplementAll(draft, scene, [stored], text);
    return true;
  }
  if (!answerEnterprise(draft, scene, stored, ask, text)) return false;
  if (stored && details) tellDetails(draft, scene, stored, text);
  return true;
}

/** The enterprise was told by the same words: the answer has been given, and the helper hears what else they say. */
function tellDetails(draft: Draft, scene: Scene, stored: StoredTicket, text: string): void {
  const { ticket, slots } = keepDetails(draft, scene, stored, text, scene.now);
  if (slots.length === 0) return;
  const details = detailsText(scene, ticket);
  const line = toStaff.supplementForHelper(named(ticket), saidShown(scene, ticket, text), details);
  tellOwner(draft, scene, ticket, line);
  // What the settled enterprise left open is asked no longer.
  if (missingOf(scene, [ticket]).length === 0) draft.ask(scene, null);
}

/** By its number: the words that were typed before are done to the chosen one. */
export function answerWhich(draft: Draft, scene: Scene, text: string): boolean {
  const ask = pendingAsk(scene);
  const digit = readDigit(text);
  if (ask?.kind !== "which" || digit === null) return false;
  const number = ask.options[digit - 1];
  const chosen = scene.known.offered.find(({ ticket }) => ticket.number === number);
  if (!chosen) return false;
  draft.ask(scene, null);
  actOn(draft, scene, chosen, ask.text);
  return true;
}
