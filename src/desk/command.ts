/** Which act a text asks for, given what the speaker is to the ticket: short words, ratings, or free words. */
import { commandAtStart } from "../understanding/command-words.ts";
import type { CommandId } from "../understanding/understanding.ts";
import type { Relation, TicketAct } from "./entitlement.ts";
import type { Rating } from "./event.ts";
import type { Scene } from "./scene.ts";
import type { Ticket } from "./ticket.ts";

export interface Command {
  readonly command: CommandId;
  /** What stands beside the word: the result, the supplement …; the whole text where free words said it. */
  readonly argument: string;
  readonly rating: Rating | null;
  /** The command's own word was used, so its author is told if it cannot be done. */
  readonly explicit: boolean;
}

const NOT_SOLVED = /(?:没有?|未|并未|还没|没能|未能)(?:得到|给|真正|完全|彻底)?(?:解决|搞定|处理好|办成)|解决不了/u;
const STARS = /^(?:我?(?:给|打|评)?(?:个)?)?\s*([1-5１-５])\s*(?:分|星|颗星)?[\s!！。.~～]*$/u;
const RATING_PHRASES: readonly (readonly [RegExp, Rating])[] = [
  [/^(?:非常|很|太|极其?|十分)不满意?/u, 1],
  [/^不(?:太|够|是很)?满意/u, 2],
  [/^(?:基本|还算|比较|大致)满意/u, 3],
  [/^(?:非常|很|十分|特别|相当|太)满意/u, 5],
  [/^满意/u, 4],
];
/** Free words must be at least this likely a command to count as one. */
const LIKELY = 0.25;

const OF_WORKING: readonly TicketAct[] = ["accept", "progress", "resolve"];
const OF_ASKING: readonly TicketAct[] = ["supplement", "urge", "withdraw", "change", "rate-good", "rate-bad", "reopen"];

/** The digit of a rating or of a numbered choice, alone in a message. */
export function readDigit(text: string): number | null {
  const found = /^\s*([0-9０-９])\s*[.。、)）]?\s*$/u.exec(text);
  return found?.[1] ? Number(found[1].normalize("NFKC")) : null;
}

/** The command that begins a text by its own word, if one surely does. */
export function explicitCommand({ intents }: Scene, text: string): Command | null {
  const word = commandAtStart(text, intents.commands);
  if (!word?.sure) return null;
  return { command: word.command, argument: word.rest, rating: ratingOf(word.command, text), explicit: true };
}

/** What a text that is about this ticket asks for; null if it asks for nothing that the speaker could mean. */
export function commandAbout(
  scene: Scene,
  ticket: Ticket,
  relations: ReadonlySet<Relation>,
  text: string,
): Command | null {
  const asking = relations.has("asker") || relations.has("recorder") || relations.has("colleague");
  const finished = ticket.state === "resolved" || ticket.state === "closed";
  if (asking && finished) {
    if (NOT_SOLVED.test(text)) return { command: "reopen", argument: text, rating: null, explicit: false };
    const rating = ratingIn(text);
    if (rating) return { command: rating >= 3 ? "rate-good" : "rate-bad", argument: text, rating, explicit: true };
  }
  const word = commandAtStart(text, scene.intents.commands);
  const repertoire = new Set<CommandId>(["query"]);
  if (relations.has("staff")) for (const act of OF_WORKING) repertoire.add(act);
  if (asking) for (const act of OF_ASKING) repertoire.add(act);
  if (word && (word.sure || repertoire.has(word.command))) {
    return { command: word.command, argument: word.rest, rating: ratingOf(word.command, text), explicit: true };
  }
  const { commands, kind } = scene.understand(text);
  const best = commands.find(({ command }) => repertoire.has(command) && fits(command, ticket, finished));
  if (best && best.confidence >= LIKELY && (kind === "command" || best.confidence >= 2 * LIKELY || kind === "none")) {
    return { command: best.command, argument: text, rating: ratingOf(best.command, text), explicit: false };
  }
  return null;
}

/** Free words are read as something that can still be done: "还是不行" about an open ticket is no reopening. */
function fits(command: CommandId, ticket: Ticket, finished: boolean): boolean {
  if (command === "query") return true;
  if (command === "accept") return ticket.state === "open";
  const afterwards = command === "rate-good" || command === "rate-bad" || command === "reopen";
  return afterwards === finished;
}

function ratingIn(text: string): Rating | null {
  const stars = STARS.exec(text)?.[1];
  if (stars) return Number(stars.normalize("NFKC")) as Rating;
  return RATING_PHRASES.find(([pattern]) => pattern.test(text.trim()))?.[1] ?? null;
}

function ratingOf(command: CommandId, text: string): Rating | null {
  if (command === "rate-good") return ratingIn(text) ?? (/非常|特别|太好|十分|超/u.test(text) ? 5 : 4);
  if (command === "rate-bad") return ratingIn(text) ?? (/非常|极|太差|太不/u.test(text) ? 1 : 2);
  return null;
}
