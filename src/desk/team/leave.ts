/** 请假 and 销假: who is away, who stands in, and everybody whom it concerns is told (desk-practice 6, "On duty = not away"). */
import { addDays, type DateText, shanghaiDate } from "../../pledge/hours.ts";
import { deputyOf, standsInFor } from "../../station/duty.ts";
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
import { deputyIn, isReversed, leaveDaysIn } from "./leave-words.ts";
import { todoLines } from "./todo.ts";
import { withoutAbsent } from "./whose-leave.ts";

const LONGEST_DAYS = 366;

/** @param absent who is away, where the speaker says so of a colleague */
export function goOnLeave(draft: Draft, scene: Scene, speaker: Person, typed: string, absent = speaker): void {
  const { prompts, station } = scene;
  const today = shanghaiDate(scene.now);
  const text = absent === speaker ? typed : withoutAbsent(typed, absent);
  if (isReversed(text, today)) {
    draft.answer(leave.reversed(prompts));
    return;
  }
  const days = leaveDaysIn(text, today);
  const refusal = days === null ? leave.daysWanted(prompts) : refusalOf(scene, absent, days, today);
  const named = deputyIn(station, absent, text, speaker);
  if (refusal !== null || days === null) {
    draft.answer(refusal ?? leave.daysWanted(prompts));
    return;
  }
  if (named.kind === "unknown") {
    draft.answer(leave.unknownDeputy(plain(named.typed, 12), named.names, prompts));
    return;
  }
  const deputy = named.kind === "one" ? named.person : null;
  if (deputy?.id === absent.id) {
    draft.answer(leave.ownDeputy(prompts));
    return;
  }
  const busy = deputy && overlapping(deputy, days);
  if (deputy && busy) {
    draft.answer(leave.deputyAway(deputy.name, daysText(busy, today), prompts));
    return;
  }
  register(draft, scene, absent, { from: days.from, to: days.to, deputy: deputy?.id ?? null }, days.part);
}

function refusalOf(scene: Scene, person: Person, days: Pick<Absence, "from" | "to">, today: DateText): string | null {
  if (days.to < today) return leave.daysWanted(scene.prompts);
  if (days.to > addDays(days.from, LONGEST_DAYS)) return leave.tooLong(scene.prompts);
  const before = overlapping(person, days);
  const whose = person.id === scene.who ? null : person.name;
  return (
    before &&
    leave.overlaps(
      whose,
      daysText(before, today),
      daysText({ from: before.from, to: before.from }, today),
      scene.prompts,
    )
  );
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
  const self = person.id === scene.who;
  draft.answer(leave.taken(facts, standIn.name, own.length, part, self, scene.prompts));
  if (!self) tell(draft, person.id, leave.takenForYou(facts, speakerName(scene), scene.prompts));
  const { chief } = station;
  if (![person.id, deputy?.id, scene.who].includes(chief.id)) {
    tell(draft, chief.id, leave.takenForChief(facts, own.length));
  }
  // What is open already is somebody's too, whether one was named or not.
  const recipient = deputy ?? (own.length > 0 && standIn.id !== person.id ? standIn : null);
  if (!recipient || recipient.id === scene.who) return;
  const tickets = own.map(({ ticket }) => ticket);
  const list = todoLines(scene, tickets, true).join("\n");
  draft.say(
    { kind: "staff", person: recipient.id, ticket: null },
    leave.takenForDeputy(facts, list, scene.prompts),
    tickets,
  );
}

/**
 * From the leave that is on, or from the one of the day that was named. What has not begun is cancelled only where that
 * was said: whoever is back without having been away has mistaken something.
 */
export function comeBack(draft: Draft, scene: Scene, speaker: Person, text: string, absent = speaker): void {
  const today = shanghaiDate(scene.now);
  const all = absencesFrom(absent, today);
  const asked = leaveDaysIn(text, today);
  const cancels = CANCELS.test(text);
  const self = absent === speaker;
  const absence = meantOf(all, cancels ? asked : null, cancels, today);
  if (!absence) {
    const shown = all.map((each) => daysText(each, today));
    const [first] = all;
    const example = first ? daysText({ from: first.from, to: first.from }, today).replace(/（.*$/u, "") : "";
    const which = asked !== null && cancels ? daysText(asked, today) : null;
    draft.answer(leave.noLeave(self ? null : absent.name, which, shown, example, scene.prompts));
    return;
  }
  const before = scene.known.standing.leaves.get(absent.id);
  const after = endLeave(before ?? NO_LEAVE, absence, today);
  draft.leave({ person: absent.id, before: before ? toLeaveLine(before) : "", after: toLeaveLine(after) });
  const upcoming = absence.from > today;
  const days = daysText(absence, today);
  draft.answer(leave.back(days, upcoming, self ? null : absent.name));
  const { station } = scene;
  const named = absence.deputy === null ? null : station.personById(absence.deputy);
  const standing = upcoming ? null : deputyOf(station, absent, today);
  const concerned = new Set([station.chief.id, named?.id, standing?.id, absent.id]);
  for (const id of concerned) {
    if (id === undefined || id === scene.who) continue;
    const by = speakerName(scene);
    tell(
      draft,
      id,
      id === absent.id ? leave.backForYou(by, days, upcoming) : leave.backForOthers(absent.name, days, upcoming),
    );
  }
}

const CANCELS = /销.{0,4}假|取消|作废|不[请休].{0,2}假|假.{0,4}(?:取消|销)/u;

function meantOf(
  all: readonly Absence[],
  days: Pick<Absence, "from" | "to"> | null,
  cancels: boolean,
  today: DateText,
): Absence | null {
  if (days) return all.find(({ from, to }) => from <= days.to && days.from <= to) ?? null;
  const current = all.find(({ from }) => from <= today);
  if (current) return current;
  const [only, ...more] = all;
  return cancels && only && more.length === 0 ? only : null;
}

function speakerName({ person }: Scene): string {
  return person?.name ?? "";
}

function daysText({ from, to }: Pick<Absence, "from" | "to">, today: DateText): string {
  return whenShown({ from, to, time: "" }, today);
}

function tell(draft: Draft, person: string, text: string): void {
  draft.say({ kind: "staff", person, ticket: null }, text, null);
}
