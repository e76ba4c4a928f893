/** Which act a text asks for, given what the speaker is to the ticket: short words, ratings, or free words. */
import { enterpriseAtStart } from "../../station/enterprise-match.ts";
import { asksAboutCommand, type CommandWord, commandAtStart } from "../../understanding/command-words.ts";
import type { CommandId } from "../../understanding/understanding.ts";
import { readDigit } from "../asking/short-answers.ts";
import type { Scene } from "../scene.ts";
import type { Rating } from "../ticket/event.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import { asksHowItIs } from "./asks-state.ts";
import { commandOf } from "./choosing.ts";
import { CARRYING_ON, mayDo, type Order, type Relation, type TicketAct } from "./entitlement.ts";
import { isBorneOut, readFreeOrder } from "./free-order.ts";
import { isNotSolved, ratingIn, starsIn } from "./rating.ts";
import { readsAsTriage } from "./triage-words.ts";

export interface Command {
  readonly command: Order;
  /** What stands beside the word: the result, the supplement …; the whole text where free words said it. */
  readonly argument: string;
  readonly rating: Rating | null;
  /** The command's own word was used, so its author is told if it cannot be done. */
  readonly explicit: boolean;
  /** Id of the colleague who was chosen by number; the argument is the reason then. */
  readonly whom?: string;
  /** It was chosen by number (choosing.ts): nothing about it is asked once more. */
  readonly chosen?: true;
  /** The time that was chosen with it. */
  readonly due?: number;
}

/** Free words must be at least this likely a command to count as one … */
const LIKELY = 0.25;
/** … and more, where nobody would guess that it was taken for one. */
const SURELY = 0.5;
/** It is done, and nothing is said of what came of it. */
const DONE =
  /^(?:已经?|都|全部|这[件单个])*(?:[弄办搞做]|处理|解决)?(?:[好完妥][了啦]+|搞定[了啦]*|完成[了啦]*|解决[了啦]+)[\p{P}\s~]*$/u;
/** What progress may be mistaken for, and what cannot be taken back in a moment. */
const FINAL: readonly CommandId[] = [
  ...(["resolve", "withdraw", "undo", "supervise"] as const),
  ...CARRYING_ON.filter((act: CommandId) => act !== "note"),
];

/** That something is to end is said by a no, or by a word for ending: 麻烦你们了 is thanks, however near to 不麻烦你们了. */
const ENDING = /[不别勿免没撤停删误]|取消|作废|收回|放弃|忽略|终止|算了|自己|解决|好了|另行|已有/u;
const WANTED_CHARACTERS_MIN = 4;

const OF_WORKING: readonly TicketAct[] = ["accept", "progress", "resolve"];
const OF_ASKING: readonly TicketAct[] = ["supplement", "urge", "withdraw", "change", "rate-good", "rate-bad", "reopen"];

/** 好了: the end of it from whoever has it in hand, talk from anybody else. */
export function isDone(text: string): boolean {
  return DONE.test(text);
}

/** Whether free words may mean this command at all, whatever they are near to. */
export function mayMean(command: CommandId, text: string): boolean {
  return command !== "withdraw" || ENDING.test(text);
}

/** The command that begins a text by its own word, if one surely does and the speaker could mean it. */
export function explicitCommand(
  scene: Pick<Scene, "intents" | "person" | "enterprises">,
  text: string,
): Command | null {
  const word = commandAtStart(text, scene.intents.commands);
  if (!word || !(word.sure || isOfCompany(scene, word))) return null;
  // 走访、备注 … are staff's words: with more behind them a company's clerk says something else.
  const who = scene.intents.commands.find(({ id }) => id === word.command)?.who;
  if (!scene.person && who !== "asker" && who !== "anyone" && word.rest !== "") return null;
  return { command: word.command, argument: word.rest, rating: ratingOf(word.command, text), explicit: true };
}

/** 走访恒通汽配，…: a helper's word that takes a company needs no blank before its name. */
function isOfCompany({ person, enterprises }: Pick<Scene, "person" | "enterprises">, word: CommandWord): boolean {
  if (person === null || (word.command !== "visit" && word.command !== "on-behalf")) return false;
  return enterpriseAtStart(enterprises, word.rest) !== null;
}

