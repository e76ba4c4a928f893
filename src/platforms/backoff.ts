/** How long to wait before the next attempt to connect. */

export interface Backoff {
  /** Ms until the next attempt. */
  next(): number;
  /** After a success, and only then: a connection that is made and thrown out at once is none. */
  reset(): void;
}

export interface BackoffOptions {
  readonly minMs?: number;
  readonly maxMs?: number;
  /** In [0, 1). */
  readonly random?: () => number;
}

/**
 * Doubling, with a third of it left to chance, so that a city's desks do not all come back in the same second. Not the
 * whole of it: dice that always fall low would then knock without pause, while this way an hour of refusals sees fewer
 * than a hundred attempts whatever the dice say (platforms ban an address that knocks more).
 */
const CHANCE = 1 / 3;

export function openBackoff({ minMs = 1000, maxMs = 60_000, random = Math.random }: BackoffOptions = {}): Backoff {
  let attempts = 0;
  return {
    next() {
      const ceiling = Math.min(minMs * 2 ** Math.min(attempts++, 30), maxMs);
      return ceiling * (1 - CHANCE * random());
    },
    reset() {
      attempts = 0;
    },
  };
}
