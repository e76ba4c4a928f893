/**
 * Which enterprise a person means who was asked for it: said outright, or so nearly that asking back is worth while.
 * Only what is said outright is `exact`, because it is remembered for half a year.
 */
import { normalise } from "../understanding/normalise.ts";
import type { EnterpriseIndex, Saying } from "./enterprise-index.ts";
import { likeness, type Piece, partness } from "./enterprise-likeness.ts";
import { coreOf, foldName } from "./enterprise-name.ts";
import type { Enterprise } from "./station.ts";

export interface EnterpriseMatch {
  readonly exact: Enterprise | null;
  /** Best first; empty where `exact` is not. */
  readonly likely: readonly Enterprise[];
}

const LIKELY_MAX = 3;
/** Measured on 3,500 names: one slip in four syllables stays above, one common syllable of four below. */
const LIKELY = 0.6;
/** Compared in full, a piece; the rest share too little to matter. */
const COMPARED_MAX = 64;
/** A part of more names than this (汽配) says nothing. */
const PART_OF_MAX = 8;
const READ_MAX = 200;
const PIECES_MAX = 4;
const PIECE_MAX = 40;

export function findEnterprises(index: EnterpriseIndex, text: string): EnterpriseMatch {
  const answer = text.slice(0, READ_MAX);
  const said = index.names.get(foldName(answer)) ?? index.cores.get(coreOf(answer)) ?? saidWithin(index, answer);
  const [first, second] = said;
  if (first && !second) return { exact: first, likely: [] };
  return { exact: null, likely: first ? [...said].slice(0, LIKELY_MAX) : likely(index, answer) };
}

/** Who is named in a sentence, outright; nobody that is only nearly named. */
export function enterprisesNamed(index: EnterpriseIndex, text: string): ReadonlySet<Enterprise> {
  return saidWithin(index, text.slice(0, READ_MAX));
}

/** The one whose name the sentence begins with; null where it begins otherwise. */
export function enterpriseAtStart(index: EnterpriseIndex, text: string): Enterprise | null {
  const folded = foldName(text.slice(0, PIECE_MAX));
  for (const size of [...index.spokenLengths].reverse()) {
    const [only, ...more] = index.spoken.get(folded.slice(0, size)) ?? [];
    if (only) return more.length === 0 && size <= folded.length ? only : null;
  }
  return null;
}

/** Whose names stand in the sentence; a name within a longer name does not count. */
function saidWithin(index: EnterpriseIndex, answer: string): ReadonlySet<Enterprise> {
  const text = foldName(answer);
  const said = new Set<Enterprise>();
  for (let at = 0; at < text.length; at++) {
    // Backwards: the longest name that begins here wins, and what it covers is not read again.
    for (let size = index.spokenLengths.length - 1; size >= 0; size--) {
      const end = at + (index.spokenLengths[size] ?? 0);
      if (end > text.length) continue;
      const found = index.spoken.get(text.slice(at, end));
      if (!found || splitsWord(text, at) || splitsWord(text, end)) continue;
      // 我们不是恒通的 names whom they are not.
      if (!text.slice(0, at).endsWith("不是")) for (const enterprise of found) said.add(enterprise);
      at = end - 1;
      break;
    }
  }
  return said;
}

/** "abb" does not stand in "cabbage". */
function splitsWord(text: string, at: number): boolean {
  return /^[a-z0-9]{2}$/.test(text.slice(Math.max(at - 1, 0), at + 1)) && at > 0;
}

function likely({ ear, nearest }: EnterpriseIndex, answer: string): Enterprise[] {
  const scores = new Map<Enterprise, number>();
  const raise = (enterprise: Enterprise, score: number): void => {
    if (score >= LIKELY && score > (scores.get(enterprise) ?? 0)) scores.set(enterprise, score);
  };
  for (const words of clauses(answer)) {
    const spaced = normalise(words).text.slice(0, PIECE_MAX);
    const piece: Piece = { chars: spaced.replaceAll(" ", ""), sound: ear.hearTyped(spaced) };
    const near = nearest(`${piece.sound.units}${piece.chars}`, COMPARED_MAX);
    for (const saying of near) raise(saying.enterprise, likeness(piece, saying));
    for (const saying of telling(near, piece)) raise(saying.enterprise, partness(piece, saying));
  }
  return [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, LIKELY_MAX)
    .map(([enterprise]) => enterprise);
}

function telling(near: readonly Saying[], piece: Piece): Saying[] {
  const whole = near.filter((saying) => partness(piece, saying) > 0);
  return new Set(whole.map(({ enterprise }) => enterprise)).size > PART_OF_MAX ? [] : whole;
}

const BETWEEN = /[，。！？；：、,.!?;:\n\r]+/u;
const BEFORE =
  /^(?:你好|您好|哦|嗯|那个|咱们?|我们?|这里|这边|单位|公司|企业|工厂|厂里|名字|名称|全称|简称|应该|就|是|在|叫做?|来自|属于|的)+/u;
const AFTER =
  /(?:有限责任公司|股份有限公司|有限公司|公司|集团|企业|单位|工厂|厂|员工|职工|这边|那边|这里|那里|的人?|啊|呀|哦|呢|吧|哈|了)+$/u;

/** The clauses of an answer, each without the words around a name. */
function clauses(answer: string): string[] {
  return answer
    .split(BETWEEN)
    .map((clause) => clause.trim().replace(BEFORE, "").replace(AFTER, "").trim())
    .filter((clause) => clause.length > 1)
    .slice(0, PIECES_MAX);
}
