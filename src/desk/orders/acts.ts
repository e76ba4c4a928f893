/** What people do to a ticket, and what is said about it. Each act knows that it may be done: about.ts has checked. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { durationText, whenText } from "../../pledge/when.ts";
import * as callBack from "../../words/call-back.ts";
import * as toCompany from "../../words/company.ts";
import * as called from "../../words/names.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toAnybody from "../../words/replies.ts";
import * as toStaff from "../../words/staff.ts";
import { goesOn, itemWanted } from "../../words/staff-working.ts";
import { supplementAll } from "../asking/details-answer.ts";
import { maskNames } from "../asking/details-shown.ts";
import { askEnterprise } from "../asking/enterprise-question.ts";
import { askItem, offerItems } from "../asking/item-question.ts";
import { optionsOf } from "../asking/matching.ts";
import { pendingAsk } from "../asking/pending-ask.ts";
import { type Draft, pledgeFrom } from "../draft.ts";
import { answeredBy } from "../lines/answered-by.ts";
import { caseFacts, itemName, named, resultShown, staffName, statusHere } from "../lines/facts.ts";
import { canBeTold, presentOwnerName, tellAsker, tellChief, tellOwner, tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { callBackByOf, rateByOf } from "../ticket/afterwards.ts";
import { isLate } from "../ticket/lateness.ts";
import { withPictures } from "../ticket/pictures.ts";
import { mayHappen, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { nameCaller, recordCallBack, tellCorrected } from "./call-back.ts";
import type { Command } from "./command.ts";
import { agree, refuse } from "./deciding.ts";
import { decline } from "./declining.ts";
import { relationsTo, type TicketAct } from "./entitlement.ts";
import { extend } from "./extension.ts";
import { askWhichToMerge } from "./merging.ts";
import { giveBack } from "./returning.ts";
import { split } from "./splitting.ts";
import { supervise } from "./supervision.ts";
import { assist, note } from "./together.ts";
import { transfer } from "./transfer.ts";
import { triage } from "./triage.ts";
import { resume, wait } from "./waiting.ts";

/** 办结 needs a result that says something: 已经弄好了 alone is none, 已重置 is one. */
const RESULT_CHARACTERS_MIN = 2;
const EMPTY_PHRASES =
  /谢+|感谢|辛苦|大家|您|你们?|没有?|已经?|都|全部|这[件单个]|问题|事情?|[弄办搞处理解决完成修做]+[好定完成妥结]?|[好行可以]+|了|啦|的|ok/giu;
/** A remark beside a rating worth keeping; 5分 is none. */
const REMARK_CHARACTERS_MIN = 7;

type Act = (draft: Draft, scene: Scene, stored: StoredTicket, command: Command) => void;

