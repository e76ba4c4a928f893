/**
 * What staff's free words about a ticket may order beside telling of it, by what they name: a colleague who is to do it, a
 * later time, that it is none of ours. What reads like an order is never told to the company unasked. Pure.
 */
import { shanghaiDate } from "../../pledge/hours.ts";
import { findWhen } from "../../understanding/dates.ts";
import type { Choice } from "../known.ts";
import type { Scene } from "../scene.ts";
import { findWhom, ownNameOf } from "../team/whom.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import { mayDecide, mayDo, type Order, type Relation, type TicketAct } from "./entitlement.ts";
import { isTooFar, readNewDue } from "./new-due.ts";
import { isNotOurs, isOtherArea, isWhenDone, ordersThem, waitsForAsker, wantsMoreTime } from "./order-signs.ts";

export interface FreeOrder {
  /** What may be meant, in the order of their numbers; last of all that it is told to the asker, or to nobody outside. */
  readonly choices: readonly Choice[];
  /** Nothing else can be meant. */
  readonly clear: Choice | null;
  /** Somebody else is to do it. */
  readonly toOther: boolean;
  readonly wantsTime: boolean;
}

type Relations = ReadonlySet<Relation>;

/** As many colleagues as a short choice has room for. */
const NAMED_MAX = 2;

/** Null where the words can only be what they say. */
export function readFreeOrder(scene: Scene, ticket: Ticket, relations: Relations, text: string): FreeOrder | null {
  if (!relations.has("staff") || !isActive(ticket)) return null;
  const chief = relations.has("chief");
  const inHand = relations.has("owner") || relations.has("deputy");
  const whom = colleaguesIn(scene, ticket, text);
  const notOurs = isNotOurs(text);
  const time = laterTime(scene, ticket, text);
  const wantsTime = wantsMoreTime(text);
  const later = wantsTime || time?.whenDone === true;
  const waits = waitsForAsker(text);
  const { proposal } = ticket;
  const decides = proposal !== null && mayDecide(proposal, scene.who, relations);
  // What the chief says of somebody's case is said to that one.
  const toOwner = chief && !inHand;
  if (!whom && !notOurs && !later && !waits && !decides && !toOwner) return null;

  const choice = (act: TicketAct, said = text, more: Partial<Choice> = {}): Choice => {
    return { act, whom: null, due: null, said, ...more };
  };
  const hand = chief ? "triage" : "transfer";
  const others = whom?.people.filter(({ id }) => id !== ticket.owner) ?? [];
  const given = others.map(({ id }) => choice(hand, whom?.reason, { whom: id }));
  const helped = others.map(({ id }) => choice("assist", text, { whom: id }));
  const not = choice(chief ? "decline" : "return");
  const extended = choice("extend", text, { due: time?.due ?? null });
  const orders = [
    ...(decides ? [choice("agree"), choice("refuse")] : []),
    ...given,
    ...helped,
    ...(notOurs ? [not] : []),
    ...(later && !decides ? [extended] : []),
    ...(waits && ticket.state !== "paused" ? [choice("wait")] : []),
  ].filter(({ act }) => mayDo(act, relations));
  const telling = [choice("progress"), choice("note", text, toOwner ? { whom: ticket.owner } : {})];
  const told = (toOwner ? telling.reverse() : telling).filter(({ act }) => mayDo(act, relations));
  const choices = [...orders, ...told];

  const signs = [whom, notOurs, later, waits, decides].filter(Boolean).length;
  const [only, ...more] = others;
  const sole = signs === 1 && only !== undefined && more.length === 0 && whom?.isSure === true;
  let clear: Choice | null = null;
  if (sole && whom?.gives && (chief || whom.helps)) [clear = null] = whom.helps ? helped : given;
  else if (sole && whom?.handsOver) [clear = null] = given;
  else if (notOurs && signs === 1 && chief && !isOtherArea(text)) clear = not;
  else if (wantsTime && time && signs === 1 && inHand && !chief) clear = extended;
  // Whoever may neither tell nor give is told who may give.
  if (choices.length === 0 && whom?.ordered) clear = choice("transfer");
  return { choices, clear, toOther: whom?.ordered === true, wantsTime };
}

/** What the matcher is sure of stands, unless what is named says otherwise. */
export function isBorneOut({ choices, toOther, wantsTime }: FreeOrder, command: Order): boolean {
  if (command === "accept" || command === "progress" || command === "note") return !toOther;
  if (command === "extend") return wantsTime;
  const asked = choices.some(({ act }) => act === command);
  return asked || !["transfer", "return", "assist", "triage", "decline", "wait"].some((act) => act === command);
}

function colleaguesIn(scene: Scene, ticket: Ticket, typed: string) {
  const text = typed.trim();
  const { station, who } = scene;
  const found = findWhom(text, { station, today: shanghaiDate(scene.now), not: ticket.owner });
  const people = found?.people.filter(({ id }) => id !== who).slice(0, NAMED_MAX) ?? [];
  if (!found || people.length === 0) return null;
  const said = ordersThem({ before: text.slice(0, found.start), behind: text.slice(found.end) });
  // 李老师, 组织部, 南社区 may be somebody else, or a place, and 周五 a day; a whole name is a colleague's.
  const when = findWhen(text.normalize("NFKC"), shanghaiDate(scene.now));
  const isDay = when !== null && when.start < found.end && found.start < when.end;
  const isSure = !isDay && people.every((person) => text.includes(ownNameOf(person)));
  if (!said.ordered && !isSure) return null;
  return { people, reason: withoutClause(text, found.start, found.end), isSure, ...said };
}

/** 交给王八，我下午开会: why, beside the clause that says who. */
function withoutClause(text: string, start: number, end: number): string {
  const before = text.slice(0, start).replace(/[^\p{P}\s]*$/u, "");
  const behind = text.slice(end).replace(/^[^\p{P}\s]*/u, "");
  const bare = (part: string) => part.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "");
  return [bare(before), bare(behind)].filter(Boolean).join("，");
}

/** A time after the promise; `whenDone`: at which it may be done, and not at which something takes place. */
function laterTime({ now, calendar, station }: Scene, { due }: Ticket, typed: string) {
  const said = readNewDue(typed, { due, now, calendar, hours: station.hours });
  if (!said || said.due <= Math.max(due, now) || isTooFar(said.due, now)) return null;
  const text = typed.normalize("NFKC");
  const today = shanghaiDate(now);
  let whenDone = false;
  for (let at = 0, found = findWhen(text, today); found; found = findWhen(text.slice(at), today)) {
    whenDone ||= isWhenDone(text, at + found.start, at + found.end);
    at += Math.max(found.end, found.start + 1);
  }
  return { due: said.due, whenDone };
}
