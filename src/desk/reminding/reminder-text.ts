/** What is in a box, in words: one case whole, several as a list that fits a telephone. Pure. */
import { whenText } from "../../pledge/when.ts";
import type { Person } from "../../station/station.ts";
import * as words from "../../words/reminders.ts";
import * as unaccepted from "../../words/unaccepted.ts";
import { summonsFor } from "../asking/matching.ts";
import { timesOf } from "../clock/accept-by.ts";
import { answerBy } from "../clock/answer-by.ts";
import type { Line } from "../decision.ts";
import { acceptTime, caseFacts, itemName, named, ownerName, staffName } from "../lines/facts.ts";
import type { Setting } from "../scene.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { isChiefs, type Waiting } from "./box.ts";

interface Text {
  readonly text: string;
  /** Its short form and its buttons, where it is about one case. */
  readonly short: Pick<Line, "brief" | "buttons">;
}

/** So many rows fit a telephone beside what stands around them. */
const ROWS = 10;
/** So many cases are told whole to whoever asked, and so many numbers of the others. */
const WHOLE = 3;
const NUMBERS = 12;
const RANKS = ["red", "yellow", "blue", "sent-for", "accept", "moved", "passed"] as const;

/** What presses most first, and each case once: whoever is only now sent for hears that of it, and its light with it. */
export function sortedNotices(notices: readonly Waiting[]): Waiting[] {
  const rank = ({ kind }: Waiting) => RANKS.indexOf(kind);
  const sorted = [...notices].sort((a, b) => rank(a) - rank(b) || a.stored.ticket.due - b.stored.ticket.due);
  const ofTicket = new Map<string, Waiting>();
  for (const notice of sorted) {
    const { id } = notice.stored.ticket;
    if (notice.kind === "sent-for" || !ofTicket.has(id)) ofTicket.set(id, notice);
  }
  return [...ofTicket.values()];
}

/** @param person null for the leaders */
export function reminderText(setting: Setting, person: Person | null, notices: readonly Waiting[], now: number): Text {
  const [only, ...others] = notices;
  if (only && others.length === 0) return oneText(setting, person, only, now);
  const count = (...kinds: readonly Waiting["kind"][]) => notices.filter(({ kind }) => kinds.includes(kind)).length;
  const shown = notices.slice(0, ROWS);
  const facts = {
    ...{ red: count("red"), yellow: count("yellow"), blue: count("blue") },
    ...{ unaccepted: count("accept", "sent-for"), passed: count("passed") },
    rows: shown.map((notice) => rowOf(setting, person, notice, now)),
    more: notices.length - shown.length,
    mayAccept: notices.some(({ stored }) => isToAccept(setting, person, stored.ticket, now)),
    mayPass: shown.some(({ stored }) => acceptByOf(setting, person, stored.ticket, now) !== null),
  };
  if (person === null) return { text: words.severalToLeaders(facts, setting.prompts), short: {} };
  if (facts.passed === notices.length) return { text: words.severalPassed(facts), short: {} };
  const isOthers = ({ kind, stored }: Waiting) => kind !== "passed" && stored.ticket.owner !== person.id;
  const overseeing = notices.some(isOthers) && isChiefs(setting, person, now);
  return { text: words.severalToStaff(facts, overseeing, setting.prompts), short: {} };
}

function rowOf(setting: Setting, person: Person | null, { kind, stored: { ticket } }: Waiting, now: number): string {
  const facts = caseFacts(setting, ticket, now);
  if (kind === "passed") return words.passedRow({ ...facts, owner: ownerName(setting, ticket) ?? facts.owner });
  const isTheirs = person !== null && ticket.owner === person.id;
  return words.row({
    ...facts,
    light: kind === "sent-for" ? ticket.light : lightOf(kind),
    unaccepted: isUnaccepted(ticket),
    acceptBy: acceptByOf(setting, person, ticket, now),
    withOwner: !isTheirs,
  });
}

/** Among helpers, where nobody is sent for by it. */
export function passedText(setting: Setting, notices: readonly Waiting[], now: number): string {
  const facts = notices.map(({ why, stored: { ticket } }) => {
    const facts = caseFacts(setting, ticket, now);
    return { ...facts, from: why || staffName(setting, ticket.first), to: ownerName(setting, ticket) ?? facts.owner };
  });
  const [only, ...others] = facts;
  if (only && others.length === 0) return unaccepted.passedForHelpers(only);
  return unaccepted.severalPassedForHelpers(facts.slice(0, ROWS), facts.length);
}

