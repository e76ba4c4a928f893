/** Phrases that people corrected, as a change to `intents/` for a person to review. Pure. */
import type { Lesson } from "../desk/decision.ts";
import { shown } from "../desk/ticket/number.ts";
import type { Intents } from "../understanding/intents.ts";
import { normalise } from "../understanding/normalise.ts";

const OTHER = "other";
const BY_WORDS: Readonly<Record<Lesson["by"], string>> = {
  change: "诉求人改",
  answer: "追问后选定",
  triage: "首席分办",
};

export interface Proposals {
  /** Item or `other` → its new phrases, each once, with every ticket that says so. */
  readonly fresh: ReadonlyMap<string, readonly Proposed[]>;
  /** What the files, or another ticket, take for something else: a person decides. */
  readonly disputed: readonly { readonly lesson: Lesson; readonly against: string }[];
  /** How many the files have already, or are of an item that the menu no longer has. */
  readonly known: number;
  readonly gone: number;
}

export interface Proposed {
  readonly phrase: string;
  readonly lessons: readonly Lesson[];
}

export function sortLessons(lessons: readonly Lesson[], intents: Intents): Proposals {
  const listed = listedPhrases(intents);
  const said = new Map<string, Lesson[]>();
  for (const lesson of lessons) {
    const key = normalise(lesson.phrase).text;
    said.set(key, [...(said.get(key) ?? []), lesson]);
  }
  const fresh = new Map<string, Proposed[]>();
  const disputed: { lesson: Lesson; against: string }[] = [];
  let known = 0;
  let gone = 0;
  for (const [key, same] of said) {
    // The last word on one ticket counts: who says 改 twice means the second.
    const last = [...new Map(same.map((lesson) => [lesson.number, lesson])).values()];
    const [first] = last;
    if (!first) continue;
    const label = listed.get(key);
    const other = last.find(({ to }) => to !== first.to);
    if (last.some(({ to }) => to !== OTHER && !intents.items.has(to))) gone += last.length;
    else if (label === first.to && !other) known += last.length;
    else if (label !== undefined) disputed.push(...last.map((lesson) => ({ lesson, against: label })));
    else if (other)
      disputed.push(...last.map((lesson) => ({ lesson, against: lesson === other ? first.to : other.to })));
    else fresh.set(first.to, [...(fresh.get(first.to) ?? []), { phrase: first.phrase, lessons: last }]);
  }
  return { fresh, disputed, known, gone };
}

/** The files as they would be with the new phrases. */
export function withProposals(intents: Intents, { fresh }: Proposals): Intents {
  const phrasesOf = (item: string) => (fresh.get(item) ?? []).map(({ phrase }) => phrase);
  const categories = intents.categories.map(({ name, items }) => ({
    name,
    items: items.map((item) => ({ ...item, phrases: [...item.phrases, ...phrasesOf(item.id)] })),
  }));
  return {
    ...intents,
    categories,
    items: new Map(categories.flatMap(({ items }) => items.map((item) => [item.id, item] as const))),
    other: [...intents.other, ...phrasesOf(OTHER)],
    fingerprint: `${intents.fingerprint}+`,
  };
}

/** `fileOf`: where an item's phrases stand. YAML throughout: what is no phrase is a comment. */
export function describeProposals(
  { fresh, disputed, known, gone }: Proposals,
  intents: Intents,
  fileOf: (item: string) => string,
): string {
  const lines: string[] = [];
  for (const [item, phrases] of fresh) {
    const name = intents.items.get(item)?.name;
    lines.push(`# ${fileOf(item)}${name ? `：${item}（${name}）` : ""}`);
    lines.push(item === OTHER ? "phrases:" : `- id: ${item}\n  phrases:`);
    for (const { phrase, lessons } of phrases) {
      lines.push(`  - ${JSON.stringify(phrase)} # ${lessons.map((lesson) => whence(lesson, intents)).join("；")}`);
    }
  }
  for (const { lesson, against } of disputed) {
    lines.push(`# 有分歧，请人工取舍：${JSON.stringify(lesson.phrase)}，${whence(lesson, intents)}，另归在 ${against}`);
  }
  if (known > 0) lines.push(`# ${known} 条已在说法中`);
  if (gone > 0) lines.push(`# ${gone} 条的事项已不在菜单中`);
  return lines.join("\n");
}

function whence({ number, from, to, by }: Lesson, intents: Intents): string {
  const name = (item: string) => (item === OTHER ? "其他诉求" : (intents.items.get(item)?.name ?? item));
  return `${shown(number)} ${BY_WORDS[by]}：${from === null ? "未能识别" : name(from)}→${name(to)}`;
}

function listedPhrases(intents: Intents): Map<string, string> {
  const labelled: (readonly [string, readonly string[]])[] = [
    ...[...intents.items.values()].map(({ id, phrases }) => [id, phrases] as const),
    [OTHER, intents.other],
    ["smalltalk", intents.smalltalk],
    ...intents.commands.map(({ id, words, phrases }) => [`command:${id}`, [...words, ...phrases]] as const),
  ];
  return new Map(
    labelled.flatMap(([label, phrases]) => phrases.map((phrase) => [normalise(phrase).text, label] as const)),
  );
}
