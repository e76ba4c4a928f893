/**
 * A zip written as it goes: each entry is compressed while it is made, its sizes stand behind it (APPNOTE 4.4.4, bit 3), so
 * that a file of any length takes no more memory than a chunk. No entry and no file reaches 4 GB.
 */
import { once } from "node:events";
import type { Writable } from "node:stream";
import * as zlib from "node:zlib";

export interface Zip {
  entry(name: string, chunks: AsyncIterable<string> | Iterable<string>): Promise<void>;
  /** Writes the directory; the sink stays open. */
  finish(): Promise<void>;
}

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Sheets are mostly alike: more than this takes three times as long for a tenth less. */
const LEVEL = 3;
const CHUNK = 1 << 16;
/** Sizes follow, names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** 1980-01-01: the file says what it holds, not when it was made. */
const DOS_DATE = 0x21;

export function openZip(sink: Writable): Zip {
  const entries: Entry[] = [];
  let offset = 0;
  const write = async (bytes: Buffer): Promise<void> => {
    offset += bytes.length;
    if (!sink.write(bytes)) await once(sink, "drain");
  };
  return {
    async entry(name, chunks) {
      const begin = offset;
      const nameBytes = Buffer.from(name);
      await write(Buffer.concat([localHeader(nameBytes), nameBytes]));
      const packer = zlib.createDeflateRaw({ level: LEVEL, chunkSize: CHUNK });
      const packed = (async () => {
        let length = 0;
        for await (const bytes of packer) {
          length += (bytes as Buffer).length;
          await write(bytes as Buffer);
        }
        return length;
      })();
      // Its failure is told by the await below.
      packed.catch(() => packer.destroy());
      let crc = 0;
      let size = 0;
      try {
        for await (const chunk of chunks) {
          const bytes = Buffer.from(chunk);
          crc = crc32(bytes, crc);
          size += bytes.length;
          if (!packer.write(bytes)) await once(packer, "drain");
        }
        packer.end();
      } catch (error) {
        packer.destroy();
        throw error;
      }
      const entry = { name: nameBytes, crc, packed: await packed, size, offset: begin };
      entries.push(entry);
      await write(sizesOf(entry));
    },
    async finish() {
      const directory = offset;
      for (const entry of entries) await write(Buffer.concat([directoryHeader(entry), entry.name]));
      await write(endRecord(entries.length, offset - directory, directory));
    },
  };
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt16LE(name.length, 26);
  return header;
}

function sizesOf({ crc, packed, size }: Entry): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc, 4);
  bytes.writeUInt32LE(packed, 8);
  bytes.writeUInt32LE(size, 12);
  return bytes;
}

function directoryHeader({ name, crc, packed, size, offset }: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt16LE(DEFLATED, 10);
  header.writeUInt16LE(DOS_DATE, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(offset, 42);
  return header;
}

function endRecord(count: number, length: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(length, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

// Node 20.12 has none of its own yet.
const crc32: (bytes: Buffer, before: number) => number = (zlib as Partial<typeof zlib>).crc32 ?? ownCrc32;

const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function ownCrc32(bytes: Buffer, before: number): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = (TABLE[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}
