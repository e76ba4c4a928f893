/**
 * Asking, telling or reporting, whatever the subject: 党费怎么交 and 党费交好了 share their subject and nothing else.
 * A second, small machine looks only at pieces that belong to no subject (怎么, 已经, 了, 能不能), so that one strong
 * word of the menu cannot make a request of a remark.
 */
import type { Rows } from "./svm.ts";

/** For each of `KINDS`, which act it is: an item and `other` are both asking. */
export const ACT_OF_KIND = [0, 0, 1, 2] as const;
export const ACTS = 3;

/** A piece belongs to a subject when one item has more than this share of its uses among the items … */
const SHARE_MAX = 0.25;
/** … and items have at least this share of all its uses. */
const ITEMS_MIN = 0.3;

/** 1 for each column that tells nothing about the subject; 0 also for what the given rows never use. */
export function findPlain(
  rows: Rows,
  columnCount: number,
  use: Int32Array,
  truth: Int32Array,
  kinds: Uint8Array,
): Uint8Array {
  const uses = new Uint16Array(columnCount);
  const itemUses = new Uint16Array(columnCount);
  const most = new Uint16Array(columnCount);
  const own = new Uint16Array(columnCount);
  const byLabel = new Map<number, number[]>();
  for (const row of use) {
    const members = byLabel.get(truth[row] as number);
    if (members) members.push(row);
    else byLabel.set(truth[row] as number, [row]);
  }
  for (const [label, members] of byLabel) {
    const isItem = kinds[label] === 0;
    own.fill(0);
    for (const row of members) {
      for (let at = rows.offsets[row] as number, end = rows.offsets[row + 1] as number; at < end; at++) {
        const column = rows.columns[at] as number;
        uses[column] = (uses[column] as number) + 1;
        if (!isItem) continue;
        itemUses[column] = (itemUses[column] as number) + 1;
        own[column] = (own[column] as number) + 1;
        if ((own[column] as number) > (most[column] as number)) most[column] = own[column] as number;
      }
    }
  }
  return Uint8Array.from({ length: columnCount }, (_, column) => {
    const items = itemUses[column] as number;
    const all = uses[column] as number;
    const subject = items > 0 && (most[column] as number) > SHARE_MAX * items && items >= ITEMS_MIN * all;
    return all > 0 && !subject ? 1 : 0;
  });
}

/** The rows with nothing but their plain columns, each of length 1 again. */
export function keepPlain(rows: Rows, plain: Uint8Array): Rows {
  const offsets = new Int32Array(rows.offsets.length);
  const columns = new Int32Array(rows.columns.length);
  const values = new Float32Array(rows.values.length);
  let used = 0;
  for (let row = 0; row + 1 < rows.offsets.length; row++) {
    const start = used;
    let squares = 0;
    for (let at = rows.offsets[row] as number, end = rows.offsets[row + 1] as number; at < end; at++) {
      const column = rows.columns[at] as number;
      if (plain[column] === 0) continue;
      columns[used] = column;
      values[used] = rows.values[at] as number;
      squares += (rows.values[at] as number) ** 2;
      used += 1;
    }
    const length = Math.sqrt(squares) || 1;
    for (let at = start; at < used; at++) values[at] = (values[at] as number) / length;
    offsets[row + 1] = used;
  }
  return { offsets, columns: columns.slice(0, used), values: values.slice(0, used) };
}
