/**
 * Which colleague is meant: 孙三, 三, 小孙, 孙姐, 组织, 首席, 南社区. Pure. Leaders work on no ticket, so none is ever meant.
 * A calling counts only where it fits one person; where it fits several they are offered by number.
 */
import { onDuty } from "../../station/duty.ts";
import type { Field, Person, Point, Station } from "../../station/station.ts";

export interface Whom {
  readonly people: readonly Person[];
  /** Why a person, where a point was named. */
  readonly why: string;
  /** What was said beside the name: the reason. */
  readonly rest: string;
  /** Where the name stands in what was typed, without the blanks around it. */
  readonly start: number;
  readonly end: number;
}

const ROLE = /^(?:首席|特邀)?帮办员/u;
const FIELDS: readonly (readonly [RegExp, Field])[] = [
  [/组织(?:办|科|口|部|那边|委员)?(?:的?(?:同志|同事|领导))?(?!关系|生活|架构|活动|一)/u, "organisation"],
  [/(?:经济发展|经发|经济)(?:办|科|口|那边)?(?:的?(?:同志|同事))?/u, "economy"],
  [/(?:总)?工会(?:那边|口)?(?:的?(?:同志|同事|人))?/u, "union"],
];
const CHIEF = /首席(?:帮办员)?/u;
const MAIN = /(?:主|总)站/u;
const POINT_SUFFIX = /(?:党群)?(?:服务点|服务站|服务中心|点|站)$/u;
const NICKNAME = /[小老阿](\p{Script=Han})|(\p{Script=Han})(?:姐|哥|老师|主任|科长|师傅|书记|工(?!会)|同志)/gu;
/** Before a name that is one character long; alone it may be any word. */
const TO = "(?:^|[转给让请派叫拉换加归由找到排烦托]|协办)\\s*";
/** Between the name and the reason, and around both. */
const AROUND = /^(?:[\s\p{P}]|转|给|请|派给|派|到|由|让|交给|移交)+|[\s\p{P}]+$/gu;
const BEHIND = /^(?:[\s\p{P}]|吧|同志|老师|那边|处理|承办|办理|接手|来办|去办|办(?!公)|负责|的同[志事])+/u;
const REASON_WORD = /^(?:因为|因|原因是?|理由是?)[\s:：，,]*/u;

type Found = { readonly person: Person; readonly start: number; readonly end: number; readonly why: string };

export interface Seeking {
  readonly station: Station;
  /** Shanghai's date: who is on duty at a point. */
  readonly today: string;
  /** Who has it now, and is not meant by the name of a point. */
  readonly not: string | null;
}

export function findWhom(typed: string, seeking: Seeking): Whom | null {
  const text = typed.trim();
  // What stands first is who; a name in the reason is none: 转办 孙三 李四出差.
  const [head = ""] = /^\S+/u.exec(text) ?? [];
  for (const part of head === text ? [text] : [head, text]) {
    for (const look of LOOKS) {
      const found = longest(look(part, seeking));
      if (found.length === 0) continue;
      const people = [...new Map(found.map(({ person }) => [person.id, person])).values()];
      const [first] = found;
      const { start = 0, end = 0 } = first ?? {};
      return { people, why: people.length === 1 ? (first?.why ?? "") : "", rest: restOf(text, found), start, end };
    }
  }
  return null;
}

/** 陈晓明 is not 陈晓 as well. */
function longest(found: readonly Found[]): Found[] {
  const within = (a: Found, b: Found) => b.start <= a.start && a.end <= b.end && b.end - b.start > a.end - a.start;
  return found.filter((each) => !found.some((other) => within(each, other)));
}

function colleagues({ station }: Seeking): readonly Person[] {
  return station.people.filter(({ role }) => role !== "leader");
}

/** Surest first: what is sure leaves no room for what is less so. */
const LOOKS: readonly ((text: string, seeking: Seeking) => Found[])[] = [
  (text, seeking) => colleagues(seeking).flatMap((person) => at(text, person.name, person)),
  (text, seeking) =>
    colleagues(seeking).flatMap((person) =>
      callingsOf(person).flatMap((calling) => (calling.length > 1 ? at(text, calling, person) : [])),
    ),
  byNickname,
  byPoint,
  byOffice,
  (text, seeking) => colleagues(seeking).flatMap((person) => callingsOf(person).flatMap((c) => alone(text, c, person))),
];

