/** How names sound: one unit a syllable, so that distances between texts become distances between pronunciations. */
import { openSplitter, type Readings, readingOf } from "../understanding/pinyin.ts";

export interface Sound {
  /** One UTF-16 unit a syllable; letters and digits that are no pinyin stand for themselves. */
  readonly units: string;
  /** False where something was typed in pinyin: then units and characters do not stand side by side. */
  readonly beside: boolean;
}

export interface Ear {
  /** A name as it is written: its latin letters are letters. */
  hear(name: string): Sound;
  /** What a person typed: its latin letters may be pinyin. */
  hearTyped(text: string): Sound;
}

/** Where the units of syllables begin: any place outside latin will do, this one has no capitals and no spaces. */
const FIRST_UNIT = 0x4e00;
const RUN = /[a-z]+|[^a-z]/gu;

export function openEar(readings: Readings): Ear {
  const split = openSplitter(readings);
  const known = new Map<string, number>();
  const unitOf = readings.syllables.map((syllable) => {
    const folded = foldSyllable(syllable);
    const index = known.get(folded) ?? known.size;
    known.set(folded, index);
    return String.fromCharCode(FIRST_UNIT + index);
  });
  const say = (reading: number): string => unitOf[reading - 1] ?? "";
  const sayChar = (char: string): string => say(readingOf(readings, char.charCodeAt(0))) || char;

  return {
    hear: (name) => ({ units: name.replace(/./gu, sayChar), beside: true }),
    hearTyped(text) {
      let beside = true;
      const units = text.replace(RUN, (run) => {
        const syllables = run.length > 1 ? split(run) : null;
        if (syllables) beside = false;
        return syllables ? syllables.map(say).join("") : run.replace(/./gu, sayChar);
      });
      return { units: units.replaceAll(" ", ""), beside };
    },
  };
}

/** Ningbo's ear: zh and z, sh and s, -ng and -n are hardly told apart when spoken or typed. */
function foldSyllable(syllable: string): string {
  return syllable.replace(/^([zcs])h/, "$1").replace(/ng$/, "n");
}
