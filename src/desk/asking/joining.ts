/** What comes a moment after a request: does it go on about it, or is it something of its own (desk-practice 6, "Joining")? */
import { onlyTells } from "../../understanding/only-tells.ts";
import type { Understanding } from "../../understanding/understanding.ts";
import * as toCompany from "../../words/company.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff.ts";
import type { Draft } from "../draft.ts";
import { named } from "../lines/facts.ts";
import { tellOwner } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { withPictures } from "../ticket/pictures.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { askOf, detailsIn, keepDetails } from "./details.ts";
import { detailsText, maskNames } from "./details-shown.ts";
import { isAboutLearning } from "./emergency-words.ts";
import { pendingAsk } from "./pending-ask.ts";
import { speaksOf } from "./same-words.ts";

/** Messages of one person within two minutes about the same thing are one request (desk-practice 2). */
const JOIN_MS = 2 * 60_000;
/** A sentence of its own still answers the question that was put. */
export const ANSWERED_MS = 10 * 60_000;
/** From here on help that no item covers is wanted; below, what was said a moment ago is gone on about. */
export const OTHER_MARK = 0.6;

/** How people go on about what they have just asked for. */
const GOES_ON =
  /^(?:还[要得需有想]|另外|对了|补充|忘了说|[最要]好|[需想]?要(?!不)|需|希望|主题|地点|时间|人数|联系人?|用于|用来|主要[是用]|记得|顺便|就[是在要用]|内容|规模|预算|带)/u;
/** Nobody begins a request like this, whatever item it is taken for. */
const NEVER_A_REQUEST = /^(?:用来|用于|用途|主题[是为就]|地点[是在就]|时间[是在就]|主要[是用])/u;
/** Thanks and greetings, one behind the other, and to whom: never a part of a request. */
const COURTESY =
  /^(?:好[的嘞呀啊]?|收到|谢谢|多谢|感谢|辛苦|麻烦|稍等|等一?下|嗯|哦|行|知道|明白|ok|在吗|早上|早|哈|你好|您好|你们?|您|大家|各位|小帮手|老师|领导|同志|[了啦啊呀吧哈]|[\p{P}\s~])+$/iu;
/** 谢谢孙老师, 辛苦了各位同志: to somebody by name, and nothing behind it. */
const THANKS = /^[\p{P}\s]*(?:谢谢|多谢|感谢|谢[啦了]|辛苦(?=[了啦您你大各]))[^\p{P}]{0,10}[\p{P}\s~]*$/u;
/** What people ask each other. */
const QUESTION = /[?？]|[吗呢么][\p{P}\s]*$|什么|啥|几点|谁|哪/u;
const TELLING_CHARACTERS_MIN = 5;
const NUMBER = /\d{2,}/u;
/** A request of its own, though it speaks of the same: 再借一间. */
const ANOTHER = /再[借订约要请来派给]|另外?[借订约要请]|另一|还[要想得]再|也[要想]/u;
/** Somebody else's, one thing more, or a question of its own: 李四的也转不过来, 党费怎么补交. */
const BESIDE = /也|另外|还有|怎么|如何|多少|[?？吗]/u;
const ASKS_FOR = /[借订约租]|想请|请[一个位人]|申请|帮[我们忙]/u;

/** The ticket that this person opened a moment ago, if what comes now still belongs to it. */
export function joinable({ known: { last, talk }, now }: Scene): StoredTicket | null {
  return last && isActive(last.ticket) && now - talk.lastAt <= JOIN_MS ? last : null;
}

/** 好的，收到: nothing that says anything. */
export function isCourtesy(text: string): boolean {
  return COURTESY.test(text) || THANKS.test(text);
}

export function isQuestion(text: string): boolean {
  return QUESTION.test(text);
}

/** It asks for something, or for one more: 想请一位老师, 再借一间. */
export function asksAnew(text: string): boolean {
  return ANOTHER.test(text) || ASKS_FOR.test(text);
}

