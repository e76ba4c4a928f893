/** The pieces that the desk's phrases are made of, and how much each tells: a sentence becomes a row of numbers. */
import { KIND_WEIGHTS, type Pieces } from "./features.ts";

/** A column is worth having when at least so many phrases share it. */
const SEEN_MIN = 2;

export interface Vocabulary {
  /** The hash of each column's piece. */
  readonly hashes: Uint32Array;
  /** How rare the piece is among the phrases. */
  readonly rarity: Float32Array;
}

/** A sentence as columns and values, of length 1 as a vector. Reused: read it before asking again. */
export interface Row {
  count: number;
  columns: Int32Array;
  values: Float32Array;
  /** For each piece of the sentence, its place in `columns`, or -1 where no phrase has it. */
  places: Int32Array;
  /** For each place in `columns`, how many pieces share it. */
  repeats: Uint16Array;
}

export type Vectoriser = (pieces: Pieces) => Row;

/**
 * Counts each phrase once per piece. A piece of a single phrase is left out: it cannot be shared with any other, and
 * such pieces would be two thirds of the table (measured out of fold: no loss).
 */
export function buildVocabulary(sentences: Iterable<Pieces>): Vocabulary {
  const found = new Map<number, number>();
  let total = 0;
  for (const { count, hashes } of sentences) {
    total += 1;
    for (const hash of new Set(hashes.subarray(0, count))) found.set(hash, (found.get(hash) ?? 0) + 1);
  }
  // The commonest first: training jumps about in these columns millions of times, and neighbours share a cache line.
  const columns = [...found].filter(([, seen]) => seen >= SEEN_MIN).sort(([, a], [, b]) => b - a);
  return {
    hashes: Uint32Array.from(columns, ([hash]) => hash),
    rarity: Float32Array.from(columns, ([, seen]) => rarityOf(seen, total)),
  };
}

function rarityOf(seen: number, total: number): number {
  return 1 + Math.log((1 + total) / (1 + seen));
}

export function openVectoriser({ hashes, rarity }: Vocabulary): Vectoriser {
  const bits = Math.ceil(Math.log2(Math.max(16, hashes.length * 2)));
  const mask = 2 ** bits - 1;
  const slots = new Int32Array(2 ** bits).fill(-1);
  hashes.forEach((hash, column) => {
    let slot = hash & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = column;
  });
  const columnOf = (hash: number): number => {
    let slot = hash & mask;
    for (;;) {
      const column = slots[slot] ?? -1;
      if (column === -1 || hashes[column] === hash) return column;
      slot = (slot + 1) & mask;
    }
  };
  // What no phrase contains is as rare as what one contains: it takes its share of the row, so that a sentence of
  // mostly unknown pieces stays unsure.
  const rarest = rarity.reduce((most, value) => Math.max(most, value), 1);

  const placeOf = new Int32Array(hashes.length).fill(-1);
  const row: Row = {
    count: 0,
    columns: new Int32Array(0),
    values: new Float32Array(0),
    places: new Int32Array(0),
    repeats: new Uint16Array(0),
  };

  return ({ count, hashes: asked, kinds }) => {
    if (row.columns.length < count) {
      row.columns = new Int32Array(count);
      row.values = new Float32Array(count);
      row.places = new Int32Array(count);
      row.repeats = new Uint16Array(count);
    }
    const { columns, values, places, repeats } = row;
    let used = 0;
    let squares = 0;
    for (let piece = 0; piece < count; piece++) {
      const weight = KIND_WEIGHTS[kinds[piece] ?? 0] ?? 0;
      const column = columnOf(asked[piece] ?? 0);
      if (column === -1) {
        places[piece] = -1;
        squares += (weight * rarest) ** 2;
        continue;
      }
      let place = placeOf[column] ?? -1;
      if (place === -1) {
        place = used++;
        placeOf[column] = place;
        columns[place] = column;
        values[place] = weight * (rarity[column] ?? 1);
        repeats[place] = 0;
      }
      repeats[place] = (repeats[place] ?? 0) + 1;
      places[piece] = place;
    }
    for (let place = 0; place < used; place++) {
      placeOf[columns[place] ?? 0] = -1;
      const value = (values[place] ?? 0) * (1 + Math.log(repeats[place] ?? 1));
      values[place] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares) || 1;
    for (let place = 0; place < used; place++) values[place] = (values[place] ?? 0) / length;
    row.count = used;
    return row;
  };
}
