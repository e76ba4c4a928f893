/**
 * Who takes a request of a point on a day (desk-practice 6): the point's own helper; else who stands in for one that is
 * away; else the main station; else the chief. Of several, one who is reached where the ticket lives. Pure, and never nobody.
 */
import type { PlatformName } from "../chat/message.ts";
import type { DateText } from "../pledge/hours.ts";
import type { Absence, Person, Point, Station } from "./station.ts";

export interface Duty {
  readonly person: Person;
  /** Empty where it is simply the point's own helper. */
  readonly why: string;
}

/** By person id; who is not named has none, and has had none. */
type Count = ReadonlyMap<string, number>;

/** What somebody has to do already, and whose turn it is: advisory, two who are sent for at once may both be the first. */
export interface Load {
  /** Open tickets. */
  readonly open: Count;
  /** When they were last given one. */
  readonly last: Count;
}

export const NO_LOAD: Load = { open: new Map(), last: new Map() };

export function isAway(person: Person, date: DateText): boolean {
  return absencesOn(person, date).length > 0;
}

/** The point's helpers in their turn, away or not; the main station's where the point is not known. */
export function helpersFor(station: Station, pointId: string | null): readonly Person[] {
  return helpersOf(station, pointOrMain(station, pointId));
}

/** `on`: where the ticket lives. */
export function onDuty(
  station: Station,
  pointId: string | null,
  date: DateText,
  load: Load = NO_LOAD,
  on: PlatformName | null = null,
): Duty {
  const point = pointOrMain(station, pointId);
  const main = station.mainPoint;
  const turn = { load, on, not: null };
  const own = atPoint(station, point, date, turn);
  if (own) return own.why === "" && pointId !== point.id ? { ...own, why: `服务点待定，由${main.name}承办` } : own;

  const missing = point.helpers.length === 0 ? `${point.name}暂无帮办员` : `${point.name}帮办员均请假`;
  const there = point.id === main.id ? null : atPoint(station, main, date, turn);
  if (there) return { person: there.person, why: `${missing}，由${main.name}${there.person.name}代办` };

  // Even a chief on leave without a deputy is somebody whom the request reaches.
  const chief = isAway(station.chief, date) ? standIn(station, station.chief, date)?.person : station.chief;
  const person = chief ?? station.chief;
  return { person, why: `${missing}，由${person.name}承办` };
}

/** Who else takes it, where `not` does not: of the point, else of the main station; null where only the chief is left. */
export function nextOnDuty(
  station: Station,
  pointId: string | null,
  not: string | null,
  date: DateText,
  load: Load = NO_LOAD,
  on: PlatformName | null = null,
): Duty | null {
  const point = pointOrMain(station, pointId);
  const main = station.mainPoint;
  const own = atPoint(station, point, date, { load, on, not });
  if (own || point.id === main.id) return own;
  const there = atPoint(station, main, date, { load, on, not });
  return there && { person: there.person, why: `由${main.name}${there.person.name}代办` };
}

interface Turn {
  readonly load: Load;
  readonly on: PlatformName | null;
  readonly not: string | null;
}

function atPoint(station: Station, point: Point, date: DateText, { load, on, not }: Turn): Duty | null {
  const helpers = helpersOf(station, point).filter(({ id }) => id !== not);
  const present = helpers.filter((helper) => !isAway(helper, date)).map((person) => ({ person, why: "" }));
  if (present.length > 0) return leastLoaded(reachedOn(on, present), load);
  const standIns = helpers.flatMap((helper) => standIn(station, helper, date) ?? []);
  return leastLoaded(
    reachedOn(
      on,
      standIns.filter(({ person }) => person.id !== not),
    ),
    load,
  );
}

/** Those with an account there; all of them where none has one. */
function reachedOn(on: PlatformName | null, duties: readonly Duty[]): readonly Duty[] {
  const there = duties.filter(({ person }) => on !== null && person.accounts[on] !== undefined);
  return there.length > 0 ? there : duties;
}

/** Whether somebody is one of the point's helpers, and here: then nobody else need be sent for. */
export function isHereFor(station: Station, pointId: string, id: string | null, date: DateText): boolean {
  const helper = id === null ? null : station.personById(id);
  return helper !== null && (station.point(pointId)?.helpers.includes(helper.id) ?? false) && !isAway(helper, date);
}

/** Who looks after somebody's tickets of a point while they are away, and never nobody; null while they are here. */
export function standsInFor(station: Station, owner: Person, pointId: string | null, date: DateText): Person | null {
  if (!isAway(owner, date)) return null;
  return deputyOf(station, owner, date) ?? onDuty(station, pointId, date).person;
}

/** Whom an absent person has named, or whoever stands in for that one; null where nobody was, or none of them is here. */
export function deputyOf(station: Station, person: Person, date: DateText): Person | null {
  return isAway(person, date) ? (standIn(station, person, date)?.person ?? null) : null;
}

/** The deputy, the deputy's deputy …; two who stand in for each other while both are away lead to nobody. */
export function standIn(station: Station, person: Person, date: DateText): Duty | null {
  const absent = [person];
  const queue = deputiesOf(station, person, date);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const deputy = next;
    if (absent.includes(deputy)) continue;
    if (!isAway(deputy, date)) {
      return { person: deputy, why: `${absent.map(({ name }) => name).join("、")}请假，由${deputy.name}代办` };
    }
    absent.push(deputy);
    queue.push(...deputiesOf(station, deputy, date));
  }
  return null;
}

function deputiesOf(station: Station, person: Person, date: DateText): Person[] {
  return absencesOn(person, date).flatMap(({ deputy }) => (deputy === null ? [] : (station.personById(deputy) ?? [])));
}

function absencesOn(person: Person, date: DateText): readonly Absence[] {
  return person.away.filter(({ from, to }) => from <= date && date <= to);
}

/** Who has the least to do; of several whoever was given one the longest time ago, then the first of the file. */
function leastLoaded(duties: readonly Duty[], { open, last }: Load): Duty | null {
  const before = (a: Duty, b: Duty): boolean => {
    const more = (open.get(a.person.id) ?? 0) - (open.get(b.person.id) ?? 0);
    return more !== 0 ? more < 0 : (last.get(a.person.id) ?? 0) < (last.get(b.person.id) ?? 0);
  };
  return duties.reduce<Duty | null>((best, duty) => (best && !before(duty, best) ? best : duty), null);
}

function pointOrMain(station: Station, pointId: string | null): Point {
  return (pointId === null ? null : station.point(pointId)) ?? station.mainPoint;
}

function helpersOf(station: Station, point: Point): readonly Person[] {
  return point.helpers.flatMap((id) => station.personById(id) ?? []);
}