/** A text that is nothing but details is no request, no order and no talk, whatever it reads like. */
export function joinAsDetails(draft: Draft, scene: Scene, text: string): boolean {
  const last = joinable(scene);
  if (!last || !detailsIn(scene, text, askOf(scene, last.ticket), last.ticket.slots)?.alone) return false;
  join(draft, scene, last, text);
  return true;
}

/** False if it is a request of its own, or talk. */
export function joinLast(draft: Draft, scene: Scene, text: string, understanding: Understanding): boolean {
  const last = joinable(scene);
  if (!last || !belongsTo(scene, last.ticket, text, understanding)) return false;
  join(draft, scene, last, text);
  return true;
}

function belongsTo(scene: Scene, ticket: Ticket, text: string, { kind, items, confidence }: Understanding): boolean {
  if (NEVER_A_REQUEST.test(text) || onlyTells(text)) return true;
  // What somebody wants to learn about is no part of what burns.
  if (ticket.urgent && isAboutLearning(text)) return false;
  const asked = isAskedAbout(scene, ticket);
  switch (kind) {
    // Nobody could tell which item it is.
    case "unclear":
      return true;
    case "other":
      return confidence < OTHER_MARK;
    // 提示密码错误, after 登不上: what is gone on about. Another one is asked for: 再借一间.
    case "item":
      return items.every((item) => item === ticket.item) && !asksAnew(text) && (asked || !BESIDE.test(text));
    default:
      return goesOn(scene, ticket, text, asked);
  }
}

/** It reads like talk, or like an order that cannot be given here. */
function goesOn(scene: Scene, ticket: Ticket, text: string, asked: boolean): boolean {
  if (isCourtesy(text)) return false;
  if (GOES_ON.test(text) || detailsIn(scene, text, askOf(scene, ticket), ticket.slots) !== null) return true;
  // 他电话是…, right behind it: a number, or what was asked for itself, is told to the desk and to nobody else.
  const tells = asked || NUMBER.test(text) || speaksOf(ticket.text, text);
  return tells && [...text].length >= TELLING_CHARACTERS_MIN && !isQuestion(text);
}

/** The desk has just asked what is missing of it. */
function isAskedAbout(scene: Scene, { id }: Ticket): boolean {
  const ask = pendingAsk(scene);
  return ask?.kind === "details" && (ask.ticket === id || ask.also.includes(id));
}

function join(draft: Draft, scene: Scene, last: StoredTicket, text: string): void {
  const noted = withPictures(scene, text);
  draft.happen(last, { event: "noted", kind: "supplement", text: noted });
  const { ticket, slots } = keepDetails(draft, scene, last, text, scene.now);
  const details = slots.length > 0 ? detailsText(scene, ticket) : "";
  const shown = maskNames(scene, noted, ticket);
  draft.answer(toCompany.joined(named(ticket), plain(shown), details), ticket);
  tellOwner(draft, scene, ticket, toStaff.supplementForHelper(named(ticket), plain(shown, RESULT_CHARACTERS), details));
  draft.remember(scene, ticket.id, scene.known.talk.lastText);
}

/**
 * What says more than details, in answer to the question for them: an item or `other` above the mark is a request of its
 * own, save where it is the very item that was asked about. `ageMs`: how long ago that was; the longer, the less is
 * taken for an answer.
 */
export function isOwnRequest(scene: Scene, text: string, items: readonly (string | null)[], ageMs: number): boolean {
  const { kind, confidence, items: meant } = scene.understand(text);
  const same = meant.some((item) => items.includes(item));
  if (kind === "item") return ANOTHER.test(text) || !meant.every((item) => items.includes(item));
  if (kind === "other") return ageMs > JOIN_MS || confidence >= OTHER_MARK;
  if (kind === "unclear") return ageMs > JOIN_MS && !same;
  // Talk, or an order that means nothing here: 我明天休息.
  return ageMs > ANSWERED_MS;
}
