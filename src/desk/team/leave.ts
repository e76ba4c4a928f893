/** 请假 and 销假: who is away, who stands in, and everybody whom it concerns is told (desk-practice 6, "On duty = not away"). */
import { addDays, type DateText, shanghaiDate } from "../../pledge/hours.ts";
import { deputyOf, isAway, standsInFor } from "../../station/duty.ts";
import {
  absencesFrom,
  endLeave,
  NO_LEAVE,
  overlapping,
  takeLeave,
  toLeaveLine,
  withLeaves,
} from "../../station/leave.ts";
import type { Absence, Person } from "../../station/station.ts";
import { whenShown } from "../../understanding/dates.ts";
import * as leave from "../../words/leave.ts";
import { plain } from "../../words/plain.ts";
import type { Draft } from "../draft.ts";
import type { Scene } from "../scene.ts";
import { deputyIn, leaveDaysIn } from "./leave-words.ts";
import { todoLines } from "./todo.ts";

const LONGEST_DAYS = 366;

export function goOnLeave(draft: Draft, scene: Scene, person: Person, text: string): void {
  const { prompts, station } = scene;
  const today = shanghaiDate(scene.now);
  const days = leaveDaysIn(text, today);
  const refusal = days === null ? leave.daysWanted(prompts) : refusalOf(scene, person, days, today);
  const named = deputyIn(station, person, text);
  if (refusal !== null || days === null) {
    draft.answer(refusal ?? leave.daysWanted(prompts));
    return;
  }
  if (named.kind === "unknown") {
    draft.answer(leave.unknownDeputy(plain(named.typed, 12), named.names, prompts));
    return;
  }
  const deputy = named.kind === "one" ? named.person : null;
  if (deputy?.id === person.id) {
    draft.answer(leave.ownDeputy(prompts));
    return;
  }
  const busy = deputy && overlapping(deputy, days);
  if (deputy && busy) {
    draft.answer(leave.deputyAway(deputy.name, daysText(busy, today), prompts));
    return;
  }
  register(draft, scene, person, { from: days.from, to: days.to, deputy: deputy?.id ?? null }, days.part);
}

function refusalOf(scene: Scene, person: Person, days: Pick<Absence, "from" | "to">, today: DateText): string | null {
  if (days.to < today) return leave.daysWanted(scene.prompts);
  if (days.to > addDays(days.from, LONGEST_DAYS)) return leave.tooLong(scene.prompts);
  const before = overlapping(person, days);
  return before && leave.overlaps(daysText(before, today), scene.prompts);
}

function register(draft: Draft, scene: Scene, person: Person, absence: Absence, part: boolean): void {
  const today = shanghaiDate(scene.now);
  const { standing, overview } = scene.known;
  const before = standing.leaves.get(person.id);
  const after = takeLeave(before ?? NO_LEAVE, absence, today);
  draft.leave({ person: person.id, before: before ? toLeaveLine(before) : "", after: toLeaveLine(after) });

  const own = overview?.own ?? [];
  const station = withLeaves(scene.station, new Map([[person.id, { away: [absence], back: [] }]]));
  const deputy = absence.deputy === null ? null : station.personById(absence.deputy);
  const facts = { name: person.name, days: daysText(absence, today), deputy: deputy?.name ?? null };
  const point = station.points.find(({ helpers }) => helpers.includes(person.id));
  const standIn =
    standsInFor(station, station.personById(person.id) ?? person, point?.id ?? null, absence.from) ?? station.chief;
  draft.answer(leave.taken(facts, standIn.name, own.length, part, scene.prompts));
  const { chief } = station;
  if (person.id !== chief.id && deputy?.id !== chief.id) {
    tell(draft, chief.id, leave.takenForChief(facts, own.length));
  }
  // What is open already is somebody's too, whether one was named or not.
  const recipient = deputy ?? (own.length > 0 && standIn.id !== person.id ? standIn : null);
  if (!recipient) return;
  const tickets = own.map(({ ticket }) => ticket);
  const list = todoLines(scene, tickets, true).join("\n");
  draft.say(
    { kind: "staff", person: recipient.id, ticket: null },
    leave.takenForDeputy(facts, list, scene.prompts),
    tickets,
  );
}

/** From the leave that is on; else the next one is cancelled. */
export function comeBack(draft: Draft, scene: Scene, person: Person): void {
  const today = shanghaiDate(scene.now);
  const [absence] = absencesFrom(person, today);
  if (!absence) {
    draft.answer(leave.noLeave());
    return;
  }
  const before = scene.known.standing.leaves.get(person.id);
  const after = endLeave(before ?? NO_LEAVE, absence, today);
  draft.leave({ person: person.id, before: before ? toLeaveLine(before) : "", after: toLeaveLine(after) });
  const upcoming = !isAway(person, today);
  const days = daysText(absence, today);
  draft.answer(leave.back(days, upcoming));
  const { station } = scene;
  const named = absence.deputy === null ? null : station.personById(absence.deputy);
  const standing = deputyOf(station, person, today);
  const concerned = new Set([station.chief.id, named?.id, standing?.id]);
  for (const id of concerned) {
    if (id !== undefined && id !== person.id) tell(draft, id, leave.backForOthers(person.name, days, upcoming));
  }
}

function daysText({ from, to }: Pick<Absence, "from" | "to">, today: DateText): string {
  return whenShown({ from, to, time: "" }, today);
}

function tell(draft: Draft, person: string, text: string): void {
  draft.say({ kind: "staff", person, ticket: null }, text, null);
}
