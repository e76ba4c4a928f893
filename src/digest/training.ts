/** 红领增能: what was taught in a period, and how many came. The sum is pure; what it sums is read by the index of when courses begin. */
import { type Course, fromCourseRecord } from "../desk/training/course.ts";
import { keys } from "../store/keys.ts";
import type { Span } from "./counts.ts";
import type { Store } from "./lives.ts";

export interface Training {
  /** Courses that have begun in the period, and were not cancelled. */
  readonly held: number;
  /** 人次: who came twice counts twice. */
  readonly attended: number;
  /** Different people. */
  readonly people: number;
}

export const NO_TRAINING: Training = { held: 0, attended: 0, people: 0 };

export function trainingOf(sessions: Iterable<Pick<Course, "at" | "cancelled" | "attended">>, span: Span): Training {
  const people = new Set<string>();
  let held = 0;
  let attended = 0;
  for (const session of sessions) {
    if (session.cancelled || session.at < span.start || session.at >= span.until) continue;
    held += 1;
    attended += session.attended.length;
    for (const who of session.attended) people.add(who);
  }
  return { held, attended, people: people.size };
}

export async function readTraining({ redis, tag }: Store, span: Span): Promise<Training> {
  const ids = await redis.zrangebyscore(tag + keys.courses, span.start, `(${span.until}`);
  if (ids.length === 0) return NO_TRAINING;
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.hgetall(tag + keys.course(id));
  const records = (await pipeline.exec()) ?? [];
  const sessions = ids.map((id, i) => fromCourseRecord(id, (records[i]?.[1] ?? {}) as Record<string, string>));
  return trainingOf(
    sessions.filter(({ version }) => version !== "").map(({ course }) => course),
    span,
  );
}
