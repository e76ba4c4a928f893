/** Which colleague a few words name: the whole name, an id, or 小吴, 老周 where only one can be meant. Pure. */
import type { Person, Station } from "../../station/station.ts";

export interface Colleague {
  /** Null where nobody, or more than one, can be meant. */
  readonly caller: Person | null;
  /** Who could be: those that fit, else everybody. */
  readonly names: readonly string[];
}

const POLITE = /(?:同志|老师|主任|书记|姐|哥|他|她)$/u;

export function colleagueNamed({ people }: Pick<Station, "people">, typed: string): Colleague {
  const wanted = typed.normalize("NFKC").replace(/\s+/gu, "").replace(POLITE, "");
  const staff = people.filter(({ role }) => role !== "leader");
  const exact = staff.filter(({ id, name }) => name === wanted || id === wanted.toLowerCase());
  const within = exact.length > 0 ? exact : staff.filter(({ name }) => wanted.length > 1 && fits(name, wanted));
  const [only, ...others] = within;
  const names = (within.length > 0 ? within : staff).map(({ name }) => name);
  return { caller: only && others.length === 0 ? only : null, names };
}

function fits(name: string, wanted: string): boolean {
  if (name.includes(wanted) || wanted.includes(name)) return true;
  const familiar = /^[小老阿](\p{Script=Han})$/u.exec(wanted)?.[1];
  return familiar !== undefined && (name.startsWith(familiar) || name.endsWith(familiar));
}
