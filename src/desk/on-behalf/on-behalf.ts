/** What staff say without naming a ticket: progress on the only one of theirs, a request that somebody else has, or talk. */

import { findEnterprises } from "../../station/enterprise-match.ts";
import { plain } from "../../words/plain.ts";
import * as toAnybody from "../../words/replies.ts";
import { isNeverMind, isNoneOfThem, readDigit } from "../asking/short-answers.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { perform } from "../orders/about.ts";
import type { Scene } from "../scene.ts";
import { readOnBehalf } from "./on-behalf-words.ts";
import { recordFor } from "./record-for.ts";

const YES = /^(?:登记|是的?|需要|要|要登记|代录|好的?|可以|对)[了吧啊呀的\p{P}\s]*$/u;
const NO = /^(?:不|不是|不要|不用登记|不登记|否)[了吧啊呀的\p{P}\s]*$/u;

export function staffTalk(draft: Draft, scene: Scene, text: string): void {
  const { kind } = scene.understand(text);
  if (kind === "none") return;
  const [only, ...more] = scene.known.owned;
  if (only && more.length === 0) {
    perform(draft, scene, only, { command: "progress", argument: text, rating: null, explicit: false });
  } else if (kind !== "command") {
    draft.answer(toAnybody.onBehalf(plain(text), scene.prompts));
    draft.ask(scene, { kind: "on-behalf", text });
  }
}

/** False if the text answers neither yes nor no, nor which company it is. */
export function answerOnBehalf(draft: Draft, scene: Scene, ask: Ask & { kind: "on-behalf" }, text: string): boolean {
  const digit = readDigit(text);
  if (ask.options && ask.options.length > 0) return answerWhose(draft, scene, ask, digit, text);
  if (digit === 1 || YES.test(text)) {
    draft.ask(scene, null);
    const { enterprise, via } = readOnBehalf(scene.enterprises, ask.text);
    recordFor(draft, scene, { via, enterprise, typed: "", request: ask.text });
    return true;
  }
  if (digit !== 0 && !isNeverMind(text) && !NO.test(text)) return false;
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
  const named = digit === null ? (findEnterprises(scene.enterprises, text).exact?.name ?? null) : null;
  const enterprise = named ?? (digit === null ? null : (options[digit - 1] ?? null));
  const none = digit === 0 || isNoneOfThem(text);
  if (enterprise === null && !none) return false;
  draft.ask(scene, null);
  recordFor(draft, scene, { via, enterprise, typed: enterprise === null ? typed : "", request });
  return true;
}
