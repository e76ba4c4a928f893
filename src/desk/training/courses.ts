/** 培训: helpers announce sessions, enrol, sign in. Only among themselves: a company that asks for training asks for help. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { whenText } from "../../pledge/when.ts";
import * as words from "../../words/courses.ts";
import type { Draft } from "../draft.ts";
import type { Scene } from "../scene.ts";
import { type Course, type Courses, checkInFrom, courseEnds, courseNumber, type StoredCourse } from "./course.ts";
import { factsOf } from "./course-facts.ts";
import { announceCourse, cancelCourse, moveCourse } from "./course-giving.ts";
import { type CourseOrder, courseOrder, quotedCourse } from "./course-words.ts";

/** More than a room holds. */
const PEOPLE_MAX = 300;
/** As many as one screen lists. */
const LISTED = 8;
const NAMES_LISTED = 40;

/** What a message orders about courses, if it is said where helpers say such things. */
export function courseMeant(scene: Scene): CourseOrder | null {
  const { message, person, group, quoted, known } = scene;
  const amongHelpers = message.chat === null ? person !== null : group?.kind === "helpers" && !message.outsider;
  // What quotes or numbers a ticket is about that: 改期 017 周四.
  const aboutTicket = quoted.length + known.named.length + known.shorts.length > 0;
  return amongHelpers && !aboutTicket ? courseOrder(message.text) : null;
}

/** False for a message that is about no course. */
export function answersCourse(draft: Draft, scene: Scene): boolean {
  const order = courseMeant(scene);
  if (order === null) return announcesElsewhere(draft, scene);
  const courses = scene.known.courses ?? { list: [], serials: new Map() };
  if (order.act === "announce") announceCourse(draft, scene, courses, order.text);
  else if (order.act === "list" && order.number === null && quotedCourse(scene.message.quote) === null)
    answerList(draft, scene, courses);
  else withCourse(draft, scene, courses, order);
  return true;
}

/** In the leaders' group or a company's a colleague learns where it is done. */
function announcesElsewhere(draft: Draft, scene: Scene): boolean {
  if (scene.person === null || scene.quoted.length > 0 || courseOrder(scene.message.text)?.act !== "announce")
    return false;
  draft.answer(words.announceElsewhere(scene.prompts));
  return true;
}

type OfOne = Exclude<CourseOrder, { act: "announce" }>;

function withCourse(draft: Draft, scene: Scene, { list }: Courses, order: OfOne): void {
  const number = order.number ?? quotedCourse(scene.message.quote);
  const fitting = list.filter((stored) =>
    number === null ? fits(scene, stored.course, order.act) : is(stored, number),
  );
  const [only, ...more] = fitting;
  if (!only) draft.answer(number === null ? words.none(order.act) : words.noSuch(number));
  else if (more.length > 0)
    draft.answer(
      words.which(
        order.act,
        fitting.slice(0, LISTED).map(({ course }) => factsOf(scene, course)),
        scene.prompts,
      ),
    );
  else perform(draft, scene, only, order);
}

function is({ course }: StoredCourse, number: string): boolean {
  return courseNumber(course) === number;
}

/** What may be meant where none is named. */
function fits({ now, who }: Scene, course: Course, act: OfOne["act"]): boolean {
  if (course.cancelled) return false;
  if (act === "enrol") return course.at > now;
  if (act === "leave") return course.enrolled.includes(who) && now < courseEnds(course);
  if (act === "attend") return shanghaiDate(course.at) === shanghaiDate(now);
  return now < courseEnds(course);
}

function perform(draft: Draft, scene: Scene, stored: StoredCourse, order: OfOne): void {
  const { course } = stored;
  if (course.cancelled && order.act !== "list") {
    draft.answer(words.isCancelled(factsOf(scene, course)));
    return;
  }
  switch (order.act) {
    case "enrol":
      enrol(draft, scene, stored);
      return;
    case "leave":
      leave(draft, scene, stored);
      return;
    case "attend":
      attend(draft, scene, stored);
      return;
    case "list":
      draft.answer(words.detailed(factsOf(scene, course), namesOf(scene, course)));
      return;
    case "cancel":
      cancelCourse(draft, scene, stored, order.text);
      return;
    case "move":
      moveCourse(draft, scene, stored, order.text);
  }
}

function enrol(draft: Draft, scene: Scene, stored: StoredCourse): void {
  const { course } = stored;
  const { who, now } = scene;
  const before = factsOf(scene, course);
  if (course.enrolled.includes(who)) draft.answer(words.enrolledBefore(before));
  else if (course.at <= now) draft.answer(words.alreadyBegun(before));
  else if (course.enrolled.length >= PEOPLE_MAX) draft.answer(words.full(before));
  else {
    const after = { ...course, enrolled: [...course.enrolled, who] };
    draft.course({ before: stored, after, serial: null });
    draft.answer(words.enrolled(factsOf(scene, after), speakerName(scene)));
  }
}

function leave(draft: Draft, scene: Scene, stored: StoredCourse): void {
  const { course } = stored;
  const { who } = scene;
  if (course.attended.includes(who)) draft.answer(words.hasCome(factsOf(scene, course)));
  else if (!course.enrolled.includes(who)) draft.answer(words.notEnrolled(factsOf(scene, course)));
  else {
    const after = { ...course, enrolled: course.enrolled.filter((one) => one !== who) };
    draft.course({ before: stored, after, serial: null });
    draft.answer(words.left(factsOf(scene, after), speakerName(scene)));
  }
}

/** Whoever comes is counted, enrolled or not, on the day and once. */
function attend(draft: Draft, scene: Scene, stored: StoredCourse): void {
  const { course } = stored;
  const { who, now } = scene;
  const before = factsOf(scene, course);
  if (course.attended.includes(who)) draft.answer(words.attendedBefore(before));
  else if (now < checkInFrom(course)) draft.answer(words.notYetOpen(before, whenText(checkInFrom(course), now)));
  else if (now >= courseEnds(course)) draft.answer(words.noSuch(before.number));
  else if (course.attended.length >= PEOPLE_MAX) draft.answer(words.full(before));
  else {
    const after = { ...course, attended: [...course.attended, who] };
    draft.course({ before: stored, after, serial: null });
    draft.answer(words.attended(factsOf(scene, after), speakerName(scene)));
  }
}

function answerList(draft: Draft, scene: Scene, { list }: Courses): void {
  const coming = list.filter(({ course }) => !course.cancelled && scene.now < courseEnds(course));
  draft.answer(
    words.listed(
      coming.slice(0, LISTED).map(({ course }) => factsOf(scene, course)),
      scene.prompts,
    ),
  );
}

function namesOf({ station }: Scene, { enrolled, attended }: Course): { enrolled: string; attended: string } {
  const listed = (people: readonly string[]) => {
    const named = people.flatMap((who) => station.personById(who)?.name ?? []).slice(0, NAMES_LISTED);
    const others = people.length - named.length;
    return [...named, ...(others > 0 && named.length > 0 ? [words.others(others)] : [])].join("、");
  };
  return { enrolled: listed(enrolled), attended: listed(attended) };
}

function speakerName({ person }: Scene): string {
  return person?.name ?? words.UNNAMED;
}
