/** Every kind of line that the desk can say: each command, story, speaker and place, one after the other. */
import type { AnswerHandle, PlatformName } from "../../../src/chat/message.ts";
import { conversationOf } from "../../../src/chat/message.ts";
import type { Outgoing } from "../../../src/chat/outgoing.ts";
import { nextStep } from "../../../src/desk/clock/next-step.ts";
import { decide } from "../../../src/desk/decide.ts";
import type { Decision, Line } from "../../../src/desk/decision.ts";
import type { Ask } from "../../../src/desk/known.ts";
import { address, type Platforms, type Speaking } from "../../../src/desk/lines/addressing.ts";
import type { Scene } from "../../../src/desk/scene.ts";
import type { Happening } from "../../../src/desk/ticket/event.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import { type Group, openStation, type Station } from "../../../src/station/station.ts";
import { COMMAND_IDS } from "../../../src/understanding/understanding.ts";
import { able, WAYS } from "../../lanes/samples.ts";
import { given, HAPPENINGS, intents, NOW, sceneOf, setting, station, stepped, TIMES } from "../scene-given.ts";

/** As long as a wordy request or result is; what people paste may be cut later than a screen ends. */
const LONG = "请尽快安排，".repeat(15);
/** What nobody in another company's group may read, by the ticket. */
export const OURS = {
  text: "甲甲诉求",
  result: "甲甲结果",
  progress: "甲甲进展",
  asker: "wang.min",
  enterprise: "恒通汽配",
} as const;
const INTERNAL = "丁丁内部";
/** What a leader says about a case is for the team alone. */
export const SUPERVISION = "己己督办";
const SUPERVISED = { event: "supervised", text: SUPERVISION, conversation: "wecom:leaders", by: "l01" } as Happening;
export const ENTERPRISE = "恒通汽配有限公司";
const OTHER_ENTERPRISE = "明州服饰有限公司";

const PERSON = able({ lane: "person", mentions: true, dedupes: true, buttons: true });
const WECOM = { ways: { answer: WAYS.answer, webhook: WAYS.webhook }, robot: "小帮手" };
const WECOM_IN_FULL = {
  ways: { thread: WAYS.thread, webhook: WAYS.webhook, push: WAYS.push, person: PERSON },
  robot: "小帮手",
};
const DINGTALK = {
  ways: {
    answer: able({ mentions: true }),
    webhook: WAYS.webhook,
    push: able({ lane: "push" }),
    person: PERSON,
  },
  robot: "帮办助手",
};

/** How a desk may be set up, where the ticket lives and where people speak. */
export interface SetUp {
  readonly platforms: Platforms;
  readonly lives: PlatformName;
  readonly speaks: PlatformName;
  /** These have no account where the ticket lives. */
  readonly absent?: readonly string[];
}
export const SET_UPS = {
  "on WeCom": { platforms: new Map([["wecom", WECOM]]), lives: "wecom", speaks: "wecom" },
  "on DingTalk": { platforms: new Map([["dingtalk", DINGTALK]]), lives: "dingtalk", speaks: "dingtalk" },
  "on both": {
    platforms: new Map<PlatformName, Speaking>([
      ["wecom", WECOM_IN_FULL],
      ["dingtalk", DINGTALK],
    ]),
    lives: "wecom",
    speaks: "dingtalk",
  },
  "on both, the owner not where the ticket lives": {
    platforms: new Map<PlatformName, Speaking>([
      ["wecom", WECOM_IN_FULL],
      ["dingtalk", DINGTALK],
    ]),
    lives: "dingtalk",
    speaks: "wecom",
    absent: ["h02"],
  },
} satisfies Record<string, SetUp>;

const PLACES = {
  own: { kind: "service", enterprise: ENTERPRISE, point: null },
  other: { kind: "service", enterprise: OTHER_ENTERPRISE, point: null },
  point: { kind: "service", enterprise: null, point: "nan" },
  helpers: { kind: "helpers", enterprise: null, point: null },
  leaders: { kind: "leaders", enterprise: null, point: null },
} as const;
/** The groups by name, and the two places that no station file lists. */
const CHATS = [...Object.keys(PLACES), "unlisted", null];

