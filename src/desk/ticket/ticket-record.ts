/** A ticket as Redis holds it: a hash of short strings, absent fields for null. */
import type { PlatformName } from "../../chat/message.ts";
import type { Light } from "../../pledge/ladder.ts";
import type { Slots } from "../../understanding/slots.ts";
import { type Awaited, awaitedFrom } from "./awaited.ts";
import type { MatchTrace, Rating, Via } from "./event.ts";
import type { State } from "./state-machine.ts";
import type { Ticket } from "./ticket.ts";
import type { Working } from "./working-change.ts";

/** As it was read, with the version that a commit checks. */
export interface StoredTicket {
  readonly ticket: Ticket;
  readonly version: string;
  /** The version that the last act has left, where only lights came after it. */
  readonly acted?: string;
}

/** Every field but the versions, `v` and `acted`; null where the hash has none. */
export function toRecord(ticket: Ticket): Record<string, string | null> {
  const {
    id: _,
    received,
    due,
    provisional,
    acceptBy,
    awaited,
    broken,
    urges,
    resolvedAt,
    rating,
    rateBy,
    callBackBy,
    callBackReminded,
    match,
    urgent,
    slots,
    ...others
  } = ticket;
  const { handOvers, assistants, proposal, decided, pause, merged, supervisors, ...texts } = others;
  return {
    ...texts,
    ...workingRecord({ handOvers, assistants, proposal, decided, pause, merged, supervisors }),
    received: String(received),
    due: String(due),
    provisional: provisional ? "1" : null,
    acceptBy: String(acceptBy),
    // As it begins, which is nearly always, it takes no room.
    awaited: awaited.next === "remind" && awaited.until === acceptBy ? null : JSON.stringify(awaited),
    broken: broken === 0 ? null : String(broken),
    urges: urges === 0 ? null : String(urges),
    resolvedAt: resolvedAt === null ? null : String(resolvedAt),
    rating: rating === null ? null : String(rating),
    rateBy: rateBy === null ? null : String(rateBy),
    callBackBy: callBackBy === null ? null : String(callBackBy),
    callBackReminded: callBackReminded ? "1" : null,
    match: match === null ? null : JSON.stringify(match),
    urgent: urgent ? "1" : null,
    slots: slots.length === 0 ? null : JSON.stringify(slots),
  };
}

export function fromRecord(id: string, record: ReadonlyMap<string, string>): StoredTicket {
  const text = (field: string) => record.get(field) ?? "";
  const maybe = (field: string) => record.get(field) ?? null;
  const number = (field: string) => Number(record.get(field) ?? 0);
  return {
    version: text("v"),
    ...(record.has("acted") ? { acted: text("acted") } : {}),
    ticket: {
      id,
      number: text("number"),
      state: text("state") as State,
      item: maybe("item"),
      size: text("size") === "small" ? "small" : "big",
      text: text("text"),
      platform: text("platform") as PlatformName,
      conversation: text("conversation"),
      asker: text("asker"),
      recorder: maybe("recorder"),
      via: maybe("via") as Via | null,
      enterprise: maybe("enterprise"),
      point: maybe("point"),
      owner: maybe("owner"),
      first: maybe("first"),
      invited: maybe("invited"),
      received: number("received"),
      due: number("due"),
      provisional: record.has("provisional"),
      acceptBy: number("acceptBy"),
      awaited: record.has("awaited") ? (JSON.parse(text("awaited")) as Awaited) : awaitedFrom(number("acceptBy")),
      light: maybe("light") as Light | null,
      broken: number("broken"),
      urges: number("urges"),
      result: maybe("result"),
      resolvedAt: record.has("resolvedAt") ? number("resolvedAt") : null,
      rating: record.has("rating") ? (number("rating") as Rating) : null,
      rateBy: record.has("rateBy") ? number("rateBy") : null,
      callBackBy: record.has("callBackBy") ? number("callBackBy") : null,
      caller: maybe("caller"),
      callBackReminded: record.has("callBackReminded"),
      match: record.has("match") ? (JSON.parse(text("match")) as MatchTrace) : null,
      urgent: record.has("urgent"),
      slots: record.has("slots") ? (JSON.parse(text("slots")) as Slots) : [],
      track: text("track"),
      handOvers: number("handOvers"),
      assistants: record.has("assistants") ? (JSON.parse(text("assistants")) as Working["assistants"]) : [],
      proposal: record.has("proposal") ? (JSON.parse(text("proposal")) as Working["proposal"]) : null,
      decided: record.has("decided") ? (JSON.parse(text("decided")) as Working["decided"]) : null,
      pause: record.has("pause") ? (JSON.parse(text("pause")) as Working["pause"]) : null,
      merged: record.has("merged") ? (JSON.parse(text("merged")) as Working["merged"]) : null,
      supervisors: record.has("supervisors") ? (JSON.parse(text("supervisors")) as Working["supervisors"]) : [],
    },
  };
}

function workingRecord({
  handOvers,
  assistants,
  proposal,
  decided,
  pause,
  merged,
  supervisors,
}: Working): Record<string, string | null> {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  return {
    handOvers: handOvers === 0 ? null : String(handOvers),
    assistants: assistants.length === 0 ? null : JSON.stringify(assistants),
    proposal: json(proposal),
    decided: json(decided),
    pause: json(pause),
    merged: json(merged),
    supervisors: supervisors.length === 0 ? null : JSON.stringify(supervisors),
  };
}

/** A flat list of fields and values, as Redis answers HGETALL inside a script. */
export function pairs(flat: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < flat.length; i += 2) map.set(flat[i] as string, flat[i + 1] as string);
  return map;
}
