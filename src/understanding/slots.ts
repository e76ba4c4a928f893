/**
 * What an item asks for (its `ask:`), read from the text: date, people, phone, name, amount, stage. The other slots of the
 * menu (topic, problem …) are what the text itself says: nothing reads them, so nothing can miss them either. Pure.
 */
import type { DateText } from "../pledge/hours.ts";
import { findWhen, whenShown } from "./dates.ts";
import { findTime } from "./dates-time.ts";
import type { Item } from "./intents.ts";
import { bareName, findName } from "./slots-name.ts";
import { NUMERAL, numeralOf } from "./slots-numeral.ts";
import { bareCount, type FoundSlot, findPeople } from "./slots-people.ts";

/** A slot of the menu and what it holds, as people read it, not masked yet. */
export type Slot = readonly [slot: string, text: string];
export type Slots = readonly Slot[];
export type Ask = Item["ask"];

export interface Surroundings {
  /** Shanghai's date when the text was typed. */
  readonly today: DateText;
  /** Names of the service's own people. */
  readonly staff: ReadonlySet<string>;
  /** The date that is known already, as it is shown: a time alone (下午两点) is on that day. */
  readonly date?: string | undefined;
}

/** A pasted document is read no further. */
const READ_MAX = 600;
const PHONE =
  /(?<![\d.-])(?:(?:\+?86|0086)[\s-]?)?(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?[1-9]\d{2,3}[\s-]?\d{4})(?![\d.-])/u;
const MEASURES = "套|件|面|条|只|把|张|台|副|份|顶|块|支|双|箱|瓶|本|幅|盏|辆|桌|束";
const AMOUNT = new RegExp(`(${NUMERAL}|几[十百])(来|多|余|几)?(${MEASURES})(?!事|会|头|情|单)`, "gu");
const STAGES: readonly (readonly [RegExp, string])[] = [
  [/预备期|预备党员|转正/u, "预备党员"],
  [/发展对象|政审/u, "发展对象"],
  [/积极分子/u, "积极分子"],
  [/入党申请|申请书|申请入党|[想要]入党|申请人/u, "申请人"],
];

type Find = (text: string, surroundings: Surroundings, question: string) => readonly FoundSlot[];

const one = (found: FoundSlot | null) => (found ? [found] : []);

const READERS: ReadonlyMap<string, Find> = new Map<string, Find>([
  [
    "date",
    (text, surroundings, question) => {
      const { today } = surroundings;
      const found = findWhen(text, today);
      if (!found) return one(timeOfDay(text, surroundings));
      // 哪个月 is asked of what has been: 五月 said in December is none that comes.
      const back = /哪个?月|哪[次回]/u.test(question);
      if (back && (found.when.from ?? found.when.to ?? "") > today) return [];
      return [{ text: whenShown(found.when, today), start: found.start, end: found.end }];
    },
  ],
  ["people", (text, _, question) => one(findPeople(text, question.includes("党员")))],
  ["name", (text, { staff }) => one(findName(text, staff))],
  ["phone", (text) => one(findPhone(text))],
  ["amount", findAmounts],
  ["stage", findStage],
]);

/** Read where no item says yet what it asks for. */
const GENERAL: Ask = ["date", "people", "phone"].map((slot) => ({ slot, question: "" }));

/** Whether the desk can tell that this slot is missing. */
export function isReadable(slot: string): boolean {
  return READERS.has(slot);
}

export interface ReadSlots {
  readonly slots: Slots;
  /** What the text says beside them. */
  readonly rest: string;
}

export function readSlots(typed: string, ask: Ask | null, surroundings: Surroundings): ReadSlots {
  const text = fold(typed);
  const slots: Slot[] = [];
  const spans: FoundSlot[] = [];
  for (const { slot, question } of ask ?? GENERAL) {
    const found = READERS.get(slot)?.(text, surroundings, question) ?? [];
    if (found.length === 0) continue;
    slots.push([slot, found.map((each) => each.text).join("、")]);
    spans.push(...found);
  }
  return { slots, rest: without(text, spans) };
}

/** Behind each of these an answer may go on: 张建国，从四川转过来. */
const CLAUSE = /[^,，。.;；!！?？、\s]+/gu;

/** In an answer a clause may be as short as 30 or 张建国. */
export function readAnswer(typed: string, ask: Ask, surroundings: Surroundings): ReadSlots {
  const read = readSlots(typed, ask, surroundings);
  const open = new Set(ask.map(({ slot }) => slot).filter((slot) => !read.slots.some(([known]) => known === slot)));
  const slots = [...read.slots];
  const rest = read.rest.replace(CLAUSE, (clause) => {
    for (const [slot, bare] of BARE) {
      const text = open.has(slot) ? bare(clause) : null;
      if (text === null) continue;
      open.delete(slot);
      slots.push([slot, text]);
      return "";
    }
    return clause;
  });
  return { slots, rest };
}

const BARE: readonly (readonly [string, (clause: string) => string | null])[] = [
  ["people", bareCount],
  ["name", bareName],
];

/** Those of `later` beside or instead of those of `earlier`. */
export function mergeSlots(earlier: Slots, later: Slots): Slots {
  const merged = new Map<string, string>([...earlier, ...later]);
  return [...merged];
}

function fold(typed: string): string {
  return typed.slice(0, READ_MAX).normalize("NFKC");
}

function timeOfDay(text: string, { today, date }: Surroundings): FoundSlot | null {
  const known = date === undefined ? null : findWhen(date, today);
  const found = known && known.when.from !== null && known.when.from === known.when.to ? findTime(text) : null;
  if (!known || !found) return null;
  return { text: whenShown({ ...known.when, time: found.time }, today), start: found.start, end: found.end };
}

function findPhone(text: string): FoundSlot | null {
  const found = PHONE.exec(text);
  return found
    ? { text: (found[1] ?? "").replace(/\s/gu, ""), start: found.index, end: found.index + found[0].length }
    : null;
}

function findAmounts(text: string): FoundSlot[] {
  return [...text.matchAll(AMOUNT)].flatMap((match) => {
    const [whole, count = "", more, measure = ""] = match;
    const number = count.startsWith("几") ? count : numeralOf(count);
    if (number === null) return [];
    return [{ text: `${number}${more ? "多" : ""}${measure}`, start: match.index, end: match.index + whole.length }];
  });
}

/** Told by what was said, which stays: it is no answer that stands beside a request. */
function findStage(text: string): FoundSlot[] {
  const stage = STAGES.find(([pattern]) => pattern.test(text))?.[1];
  return stage === undefined ? [] : [{ text: stage, start: 0, end: 0 }];
}

function without(text: string, spans: readonly FoundSlot[]): string {
  let rest = "";
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    rest += text.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  return rest + text.slice(at);
}
