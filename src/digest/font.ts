/**
 * The few characters of one picture as a font of their own. A CJK font has sixty thousand glyphs, and the drawing library reads
 * all of it again for each text: seventy milliseconds a text, against a quarter of one with a font of a hundred glyphs.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import subsetFont from "subset-font";

export interface FontFile {
  readonly path: string;
  /** Of a collection (.ttc): which of its fonts; they differ in how a character is written where. */
  readonly index: number;
}

const COLLECTION = "ttcf";
/** Of a table of tables: its head, and what is said of each table (OpenType, "Organization of an OpenType Font"). */
const HEAD_BYTES = 12;
const ENTRY_BYTES = 16;

/** Hands over a font file with all characters of `text` in it, and takes it away again. */
export async function withFontFor<T>(font: FontFile, text: string, draw: (path: string) => T): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "bangban-font-"));
  try {
    const few = await subsetFont(singleFont(await readFile(font.path), font.index), text, { targetFormat: "sfnt" });
    const path = join(folder, "font.otf");
    await writeFile(path, few);
    return draw(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One font out of a collection, which shares its tables with the others; any other file as it is. */
export function singleFont(file: Buffer<ArrayBuffer>, index: number): Buffer<ArrayBuffer> {
  if (file.toString("latin1", 0, 4) !== COLLECTION) return file;
  const begin = file.readUInt32BE(HEAD_BYTES + 4 * index);
  const count = file.readUInt16BE(begin + 4);
  const head = Buffer.from(file.subarray(begin, begin + HEAD_BYTES + ENTRY_BYTES * count));
  const parts = [head];
  let place = head.length;
  for (let at = HEAD_BYTES; at < head.length; at += ENTRY_BYTES) {
    const offset = head.readUInt32BE(at + 8);
    const length = head.readUInt32BE(at + 12);
    // Each begins at a multiple of four bytes.
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    head.writeUInt32BE(place, at + 8);
    parts.push(file.subarray(offset, offset + length), padding);
    place += length + padding.length;
  }
  return Buffer.concat(parts);
}
