/** 督办: a leader's word about a case goes to whoever has it in hand and to the chief, and what comes of it goes back to the leader. */
import { durationText, whenText } from "../../pledge/when.ts";
import * as called from "../../words/names.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as words from "../../words/supervision.ts";
import type { Change } from "../decision.ts";
import type { Draft } from "../draft.ts";
import {
  caseFacts,
  chiefName,
  isAmongTeam,
  type Names,
  named,
  ownerName,
  staffName,
  statusHere,
} from "../lines/facts.ts";
import { homeOf, presentOwner } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import type { TicketEvent } from "../ticket/event.ts";
import { isLate } from "../ticket/lateness.ts";
import { shown } from "../ticket/number.ts";
import { withPictures } from "../ticket/pictures.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";

/** A leader's word is short; what would fill a screen is cut. */
const TEXT_CHARACTERS = 200;

export function supervise(draft: Draft, scene: Scene, stored: StoredTicket, { argument }: Command): void {
  const { station, now, who, conversation, prompts } = scene;
  const text = withPictures(scene, argument);
  const ticket = draft.happen(stored, { event: "supervised", text, conversation });
  const facts = { ...caseFacts(scene, ticket, now), by: staffName(scene, who), text: plain(text, TEXT_CHARACTERS) };
  const owner = presentOwner(draft, station, ticket);
  const told: string[] = [];
  const tell = (person: string, name: string, isOwner: boolean) => {
    if (person === who) return;
    told.push(name);
    draft.say({ kind: "staff", person, ticket }, words.supervisedForStaff(facts, isOwner, prompts), ticket);
  };
  if (owner) tell(owner.id, owner.id === station.chief.id ? chiefName(scene) : `承办人${owner.name}`, true);
  if (owner?.id !== station.chief.id) tell(station.chief.id, chiefName(scene), false);
  if (isAmongTeam(scene)) draft.answer(words.supervised(statusHere(scene, ticket), told), ticket);
  else draft.answer(words.supervisedHere(named(ticket), told), ticket);
}

/** No ticket is named: whoever might supervise one is asked which. The chief, who works on cases as well, says so by its own word. */
export function superviseNothing(draft: Draft, { person, prompts }: Scene, explicit: boolean, sure: boolean): boolean {
  const may = (person?.role === "leader" && sure) || (person?.role === "chief" && explicit);
  if (may) draft.answer(words.whichToSupervise(prompts));
  else if (person && explicit) draft.answer(words.onlyLeaders());
  return may || (person !== null && explicit);
}

/** Of a message, and of a step of the clock as well: then the desk itself has done it. */
type Here = Names & Pick<Scene, "now" | "who">;

/** Whatever has just happened to a case that somebody supervises is told to them, if somebody else did it. */
export function reportToSupervisors(draft: Draft, here: Here, amongTeam: boolean): void {
  for (const change of draft.changed()) {
    const supervisors = change.before?.ticket.supervisors ?? [];
    const news = supervisors.length === 0 ? null : newsOf(here, change);
    if (news === null) continue;
    const { after } = change;
    const told: string[] = [];
    for (const { by } of supervisors) {
      // Whoever decides on it hears all that it takes anyway.
      if (by === here.who || draft.hasTold(by, after)) continue;
      const text = words.news(caseFacts(here, after, here.now), news);
      draft.say({ kind: "staff", person: by, ticket: null, ...homeOf(after, by) }, text, after);
      told.push(staffName(here, by));
    }
    if (told.length > 0 && amongTeam) draft.answer(words.reported(named(after), told.join("、")), after);
  }
}

/** The last thing that says something to a leader: 办结 on an open ticket is accepted and resolved at once. */
function newsOf(here: Here, { after, events }: Change): string | null {
  for (const event of [...events].reverse()) {
    const news = newsIn(here, after, event);
    if (news !== null) return news;
  }
  return null;
}

function newsIn(here: Here, ticket: Ticket, event: TicketEvent): string | null {
  const { now } = here;
  const by = staffName(here, event.by);
  const said = (text: string) => plain(text, RESULT_CHARACTERS);
  const due = whenText(ticket.due, now);
  const { NEWS } = words;
  switch (event.event) {
    case "accepted":
      return NEWS.accepted(by, due);
    case "noted":
      // What the company said itself is no answer to a leader.
      return event.kind === "progress" || event.kind === "internal" ? NEWS.noted(by, said(event.text)) : null;
    case "resolved":
      return NEWS.resolved(durationText(event.at - ticket.received), event.at > ticket.due, said(event.result));
    case "passed":
    case "handed-over":
    case "assigned":
    case "returned":
      return NEWS.passed(ownerName(here, ticket) ?? by, "reason" in event ? said(event.reason) : "");
    case "paused":
      return NEWS.paused(said(event.reason), whenText(event.until, now), isLate(ticket, now));
    case "proposed":
      if (event.proposal === "extend")
        return NEWS.extensionAsked(by, whenText(event.due ?? ticket.due, now), said(event.reason));
      return event.proposal === "decline" ? NEWS.declineAsked(by, said(event.reason)) : null;
    case "extended":
      return NEWS.extended(due, said(event.reason));
    case "declined":
      return NEWS.declined(said(event.reason));
    case "withdrawn":
      return NEWS.withdrawn();
    case "merged":
      return NEWS.merged(shown(event.into));
    case "reopened":
      return NEWS.reopened(due);
    case "rated":
      return event.rating <= 2 ? NEWS.ratedLow(called.RATING_WORDS[event.rating]) : null;
    case "called-back":
      return NEWS.calledBack(said(event.text));
    default:
      return null;
  }
}
