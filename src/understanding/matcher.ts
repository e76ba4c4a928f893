/** Reading one message: fast, without waiting, and never failing, whatever was typed. */
import { toProbabilities } from "./calibrate.ts";
import { countsForCloseness, findClosest } from "./closest.ts";
import { asksAboutCommand, type CommandWord, carriesWords, commandAtStart } from "./command-words.ts";
import { findReasons } from "./explanation.ts";
import { openExtractor, type Pieces } from "./features.ts";
import type { Intents } from "./intents.ts";
import { judge, strongest, type Verdict, weigh } from "./judge.ts";
import { machineCountOf, openScorer } from "./machines.ts";
import { kindOf, type Model } from "./model.ts";
import { type Normalised, normalise } from "./normalise.ts";
import { openSegmenter } from "./segmenter.ts";
import { findPair, mayBeTwo, oddsOfTwo, standingAlone } from "./two-requests.ts";
import type { Candidate, CommandId, Understanding } from "./understanding.ts";
import { openVectoriser, type Row } from "./vocabulary.ts";

export interface Matcher {
  understand(text: string): Understanding;
}

/** A message taken apart. Pieces and row are shared buffers: the next message overwrites them. */
interface Reading {
  readonly sentence: Normalised;
  readonly pieces: Pieces;
  readonly row: Row;
}

const CANDIDATES = 5;
const COMMANDS = 3;
/** Shorter rests are names, dates, 谢谢. */
const REST_MIN = 4;
/** Two requests are looked for no further than this (UTF-16 units). */
const DIVIDED_MAX = 200;
/** A command word that stands alone, or is followed by its separator, leaves no doubt. */
const SURE = 0.99;

const ITEM = 0;
const COMMAND = 3;

