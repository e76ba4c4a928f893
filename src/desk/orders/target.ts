/** Which ticket a message is about: by what it quotes, by a number that was typed, or not said. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { pendingAsk } from "../asking/pending-ask.ts";
import type { Scene } from "../scene.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { explicitCommand } from "./command.ts";
import { asTicketAct, mayDo, type Relation, relationsTo, type TicketAct } from "./entitlement.ts";
import { hindrance } from "./hindrance.ts";

/** As many as a numbered choice shows. */
const CHOICES = 9;
const CLOSE: readonly Relation[] = ["owner", "deputy", "assistant", "invited", "caller", "asker", "recorder"];

export type Target =
  | { readonly kind: "one"; readonly stored: StoredTicket; readonly text: string }
  /** Several fit: the person is asked. */
  | { readonly kind: "many"; readonly options: readonly StoredTicket[]; readonly text: string }
  /** A number was clearly meant, and there is no such ticket. */
  | { readonly kind: "missing"; readonly number: string }
  | { readonly kind: "none"; readonly text: string };

export function findTarget(scene: Scene): Target {
  const { message, numbers, quoted, known } = scene;
  const cited = newestOfEach(known.named.filter(({ ticket }) => quoted.includes(ticket.number)));
  const typed = newestOfEach(typedInSight(scene));
  // What is quoted is meant; another number beside it belongs to what is said.
  const [only, ...others] = cited;
  if (only && others.length === 0) return one(only, typed.includes(only) ? numbers.rest : message.text);
  if (only) {
    // Of a quoted list a number picks.
    const picked = cited.filter(
      (stored) => typed.includes(stored) || numbers.shorts.some((short) => endsWith(stored, short)),
    );
    return picked.length === 1 ? several(picked, numbers.rest) : several(cited, message.text);
  }
  if (typed.length > 0) return several(typed, numbers.rest);
  if (known.shorts.length > 0 && isMeant(scene)) {
    const likely = [...new Set(numbers.shorts)].flatMap((short) => likeliest(scene, ofShort(known.shorts, short)));
    return several(likely.slice(0, CHOICES), numbers.rest);
  }
  const [full] = numbers.full;
  const [short] = numbers.shorts;
  if (full && (numbers.marked || ordersTicket(scene))) return { kind: "missing", number: `#${full.slice(4)}` };
  // A bare 018 that is no ticket here is text, unless it is ordered to do something: never to another ticket.
  const bare = short && known.shorts.length === 0;
  // What staff begin with a number is not progress of the only other one of theirs.
  const isPlain = scene.person !== null && !numbers.doubtful && !numbers.within;
  if (bare && (ordersTicket(scene) || isPlain || (numbers.marked && numbers.rest === ""))) {
    return { kind: "missing", number: short };
  }
  return { kind: "none", text: message.text };
}

/** All that are quoted or numbered, each once. */
export function ticketsNamed(scene: Scene): StoredTicket[] {
  const { quoted, known } = scene;
  const cited = newestOfEach(known.named.filter(({ ticket }) => quoted.includes(ticket.number)));
  const all = [...cited, ...newestOfEach(typedInSight(scene)), ...known.shorts];
  return [...new Map(all.map((stored) => [stored.ticket.id, stored])).values()];
}

/** The several that were typed, and numbers that are nobody's; null where it is one number alone, or one that means several. */
export function eachNamed(scene: Scene): { readonly each: readonly StoredTicket[]; readonly missing: string[] } | null {
  const { quoted, known, numbers } = scene;
  const cited = known.named.filter(({ ticket }) => quoted.includes(ticket.number));
  const shorts = [...new Set(numbers.shorts)];
  const meant = shorts.map((short) => {
    const here = ofShort(cited, short);
    return here.length > 0 ? here : likeliest(scene, ofShort(known.shorts, short));
  });
  const typed = newestOfEach(typedInSight(scene));
  const typedNumbers = new Set(numbers.full.map((number) => number.slice(4))).size;
  if (typedNumbers + meant.length < 2 || typed.length < typedNumbers || meant.some(({ length }) => length > 1))
    return null;
  const each = [...new Map([...typed, ...meant.flat()].map((stored) => [stored.ticket.id, stored])).values()];
  return { each, missing: shorts.filter((_, i) => meant[i]?.length === 0) };
}

