/** Since the service began: what it has been asked for and has resolved, and whom it has helped. From indexes that the commit keeps. */
import { keys } from "../store/keys.ts";
import { type Life, standingBefore } from "./life.ts";
import type { Store } from "./lives.ts";

export interface Cumulative {
  readonly received: number;
  readonly resolved: number;
  /** How many different people and enterprises asked for something. */
  readonly people: number;
  readonly enterprises: number;
}

/**
 * Up to `until`. The index of what is resolved tells how it stands today, so that whatever has moved since is counted by
 * its track: `lives` has everything that was received before `until` and moved since.
 */
export async function readCumulative(store: Store, until: number, lives: Iterable<Life>): Promise<Cumulative> {
  const { redis, tag } = store;
  const before = `(${until}`;
  const [received, indexed, people, enterprises] = await Promise.all(
    [keys.tickets, keys.resolved, keys.askers, keys.enterprises].map((key) => redis.zcount(tag + key, "-inf", before)),
  );
  let resolved = indexed ?? 0;
  for (const life of lives) {
    if (standingBefore(life, until) === "resolved") resolved += 1;
    if (life.resolvedAt !== null && life.resolvedAt < until) resolved -= 1;
  }
  return { received: received ?? 0, resolved, people: people ?? 0, enterprises: enterprises ?? 0 };
}
