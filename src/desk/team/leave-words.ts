/** Who is away when, and who stands in, read from what people type: 请假 12月1日到5日 由 帮办员辛 代. Pure. */
import { addDays, type DateText } from "../../pledge/hours.ts";
import type { Person, Station } from "../../station/station.ts";
import { findWhen } from "../../understanding/dates.ts";
import { NUMERAL, numeralOf } from "../../understanding/slots-numeral.ts";
import { colleagueNamed } from "./colleagues.ts";

export interface LeaveDays {
  readonly from: DateText;
  readonly to: DateText;
  /** A part of a day was said: 下午. */
  readonly part: boolean;
}

/** 三天, 两周: behind a first day, or from today. */
const LASTING = new RegExp(`(?<!第)(${NUMERAL}|半)(?:个?(天|周|星期|礼拜)|个(月))(?![以之]?[内前])`, "u");
const DAYS_OF = new Map([
  ["天", 1],
  ["周", 7],
  ["星期", 7],
  ["礼拜", 7],
  ["月", 30],
]);
/** 请到周五: from today on. */
const UNTIL = /(?:到|至|[休请]到)\s*$/u;
const PART_OF_DAY = /半天|上午|下午|[两\d一二三四五六七八九]\s*(?:个)?(?:小时|点)/u;

/** Null where no day can be made out, or none that lies ahead. */
export function leaveDaysIn(text: string, today: DateText): LeaveDays | null {
  const folded = text.normalize("NFKC");
  const part = PART_OF_DAY.test(folded);
  const found = findWhen(folded, today);
  const days = lastingIn(folded);
  if (!found) {
    if (days !== null) return { from: today, to: addDays(today, days - 1), part };
    // 下午不在: of today.
    return part ? { from: today, to: today, part } : null;
  }
  const { from, to } = found.when;
  if (from === null) return to === null ? null : { from: today, to, part };
  const single = to === null || to === from;
  if (single && days !== null && days > 1) return { from, to: addDays(from, days - 1), part };
  if (to === null) return null;
  if (single && UNTIL.test(folded.slice(0, found.start))) return { from: today, to, part };
  return { from: from < today ? today : from, to, part };
}

function lastingIn(text: string): number | null {
  const found = LASTING.exec(text);
  if (!found) return null;
  if (found[1] === "半") return 1;
  const count = numeralOf(found[1] ?? "");
  return count === null ? null : count * (DAYS_OF.get(found[2] ?? found[3] ?? "") ?? 1);
}

export type DeputyNamed =
  | { readonly kind: "nobody" }
  | { readonly kind: "one"; readonly person: Person }
  | { readonly kind: "unknown"; readonly typed: string; readonly names: readonly string[] };

const STANDS_IN =
  "(?:代(?:办|班|理|管|接|为|我|一下)?|顶(?:岗|班|替|上|一下)?|接(?:手|替|班)?|替(?:我|班|一下)?|负责|看着|帮)";
const NAME = "([\\p{Script=Han}A-Za-z0-9]{1,10}?)";
const SAID: readonly RegExp[] = [
  new RegExp(`由\\s*${NAME}\\s*(?:来|先)?\\s*${STANDS_IN}`, "gu"),
  new RegExp(
    `(?:代班人?|代理人|代办人|代班的?|顶岗的?)(?:是|为|已经说好了是|[:：])?\\s*${NAME}(?:老师|同志)?\\s*(?:$|[，,。；;！!])`,
    "gu",
  ),
  new RegExp(
    `(?:交给|派给|转给|给|请|让|找|托)\\s*([小老阿]\\p{Script=Han}|${NAME.slice(1, -1)})\\s*(?:${STANDS_IN}|$|[，,。；;！!])`,
    "gu",
  ),
  /(?:^|[，,。；;\s])([小老阿]\p{Script=Han}|\p{Script=Han}{2,4})(?:先)?(?:代|顶|替)/gu,
];
/** 由别人代 names nobody. */
const SOMEBODY = /^(?:别人|其他|他人|同事|人|大家|谁|我|假|单|您|你们?|领导$|一?下)/u;

export function deputyIn(station: Station, speaker: Person, text: string): DeputyNamed {
  const folded = text.normalize("NFKC");
  const others = station.people.filter(({ id, role }) => id !== speaker.id && role !== "leader");
  const written = others.filter(({ name }) => folded.includes(name));
  const [only, ...more] = written;
  if (only && more.length === 0) return { kind: "one", person: only };
  const said = SAID.flatMap((pattern) => [...folded.matchAll(pattern)].map((found) => (found[1] ?? "").trim()));
  const typed = said.find((name) => name !== "" && !SOMEBODY.test(name));
  if (typed !== undefined) {
    const { caller, names } = colleagueNamed(station, typed);
    if (caller) return { kind: "one", person: caller };
    return { kind: "unknown", typed, names: names.filter((name) => name !== speaker.name) };
  }
  if (only)
    return {
      kind: "unknown",
      typed: written.map(({ name }) => name).join("、"),
      names: written.map(({ name }) => name),
    };
  return { kind: "nobody" };
}
