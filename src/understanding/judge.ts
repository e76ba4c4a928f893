/** The verdict: from the probability of every class to what the message is taken to be. Pure. */
import type { Marks } from "./model.ts";
import type { Understanding } from "./understanding.ts";

const ITEM = 0;
const COMMAND = 3;
const ASKED_MAX = 3;

/** All that the verdict rests on. */
export interface Odds {
  /** The probability of each kind, in the order of `KINDS`. */
  readonly sums: readonly [items: number, other: number, none: number, commands: number];
  /** The three likeliest items and how likely. */
  readonly items: readonly number[];
  readonly itemOdds: readonly number[];
  /** The likeliest command. */
  readonly command: number;
  readonly commandOdds: number;
}

export interface Verdict {
  readonly kind: Understanding["kind"];
  readonly confidence: number;
  /** Classes: the winning one, or the two or three that are too close to call; none for `other` and `none`. */
  readonly classes: readonly number[];
}

export function weigh(probabilities: Float32Array, kinds: Uint8Array): Odds {
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let index = 0; index < kinds.length; index++) {
    const kind = kinds[index] as 0 | 1 | 2 | 3;
    sums[kind] += probabilities[index] as number;
  }
  const items = strongest(probabilities, kinds, ITEM, ASKED_MAX);
  const [command = -1] = strongest(probabilities, kinds, COMMAND, 1);
  return {
    sums,
    items,
    itemOdds: items.map((index) => probabilities[index] as number),
    command,
    commandOdds: probabilities[command] ?? 0,
  };
}

export function judge({ sums, items, itemOdds, command, commandOdds }: Odds, { high, low, talk }: Marks): Verdict {
  const [anyItem, other, none, commands] = sums;
  const help = anyItem + other;
  if (commands >= help && commands >= none) return { kind: "command", confidence: commandOdds, classes: [command] };
  // Silence towards somebody who asked is worse than a question too many, and a ticket for a greeting is a nuisance:
  // the mark says where the two are in balance.
  if (none >= talk && none > 0) return { kind: "none", confidence: none, classes: [] };

  const top = itemOdds[0] ?? 0;
  // How sure the item is once it is an item: whether help is wanted at all has been settled above.
  const sure = top / (help || 1);
  if (sure >= high && items[0] !== undefined) return { kind: "item", confidence: top, classes: [items[0]] };
  if (other >= (1 - low) * help || top === 0) return { kind: "other", confidence: other, classes: [] };
  const close = items.filter((_, rank) => rank < 2 || (itemOdds[rank] ?? 0) >= top / 3);
  return { kind: "unclear", confidence: help, classes: close };
}

/** The likeliest classes of a kind, best first. */
export function strongest(probabilities: Float32Array, kinds: Uint8Array, kind: number, most: number): number[] {
  const ranked: number[] = [];
  for (let index = 0; index < kinds.length; index++) {
    if (kinds[index] !== kind) continue;
    const own = probabilities[index] as number;
    let at = ranked.length;
    while (at > 0 && (probabilities[ranked[at - 1] as number] as number) < own) at--;
    if (at >= most) continue;
    ranked.splice(at, 0, index);
    if (ranked.length > most) ranked.pop();
  }
  return ranked;
}
