/**
 * The tickets that a period has in it, from Redis: by indexes, so that a day costs as much after ten years as after one.
 * They are what was received in it, and what was received before and not done with when it began.
 */
import type { Redis } from "ioredis";
import { trackFrom } from "../desk/track/track-record.ts";
import { shanghaiDate, shanghaiTime } from "../pledge/hours.ts";
import { keys } from "../store/keys.ts";
import { readScript, runScript } from "../store/script.ts";
import type { Span } from "./counts.ts";
import { type Known, type Life, lifeOf } from "./life.ts";
import { monthAfter, monthsBetween } from "./period.ts";

export interface Store {
  readonly redis: Redis;
  readonly tag: string;
}

/** `total`: how many there are in all, as far as is known at the beginning. */
export type OnProgress = (done: number, total: number) => void;

/** What Redis hands over at once takes it two milliseconds, in which it does nothing else. */
const PAGE = 200;

/**
 * A page at a time, the next one asked for while the one before it is worked on: what was carried into the span, then what
 * was received in it, oldest first.
 */
export async function* readLives<const Field extends string>(
  store: Store,
  span: Span,
  fields: readonly Field[],
  onProgress: OnProgress = () => {},
): AsyncGenerator<readonly (readonly [Life, Texts<Field>])[]> {
  const carried = await carriedInto(store, span.start);
  const total = carried.length + (await countReceived(store, span));
  const pages = idPages(store, span, carried);
  const next = async () => {
    const { value: ids } = await pages.next();
    return ids && { ids, reading: readRecords(store, ids, fields) };
  };
  let done = 0;
  let page = await next();
  while (page) {
    const lived = await page.reading;
    const coming = next();
    // Whoever stops reading does not wait for it.
    coming.then((one) => one?.reading).catch(() => {});
    yield lived;
    done += page.ids.length;
    onProgress(Math.min(done, total), total);
    page = await coming;
  }
  onProgress(total, total);
}

/** Further fields of the ticket's hash, as they stand there. */
export type Texts<Field extends string> = Readonly<Record<Field, string | null>>;

const LIFE_FIELDS = [
  "track",
  "received",
  "number",
  "resolvedAt",
  "point",
  "item",
  "owner",
  "enterprise",
  "size",
] as const;

const lookUp = readScript("look-up");

type Row = (string | false)[];

async function readRecords<Field extends string>(
  { redis, tag }: Store,
  ids: readonly string[],
  fields: readonly Field[],
): Promise<(readonly [Life, Texts<Field>])[]> {
  const wanted = [...LIFE_FIELDS, ...fields];
  const found = await runScript(redis, lookUp, tag, [keys.ticket(""), String(wanted.length), ...wanted, ...ids]);
  const rows = JSON.parse(String(found)) as Row[];
  const records: (readonly [Life, Texts<Field>])[] = [];
  for (const [i, row] of rows.entries()) {
    const life = lifeIn(ids[i] ?? "", row);
    // An index entry whose ticket is gone says nothing.
    if (life !== null) records.push([life, textsOf(fields, row)]);
  }
  return records;
}

function lifeIn(id: string, row: Row): Life | null {
  const [line, received, number, resolvedAt, point, item, owner, enterprise, size] = row;
  const track = trackFrom(line || "", Number(received));
  if (track === null) return null;
  const known: Known = {
    id,
    number: number || "",
    point: point || null,
    item: item || null,
    owner: owner || null,
    enterprise: enterprise || null,
    size: size === "small" ? "small" : "big",
    resolvedAt: resolvedAt ? Number(resolvedAt) : null,
  };
  return lifeOf(known, track);
}

/** They stand behind those of the life. */
function textsOf<Field extends string>(fields: readonly Field[], row: Row): Texts<Field> {
  const texts = {} as Record<Field, string | null>;
  for (let i = 0; i < fields.length; i++) texts[fields[i] as Field] = row[LIFE_FIELDS.length + i] || null;
  return texts;
}

async function* idPages(store: Store, { start, until }: Span, carried: readonly string[]): AsyncGenerator<string[]> {
  for (let i = 0; i < carried.length; i += PAGE) yield carried.slice(i, i + PAGE);
  let place: Place = { score: String(start), seen: new Set() };
  for (;;) {
    const { ids, next } = await readPage(store, place, until);
    if (ids.length === 0) return;
    yield ids;
    place = next;
  }
}

/** Received before `start`, and not done with by then. */
async function carriedInto({ redis, tag }: Store, start: number): Promise<string[]> {
  const [, oldest] = await redis.zrange(tag + keys.tickets, "0", "0", "WITHSCORES");
  if (oldest === undefined || Number(oldest) >= start) return [];
  const last = monthOf(start);
  const pipeline = redis.pipeline();
  // Of the month in which it begins those that were received later do not count.
  pipeline.zrange(tag + keys.tickets, String(start), `(${shanghaiTime(`${monthAfter(last)}-01`, 0)}`, "BYSCORE");
  for (const month of monthsBetween(monthOf(Number(oldest)), last)) {
    pipeline.zrange(tag + keys.ticketsUntil(month), String(start), "+inf", "BYSCORE");
  }
  const [later = [], ...months] = ((await pipeline.exec()) ?? []).map(([error, ids]) => {
    if (error) throw error;
    return ids as string[];
  });
  const excluded = new Set(later);
  return months.flat().filter((id) => !excluded.has(id));
}

function countReceived({ redis, tag }: Store, { start, until }: Span): Promise<number> {
  return redis.zcount(tag + keys.tickets, start, `(${until}`);
}

function monthOf(at: number): string {
  return shanghaiDate(at).slice(0, 7);
}

interface Place {
  /** The highest score that was read, and who of it. */
  readonly score: string;
  readonly seen: ReadonlySet<string>;
}

async function readPage({ redis, tag }: Store, { score, seen }: Place, until: number) {
  // Those of the very score that were read already come first again.
  const most = String(PAGE + seen.size);
  const flat = await redis.zrange(tag + keys.tickets, score, `(${until}`, "BYSCORE", "LIMIT", 0, most, "WITHSCORES");
  const ids: string[] = [];
  let last = score;
  let same = new Set(seen);
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const id = flat[i] ?? "";
    if (seen.has(id)) continue;
    if (flat[i + 1] !== last) {
      last = flat[i + 1] ?? "";
      same = new Set();
    }
    same.add(id);
    ids.push(id);
  }
  return { ids, next: { score: last, seen: same } };
}
