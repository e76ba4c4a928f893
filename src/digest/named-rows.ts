/** Rows of figures under the names that people read: what has no name of its own any more stands in one row. Pure. */
import { COUNT_NAMES, type Counts, emptyTally, type Tally } from "./counts.ts";

/** In their order; `nameOf` says the same for all that have left the station file. */
export function namedRows(
  rows: ReadonlyMap<string | null, Counts>,
  nameOf: (id: string | null) => string,
): ReadonlyMap<string, Counts> {
  const named = new Map<string, Tally>();
  for (const [id, row] of rows) {
    const name = nameOf(id);
    const sum = named.get(name) ?? emptyTally();
    for (const count of COUNT_NAMES) sum[count] += row[count];
    named.set(name, sum);
  }
  return named;
}
