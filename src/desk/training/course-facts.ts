/** What a sentence says about a course. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { whenShown } from "../../understanding/dates.ts";
import type * as words from "../../words/courses.ts";
import { plain } from "../../words/plain.ts";
import type { Scene } from "../scene.ts";
import { type Course, courseNumber } from "./course.ts";

const TITLE_CHARACTERS = 60;

export function factsOf(scene: Pick<Scene, "now">, course: Course): words.CourseFacts {
  const date = shanghaiDate(course.at);
  return {
    number: courseNumber(course),
    title: plain(course.title, TITLE_CHARACTERS),
    when: whenShown({ from: date, to: date, time: course.time }, shanghaiDate(scene.now)),
    place: course.place === null ? null : plain(course.place, TITLE_CHARACTERS),
    enrolled: course.enrolled.length,
    attended: course.attended.length,
  };
}
