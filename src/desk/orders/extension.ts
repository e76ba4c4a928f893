/** 延期 时间 原因: proposed by whoever has it in hand, agreed to by the chief; the asker hears the new time with an apology. */
import { whenText } from "../../pledge/when.ts";
import * as toCompany from "../../words/company-working.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as proposed from "../../words/proposals.ts";
import * as toStaff from "../../words/staff-working.ts";
import type { Draft } from "../draft.ts";
import { actName, caseFacts, chiefName, named, staffName } from "../lines/facts.ts";
import { tellAsker, tellOwner, tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { asksReason } from "../team/colleague.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";
import { isTooFar, type NewDue, readNewDue } from "./new-due.ts";

const REASON_CHARACTERS_MIN = 4;

export function extend(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  const { calendar, station, now } = scene;
  const { ticket } = stored;
  const { chosen } = command;
  const argument = withoutNumber(command.argument, ticket);
  const usage = { act: actName(scene, "extend"), takes: "时间 原因" };
  const askTime = (text: string) => {
    draft.answer(text, ticket);
    draft.ask(scene, { kind: "words", ticket: ticket.id, act: "extend", said: "", whom: null });
  };
  const said = readNewDue(argument, { due: ticket.due, now, calendar, hours: station.hours });
  if (!said) {
    askTime(toStaff.wordsWanted(named(ticket), "延至何时及原因", usage, scene.prompts));
    return;
  }
  if (said.due <= Math.max(ticket.due, now) || isTooFar(said.due, now)) {
    const facts = { ...named(ticket), due: whenText(ticket.due, now), wanted: whenText(said.due, now) };
    askTime(proposed.timeUnfit(facts, isTooFar(said.due, now)));
    return;
  }
  // 预计下周 says when, and not why.
  const whole = chosen && [...said.rest].length < REASON_CHARACTERS_MIN ? "" : argument;
  const reason = command.explicit && !chosen ? said.rest : whole;
  if (asksReason(draft, scene, stored, "extend", { reason, said: argument })) return;
  draft.ask(scene, null);
  if (scene.who === station.chief.id)
    extendTo(draft, scene, stored, { due: said.due, provisional: said.provisional, reason, remark: "", moved: false });
  else propose(draft, scene, stored, said.due, reason);
}

/** 延期 001 周三: the number of the case stands behind the word as well, and is no part of the reason. */
function withoutNumber(argument: string, { number }: Pick<Ticket, "number">): string {
  const [day = "", count = ""] = number.split("-");
  const called = `#?\\s?(?:${day.slice(0, 4)})?${day.slice(4)}-${count}|#\\s?0*${Number(count)}|${count}`;
  return argument.replace(new RegExp(`^[\\s\\p{P}]*(?:${called})号?(?:[\\s\\p{P}]+|$)`, "u"), "");
}

function propose(draft: Draft, scene: Scene, stored: StoredTicket, due: number, reason: string): void {
  const { chief } = scene.station;
  const earlier = stored.ticket.proposal;
  const old = earlier?.kind === "extend" && earlier.due !== due ? earlier.due : null;
  const replaced = earlier?.kind === "extend" ? [...(earlier.replaced ?? []), ...(old === null ? [] : [old])] : [];
  const ticket = draft.happen(stored, {
    event: "proposed",
    proposal: "extend",
    reason,
    to: null,
    due,
    until: null,
    deciders: [chief.id],
    // A time that is asked for once more is no longer an old one.
    ...(replaced.length === 0 ? {} : { replaced: replaced.filter((each) => each !== due) }),
  });
  const { item, enterprise, due: promised } = caseFacts(scene, ticket, scene.now);
  const facts = {
    ...named(ticket),
    matter: `${item}　${enterprise}`,
    by: staffName(scene, scene.who),
    promised,
    wanted: whenText(due, scene.now),
    reason: plain(reason, RESULT_CHARACTERS),
    instead: old === null ? "" : whenText(old, scene.now),
  };
  draft.answer(proposed.extensionAsked(facts, chiefName(scene)), ticket);
  const text = proposed.extensionForChief(facts, scene.prompts);
  tellStaff(draft, scene, chief.id, ticket, text, {
    buttons: proposed.decisionButtons(facts, `延至 ${whenText(due, 0)}`),
  });
}

interface Granted extends Omit<NewDue, "rest"> {
  readonly reason: string;
  /** On what condition. */
  readonly remark: string;
  /** The day that was said is no working day. */
  readonly moved: boolean;
}

/** The chief has said so. */
export function extendTo(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  { due, provisional, reason, remark, moved }: Granted,
): void {
  const asked = stored.ticket.proposal?.due ?? due;
  const ticket = draft.happen(stored, { event: "extended", due, provisional, reason });
  const facts = {
    ...named(ticket),
    due: whenText(due, scene.now),
    reason: plain(reason, RESULT_CHARACTERS),
    asked: asked === due ? "" : whenText(asked, scene.now),
    remark: plain(remark, RESULT_CHARACTERS),
  };
  const telling = tellAsker(draft, scene, ticket, toCompany.extended(facts));
  draft.answer(proposed.extended({ ...facts, moved }, telling), ticket);
  if (ticket.owner !== scene.who) {
    const wanted = stored.ticket.proposal?.kind === "extend";
    tellOwner(draft, scene, ticket, proposed.extendedForHelper(facts, wanted));
  }
}
