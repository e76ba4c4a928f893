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
    const again = heading === "" ? [] : [continued(heading)];
    // No heading stands alone at the end of a part, nor does the head of a list.
    const opening = heading === "" ? [] : [heading];
    if (free() < bytesOf([...opening, ...together(lines, 0, opening, room)]) && free() < room) parts.push([]);
    for (const line of opening) put(line);
    let list: string[] = [];
    for (const [index, line] of lines.entries()) {
      if (!CASE.test(line)) list = [];
      for (const piece of piecesOf(line, room - bytesOf([...again, ""]))) {
        const wanted = piece === line ? together(lines, index, again, room) : [piece];
        if (free() < bytesOf(wanted))
          parts.push(bytesOf([...again, ...list, piece]) <= room ? [...again, ...list] : [...again]);
        put(piece);
      }
      if (line.endsWith(LIST_END)) list = [`${continued(line.slice(0, -LIST_END.length))}${LIST_END}`];
    }
  }
  return parts;
}

/** How the head of a list ends, and how its cases begin (letter.ts). */
const LIST_END = "：";
const CASE = /^(?:#|……)/u;

/** A line, and its first case where it is the head of a list, as far as a part can hold both. */
function together(lines: readonly string[], index: number, behind: readonly string[], room: number): string[] {
  const [line = "", first] = lines.slice(index, index + 2);
  const both = first !== undefined && line.endsWith(LIST_END) && bytesOf([...behind, line, first]) <= room;
  return both ? [line, first] : [line];
}

function bytesOf(lines: readonly string[]): number {
  return Buffer.byteLength(lines.join("\n"));
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
