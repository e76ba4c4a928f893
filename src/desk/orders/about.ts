/** A message about one ticket, named by its number, by a quote, or as the speaker's only one here. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { findEnterprises } from "../../station/enterprise-match.ts";
import * as toCompany from "../../words/company.ts";
import * as called from "../../words/names.ts";
import * as toAnybody from "../../words/replies.ts";
import * as toStaff from "../../words/staff-working.ts";
import { howToSupervise } from "../../words/supervision.ts";
import { answerDetailsOf } from "../asking/details-answer.ts";
import { answerEnterprise } from "../asking/enterprise-question.ts";
import { answerGeneral, isGeneral } from "../asking/general.ts";
import { answerItem } from "../asking/item-question.ts";
import { asksAnew, isCourtesy, isOwnRequest, isQuestion } from "../asking/joining.ts";
import { optionsOf } from "../asking/matching.ts";
import { pendingAsk } from "../asking/pending-ask.ts";
import { openRequest } from "../asking/requests.ts";
import { isBareNumber, isNeverMind, readDigit } from "../asking/short-answers.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { actName, named, staffName, statusHere } from "../lines/facts.ts";
import { isGroup } from "../lines/home.ts";
import type { Scene } from "../scene.ts";
import { picturesOf } from "../ticket/pictures.ts";
import { ACTIVE, type State } from "../ticket/state-machine.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { ACTS } from "./acts.ts";
import { callBackCommand } from "./call-back.ts";
import { askWhichOrder, commandOf } from "./choosing.ts";
import { type Command, commandAbout, explicitCommand, isDone } from "./command.ts";
import { performAtDesk } from "./desk-acts.ts";
import { answerDissatisfied, isDissatisfied } from "./dissatisfied.ts";
import {
  asDeskAct,
  asTicketAct,
  gradesOwnWork,
  isWork,
  mayDo,
  type Relation,
  relationsTo,
  type TicketAct,
  whoMay,
} from "./entitlement.ts";
import { readFreeOrder } from "./free-order.ts";
import { hindrance } from "./hindrance.ts";
import { unmerge } from "./merging.ts";
import type { OrderAsk, WhomAsk, WordsAsk } from "./wanted.ts";

type Relations = ReadonlySet<Relation>;

/** Shorter than this, what is said a while after an answer is talk. */
const TELLING_CHARACTERS = 5;
const STILL_ASKED_MS = 24 * 3_600_000;

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

export function perform(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  if (command.command === "undo" && stored.ticket.state === "merged") {
    unmerge(draft, scene, stored);
    return;
  }
  if (isGeneral(command.command)) {
    answerGeneral(draft, scene, command.command);
    return;
  }
  const atDesk = asDeskAct(command.command);
  if (atDesk && performAtDesk(draft, scene, atDesk, command)) return;
  const act = asTicketAct(command.command);
  if (!act) {
    draft.answer(toAnybody.notYet(named(stored.ticket), actName(scene, command.command)), stored.ticket);
    return;
  }
  const instead = insteadOf(act, stored.ticket.state);
  if (instead !== null && mayDo(instead, relationsHere(scene, stored))) {
    ACTS[instead](draft, scene, stored, command);
    return;
  }
  const owner = stored.ticket.owner === null ? null : staffName(scene, stored.ticket.owner);
  const relations = relationsHere(scene, stored);
  const refusal = mayDo(act, relations)
    ? hindrance(scene, stored.ticket, act)
    : gradesOwnWork(act, relations)
      ? toAnybody.notOwnWork(named(stored.ticket), graderOf(stored.ticket))
      : toAnybody.mayNot(
          named(stored.ticket),
          actName(scene, act),
          whoMay(act, owner, stored.ticket.proposal),
          isWork(act),
        );
  if (refusal !== null) draft.answer(refusal, stored.ticket);
  else ACTS[act](draft, scene, stored, command);
}

/** 没解决 of what is still worked on wants it done; whoever urges what is over wants to know what came of it. */
function insteadOf(act: TicketAct, state: State): TicketAct | null {
  const active = ACTIVE.some((each) => each === state);
  if (act === "reopen" && active) return "urge";
  return act === "urge" && !active ? "query" : null;
}

/** Who can say how well it was done. */
function graderOf(ticket: Ticket): toAnybody.Grader {
  if (ticket.recorder === null) return "asker";
  return isGroup(ticket) ? "group" : "nobody";
}

/** A question about this ticket is answered by quoting it, also when another one has been put since, or to somebody else. */
function answersQuestion(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  relations: Relations,
  text: string,
): boolean {
  const { ticket } = stored;
  const pending = pendingAsk(scene);
  const ask: Ask | null = pending && "ticket" in pending && pending.ticket === ticket.id ? pending : null;
  if (ask?.kind === "result") return answerResult(draft, scene, stored, text);
  if (ask?.kind === "words" || ask?.kind === "whom") return answerWanted(draft, scene, stored, ask, text);
  if (ask?.kind === "order") return answerOrder(draft, scene, stored, ask, text);
  if (mayDo("supplement", relations) && (ask?.kind === "item" || ticket.item === null)) {
    const question = ask?.kind === "item" ? ask : { options: optionsOf(ticket), misses: 0 };
    if (answerItem(draft, scene, stored, question, text)) return true;
  }
  // What a helper says is progress, save who was just asked for it (代录).
  const asking = !relations.has("staff") || ask?.kind === "details";
  const told = isActive(ticket) && mayDo("supplement", relations) && asking;
  if (told && answerDetailsOf(draft, scene, stored, text)) return true;
  if (ask?.kind === "enterprise") return answerEnterprise(draft, scene, stored, ask, text);
  if (told && ticket.state === "paused" && answerWaiting(draft, scene, stored, text)) return true;
  const wanted = isActive(ticket) && ticket.enterprise === null && relations.has("asker") && !scene.person;
  if (!wanted || findEnterprises(scene.enterprises, text).exact === null) return false;
  return answerEnterprise(
    draft,
    scene,
    stored,
    { kind: "enterprise", ticket: ticket.id, options: [], misses: 0 },
    text,
  );
}

