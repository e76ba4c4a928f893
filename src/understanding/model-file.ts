/** A model as bytes: a line of JSON with what is small, then the tables as they lie in memory. */
import { z } from "zod";
import { machineCountOf } from "./machines.ts";
import type { Model } from "./model.ts";

const MAGIC = "bangban-model";
const ALIGNMENT = 8;

const KINDS = {
  i8: Int8Array,
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f32: Float32Array,
} as const;
type TableKind = keyof typeof KINDS;
type Table = Int8Array | Uint8Array | Uint16Array | Uint32Array | Float32Array;

const number = z.number();
const numbers = z.array(number).readonly();
const headerSchema = z.strictObject({
  magic: z.literal(MAGIC),
  fingerprint: z.string(),
  labels: z.array(z.string()).readonly(),
  calibration: z.strictObject({ slopes: numbers, offsets: numbers, acts: numbers, kinds: numbers }),
  marks: z.strictObject({ high: number, low: number, talk: number }),
  pairing: z.strictObject({ halves: number, whole: number, wording: number, offset: number, mark: number }),
  syllables: z.array(z.string()).readonly(),
  tables: z.array(
    z.strictObject({ name: z.string(), kind: z.enum(["i8", "u8", "u16", "u32", "f32"]), length: z.int().min(0) }),
  ),
  /** Of all the bytes after the header. */
  checksum: z.int(),
});

export function encodeModel(model: Model): Buffer {
  const tables: [string, TableKind, Table][] = [
    ["readings", "u16", model.readings.byChar],
    ["hashes", "u32", model.vocabulary.hashes],
    ["rarity", "f32", model.vocabulary.rarity],
    ["plain", "u8", model.plain],
    ["weights", "i8", model.weights],
    ["scales", "f32", model.scales],
    ["biases", "f32", model.biases],
    ["itemStarts", "u32", model.closest.itemStarts],
    ["columnStarts", "u32", model.closest.columnStarts],
    ["phrases", "u16", model.closest.phrases],
    ["shares", "f32", model.closest.weights],
  ];
  const body = Buffer.concat(
    tables.map(([, , table]) => {
      const bytes = Buffer.alloc(aligned(table.byteLength));
      bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength));
      return bytes;
    }),
  );
  const header = JSON.stringify({
    magic: MAGIC,
    fingerprint: model.fingerprint,
    labels: model.labels,
    calibration: model.calibration,
    marks: model.marks,
    pairing: model.pairing,
    syllables: model.readings.syllables,
    tables: tables.map(([name, kind, table]) => ({ name, kind, length: table.length })),
    checksum: checksum(body),
  } satisfies z.infer<typeof headerSchema>);
  const head = Buffer.from(`${header}\n`);
  // Spaces before the line's end, so that the tables begin where numbers may be read in place.
  const padded = Buffer.alloc(aligned(head.length), " ");
  padded.set(head.subarray(0, -1));
  padded[padded.length - 1] = 10;
  return Buffer.concat([padded, body]);
}

/** @returns null for anything that is not a whole model: it is then trained anew. */
export function decodeModel(bytes: Buffer): Model | null {
  const end = bytes.indexOf(10) + 1;
  if (end === 0 || end % ALIGNMENT !== 0) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(bytes.toString("utf8", 0, end));
  } catch {
    return null;
  }
  const header = headerSchema.safeParse(raw);
  if (!header.success) return null;
  const { tables, checksum: expected, ...small } = header.data;
  // Buffers of files may start anywhere in a pool; tables of 32-bit numbers may not.
  const body = new Uint8Array(bytes.length - end);
  body.set(bytes.subarray(end));
  if (checksum(body) !== expected) return null;

  const found = new Map<string, Table>();
  let at = 0;
  for (const { name, kind, length } of tables) {
    const Kind = KINDS[kind];
    const size = length * Kind.BYTES_PER_ELEMENT;
    if (at + size > body.length) return null;
    found.set(name, new Kind(body.buffer, at, length));
    at += aligned(size);
  }
  const table = <T extends Table>(name: string, Kind: new () => T): T => {
    const known = found.get(name);
    return known instanceof Kind ? known : new Kind();
  };
  const model: Model = {
    fingerprint: small.fingerprint,
    labels: small.labels,
    calibration: small.calibration,
    marks: small.marks,
    pairing: small.pairing,
    readings: { syllables: small.syllables, byChar: table("readings", Uint16Array) },
    vocabulary: { hashes: table("hashes", Uint32Array), rarity: table("rarity", Float32Array) },
    plain: table("plain", Uint8Array),
    weights: table("weights", Int8Array),
    scales: table("scales", Float32Array),
    biases: table("biases", Float32Array),
    closest: {
      itemStarts: table("itemStarts", Uint32Array),
      columnStarts: table("columnStarts", Uint32Array),
      phrases: table("phrases", Uint16Array),
      weights: table("shares", Float32Array),
    },
  };
  const columns = model.vocabulary.hashes.length;
  const machines = machineCountOf(model.labels.length);
  const whole = model.weights.length === columns * machines && model.biases.length === machines;
  return whole && model.plain.length === columns && model.closest.columnStarts.length === columns + 1 ? model : null;
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}

/** FNV over whole words: a torn or half-written file does not pass, and 6 MB take 2 ms. */
function checksum(body: Uint8Array): number {
  const words = new Uint32Array(body.buffer, body.byteOffset, Math.floor(body.byteLength / 4));
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ (words[at] as number), 0x01000193);
  return hash >>> 0;
}
