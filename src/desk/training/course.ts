/** A session of training for helpers (红领增能): a record with a version like a ticket, and who has enrolled and come. Pure. */
import { DAY_MS, shanghaiDate, shanghaiTime } from "../../pledge/hours.ts";
import type { Who } from "../ticket/event.ts";

export interface Course {
  /** `20261203-1`: the day it was first announced for, and which of that day; it keeps it when it is put off. */
  readonly id: string;
  readonly title: string;
  /** When it begins, desk clock, ms. */
  readonly at: number;
  /** As it was said: `14:00`, `14:00—16:00`. */
  readonly time: string;
  readonly place: string | null;
  readonly by: Who;
  readonly cancelled: boolean;
  /** Each once. */
  readonly enrolled: readonly Who[];
  readonly attended: readonly Who[];
}

export interface StoredCourse {
  readonly course: Course;
  readonly version: string;
}

/** What is read where a message is about courses: today's and those to come, soonest first; and the last number of each day. */
export interface Courses {
  readonly list: readonly StoredCourse[];
  readonly serials: ReadonlyMap<string, string>;
}

export interface CourseChange {
  /** Null for one that is announced now. */
  readonly before: StoredCourse | null;
  readonly after: Course;
  /** What was read and relied on of the day's last number; null where no number is given. */
  readonly serial: { readonly day: string; readonly before: string; readonly after: string } | null;
}

/** People come early; who comes has a day to say so. */
const CHECK_IN_MS = 2 * 3_600_000;

export function checkInFrom({ at }: Course): number {
  return at - CHECK_IN_MS;
}

/** The end of its day: nobody signs in later, and nothing of it changes any more. */
export function courseEnds({ at }: Course): number {
  return shanghaiTime(shanghaiDate(at), 0) + DAY_MS;
}

/** `1203-1`, as people call it. */
export function courseNumber({ id }: Pick<Course, "id">): string {
  return id.slice(4);
}

export function toCourseRecord({ id: _, at, cancelled, place, enrolled, attended, ...texts }: Course) {
  return {
    ...texts,
    at: String(at),
    place: place ?? "",
    cancelled: cancelled ? "1" : "",
    enrolled: JSON.stringify(enrolled),
    attended: JSON.stringify(attended),
  };
}

export function fromCourseRecord(id: string, record: Readonly<Record<string, string>>): StoredCourse {
  const text = (field: string) => record[field] ?? "";
  const people = (field: string) => JSON.parse(text(field) || "[]") as readonly Who[];
  return {
    version: text("v"),
    course: {
      id,
      title: text("title"),
      at: Number(text("at")),
      time: text("time"),
      place: text("place") || null,
      by: text("by"),
      cancelled: text("cancelled") === "1",
      enrolled: people("enrolled"),
      attended: people("attended"),
    },
  };
}
