/**
 * What a message about many tickets needs to know: somebody's open ones, or a day of the station. Read only where it is
 * asked for, and bounded by what is open and by one day, never by history.
 */
import type { Redis } from "ioredis";
import { DAY_MS, shanghaiDate, shanghaiTime } from "../../pledge/hours.ts";
import { isAway, standsInFor } from "../../station/duty.ts";
import type { Person, Station } from "../../station/station.ts";
import { keys } from "../../store/keys.ts";
import type { CommandId } from "../../understanding/understanding.ts";
import { pendingAsk } from "../asking/pending-ask.ts";
import { isYes, readDigit } from "../asking/short-answers.ts";
import { explicitCommand } from "../orders/command.ts";
import type { Scene } from "../scene.ts";
import { fromRecord, type StoredTicket } from "../ticket/ticket-record.ts";
import { sightOf } from "./sight.ts";
import { absentIn } from "./whose-leave.ts";

export interface Overview {
  /** Open ones that the speaker looks after; where somebody's leave is spoken of, that one's. */
  readonly own: readonly StoredTicket[];
  /** Open ones of colleagues who are away, for whom the speaker stands in. */
  readonly standIn: readonly StoredTicket[];
  /** Of the whole station: open ones, those received and those resolved today. */
  readonly open: readonly StoredTicket[];
  readonly received: readonly StoredTicket[];
  readonly resolved: readonly StoredTicket[];
  /** What the speaker's last act has changed. */
  readonly done: readonly StoredTicket[];
}

export const NOTHING_SEEN: Overview = { own: [], standIn: [], open: [], received: [], resolved: [], done: [] };

/** More than any helper has, and more than a station has open. */
const MOST_OWN = 200;
const MOST_OPEN = 1000;

const OVERVIEWS = ["todo", "today", "leave", "back", "undo"] as const satisfies readonly CommandId[];
type Wanted = (typeof OVERVIEWS)[number];

/** Which overview a message asks for; only staff are answered with one, and anybody may take back what they did. */
export function overviewWanted(scene: Scene): Wanted | null {
  const { text } = scene.message;
  if (text.trim() === "") return null;
  if (scene.person && confirmedLeave(scene) !== null) return "leave";
  const { command, commands } = scene.understand(text);
  const said = explicitCommand(scene, text)?.command ?? command;
  const wanted = OVERVIEWS.find((id) => id === said) ?? null;
  // About a ticket a less likely undo may be meant (command.ts).
  const taken = scene.known.talk.did !== null && commands.some((each) => each.command === "undo");
  if (wanted === null) return taken ? "undo" : null;
  return scene.person || wanted === "undo" ? wanted : null;
}

export type ReadOverview = (scene: Scene, wanted: Wanted) => Promise<Overview>;

/** What somebody looks after, and what of colleagues who are away. */
export type ReadOwn = (person: Person, station: Station, now: number) => Promise<Pick<Overview, "own" | "standIn">>;

export function openOwn(redis: Redis, tag: string): ReadOwn {
  const ownedBy = (person: string) =>
    redis.zrange(tag + keys.ofOwner(person, sightOf(person)), "0", String(MOST_OWN - 1));
  return async (person, station, now) => {
    const today = shanghaiDate(now);
    const absent = station.people.filter((one) => one.id !== person.id && isAway(one, today));
    const [own, ...others] = await Promise.all([person, ...absent].map(({ id }) => ownedBy(id)));
    const standIn = (await readTickets(redis, tag, others.flat())).filter(({ ticket: { owner, point } }) => {
      const away = absent.find(({ id }) => id === owner);
      return away && standsInFor(station, away, point, today)?.id === person.id;
    });
    return { own: await readTickets(redis, tag, own ?? []), standIn };
  };
}

/** Those that there are, each once. */
export async function readTickets(redis: Redis, tag: string, ids: readonly string[]): Promise<StoredTicket[]> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const id of unique) pipeline.hgetall(tag + keys.ticket(id));
  const records = (await pipeline.exec()) ?? [];
  return unique.flatMap((id, i) => {
    const [error, fields] = records[i] ?? [];
    if (error) throw error;
    const record = new Map(Object.entries((fields ?? {}) as Record<string, string>));
    return record.size === 0 ? [] : [fromRecord(id, record)];
  });
}

export function openOverview(redis: Redis, tag: string): ReadOverview {
  const tickets = (ids: readonly string[]) => readTickets(redis, tag, ids);
  const own = openOwn(redis, tag);

  async function ofDay({ now }: Scene): Promise<Overview> {
    const start = shanghaiTime(shanghaiDate(now), 0);
    const span = [start, `(${start + DAY_MS}`] as const;
    const states = ["open", "accepted", "paused"].map((state) =>
      redis.zrange(tag + keys.byState(state), "0", String(MOST_OPEN - 1)),
    );
    const [open, received, resolved] = await Promise.all([
      Promise.all(states),
      redis.zrangebyscore(tag + keys.tickets, ...span),
      redis.zrangebyscore(tag + keys.resolved, ...span),
    ]);
    return {
      ...NOTHING_SEEN,
      open: await tickets(open.flat()),
      received: await tickets(received),
      resolved: await tickets(resolved),
    };
  }

  return async (scene, wanted) => {
    if (wanted === "today") return ofDay(scene);
    if (wanted === "undo") {
      const done = scene.known.talk.did?.tickets.map(({ id }) => id) ?? [];
      return { ...NOTHING_SEEN, done: await tickets(done) };
    }
    if (!scene.person) return NOTHING_SEEN;
    const person = wanted === "leave" ? whoseLeave(scene, scene.person) : scene.person;
    return { ...NOTHING_SEEN, ...(await own(person, scene.station, scene.now)) };
  };
}

function whoseLeave(scene: Scene, speaker: Person): Person {
  const absent = absentIn(scene.station, speaker, confirmedLeave(scene) ?? scene.message.text);
  return absent.kind === "colleague" ? absent.person : speaker;
}

/** What was told in free words, and is put down by the yes that is typed now. */
function confirmedLeave(scene: Scene): string | null {
  const { text } = scene.message;
  const ask = pendingAsk(scene);
  return ask?.kind === "leave" && (readDigit(text) === 1 || isYes(text)) ? ask.text : null;
}
