/** 走访: what a visit found is kept, and what was wished for there becomes tickets of that company. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { findEnterprises } from "../../station/enterprise-match.ts";
import { whenShown } from "../../understanding/dates.ts";
import * as words from "../../words/on-behalf.ts";
import { plain } from "../../words/plain.ts";
import { isNeverMind, isNo, isNoneOfThem, readDigit, readDigits } from "../asking/short-answers.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { explicitCommand } from "../orders/command.ts";
import type { Scene } from "../scene.ts";
import { isActive } from "../ticket/ticket.ts";
import { readOnBehalf } from "./on-behalf-words.ts";
import { recordFor } from "./record-for.ts";
import { enterpriseTold } from "./whose.ts";
import { wishesIn } from "./wishes.ts";

/** 走访 is read in a moment; shorter says nothing. */
const TEXT_CHARACTERS_MIN = 4;
const TYPED_CHARACTERS = 20;
/** 走访一下恒通, 今天去走访了恒通: the name comes behind. */
const VISITED =
  /^[\s\p{P}]*(?:我?(?:今天|上午|下午|刚刚?|已经?)?(?:去|到)?(?:走访|下企|入企|走企)(?:了?一下|过|了)?|一下|了)[\s\p{P}]*/u;

interface ReadVisit {
  readonly enterprise: string | null;
  readonly likely: readonly string[];
  readonly typed: string;
  /** What is told of it, without the name where that stands by itself. */
  readonly told: string;
}

export function recordVisit(draft: Draft, scene: Scene, text: string): void {
  if ([...text].length < TEXT_CHARACTERS_MIN) {
    draft.answer(words.visitWanted(scene.prompts));
    return;
  }
  const { enterprise, likely, typed, told } = readVisit(scene, text);
  draft.visit({ at: scene.now, by: scene.who, enterprise, text });
  if (enterprise !== null || likely.length === 0) {
    takeWishes(draft, scene, enterprise, told);
    return;
  }
  // It is kept as it was typed already: whoever does not answer has lost nothing.
  draft.answer(words.whichWasVisited(plain(typed, TYPED_CHARACTERS), likely, scene.prompts));
  draft.ask(scene, { kind: "visit", text, told, options: likely, at: scene.now });
}

function readVisit(scene: Scene, text: string): ReadVisit {
  const { enterprises, group } = scene;
  const behind = text.replace(VISITED, "");
  const read = readOnBehalf(enterprises, behind);
  const enterprise = read.enterprise ?? findEnterprises(enterprises, text).exact?.name ?? null;
  const told = read.request === "" ? behind : read.request;
  if (enterprise !== null || group?.enterprise) {
    return { enterprise: enterprise ?? group?.enterprise ?? null, likely: [], typed: "", told };
  }
  return { enterprise, likely: read.likely, typed: read.typed, told };
}

/** Which company it was. False if the text says neither. */
export function answerVisit(draft: Draft, scene: Scene, ask: Ask & { kind: "visit" }, text: string): boolean {
  // 代录 丽园食品 要开介绍信 is an order of its own.
  if (explicitCommand(scene, text) !== null) return false;
  const digit = readDigit(text);
  const enterprise = digit === null ? enterpriseTold(scene, text) : (ask.options[digit - 1] ?? null);
  if (enterprise === null && digit !== 0 && !isNoneOfThem(text)) return false;
  draft.ask(scene, null);
  // The line that was kept stands under its moment: the later one of the same tells more.
  if (enterprise !== null) draft.visit({ at: ask.at, by: scene.who, enterprise, text: ask.text });
  takeWishes(draft, scene, enterprise, ask.told);
  return true;
}

function takeWishes(draft: Draft, scene: Scene, enterprise: string | null, told: string): void {
  const today = shanghaiDate(scene.now);
  draft.answer(words.visited(enterprise, whenShown({ from: today, to: today, time: "" }, today)));
  const { sure, possible } = wishesIn(scene, told, today);
  for (const request of sure) recordFor(draft, scene, { via: "走访", enterprise, typed: "", request });
  if (possible.length > 0) {
    draft.answer(
      words.possibleWishes(
        possible.map((wish) => plain(wish)),
        scene.prompts,
      ),
    );
    draft.ask(scene, { kind: "wishes", options: possible, enterprise });
  } else if (sure.length === 0) draft.answer(words.noWish(scene.prompts));
}

/** By their numbers, several at once. False where the text chooses nothing. */
export function answerWishes(draft: Draft, scene: Scene, ask: Ask & { kind: "wishes" }, text: string): boolean {
  const { options, enterprise } = ask;
  const digits = ALL.test(text) ? options.map((_, i) => i + 1) : readDigits(text);
  if (digits === null && !isNeverMind(text) && !isNo(text) && !isNoneOfThem(text)) return false;
  const chosen = options.filter((_, i) => digits?.includes(i + 1));
  // A number that was not offered is no answer.
  if (chosen.length === 0 && digits !== null && !digits.includes(0)) return false;
  draft.ask(scene, null);
  if (chosen.length === 0) draft.answer(words.noneRegistered());
  for (const request of chosen) recordFor(draft, scene, { via: "走访", enterprise, typed: "", request });
  return true;
}

const ALL = /^(?:全部?|都)(?:要)?(?:登记|录入?)?[了吧\p{P}\s]*$/u;

/** The list stands below receipts of the same visit: quoting it speaks of the list, and not of those tickets. */
export function quotesVisit({ known, quoted, who }: Scene): boolean {
  const cited = known.named.filter(({ ticket }) => quoted.includes(ticket.number));
  return cited.every(({ ticket }) => ticket.recorder === who && ticket.via === "走访" && isActive(ticket));
}
