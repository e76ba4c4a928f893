/** Reading tickets for programs and pages: a list by the sorted sets, one by its number. Nothing here writes. */
import type { Redis } from "ioredis";
import { z } from "zod";
import type { TicketEvent } from "../desk/ticket/event.ts";
import { findNumbers } from "../desk/ticket/number.ts";
import { fromStoryLine } from "../desk/ticket/story-record.ts";
import type { Ticket } from "../desk/ticket/ticket.ts";
import { fromRecord } from "../desk/ticket/ticket-record.ts";
import { DAY_MS, shanghaiDate, shanghaiTime } from "../pledge/hours.ts";
import { keys } from "../store/keys.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { below, NEWEST, type Place, walk } from "./newest-first.ts";
import { pipelined } from "./pipelined.ts";
import type { TicketQuery } from "./query.ts";

/** Where a station's keys lie. */
export interface Store {
  readonly redis: Redis;
  readonly tag: string;
}

export interface TicketPage {
  readonly tickets: readonly Ticket[];
  /** Null at the end; with a filter a page may be short, even empty, and the cursor carries on. */
  readonly cursor: string | null;
}

/** Where most entries are filtered out, few at a time would be many round trips. */
const FILTERED_PAGE = 250;

/** What may be left out is not asked for. */
type Wanted = Partial<TicketQuery> & Pick<TicketQuery, "limit">;

const cursorSchema = z.tuple([z.number(), z.string()]);

/** Newest first, by `received`. */
export async function listTickets(store: Store, query: Wanted): Promise<TicketPage> {
  const { state = null, point = null, from = null, to = null, limit, cursor = null } = query;
  const belongs = (ticket: Ticket) =>
    // It may have moved on between reading the index and reading the ticket.
    (state === null || ticket.state === state) && (point === null || ticket.point === point);
  const { found, next } = await walk({
    redis: store.redis,
    key: store.tag + (state === null ? keys.tickets : keys.byState(state)),
    after: lower(readPlace(cursor), to === null ? NEWEST : below(shanghaiTime(to, 0) + DAY_MS)),
    least: from === null ? 0 : shanghaiTime(from, 0),
    limit,
    pageSize: point === null ? limit + 1 : FILTERED_PAGE,
    load: async (places) => {
      const ids = places.map(({ member }) => member);
      const tickets = await readTickets(store, point === null ? ids : await ofPoint(store, ids, point));
      return ids.map((id) => {
        const ticket = tickets.get(id);
        return ticket && belongs(ticket) ? ticket : null;
      });
    },
  });
  return { tickets: found, cursor: next && writeCursor([next.score, next.member]) };
}

export interface TicketWithStory {
  readonly ticket: Ticket;
  readonly story: readonly TicketEvent[];
}

/** `20261123-017` as people write it, also `#1123-017`: this year's, else last year's. `now` is the desk clock. */
export async function readTicketByNumber(
  { redis, tag }: Store,
  written: string,
  now: number,
): Promise<TicketWithStory | null> {
  const { full, rest } = findNumbers(written, Number(shanghaiDate(now).slice(0, 4)));
  if (full.length === 0 || rest !== "") return null;
  const ids = await redis.hmget(tag + keys.ticketOfNumber, ...full);
  const id = ids.find((each) => each !== null);
  if (!id) return null;
  // In one go, so that the story ends with what the ticket says.
  const answers = await redis
    .multi()
    .hgetall(tag + keys.ticket(id))
    .lrange(tag + keys.story(id), 0, -1)
    .exec();
  const [record, events] = (answers ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  }) as [Record<string, string>, string[]];
  const ticket = ticketOf(id, record);
  return ticket && { ticket, story: events.map(fromStoryLine) };
}

async function readTickets({ redis, tag }: Store, ids: readonly string[]): Promise<Map<string, Ticket>> {
  const records = await pipelined<Record<string, string>>(
    redis,
    ids.map((id) => ["hgetall", tag + keys.ticket(id)]),
  );
  const tickets = new Map<string, Ticket>();
  for (const [i, id] of ids.entries()) {
    const ticket = ticketOf(id, records[i] ?? {});
    if (ticket) tickets.set(id, ticket);
  }
  return tickets;
}

/** One short field a ticket, before any is read whole. */
async function ofPoint({ redis, tag }: Store, ids: readonly string[], point: string): Promise<string[]> {
  const points = await pipelined<string | null>(
    redis,
    ids.map((id) => ["hget", tag + keys.ticket(id), "point"]),
  );
  return ids.filter((_, i) => points[i] === point);
}

function ticketOf(id: string, record: Readonly<Record<string, string>>): Ticket | null {
  const fields = new Map(Object.entries(record));
  return fields.size === 0 ? null : fromRecord(id, fields).ticket;
}

function readPlace(cursor: string | null): Place {
  if (cursor === null) return NEWEST;
  const [score, member] = readCursor(cursor, cursorSchema);
  return { score, member };
}

function lower(one: Place, other: Place): Place {
  return one.score < other.score ? one : other;
}
