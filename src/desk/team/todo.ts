/** 我的待办: what somebody has open, by light and due, in one message (issue 5: forty of them still readable). */

import { shanghaiDate } from "../../pledge/hours.ts";
import type { Light } from "../../pledge/ladder.ts";
import { whenText } from "../../pledge/when.ts";
import * as called from "../../words/names.ts";
import * as words from "../../words/todo.ts";
import type { Draft } from "../draft.ts";
import { itemName, type Names, named } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import { isHeld, isLate } from "../ticket/lateness.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { isAmongStaff } from "./sight.ts";

const LIGHTS: readonly (Light | null)[] = ["red", "yellow", "blue", null];

export function answerTodo(draft: Draft, scene: Scene): void {
  const { own = [], standIn = [] } = scene.known.overview ?? {};
  const mine = own.map(({ ticket }) => ticket);
  const others = standIn.map(({ ticket }) => ticket);
  if (mine.length + others.length === 0) {
    draft.answer(words.nothingToDo());
    return;
  }
  // What hangs in a company's group is not read there by others (desk-practice 6).
  const open = isAmongStaff(scene);
  const text = words.todo(
    countsOf(scene, mine),
    todoLines(scene, mine, open),
    todoLines(scene, others, open),
    [...mine, ...others].some(({ state }) => state === "open"),
    scene.prompts,
  );
  draft.answer(text, ...sorted(mine, scene.now), ...sorted(others, scene.now));
}

/** Where a list is read, and when. */
export type Reading = Names & Pick<Scene, "now" | "conversation">;

/** `open`: enterprises are named. */
export function todoLines(scene: Reading, tickets: readonly Ticket[], open: boolean): string[] {
  return words.todoList(sorted(tickets, scene.now).map((ticket) => factsOf(scene, ticket, open)));
}

export function isDueToday(ticket: Pick<Ticket, "due" | "pause">, now: number): boolean {
  const { due } = ticket;
  return !isHeld(ticket, now) && due >= now && shanghaiDate(due) === shanghaiDate(now);
}

function sorted(tickets: readonly Ticket[], now: number): Ticket[] {
  const rank = (ticket: Ticket) =>
    (ticket.urgent ? -1 : LIGHTS.indexOf(ticket.light)) + (isLate(ticket, now) ? 0 : LIGHTS.length);
  return [...tickets].sort((a, b) => rank(a) - rank(b) || a.due - b.due || a.received - b.received);
}

function factsOf(scene: Reading, ticket: Ticket, open: boolean): words.TodoFacts {
  const { urgent, light, state, enterprise, urges } = ticket;
  const marks = [
    urgent ? "紧急" : "",
    light === null ? "" : called.LIGHT_WORDS[light],
    state === "accepted" ? "" : called.STATE_WORDS[state],
    urges > 0 ? `催办 ${urges} 次` : "",
  ];
  const here = open || ticket.conversation === scene.conversation;
  return {
    ...named(ticket),
    when: whenOf(ticket, scene.now),
    item: itemName(scene, ticket.item),
    enterprise: here ? (enterprise ?? called.UNKNOWN_ENTERPRISE) : null,
    marks: marks.filter(Boolean),
  };
}

/** What they are grouped by. A time that has stopped is none that could be kept or missed. */
function whenOf(ticket: Ticket, now: number): string {
  if (isLate(ticket, now)) return "已逾期";
  return isHeld(ticket, now) ? "计时暂停" : `${whenText(ticket.due, now)} 前`;
}

export function countsOf({ now }: Pick<Scene, "now">, tickets: readonly Ticket[]): words.TodoCounts {
  const count = (fits: (ticket: Ticket) => boolean) => tickets.filter(fits).length;
  return {
    all: tickets.length,
    late: count((ticket) => isLate(ticket, now)),
    today: count((ticket) => isDueToday(ticket, now)),
    unaccepted: count(({ state }) => state === "open"),
  };
}
