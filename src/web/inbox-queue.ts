/** `/api/inbox`: messages that wait in their conversations, and messages that nothing could be done with. */
import { z } from "zod";
import { whoOf } from "../desk/scene.ts";
import { readEntry } from "../lanes/inbox.ts";
import { isoShanghai } from "../pledge/hours.ts";
import type { Station } from "../station/station.ts";
import { keys } from "../store/keys.ts";
import { maskPersonal } from "../words/mask.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { NEWEST, walk } from "./newest-first.ts";
import { pipelined } from "./pipelined.ts";
import type { QueueQuery, QueueState } from "./query.ts";
import { hideAddresses } from "./secrets.ts";
import type { Store } from "./tickets.ts";
import { listWaiting } from "./waiting-messages.ts";

export interface MessageRow {
  readonly id: string;
  readonly conversation: string;
  readonly by: string;
  readonly text: string;
  readonly state: QueueState;
  readonly reason: string | null;
  readonly attempts: number;
  readonly at: string;
}

export interface MessagePage {
  readonly messages: readonly MessageRow[];
  readonly cursor: string | null;
}

const cursorSchema = z.union([
  z.tuple([z.literal("failed"), z.number(), z.string()]),
  z.tuple([z.literal("waiting"), z.string(), z.string()]),
]);

/**
 * Failed ones first, newest first: those need a person. Then waiting ones, conversation by conversation, each in the
 * order in which it will be taken.
 */
export async function listMessages(
  store: Store,
  station: Station,
  { state, limit, cursor }: QueueQuery,
): Promise<MessagePage> {
  const from = cursor === null ? null : readCursor(cursor, cursorSchema);
  const messages: MessageRow[] = [];
  if (state !== "waiting" && from?.[0] !== "waiting") {
    const { found, next } = await walk({
      redis: store.redis,
      key: store.tag + keys.inFailed,
      after: from === null ? NEWEST : { score: from[1], member: from[2] },
      least: 0,
      limit,
      load: (places) =>
        readFailed(
          store,
          station,
          places.map(({ member }) => member),
        ),
    });
    messages.push(...found);
    if (next) return { messages, cursor: writeCursor(["failed", next.score, next.member]) };
  }
  if (state === "failed") return { messages, cursor: null };
  const after = from?.[0] === "waiting" ? { conversation: from[1], uid: from[2] } : null;
  const { waiting, next } = await listWaiting(store, after, limit - messages.length);
  for (const { conversation, entry, deliveries } of waiting) {
    messages.push(messageRow(station, entry, { conversation, state: "waiting", reason: null, attempts: deliveries }));
  }
  return { messages, cursor: next && writeCursor(["waiting", next.conversation, next.uid]) };
}

async function readFailed({ redis, tag }: Store, station: Station, uids: readonly string[]) {
  const entries = await pipelined<Record<string, string>>(
    redis,
    uids.map((uid) => ["hgetall", tag + keys.inFailedEntry(uid)]),
  );
  return entries.map(({ entry, conversation = "", reason = "", attempts = "0" }) => {
    if (entry === undefined) return null;
    const about = { conversation, state: "failed" as const, attempts: Number(attempts) };
    return messageRow(station, entry, { ...about, reason: hideAddresses(reason) || null });
  });
}

type About = Pick<MessageRow, "conversation" | "state" | "reason" | "attempts">;

function messageRow(station: Station, entry: string, { conversation, state, reason, attempts }: About): MessageRow {
  const { uid, received, message } = readEntry(entry);
  return {
    id: uid,
    conversation,
    by: whoOf(station, message),
    text: maskPersonal(message.text),
    state,
    reason,
    attempts,
    at: isoShanghai(received),
  };
}
