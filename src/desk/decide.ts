/**
 * One message, everything that is known about it, and the time: what changes and what is said. Pure.
 * Which meaning wins (desk-practice 6): a command with a number or quote, the answer to the last question,
 * command words, a request, talk.
 */
import { shanghaiDate } from "../pledge/hours.ts";
import { findEnterprises } from "../station/enterprise-match.ts";
import * as words from "../words/desk.ts";
import { plain } from "../words/plain.ts";
import { ACTS, actName, hindrance, pictures } from "./acts.ts";
import { answerEnterprise, answerItem, answerOnBehalf, pendingAsk, settleEnterprise } from "./answers.ts";
import { type Command, commandAbout, explicitCommand, readDigit } from "./command.ts";
import type { Decision } from "./decision.ts";
import { Draft } from "./draft.ts";
import { mayDo, relationsTo, TICKET_ACTS, type TicketAct, whoMay } from "./entitlement.ts";
import { itemName, named, staffName, statusFacts } from "./facts.ts";
import { answerGeneral, isGeneral } from "./general.ts";
import { optionsOf } from "./matching.ts";
import { joinLast, openRequest } from "./requests.ts";
import type { Scene } from "./scene.ts";
import { findTarget, type Target } from "./target.ts";
import { isActive } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";

export function decide(scene: Scene): Decision {
  const draft = Draft.of(scene);
  interpret(draft, scene);
  if (draft.answered && scene.group === null && scene.message.chat !== null && !scene.known.toldPlace) {
    draft.answer(words.placeId(scene.message.chat));
    draft.tellPlace(scene.conversation);
  }
  return draft.decision();
}

function interpret(draft: Draft, scene: Scene): void {
  const target = findTarget(scene);
  if (target.kind === "missing") {
    draft.answer(words.noSuchTicket(target.number));
    return;
  }
  if (target.kind === "one") {
    actOn(draft, scene, target.stored, target.text);
    return;
  }
  if (target.kind === "many") {
    askWhich(draft, scene, target.options, target.text);
    return;
  }
  withoutTarget(draft, scene, target);
}

function withoutTarget(draft: Draft, scene: Scene, target: Target & { kind: "none" }): void {
  // Quoted and @-ed, with nothing typed: the quote is what is asked for.
  const text = target.text || (scene.quoted.length === 0 ? (scene.message.quote ?? "").trim() : "");
  if (!text) {
    if (scene.message.attachments.length > 0) nothingButPictures(draft, scene);
    else answerGeneral(draft, scene, "help");
    return;
  }
  if (answerPending(draft, scene, text)) return;
  const renamed = /^改企业[\s:：,，]*(.*)$/u.exec(text);
  if (renamed) {
    changeEnterprise(draft, scene, renamed[1] ?? "");
    return;
  }
  // Bare digits with neither a quote nor a question are talk.
  if (/^[\d０-９\s\p{P}]*$/u.test(text)) return;

  const explicit = explicitCommand(scene, text);
  const understanding = scene.understand(text);
  const freely = understanding.kind === "command" ? understanding.command : null;
  const command = explicit ?? (freely ? { command: freely, argument: text, rating: null, explicit: false } : null);
  if (command && actWithoutTarget(draft, scene, command, text)) return;

  if (scene.person && scene.person.role !== "leader") {
    staffTalk(draft, scene, text);
    return;
  }
  if (understanding.kind === "none" || understanding.kind === "command") {
    if (scene.message.chat === null && understanding.kind === "none" && scene.known.mine.length === 0) {
      answerGeneral(draft, scene, "help");
    }
    return;
  }
  if (!joinLast(draft, scene, text, understanding)) openRequest(draft, scene, text, understanding, null);
}

