/** What staff say without naming a ticket: progress on the only one of theirs, a request that somebody else has, or talk. */
import { plain } from "../../words/plain.ts";
import * as toAnybody from "../../words/replies.ts";
import { isCourtesy } from "../asking/joining.ts";
import { speaksOf } from "../asking/same-words.ts";
import { isNeverMind, isNo, isNoneOfThem, isYes, readDigit } from "../asking/short-answers.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { itemName, named } from "../lines/facts.ts";
import { noteFreely } from "../orders/about.ts";
import { commandAbout, explicitCommand } from "../orders/command.ts";
import { readFreeOrder } from "../orders/free-order.ts";
import { perform, relationsHere } from "../orders/perform.ts";
import type { Scene } from "../scene.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { readOnBehalf } from "./on-behalf-words.ts";
import { recordFor } from "./record-for.ts";
import { enterpriseTold, tellsOfAnother } from "./whose.ts";

/** What the matcher takes for talk, and is this sure of, is about nothing else unless it says so. */
const SURELY_TALK = 0.8;

export function staffTalk(draft: Draft, scene: Scene, text: string): void {
  const [first, ...more] = scene.known.owned;
  const only = first && more.length === 0 ? first : null;
  // 归 场地 is no news for the company.
  if (only && only.ticket.item === null) {
    const order = commandAbout(scene, only.ticket, relationsHere(scene, only), text);
    if (order?.command === "triage") {
      perform(draft, scene, only, order);
      return;
    }
  }
  const understanding = scene.understand(text);
  const { kind, confidence } = understanding;
  const elses = only && kind !== "none" && tellsOfAnother(scene, only.ticket, text, understanding) ? only : null;
  if (only && !elses) {
    if (kind !== "none" || bearsOn(scene, only, text, confidence)) {
      noteFreely(draft, scene, only, relationsHere(scene, only), text);
    }
  } else if (kind !== "none" && (kind !== "command" || elses)) {
    draft.answer(toAnybody.onBehalf(plain(text), elses && named(elses.ticket), scene.prompts));
    draft.ask(scene, { kind: "on-behalf", text });
  }
}

/** What reads like talk is about the case all the same: not surely talk, or it names what was asked for; a question does not tell. */
function bearsOn(scene: Scene, { ticket }: StoredTicket, text: string, confidence: number): boolean {
  if (isCourtesy(text) || /[?？]|[吗呢么][\p{P}\s]*$/u.test(text)) return false;
  const asked = `${ticket.text} ${itemName(scene, ticket.item)}`;
  return (
    confidence < SURELY_TALK ||
    speaksOf(asked, text) ||
    readFreeOrder(scene, ticket, relationsHere(scene, { ticket }), text) !== null
  );
}

/** False if the text answers neither yes nor no, nor which company it is. */
export function answerOnBehalf(draft: Draft, scene: Scene, ask: Ask & { kind: "on-behalf" }, text: string): boolean {
  // 代录 alone says yes; with a company behind it, it is another one.
  if (explicitCommand(scene, text) && !isYes(text)) return false;
  const digit = readDigit(text);
  if (ask.options && ask.options.length > 0) return answerWhose(draft, scene, ask, digit, text);
  if (digit === 1 || isYes(text)) {
    draft.ask(scene, null);
    const { enterprise, via } = readOnBehalf(scene.enterprises, ask.text);
    recordFor(draft, scene, { via, enterprise, typed: "", request: ask.text });
    return true;
  }
  if (digit !== 0 && !isNeverMind(text) && !isNo(text)) return false;
  draft.ask(scene, null);
  draft.answer(toAnybody.notRegistered());
  return true;
}

function answerWhose(
  draft: Draft,
  scene: Scene,
  { options = [], typed = "", via = null, text: request }: Ask & { kind: "on-behalf" },
  digit: number | null,
  text: string,
): boolean {
  const enterprise = digit === null ? enterpriseTold(scene, text) : (options[digit - 1] ?? null);
  const none = digit === 0 || isNoneOfThem(text);
  if (enterprise === null && !none) return false;
  draft.ask(scene, null);
  recordFor(draft, scene, { via, enterprise, typed: enterprise === null ? typed : "", request });
  return true;
}
