/** What a company's people say that is no order: a request, what goes on about one, a word back, or talk. */
import type { Understanding } from "../../understanding/understanding.ts";
import type { Draft } from "../draft.ts";
import { answerWaiting, waitingHere } from "../orders/answering.ts";
import { asksAfterAnswer } from "../orders/dissatisfied.ts";
import { perform } from "../orders/perform.ts";
import { SURELY } from "../orders/unnamed.ts";
import { askWhich } from "../orders/which.ts";
import type { Scene } from "../scene.ts";
import { isActive } from "../ticket/ticket.ts";
import { asEmergency } from "./emergency.ts";
import { findEmergency } from "./emergency-words.ts";
import { answerGeneral } from "./general.ts";
import { joinLast } from "./joining.ts";
import { openRequest } from "./requests.ts";
import { answerBack, saidBackTo } from "./said-back.ts";

/** Nobody calls the desk to tell it so much and wants nothing: however little it reads like a request, a person shall see it. */
const LONGEST_TALK = 200;

/** A request, or what belongs to the last one; whatever asks for nothing opens nothing. */
export function companyTalk(draft: Draft, scene: Scene, text: string, understanding: Understanding): void {
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

/** The asker's next word ends a wait, also where something else was asked in between. */
export function answersWaiting(draft: Draft, scene: Scene, text: string): boolean {
  const waiting = waitingHere(scene, text);
  const [only, ...more] = waiting;
  if (only && more.length === 0) return answerWaiting(draft, scene, only, text);
  if (only) askWhich(draft, scene, waiting, text);
  return only !== undefined;
}
