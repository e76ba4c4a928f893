/**
 * Two requests in one message: 借间会议室，顺便请位老师. The message is cut at its joints, one cut at a time; the halves say
 * which two items are asked for, and whether it really is two is weighed from what the halves say, what the whole says,
 * and how much the whole is worded like the known examples of two requests (a machine of its own). 主题党日要不要另开支部大会
 * has two items' words and asks one thing: it is the examples, not the words, that tell.
 */
import { strongest } from "./judge.ts";
import { onlyTells } from "./only-tells.ts";

/** How the four kinds of evidence add up to the odds of two, and from which odds on they are two. */
export interface Pairing {
  readonly halves: number;
  readonly whole: number;
  readonly wording: number;
  readonly offset: number;
  readonly mark: number;
}

export interface PairEvidence {
  /** Classes, in the order of the text. */
  readonly items: readonly [number, number];
  /** The words that ask for each. */
  readonly texts: readonly [string, string];
  /** The logarithm of how likely each half asks for its item, summed. */
  readonly halves: number;
  /** The logarithm of how likely the whole asks for the less likely of the two. */
  readonly whole: number;
}

/** The joints looked at, the first ones: people name both requests early. */
const JOINTS_MAX = 6;
const HALF_MIN = 3;
const JOINT =
  /[，,。；;、？?！!/\n]+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})|(?=顺便|顺带|另外|还有|还想|还要|还得|还需|还缺|还问|再(?!次|三|说)|以及|外加|加上|同时|对了|而且|并且|也想|也要|又要|又想|和|与|跟|及)/gu;

/** The halves at each joint, in the order of the text. */
export function cutAtJoints(text: string): [string, string][] {
  const found: [string, string][] = [];
  for (const { index, 0: sign } of text.matchAll(JOINT)) {
    const halves: [string, string] = [text.slice(0, index), text.slice(index + sign.length)];
    if (halves.some((half) => half.trim().length < HALF_MIN)) continue;
    found.push(halves);
    if (found.length === JOINTS_MAX) break;
  }
  return found;
}

/**
 * @param whole the probability of each class for the whole message.
 * @param read gives the same for a half; its answer may be one reused buffer.
 * @returns the two items that some cut speaks for most; null where no cut gives two.
 */
export function findPair(
  text: string,
  whole: Float32Array,
  kinds: Uint8Array,
  read: (half: string) => Float32Array,
): PairEvidence | null {
  let best: PairEvidence | null = null;
  for (const [left, right] of cutAtJoints(text)) {
    // 借个会议室，周五用: when and what for belong to the one thing that is asked for.
    if (onlyTells(standingAlone(left)) || onlyTells(standingAlone(right))) continue;
    const first = likeliest(read(left), kinds);
    const second = likeliest(read(right), kinds);
    for (const one of first) {
      for (const other of second) {
        if (one.item === other.item) continue;
        const halves = logOf(one.odds) + logOf(other.odds);
        if (best !== null && halves <= best.halves) continue;
        const weaker = Math.min(whole[one.item] as number, whole[other.item] as number);
        best = { items: [one.item, other.item], texts: [left, right], halves, whole: logOf(weaker) };
      }
    }
  }
  return best;
}

const JOINING =
  /^[，,。；;、\s]*(?:(?:另外|此外|还有|顺便|顺带|对了|以及|并且|而且|同时|再就是|再有就是|然后|也|还|再)[，,、\s]*)*/u;

/** The words of one half, without what only joined it to the other. */
export function standingAlone(half: string): string {
  return half.replace(JOINING, "").replace(/[，,；;、\s]+$/u, "");
}

/** Odds below a thousandth are all the same: hopeless. */
function logOf(odds: number): number {
  return Math.log(Math.max(1e-3, odds));
}

/** Two of each half are enough to find two that differ. */
function likeliest(probabilities: Float32Array, kinds: Uint8Array): { item: number; odds: number }[] {
  return strongest(probabilities, kinds, 0, 2).map((item) => ({ item, odds: probabilities[item] as number }));
}

export function oddsOfTwo(pairing: Pairing, evidence: Pick<PairEvidence, "halves" | "whole">, wording: number): number {
  const { halves, whole, wording: own, offset } = pairing;
  return halves * evidence.halves + whole * evidence.whole + own * wording + offset;
}

/** Whether the wording alone rules two out, however well the halves would fit: most messages are spared the cutting. */
export function mayBeTwo(pairing: Pairing, wording: number): boolean {
  return oddsOfTwo(pairing, { halves: 0, whole: 0 }, wording) >= pairing.mark;
}

export interface PairExample {
  readonly evidence: PairEvidence;
  readonly wording: number;
  /** Whether these two were really asked for. */
  readonly two: boolean;
}

/** Requests for one item of which two tickets may be made, over the hardest there are: the phrase files. */
const DOUBLED_MAX = 0.018;
const STEPS = 400;
/** Of all examples that weigh in the fit, this part is of two: they are few, and not to be drowned. */
const SHARE_OF_TWO = 0.15;

/** Logistic regression by plain gradient descent: four numbers. @param singles how many single requests were looked at. */
export function fitPairing(examples: readonly PairExample[], singles: number): Pairing {
  const twos = examples.filter(({ two }) => two).length;
  const ones = examples.length - twos;
  if (twos === 0 || ones === 0) return { halves: 0, whole: 0, wording: 0, offset: 0, mark: 1 };
  const values = [1, 0.3, 1, 0];
  for (let step = 0; step < STEPS; step++) {
    const slope = [0, 0, 0, 0];
    for (const { evidence, wording, two } of examples) {
      const inputs = [evidence.halves, evidence.whole, wording, 1];
      const odds = inputs.reduce((sum, input, at) => sum + input * (values[at] as number), 0);
      const weight = two ? SHARE_OF_TWO / twos : (1 - SHARE_OF_TWO) / ones;
      const error = weight * (1 / (1 + Math.exp(-odds)) - (two ? 1 : 0));
      inputs.forEach((input, at) => {
        slope[at] = (slope[at] as number) + error * input;
      });
    }
    // No evidence may count against what it is evidence for, whatever chance says.
    for (let at = 0; at < 4; at++) {
      const next = (values[at] as number) - (slope[at] as number);
      values[at] = at < 3 ? Math.max(0, next) : next;
    }
  }
  const [halves = 0, whole = 0, wording = 0, offset = 0] = values;
  const fitted = { halves, whole, wording, offset, mark: 0 };
  const single = examples.filter(({ two }) => !two).map((each) => oddsOfTwo(fitted, each.evidence, each.wording));
  single.sort((a, b) => b - a);
  return { ...fitted, mark: single[Math.floor(singles * DOUBLED_MAX)] ?? single.at(-1) ?? 0 };
}
