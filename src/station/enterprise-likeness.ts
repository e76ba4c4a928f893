/** How much a piece of an answer is like a name, by its characters and by its sound: 0 nothing, 1 the same. */
import { DiceCoefficient, JaroWinklerDistance } from "natural/lib/natural/distance/index.js";
import type { Saying } from "./enterprise-index.ts";
import type { Sound } from "./enterprise-sound.ts";

/** What a person typed, or one clause of it. */
export interface Piece {
  readonly chars: string;
  readonly sound: Sound;
}

/** A homophone is a little less sure than the character itself. */
const SOUND = 0.97;
/** Two syllables that only sound alike (好的, 豪德) are chance rather than a slip. */
const ONLY_SOUND = 0.8;
/** A name picked out of a longer sentence. */
const PICKED = 0.9;

export function likeness(piece: Piece, saying: Saying): number {
  const { units, beside } = piece.sound;
  const start = bestStart(units, saying.sounds);
  const cut = (text: string): string => text.slice(start, start + saying.sounds.length);
  const picked = units.length > saying.sounds.length + 1;
  const sounds = picked ? cut(units) : units;
  const chars = picked && beside ? cut(piece.chars) : piece.chars;
  const chance = beside && sounds.length < 3 && !shares(chars, saying.chars);
  const alike = Math.max(
    closeness(chars, saying.chars),
    closeness(sounds, saying.sounds) * SOUND * (chance ? ONLY_SOUND : 1),
  );
  return picked ? alike * PICKED : alike;
}

/** 恒通 for 恒通汽配: a part that people say for the whole. 0 where the piece is no part of the name. */
export function partness({ chars, sound }: Piece, saying: Saying): number {
  const { units, beside } = sound;
  if (units.length < 2) return 0;
  const share = units.length / saying.sounds.length;
  if (beside && saying.chars.includes(chars)) return 0.75 + 0.2 * share;
  const enough = beside ? 3 : 2;
  return units.length >= enough && saying.sounds.includes(units) ? 0.7 + 0.2 * share : 0;
}

/** Jaro-Winkler looks at the beginning, where names differ; Dice at neighbours, which chance does not repeat. */
function closeness(a: string, b: string): number {
  if (a === "" || b === "") return 0;
  return (JaroWinklerDistance(a, b) + DiceCoefficient(a, b)) / 2;
}

/** Where the name would have to begin in the piece for most of its syllables to stand in their places. */
function bestStart(units: string, name: string): number {
  let best = 0;
  let most = -1;
  for (let start = 0; start <= units.length - name.length; start++) {
    let same = 0;
    for (let index = 0; index < name.length; index++) if (units[start + index] === name[index]) same++;
    if (same > most) {
      most = same;
      best = start;
    }
  }
  return best;
}

function shares(a: string, b: string): boolean {
  for (const char of a) if (b.includes(char)) return true;
  return false;
}
