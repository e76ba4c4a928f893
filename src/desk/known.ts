/** What the desk knows when it decides about one message: read in one round trip, nothing else is looked up. */
import type { Redis } from "ioredis";
import { together } from "../lanes/together.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import { readScript, runScript } from "../store/script.ts";
import { type Did, readDid } from "./orders/did.ts";
import type { TicketAct } from "./orders/entitlement.ts";
import type { Overview } from "./team/overview.ts";
import { eachBeforeStation, STATION_DAYS } from "./team/sight.ts";
import { readStanding, type Standing } from "./team/standing.ts";
import type { Via, Who } from "./ticket/event.ts";
import { type NamedNumbers, ofLastDays } from "./ticket/number.ts";
import { fromRecord, pairs, type StoredTicket } from "./ticket/ticket-record.ts";
import type { Courses } from "./training/course.ts";

/** One order that may have been meant, with all that it takes. */
export interface Choice {
  readonly act: TicketAct;
  /** Id of the colleague it names. */
  readonly whom: string | null;
  /** The time it names. */
  readonly due: number | null;
  /** The reason, the result …: what else was typed. */
  readonly said: string;
}

/** A question that the desk has put to one person in one conversation; the last one counts. */
export type Ask =
  /** Which item? `options` are menu ids in the order of their numbers; `of` is the one that it had when it was asked. */
  | {
      readonly kind: "item";
      readonly ticket: string;
      readonly options: readonly string[];
      readonly misses: number;
      readonly of?: string | null;
    }
  /** Which enterprise? `options` are names, empty while it is asked openly. */
  | {
      readonly kind: "enterprise";
      readonly ticket: string | null;
      readonly options: readonly string[];
      readonly misses: number;
    }
  /** `rated`: it is answered, and may be put right. */
  | { readonly kind: "rate"; readonly ticket: string; readonly rated?: true }
  /** What is missing of `slots`? One question for all the tickets of one message. */
  | {
      readonly kind: "details";
      readonly ticket: string;
      readonly also: readonly string[];
      readonly slots: readonly string[];
    }
  /** Which ticket was meant? `options` are numbers; `text` is what was typed, without a number. */
  | { readonly kind: "which"; readonly options: readonly string[]; readonly text: string }
  /** What came of it? 办结 was said without a result. */
  | { readonly kind: "result"; readonly ticket: string }
  /** What an order is short of: its reason, its time. `said` and `whom` (a person's id) are known already. */
  | {
      readonly kind: "words";
      readonly ticket: string;
      readonly act: TicketAct;
      readonly said: string;
      readonly whom: string | null;
    }
  /** Which colleague? `options` are ids in the order of their numbers; `said` is the reason. */
  | {
      readonly kind: "whom";
      readonly ticket: string;
      readonly act: TicketAct;
      readonly options: readonly string[];
      readonly said: string;
    }
  /** Which order was meant? `options` in the order of their numbers. */
  | { readonly kind: "order"; readonly ticket: string; readonly options: readonly Choice[] }
  /** The ticket waits for what its asker says next. */
  | { readonly kind: "waiting"; readonly ticket: string }
  /** Is this to be put down as leave? */
  | { readonly kind: "leave"; readonly text: string }
  /** Which company was visited? `text` as it was typed, `told` without its name, `at` under which it is kept. */
  | {
      readonly kind: "visit";
      readonly text: string;
      readonly told: string;
      readonly options: readonly string[];
      readonly at: number;
    }
  /** Which of these are wishes of the company that was visited? */
  | { readonly kind: "wishes"; readonly options: readonly string[]; readonly enterprise: string | null }
  /** Is this a request of the company, to be opened on its behalf? */
  | {
      readonly kind: "on-behalf";
      readonly text: string;
      /** Whose it may be, by number, where a name was only nearly said; what was typed as the name, and how it came. */
      readonly options?: readonly string[];
      readonly typed?: string;
      readonly via?: Via | null;
    };

export interface Talk {
  readonly version: string;
  readonly ask: Ask | null;
  readonly askedAt: number;
  /** When this person's newest ticket here was opened or joined, and a fingerprint of what was typed. */
  readonly lastAt: number;
  readonly lastText: string;
  /** What this person last did here, as long as it may be taken back. */
  readonly did: Did | null;
  /** Was told here not to type numbers of identity. */
  readonly warned: boolean;
}

export interface Remembered {
  readonly version: string;
  /** The enterprise that this person once named, and when. */
  readonly enterprise: string | null;
  readonly enterpriseAt: number;
}

