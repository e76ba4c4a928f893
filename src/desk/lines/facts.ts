/** What a sentence says about a ticket: names and times as people read them. */

import { soonText, whenText } from "../../pledge/when.ts";
import type { Point, Station } from "../../station/station.ts";
import type { Intents } from "../../understanding/intents.ts";
import type * as toCompany from "../../words/company.ts";
import type * as line from "../../words/line.ts";
import * as called from "../../words/names.ts";
import { plain, RESULT_CHARACTERS, TASK_CHARACTERS } from "../../words/plain.ts";
import type * as toAnybody from "../../words/replies.ts";
import type * as toStaff from "../../words/staff.ts";
import { detailsText, maskNames } from "../asking/details-shown.ts";
import type { Scene } from "../scene.ts";
import { isAmongStaff } from "../team/sight.ts";
import type { Who } from "../ticket/event.ts";
import { shown } from "../ticket/number.ts";
import { isActive, OTHER, type Ticket } from "../ticket/ticket.ts";

export interface Names {
  readonly station: Station;
  readonly intents: Intents;
}

export function named(ticket: Ticket): line.Named {
  return { number: shown(ticket.number) };
}

export function itemName({ intents }: Names, item: string | null): string {
  if (item === null) return called.ASKING_NAME;
  if (item === OTHER) return called.OTHER_NAME;
  return intents.items.get(item)?.name ?? item;
}

export function actName({ intents }: Pick<Names, "intents">, act: string): string {
  if (act === "rate-good" || act === "rate-bad") return "评价";
  if (act === "call-back") return "回访";
  if (act === "name-caller") return "安排回访";
  // 派单, 分派, 派 are typed; the desk has one word for it.
  if (act === "triage") return called.ASSIGNING;
  return intents.commands.find(({ id }) => id === act)?.name ?? act;
}

/** Staff are named, they are on the wall; anybody else is not. */
export function staffName({ station }: Pick<Names, "station">, who: Who | null): string {
  return (who === null ? null : station.personById(who)?.name) ?? "帮办员";
}

/** `首席帮办员赵一鸣`, once where the name says it already. */
export function chiefName({ station }: Pick<Names, "station">): string {
  const { name } = station.chief;
  return name.startsWith(called.CHIEF) ? name : `${called.CHIEF}${name}`;
}

/** `孙三（南社区服务点）`; null while nobody is responsible. */
export function ownerName({ station }: Pick<Names, "station">, { owner }: Ticket): string | null {
  return ownerWith({ station }, owner, ({ name }) => name);
}

/** `孙三（南社区服务点，电话 0574-…）`: the point's own telephone, where the station file publishes one; nobody's mobile. */
function ownerToCall({ station }: Pick<Names, "station">, { owner }: Ticket): string | null {
  return ownerWith({ station }, owner, ({ name, phone }) => (phone ? `${name}，电话 ${phone}` : name));
}

function ownerWith(
  { station }: Pick<Names, "station">,
  owner: Who | null,
  of: (point: Point) => string,
): string | null {
  const person = owner === null ? null : station.personById(owner);
  if (!person) return null;
  if (person.id === station.chief.id) return chiefName({ station });
  const point = station.points.find(({ helpers }) => helpers.includes(person.id));
  return point ? `${person.name}（${of(point)}）` : person.name;
}

function enterpriseName(ticket: Ticket): string {
  return ticket.enterprise ?? called.UNKNOWN_ENTERPRISE;
}

/** What was asked for, as it may be repeated. */
export function textShown(names: Names, ticket: Ticket, most?: number): string {
  return plain(maskNames(names, ticket.text, ticket), most);
}

/** What came of it, as others than who typed it may read it. */
export function resultShown(names: Names, ticket: Ticket): string {
  return plain(maskNames(names, ticket.result ?? "", ticket), RESULT_CHARACTERS);
}

export function receiptFacts(names: Names, ticket: Ticket, now: number, why: string): toCompany.ReceiptFacts {
  return {
    ...named(ticket),
    item: itemName(names, ticket.item),
    text: textShown(names, ticket),
    details: detailsText(names, ticket),
    due: whenText(ticket.due, now),
    why,
    owner: ownerToCall(names, ticket),
    invited: ticket.invited === null || ticket.invited === ticket.owner ? null : staffName(names, ticket.invited),
    because: (ticket.match?.because ?? []).map((word) => plain(word, 20)),
  };
}

