/**
 * Calls of one turn of the event loop, sent as one: Redis wakes once, writes to its disk once, and answers once for all
 * of them. Alone, a call waits for nothing.
 */
import { isAway } from "../store/connection.ts";

interface Waiting<T, R> {
  readonly item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/** `send` answers in the order of its items, and may be given an item again whose answer was lost. */
export function together<T, R>(
  most: number,
  send: (items: readonly T[]) => Promise<readonly R[]>,
): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];

  async function flush(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await send(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, i) => void resolve(results[i] as R));
    } catch (error) {
      // One that Redis cannot take must not take the others with it.
      if (batch.length > 1 && !isAway(error)) for (const one of batch) void flush([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length > 1) return;
      setImmediate(() => {
        const all = waiting;
        waiting = [];
        for (let from = 0; from < all.length; from += most) void flush(all.slice(from, from + most));
      });
    });
}