/** As people write it: 帮办员丙 is 丙. */
export function ownNameOf({ name }: Person): string {
  return name.replace(ROLE, "");
}

/** 帮办员丙 is 丙; 张建国 is 建国. */
function callingsOf(person: Person): string[] {
  const own = ownNameOf(person);
  return [own, ...([...own].length > 2 ? [[...own].slice(1).join("")] : [])].filter((calling) => calling !== "");
}

function at(text: string, calling: string, person: Person): Found[] {
  const start = text.indexOf(calling);
  return start < 0 ? [] : [{ person, start, end: start + calling.length, why: "" }];
}

function alone(text: string, calling: string, person: Person): Found[] {
  const found = new RegExp(`${TO}(${calling})(?=$|[\\s\\p{P}来去办接处负承同加帮协])`, "u").exec(text);
  if (!found) return [];
  const end = found.index + found[0].length;
  return [{ person, start: end - calling.length, end, why: "" }];
}

function byNickname(text: string, seeking: Seeking): Found[] {
  return [...text.matchAll(NICKNAME)].flatMap((found) => {
    const [called, young, titled] = found;
    const name = young ?? titled ?? "";
    const start = found.index;
    const fits = colleagues(seeking).filter((person) => {
      const own = ownNameOf(person);
      // 小王 is somebody whose surname it is; 阿芳 somebody in whose name it stands.
      return called.startsWith("阿") ? own.includes(name) : own.startsWith(name);
    });
    return fits.map((person) => ({ person, start, end: start + called.length, why: "" }));
  });
}

function byPoint(text: string, { station, today, not }: Seeking): Found[] {
  return station.points.flatMap((point) => {
    const span = spanOfPoint(text, point);
    return span ? [{ ...takerOf(station, point, today, not), ...span }] : [];
  });
}

/** What a point is called, the longest first: 南社区服务点, 南社区, 南点. */
export function callingsOfPoint(point: Point): string[] {
  const short = point.name.replace(POINT_SUFFIX, "");
  const stem = short.replace(/(?:商圈|社区|村|园区)$/u, "");
  const callings = [point.name, ...(stem.length > 1 ? [short, stem] : [short, `${stem}点`, `${stem}片`])];
  return callings.filter((calling) => calling !== "");
}

function spanOfPoint(text: string, point: Point): { start: number; end: number } | null {
  for (const calling of callingsOfPoint(point)) {
    const start = text.indexOf(calling);
    if (start < 0) continue;
    const tail = /^(?:服务)?[点站]?(?:的?(?:同事|同志)|那边)?/u.exec(text.slice(start + calling.length))?.[0] ?? "";
    return { start, end: start + calling.length + tail.length };
  }
  const main = point.main ? MAIN.exec(text) : null;
  return main ? { start: main.index, end: main.index + main[0].length } : null;
}

/** Who is on duty there; another of its helpers where that is who has it already. */
function takerOf(station: Station, point: Point, today: string, not: string | null): { person: Person; why: string } {
  const others = { ...point, helpers: point.helpers.filter((id) => id !== not) };
  const own = others.helpers.length === 0 || others.helpers.length === point.helpers.length;
  const among = own ? station : { ...station, point: (id: string) => (id === point.id ? others : station.point(id)) };
  const { person, why } = onDuty(among, point.id, today);
  return { person, why: why || `${point.name}当班` };
}

function byOffice(text: string, { station }: Seeking): Found[] {
  const found = FIELDS.flatMap(([pattern, field]) => {
    const hit = pattern.exec(text);
    const person = hit && station.invited(field);
    return hit && person ? [{ person, start: hit.index, end: hit.index + hit[0].length, why: "" }] : [];
  });
  const chief = CHIEF.exec(text);
  if (chief) found.push({ person: station.chief, start: chief.index, end: chief.index + chief[0].length, why: "" });
  return found;
}

/** The reason: what stands behind a name that stands first; else the whole of what was said. */
function restOf(text: string, found: readonly Found[]): string {
  const [first] = found;
  if (!first) return text.trim();
  const before = text.slice(0, first.start).replace(AROUND, "");
  if (before !== "") return text.trim();
  const end = Math.max(...found.filter(({ start }) => start === first.start).map((each) => each.end));
  return text.slice(end).replace(BEHIND, "").replace(REASON_WORD, "").trim();
}
