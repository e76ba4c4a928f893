/** Who is meant by an order that names a colleague; what is missing of it is asked for once. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { isAway, standIn } from "../../station/duty.ts";
import type { Person } from "../../station/station.ts";
import { plain } from "../../words/plain.ts";
import * as toStaff from "../../words/staff-working.ts";
import type { Draft } from "../draft.ts";
import { actName, named } from "../lines/facts.ts";
import type { Command } from "../orders/command.ts";
import type { TicketAct } from "../orders/entitlement.ts";
import { wasAsked } from "../orders/wanted.ts";
import type { Scene } from "../scene.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { findWhom } from "./whom.ts";

/** As much of what was typed as an answer repeats of it. */
const TYPED_CHARACTERS = 12;
/** As many as a numbered choice shows. */
const OFFERED = 9;

export interface Chosen {
  readonly person: Person;
  /** Why this person, where another one or a point was named. */
  readonly why: string;
  readonly reason: string;
}

/** Null where it is not clear yet: the speaker has been told or asked. */
export function chosenBy(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  act: TicketAct,
  command: Command,
  takes: string,
): Chosen | null {
  const { station, prompts } = scene;
  const { ticket } = stored;
  const usage = { act: actName(scene, act), takes };
  const ask = (whom: string | null) => draft.ask(scene, { kind: "words", ticket: ticket.id, act, said: "", whom });
  const today = shanghaiDate(scene.now);
  const byNumber = command.whom === undefined ? null : station.personById(command.whom);
  if (byNumber) return present(draft, scene, stored, { person: byNumber, why: "", reason: command.argument });
  if (command.argument === "") {
    draft.answer(toStaff.wordsWanted(named(ticket), "人选和原因", usage, prompts), ticket);
    ask(null);
    return null;
  }
  const found = findWhom(command.argument, { station, today, not: ticket.owner });
  const [only, ...others] = found?.people ?? [];
  if (!found || !only) {
    const typed = command.explicit ? plain(command.argument.split(/\s/u)[0] ?? "", TYPED_CHARACTERS) : "";
    draft.answer(toStaff.noSuchColleague(named(ticket), typed, usage, prompts), ticket);
    ask(null);
    return null;
  }
  if (others.length > 0) {
    const options = found.people.slice(0, OFFERED);
    const shown = options.map((person) => nameAndPlace(scene, person));
    draft.answer(toStaff.whichColleague(named(ticket), shown, prompts), ticket);
    draft.ask(scene, { kind: "whom", ticket: ticket.id, act, options: options.map(({ id }) => id), said: found.rest });
    return null;
  }
  return present(draft, scene, stored, { person: only, why: found.why, reason: found.rest });
}

/** The reason, where it is missing and was not asked for yet. True if it is waited for now. */
export function asksReason(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  act: TicketAct,
  said: { readonly reason: string; readonly whom?: string; readonly said?: string },
): boolean {
  if (said.reason !== "" || wasAsked(scene, stored, act)) return false;
  const { ticket } = stored;
  draft.answer(toStaff.reasonWanted(named(ticket), actName(scene, act), scene.prompts), ticket);
  draft.ask(scene, { kind: "words", ticket: ticket.id, act, said: said.said ?? "", whom: said.whom ?? null });
  return true;
}

/** Nobody is given anything while away, unless somebody stands in, and then that is said. */
export function present(draft: Draft, scene: Scene, { ticket }: StoredTicket, chosen: Chosen): Chosen | null {
  const today = shanghaiDate(scene.now);
  if (!isAway(chosen.person, today)) return chosen;
  const there = standIn(scene.station, chosen.person, today);
  if (there) return { ...chosen, person: there.person, why: there.why };
  draft.answer(toStaff.colleagueAway(named(ticket), chosen.person.name), ticket);
  return null;
}

/** `孙三（南社区服务点）` */
export function nameAndPlace({ station }: Pick<Scene, "station">, { id, name }: Person): string {
  const point = station.points.find(({ helpers }) => helpers.includes(id));
  return point ? `${name}（${point.name}）` : name;
}
