/**
 * Messages in their lanes. The index of lanes moves with every lease, so a walk through it would lose its place: here
 * conversations go by their names, and within one the head is all that ever leaves.
 */
import { keys } from "../store/keys.ts";
import { pipelined } from "./pipelined.ts";
import type { Store } from "./tickets.ts";

export interface Waiting {
  readonly conversation: string;
  readonly uid: string;
  /** As the lane holds it. */
  readonly entry: string;
  /** How often it was taken so far. */
  readonly deliveries: number;
}

export type WaitingPlace = Pick<Waiting, "conversation" | "uid">;

const LANES_AT_ONCE = 20;

export async function listWaiting(
  store: Store,
  after: WaitingPlace | null,
  limit: number,
): Promise<{ readonly waiting: Waiting[]; readonly next: WaitingPlace | null }> {
  const { redis, tag } = store;
  const conversations = (await redis.zrange(tag + keys.inReady, "0", "-1")).filter(
    (conversation) => after === null || conversation >= after.conversation,
  );
  conversations.sort();
  const found: Omit<Waiting, "deliveries">[] = [];
  for (let i = 0; i < conversations.length && found.length <= limit; i += LANES_AT_ONCE) {
    found.push(...(await readLanes(store, conversations.slice(i, i + LANES_AT_ONCE), after, limit + 1)));
  }
  const kept = found.slice(0, limit);
  const uids = kept.map(({ uid }) => uid);
  const deliveries = uids.length === 0 ? [] : await redis.hmget(tag + keys.inDeliveries, ...uids);
  const waiting = kept.map((each, i) => ({ ...each, deliveries: Number(deliveries[i] ?? 0) }));
  // Room for none, and there is one: the next page begins with it.
  const last = kept.at(-1) ?? { conversation: "", uid: "" };
  return { waiting, next: found.length > limit ? { conversation: last.conversation, uid: last.uid } : null };
}

async function readLanes(
  { redis, tag }: Store,
  conversations: readonly string[],
  after: WaitingPlace | null,
  most: number,
) {
  // A lane that was begun is read whole (it is bounded): how far in we were may have changed.
  const end = (conversation: string) => (conversation === after?.conversation ? "-1" : String(most - 1));
  const lanes = await pipelined<string[]>(
    redis,
    conversations.map((conversation) => ["lrange", tag + keys.inLane(conversation), "0", end(conversation)]),
  );
  return conversations.flatMap((conversation, i) => {
    const entries = (lanes[i] ?? []).map((entry) => ({
      conversation,
      uid: entry.slice(0, entry.indexOf("\n")),
      entry,
    }));
    if (conversation !== after?.conversation) return entries;
    // Gone from the lane, and with it everything before it: what is left comes after.
    return entries.slice(entries.findIndex(({ uid }) => uid === after.uid) + 1);
  });
}
