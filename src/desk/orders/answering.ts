/** What a ticket was asked about is answered: by quoting it, by its number, or as the answer to the question put last. */
import { findEnterprises } from "../../station/enterprise-match.ts";
import * as toStaff from "../../words/staff-working.ts";
import { answerDetailsOf } from "../asking/details-answer.ts";
import { answerEnterprise } from "../asking/enterprise-question.ts";
import { answerItem } from "../asking/item-question.ts";
import { asksAnew, isCourtesy, isOwnRequest, isQuestion } from "../asking/joining.ts";
import { optionsOf } from "../asking/matching.ts";
import { pendingAsk } from "../asking/pending-ask.ts";
import { isBareNumber, isNeverMind, readDigit } from "../asking/short-answers.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { named } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import { isActive } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { commandOf } from "./choosing.ts";
import { commandAbout, explicitCommand } from "./command.ts";
import { mayDo, type Relation } from "./entitlement.ts";
import { perform, relationsHere } from "./perform.ts";
import type { OrderAsk, WhomAsk, WordsAsk } from "./wanted.ts";

type Relations = ReadonlySet<Relation>;

/** Shorter than this, what is said a while after an answer is talk. */
const TELLING_CHARACTERS = 5;
const STILL_ASKED_MS = 24 * 3_600_000;

/** A question about this ticket is answered by quoting it, also when another one has been put since, or to somebody else. */
export function answersQuestion(
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