/** 代录 我们要借会议室, 走访一下我们公司吧: a company's clerk asks for something in the words of staff. */
export function wantedByClerk(scene: Pick<Scene, "intents" | "understand">, text: string): string | null {
  const word = commandAtStart(text, scene.intents.commands);
  const named = word?.command === "on-behalf" || word?.command === "visit";
  if (!word || !named || [...word.rest].length < WANTED_CHARACTERS_MIN) return null;
  // What is left of it may say nothing by itself: 一下我们公司吧.
  const { kind } = scene.understand(word.rest);
  return kind === "none" || kind === "command" ? text : word.rest;
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
  if (finished) {
    if (asking && isNotSolved(text)) return { command: "reopen", argument: text, rating: null, explicit: false };
    const rating = asking ? ratingIn(text) : starsIn(text);
    if (rating) return { command: rating >= 3 ? "rate-good" : "rate-bad", argument: text, rating, explicit: true };
  }
  if (isDone(text)) {
    // 好了 from whoever has it in hand ends it; from anybody else it is talk.
    const inHand = relations.has("owner") || relations.has("deputy");
    return inHand && !finished ? { command: "resolve", argument: text, rating: null, explicit: false } : null;
  }
  const repertoire = new Set<Order>(["query", "undo"]);
  if (relations.has("staff")) for (const act of OF_WORKING) repertoire.add(act);
  // What else helpers do is meant only by whoever may do it; its own word is always heard.
  for (const act of CARRYING_ON) if (mayDo(act, relations)) repertoire.add(act);
  if (asking) for (const act of OF_ASKING) repertoire.add(act);
  // The chief, who works on cases as well, says so by its own word alone.
  if (relations.has("leader")) repertoire.add("supervise");
  const word = commandAtStart(text, scene.intents.commands);
  if (!word?.sure && mayDo("triage", relations) && readsAsTriage(scene, ticket, text)) {
    return { command: "triage", argument: text, rating: null, explicit: true };
  }
  if (word && asksHowItStands(word, relations)) {
    return ASKED;
  }
  const supervises = word?.command === "supervise" && mayDo("supervise", relations);
  // 接单的事请王八: the word is there, and somebody else is to do it.
  const toOther = word?.command === "accept" && !word.sure && readFreeOrder(scene, ticket, relations, text)?.toOther;
  if (word && !toOther && (word.sure || supervises || repertoire.has(word.command)) && !isSupplement(scene, word)) {
    return { command: word.command, argument: word.rest, rating: ratingOf(word.command, text), explicit: true };
  }
  const best = scene
    .understand(text)
    .commands.find(
      ({ command }) => repertoire.has(command) && fits(command, ticket, finished) && mayMean(command, text),
    );
  // Of what is worked on 怎么样了 may urge as well; of what is over it only asks.
  const asks = asksHowItIs(text);
  if (asks && !(isActive(ticket) && asking && best && best.confidence >= LIKELY)) return ASKED;
  const free = readFreeOrder(scene, ticket, relations, text);
  // 我替孙三接了: whoever takes it tells nobody anything.
  const mark = best?.command === "accept" ? LIKELY : SURELY;
  const bornOut = best && best.confidence >= mark && free && isBorneOut(free, best.command);
  // The words that name it say it more plainly than the matcher, who hears the same.
  if (free && (!bornOut || free.clear?.act === best.command)) {
    return free.clear && commandOf(free.clear);
  }
  if (!best || best.confidence < (FINAL.includes(best.command) ? SURELY : LIKELY)) return null;
  return { command: best.command, argument: text, rating: ratingOf(best.command, text), explicit: false };
}

const ASKED: Command = { command: "query", argument: "", rating: null, explicit: true };

/** 办结了吗, 进展怎么样: the word of an act, and yet a question; 进展 alone is one for everybody who has none to tell. */
function asksHowItStands(word: CommandWord, relations: ReadonlySet<Relation>): boolean {
  const { command, rest } = word;
  if (command !== "accept" && command !== "progress" && command !== "resolve") return false;
  if (asksAboutCommand(word) || /^(?:了?[吗没么]|了没有?|没有|如何|怎[么样].*)?[?？]*$/u.test(rest)) {
    return rest !== "" || (command === "progress" && !relations.has("owner") && !relations.has("deputy"));
  }
  return false;
}

/** 改到周四, 改成四十人 correct what was asked for; only 改 alone or with another item corrects the item. */
function isSupplement(scene: Scene, { command, rest }: CommandWord): boolean {
  if (command !== "change" || rest === "" || readDigit(rest) !== null) return false;
  if ([...scene.intents.items.values()].some(({ name }) => rest.includes(name))) return false;
  const { kind } = scene.understand(rest);
  return kind === "none" || kind === "command";
}

/** Free words are read as something that can still be done: "还是不行" about an open ticket is no reopening. */
function fits(command: CommandId, ticket: Ticket, finished: boolean): boolean {
  if (command === "query" || command === "undo") return true;
  if (command === "accept") return ticket.state === "open";
  if (command === "supervise") return !finished || ticket.callBackBy !== null;
  if (command === "agree" || command === "refuse") return ticket.proposal !== null || ticket.decided !== null;
  if (command === "wait") return ticket.state !== "paused";
  const afterwards = command === "rate-good" || command === "rate-bad" || command === "reopen";
  return afterwards === finished;
}

/** The grade that was said; else what praise or blame alone comes to. */
function ratingOf(command: CommandId, text: string): Rating | null {
  if (command !== "rate-good" && command !== "rate-bad") return null;
  const said = ratingIn(text);
  if (said && said >= 3 === (command === "rate-good")) return said;
  if (command === "rate-good") return /非常|特别|太好|十分|超/u.test(text) ? 5 : 4;
  return /非常|极|太差|太不/u.test(text) ? 1 : 2;
}
