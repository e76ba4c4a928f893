/** A decision as the writes of one commit: tickets, their story, the indexes, and what is remembered of people. */
import type { Outgoing } from "../chat/outgoing.ts";
import type { Check, NumberPlaceholder, Plan, Write } from "../lanes/commit.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import type { Times } from "../pledge/ladder.ts";
import { keys } from "../store/keys.ts";
import { lessonWrites } from "./asking/lesson.ts";
import { nextStep } from "./clock/next-step.ts";
import type { Change, Decision, PersonChange, TalkChange } from "./decision.ts";
import { fieldOf, intoBox, toValue } from "./reminding/box.ts";
import { sightOf } from "./team/sight.ts";
import { placeholders } from "./ticket/number.ts";
import { toStoryLine } from "./ticket/story-record.ts";
import { isActive, isEnded, type Ticket } from "./ticket/ticket.ts";
import { toRecord } from "./ticket/ticket-record.ts";
import { trackFrom } from "./track/track-record.ts";
import { type CourseChange, toCourseRecord } from "./training/course.ts";

/** Remembered no longer than this: a talk is over, a person has long been asked anew. */
const TALK_S = 14 * 86_400;
/** Later than any moment. */
const ACTIVE_FIRST = 1e14;
const ALWAYS = 1e15;
const PERSON_S = 200 * 86_400;

/** @param times by which the tickets' next steps are reckoned */
export function planOf(decision: Decision, head: Plan["head"], replies: readonly Outgoing[], times: Times): Plan {
  const checks: Check[] = [];
  const writes: Write[] = [];
  const numbers: NumberPlaceholder[] = [];
  for (const change of decision.changes) {
    if (change.before) {
      checks.push([keys.ticket(change.before.ticket.id), "v", change.before.version]);
    } else {
      numbers.push(placeholders(change.after.id, shanghaiDate(change.after.received)));
    }
    writes.push(...ticketWrites(change, times));
  }
  for (const talk of decision.talks) {
    if (talk.version !== null) checks.push([keys.talk(talk.conversation, talk.who), "v", talk.version]);
    writes.push(...talkWrites(talk));
  }
  if (decision.person) {
    checks.push([keys.person(decision.person.who), "v", decision.person.version]);
    writes.push(...personWrites(decision.person));
  }
  if (decision.leave) {
    const { person, before, after } = decision.leave;
    checks.push([keys.leaves, person, before]);
    writes.push(after === "" ? ["HDEL", keys.leaves, person] : ["HSET", keys.leaves, person, after]);
  }
  if (decision.toldPlace) writes.push(["HSET", keys.place(decision.toldPlace), "told", "1"]);
  if (decision.visits.length > 0)
    writes.push(["RPUSH", keys.visits, ...decision.visits.map((visit) => JSON.stringify(visit))]);
  for (const course of decision.courses) {
    checks.push(...courseChecks(course));
    writes.push(...courseWrites(course));
  }
  writes.push(
    ...lessonWrites(decision.lessons),
    ...decision.notices.flatMap((notice) => intoBox(notice.box, fieldOf(notice), toValue(notice), notice.at)),
  );
  return { head, checks, numbers, writes, replies };
}

function ticketWrites({ before, after, events }: Change, times: Times): Write[] {
  const key = keys.ticket(after.id);
  const writes: Write[] = [];
  const old = before ? toRecord(before.ticket) : {};
  const set: string[] = [];
  const gone: string[] = [];
  for (const [field, value] of Object.entries(toRecord(after))) {
    if (value === (old[field] ?? null)) continue;
    if (value === null) gone.push(field);
    else set.push(field, value);
  }
  // A light is nobody's act: what was done before it may still be taken back.
  if (before && events.every(({ event }) => event === "light")) set.push("acted", before.acted ?? before.version);
  else if (before?.acted !== undefined) gone.push("acted");
  writes.push(["HSET", key, "v", String(Number(before?.version ?? 0) + 1), ...set]);
  if (gone.length > 0) writes.push(["HDEL", key, ...gone]);
  writes.push(["RPUSH", keys.story(after.id), ...events.map(toStoryLine)]);
  writes.push(...indexWrites(before?.ticket ?? null, after));
  writes.push(...helpedWrites(after, before?.ticket ?? null));
  // Always: the moment that stands there may have been reckoned by other hours.
  writes.push(stepWrite(after.id, nextStep(after, times)?.at ?? null));
  writes.push(...loadWrites(before?.ticket ?? null, after, events.at(-1)?.at ?? 0));
  return writes;
}

/** When the clock looks at a ticket, a box or a routine again; null: not before it is told to. */
export function stepWrite(member: string, at: number | null): Write {
  return at === null ? ["ZREM", keys.steps, member] : ["ZADD", keys.steps, String(at), member];
}

/** One index entry a ticket: which sorted set, under which score and name; null where it does not stand in it. */
type Place = readonly [key: string, score: number, member: string];

