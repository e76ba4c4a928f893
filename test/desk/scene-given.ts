/** A scene by hand: the tests' station, a few words for what is understood, and what is known. */
import { fileURLToPath } from "node:url";
import type { AnswerHandle, Message, PlatformName } from "../../src/chat/message.ts";
import { conversationOf } from "../../src/chat/message.ts";
import { timesOf } from "../../src/desk/clock/accept-by.ts";
import { decideStep } from "../../src/desk/clock/step.ts";
import { decide } from "../../src/desk/decide.ts";
import { type Decision, NOTHING } from "../../src/desk/decision.ts";
import type { Ask, Known } from "../../src/desk/known.ts";
import type { Did } from "../../src/desk/orders/did.ts";
import { type Scene, type Setting, speakerOf, whoOf } from "../../src/desk/scene.ts";
import { NOTHING_SEEN, type Overview } from "../../src/desk/team/overview.ts";
import { eachBeforeStation, seesStation, sightHere } from "../../src/desk/team/sight.ts";
import { NOBODY_AWAY } from "../../src/desk/team/standing.ts";
import type { Happening, TicketEvent } from "../../src/desk/ticket/event.ts";
import { findNumbers, quotedNumbers } from "../../src/desk/ticket/number.ts";
import { evolve, openTicket, type Ticket } from "../../src/desk/ticket/ticket.ts";
import type { StoredTicket } from "../../src/desk/ticket/ticket-record.ts";
import type { Courses } from "../../src/desk/training/course.ts";
import { openCalendar } from "../../src/pledge/calendar.ts";
import type { Load } from "../../src/station/duty.ts";
import { openEnterpriseIndex } from "../../src/station/enterprise-index.ts";
import { withLeaves } from "../../src/station/leave.ts";
import type { Station } from "../../src/station/station.ts";
import { readStation } from "../../src/station/station-file.ts";
import { type Intents, readIntents } from "../../src/understanding/intents.ts";
import { readReadings } from "../../src/understanding/pinyin.ts";
import type { CommandId, Understanding } from "../../src/understanding/understanding.ts";
import { WAYS } from "../lanes/samples.ts";

/** 2026-12-07, a Monday, 09:12 in Shanghai. */
export const NOW = Date.UTC(2026, 11, 7, 1, 12);
export const MINUTE = 60_000;

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
export const station = readStation(path("../doubles/station.yaml"), {
  WEBHOOK_BASE: "http://127.0.0.1:1",
});
export const intents: Intents = readIntents(path("../../intents"));
const calendar = openCalendar(station.holidays);
const enterprises = openEnterpriseIndex(station, readReadings());
/** What the tests' station goes by. */
export const TIMES = timesOf({ calendar, station });

const NOTHING_UNDERSTOOD: Understanding = {
  kind: "none",
  items: [],
  command: null,
  confidence: 1,
  candidates: [],
  commands: [],
  because: [],
  closest: null,
};

export function isItem(...items: string[]): Understanding {
  const candidates = items.map((item) => ({ item, confidence: 0.9 }));
  return { ...NOTHING_UNDERSTOOD, kind: "item", items, confidence: 0.9, candidates, because: ["借"] };
}
export function isUnclear(...items: string[]): Understanding {
  return { ...isItem(...items), kind: "unclear", confidence: 0.8 };
}
export const isOther: Understanding = { ...isItem("venue", "dues", "care"), kind: "other", items: [] };
export const isTalk = NOTHING_UNDERSTOOD;
export function isCommand(command: CommandId, confidence = 0.9): Understanding {
  const commands = [{ command, confidence }];
  return { ...isItem("venue", "dues", "care"), kind: "command", items: [], command, confidence, commands };
}

/** What each text means; what is not listed is talk. */
export type Meanings = Readonly<Record<string, Understanding>>;

/** WeCom by callbacks: the thread, and the groups' webhooks. */
export const onWecom: Setting["platforms"] = new Map([
  ["wecom", { ways: { answer: WAYS.answer, webhook: WAYS.webhook }, robot: "小帮手" }],
] as const);

