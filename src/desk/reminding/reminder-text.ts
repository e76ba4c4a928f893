/** What is in a box, in words: one case whole, several as a list that fits a telephone. Pure. */
import { nextRung } from "../../pledge/ladder.ts";
import { whenText } from "../../pledge/when.ts";
import type { Person } from "../../station/station.ts";
import * as words from "../../words/reminders.ts";
import * as unaccepted from "../../words/unaccepted.ts";
import { timesOf } from "../clock/accept-by.ts";
import type { Line } from "../decision.ts";
import { caseFacts, itemName, named, ownerName } from "../lines/facts.ts";
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
const RANKS = ["red", "yellow", "blue", "accept", "moved"] as const;

/** What presses most first. */
export function sortedNotices(notices: readonly Waiting[]): Waiting[] {
  const rank = ({ kind }: Waiting) => RANKS.indexOf(kind);
  return [...notices].sort((a, b) => rank(a) - rank(b) || a.stored.ticket.due - b.stored.ticket.due);
}

/** @param person null for the leaders */
export function reminderText(setting: Setting, person: Person | null, notices: readonly Waiting[], now: number): Text {
  const [only, ...others] = notices;
  if (only && others.length === 0) return oneText(setting, person, only, now);
  const count = (kind: string) => notices.filter((notice) => notice.kind === kind).length;
  const rows = notices.slice(0, ROWS).map(({ kind, stored: { ticket } }) => {
    const isTheirs = person !== null && ticket.owner === person.id;
    return words.row(lightOf(kind), caseFacts(setting, ticket, now), !isTheirs);
  });
  const facts = {
    ...{ red: count("red"), yellow: count("yellow"), blue: count("blue"), unaccepted: count("accept") },
    rows,
    more: notices.length - rows.length,
  };
  if (person === null) return { text: words.severalToLeaders(facts, setting.prompts), short: {} };
  const overseeing = notices.some(({ stored }) => stored.ticket.owner !== person.id) && isChiefs(setting, person, now);
  return { text: words.severalToStaff(facts, overseeing, setting.prompts), short: {} };
}

function oneText(setting: Setting, person: Person | null, { kind, stored: { ticket } }: Waiting, now: number): Text {
  const facts = caseFacts(setting, ticket, now);
  const light = lightOf(kind);
  if (light === null) {
    const by = ticket.awaited.next === "nothing" ? null : whenText(ticket.awaited.until, now);
    return {
      text: unaccepted.reminder(facts, by, setting.prompts),
      short: { brief: unaccepted.reminderBrief(facts, by), buttons: unaccepted.acceptButton(facts) },
    };
  }
  const { size, urges, broken } = ticket;
  const lit = { ...facts, small: size === "small", urges, again: light === "red" && broken > 1 };
  if (person === null) return { text: words.toLeaders(light, lit, setting.prompts), short: {} };
  const overseeing = isChiefs(setting, person, now) && ticket.owner !== person.id;
  const text = (overseeing ? words.toChief : words.toOwner)(light, lit, setting.prompts);
  return { text, short: { brief: words.row(light, facts, overseeing) } };
}

/** To whoever asked: the first few by themselves, since each has its apology; of the others only the numbers. */
export function askerText(setting: Setting, notices: readonly Waiting[], now: number): string {
  const whole = notices.slice(0, WHOLE).map((notice) => askerLine(setting, notice, now));
  const rest = (moved: boolean) => notices.slice(WHOLE).filter(({ kind }) => (kind === "moved") === moved);
  const others = (moved: boolean, say: typeof words.othersLateToAsker) => {
    const numbers = rest(moved).map(({ stored }) => named(stored.ticket).number);
    return numbers.length === 0 ? [] : [say(numbers.length, numbers.slice(0, NUMBERS))];
  };
  return [...whole, ...others(false, words.othersLateToAsker), ...others(true, words.othersMovedForAsker)].join("\n");
}

function askerLine(setting: Setting, { kind, stored: { ticket } }: Waiting, now: number): string {
  const facts = {
    ...named(ticket),
    item: itemName(setting, ticket.item),
    due: whenText(ticket.due, now),
    small: ticket.size === "small",
    owner: ownerName(setting, ticket),
    reason: reasonOf(setting, ticket, kind),
    latest: latestOf(setting, ticket, now),
  };
  if (kind === "moved") return words.movedForAsker(facts);
  return kind === "blue" ? words.soonToAsker(facts) : words.lateToAsker(facts, setting.prompts);
}

function reasonOf({ station }: Setting, { state, proposal }: Ticket, kind: Waiting["kind"]): string {
  if (proposal?.kind === "extend") return words.EXTENDING;
  const reason = words.REASONS[state === "open" ? "open" : "accepted"];
  // The chief is said to see to it only where a station lets the chief hear of it.
  const tells = (light: "yellow" | "red") => station.ladder[light].tell.includes("chief");
  return tells("yellow") || (kind === "red" && tells("red")) ? reason.withChief : reason.alone;
}

/** The next light's time, while that is still to come: until then the desk sees to an answer. */
function latestOf(setting: Setting, { due }: Ticket, now: number): string | null {
  const red = nextRung("yellow", due, timesOf(setting));
  return red && red.at > now ? whenText(red.at, now) : null;
}

function lightOf(kind: Waiting["kind"]) {
  return kind === "accept" || kind === "moved" ? null : kind;
}