function answerPending(draft: Draft, scene: Scene, text: string): boolean {
  const ask = pendingAsk(scene);
  const stored = scene.known.asked;
  switch (ask?.kind) {
    case "item":
      return stored !== null && answerItem(draft, scene, stored, ask.options, ask.misses, text);
    case "enterprise":
      return answerEnterprise(draft, scene, ask, text);
    case "on-behalf":
      return answerOnBehalf(draft, scene, ask, text);
    case "rate": {
      if (!stored) return false;
      const command = commandAbout(scene, stored.ticket, relationsHere(scene, stored), text);
      const answers =
        command?.command === "rate-good" || command?.command === "rate-bad" || command?.command === "reopen";
      if (!command || !answers) return false;
      perform(draft, scene, stored, command);
      return true;
    }
    case "which": {
      const digit = readDigit(text);
      const number = digit === null ? undefined : ask.options[digit - 1];
      const chosen = [...scene.known.mine, ...scene.known.owned].find(({ ticket }) => ticket.number === number);
      if (!chosen) return false;
      draft.ask(scene, null);
      actOn(draft, scene, chosen, ask.text);
      return true;
    }
    default:
      return false;
  }
}

/** A message about one ticket, by number or quote. */
function actOn(draft: Draft, scene: Scene, stored: StoredTicket, text: string): void {
  const { ticket } = stored;
  const relations = relationsHere(scene, stored);
  if (!text) {
    const attached = pictures(scene);
    if (!attached) ACTS.query(draft, scene, stored, { command: "query", argument: "", rating: null, explicit: true });
    else noteFreely(draft, scene, stored, relations, attached);
    return;
  }
  if (mayDo("change", relations) || (ticket.item === null && mayDo("supplement", relations))) {
    if (answersItem(draft, scene, stored, text)) return;
  }
  const ask = pendingAsk(scene);
  if (ask?.kind === "enterprise" && ask.ticket === ticket.id && answerEnterprise(draft, scene, ask, text)) return;

  const command = commandAbout(scene, ticket, relations, text);
  if (command) perform(draft, scene, stored, command);
  else noteFreely(draft, scene, stored, relations, text);
}

/** The question which item it is may be answered by quoting it, also by a colleague. */
function answersItem(draft: Draft, scene: Scene, stored: StoredTicket, text: string): boolean {
  const ask = pendingAsk(scene);
  const asked = ask?.kind === "item" && ask.ticket === stored.ticket.id;
  if (!asked && stored.ticket.item !== null) return false;
  if (explicitCommand(scene, text)) return false;
  return answerItem(draft, scene, stored, asked ? ask.options : optionsOf(stored.ticket), asked ? ask.misses : 0, text);
}

function perform(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  if (isGeneral(command.command)) {
    answerGeneral(draft, scene, command.command);
    return;
  }
  const act = asTicketAct(command.command);
  if (!act) {
    draft.answer(words.notYet(actName(scene, command.command)), stored.ticket);
    return;
  }
  const refusal = mayDo(act, relationsHere(scene, stored))
    ? hindrance(scene, stored.ticket, act)
    : words.mayNot(named(stored.ticket), actName(scene, act), whoMay(act, ownerOf(scene, stored)));
  if (refusal !== null) draft.answer(refusal, stored.ticket);
  else ACTS[act](draft, scene, stored, command);
}

/** No command in it: what a helper says about a ticket is progress, what the company says is a supplement; thanks are neither. */
function noteFreely(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  relations: ReturnType<typeof relationsHere>,
  text: string,
): void {
  const command: Command = { command: "progress", argument: text, rating: null, explicit: false };
  if (mayDo("progress", relations) && isActive(stored.ticket)) {
    perform(draft, scene, stored, command);
  } else if (mayDo("supplement", relations) && isActive(stored.ticket)) {
    if (scene.understand(text).kind !== "none") perform(draft, scene, stored, { ...command, command: "supplement" });
  } else if (relations.has("staff") && isActive(stored.ticket) && scene.understand(text).kind !== "none") {
    perform(draft, scene, stored, command);
  }
}