export const setting = (meanings: Meanings = {}): Setting => ({
  station,
  enterprises,
  intents,
  calendar,
  prompts: { bot: "小帮手" },
  platforms: onWecom,
  understand: (text) => new Map(Object.entries(meanings)).get(text) ?? NOTHING_UNDERSTOOD,
  newId: (() => {
    let n = 0;
    return () => `NEW${String(++n).padStart(3, "0")}`;
  })(),
});

/** What the clock does to a ticket now; nothing where no step is due. */
export function stepped(origin: Setting, stored: StoredTicket, now: number): Decision {
  const step = decideStep(origin, stored, now);
  return "decision" in step ? step.decision : NOTHING;
}

export interface Given {
  readonly station?: Station;
  readonly platforms?: Setting["platforms"];
  readonly platform?: PlatformName;
  readonly handle?: AnswerHandle;
  readonly by?: string;
  readonly outsider?: boolean;
  /** Null: one to one. */
  readonly chat?: string | null;
  readonly quote?: string | null;
  readonly attachments?: readonly string[];
  readonly now?: number;
  readonly means?: Meanings;
  /** Tickets that Redis would find by the numbers typed or quoted. */
  readonly tickets?: readonly StoredTicket[];
  readonly ask?: Ask;
  readonly askedAt?: number;
  readonly last?: StoredTicket;
  readonly lastAt?: number;
  readonly lastText?: string;
  readonly enterprise?: string;
  readonly toldPlace?: boolean;
  readonly warned?: boolean;
  readonly leaves?: Known["standing"]["leaves"];
  readonly load?: Load;
  readonly overview?: Partial<Overview>;
  readonly report?: string;
  readonly courses?: Courses;
  readonly did?: Did;
}

export function sceneOf(text: string, given: Given = {}): Scene {
  const { by = "wang.min", chat = "wrGROUP01", now = NOW, tickets = [], ask = null } = given;
  const { platform = "wecom", platforms = onWecom } = given;
  const message: Message = {
    platform,
    id: "m1",
    chat,
    by,
    outsider: given.outsider ?? false,
    text,
    quote: given.quote ?? null,
    quotes: [],
    knownAs: null,
    attachments: given.attachments ?? [],
    answer: given.handle ?? null,
  };
  const base = { ...setting(given.means), station: given.station ?? station, platforms };
  const { leaves = new Map(), load = NOBODY_AWAY.load } = given;
  const numbers = findNumbers(text, 2026);
  const quoted = message.quote === null ? [] : quotedNumbers(message.quote, 2026);
  const conversation = conversationOf(message);
  const who = whoOf(base.station, message);
  const person = speakerOf(withLeaves(base.station, leaves), message);
  const group = chat === null ? null : base.station.group(platform, chat);
  const numbered = (wanted: readonly string[]) => tickets.filter(({ ticket }) => wanted.includes(ticket.number));
  const here = tickets.filter(({ ticket }) => ticket.conversation === conversation);
  const sight = sightHere(message, person, group);
  const inSight = sight === conversation ? here : tickets.filter(({ ticket }) => ticket.owner === person?.id);
  const isOpen = ({ ticket }: StoredTicket) => ["open", "accepted", "paused"].includes(ticket.state);
  const isShort = ({ ticket }: StoredTicket) => numbers.shorts.some((short) => ticket.number.endsWith(`-${short}`));
  const own = inSight.filter(isShort);
  const shorts = seesStation(message, person, group)
    ? eachBeforeStation(numbers.shorts, own, tickets.filter(isShort), now)
    : own;
  const idOfAsk = ask && "ticket" in ask ? ask.ticket : null;
  const known: Known = {
    person: { version: "", enterprise: given.enterprise ?? null, enterpriseAt: now },
    talk: {
      version: "",
      ask,
      askedAt: given.askedAt ?? now - MINUTE,
      lastAt: given.lastAt ?? 0,
      lastText: given.lastText ?? "",
      warned: given.warned ?? false,
      did: given.did ?? null,
    },
    toldPlace: given.toldPlace ?? false,
    named: numbered([...numbers.full, ...quoted]),
    shorts,
    last: given.last ?? null,
    asked: tickets.find(({ ticket }) => ticket.id === idOfAsk) ?? null,
    offered: ask?.kind === "which" ? numbered(ask.options) : [],
    mine: here.filter(({ ticket }) => ticket.asker === who && !["closed", "withdrawn"].includes(ticket.state)),
    company: tickets.filter(
      (stored) => isOpen(stored) && stored.ticket.enterprise === (group?.enterprise ?? given.enterprise),
    ),
    owned: inSight.filter((stored) => stored.ticket.owner === who && isOpen(stored)),
    deciding: tickets.filter((stored) => isOpen(stored) && stored.ticket.proposal?.deciders.includes(who)),
    standing: { leaves, load },
    overview: given.overview ? { ...NOTHING_SEEN, ...given.overview } : null,
    report: given.report ?? null,
    courses: given.courses ?? null,
  };
  const present = { ...base, station: withLeaves(base.station, leaves), load };
  const enterprise = group?.enterprise ?? (person ? null : (given.enterprise ?? null));
  return { ...present, message, uid: "u1", conversation, now, who, person, group, enterprise, numbers, quoted, known };
}