export interface Known {
  readonly person: Remembered;
  readonly talk: Talk;
  /** When this conversation was told its id (unlisted groups, once). */
  readonly toldPlace: boolean;
  /** Tickets whose full number was typed or quoted. */
  readonly named: readonly StoredTicket[];
  /** Tickets of this conversation that a bare number fits, open ones first. */
  readonly shorts: readonly StoredTicket[];
  /** This person's newest ticket here. */
  readonly last: StoredTicket | null;
  /** The ticket that the question last put is about. */
  readonly asked: StoredTicket | null;
  /** Those that the question "which ticket?" offered, in the order of their numbers. */
  readonly offered: readonly StoredTicket[];
  /** This person's own tickets here that are not at an end, newest first. */
  readonly mine: readonly StoredTicket[];
  /** Those that this person looks after. */
  readonly owned: readonly StoredTicket[];
  /** Those in which something is proposed that waits for this person's word, in whatever group. */
  readonly deciding: readonly StoredTicket[];
  /** What is open of the speaker's enterprise, in whatever group, newest first. */
  readonly company: readonly StoredTicket[];
  /** Who is on leave, and who has how much to do. */
  readonly standing: Standing;
  /** More of it, where the message asks for an overview; null where it does not. */
  readonly overview: Overview | null;
  /** The text of the report that the message asks for; null where it asks for none, or it took too long. */
  readonly report: string | null;
  /** Where the message is about courses. */
  readonly courses: Courses | null;
}

/** As many of one kind as a numbered choice shows. */
const MOST = 9;
const SIGHT_MS = 7 * 86_400_000;
/** Nobody names more of them by bare numbers at once, and each is looked for on many days. */
const STATION_SHORTS = 3;
/** Messages in one script: Redis does nothing else meanwhile. */
const MOST_TOGETHER = 16;
const script = readScript("read");

export interface Question {
  readonly conversation: string;
  /** Whose tickets a bare number is looked for among, and the speaker's own as a helper: a conversation, or `sightOf` somebody. */
  readonly sight: string;
  readonly who: Who;
  /** The group's; null where it has none, then the one that is remembered. */
  readonly enterprise: string | null;
  readonly now: number;
  readonly numbers: Pick<NamedNumbers, "full" | "shorts">;
  /** A bare number that is none of the speaker's own may be any of the station's (sight.ts). */
  readonly station?: boolean;
}

export type ReadKnown = (question: Question) => Promise<Known>;

export function openKnown(redis: Redis, tag: string): ReadKnown {
  const read = together<Question, Known>(MOST_TOGETHER, async (questions) => {
    const args = [String(MOST)];
    for (const { conversation, sight, who, enterprise, now, numbers } of questions) {
      args.push(conversation, sight, who, enterprise ?? "", String(now - SIGHT_MS));
      for (const typed of [numbers.full, numbers.shorts]) args.push(String(typed.length), ...typed);
    }
    return ((await runScript(redis, script, tag, args)) as RawKnown[]).map(readKnown);
  });

  async function readOfStation(question: Question): Promise<Known> {
    const { now, numbers } = question;
    const { full } = numbers;
    const possible = ofLastDays(numbers.shorts.slice(0, STATION_SHORTS), shanghaiDate(now), STATION_DAYS);
    const known = await read({ ...question, numbers: { ...numbers, full: [...new Set([...full, ...possible])] } });
    const found = known.named.filter(({ ticket }) => possible.includes(ticket.number));
    const shorts = eachBeforeStation(numbers.shorts, known.shorts, found, now);
    return { ...known, named: known.named.filter(({ ticket }) => full.includes(ticket.number)), shorts };
  }

  return async (question) => {
    const known = question.station ? await readOfStation(question) : await read(question);
    const { ask } = known.talk;
    if (ask?.kind !== "which") return known;
    // Rare enough for a second look; the version of the talk still stands for the question being the last one.
    const { named } = await read({ ...question, numbers: { full: ask.options, shorts: [] } });
    return { ...known, offered: named };
  };
}

type Flat = string[];
type RawKnown = [Flat, Flat, Flat, Flat[], Flat[], Flat[], Flat[], Flat[], Flat[], Flat[], Flat[], Flat, Flat];

function readKnown([person, talk, place, named, short, last, asked, mine, owned, ...others]: RawKnown): Known {
  const [deciding, company, leaves, load] = others;
  return {
    person: readRemembered(pairs(person)),
    talk: readTalk(pairs(talk)),
    toldPlace: place.length > 0,
    named: named.map(readTicket),
    shorts: short.map(readTicket),
    last: last.map(readTicket)[0] ?? null,
    asked: asked.map(readTicket)[0] ?? null,
    offered: [],
    mine: mine.map(readTicket),
    owned: owned.map(readTicket),
    deciding: deciding.map(readTicket),
    company: company.map(readTicket),
    standing: readStanding(pairs(leaves), pairs(load)),
    overview: null,
    report: null,
    courses: null,
  };
}

function readTicket([id = "", ...fields]: readonly string[]): StoredTicket {
  return fromRecord(id, pairs(fields));
}

function readRemembered(record: ReadonlyMap<string, string>): Remembered {
  return {
    version: record.get("v") ?? "",
    enterprise: record.get("enterprise") ?? null,
    enterpriseAt: Number(record.get("enterpriseAt") ?? 0),
  };
}

function readTalk(record: ReadonlyMap<string, string>): Talk {
  const ask = record.get("ask");
  return {
    version: record.get("v") ?? "",
    ask: ask ? (JSON.parse(ask) as Ask) : null,
    askedAt: Number(record.get("askAt") ?? 0),
    lastAt: Number(record.get("lastAt") ?? 0),
    lastText: record.get("lastText") ?? "",
    did: readDid(record.get("did")),
    warned: record.has("warned"),
  };
}
