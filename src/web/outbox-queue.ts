/** `/api/outbox`: replies that wait, and replies that nobody got. */
import { z } from "zod";
import type { Outgoing } from "../chat/outgoing.ts";
import { isoShanghai } from "../pledge/hours.ts";
import { keys } from "../store/keys.ts";
import { maskPersonal } from "../words/mask.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { NEWEST, type Place, walk } from "./newest-first.ts";
import { pipelined } from "./pipelined.ts";
import { QUEUE_STATES, type QueueQuery, type QueueState } from "./query.ts";
import { hideAddresses } from "./secrets.ts";
import type { Store } from "./tickets.ts";

export interface ReplyRow {
  readonly id: string;
  readonly channel: string;
  readonly to: string;
  readonly about: string | null;
  readonly text: string;
  readonly state: QueueState;
  readonly reason: string | null;
  readonly attempts: number;
  readonly at: string;
}

export interface ReplyPage {
  readonly replies: readonly ReplyRow[];
  readonly cursor: string | null;
}

/** An entry's hash, as commit.lua writes it. */
type Entry = Readonly<Partial<Record<"body" | "channel" | "reason" | "attempts" | "at", string>>>;

const INDEX = { failed: keys.outFailed, waiting: keys.outWaiting } as const satisfies Record<QueueState, string>;
const cursorSchema = z.tuple([z.enum(QUEUE_STATES), z.number(), z.string()]);

/** Newest first. Without a state failed ones come before waiting ones: those need a person. */
export async function listReplies(store: Store, { state, limit, cursor }: QueueQuery): Promise<ReplyPage> {
  const [first, score, member] = cursor === null ? [null, 0, ""] : readCursor(cursor, cursorSchema);
  const replies: ReplyRow[] = [];
  let reached = first === null;
  for (const each of state === null ? QUEUE_STATES : [state]) {
    const resumed = each === first;
    reached ||= resumed;
    if (!reached) continue;
    const after = resumed ? { score, member } : NEWEST;
    const { found, next } = await walk({
      ...{ redis: store.redis, key: store.tag + INDEX[each], least: 0, after, limit: limit - replies.length },
      load: (places) => readReplies(store, places, each),
    });
    replies.push(...found);
    if (next) return { replies, cursor: writeCursor([each, next.score, next.member]) };
  }
  return { replies, cursor: null };
}

async function readReplies({ redis, tag }: Store, places: readonly Place[], state: QueueState) {
  const entries = await pipelined<Entry>(
    redis,
    places.map(({ member }) => ["hgetall", tag + keys.outEntry(member)]),
  );
  // An entry that is not there any more was sent meanwhile, dropped by hand, or has lived its thirty days.
  return entries.map((entry, i) => (entry.body === undefined ? null : replyRow(places[i]?.member ?? "", entry, state)));
}

/** The ways stay behind: a `response_url` lets whoever holds it answer in the desk's name. */
function replyRow(
  id: string,
  { body = "{}", channel = "", reason = "", attempts, at }: Entry,
  state: QueueState,
): ReplyRow {
  const { to, about, text } = JSON.parse(body) as Outgoing;
  return {
    id,
    channel,
    to,
    about,
    text: maskPersonal(text),
    state,
    reason: hideAddresses(reason) || null,
    attempts: Number(attempts ?? 0),
    at: isoShanghai(Number(at ?? 0)),
  };
}