export function said(text: string, given: Given = {}): Said {
  return reading(decide(sceneOf(text, given)));
}

export interface Said {
  readonly decision: Decision;
  /** The answer in the thread; empty where the desk is silent. */
  readonly answer: string;
  /** Who else is told, and what. */
  readonly told: readonly { readonly to: string; readonly text: string }[];
  /** What the clock puts into whose box: `staff:h02 blue`. */
  readonly reminded: readonly string[];
  readonly events: readonly string[];
  readonly ticket: Ticket | undefined;
  readonly asks: readonly (Ask["kind"] | null)[];
}

export function reading(decision: Decision): Said {
  const answer = decision.lines.find(({ audience }) => audience.kind === "answer")?.text ?? "";
  const told = decision.lines.flatMap(({ audience, text }) => {
    if (audience.kind === "answer") return [];
    if (audience.kind === "staff") return [{ to: `${audience.person}*`, text }];
    if (audience.kind === "alone") return [{ to: `${audience.person}**`, text }];
    if (audience.kind === "leaders") return [{ to: "@leaders", text }];
    const among = audience.kind === "helpers" ? "@helpers " : "";
    return [{ to: `${among}${audience.mention.join(",")}`, text }];
  });
  const events = decision.changes.flatMap((change) => change.events.map(({ event }) => event));
  const asks = decision.talks.flatMap(({ ask }) => (ask === undefined ? [] : [ask?.ask.kind ?? null]));
  const reminded = decision.notices.map(({ box, kind }) => `${box} ${kind}`);
  return { decision, answer, told, reminded, events, ticket: decision.changes.at(-1)?.after, asks };
}

export const OPENED: Happening & { event: "opened" } = {
  event: "opened",
  text: "周三下午借一间会议室",
  platform: "wecom",
  conversation: "wecom:wrGROUP01",
  asker: "wecom:wang.min",
  recorder: null,
  enterprise: "恒通汽配有限公司",
  point: "nan",
  received: NOW - 10 * MINUTE,
  size: "small",
  due: NOW + 528 * MINUTE,
  provisional: false,
  acceptBy: NOW + 20 * MINUTE,
  match: {
    confidence: 0.5,
    candidates: ["venue", "dues", "care", "points"].map((item) => ({ item, confidence: 0.2 })),
    because: ["借"],
    closest: null,
  },
};