function oneText(
  setting: Setting,
  person: Person | null,
  { kind, why, stored: { ticket } }: Waiting,
  now: number,
): Text {
  const facts = caseFacts(setting, ticket, now);
  if (kind === "sent-for" && person !== null) {
    const { text, ...short } = summonsFor(setting, ticket, person.id, why, now);
    return { text, short };
  }
  if (kind === "passed") {
    const text = unaccepted.passedForFormer(named(ticket), ownerName(setting, ticket) ?? facts.owner);
    return { text, short: {} };
  }
  const light = lightOf(kind);
  if (light === null) {
    const passesOn = passedAfter(ticket, now);
    return {
      text: unaccepted.reminder(facts, passesOn, setting.prompts),
      short: { brief: unaccepted.reminderBrief(facts, passesOn), buttons: unaccepted.acceptButton(facts) },
    };
  }
  const { size, urges, broken } = ticket;
  const mayAccept = isToAccept(setting, person, ticket, now);
  const byChief = person?.id === setting.station.chief.id;
  const again = light === "red" && broken > 1;
  const lit = { ...facts, small: size === "small", urges, again, unaccepted: mayAccept, byChief };
  if (person === null) return { text: words.toLeaders(light, lit, setting.prompts), short: {} };
  const overseeing = isChiefs(setting, person, now) && ticket.owner !== person.id;
  const text = (overseeing ? words.toChief : words.toOwner)(light, lit, setting.prompts);
  const brief = rowOf(setting, person, { field: "", kind, why, stored: { ticket, version: "" } }, now);
  return { text, short: { brief, ...(mayAccept ? { buttons: unaccepted.acceptButton(facts) } : {}) } };
}

function isUnaccepted({ state, owner }: Ticket): boolean {
  return state === "open" && owner !== null;
}

/** By whoever has it, or stands in for them; the chief, or whoever stands in there, looks on where it is another one's. */
function isToAccept(setting: Setting, person: Person | null, ticket: Ticket, now: number): boolean {
  if (person === null || !isUnaccepted(ticket)) return false;
  if (ticket.owner === person.id) return true;
  return isChiefs(setting, person, now) ? ticket.owner === setting.station.chief.id : person.role === "helper";
}

/** Until when, where it is passed on after that. */
function acceptByOf(setting: Setting, person: Person | null, ticket: Ticket, now: number): string | null {
  return isToAccept(setting, person, ticket, now) ? passedAfter(ticket, now) : null;
}

/** The chief has nobody after them. */
function passedAfter(ticket: Ticket, now: number): string | null {
  const until = ticket.awaited.next === "nothing" ? null : acceptTime(ticket, now);
  return until === null ? null : whenText(until, now);
}

/** To whoever asked: the first few by themselves, since each has its apology; of the others only the numbers. */
export function askerText(setting: Setting, notices: readonly Waiting[], now: number): string {
  const whole = notices.slice(0, WHOLE).map((notice) => askerLine(setting, notice, now));
  const rest = notices.slice(WHOLE).map(({ kind, stored: { ticket } }) => ({ kind, ticket }));
  const moved = rest.filter(({ kind }) => kind === "moved");
  const late = rest.filter(({ kind }) => kind !== "moved");
  const numbers = (some: typeof rest) => some.slice(0, NUMBERS).map(({ ticket }) => named(ticket).number);
  const latest = Math.max(...late.map(({ ticket }) => answerBy(ticket, timesOf(setting), now)));
  return [
    ...whole,
    ...(late.length > 0 ? [words.othersLateToAsker(late.length, numbers(late), whenText(latest, now))] : []),
    ...(moved.length > 0 ? [words.othersMovedForAsker(moved.length, numbers(moved))] : []),
  ].join("\n");
}

function askerLine(setting: Setting, { kind, stored: { ticket } }: Waiting, now: number): string {
  const facts = {
    ...named(ticket),
    item: itemName(setting, ticket.item),
    due: whenText(ticket.due, now),
    small: ticket.size === "small",
    owner: ownerName(setting, ticket),
    reason: reasonOf(setting, ticket, kind),
    latest: whenText(answerBy(ticket, timesOf(setting), now), now),
  };
  if (kind === "moved") return words.movedForAsker(facts);
  return kind === "blue" ? words.soonToAsker(facts) : words.lateToAsker(facts, setting.prompts);
}

function reasonOf({ station }: Setting, { state, proposal }: Ticket, kind: Waiting["kind"]): string {
  if (proposal?.kind === "extend") return words.EXTENDING;
  const reason = words.REASONS[state === "open" || state === "paused" ? state : "accepted"];
  // The chief is said to see to it only where a station lets the chief hear of it.
  const tells = (light: "yellow" | "red") => station.ladder[light].tell.includes("chief");
  return tells("yellow") || (kind === "red" && tells("red")) ? reason.withChief : reason.alone;
}

function lightOf(kind: Waiting["kind"]) {
  return kind === "blue" || kind === "yellow" || kind === "red" ? kind : null;
}
