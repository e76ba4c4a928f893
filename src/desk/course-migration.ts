/** Tickets of before courses were kept: each gets the one that its story tells, and its places in the indexes that go with it. */
import type { Redis } from "ioredis";
import type { Check, Commit, Write } from "../lanes/commit.ts";
import { keys } from "../store/keys.ts";
import { courseOf } from "./course-record.ts";
import { helpedWrites, untilPlace } from "./plan.ts";
import { fromStoryLine } from "./story-record.ts";
import { fromRecord } from "./ticket-record.ts";

const TOGETHER = 50;

/** Those that have one are passed over, so that it goes on where it was killed; what changes meanwhile is read again. */
export async function keepCourses(
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
    const course = courseOf((answers[2 * i + 1] as string[]).map(fromStoryLine));
    if (record.has("course") || course === "") continue;
    const { ticket, version } = fromRecord(id, record);
    const [index, until, member] = untilPlace({ ...ticket, course });
    checks.push([keys.ticket(id), "v", version], [keys.ticket(id), "course", ""]);
    writes.push(["HSET", keys.ticket(id), "course", course], ["ZADD", index, String(until), member]);
    writes.push(...helpedWrites(ticket, null));
  }
  if (writes.length === 0) return true;
  const { kind } = await commit({ head: null, checks, numbers: [], writes, replies: [] });
  return kind === "done";
}