export function taskFacts(names: Names, ticket: Ticket, now: number, why: string): toStaff.TaskFacts {
  const acceptBy = acceptTime(ticket, now);
  return {
    ...caseFacts(names, ticket, now),
    text: textShown(names, ticket, TASK_CHARACTERS),
    details: detailsText(names, ticket),
    acceptBy: acceptBy === null ? null : soonText(acceptBy, now),
    late: ticket.due <= now,
    small: ticket.size === "small",
    why,
  };
}

/** Until when it is to be accepted; null where that is over, or later than the time for which it is promised. */
export function acceptTime({ awaited: { until }, due }: Ticket, now: number): number | null {
  return until > now && until <= due ? until : null;
}

/** What every line to staff says about a case. */
export function caseFacts(names: Names, ticket: Ticket, now: number): toStaff.CaseFacts {
  return {
    ...named(ticket),
    item: itemName(names, ticket.item),
    enterprise: enterpriseName(ticket),
    due: whenText(ticket.due, now),
    owner: staffName(names, ticket.owner),
  };
}

/** `full`: where `seesAll` says so; elsewhere number, item and light only (desk-practice 6). */
export function statusFacts(
  names: Names,
  ticket: Ticket,
  now: number,
  full: boolean,
  team = false,
): toAnybody.StatusFacts {
  return {
    ...named(ticket),
    item: itemName(names, ticket.item),
    state: full
      ? ticket.item === null && ticket.state === "open"
        ? "待确认"
        : called.STATE_WORDS[ticket.state]
      : null,
    due: full && isActive(ticket) ? whenText(ticket.due, now) : null,
    owner: full ? ownerName(names, ticket) : null,
    light: ticket.light === null || !isActive(ticket) ? null : called.LIGHT_WORDS[ticket.light],
    text: full ? textShown(names, ticket) : null,
    details: full ? detailsText(names, ticket) : "",
    result: full && ticket.result !== null ? resultShown(names, ticket) : null,
    rating: full ? ratingText(names, ticket, now) : null,
    first: full && ticket.first !== null && ticket.first !== ticket.owner ? staffName(names, ticket.first) : null,
    into: full && ticket.merged !== null ? shown(ticket.merged.into) : null,
    urgent: full && ticket.urgent && isActive(ticket),
    urges: full && isActive(ticket) ? ticket.urges : 0,
    supervised: full && team && isSupervised(ticket) ? supervisorNames(names, ticket) : null,
  };
}

/** What is not rated is not satisfied. */
function ratingText(names: Names, { state, rating, callBackBy, caller }: Ticket, now: number): string | null {
  if (rating === null) return state === "closed" ? "未评价" : null;
  const grade = called.RATING_WORDS[rating];
  if (callBackBy === null) return grade;
  return `${grade}，${whenText(callBackBy, now)} 前${caller === null ? "" : `由${staffName(names, caller)}`}回访`;
}

/** What may be told of it here, to whoever asks. */
export function statusHere(scene: Scene, ticket: Ticket): toAnybody.StatusFacts {
  return statusFacts(scene, ticket, scene.now, seesAll(scene, ticket), isAmongTeam(scene));
}

/** Until it is done with, whatever the call-back after a low rating finds. */
function isSupervised(ticket: Ticket): boolean {
  return ticket.supervisors.length > 0 && (isActive(ticket) || ticket.callBackBy !== null);
}

function supervisorNames(names: Pick<Names, "station">, { supervisors }: Ticket): string {
  return supervisors.map(({ by }) => staffName(names, by)).join("、");
}

/** No company reads along. */
export function isAmongTeam({ person, message, group }: Pick<Scene, "person" | "message" | "group">): boolean {
  return person !== null && isAmongStaff({ message, group });
}

/** In the ticket's own group, another group of its enterprise alone, among staff, and to its asker one-to-one. */
export function seesAll({ person, group, message, conversation, who }: Scene, ticket: Ticket): boolean {
  if (ticket.conversation === conversation) return true;
  if (message.chat === null) return person !== null || ticket.asker === who;
  if (group === null) return false;
  if (group.kind !== "service") return person !== null;
  return group.enterprise !== null && group.enterprise === ticket.enterprise;
}
