/** How well messages with a known meaning are understood: figures, and who is taken for whom. Pure. */
import type { Understanding } from "./understanding.ts";

export interface LabelledRow {
  readonly text: string;
  /** An item id, `other`, `none` or `command:<id>`. */
  readonly label: string;
}

export interface Share {
  readonly hits: number;
  readonly of: number;
}

export interface Evaluation {
  readonly rows: number;
  /** Requests for an item: opened as it; it is the best candidate; it is among the three best. */
  readonly opened: Share;
  readonly top1: Share;
  readonly top3: Share;
  /** Requests for an item that were asked about, opened as another, sent to the chief, taken for talk, for a command. */
  readonly asked: Share;
  readonly wrongItem: Share;
  readonly asOther: Share;
  readonly silent: Share;
  readonly asCommand: Share;
  /** Talk that opened a ticket of any kind (a question opens one too). */
  readonly talkOpened: Share;
  /** Requests that no item covers: understood as such; or at least opened, as `other` or as a question. */
  readonly otherReached: Share;
  readonly otherNotLost: Share;
  readonly commands: Share;
  /** Worst first. */
  readonly confusions: readonly { readonly label: string; readonly taken: string; readonly texts: readonly string[] }[];
}

export function evaluate(rows: readonly LabelledRow[], understand: (text: string) => Understanding): Evaluation {
  const seen = rows.map(({ text, label }) => {
    const found = understand(text);
    return { text, label, found, best: found.candidates.map(({ item }) => item), taken: takenFor(found) };
  });
  const items = seen.filter(({ label }) => isItem(label));
  const talk = seen.filter(({ label }) => label === "none");
  const other = seen.filter(({ label }) => label === "other");
  const commands = seen.filter(({ label }) => label.startsWith("command:"));
  const kindsOfItems = (kind: Understanding["kind"]) => share(items, ({ found }) => found.kind === kind);

  const pairs = new Map<string, { label: string; taken: string; texts: string[] }>();
  for (const { text, label, taken } of seen) {
    if (label === taken) continue;
    const key = `${label}→${taken}`;
    const pair = pairs.get(key) ?? { label, taken, texts: [] };
    pair.texts.push(text);
    pairs.set(key, pair);
  }
  return {
    rows: rows.length,
    opened: share(items, ({ label, taken }) => taken === label),
    top1: share(items, ({ label, best }) => best[0] === label),
    top3: share(items, ({ label, best }) => best.slice(0, 3).includes(label)),
    asked: kindsOfItems("unclear"),
    wrongItem: share(items, ({ label, found, taken }) => found.kind === "item" && taken !== label),
    asOther: kindsOfItems("other"),
    silent: kindsOfItems("none"),
    asCommand: kindsOfItems("command"),
    talkOpened: share(talk, ({ found }) => ["item", "other", "unclear"].includes(found.kind)),
    otherReached: share(other, ({ taken }) => taken === "other"),
    otherNotLost: share(other, ({ found }) => found.kind === "other" || found.kind === "unclear"),
    commands: share(commands, ({ label, taken }) => taken === label),
    confusions: [...pairs.values()].sort((a, b) => b.texts.length - a.texts.length || (a.label < b.label ? -1 : 1)),
  };
}

/** In words, for a terminal. */
export function describeEvaluation(evaluation: Evaluation, pairsMax = 15): string {
  const lines: [string, Share][] = [
    ["事项：首位正确", evaluation.top1],
    ["事项：前三含有", evaluation.top3],
    ["事项：直接受理正确", evaluation.opened],
    ["事项：需追问", evaluation.asked],
    ["事项：误作其他事项", evaluation.wrongItem],
    ["事项：转首席（其他诉求）", evaluation.asOther],
    ["事项：误作闲谈", evaluation.silent],
    ["事项：误作口令", evaluation.asCommand],
    ["闲谈：误开工单", evaluation.talkOpened],
    ["其他诉求：识别", evaluation.otherReached],
    ["其他诉求：未丢失", evaluation.otherNotLost],
    ["口令：正确", evaluation.commands],
  ];
  return [
    `共 ${evaluation.rows} 条`,
    ...lines.map(([name, value]) => `${name} ${describeShare(value)}`),
    ...evaluation.confusions
      .slice(0, pairsMax)
      .map(({ label, taken, texts }) => `${label} → ${taken}：${texts.length} 条，如“${texts[0] ?? ""}”`),
  ].join("\n");
}

function describeShare({ hits, of }: Share): string {
  return of === 0 ? "—" : `${((hits / of) * 100).toFixed(1)}%（${hits}/${of}）`;
}

function takenFor({ kind, items, command }: Understanding): string {
  if (kind === "item") return items.length > 1 ? items.join("+") : (items[0] ?? "item");
  return kind === "command" ? `command:${command}` : kind;
}

function isItem(label: string): boolean {
  return label !== "other" && label !== "none" && !label.startsWith("command:");
}

function share<T>(rows: readonly T[], hit: (row: T) => boolean): Share {
  return { hits: rows.filter(hit).length, of: rows.length };
}
