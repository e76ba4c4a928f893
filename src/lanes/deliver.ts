/**
 * Handling what was taken, and giving it back where that failed. What a delivery says about its message is kept fair:
 * only a message that itself makes the desk fail may add up deliveries (design.md 2, "Poison").
 */
import { isAway } from "../store/connection.ts";
import type { Inbox, Taken } from "./inbox.ts";

/** From this delivery on something has failed before. */
const SUSPECT_FROM = 2;
const SUSPECT_PAUSE_MS = 20;
/** Redis cannot write now: not tried again faster than anybody could mend it. */
const AWAY_PAUSE_MS = 250;
const ACQUIT_EVERY_MS = 250;
const ACQUIT_TRIES = 240;

export interface DeliverDeps {
  readonly inbox: Pick<Inbox, "putBack">;
  handle(taken: Taken): Promise<void>;
  /** A message was put back, and may be taken again now. */
  onWaiting(): void;
  readonly log: { error(details: object, message: string): void };
}

export function openDeliver({ inbox, handle, onWaiting, log }: DeliverDeps): (taken: Taken) => Promise<void> {
  let suspectInHand = false;

  /** A few outages in a row must not look like a message that cannot be handled: said when Redis is back. */
  async function acquit(taken: Taken): Promise<void> {
    for (let tries = 0; tries < ACQUIT_TRIES; tries++) {
      await new Promise((resolve) => setTimeout(resolve, ACQUIT_EVERY_MS).unref());
      try {
        await inbox.putBack(taken, 0, true);
        return;
      } catch {
        // Still away.
      }
    }
  }

  return async (taken) => {
    const suspect = taken.deliveries >= SUSPECT_FROM;
    // Whatever was in hand when a desk died comes again one by one, so that only the one that killed it adds up.
    if (suspect && suspectInHand) {
      await inbox.putBack(taken, SUSPECT_PAUSE_MS, true).catch(() => void acquit(taken));
      setTimeout(onWaiting, SUSPECT_PAUSE_MS + 1).unref();
      return;
    }
    if (suspect) suspectInHand = true;
    try {
      await handle(taken);
    } catch (error) {
      const innocent = isAway(error);
      const { uid, deliveries } = taken;
      // Never the error itself: ioredis hangs the command with everything that people wrote on it.
      if (!innocent) log.error({ reason: (error as Error).stack, uid, deliveries }, "a message failed");
      await inbox.putBack(taken, innocent ? AWAY_PAUSE_MS : 0, innocent).catch(() => {
        if (innocent) void acquit(taken);
      });
    } finally {
      if (suspect) suspectInHand = false;
    }
  };
}
