/** How well messages with a known meaning are understood: figures, and who is taken for whom. Pure. */
import { type Rejection, rejectionOf } from "./rejection.ts";
import type { Understanding } from "./understanding.ts";

export interface LabelledRow {
  readonly text: string;
  /** An item id, `other`, `none` or `command:<id>`; two item ids where two are asked. */
  readonly label: string | readonly [string, string];
  /** Who speaks like this, where the file says so. */
  readonly voice?: string | undefined;
}

export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** Requests opened at once with a confidence between two bounds: what was promised, and what was kept. */
export interface ConfidenceBin {
  readonly from: number;
  readonly to: number;
  readonly promised: number;
  readonly kept: Share;
}

export interface Evaluation {
  readonly rows: number;
  /** Requests for an item: opened as it; opened so or asked about; it is the best candidate; among the three best. */
  readonly opened: Share;
  readonly openedOrAsked: Share;
  readonly top1: Share;
  readonly top3: Share;
  /** Requests for an item that were asked about, opened as another, sent to the chief, taken for talk, for a command. */
  readonly asked: Share;
  readonly wrongItem: Share;
  readonly asOther: Share;
  readonly silent: Share;
  readonly asCommand: Share;
  /** Requests for one item of which two tickets were made. */
  readonly doubled: Share;
  /** Talk that opened a ticket of any kind (a question opens one too), or was taken for a command. */
  readonly talkOpened: Share;
  readonly talkAsCommand: Share;
  /** Requests that no item covers: understood as such; or at least opened, as `other` or as a question. */
  readonly otherReached: Share;
  readonly otherNotLost: Share;
  readonly commands: Share;
  readonly commandsWithNumber: Share;
  readonly commandsWithout: Share;
  /** Messages with two requests: both opened; at least one of the two opened and nothing else. */
  readonly bothOfTwo: Share;
  readonly oneOfTwo: Share;
  readonly rejection: Rejection;
  readonly calibration: readonly ConfidenceBin[];
  /** The best candidate is right, by item and (all kinds: taken for what it is) by voice; worst first. */
  readonly items: readonly { readonly name: string; readonly share: Share }[];
  readonly voices: readonly { readonly name: string; readonly share: Share }[];
  /** Worst first. */
  readonly confusions: readonly { readonly label: string; readonly taken: string; readonly texts: readonly string[] }[];
}

const BINS = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01];
/** #1123-017, T-1123-017, 017, 17号 at the beginning. */
const NUMBERED = /^\s*(?:[#＃]?(?:[Tt]-)?\d{4}-\d{3,4}|\d{3}(?!\d)|\d{1,4}号)/;

export function evaluate(rows: readonly LabelledRow[], understand: (text: string) => Understanding): Evaluation {
  const seen = rows.map(({ text, label: written, voice }) => {
    const found = understand(text);
    const label = typeof written === "string" ? written : [...written].sort().join("+");
    const best = found.candidates.map(({ item }) => item);
    return { text, label, voice, found, best, taken: takenFor(found), two: typeof written !== "string" };
  });
  const items = seen.filter(({ label, two }) => !two && isItem(label));
  const talk = seen.filter(({ label }) => label === "none");
  const other = seen.filter(({ label }) => label === "other");
  const commands = seen.filter(({ label }) => label.startsWith("command:"));
  const twos = seen.filter(({ two }) => two);
  const kindsOfItems = (kind: Understanding["kind"]) => share(items, ({ found }) => found.kind === kind);
  const right = ({ label, taken }: { label: string; taken: string }) => label === taken;

  return {
    rows: rows.length,
    opened: share(items, right),
    openedOrAsked: share(items, (row) => right(row) || row.found.kind === "unclear"),
    top1: share(items, ({ label, best }) => best[0] === label),
    top3: share(items, ({ label, best }) => best.slice(0, 3).includes(label)),
    asked: kindsOfItems("unclear"),
    wrongItem: share(items, (row) => row.found.kind === "item" && !right(row)),
    asOther: kindsOfItems("other"),
    silent: kindsOfItems("none"),
    asCommand: kindsOfItems("command"),
    doubled: share(items, ({ found }) => found.kind === "item" && found.items.length > 1),
    talkOpened: share(talk, ({ found }) => opensTicket(found)),
    talkAsCommand: share(talk, ({ found }) => found.kind === "command"),
    otherReached: share(other, right),
    otherNotLost: share(other, ({ found }) => found.kind === "other" || found.kind === "unclear"),
    commands: share(commands, right),
    commandsWithNumber: share(
      commands.filter(({ text }) => NUMBERED.test(text)),
      right,
    ),
    commandsWithout: share(
      commands.filter(({ text }) => !NUMBERED.test(text)),
      right,
    ),
    bothOfTwo: share(twos, right),
    oneOfTwo: share(twos, ({ label, found }) => {
      return found.kind === "item" && found.items.every((item) => label.split("+").includes(item));
    }),
    rejection: rejectionOf(
      items.map(({ found }) => requestedness(found)),
      talk.map(({ found }) => requestedness(found)),
    ),
    calibration: BINS.slice(0, -1).map((from, index) => {
      const to = BINS[index + 1] as number;
      const within = items.filter(
        ({ found }) => found.kind === "item" && found.confidence >= from && found.confidence < to,
      );
      const promised = within.reduce((sum, { found }) => sum + found.confidence, 0) / Math.max(1, within.length);
      return { from, to: Math.min(1, to), promised, kept: share(within, right) };
    }),
    items: groupsOf(
      items,
      ({ label }) => label,
      ({ label, best }) => best[0] === label,
    ),
    voices: groupsOf(
      seen.filter(({ voice }) => voice !== undefined),
      ({ voice }) => voice ?? "",
      right,
    ),
    confusions: confusionsOf(seen),
  };
}

function confusionsOf(seen: readonly { text: string; label: string; taken: string }[]): Evaluation["confusions"] {
  const pairs = new Map<string, { label: string; taken: string; texts: string[] }>();
  for (const { text, label, taken } of seen) {
    if (label === taken) continue;
    const key = `${label}→${taken}`;
    const pair = pairs.get(key) ?? { label, taken, texts: [] };
    pair.texts.push(text);
    pairs.set(key, pair);
  }
  return [...pairs.values()].sort((a, b) => b.texts.length - a.texts.length || (a.label < b.label ? -1 : 1));
}

function groupsOf<T>(
  rows: readonly T[],
  nameOf: (row: T) => string,
  hit: (row: T) => boolean,
): { name: string; share: Share }[] {
  const names = [...new Set(rows.map(nameOf))];
  const groups = names.map((name) => ({
    name,
    share: share(
      rows.filter((row) => nameOf(row) === name),
      hit,
    ),
  }));
  return groups.sort((a, b) => a.share.hits / a.share.of - b.share.hits / b.share.of || (a.name < b.name ? -1 : 1));
}

/** How likely an item is asked for, whichever: what the best candidates have together. */
function requestedness({ candidates }: Understanding): number {
  return candidates.reduce((sum, { confidence }) => sum + confidence, 0);
}

function opensTicket({ kind }: Understanding): boolean {
  return kind === "item" || kind === "other" || kind === "unclear";
}

function takenFor({ kind, items, command }: Understanding): string {
  if (kind === "item") return [...items].sort().join("+");
  return kind === "command" ? `command:${command}` : kind;
}

function isItem(label: string): boolean {
  return label !== "other" && label !== "none" && !label.startsWith("command:");
}

function share<T>(rows: readonly T[], hit: (row: T) => boolean): Share {
  return { hits: rows.filter(hit).length, of: rows.length };
}
