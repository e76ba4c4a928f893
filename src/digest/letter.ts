/** An edition as a letter to the leaders (desk-practice 4). Pure; the sentences stand in words/letters.ts. */
import { shown } from "../desk/ticket/number.ts";
import { whenText } from "../pledge/when.ts";
import * as words from "../words/letters.ts";
import { LIGHT_WORDS, RATING_WORDS } from "../words/names.ts";
import { plain } from "../words/plain.ts";
import { balances, type Counts } from "./counts.ts";
import { asOfText, daysText, lateDaysText } from "./days-text.ts";
import type { Edition } from "./edition.ts";
import type { Life } from "./life.ts";
import { namedRows } from "./named-rows.ts";
import type { Names } from "./names.ts";
import { type Kind, momentsOf } from "./period.ts";
import { changeText, RATES, type Rate, rateText, shiftText } from "./rate.ts";

export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface Letter {
  readonly title: string;
  /** Without headings where there is nothing to say. */
  readonly sections: readonly Section[];
}

type SectionName = keyof typeof words.HEADINGS;

/** Which sections a letter has, in this order. */
const SECTIONS: Readonly<Record<Kind, readonly SectionName[]>> = {
  day: ["overview", "items", "points", "attention"],
  week: ["overview", "items", "points", "helpers", "attention"],
  month: ["overview", "items", "points", "helpers", "attention"],
};

const HOT_ITEMS = 5;
/** Of each kind of case; the others stand in the ledger. */
const CASES = 8;
const PHRASE_CHARACTERS = 40;

/** `sections`: null for those that a letter of its kind has of itself. */
export function letterOf(edition: Edition, names: Names, sections: readonly SectionName[] | null = null): Letter {
  const { period, now, figures } = edition;
  const kind = period.kind ?? "day";
  const asOf = asOfText({ period, span: figures.span, now });
  const title = words.title(names.station, words.LETTER_NAMES[kind], daysText(period), asOf);
  const begin = untold(edition, kind);
  if (hasNothingToSay(edition)) {
    const lines = [...begin, words.nothing(kind, asOf === null, figures.total.open), ...trained(edition)];
    return { title, sections: [{ heading: "", lines }] };
  }
  const told = (sections ?? SECTIONS[kind]).map((name, index): Section => {
    return { heading: words.heading(index, words.HEADINGS[name]), lines: LINES[name](edition, names, kind) };
  });
  return { title, sections: begin.length === 0 ? told : [{ heading: "", lines: begin }, ...told] };
}

export function letterText({ title, sections }: Letter): string {
  return [title, ...sections.flatMap(({ heading, lines }) => (heading === "" ? lines : [heading, ...lines]))].join(
    "\n",
  );
}

type Lines = (edition: Edition, names: Names, kind: Kind) => readonly string[];

const LINES: Readonly<Record<SectionName, Lines>> = { overview, items, points, helpers, attention };

export function hasNothingToSay({ figures: { total }, attention: { late, lowRatings, reopened } }: Edition): boolean {
  const { carried: _, open: __, ...happened } = total;
  return (
    Object.values(happened).every((count) => count === 0) && late.length + lowRatings.length + reopened.length === 0
  );
}

/** A letter goes before its time is over: what its days came to in the end stands in the next one. */
function untold({ untold: figures }: Edition, kind: Kind): readonly string[] {
  if (figures === null) return [];
  const { received, resolved, due } = figures.total;
  if (received + resolved + due === 0) return [];
  const days = lateDaysText(figures.period, kind);
  // Of days that are no one period of the kind the letter between them was left out.
  const isOne = figures.period.kind === kind;
  return [words.untold({ kind, isOne, days, received, resolved, onTime: rateText(RATES.onTime.of(figures.total)) })];
}

function overview(edition: Edition, _: Names, kind: Kind): readonly string[] {
  const { total } = edition.figures;
  const isOver = edition.now >= momentsOf(edition.period).end;
  const { before, yearBefore } = words.comparedWith(kind, isOver);
  const compared = (change: (before: Counts) => string): readonly string[] =>
    words.compared([
      [before, change(edition.previous.total)],
      [yearBefore, change(edition.yearBefore.total)],
    ]);
  const counted = (name: "received" | "resolved"): string =>
    words.counted(
      total[name],
      compared((then) => changeText(total[name], then[name])),
    );
  const rated = ({ name, of }: { readonly name: string; readonly of: (counts: Counts) => Rate }): string =>
    `${name} ${rateText(
      of(total),
      compared((then) => shiftText(of(total), of(then))),
    )}`;
  const flow = words.flow({
    carried: total.carried,
    received: counted("received"),
    resolved: counted("resolved"),
    others: [
      ["重新办理", total.reopened],
      ["撤回", total.withdrawn],
      ["不予受理", total.declined],
      ["合并", total.merged],
    ],
    open: total.open,
  });
  return [
    flow,
    ...(balances(total) ? [] : [words.unbalanced(differenceOf(total))]),
    `${[RATES.response, RATES.onTime].map(rated).join("；")}。`,
    `${[RATES.satisfied, RATES.solved, RATES.rated].map(rated).join("；")}。`,
    ...trained(edition),
    words.cumulative({ ...edition.cumulative, training: edition.trainedEver }),
  ];
}