/** 办结 came without a result, and was asked for it. False if an order of its own came instead. */
export function answerResult(draft: Draft, scene: Scene, stored: StoredTicket, text: string): boolean {
  const command = commandAbout(scene, stored.ticket, relationsHere(scene, stored), text);
  // "这单我来跟" or "稍等，我问一下" came instead: it is taken for what it is.
  if (command && (command.explicit || command.command !== "resolve")) return false;
  draft.ask(scene, null);
  perform(draft, scene, stored, { command: "resolve", argument: text, rating: null, explicit: true });
  return true;
}

/** What the asker says of a case that waits for it is what was waited for, unless it is an order, a request of its own, or thanks. */
export function answerWaiting(draft: Draft, scene: Scene, stored: StoredTicket, text: string): boolean {
  const argument = waitedWords(scene, stored, text);
  if (argument === null) return false;
  perform(draft, scene, stored, { command: "supplement", argument, rating: null, explicit: false });
  return true;
}

/** Null where it is not what was waited for. */
function waitedWords(scene: Scene, stored: StoredTicket, text: string): string | null {
  const { state, item } = stored.ticket;
  const command = commandAbout(scene, stored.ticket, relationsHere(scene, stored), text);
  if (
    (state !== "paused" && !isStillAsked(scene, stored, text)) ||
    (command && command.command !== "supplement") ||
    isCourtesy(text)
  )
    return null;
  return !command && isOwnRequest(scene, text, [item], 0) ? null : (command?.argument ?? text);
}

/** It goes on already, by a colleague's word: what the asker was asked for, and tells, is told to the helper all the same. */
function isStillAsked(scene: Scene, { ticket }: StoredTicket, text: string): boolean {
  const ask = pendingAsk(scene);
  const isAsked = ask?.kind === "waiting" && ask.ticket === ticket.id && isActive(ticket);
  return isAsked && scene.now - scene.known.talk.askedAt <= STILL_ASKED_MS && [...text].length >= TELLING_CHARACTERS;
}

/**
 * What waits here for what is said now, whatever else was asked since: the speaker's own; else the one that their company
 * has waiting in this group, unless a colleague asks for something, or asks. Several: which one is to be asked.
 */
export function waitingHere(scene: Scene, text: string): StoredTicket[] {
  const { person, known, conversation } = scene;
  if (person) return [];
  const waits = (stored: StoredTicket) => waitedWords(scene, stored, text) !== null;
  const own = known.mine.filter((stored) => stored.ticket.state === "paused" && waits(stored));
  if (own.length > 0) return own;
  if (isBareNumber(text) || asksAnew(text) || isQuestion(text)) return [];
  const ofCompany = known.company.filter((stored) => stored.ticket.conversation === conversation && waits(stored));
  // A colleague with a case of their own may as well speak of that.
  return ofCompany.length === 1 ? [...ofCompany, ...known.mine.filter(({ ticket }) => isActive(ticket))] : [];
}

/** What an order was short of. False if an order of its own came instead, or no such number. */
export function answerWanted(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  ask: WordsAsk | WhomAsk,
  text: string,
): boolean {
  const whom = ask.kind === "words" ? ask.whom : (ask.options[(readDigit(text) ?? 0) - 1] ?? null);
  if (ask.kind === "whom" && whom === null) return false;
  if (explicitCommand(scene, text) !== null) return false;
  draft.ask(scene, null);
  if (isNeverMind(text)) {
    draft.answer(toStaff.leftAsItIs(named(stored.ticket)), stored.ticket);
    return true;
  }
  const argument = ask.kind === "words" ? [ask.said, text].filter(Boolean).join(" ") : ask.said;
  const chosen = whom === null ? {} : { whom };
  perform(draft, scene, stored, { command: ask.act, argument, rating: null, explicit: true, ...chosen });
  return true;
}

/** Which order was meant, by its number. False if something else came instead. */
export function answerOrder(draft: Draft, scene: Scene, stored: StoredTicket, ask: OrderAsk, text: string): boolean {
  const digit = readDigit(text);
  const choice = digit === null ? undefined : ask.options[digit - 1];
  const never = digit === 0 || isNeverMind(text);
  if (!choice && !never) return false;
  draft.ask(scene, null);
  if (choice) perform(draft, scene, stored, commandOf(choice));
  else draft.answer(toStaff.leftAsItIs(named(stored.ticket)), stored.ticket);
  return true;
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

export function relationsHere(scene: Scene, { ticket }: Pick<StoredTicket, "ticket">): Relations {
  return relationsTo(ticket, scene, scene.station, shanghaiDate(scene.now));
}
