/**
 * When a connection that is lost is tried again: one timer, one attempt at a time, whatever is reported how often.
 * A client that starts an attempt for every complaint makes 127 of them within seven seconds (dingtalk.md 2.6).
 */
import { openBackoff } from "./backoff.ts";

/** `refused`: they know us and do not want us as we are set up; an administrator must mend that. */
export type Tried = "up" | "failed" | "refused";

export interface ReconnectDeps {
  /** Never rejects. Not called again before it has resolved. */
  attempt(): Promise<Tried>;
  /** Calls back once after so many ms; what it returns takes that back. */
  readonly timer: (ms: number, done: () => void) => () => void;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface Reconnect {
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

const REFUSED_MS = 60_000;
/** A server that sends everybody away again must not be asked in a circle. */
const RENEW_APART_MS = 10_000;

export function openReconnect({ attempt, timer, now, random }: ReconnectDeps): Reconnect {
  const backoff = openBackoff({ random });
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
    if (!trying && cancel === null) {
      failures++;
      schedule(backoff.next());
    }
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
      backoff.reset();
    },
    isRefused: () => refused,
    stop() {
      stopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
