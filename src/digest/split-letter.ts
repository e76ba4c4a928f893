/** A letter in parts that a channel takes (bytes, not characters): each part has the title, and the heading of what it goes on with. Pure. */
import assert from "node:assert/strict";
import { continued } from "../words/letters.ts";
import { type Letter, letterText } from "./letter.ts";

export function splitLetter(letter: Letter, bytesMax: number): string[] {
  const whole = letterText(letter);
  if (Buffer.byteLength(whole) <= bytesMax) return [whole];
  // How many parts there are decides how long their titles are.
  for (let digits = 1; ; digits++) {
    const widest = "9".repeat(digits);
    const parts = pack(letter, bytesMax - Buffer.byteLength(`${partTitle(letter.title, widest, widest)}\n`));
    const count = String(parts.length);
    if (count.length > digits) continue;
    return parts.map((lines, index) => [partTitle(letter.title, String(index + 1), count), ...lines].join("\n"));
  }
}

function partTitle(title: string, part: string, count: string): string {
  return `${title}（${part}/${count}）`;
}

function pack({ sections }: Letter, room: number): string[][] {
  const parts: string[][] = [[]];
  const free = (): number => room - Buffer.byteLength((parts.at(-1) ?? []).map((line) => `${line}\n`).join(""));
  const put = (line: string): void => {
    parts.at(-1)?.push(line);
  };
  for (const { heading, lines } of sections) {
    let under = heading;
    const [first = ""] = lines;
    // No heading stands alone at the end of a part.
    if (free() < Buffer.byteLength(`${heading}\n${first}`) && free() < room) parts.push([]);
    if (heading !== "") put(heading);
    for (const line of lines) {
      const most = room - Buffer.byteLength(heading === "" ? "" : `${continued(heading)}\n`);
      for (const piece of piecesOf(line, most)) {
        if (free() < Buffer.byteLength(piece)) {
          under = heading === "" ? "" : continued(heading);
          parts.push(under === "" ? [] : [under]);
        }
        put(piece);
      }
    }
  }
  return parts;
}

/** A line that no part could hold whole is cut between characters. */
function piecesOf(line: string, bytesMax: number): string[] {
  if (Buffer.byteLength(line) <= bytesMax) return [line];
  assert.ok(bytesMax >= 4, `no room for a character in ${bytesMax} bytes`);
  const pieces: string[] = [];
  let piece = "";
  for (const character of line) {
    if (Buffer.byteLength(piece) + Buffer.byteLength(character) > bytesMax) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece];
}
