/**
 * When a connection that is lost is tried again: one timer, one attempt at a time, whatever is reported how often.
 * A client that starts an attempt for every complaint makes 127 of them within seven seconds (dingtalk.md 2.6).
 */

/** `refused`: they know us and do not want us as we are set up; an administrator must mend that. */
export type Tried = "up" | "failed" | "refused";

export interface BackOffDeps {
  /** Never rejects. Not called again before it has resolved. */
  attempt(): Promise<Tried>;
  /** Calls back once after so many ms; what it returns takes that back. */
  readonly timer: (ms: number, done: () => void) => () => void;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface BackOff {
  /** Tries now. */
  start(): void;
  /** The connection is gone. While an attempt is on its way it alone decides what happens next. */
  lost(): void;
  /** It stands, and another one shall take its place: at once, if that was not asked for a moment ago. */
  renew(): void;
  /** Something was received: what was made stands, and the next failure is a first one. An open socket alone proves nothing. */
  proven(): void;
  /** Whether the last attempt was refused. */
  isRefused(): boolean;
  stop(): void;
}

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
const REFUSED_MS = 60_000;
/** A server that sends everybody away again must not be asked in a circle. */
const RENEW_APART_MS = 10_000;

/**
 * 1, 2, 4 … 60 s, less up to a third at random, so that many who lost one server do not come back together. Taken off the
 * whole, as is usual, it would be 30 s on average and more than a hundred attempts an hour.
 */
export function delayMs(failures: number, random: number): number {
  const whole = Math.min(FIRST_MS * 2 ** Math.min(failures, 10), LONGEST_MS);
  return whole * (1 - random / 3);
}

export function openBackOff({ attempt, timer, now, random }: BackOffDeps): BackOff {
  let failures = 0;
  let trying = false;
  let refused = false;
  let stopped = false;
  let lastTried = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;

  function tryNow(): void {
    cancel?.();
    cancel = null;
    trying = true;
    lastTried = now();
    void attempt().then((tried) => {
      trying = false;
      refused = tried === "refused";
      if (stopped) return;
      if (refused) schedule(REFUSED_MS);
      else if (tried === "failed") scheduleNext();
    });
  }

  function schedule(ms: number): void {
    if (stopped) return;
    cancel = timer(ms, () => {
      cancel = null;
      if (!stopped) tryNow();
    });
  }

  function scheduleNext(): void {
    if (!trying && cancel === null) schedule(delayMs(failures++, random()));
  }

  return {
    start() {
      if (!stopped && !trying && cancel === null) tryNow();
    },
    lost: scheduleNext,
    renew() {
      if (stopped || trying || cancel !== null) return;
      if (failures === 0 && now() - lastTried >= RENEW_APART_MS) tryNow();
      else scheduleNext();
    },
    proven() {
      failures = 0;
    },
    isRefused: () => refused,
    stop() {
      stopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
