/** 开班, 改期, 取消开班: whoever gives a course; everybody who has enrolled hears what changes. */
import { addDays, shanghaiDate } from "../../pledge/hours.ts";
import { whenShown } from "../../understanding/dates.ts";
import * as words from "../../words/courses.ts";
import { plain } from "../../words/plain.ts";
import type { Draft } from "../draft.ts";
import { staffName } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import type { Course, Courses, StoredCourse } from "./course.ts";
import { factsOf } from "./course-facts.ts";
import { courseDetails } from "./course-words.ts";

const AHEAD_DAYS_MAX = 366;
/** The number of a ticket has three digits behind its dash. */
const A_DAY_MAX = 20;
const REASON_CHARACTERS = 100;
/** As they are kept: what is shown is shorter. */
const KEPT_CHARACTERS = 200;
/** More telephones than that are not rung by one line; the others read it in their group. */
const RUNG_MAX = 50;

export function announceCourse(draft: Draft, scene: Scene, { list, serials }: Courses, text: string): void {
  const { now, who, station, prompts } = scene;
  const { title, date, time, at, place } = courseDetails(text, shanghaiDate(now));
  if (!mayAnnounce(scene)) {
    draft.answer(words.mayNotAnnounce());
    return;
  }
  if (title === "" || date === null || time === null || at === null) {
    draft.answer(words.detailsWanted(prompts));
    return;
  }
  if (!isAhead(scene, at)) {
    draft.answer(words.timePassed(whenShown({ from: date, to: date, time }, shanghaiDate(now))));
    return;
  }
  const same = list.find(({ course }) => !course.cancelled && course.at === at && course.title === title);
  if (same) {
    draft.answer(words.announcedBefore(factsOf(scene, same.course)));
    return;
  }
  const day = date.replaceAll("-", "");
  const last = serials.get(day) ?? "";
  if (Number(last) >= A_DAY_MAX) {
    draft.answer(words.tooMany());
    return;
  }
  const next = String(Number(last) + 1);
  const course: Course = {
    id: `${day}-${next}`,
    title: [...title].slice(0, KEPT_CHARACTERS).join(""),
    at,
    time,
    place: place === null ? null : [...place].slice(0, KEPT_CHARACTERS).join(""),
    by: who,
    cancelled: false,
    enrolled: [],
    attended: [],
  };
  draft.course({ before: null, after: course, serial: { day, before: last, after: next } });
  const announcement = words.announcement(factsOf(scene, course), staffName(scene, who), prompts);
  if (scene.message.chat !== null) {
    draft.answer(announcement);
    return;
  }
  const hasGroup = station.helpersGroups.length > 0;
  if (hasGroup) draft.say({ kind: "helpers", mention: [] }, announcement, null);
  draft.answer(words.announced(factsOf(scene, course), hasGroup));
}

export function cancelCourse(draft: Draft, scene: Scene, stored: StoredCourse, reason: string): void {
  if (refuses(draft, scene, stored.course, "取消开班")) return;
  const after = { ...stored.course, cancelled: true };
  draft.course({ before: stored, after, serial: null });
  tellEnrolled(draft, scene, after, words.cancelled(factsOf(scene, after), plain(reason, REASON_CHARACTERS)));
}

export function moveCourse(draft: Draft, scene: Scene, stored: StoredCourse, text: string): void {
  const { course } = stored;
  if (refuses(draft, scene, course, "改期")) return;
  const today = shanghaiDate(scene.now);
  const { date, time, at, place } = courseDetails(text, today);
  const onlyPlace = date === null && place !== null;
  if (!onlyPlace && (date === null || time === null || at === null)) {
    draft.answer(words.moveWanted(factsOf(scene, course), scene.prompts));
    return;
  }
  if (date !== null && time !== null && at !== null && !isAhead(scene, at)) {
    draft.answer(words.timePassed(whenShown({ from: date, to: date, time }, today)));
    return;
  }
  const after: Course = {
    ...course,
    at: at ?? course.at,
    time: time ?? course.time,
    place: place ?? course.place,
  };
  draft.course({ before: stored, after, serial: null });
  tellEnrolled(draft, scene, after, words.moved(factsOf(scene, after)));
}

/** The chief, an invited officer, or a helper of the main station. */
function mayAnnounce({ person, station }: Scene): boolean {
  if (person === null) return false;
  return person.role === "chief" || person.role === "invited" || station.mainPoint.helpers.includes(person.id);
}

function refuses(draft: Draft, scene: Scene, course: Course, act: string): boolean {
  const { who, person } = scene;
  const facts = factsOf(scene, course);
  if (course.by !== who && person?.role !== "chief") {
    draft.answer(words.mayNotChange(facts, act, staffName(scene, course.by)));
    return true;
  }
  // What has been held stays in the record as it was.
  if (course.attended.length === 0) return false;
  draft.answer(words.peopleHaveCome(facts, act));
  return true;
}

function isAhead({ now }: Scene, at: number): boolean {
  return at > now && shanghaiDate(at) <= addDays(shanghaiDate(now), AHEAD_DAYS_MAX);
}

/** The answer tells whoever ordered it; whoever has enrolled is rung for. */
function tellEnrolled(draft: Draft, scene: Scene, { enrolled }: Course, text: string): void {
  draft.answer(text);
  const others = enrolled.filter((one) => one !== scene.who).slice(0, RUNG_MAX);
  if (scene.station.helpersGroups.length > 0) {
    const elsewhere = scene.message.chat === null;
    if (others.length > 0 || elsewhere) draft.say({ kind: "helpers", mention: others }, text, null);
    return;
  }
  for (const person of others) {
    if (scene.station.personById(person)) draft.say({ kind: "staff", person, ticket: null }, text, null);
  }
}
