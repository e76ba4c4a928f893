/** Whose leave is spoken of: the speaker's own, or that of a colleague who is named as the one away: 孙三请假三天. Pure. */
import type { Person, Station } from "../../station/station.ts";
import { colleagueNamed } from "./colleagues.ts";
import { STANDS_IN } from "./leave-words.ts";

export type Absent =
  | { readonly kind: "speaker" }
  | { readonly kind: "colleague"; readonly person: Person }
  /** Two are named, or a calling fits two: nobody is put down as away by a guess. */
  | { readonly kind: "unclear"; readonly typed: string };

const DAY =
  "(?:(?:\\d{4}年)?\\d{1,2}月(?:\\d{1,2}[日号]?)?|\\d{1,2}[日号]|[今明后昨][天日早晚]?|大后天|[本这下上]?个?(?:周|星期|礼拜)[一二三四五六日天末]?|这[几两]?天|[上下中]午|晚上|月底|[到至起从-])";
/** Said before who it is: 帮孙三请假, 登记：孙三, 明天孙三不在. */
const BEFORE = `^(?:[\\s\\p{P}]|请假|销假|登记|报备|帮忙|[帮替给为]|一下|${DAY})*`;
const CALLED = "[小老阿]\\p{Script=Han}|\\p{Script=Han}(?:姐|哥|老师|主任|师傅)";
/** What is said of somebody who is away: the days, or that they are not here. */
const AWAY_BEHIND = new RegExp(
  `^(?:同志|老师)?[\\s，,、:：]*(?:要|也|都|已经?|家里|身体|的)*(?:${DAY}|[\\d一二两三四五六七八九十半]+个?[天周月]|请|休|销|登记|报备|病|不在|不来|来不|没来|没到|到不了|住院|出差|外出|调休|产假|年假|事假|回来|返岗|到岗|上班|去(?!办)|因)`,
  "u",
);
const STANDING_BEHIND = new RegExp(`^(?:${DAY}|[\\s来先会可以能])*${STANDS_IN}`, "u");
const ANOTHER_BEHIND = /^(?:同志|老师)?\s*[和与跟、及]\s*/u;

export function absentIn(station: Pick<Station, "people">, speaker: Person, text: string): Absent {
  const folded = text.normalize("NFKC").trim();
  const staff = station.people.filter(({ role }) => role !== "leader");
  const names = staff.map(({ name }) => name).sort((a, b) => b.length - a.length);
  const subject = new RegExp(`${BEFORE}(?<who>${names.map(escaped).join("|")}|${CALLED})`, "u").exec(folded);
  const typed = subject?.groups?.["who"] ?? "";
  if (!subject || typed === "") return { kind: "speaker" };
  const behind = folded.slice(subject[0].length);
  if (STANDING_BEHIND.test(behind)) return { kind: "speaker" };
  const { caller, names: fitting } = colleagueNamed({ people: staff }, typed);
  const known = caller !== null || fitting.length < names.length;
  if (!known) return { kind: "speaker" };
  const other = ANOTHER_BEHIND.exec(behind)?.[0];
  if (other !== undefined && names.some((name) => behind.slice(other.length).startsWith(name))) {
    return { kind: "unclear", typed };
  }
  if (!AWAY_BEHIND.test(behind)) return { kind: "speaker" };
  if (caller === null) return { kind: "unclear", typed };
  return caller.id === speaker.id ? { kind: "speaker" } : { kind: "colleague", person: caller };
}

/** 孙三请假三天 without its 孙三, so that nobody takes the name for the deputy's. */
export function withoutAbsent(text: string, person: Person): string {
  return text.replaceAll(person.name, " ");
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
}