function trained({ training }: Edition): readonly string[] {
  return training.held === 0 ? [] : [words.training(training)];
}

function items({ figures: { items: rows, total }, previous, period, now }: Edition, names: Names): readonly string[] {
  const asked = [...namedRows(rows, names.item)]
    .filter(([, { received }]) => received > 0)
    .sort(([, a], [, b]) => b.received - a.received);
  if (asked.length === 0) return [words.NO_ITEMS];
  const before = namedRows(previous.items, names.item);
  const share = (count: number): string => `${((count / total.received) * 100).toFixed(1)}%`;
  const then = words.itemBefore(now >= momentsOf(period).end);
  const hot = asked.slice(0, HOT_ITEMS).map(([item, { received }], index) => {
    return `${index + 1}. ${item} ${received} 件，占 ${share(received)}，${then} ${before.get(item)?.received ?? 0} 件`;
  });
  const categories = namedRows(rows, (item) => names.category(item) ?? names.item(item));
  const byCategory = [...categories]
    .filter(([, { received }]) => received > 0)
    .sort(([, a], [, b]) => b.received - a.received)
    .map(([category, { received }]) => `${category} ${received} 件`);
  return [...hot, `按类别：${byCategory.join("，")}。`];
}

function points({ figures }: Edition, names: Names): readonly string[] {
  const rows = [...namedRows(figures.points, names.point)];
  const isQuiet = ({ received, resolved, open, due }: Counts): boolean => received + resolved + open + due === 0;
  const quiet = rows.filter(([, row]) => isQuiet(row)).map(([point]) => point);
  const lines = rows
    .filter(([, row]) => !isQuiet(row))
    .map(([point, row]): string => {
      const { received, resolved, open } = row;
      return words.pointLine({ point, received, resolved, open, onTime: rateText(RATES.onTime.of(row)) });
    });
  return quiet.length === 0 ? lines : [...lines, words.quietPoints(quiet)];
}

function helpers({ figures, attention: { late } }: Edition, names: Names): readonly string[] {
  const rows = namedRows(figures.helpers, (helper) => names.person(helper) ?? words.NOBODY);
  return [...rows]
    .filter(([, { resolved, open, due }]) => resolved + open + due > 0)
    .sort(([, a], [, b]) => b.resolved - a.resolved)
    .map(([who, row]) => {
      const { resolved, open } = row;
      // Nobody keeps a promise or breaks one: what is late there is late for want of somebody.
      if (who === words.NOBODY)
        return words.nobodyLine({ resolved, open, late: late.filter(({ life }) => life.owner === null).length });
      const rates = [RATES.onTime, RATES.satisfied].map(({ name, of }) => `${name} ${rateText(of(row))}`);
      return words.helperLine({ who, resolved, open, rates });
    });
}

function attention(edition: Edition, names: Names): readonly string[] {
  const { late, lowRatings, reopened } = edition.attention;
  const unmatched = edition.attention.unmatched.filter(({ id }) => edition.requests.has(id));
  const called = lowRatings.filter(({ calledBack }) => calledBack).length;
  const whose = ({ enterprise, owner }: Life): string[] =>
    [enterprise, names.person(owner) ?? words.NOBODY].filter((text) => text !== null);
  const caseLine = (life: Life, rest: readonly string[]): string =>
    words.caseLine({ number: shown(life.number), item: names.item(life.item), rest: [...whose(life), ...rest] });
  const lines = [
    ...listed(
      words.ATTENTION_HEADS.late(late.length, late.filter(({ light }) => light === "red").length),
      late,
      ({ life, due, light }) =>
        caseLine(life, [words.promised(whenText(due, edition.now), life.size), LIGHT_WORDS[light]]),
    ),
    ...listed(words.ATTENTION_HEADS.lowRatings(lowRatings.length, called), lowRatings, ({ life, rating, calledBack }) =>
      caseLine(life, [RATING_WORDS[rating === 1 ? 1 : 2], ...(calledBack ? [words.CALLED_BACK] : [])]),
    ),
    ...listed(words.ATTENTION_HEADS.reopened(reopened.length), reopened, (life) => caseLine(life, [])),
    ...listed(words.ATTENTION_HEADS.unmatched(unmatched.length), unmatched, (life) => {
      const request = edition.requests.get(life.id);
      const nearest = request?.nearest ?? null;
      const text = plain(names.hidden(request?.text ?? "", request?.slots ?? []), PHRASE_CHARACTERS);
      return words.phraseLine(shown(life.number), text, nearest === null ? null : names.item(nearest));
    }),
  ];
  return lines.length === 0 ? [words.NO_ATTENTION] : lines;
}

function listed<T>(head: string, cases: readonly T[], line: (each: T) => string): string[] {
  if (cases.length === 0) return [];
  const left = cases.length - CASES;
  return [head, ...cases.slice(0, CASES).map(line), ...(left > 0 ? [words.more(left)] : [])];
}

function differenceOf({ carried, received, reopened, resolved, withdrawn, declined, merged, open }: Counts): number {
  return Math.abs(carried + received + reopened - resolved - withdrawn - declined - merged - open);
}