export const wide: Station = openStation({
  ...station,
  webhooks: new Map(),
  groups: (["wecom", "dingtalk"] as const).flatMap((platform) =>
    Object.entries(PLACES).map(([chat, place]): Group => {
      return { ...place, platform, chat, channel: `${platform}:webhook:${chat}` };
    }),
  ),
});

/** The station of a set-up: all there, but for who is absent. */
function stationOf({ absent = [], lives }: SetUp): Station {
  if (absent.length === 0) return wide;
  const people = wide.people.map((person) => {
    const { [lives]: _, ...accounts } = person.accounts;
    return absent.includes(person.id) ? { ...person, accounts } : person;
  });
  return openStation({ ...wide, webhooks: new Map(), people });
}

interface Speaker {
  readonly name: string;
  readonly accounts: Readonly<Record<PlatformName, string>>;
  /** Remembered of somebody who is not of the station. */
  readonly enterprise?: string;
}
const both = (account: string) => ({ wecom: account, dingtalk: account });
const staff = (name: string, id: string): Speaker => {
  const { wecom = "nobody", dingtalk = "nobody" } = wide.personById(id)?.accounts ?? {};
  return { name, accounts: { wecom, dingtalk } };
};
const SPEAKERS: readonly Speaker[] = [
  { name: "asker", accounts: both(OURS.asker), enterprise: ENTERPRISE },
  { name: "colleague", accounts: both("liu.fang"), enterprise: ENTERPRISE },
  { name: "other company's clerk", accounts: both("xu.da"), enterprise: OTHER_ENTERPRISE },
  staff("owner", "h02"),
  staff("assistant or former owner", "h03"),
  staff("other helper", "h01"),
  staff("invited", "org"),
  staff("chief", "chief"),
  staff("leader", "l01"),
];

const RESULT: Happening = { event: "resolved", result: `${OURS.result}${LONG}`, rateBy: NOW + 4 * 86_400_000 };
const PROGRESS: Happening = { event: "noted", kind: "progress", text: OURS.progress };
const DONE = ["matched", "accepted", PROGRESS, RESULT] as const;
const LOW: Happening = { event: "rated", rating: 1, callBackBy: NOW + 86_400_000 };
const DECLINING: Happening = { ...(HAPPENINGS.proposed as Happening & { event: "proposed" }), proposal: "decline" };
type Story = Parameters<typeof given>[1];
/** In every state, and in those that ask somebody for something. */
export const STORIES: Readonly<Record<string, Story>> = {
  unmatched: [],
  open: ["matched"],
  accepted: ["matched", "accepted", PROGRESS],
  assisted: ["matched", "accepted", "assisted"],
  supervised: ["matched", "accepted", SUPERVISED],
  "supervised while rated low": [...DONE, LOW, SUPERVISED],
  "handed over": ["matched", "accepted", { ...HAPPENINGS["handed-over"], owner: "h03" } as Happening],
  "at the chief": ["matched", "accepted", "returned"],
  urgent: ["matched", "accepted", "alarmed"],
  paused: ["matched", "accepted", "paused"],
  "extension proposed": ["matched", "accepted", "proposed"],
  "declining proposed": ["matched", "accepted", DECLINING],
  resolved: DONE,
  "rated low": [...DONE, LOW],
  closed: [...DONE, "rated", "closed"],
  withdrawn: ["matched", "withdrawn"],
  declined: ["matched", "accepted", "declined"],
  merged: ["matched", "accepted", "merged"],
};

/** What stands behind a command's word, in turn. */
const ARGUMENTS = ["", `${OURS.progress} 帮办员辛`, "12月9日 场地未定"];

export interface Spoken {
  /** For whoever reads what went wrong: command, story, speaker, place. */
  readonly where: string;
  readonly text: string;
  /** The account that spoke; empty for a step of the clock, as is where it was said. */
  readonly by: string;
  readonly conversation: string;
  readonly ticket: StoredTicket["ticket"];
  readonly decision: Decision;
  readonly lines: readonly { readonly line: Line; readonly outgoing: Outgoing }[];
}

function ours(story: Story, lives: PlatformName): StoredTicket {
  const over = {
    text: `${OURS.text}${LONG}`,
    platform: lives,
    conversation: `${lives}:own`,
    asker: `${lives}:${OURS.asker}`,
    enterprise: ENTERPRISE,
  };
  return given("017", story, over);
}