export function openMatcher(model: Model, intents: Intents): Matcher {
  const { labels, calibration, marks, pairing, weights } = model;
  const classCount = labels.length;
  const kinds = Uint8Array.from(labels, kindOf);
  const extract = openExtractor(model.readings, openSegmenter());
  const vectorise = openVectoriser(model.vocabulary);
  const phrases = labels.map((label) => intents.items.get(label)?.phrases ?? []);
  const noneClass = labels.indexOf("none");
  const otherClass = labels.indexOf("other");
  const machines = machineCountOf(classCount);
  const scoreOf = openScorer(model);
  const probabilities = new Float32Array(classCount);

  /** @returns how much the sentence is worded like two requests. */
  function score({ count, columns, values }: Row): number {
    const scores = scoreOf(columns, values, 0, count);
    toProbabilities(scores, kinds, calibration, probabilities);
    return scores.wording[0] as number;
  }

  function candidatesOf(): Candidate[] {
    return strongest(probabilities, kinds, ITEM, CANDIDATES).map((index) => ({
      item: labels[index] as string,
      confidence: probabilities[index] as number,
    }));
  }

  function commandsOf(): Understanding["commands"] {
    return strongest(probabilities, kinds, COMMAND, COMMANDS).map((index) => ({
      command: commandOf(labels[index] as string),
      confidence: probabilities[index] as number,
    }));
  }

  let looked: Normalised | null = null;

  function look(text: string): Reading {
    const sentence = normalise(text);
    looked = sentence;
    const pieces = extract(sentence);
    return { sentence, pieces, row: vectorise(pieces) };
  }

  function read(text: string): Reading & { readonly wording: number } {
    const reading = look(text);
    return { ...reading, wording: score(reading.row) };
  }

  /** What the command word at the message's head makes of the verdict; `probabilities` hold the message's own. */
  function heed(word: CommandWord, verdict: Verdict): Verdict {
    const index = labels.indexOf(`command:${word.command}`);
    if (word.sure) return { kind: "command", confidence: Math.max(SURE, probabilities[index] ?? 0), classes: [index] };
    if (verdict.classes[0] !== index) return verdict;
    if (asksAboutCommand(word)) {
      // Not the order itself, then: whatever else it is likeliest to be.
      const left = 1 - (probabilities[index] ?? 0);
      for (let other = 0; other < classCount; other++) {
        probabilities[other] = other === index ? 0 : (probabilities[other] as number) / (left || 1);
      }
      return judge(weigh(probabilities, kinds), marks);
    }
    if (carriesWords(word.command) || word.rest.length < REST_MIN) return verdict;
    // 菜单上的场地怎么借: what follows is a request of its own.
    const kept = probabilities.slice();
    read(word.rest);
    const alone = judge(weigh(probabilities, kinds), marks);
    if (alone.kind === "item") return alone;
    probabilities.set(kept);
    return verdict;
  }

  /** Two tickets where two are asked for; `probabilities` hold the whole message's own, before and after. */
  function divide(text: string, verdict: Verdict, wording: number): Verdict & { texts?: readonly string[] } {
    if ((verdict.kind !== "item" && verdict.kind !== "unclear") || !mayBeTwo(pairing, wording)) return verdict;
    const whole = probabilities.slice();
    const pair = findPair(text.slice(0, DIVIDED_MAX), whole, kinds, (half) => {
      read(half);
      return probabilities;
    });
    probabilities.set(whole);
    if (pair === null) return verdict;
    const odds = oddsOfTwo(pairing, pair, wording);
    if (odds < pairing.mark) return verdict;
    // What was too long to be looked at belongs to the second.
    const [first, second] = [pair.texts[0], pair.texts[1] + text.slice(DIVIDED_MAX)];
    const confidence = 1 / (1 + Math.exp(pairing.mark - odds));
    return { kind: "item", confidence, classes: pair.items, texts: [first, second].map(standingAlone) };
  }

  function partsOf(classes: readonly number[], texts: readonly string[]): NonNullable<Understanding["parts"]> {
    return classes.map((index, at) => ({ item: labels[index] as string, text: texts[at] ?? "" }));
  }

  function reasonsOf(text: string, { sentence, pieces, row }: Reading, winner: number): readonly string[] {
    return findReasons(text, sentence, pieces, row, (place) => {
      const column = row.columns[place] as number;
      return (row.values[place] as number) * (weights[column * machines + winner] as number);
    });
  }

  function closestOf(item: number, { pieces, row }: Reading): Understanding["closest"] {
    const known = phrases[item] ?? [];
    const columns: number[] = [];
    for (let piece = 0; piece < pieces.count; piece++) {
      const place = row.places[piece] as number;
      if (place !== -1 && countsForCloseness(pieces, piece)) columns.push(row.columns[place] as number);
    }
    const phrase = known[findClosest(model.closest, item, columns)];
    return phrase === undefined ? null : { item: labels[item] as string, phrase };
  }

  return { understand: rememberingLast(understand) };

  function understand(text: string): Understanding {
    let reading = read(text);
    let verdict: Verdict & { texts?: readonly string[] } = { kind: "none", confidence: 1, classes: [] };
    if (!isEmptyOrNumber(reading.sentence.text)) {
      verdict = judge(weigh(probabilities, kinds), marks);
      const word = commandAtStart(text, intents.commands);
      if (word) {
        verdict = heed(word, verdict);
      }
      const { wording } = reading;
      if (!word?.sure) {
        verdict = divide(text, verdict, wording);
        // Where parts were read by themselves, their pieces are in the shared buffers now.
        if (looked !== reading.sentence) reading = { ...look(text), wording };
      }
    }
    const { kind, confidence, classes } = verdict;
    const opens = kind === "item" || kind === "unclear";
    const candidates = candidatesOf();
    const winner = classes[0] ?? (kind === "other" ? otherClass : noneClass);
    const command = kind === "command" ? commandOf(labels[winner] as string) : null;
    return {
      kind,
      items: opens ? classes.map((index) => labels[index] as string) : [],
      ...(verdict.texts ? { parts: partsOf(classes, verdict.texts) } : {}),
      command,
      confidence,
      candidates,
      commands: command ? leadWith({ command, confidence }, commandsOf()) : commandsOf(),
      because: reasonsOf(text, reading, winner),
      closest: closestOf(opens ? winner : labels.indexOf(candidates[0]?.item ?? ""), reading),
    };
  }
}

/** One decision may ask about one text several times. */
function rememberingLast(understand: (text: string) => Understanding): (text: string) => Understanding {
  let last: { text: string; understanding: Understanding } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, understanding: understand(text) };
    return last.understanding;
  };
}

type Commands = Understanding["commands"];

function leadWith(first: Commands[number], others: Commands): Commands {
  return [first, ...others.filter(({ command }) => command !== first.command)].slice(0, COMMANDS);
}

/** A mark, a year, a telephone number: without a question before it, it asks for nothing. */
function isEmptyOrNumber(text: string): boolean {
  return /^[0-9 ]*$/.test(text);
}

function commandOf(label: string): CommandId {
  return label.slice("command:".length) as CommandId;
}