export const HAPPENINGS: Readonly<Record<Exclude<Happening["event"], "opened">, Happening>> = {
  matched: {
    event: "matched",
    item: "venue",
    size: "small",
    owner: "h02",
    invited: null,
    why: "",
    match: null,
    due: OPENED.due,
    provisional: false,
    acceptBy: OPENED.acceptBy,
  },
  located: { event: "located", enterprise: "明州服饰有限公司", point: "nan", owner: "h02", why: "" },
  accepted: { event: "accepted" },
  noted: { event: "noted", kind: "progress", text: "在联系" },
  detailed: { event: "detailed", slots: [["date", "12月9日（周三）下午"]] },
  alarmed: { event: "alarmed", words: "着火" },
  urged: { event: "urged" },
  light: { event: "light", light: "yellow" },
  recomputed: { event: "recomputed", due: OPENED.due + 1, provisional: false, acceptBy: OPENED.acceptBy + 1 },
  resolved: { event: "resolved", result: "三楼会议室，已留座", rateBy: NOW + 4 * 86_400_000 },
  rated: { event: "rated", rating: 5, callBackBy: null },
  "caller-named": { event: "caller-named", caller: "h03" },
  "called-back": { event: "called-back", text: "已满意", solved: true },
  reminded: { event: "reminded", kind: "call-back" },
  "put-off": { event: "put-off", awaited: { until: NOW + 60 * MINUTE, next: "pass" } },
  reopened: { event: "reopened", due: OPENED.due + 1, provisional: false, acceptBy: OPENED.acceptBy, reason: "没解决" },
  withdrawn: { event: "withdrawn", reason: "" },
  closed: { event: "closed", why: "已评价" },
  passed: { event: "passed", owner: "h01", why: "" },
  "handed-over": { event: "handed-over", owner: "h01", acceptBy: NOW + 30 * MINUTE, reason: "企业迁址", why: "" },
  assigned: { event: "assigned", owner: "h03", acceptBy: NOW + 30 * MINUTE, reason: "", why: "" },
  returned: { event: "returned", owner: "chief", acceptBy: NOW + 30 * MINUTE, reason: "不是本片企业", why: "" },
  assisted: { event: "assisted", helper: "h03" },
  paused: { event: "paused", reason: "等企业提供名单", until: NOW + 3 * 24 * 60 * MINUTE },
  resumed: { event: "resumed", due: OPENED.due + 60 * MINUTE, provisional: false },
  proposed: {
    event: "proposed",
    proposal: "extend",
    reason: "场地未定",
    to: null,
    due: OPENED.due + 24 * 60 * MINUTE,
    until: null,
    deciders: ["chief"],
  },
  refused: { event: "refused", reason: "" },
  lapsed: { event: "lapsed" },
  extended: { event: "extended", due: OPENED.due + 24 * 60 * MINUTE, provisional: false, reason: "场地未定" },
  declined: { event: "declined", reason: "属劳动仲裁" },
  merged: { event: "merged", into: "20261207-016" },
  unmerged: { event: "unmerged" },
  absorbed: { event: "absorbed", number: "20261207-018", text: "同一件事", due: OPENED.due, provisional: false },
  supervised: { event: "supervised", text: "请抓紧，今天务必答复", conversation: "wecom:wrLEADERS" },
  undone: { event: "undone", act: "催办", back: {} },
};

export function eventOf(happening: Happening, at = NOW - MINUTE): TicketEvent {
  return { by: "desk", ...happening, at, message: null };
}

type Step = keyof typeof HAPPENINGS;

/** A ticket with this story: `given("017", ["matched", "accepted"])`. */
export function given(n: string, story: readonly (Step | Happening)[] = [], over: Partial<Ticket> = {}): StoredTicket {
  const opened = { ...OPENED, at: OPENED.received, by: OPENED.asker, message: null };
  let ticket = openTicket(`T${n}`, `20261207-${n}`, opened);
  for (const step of story) ticket = evolve(ticket, eventOf(typeof step === "string" ? HAPPENINGS[step] : step));
  return { ticket: { ...ticket, ...over }, version: "1" };
}

/** The desk's own message about a ticket, as a quote carries it. */
export const quoteOf = (n: string) => `【#1207-${n} 已受理】活动场地协调\n诉求：…`;
