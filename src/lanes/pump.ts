/** Takes work while there is some, a bounded number at once: woken by whoever made it, with a look now and then as the second rope. */

/** The second rope: work that nobody woke us for waits no longer. */
const LOOK_EVERY_MS = 250;

export interface Pump {
  /** There may be work now. */
  wake(): void;
  /** Takes no more, and resolves when what is in hand is done. */
  stop(): Promise<void>;
}

export interface PumpOptions<T> {
  readonly most: number;
  take(most: number): Promise<readonly T[]>;
  /** Must not throw: a failure of one piece of work is its own business. */
  work(piece: T): Promise<void>;
  /** `take` failed (Redis is away), or `work` did what it must not. The pump goes on looking. */
  onFault(error: unknown): void;
}

export function startPump<T>({ most, take, work, onFault }: PumpOptions<T>): Pump {
  let inHand = 0;
  let taking = false;
  let again = false;
  let stopped = false;
  let idle = () => {};
  const untilIdle = new Promise<void>((resolve) => {
    idle = resolve;
  });

  const run = async (piece: T) => {
    try {
      await work(piece);
    } catch (error) {
      onFault(error);
    }
    inHand--;
    if (stopped) {
      if (inHand === 0 && !taking) idle();
    } else if (inHand <= most / 2) {
      // Not after every single piece: one take for many lanes is one round trip.
      wake();
    }
  };

  const wake = () => {
    if (stopped) return;
    if (taking) {
      again = true;
      return;
    }
    if (inHand < most) void fill();
  };

  const fill = async () => {
    taking = true;
    do {
      again = false;
      try {
        const pieces = await take(most - inHand);
        inHand += pieces.length;
        for (const piece of pieces) void run(piece);
        if (pieces.length > 0 && inHand < most) again = true;
      } catch (error) {
        onFault(error);
        again = false;
      }
    } while (again && !stopped && inHand < most);
    taking = false;
    if (stopped && inHand === 0) idle();
  };

  const timer = setInterval(wake, LOOK_EVERY_MS);
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(timer);
      if (inHand > 0 || taking) await untilIdle;
    },
  };
}