/** Of the other company, where the foreign commands have something of their own to be about. */
function theirs(lives: PlatformName): StoredTicket {
  const conversation = `${lives}:other`;
  return given("018", ["matched", "accepted"], {
    text: "乙乙诉求",
    platform: lives,
    conversation,
    asker: `${lives}:xu.da`,
    enterprise: OTHER_ENTERPRISE,
  });
}

/** `turn`: not everything is said by everybody everywhere, or the walk would take minutes. */
function textsOf(turn: number): string[] {
  const words = COMMAND_IDS.flatMap((id) => intents.commands.find((command) => command.id === id)?.words[0] ?? []);
  const numbered = words.flatMap((word, i) => {
    if ((turn + i) % 2 === 0) return [];
    const argument = word === NOTE ? INTERNAL : (ARGUMENTS[(turn + i) % ARGUMENTS.length] ?? "");
    return `#1207-017 ${word} ${argument}`.trim();
  });
  return [...numbered, ...words.filter((_, i) => i % 4 === turn % 4), ...BESIDE];
}

const NOTE = intents.commands.find(({ id }) => id === "note")?.words[0];
const BESIDE = [
  "#1207-017",
  "#1207-017 1",
  "#1207-017 回访 已经解决",
  "#1207-017 回访 由 帮办员辛",
  "合并 #1207-017 #1207-018",
  "#1207-017 着火了",
  `督办 017 ${SUPERVISION}`,
  "今日日报",
  "报名",
  "开班 党费收缴 12月9日 14:00",
  "#1207-017 没解决",
  INTERNAL,
];

const HANDLES: Readonly<Record<PlatformName, AnswerHandle>> = {
  wecom: { kind: "address", url: "https://answer", expires: NOW + 1 },
  dingtalk: { kind: "address", url: "https://session", expires: NOW + 1 },
};

export function* walk(setUp: SetUp): Generator<Spoken> {
  const { platforms, lives, speaks } = setUp;
  const at = stationOf(setUp);
  let turn = 0;
  const other = theirs(lives);
  for (const [name, story] of Object.entries(STORIES)) {
    const stored = ours(story, lives);
    for (const speaker of SPEAKERS) {
      for (const chat of CHATS) {
        for (const text of textsOf(turn++)) {
          const tickets = [stored, other];
          const overview = { own: tickets, standIn: tickets, open: tickets, received: tickets, resolved: tickets };
          const scene = sceneOf(text, {
            station: at,
            platforms,
            platform: speaks,
            handle: HANDLES[speaks],
            by: speaker.accounts[speaks],
            chat,
            tickets,
            overview,
            report: `【帮办日报】${OURS.enterprise}`,
            ...(speaker.enterprise === undefined ? {} : { enterprise: speaker.enterprise }),
          });
          // What is said without a word of its own answers the question for an internal note.
          const note: Ask = { kind: "words", ticket: stored.ticket.id, act: "note", said: "", whom: null };
          const asked = text === INTERNAL ? withAsk(scene, note, stored) : scene;
          yield spoken(`${text} / ${name} / ${speaker.name} / ${chat ?? "one-to-one"}`, asked, stored);
        }
      }
    }
    yield* stepOf(name, stored, { platforms, station: at });
  }
}

function withAsk(scene: Scene, ask: Ask, asked: StoredTicket): Scene {
  return { ...scene, known: { ...scene.known, asked, talk: { ...scene.known.talk, ask } } };
}

function spoken(where: string, scene: Scene, { ticket }: StoredTicket): Spoken {
  const decision = decide(scene);
  const lines = decision.lines.map((line) => ({ line, outgoing: address(line, scene) }));
  const { text, by } = scene.message;
  return { where, text, by, conversation: conversationOf(scene.message), ticket, decision, lines };
}

/** What the clock says of it, long after everything was due. */
function* stepOf(
  name: string,
  stored: StoredTicket,
  present: { readonly platforms: Platforms; readonly station: Station },
): Generator<Spoken> {
  const step = nextStep(stored.ticket, TIMES);
  if (!step) return;
  const origin = { ...setting(), ...present, message: null };
  const decision = stepped(origin, stored, step.at);
  const lines = decision.lines.map((line) => ({ line, outgoing: address(line, origin) }));
  yield { where: `the clock / ${name}`, text: "", by: "", conversation: "", ticket: stored.ticket, decision, lines };
}
