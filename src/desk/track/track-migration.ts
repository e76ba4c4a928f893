/** Tickets of before tracks were kept: each gets the one that its story tells, and its places in the indexes that go with it. */
import type { Redis } from "ioredis";
import type { Check, Commit, Write } from "../../lanes/commit.ts";
import { keys } from "../../store/keys.ts";
import { helpedWrites, untilPlace } from "../plan.ts";
import { fromStoryLine } from "../ticket/story-record.ts";
import { fromRecord } from "../ticket/ticket-record.ts";
import { trackOf } from "./track-record.ts";

const TOGETHER = 50;

/** Those that have one are passed over, so that it goes on where it was killed; what changes meanwhile is read again. */
export async function keepTracks(
  redis: Redis,
  tag: string,
  commit: Commit,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const total = await redis.zcard(tag + keys.tickets);
  for (let done = 0; done < total; done += TOGETHER) {
    const ids = await redis.zrange(tag + keys.tickets, String(done), String(done + TOGETHER - 1));
    while (!(await keepSome(redis, tag, commit, ids)));
    onProgress(Math.min(done + TOGETHER, total), total);
  }
}

/** False where one of them has changed since it was read. */
async function keepSome(redis: Redis, tag: string, commit: Commit, ids: readonly string[]): Promise<boolean> {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.hgetall(tag + keys.ticket(id)).lrange(tag + keys.story(id), 0, -1);
  const answers = ((await pipeline.exec()) ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
  const checks: Check[] = [];
  const writes: Write[] = [];
  for (const [i, id] of ids.entries()) {
    const record = new Map(Object.entries(answers[2 * i] as Record<string, string>));
    const track = trackOf((answers[2 * i + 1] as string[]).map(fromStoryLine));
    if (record.has("track") || track === "") continue;
    const { ticket, version } = fromRecord(id, record);
    const [index, until, member] = untilPlace({ ...ticket, track });
    checks.push([keys.ticket(id), "v", version], [keys.ticket(id), "track", ""]);
    writes.push(["HSET", keys.ticket(id), "track", track], ["ZADD", index, String(until), member]);
    writes.push(...helpedWrites(ticket, null));
  }
  if (writes.length === 0) return true;
  const { kind } = await commit({ head: null, checks, numbers: [], writes, replies: [] });
  return kind === "done";
}