export const ACTS: Readonly<Record<TicketAct, Act>> = {
  accept(draft, scene, stored) {
    const before = stored.ticket;
    if (before.state === "paused") {
      const resumed = resume(draft, scene, stored, scene.now);
      draft.answer(
        goesOn({ ...named(resumed), due: whenText(resumed.due, scene.now), late: isLate(resumed, scene.now) }),
        resumed,
      );
      return;
    }
    // Whoever accepts looks after it from now on; the first helper stays named.
    if (before.owner !== scene.who) draft.happen(stored, { event: "passed", owner: scene.who, why: "主动接单" });
    const ticket = draft.happen(stored, { event: "accepted" });
    const owner = staffName(scene, scene.who);
    const text = toCompany.accepted({ ...answeredBy(scene, ticket, scene.now), owner });
    draft.answer(text, ticket);
    if (ticket.item === null) wantItem(draft, scene, ticket);
    if (ticket.conversation !== scene.conversation && canBeTold(scene, ticket)) tellAsker(draft, scene, ticket, text);
    if (before.owner !== null && before.owner !== scene.who) {
      tellStaff(draft, scene, before.owner, ticket, toStaff.takenOver(named(ticket), owner));
    }
  },

  transfer,
  return: giveBack,
  wait,
  extend,
  assist,
  note,
  merge: askWhichToMerge,
  split,
  triage,
  agree,
  refuse,
  decline,

  progress(draft, scene, stored, { argument }) {
    const text = withPictures(scene, argument);
    if (!text) {
      draft.answer(toStaff.progressWanted(named(stored.ticket), scene.prompts), stored.ticket);
      return;
    }
    // 接单 is its owner's: what somebody else has to tell is told, and it still waits to be accepted.
    if (stored.ticket.state === "open" && hasInHand(scene, stored.ticket)) draft.happen(stored, { event: "accepted" });
    const ticket = draft.happen(stored, { event: "noted", kind: "progress", text });
    const facts = {
      ...named(ticket),
      owner: staffName(scene, scene.who),
      text: plain(maskNames(scene, text, ticket), RESULT_CHARACTERS),
      accepted: ticket.state !== "open",
    };
    const telling = tellAsker(draft, scene, ticket, toCompany.progress(facts));
    if (telling !== "answered") draft.answer(toStaff.noted(named(ticket), telling), ticket);
  },

  resolve(draft, scene, stored, { argument }) {
    if (!saysSomething(argument)) {
      draft.answer(toStaff.resultWanted(named(stored.ticket), scene.prompts), stored.ticket);
      draft.ask(scene, { kind: "result", ticket: stored.ticket.id });
      return;
    }
    const result = withPictures(scene, argument);
    if (stored.ticket.state === "open") draft.happen(stored, { event: "accepted" });
    if (stored.ticket.state === "paused") resume(draft, scene, stored, scene.now);
    const ticket = draft.happen(stored, { event: "resolved", result, rateBy: rateByOf(scene.calendar, scene.now) });
    const facts = {
      ...named(ticket),
      took: durationText(scene.now - ticket.received),
      late: scene.now > ticket.due,
      due: whenText(ticket.due, scene.now),
      result: resultShown(scene, ticket),
    };
    const telling = tellAsker(draft, scene, ticket, toCompany.resolved(facts, scene.prompts));
    if (telling !== "answered") draft.answer(toStaff.resultNoted(named(ticket), telling), ticket);
    forgetAsk(draft, scene, ticket);
    // The company is asked in its group, whoever of it reads that; and nobody to grade their own work.
    if (telling !== "posted" && telling !== "call")
      draft.askOther(ticket.conversation, ticket.asker, { kind: "rate", ticket: ticket.id }, scene.now);
  },

  supplement(draft, scene, stored, { argument }) {
    const text = withPictures(scene, argument);
    if (!text) {
      draft.answer(toCompany.supplementWanted(named(stored.ticket), scene.prompts), stored.ticket);
      return;
    }
    supplementAll(draft, scene, [stored], text);
  },

  urge(draft, scene, stored, { command, argument }) {
    const unsolved = command === "reopen";
    // 没解决，还是登不上去: what is said with it is what its helper has to know.
    const said = unsolved && [...argument].length >= REMARK_CHARACTERS_MIN ? withPictures(scene, argument) : "";
    if (said !== "") draft.happen(stored, { event: "noted", kind: "supplement", text: said });
    const ticket = draft.happen(stored, { event: "urged" });
    if (ticket.owner === null) {
      // It waits for an answer of theirs: the question is put once more.
      if (ticket.item === null) askItem(draft, scene, ticket);
      else askEnterprise(draft, scene, ticket);
      return;
    }
    const late = scene.now > ticket.due;
    const facts = caseFacts(scene, ticket, scene.now);
    const answer = unsolved ? toCompany.stillWorkedOn : toCompany.urged;
    const owner = presentOwnerName(draft, scene, ticket) ?? facts.owner;
    draft.answer(answer({ ...facts, owner, late }), ticket);
    const text = plain(maskNames(scene, said, ticket), RESULT_CHARACTERS);
    tellOwner(draft, scene, ticket, toStaff.urgedForHelper({ ...facts, late, text }));
    if (late && ticket.owner !== scene.station.chief.id) tellChief(draft, scene, ticket, toStaff.lateForChief(facts));
  },

  withdraw(draft, scene, stored, { argument }) {
    const ticket = draft.happen(stored, { event: "withdrawn", reason: argument });
    draft.answer(toCompany.withdrawn(named(ticket), scene.prompts), ticket);
    tellOwner(draft, scene, ticket, toStaff.withdrawnForHelper(named(ticket)));
    forgetAsk(draft, scene, ticket);
  },

  change(draft, scene, stored, command) {
    offerItems(draft, scene, stored, command.explicit ? command.argument : "");
  },

  "rate-good": rate,
  "rate-bad": rate,

  reopen(draft, scene, stored, { argument }) {
    const { why: _, ...pledge } = pledgeFrom(scene, scene.now, stored.ticket.size);
    const ticket = draft.happen(stored, { event: "reopened", ...pledge, reason: argument });
    const facts = caseFacts(scene, ticket, scene.now);
    draft.answer(
      toCompany.reopened({ ...facts, owner: presentOwnerName(draft, scene, ticket) ?? facts.owner }),
      ticket,
    );
    const said = plain(argument || "未解决", RESULT_CHARACTERS);
    tellOwner(draft, scene, ticket, toStaff.reopenedForHelper({ ...facts, text: said }, scene.prompts));
    forgetAsk(draft, scene, ticket);
  },

  supervise,

  "call-back": recordCallBack,
  "name-caller": nameCaller,

  query(draft, scene, { ticket }) {
    draft.answer(toAnybody.status(statusHere(scene, ticket)), ticket);
  },
};

