/** A worksheet as XML, row by row (ECMA-376). A text is a text whatever it begins with: no cell is ever a formula. Pure. */

/** `date` in ms, shown as Shanghai's. */
export type Cell = string | number | { readonly date: number } | null;

export interface Column {
  readonly title: string;
  /** In characters of Latin script; a Chinese one takes two. */
  readonly width: number;
}

export interface Sheet {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;
}

/** Of styles.xml in workbook.ts. */
const STYLE = { plain: 0, header: 1, date: 2 } as const;

const SHANGHAI_MS = 8 * 3_600_000;
/** Days from Excel's beginning to 1970. */
const EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;
/** Of one cell; Excel calls a file with more broken. */
const CHARACTERS_MAX = 32_767;
const CHUNK = 1 << 16;
/** What a reader would take away. */
const SPACES = /^\s|\s$|[\t\n]|\s\s/u;

/** `onRows`: how many rows there were, the header with them. */
export async function* sheetXml({ columns, rows }: Sheet, onRows: (count: number) => void): AsyncGenerator<string> {
  const letters = columns.map((_, i) => columnLetters(i));
  const widths = columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  let text = [
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`,
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">`,
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<cols>${widths.join("")}</cols><sheetData>`,
    rowXml(
      1,
      letters,
      columns.map(({ title }) => title),
      STYLE.header,
    ),
  ].join("");
  let count = 1;
  for await (const row of rows) {
    count += 1;
    text += rowXml(count, letters, row, STYLE.plain);
    if (text.length < CHUNK) continue;
    yield text;
    text = "";
  }
  onRows(count);
  yield `${text}</sheetData><autoFilter ref="A1:${letters.at(-1)}${count}"/></worksheet>`;
}

export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

export function escapeXml(text: string): string {
  if (!/[<>&"\r\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text)) return text;
  return (
    text
      // What XML cannot say at all; a lone half of a character among it.
      .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
      .replace(/\r\n?/gu, "\n")
      .replace(/&/gu, "&amp;")
      .replace(/</gu, "&lt;")
      .replace(/>/gu, "&gt;")
      .replace(/"/gu, "&quot;")
  );
}

function rowXml(number: number, letters: readonly string[], cells: readonly Cell[], style: number): string {
  let xml = `<row r="${number}">`;
  for (let i = 0; i < cells.length; i++) xml += cellXml(`${letters[i]}${number}`, cells[i] ?? null, style);
  return `${xml}</row>`;
}

function cellXml(place: string, cell: Cell, style: number): string {
  if (cell === null || cell === "") return "";
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === "object") {
    const days = (cell.date + SHANGHAI_MS) / DAY_MS + EPOCH_DAYS;
    return `<c r="${place}" s="${STYLE.date}"><v>${days.toFixed(8)}</v></c>`;
  }
  const styled = style === STYLE.plain ? "" : ` s="${style}"`;
  const text = escapeXml(cell.length > CHARACTERS_MAX ? cell.slice(0, CHARACTERS_MAX) : cell);
  // Excel reads _x0041_ as an escape of its own: an underscore before it says that it is none.
  const literal = text.includes("_x") ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/gu, "_x005F_") : text;
  // A quarter of the file would be these words, were they said of every cell.
  const spaces = SPACES.test(literal) ? ' xml:space="preserve"' : "";
  return `<c r="${place}" t="inlineStr"${styled}><is><t${spaces}>${literal}</t></is></c>`;
}
