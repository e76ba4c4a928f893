/**
 * After a low rating somebody else than the owner calls back, and says what came of it (desk-practice 6): then the ticket
 * closes, or is worked on again. `回访 由 姓名` says who, `回访 内容` what was found.
 */
import { whenText } from "../../pledge/when.ts";
import * as callBack from "../../words/call-back.ts";
import * as toCompany from "../../words/company.ts";
import * as called from "../../words/names.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff.ts";
import { type Draft, pledgeFrom } from "../draft.ts";
import { caseFacts, named, resultShown, staffName } from "../lines/facts.ts";
import { presentOwnerName, tellAsker, tellChief, tellOwner, tellStaff } from "../lines/telling.ts";
import type { Scene, Setting } from "../scene.ts";
import { colleagueNamed } from "../team/colleagues.ts";
import type { Rating } from "../ticket/event.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";
import { isNotSolved, ratingIn } from "./rating.ts";

const RESULT = /^[\s\p{P}]*(?:已|电话|上门|完成)?回访(?:结果|情况|记录|内容|了)?[\s:：,，。]*(.*)$/su;
/** 回访 由 帮办员辛, 由 帮办员辛 回访, 派 帮办员辛 回访. */
const NAMING =
  /^[\s\p{P}]*(?:回访[\s:：,，]*(?:由|请|派|让|安排)\s*(.+?)|(?:由|请|派单?|让|安排|指派)[\s:：]*(.+?))(?:负责|去|来|进行|做)?\s*(?:回访)?[\s。！]*$/u;
/** As long as a name with its title; 派人去看过了，他们说还要等 is no name. */
const NAME_CHARACTERS_MAX = 12;
const UNSATISFIED =
  /不满意|不认可|不接受|不同意|还是不行|没有?(?:落实|兑现|改进)|仍(?:未|然|有|没)|要求(?:重新|继续|再)|需要?(?:重办|重新|继续)|重新办理|未解决/u;

/** What a text about a ticket that was rated low orders; null for any other ticket, and any other words. */
export function callBackCommand({ person }: Pick<Scene, "person">, ticket: Ticket, text: string): Command | null {
  if (!person || isActive(ticket)) return null;
  const about = RESULT.exec(text);
  if (!about && ticket.callBackBy === null) return null;
  const naming = NAMING.exec(text);
  const name = (naming?.[1] ?? naming?.[2] ?? "").trim();
  const order = { rating: null, explicit: true };
  if (name && [...name].length <= NAME_CHARACTERS_MAX) return { ...order, command: "name-caller", argument: name };
  return about ? { ...order, command: "call-back", argument: (about[1] ?? "").trim() } : null;
}

export function nameCaller(draft: Draft, scene: Scene, stored: StoredTicket, { argument }: Command): void {
  const { ticket: before } = stored;
  const { caller, names } = colleagueNamed(scene.station, argument);
  if (!caller) {
    draft.answer(callBack.unknownCaller(named(before), plain(argument, NAME_CHARACTERS_MAX), names), before);
    return;
  }
  if (caller.id === before.owner) {
    draft.answer(callBack.ownerAsCaller(named(before), caller.name), before);
    return;
  }
  const ticket = draft.happen(stored, { event: "caller-named", caller: caller.id });
  const by = whenText(ticket.callBackBy ?? scene.now, scene.now);
  draft.answer(callBack.callerNamed({ ...named(ticket), caller: caller.name, by }), ticket);
  if (caller.id === scene.who) return;
  const result = resultShown(scene, ticket);
  const text = callBack.pleaseCall({ ...caseFacts(scene, ticket, scene.now), by, result }, scene.prompts);
  draft.say({ kind: "staff", person: caller.id, ticket }, text, ticket);
}

export function recordCallBack(draft: Draft, scene: Scene, stored: StoredTicket, { argument }: Command): void {
  if (!argument) {
    draft.answer(callBack.textWanted(named(stored.ticket), scene.prompts), stored.ticket);
    return;
  }
  const rating = ratingIn(argument);
  const solved = !(isNotSolved(argument) || UNSATISFIED.test(argument) || (rating !== null && rating <= 2));
  const text = plain(argument, RESULT_CHARACTERS);
  draft.happen(stored, { event: "called-back", text: argument, solved });
  if (solved) {
    const ticket = draft.happen(stored, { event: "closed", why: "已回访" });
    draft.answer(callBack.closedAfterCall(named(ticket), text), ticket);
    tellChiefToo(draft, scene, ticket, callBack.closedAfterCall(named(ticket), text));
    return;
  }
  const { why: _, ...pledge } = pledgeFrom(scene, scene.now, stored.ticket.size);
  const ticket = draft.happen(stored, { event: "reopened", ...pledge, reason: `回访：${argument}` });
  const facts = caseFacts(scene, ticket, scene.now);
  const owner = presentOwnerName(draft, scene, ticket) ?? facts.owner;
  const answer = callBack.reopenedAfterCall({ ...facts, text, owner });
  draft.answer(answer, ticket);
  const toldAsker = toCompany.reopened({ ...facts, owner });
  if (ticket.conversation !== scene.conversation) tellAsker(draft, scene, ticket, toldAsker);
  tellOwner(draft, scene, ticket, toStaff.reopenedForHelper({ ...facts, text }, scene.prompts));
  tellChiefToo(draft, scene, ticket, answer);
}

/** The rating was put right before anybody called: nobody has to any more. */
export function tellCorrected(draft: Draft, scene: Scene, ticket: Ticket, rating: Rating): void {
  const text = callBack.corrected(named(ticket), called.RATING_WORDS[rating]);
  tellChief(draft, scene, ticket, text);
  if (ticket.caller !== null && ticket.caller !== scene.station.chief.id)
    tellStaff(draft, scene, ticket.caller, ticket, text);
}

/** The fifteen days are over: the chief is told, once. */
export function remindOfCallBack(draft: Draft, setting: Setting, stored: StoredTicket, now: number): void {
  const ticket = draft.happen(stored, { event: "reminded", kind: "call-back" });
  const caller = ticket.caller === null ? null : staffName(setting, ticket.caller);
  tellChief(draft, setting, ticket, callBack.late({ ...caseFacts(setting, ticket, now), caller }, setting.prompts));
}

function tellChiefToo(draft: Draft, scene: Scene, ticket: Ticket, text: string): void {
  if (scene.person?.id !== scene.station.chief.id && ticket.owner !== scene.station.chief.id) {
    tellChief(draft, scene, ticket, text);
  }
}