/** Nobody has said which item it is: whoever accepts it finds out, and says so. */
function wantItem(draft: Draft, scene: Scene, ticket: Ticket): void {
  const likely = optionsOf(ticket).map((item) => itemName(scene, item));
  draft.answer(itemWanted(likely, scene.prompts), ticket);
}

function rate(draft: Draft, scene: Scene, stored: StoredTicket, { rating, argument }: Command): void {
  if (rating === null) return;
  const good = rating >= 3;
  const again = stored.ticket.rating === rating;
  if (!again) {
    const callBackBy = good ? null : callBackByOf(scene, scene.now);
    let ticket = draft.happen(stored, { event: "rated", rating, callBackBy });
    // The grade alone is no remark.
    const remark = [...argument].length >= REMARK_CHARACTERS_MIN ? argument : "";
    if (remark && mayHappen(ticket, "noted")) {
      ticket = draft.happen(stored, { event: "noted", kind: "remark", text: remark });
    }
    if (good && mayHappen(ticket, "closed")) draft.happen(stored, { event: "closed", why: "已评价" });
    if (good && stored.ticket.callBackBy !== null) tellCorrected(draft, scene, stored.ticket, rating);
    if (!good) {
      const facts = caseFacts(scene, ticket, scene.now);
      const said = plain(remark, RESULT_CHARACTERS);
      const low = {
        ...facts,
        rating: called.RATING_WORDS[rating],
        text: said,
        by: whenText(callBackBy ?? 0, scene.now),
      };
      const text = callBack.lowRatingForChief(low, scene.prompts);
      tellChief(draft, scene, ticket, text);
    }
  }
  draft.answer(toCompany.rated(named(stored.ticket), called.RATING_WORDS[rating], good, scene.prompts), stored.ticket);
  // Only what says that it puts right what was said is meant for it later (pending.ts).
  const { ask } = scene.known.talk;
  const isFree = ask === null || ("ticket" in ask && ask.ticket === stored.ticket.id) || pendingAsk(scene) === null;
  if (isFree) draft.ask(scene, { kind: "rate", ticket: stored.ticket.id, rated: true });
}

/** The question that was open about this ticket is settled by what was done to it. */
function forgetAsk(draft: Draft, scene: Scene, ticket: Ticket): void {
  const { ask } = scene.known.talk;
  if (ask && "ticket" in ask && ask.ticket === ticket.id) draft.ask(scene, null);
}

function hasInHand(scene: Scene, ticket: Ticket): boolean {
  const relations = relationsTo(ticket, scene, scene.station, shanghaiDate(scene.now));
  return relations.has("owner") || relations.has("deputy");
}

function saysSomething(result: string): boolean {
  return [...result.replace(EMPTY_PHRASES, "").replace(/[\s\p{P}]/gu, "")].length >= RESULT_CHARACTERS_MIN;
}
