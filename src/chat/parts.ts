/** A text too long for one message, in parts that each say what they belong to. Pure. */
import assert from "node:assert";

/** No line break is waited for in the first half of a part: many short messages read worse than a cut line. */
const LINE_FROM = 0.5;
/** Of a part. A list of many tickets names each in its own line: all their numbers before every part would leave no room. */
const HEAD_SHARE_MAX = 1 / 4;
/** Longer than any emoji that people send. */
const GRAPHEME_LENGTH_MAX = 64;

const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });

/**
 * `head`: what every part begins with, as a rule the ticket's number, because a quote-reply carries only the part that
 * was quoted: "#1123-017（2/3）"; left out where it would take too much of the part. What follows the heads is the text, character by character.
 */
export function splitText(text: string, bytesMax: number, head: string | null): string[] {
  if (Buffer.byteLength(text) <= bytesMax) return [text];
  const kept = Buffer.byteLength(head ?? "") > bytesMax * HEAD_SHARE_MAX ? null : head;
  // How many parts there are decides how long their heads are.
  for (let digits = 1; ; digits++) {
    const widest = "9".repeat(digits);
    const room = bytesMax - Buffer.byteLength(headOf(kept, widest, widest));
    assert.ok(room >= 4, `no room for a character in ${bytesMax} bytes`);
    const pieces = cut(text, room);
    const count = String(pieces.length);
    if (count.length <= digits) return pieces.map((piece, index) => headOf(kept, String(index + 1), count) + piece);
  }
}

function headOf(head: string | null, part: string, count: string): string {
  return `${head ?? ""}（${part}/${count}）\n`;
}

function cut(text: string, room: number): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = endOfPiece(text, from, room);
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

function endOfPiece(text: string, from: number, room: number): number {
  const end = fitting(text, from, room);
  if (end === text.length) return end;
  const line = text.lastIndexOf("\n", end - 1) + 1;
  if (line >= from + (end - from) * LINE_FROM) return line;
  return wholeGrapheme(text, from, end);
}

/** The furthest end of a code point within so many bytes. */
function fitting(text: string, from: number, room: number): number {
  let bytes = 0;
  let end = from;
  while (end < text.length) {
    const point = text.codePointAt(end) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (bytes > room) return end;
    end += point < 0x10000 ? 1 : 2;
  }
  return end;
}

/** Moves a cut before the emoji or the accented letter that it would fall into. */
function wholeGrapheme(text: string, from: number, end: number): number {
  const around = text.slice(from, end + GRAPHEME_LENGTH_MAX);
  const start = from + (graphemes.segment(around).containing(end - from)?.index ?? end - from);
  // One that fills the whole part is cut all the same.
  return start > from ? start : end;
}