/** Without its mark a number must be in this group's sight, else it is text; staff see them all. */
function typedInSight({ known, numbers, person, conversation }: Scene): StoredTicket[] {
  const typed = known.named.filter(({ ticket }) => numbers.full.includes(ticket.number));
  return typed.filter(({ ticket }) => numbers.marked || person || ticket.conversation === conversation);
}

/** "17号 办结 …" is about a ticket, "17号想借会议室" about a day. */
function isMeant(scene: Scene): boolean {
  const { doubtful, within, rest } = scene.numbers;
  // 3号 answers the question which day, 120 how many.
  if (doubtful && rest === "" && isCounted(scene)) return false;
  if (!(doubtful || within) || rest === "" || ordersTicket(scene)) return true;
  const { kind, command } = scene.understand(rest);
  if (within) return kind !== "item" && kind !== "other";
  return kind === "command" && command !== null && asTicketAct(command) !== null;
}

/** Of several days' 017 those to which the order can be done at all are meant, then those that are the speaker's concern. */
function likeliest(scene: Scene, days: readonly StoredTicket[]): readonly StoredTicket[] {
  if (days.length < 2) return days;
  const act = asTicketAct(explicitCommand(scene, scene.numbers.rest)?.command ?? "help");
  const possible = act === null ? [] : days.filter(({ ticket }) => isPossible(scene, ticket, act));
  const all = possible.length > 0 ? possible : days;
  const own = all.filter(({ ticket }) => concerns(scene, ticket));
  return own.length > 0 ? own : all;
}

function ofShort(tickets: readonly StoredTicket[], short: string): readonly StoredTicket[] {
  return tickets.filter((stored) => endsWith(stored, short));
}

function isPossible(scene: Scene, ticket: Ticket, act: TicketAct): boolean {
  return mayDo(act, relationsIn(scene, ticket)) && hindrance(scene, ticket, act) === null;
}

function concerns(scene: Scene, ticket: Ticket): boolean {
  const relations = relationsIn(scene, ticket);
  return CLOSE.some((relation) => relations.has(relation)) || (ticket.proposal?.deciders.includes(scene.who) ?? false);
}

function relationsIn(scene: Scene, ticket: Ticket) {
  return relationsTo(ticket, scene, scene.station, shanghaiDate(scene.now));
}

function isCounted(scene: Scene): boolean {
  const ask = pendingAsk(scene);
  return ask?.kind === "details" && ask.slots.some((slot) => slot === "date" || slot === "people");
}

function ordersTicket(scene: Scene): boolean {
  const command = explicitCommand(scene, scene.numbers.rest);
  return command !== null && asTicketAct(command.command) !== null;
}

function one(stored: StoredTicket, text: string): Target {
  return { kind: "one", stored, text };
}

function several(options: readonly StoredTicket[], text: string): Target {
  const [only, ...more] = options;
  return only && more.length === 0 ? one(only, text) : { kind: "many", options, text };
}

function endsWith({ ticket }: StoredTicket, short: string): boolean {
  return ticket.number.endsWith(`-${short}`);
}

/** `1123-017` is meant of this year where both years have one. */
function newestOfEach(tickets: readonly StoredTicket[]): StoredTicket[] {
  const newest = new Map<string, StoredTicket>();
  for (const stored of tickets) {
    const short = stored.ticket.number.slice(4);
    const other = newest.get(short);
    if (!other || other.ticket.number < stored.ticket.number) newest.set(short, stored);
  }
  return [...newest.values()];
}
