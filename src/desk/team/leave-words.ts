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
/** Left behind the days that were read: it could be no end of them. */
const UP_TO = /^\s*(?:到|至|[-—–~～]{1,2})\s*/u;
const DAY_OF_MONTH = /^(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}[日号]/u;
const PART_OF_DAY = /半天|上午|下午|[两\d一二三四五六七八九]\s*(?:个)?(?:小时|点)/u;

/** 12月9日到8日: the end is read as before the beginning, and nobody is put down for what is left of it. */
export function isReversed(text: string, today: DateText): boolean {
  const folded = text.normalize("NFKC");
  const found = findWhen(folded, today);
  if (!found || found.when.from !== found.when.to) return false;
  const behind = folded.slice(found.end);
  const to = UP_TO.exec(behind)?.[0];
  if (to === undefined) return false;
  const rest = behind.slice(to.length);
  return DAY_OF_MONTH.test(rest) || findWhen(rest, today)?.start === 0;
}

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

export const STANDS_IN =
  "(?:代(?:办|班|理|管|接|为|我|一下)?|顶(?:岗|班|替|上|一下)?|接(?:手|替|班)?|替(?:我|班|一下)?|负责|[看盯]着|帮)";
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
/** Said by whoever registers somebody else. */
const MYSELF = new RegExp(`(?:由|让|给|交给)?我(?:来|先)?(?:${STANDS_IN})`, "u");
/** 由别人代 names nobody. */
const SOMEBODY = /^(?:别人|其他|他人|同事|人|大家|谁|我|假|单|您|你们?|领导$|一?下)/u;

/** @param speaker who says so, where somebody else is away */
export function deputyIn(station: Station, absent: Person, text: string, speaker = absent): DeputyNamed {
  const folded = text.normalize("NFKC");
  if (speaker.id !== absent.id && speaker.role !== "leader" && MYSELF.test(folded))
    return { kind: "one", person: speaker };
  const others = station.people.filter(({ id, role }) => id !== absent.id && role !== "leader");
  const written = others.filter(({ name }) => folded.includes(name));
  const [only, ...more] = written;
  if (only && more.length === 0) return { kind: "one", person: only };
  const said = SAID.flatMap((pattern) => [...folded.matchAll(pattern)].map((found) => (found[1] ?? "").trim()));
  const typed = said.find((name) => name !== "" && !SOMEBODY.test(name));
  if (typed !== undefined) {
    const { caller, names } = colleagueNamed(station, typed);
    if (caller) return { kind: "one", person: caller };
    return { kind: "unknown", typed, names: names.filter((name) => name !== absent.name) };
  }
  if (only)
    return {
      kind: "unknown",
      typed: written.map(({ name }) => name).join("、"),
      names: written.map(({ name }) => name),
    };
  return { kind: "nobody" };
}

/** What somebody says who cannot come; whose it is stands before it, if anything does. */
const TIME =
  "(?:(?:从|到|[今明后][天日早晚]?|大后天|[本这下]?个?(?:周|星期|礼拜)[一二三四五六日天末]?|这[几两]?天|[上下中]午|晚上|\\d{1,2}月|\\d{1,2}[日号]|起|[到至、-])\\s*)";
const OWN = `(?:我|本人|家里|家中|孩子|小孩|老人|父亲|母亲|爸|妈|爱人|老婆|老公|身体|突然|临时|有点|可能|要|得|又|都|也|先|${TIME})*`;
const CANNOT_COME = new RegExp(
  `(?:^|[，,。；;！!\\s])${OWN}(?:请.{0,4}假|休.{0,3}假|调休|公休|生?病[了倒假]?|感冒|发烧|不舒服|住院|有(?:急?事|白事)|来不了|不来了?|到不了|赶不回|不在(?:岗|站里?|单位)?(?=$|[，,。！!\\s])|(?:没法|不能)(?:来|到岗|上班)|上不了班|歇|出差|外出|去医院)`,
  "u",
);
const SUBSTITUTE =
  /(?:替|代|顶)(?:一?下)?(?:我|班|岗)|帮我(?:代|顶|替|看|盯)|(?:代|顶|替)一下|(?:代|顶|替).{0,6}(?:班|岗)/u;
const ASKS = /[?？]|[吗呢么][\p{P}\s]*$|谁|什么|怎么|多少/u;

/** Free words that tell of being away: too little to register by, enough to ask. */
export function tellsOfLeave(text: string, days: LeaveDays | null, deputy: DeputyNamed["kind"]): boolean {
  const folded = text.normalize("NFKC");
  if (ASKS.test(folded)) return false;
  if (days !== null && deputy === "one" && SUBSTITUTE.test(folded)) return true;
  return CANNOT_COME.test(folded) && (days !== null || deputy === "one");
}
