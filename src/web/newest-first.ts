/**
 * Walking a sorted set from the newest entry down, a page a call. A place is a score and a member, so that a walk goes
 * on where it stopped although entries came or went, and however many share one score.
 */
import type { Redis } from "ioredis";

export interface Place {
  readonly score: number;
  readonly member: string;
}

/** Above everything. */
export const NEWEST: Place = { score: Number.MAX_SAFE_INTEGER, member: "" };

/** Just above every entry of a score below `score`. */
export function below(score: number): Place {
  return { score, member: "" };
}

/** Entries that one call looks at: a filter that nothing fits must not read a whole index at once. */
const MOST_SCANNED = 2000;

export interface Walk<T> {
  readonly redis: Redis;
  readonly key: string;
  readonly after: Place;
  /** The lowest score that counts. */
  readonly least: number;
  readonly limit: number;
  /** How many places are read at once; more than `limit` where many are filtered out. */
  readonly pageSize?: number;
  /** What stands at each place, null for what does not belong. */
  load(places: readonly Place[]): Promise<readonly (T | null)[]>;
}

/** `next` is null only where the index has nothing more to give; `found` may then and otherwise be shorter than `limit`. */
export async function walk<T>(options: Walk<T>): Promise<{ readonly found: T[]; readonly next: Place | null }> {
  const { limit, load } = options;
  // One more than is wanted tells whether there is more.
  const pageSize = Math.max(options.pageSize ?? 0, limit + 1);
  const found: { readonly place: Place; readonly value: T }[] = [];
  let after = options.after;
  for (let scanned = 0; scanned < MOST_SCANNED; scanned += pageSize) {
    const places = await readPage(options, after, pageSize);
    const values = await load(places);
    for (const [i, place] of places.entries()) {
      const value = values[i];
      if (value !== null && value !== undefined) found.push({ place, value });
    }
    if (found.length > limit) {
      const kept = found.slice(0, limit);
      return { found: kept.map(({ value }) => value), next: kept.at(-1)?.place ?? options.after };
    }
    const last = places.at(-1);
    if (places.length < pageSize || !last) return { found: found.map(({ value }) => value), next: null };
    after = last;
  }
  return { found: found.map(({ value }) => value), next: after };
}

/** Places strictly after `after`, newest first; fewer than `count` only where the index ends. */
async function readPage({ redis, key, least }: Walk<unknown>, after: Place, count: number): Promise<Place[]> {
  const page: Place[] = [];
  const from = String(after.score);
  for (let offset = 0; page.length < count; offset += count) {
    const flat = await redis.zrange(key, from, String(least), "BYSCORE", "REV", "LIMIT", offset, count, "WITHSCORES");
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const place = { member: flat[i] ?? "", score: Number(flat[i + 1]) };
      // Those of the very score that were shown already come first again.
      if (page.length < count && isAfter(place, after)) page.push(place);
    }
    if (flat.length < count * 2) break;
  }
  return page;
}

/** Redis orders members of one score by their bytes. */
function isAfter(place: Place, after: Place): boolean {
  if (place.score !== after.score) return place.score < after.score;
  return Buffer.compare(Buffer.from(place.member), Buffer.from(after.member)) < 0;
}
