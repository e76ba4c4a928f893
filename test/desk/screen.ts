/** A telephone's screen: twenty rows of twenty Chinese characters, two digits or letters beside each other in the room of one. */
export const ROWS_MAX = 20;
const COLUMNS = 40;

export function rowsOf(text: string): number {
  return text.split("\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(columnsOf(line) / COLUMNS)), 0);
}

function columnsOf(line: string): number {
  return [...line].reduce((sum, character) => sum + (/[\u2010-\uffee]/u.test(character) ? 2 : 1), 0);
}