function placesOf(ticket: Ticket): Map<string, Place> {
  const { id, number, state, conversation, asker, owner, received } = ticket;
  const places = new Map<string, Place>();
  const add = (key: string, score: number, member: string) => places.set(`${key}\n${member}`, [key, score, member]);
  add(keys.tickets, received, id);
  add(...untilPlace(ticket));
  add(keys.byState(state), received, id);
  if (ticket.resolvedAt !== null) add(keys.resolved, ticket.resolvedAt, id);
  add(keys.allHere(conversation), received, number);
  if (isActive(ticket)) add(keys.openHere(conversation), received, number);
  // What is still worked on comes before what only waits for a rating, however old it is.
  const rank = isActive(ticket) ? received + ACTIVE_FIRST : received;
  if (!isEnded(ticket)) add(keys.ofAsker(asker, conversation), rank, id);
  if (ticket.enterprise !== null && isActive(ticket)) add(keys.ofEnterprise(ticket.enterprise), received, id);
  if (owner && isActive(ticket)) add(keys.ofOwner(owner, conversation), received, id);
  // One-to-one and among staff a helper has all of hers in sight, whatever group they live in.
  if (owner) {
    const sight = sightOf(owner);
    add(keys.allHere(sight), received, number);
    if (isActive(ticket)) {
      add(keys.openHere(sight), received, number);
      add(keys.ofOwner(owner, sight), received, id);
    }
  }
  // Whoever works beside the owner, or is asked for a word, may call it by its bare number too.
  const deciders = ticket.proposal?.deciders ?? [];
  if (isActive(ticket)) for (const person of deciders) add(keys.toDecide(person), received, id);
  for (const person of [...ticket.assistants, ...deciders]) {
    const sight = sightOf(person);
    add(keys.allHere(sight), received, number);
    if (isActive(ticket)) add(keys.openHere(sight), received, number);
  }
  return places;
}

/** Beside the others of its month, by when figures are done with it (digest/lives.ts reads it). */
export function untilPlace({ id, received, track }: Pick<Ticket, "id" | "received" | "track">): Place {
  const until = trackFrom(track, received)?.until() ?? ALWAYS;
  return [keys.ticketsUntil(shanghaiDate(received).slice(0, 7)), Math.min(until, ALWAYS), id];
}

/** How many people and enterprises the service has ever helped; the earliest receipt counts, whichever is written first. */
export function helpedWrites({ asker, enterprise, received }: Ticket, before: Ticket | null): Write[] {
  const first = (key: string, name: string): Write => ["ZADD", key, "LT", String(received), name];
  return [
    ...(before ? [] : [first(keys.askers, asker)]),
    ...(enterprise === null || enterprise === before?.enterprise ? [] : [first(keys.enterprises, enterprise)]),
  ];
}

function indexWrites(before: Ticket | null, after: Ticket): Write[] {
  const writes: Write[] = [];
  const old = before ? placesOf(before) : new Map<string, Place>();
  const next = placesOf(after);
  for (const [name, [key, score, member]] of next) {
    if (old.get(name)?.[1] !== score) writes.push(["ZADD", key, String(score), member]);
  }
  for (const [name, [key, , member]] of old) {
    if (!next.has(name)) writes.push(["ZREM", key, member]);
  }
  if (!before) writes.push(["HSET", keys.ticketOfNumber, after.number, after.id]);
  return writes;
}

/** Who has how many open ones, and when the last one came: only for choosing among several helpers (station/duty.ts). */
function loadWrites(before: Ticket | null, after: Ticket, at: number): Write[] {
  const had = before && isActive(before) ? before.owner : null;
  const has = isActive(after) ? after.owner : null;
  if (had === has) return [];
  const less: Write[] = had === null ? [] : [["HINCRBY", keys.load, had, "-1"]];
  if (has === null) return less;
  return [...less, ["HINCRBY", keys.load, has, "1"], ["HSET", keys.load, `${has}@`, String(at)]];
}

/** A number is given to one course, and what was read of it must still be so. */
function courseChecks({ before, after, serial }: CourseChange): Check[] {
  const checks: Check[] = [[keys.course(after.id), "v", before?.version ?? ""]];
  if (serial) checks.push([keys.courseSerials, serial.day, serial.before]);
  return checks;
}

function courseWrites({ before, after, serial }: CourseChange): Write[] {
  const version = String(Number(before?.version ?? 0) + 1);
  const writes: Write[] = [
    ["HSET", keys.course(after.id), "v", version, ...Object.entries(toCourseRecord(after)).flat()],
    ["ZADD", keys.courses, String(after.at), after.id],
  ];
  if (serial) writes.push(["HSET", keys.courseSerials, serial.day, serial.after]);
  return writes;
}

function talkWrites({ conversation, who, ask, last, warned, did }: TalkChange): Write[] {
  const key = keys.talk(conversation, who);
  const writes: Write[] = [["HINCRBY", key, "v", "1"]];
  if (ask === null) writes.push(["HDEL", key, "ask", "askTicket", "askAt"]);
  if (ask) {
    const ticket = "ticket" in ask.ask ? ask.ask.ticket : null;
    writes.push(["HSET", key, "ask", JSON.stringify(ask.ask), "askAt", String(ask.at)]);
    writes.push(ticket ? ["HSET", key, "askTicket", ticket] : ["HDEL", key, "askTicket"]);
  }
  if (last) writes.push(["HSET", key, "last", last.ticket, "lastAt", String(last.at), "lastText", last.text]);
  if (did === null) writes.push(["HDEL", key, "did"]);
  if (did) writes.push(["HSET", key, "did", JSON.stringify(did)]);
  if (warned) writes.push(["HSET", key, "warned", "1"]);
  writes.push(["EXPIRE", key, String(TALK_S)]);
  return writes;
}

function personWrites({ who, version, enterprise, at }: PersonChange): Write[] {
  const key = keys.person(who);
  return [
    ["HSET", key, "v", String(Number(version || 0) + 1)],
    enterprise === null
      ? ["HDEL", key, "enterprise", "enterpriseAt"]
      : ["HSET", key, "enterprise", enterprise, "enterpriseAt", String(at)],
    ["EXPIRE", key, String(PERSON_S)],
  ];
}
