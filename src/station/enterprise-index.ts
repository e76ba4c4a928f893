/** Every name and alias of the station's enterprises, laid out once so that an answer is compared with few of them. */
import { type Readings, readReadings } from "../understanding/pinyin.ts";
import { coreOf, foldName } from "./enterprise-name.ts";
import { type Ear, openEar } from "./enterprise-sound.ts";
import type { Enterprise, Station } from "./station.ts";

/** One way to say an enterprise's name, without brackets and legal form. */
export interface Saying {
  readonly enterprise: Enterprise;
  readonly chars: string;
  readonly sounds: string;
}

export interface EnterpriseIndex {
  readonly ear: Ear;
  /** Full names and aliases, and cores, each with whom they may mean. */
  readonly names: ReadonlyMap<string, ReadonlySet<Enterprise>>;
  readonly cores: ReadonlyMap<string, ReadonlySet<Enterprise>>;
  /** What may be looked for inside a sentence, and which lengths there are. */
  readonly spoken: ReadonlyMap<string, ReadonlySet<Enterprise>>;
  readonly spokenLengths: readonly number[];
  /** The sayings that share most with these sounds, rare syllables counting more. */
  nearest(units: Iterable<string>, most: number): Saying[];
}

/** A name of one character, or a core of two, stands in too many sentences by chance. */
const SPOKEN_NAME_MIN = 2;
const SPOKEN_CORE_MIN = 3;

/** Readings cost 200 ms where no model that keeps them is at hand: whoever has one passes its own. */
export function openEnterpriseIndex(
  { enterprises }: Pick<Station, "enterprises">,
  readings: Readings = readReadings(),
): EnterpriseIndex {
  const ear = openEar(readings);
  const names = new Map<string, Set<Enterprise>>();
  const cores = new Map<string, Set<Enterprise>>();
  const spoken = new Map<string, Set<Enterprise>>();
  const sayings: Saying[] = [];
  for (const enterprise of enterprises) {
    const own = new Set<string>();
    for (const written of [enterprise.name, ...enterprise.aliases]) {
      const name = foldName(written);
      const core = coreOf(written);
      add(names, name, enterprise);
      add(cores, core, enterprise);
      if (name.length >= SPOKEN_NAME_MIN) add(spoken, name, enterprise);
      if (core.length >= SPOKEN_CORE_MIN) add(spoken, core, enterprise);
      own.add(core);
    }
    for (const chars of own) if (chars !== "") sayings.push({ enterprise, chars, sounds: ear.hear(chars).units });
  }
  return {
    ear,
    names,
    cores,
    spoken,
    spokenLengths: [...new Set([...spoken.keys()].map(({ length }) => length))].sort((a, b) => a - b),
    nearest: openNearest(sayings),
  };
}

function openNearest(sayings: readonly Saying[]): EnterpriseIndex["nearest"] {
  const postings = new Map<string, number[]>();
  sayings.forEach(({ sounds }, index) => {
    for (const unit of new Set(sounds)) {
      const known = postings.get(unit);
      if (known) known.push(index);
      else postings.set(unit, [index]);
    }
  });
  const weights = new Float64Array(sayings.length);
  return (units, most) => {
    weights.fill(0);
    const touched = new Set<number>();
    for (const unit of new Set(units)) {
      const posting = postings.get(unit) ?? [];
      const weight = Math.log(1 + sayings.length / posting.length);
      for (const index of posting) {
        weights[index] = (weights[index] ?? 0) + weight;
        touched.add(index);
      }
    }
    const weightOf = (index: number): number => weights[index] ?? 0;
    return [...touched]
      .sort((a, b) => weightOf(b) - weightOf(a) || a - b)
      .slice(0, most)
      .flatMap((index) => sayings[index] ?? []);
  };
}

function add(map: Map<string, Set<Enterprise>>, key: string, enterprise: Enterprise): void {
  if (key === "") return;
  const known = map.get(key);
  if (known) known.add(enterprise);
  else map.set(key, new Set([enterprise]));
}
