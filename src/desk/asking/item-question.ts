/** Which item is it? The desk's question, and what is typed in answer to it. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { whenText } from "../../pledge/when.ts";
import * as toCompany from "../../words/company.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { itemName, named, seesAll, textShown } from "../lines/facts.ts";
import { explicitCommand } from "../orders/command.ts";
import { mayDo, relationsTo } from "../orders/entitlement.ts";
import type { Scene } from "../scene.ts";
import { isActive, OTHER, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { keepDetails } from "./details.ts";
import { askEnterprise } from "./enterprise-question.ts";
import { ANSWERED_MS, isOwnRequest } from "./joining.ts";
import { teach } from "./lesson.ts";
import { announce, changeTo, matchTo, optionsOf } from "./matching.ts";
import { isNeverMind, isNoneOfThem, readDigit } from "./short-answers.ts";

/** A second answer that names nothing known: a person asks. */
const MOST_MISSES = 1;

/** Asks (again) by number; everybody in the group may answer, its asker also without quoting. */
export function askItem(
  draft: Draft,
  scene: Scene,
  ticket: Ticket,
  options: readonly string[] = optionsOf(ticket),
  misses = 0,
): void {
  const facts = {
    ...named(ticket),
    text: seesAll(scene, ticket) ? textShown(scene, ticket) : null,
    due: whenText(ticket.due, scene.now),
    options: options.map((item) => itemName(scene, item)),
  };
  draft.answer(toCompany.whichItem(facts, scene.prompts), ticket);
  draft.ask(scene, { kind: "item", ticket: ticket.id, options, misses, of: ticket.item });
}

/** 改: to what was named, else the runners-up are offered by number. */
export function offerItems(draft: Draft, scene: Scene, stored: StoredTicket, wanted: string): void {
  if (wanted) {
    const chosen = chooseItem(scene, optionsOf(stored.ticket), wanted);
    const understanding = scene.understand(wanted);
    const [said] = understanding.kind === "item" ? understanding.items : understanding.kind === "other" ? [OTHER] : [];
    const item = chosen === "again" ? null : (chosen ?? said);
    if (item) {
      settleItem(draft, scene, stored, item);
      return;
    }
  }
  const options = optionsOf(stored.ticket);
  const facts = { ...named(stored.ticket), options: options.map((item) => itemName(scene, item)) };
  draft.answer(toCompany.whichItemInstead(facts, scene.prompts), stored.ticket);
  draft.ask(scene, { kind: "item", ticket: stored.ticket.id, options, misses: 0, of: stored.ticket.item });
}

/**
 * Whether a text that quotes nothing may still be meant as the answer. Once the ticket went on without one (the chief has
 * it), or ten minutes later, only what could hardly be anything else is: a number, a name of the menu, what was offered.
 */
export function stillAnswers(
  scene: Scene,
  { ticket }: StoredTicket,
  { options, of = ticket.item }: Ask & { kind: "item" },
  text: string,
): boolean {
  const isOver = of !== ticket.item;
  if (isNeverMind(text)) return !isOver;
  if (readDigit(text) !== null || isNoneOfThem(text)) return true;
  const age = isOver ? Number.POSITIVE_INFINITY : scene.now - scene.known.talk.askedAt;
  return age <= ANSWERED_MS || !isOwnRequest(scene, text, options, age);
}

/** `options` are what the numbers stand for. False if the text does not answer the question. */
export function answerItem(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  { options, misses }: { readonly options: readonly string[]; readonly misses: number },
  text: string,
): boolean {
  const { ticket } = stored;
  if (!isActive(ticket) || explicitCommand(scene, text)) return false;
  if (isNeverMind(text)) {
    // A colleague may say which item it is; that it is not wanted any more is the asker's to say.
    const today = shanghaiDate(scene.now);
    if (ticket.item === null && !mayDo("withdraw", relationsTo(ticket, scene, scene.station, today))) return false;
    if (ticket.item === null) {
      const withdrawn = draft.happen(stored, { event: "withdrawn", reason: text });
      draft.answer(toCompany.withdrawn(named(withdrawn), scene.prompts), withdrawn);
    } else {
      draft.answer(toCompany.unchanged(named(ticket)), ticket);
    }
    draft.ask(scene, null);
    return true;
  }
  const chosen = chooseItem(scene, options, text);
  if (chosen === "again") {
    askItem(draft, scene, ticket, options, misses);
    return true;
  }
  if (chosen) {
    settleItem(draft, scene, stored, chosen);
    return true;
  }
  const { kind, items } = scene.understand(text);
  if (kind === "none" || kind === "command") return false;
  const [item] = items;
  if (kind === "item" && item) {
    // Said in words, the answer is also what is wanted: it stays in the story, and the helper reads it.
    noteAnswer(draft, scene, stored, text);
    settleItem(draft, scene, stored, item, text);
    return true;
  }
  // Of a ticket that has an item, what is unclear is said about the case, not about the item.
  if (ticket.item !== null && kind === "unclear") return false;
  // Said once more and still unclear, or nothing that the menu covers: the chief sees to it.
  noteAnswer(draft, scene, stored, text);
  if (kind === "other" || misses >= MOST_MISSES) settleItem(draft, scene, stored, OTHER);
  else askItem(draft, scene, ticket, items.slice(0, 3), misses + 1);
  return true;
}

function noteAnswer(draft: Draft, scene: Scene, stored: StoredTicket, text: string): void {
  draft.happen(stored, { event: "noted", kind: "supplement", text });
  keepDetails(draft, scene, stored, text, scene.now);
}

function chooseItem(scene: Scene, options: readonly string[], text: string): string | "again" | null {
  const digit = readDigit(text);
  if (digit === 0 || isNoneOfThem(text)) return OTHER;
  if (digit !== null) return options[digit - 1] ?? "again";
  const said = [...scene.intents.items.values()].filter(({ name }) => text.includes(name));
  return said.length === 1 ? (said[0]?.id ?? null) : null;
}

function settleItem(draft: Draft, scene: Scene, stored: StoredTicket, item: string, said = ""): void {
  draft.ask(scene, null);
  teach(draft, scene, stored.ticket, item);
  if (stored.ticket.item === item) {
    draft.answer(toCompany.unchanged(named(stored.ticket)), stored.ticket);
  } else if (stored.ticket.item === null) {
    const matched = matchTo(draft, scene, stored, item, scene.now);
    const shown = said ? `${stored.ticket.text}；${said}` : stored.ticket.text;
    announce(draft, scene, { ...matched, ticket: { ...matched.ticket, text: shown } });
    if (matched.ticket.enterprise === null) askEnterprise(draft, scene, matched.ticket);
  } else {
    changeTo(draft, scene, stored, item);
  }
}
