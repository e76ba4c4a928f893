/**
 * The short words that staff and askers learn: 接单, 办结 结果, 转办 孙三 请假.
 *
 * A word counts where the message begins, after any ticket number. What may follow it decides how sure that is:
 * - nothing: sure;
 * - a space or sign, then words: sure for a command that carries words (办结：已处理). For one that carries none
 *   (今日, 菜单), only a ticket number or a few letters may follow: "今日 我们想借会议室" is not 今日;
 * - Chinese text at once: not sure. "办结流程是什么" asks about something; the matcher has to agree.
 */
import type { CommandIntent } from "./intents.ts";
import type { CommandId } from "./understanding.ts";

export interface CommandWord {
  readonly command: CommandId;
  /** What stands after the word and its separator. */
  readonly rest: string;
  /** False where the word runs straight into other text, or is followed by more than its command takes. */
  readonly sure: boolean;
}

const CARRIES_WORDS: ReadonlySet<CommandId> = new Set<CommandId>([
  "progress",
  "resolve",
  "transfer",
  "return",
  "extend",
  "wait",
  "assist",
  "merge",
  "split",
  "note",
  "on-behalf",
  "visit",
  "leave",
  "supplement",
  "urge",
  "withdraw",
  "change",
  "rate-good",
  "rate-bad",
  "reopen",
  "triage",
  "agree",
  "refuse",
  "decline",
  "supervise",
]);

/** What a command without words may still carry: a ticket number, a date, 谢谢. */
const TAIL_MAX = 4;
/** A message is looked at no further than this for its word. */
const HEAD_MAX = 64;

/** Blanks, signs and at most one ticket number (#1123-017, T-1123-017, 017, 17号) before the word. */
const LEAD =
  /^[\s\p{P}\p{S}\p{C}]*(?:(?:T[-－])?(?:[\d０-９]{4}[-－])?[\d０-９]{3,5}(?![\d０-９])|[\d０-９]{1,4}号)?[\s\p{P}\p{S}\p{C}]*/u;
const WH_QUESTION = /什么|怎么(?!还)|怎样|如何|多久|哪[里个些儿]|为啥|咋/;
const OFFICE: ReadonlySet<CommandId> = new Set<CommandId>([
  "accept",
  "progress",
  "resolve",
  "transfer",
  "return",
  "extend",
  "wait",
  "assist",
  "merge",
  "split",
  "note",
  "on-behalf",
  "visit",
  "triage",
  "decline",
  "supervise",
]);
const SEPARATOR = /^[\s\p{P}\p{S}\p{C}]+/u;
const LATIN_OR_DIGIT = /^[0-9A-Za-z#＃]/;

interface Lexicon {
  /** UTF-16 units of the longest word. */
  readonly longest: number;
  /** Words by their first unit, longer ones first. */
  readonly byFirst: ReadonlyMap<string, readonly { readonly command: CommandId; readonly word: string }[]>;
}

/** Every message is asked for its command word, most begin with no first sign of one. */
const lexicons = new WeakMap<readonly CommandIntent[], Lexicon>();

function lexiconOf(commands: readonly CommandIntent[]): Lexicon {
  const known = lexicons.get(commands);
  if (known) return known;
  const words = commands.flatMap(({ id, words: own }) => own.map((word) => ({ command: id, word })));
  words.sort((a, b) => b.word.length - a.word.length);
  const lexicon = {
    longest: words[0]?.word.length ?? 0,
    byFirst: groupByFirst(words),
  };
  lexicons.set(commands, lexicon);
  return lexicon;
}

function groupByFirst(words: readonly { command: CommandId; word: string }[]): Lexicon["byFirst"] {
  const groups = new Map<string, { command: CommandId; word: string }[]>();
  for (const each of words) {
    const first = each.word.slice(0, 1);
    groups.set(first, [...(groups.get(first) ?? []), each]);
  }
  return groups;
}

/** @returns null where the message begins with no command word. */
export function commandAtStart(text: string, commands: readonly CommandIntent[]): CommandWord | null {
  const before = LEAD.exec(text.slice(0, HEAD_MAX))?.[0].length ?? 0;
  // Only width is folded, unit by unit, so that what follows the word can be cut from what was typed.
  const { longest, byFirst } = lexiconOf(commands);
  const head = Array.from(text.slice(before, before + longest), (char) => {
    const plain = char.normalize("NFKC");
    return plain.length === char.length ? plain : char;
  }).join("");
  const best = byFirst.get(head.slice(0, 1))?.find(({ word }) => head.startsWith(word));
  if (!best) return null;
  const after = text.slice(before + best.word.length);
  const rest = after.replace(SEPARATOR, "").trim();
  return { command: best.command, rest, sure: isSure(best.command, after, rest) };
}

/**
 * Whether a command word that runs into other text begins a question rather than an order: 办结流程是什么,
 * 转办怎么操作. An asker's 补充, 催办, 改 may well hold a question and stay what they are.
 */
export function asksAboutCommand({ command, rest, sure }: CommandWord): boolean {
  return !sure && OFFICE.has(command) && WH_QUESTION.test(rest.slice(0, HEAD_MAX));
}

/** Whether the command takes words of its own, so that a request in them does not make it a request. */
export function carriesWords(command: CommandId): boolean {
  return CARRIES_WORDS.has(command);
}

function isSure(command: CommandId, after: string, rest: string): boolean {
  if (rest === "") return true;
  const separated = SEPARATOR.test(after) || LATIN_OR_DIGIT.test(after);
  if (!separated) return false;
  return CARRIES_WORDS.has(command) || rest.replace(/[\d#＃\-号T]/g, "").length <= TAIL_MAX;
}
