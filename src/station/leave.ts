/**
 * Leave that was said in a chat, over what the station file says of the same people. Kept a person in Redis, a line of
 * JSON each; the file is never written. Pure.
 */
import { addDays, type DateText } from "../pledge/hours.ts";
import type { Absence, Person, Station } from "./station.ts";

export interface Leave {
  /** Said in the chat, in the order in which it was said. */
  readonly away: readonly Absence[];
  /** Days on which somebody was back: what the file says of them ended the day before. */
  readonly back: readonly DateText[];
}

/** Longer than any leave that the file may still tell of. */
const KEPT_DAYS = 400;

/** By person id. */
export type Leaves = ReadonlyMap<string, Leave>;

export const NO_LEAVE: Leave = { away: [], back: [] };

/** The same station, with everybody away who has said so and nobody who has come back. */
export function withLeaves(station: Station, leaves: Leaves): Station {
  if (leaves.size === 0) return station;
  const people = station.people.map((person) => withLeave(person, leaves.get(person.id)));
  const byId = new Map(people.map((person) => [person.id, person]));
  const renewed = (person: Person | null): Person | null => (person && byId.get(person.id)) ?? person;
  return {
    ...station,
    people,
    chief: renewed(station.chief) ?? station.chief,
    person: (platform, account) => renewed(station.person(platform, account)),
    personById: (id) => byId.get(id) ?? null,
    invited: (field) => renewed(station.invited(field)),
  };
}

function withLeave(person: Person, leave: Leave | undefined): Person {
  if (!leave) return person;
  const { away, back } = leave;
  const filed = person.away.flatMap((absence) => {
    const day = back.find((date) => absence.from <= date && date <= absence.to);
    if (day === undefined) return [absence];
    return absence.from === day ? [] : [{ ...absence, to: addDays(day, -1) }];
  });
  return { ...person, away: [...filed, ...away] };
}

/** Whoever is away, or going to be, from that day on; earliest first. */
export function absencesFrom({ away }: Pick<Person, "away">, date: DateText): Absence[] {
  return away.filter(({ to }) => to >= date).sort((a, b) => a.from.localeCompare(b.from));
}

export function overlapping(
  { away }: Pick<Person, "away">,
  { from, to }: Pick<Absence, "from" | "to">,
): Absence | null {
  return away.find((absence) => absence.from <= to && from <= absence.to) ?? null;
}

/** What is over needs no keeping. */
export function takeLeave({ away, back }: Leave, absence: Absence, today: DateText): Leave {
  return { away: [...away.filter(({ to }) => to >= today), absence], back };
}

/** Back today from `absence`, or not going at all. */
export function endLeave({ away, back }: Leave, absence: Absence, today: DateText): Leave {
  const rest = away.filter((other) => other.from !== absence.from || other.to !== absence.to);
  const kept = absence.from < today && rest.length < away.length ? [{ ...absence, to: addDays(today, -1) }] : [];
  const day = absence.from > today ? absence.from : today;
  return { away: [...rest, ...kept], back: [...back.filter((date) => date >= addDays(today, -KEPT_DAYS)), day] };
}

export function toLeaveLine(leave: Leave): string {
  return JSON.stringify(leave);
}

export function fromLeaveLine(line: string): Leave {
  return JSON.parse(line) as Leave;
}
