/** Tickets and their stories from Redis, oldest first, a page at a time: by the index of `received`, never by a scan over keys. */
import type { Redis } from "ioredis";
import { keys } from "../store/keys.ts";
import { type Life, lifeOf, type Told } from "./life.ts";
import { readStory } from "./story-lines.ts";

export interface Store {
  readonly redis: Redis;
  readonly tag: string;
}

export interface Lived {
  readonly life: Life;
  readonly story: readonly Told[];
}

/** `total`: how many there are in all, as far as is known at the beginning. */
export type OnProgress = (done: number, total: number) => void;

const PAGE = 500;

/** All that were received before `until`. One page is asked for while the one before it is worked on. */
export async function* readLives(
  { redis, tag }: Store,
  until: number,
  onProgress: OnProgress = () => {},
): AsyncGenerator<Lived> {
  const index = tag + keys.tickets;
  const total = await redis.zcount(index, "-inf", `(${until}`);
  let done = 0;
  let place = { score: "-inf", seen: new Set<string>() };
  let page = await readPage(redis, index, place, until);
  let coming = readStories({ redis, tag }, page.ids);
  for (;;) {
    const lived = await coming;
    const { ids } = page;
    if (ids.length > 0) {
      place = page.next;
      page = await readPage(redis, index, place, until);
      coming = readStories({ redis, tag }, page.ids);
      // Whoever stops reading does not wait for it.
      coming.catch(() => {});
    }
    yield* lived;
    done += ids.length;
    onProgress(Math.min(done, total), total);
    if (ids.length === 0) return;
  }
}

interface Place {
  /** The highest score that was read, and who of it. */
  readonly score: string;
  readonly seen: Set<string>;
}

async function readPage(redis: Redis, index: string, { score, seen }: Place, until: number) {
  // Those of the very score that were read already come first again.
  const most = String(PAGE + seen.size);
  const flat = await redis.zrange(index, score, `(${until}`, "BYSCORE", "LIMIT", 0, most, "WITHSCORES");
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

async function readStories({ redis, tag }: Store, ids: readonly string[]): Promise<Lived[]> {
  if (ids.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hget(tag + keys.ticket(id), "number");
    pipeline.lrange(tag + keys.story(id), 0, -1);
  }
  const answers = (await pipeline.exec()) ?? [];
  const values = answers.map(([error, value]) => {
    if (error) throw error;
    return value;
  });
  return ids.flatMap((id, i) => {
    const story = readStory((values[2 * i + 1] ?? []) as string[]);
    const life = lifeOf(id, String(values[2 * i] ?? ""), story);
    return life === null ? [] : [{ life, story }];
  });
}
