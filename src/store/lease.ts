/**
 * Something that one process holds at a time, and another takes over within seconds when that process dies. With Redis
 * away nobody can take it, so the holder keeps it: a platform's socket does not go down with our store.
 */
import type { Redis } from "ioredis";
import { readScript, runScript } from "./script.ts";

export interface LeaseDeps {
  readonly redis: Redis;
  readonly tag: string;
  /** The key behind the tag. */
  readonly key: string;
  readonly processId: string;
  onHeld(): void;
  /** Another process has it now. */
  onLost(): void;
  /** Defaults: 6 s, looked at every 1.5 s. */
  readonly leaseMs?: number;
  readonly everyMs?: number;
}

export interface Lease {
  readonly held: boolean;
  /** Gives it back, so that another process need not wait. */
  stop(): Promise<void>;
}

const LEASE_MS = 6_000;
/** Three tries before it runs out. */
const EVERY_MS = 1_500;

const scripts = { hold: readScript("hold"), release: readScript("release") };

export function openLease(deps: LeaseDeps): Lease {
  const { redis, tag, key, processId, leaseMs = LEASE_MS, everyMs = EVERY_MS } = deps;
  let held = false;
  let stopped = false;
  let looking: Promise<void> | null = null;

  async function lookOnce(): Promise<void> {
    const mine = (await runScript(redis, scripts.hold, tag, [key, processId, String(leaseMs)])) === 1;
    if (stopped || mine === held) return;
    held = mine;
    if (mine) deps.onHeld();
    else deps.onLost();
  }

  const look = (): void => {
    looking ??= lookOnce()
      // Redis is away: nobody else can take it meanwhile.
      .catch(() => {})
      .finally(() => {
        looking = null;
      });
  };

  const timer = setInterval(look, everyMs);
  look();
  return {
    get held() {
      return held;
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
      if (held) await runScript(redis, scripts.release, tag, [key, processId]).catch(() => {});
      held = false;
    },
  };
}