/** Command words or free words that name no ticket: the speaker's only one here is meant. */
function actWithoutTarget(draft: Draft, scene: Scene, command: Command, text: string): boolean {
  if (isGeneral(command.command)) {
    answerGeneral(draft, scene, command.command);
    return true;
  }
  const act = asTicketAct(command.command);
  if (!act) {
    if (!command.explicit) return false;
    draft.answer(words.notYet(actName(scene, command.command)));
    return true;
  }
  if (act === "query") {
    answerQuery(draft, scene);
    return true;
  }
  const pool = act === "accept" || act === "progress" || act === "resolve" ? scene.known.owned : scene.known.mine;
  const fitting = pool.filter(({ ticket }) => hindrance(scene, ticket, act) === null);
  const [only, ...more] = fitting;
  if (only && more.length === 0) {
    actOn(draft, scene, only, text);
    return true;
  }
  if (only) {
    askWhich(draft, scene, fitting, text);
    return true;
  }
  if (!command.explicit) return false;
  draft.answer(words.nothingOpen(scene.prompts));
  return true;
}

function answerQuery(draft: Draft, scene: Scene): void {
  const { mine, owned } = scene.known;
  const all = [...mine, ...owned.filter(({ ticket }) => !mine.some((other) => other.ticket.id === ticket.id))];
  const [only, ...more] = all;
  if (!only) draft.answer(words.nothingOpen(scene.prompts));
  else if (more.length === 0) draft.answer(words.status(statusFacts(scene, only.ticket, scene.now, true)), only.ticket);
  else draft.answer(all.map(({ ticket }) => words.statusLine(statusFacts(scene, ticket, scene.now, true))).join("\n"));
}

/** A helper's words that are no command: progress on the only own ticket here, or a request to be registered, else silence. */
function staffTalk(draft: Draft, scene: Scene, text: string): void {
  const understanding = scene.understand(text);
  const [only, ...more] = scene.known.owned;
  if (only && more.length === 0 && understanding.kind !== "none") {
    perform(draft, scene, only, { command: "progress", argument: text, rating: null, explicit: false });
  } else if (understanding.kind === "item" || understanding.kind === "other") {
    draft.answer(words.onBehalf(plain(text), scene.prompts));
    draft.ask(scene, { kind: "on-behalf", text });
  }
}

function askWhich(draft: Draft, scene: Scene, options: readonly StoredTicket[], text: string): void {
  const described = options.map(({ ticket }) => {
    const { number } = named(ticket);
    return `${number} ${itemName(scene, ticket.item)}　${plain(ticket.text, 20)}`;
  });
  draft.answer(words.whichTicket(described, scene.prompts));
  draft.ask(scene, { kind: "which", options: options.map(({ ticket }) => ticket.number), text });
}

function changeEnterprise(draft: Draft, scene: Scene, name: string): void {
  const { exact, likely } = findEnterprises(scene.enterprises, name);
  if (exact) {
    settleEnterprise(draft, scene, exact);
    return;
  }
  const options = likely.map((enterprise) => enterprise.name);
  draft.answer(
    options.length > 0
      ? words.whichOfTheseEnterprises(null, options, scene.prompts)
      : words.whichEnterprise(scene.prompts),
  );
  draft.ask(scene, { kind: "enterprise", ticket: null, options, misses: 0 });
}

/** A picture alone belongs to the ticket that was opened a moment ago; else it says nothing that can be done. */
function nothingButPictures(draft: Draft, scene: Scene): void {
  const { last, talk } = scene.known;
  if (last && isActive(last.ticket) && scene.now - talk.lastAt <= 2 * 60_000) {
    perform(draft, scene, last, { command: "supplement", argument: pictures(scene), rating: null, explicit: false });
  } else {
    draft.answer(words.sayInOneSentence());
  }
}

function relationsHere(scene: Scene, { ticket }: StoredTicket) {
  return relationsTo(ticket, scene, scene.station, shanghaiDate(scene.now));
}

function ownerOf(scene: Scene, { ticket }: StoredTicket): string | null {
  return ticket.owner === null ? null : staffName(scene, ticket.owner);
}

function asTicketAct(command: string): TicketAct | null {
  return TICKET_ACTS.find((act) => act === command) ?? null;
}
