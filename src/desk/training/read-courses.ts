/** Courses from Redis, read only where a message is about them: those of today and to come, never the past. */
import type { Redis } from "ioredis";
import { shanghaiDate, shanghaiTime } from "../../pledge/hours.ts";
import { keys } from "../../store/keys.ts";
import { type Courses, fromCourseRecord } from "./course.ts";

export type ReadCourses = (now: number) => Promise<Courses>;

/** More than are ever announced ahead. */
const MOST = 50;

export function openCourses(redis: Redis, tag: string): ReadCourses {
  return async (now) => {
    const start = shanghaiTime(shanghaiDate(now), 0);
    const [ids, serials] = await Promise.all([
      redis.zrangebyscore(tag + keys.courses, start, "+inf", "LIMIT", 0, MOST),
      redis.hgetall(tag + keys.courseSerials),
    ]);
    const records = await Promise.all(ids.map((id) => redis.hgetall(tag + keys.course(id))));
    const list = ids.map((id, i) => fromCourseRecord(id, records[i] ?? {}));
    return { list: list.filter(({ version }) => version !== ""), serials: new Map(Object.entries(serials)) };
  };
}
