/** 今日: the day of the speaker's points; of all of them for the main station, the chief and the leaders. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { deputyOf, isAway } from "../../station/duty.ts";
import { absencesFrom } from "../../station/leave.ts";
import type { Person, Point } from "../../station/station.ts";
import { whenShown } from "../../understanding/dates.ts";
import * as words from "../../words/todo.ts";
import type { Draft } from "../draft.ts";
import { named } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import { isLate } from "../ticket/lateness.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { isDueToday } from "./todo.ts";

export function answerToday(draft: Draft, scene: Scene, person: Person): void {
  const points = pointsOf(scene, person);
  const date = whenShown(
    { from: shanghaiDate(scene.now), to: shanghaiDate(scene.now), time: "" },
    shanghaiDate(scene.now),
  );
  const facts = points.map((point) => factsOf(scene, point));
  draft.answer(points.length > 2 ? words.dayOfMany(date, facts) : words.day(date, facts));
}

function pointsOf({ station }: Scene, person: Person): readonly Point[] {
  const own = station.points.filter(({ helpers }) => helpers.includes(person.id));
  const oversees = person.role !== "helper" || own.some(({ main }) => main) || own.length === 0;
  return oversees ? station.points : own;
}

function factsOf(scene: Scene, point: Point): words.DayFacts {
  const { station, now, known } = scene;
  const { open = [], received = [], resolved = [] } = known.overview ?? {};
  // Where the point is not known yet the main station has it.
  const here = (tickets: readonly StoredTicket[]): Ticket[] =>
    tickets.map(({ ticket }) => ticket).filter((ticket) => (ticket.point ?? station.mainPoint.id) === point.id);
  const active = here(open).sort((a, b) => a.due - b.due);
  const helpers = point.helpers.flatMap((id) => station.personById(id) ?? []);
  const today = shanghaiDate(now);
  const numbers = (tickets: readonly Ticket[]) => tickets.map((ticket) => named(ticket).number);
  return {
    point: point.name,
    received: here(received).length,
    resolved: here(resolved).length,
    open: active.length,
    unaccepted: active.filter(({ state }) => state === "open").length,
    late: numbers(active.filter((ticket) => isLate(ticket, now))),
    dueToday: numbers(active.filter((ticket) => isDueToday(ticket, now))),
    onDuty: helpers.filter((helper) => !isAway(helper, today)).map(({ name }) => name),
    away: helpers.filter((helper) => isAway(helper, today)).map((helper) => awayText(scene, helper)),
  };
}

function awayText({ station, now }: Scene, helper: Person): string {
  const today = shanghaiDate(now);
  const [absence] = absencesFrom(helper, today);
  const until = absence ? `至${whenShown({ from: absence.to, to: absence.to, time: "" }, today)}` : "";
  const deputy = deputyOf(station, helper, today)?.name;
  return `${helper.name}（${[until, deputy ? `${deputy}代` : ""].filter(Boolean).join("，")}）`;
}
