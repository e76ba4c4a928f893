/** Connections to Redis: how they come back, and which of its errors mean "away" rather than "wrong". */
import { Redis } from "ioredis";
import { loadScripts } from "./script.ts";

export type RedisAddress = { readonly url: string } | { readonly socket: string };

/** Kept short: an outage of a minute must not keep the desk away longer than Redis. */
const COMMAND_TIMEOUT_MS = 2000;

export function connect(address: RedisAddress, name: string): Redis {
  const options = {
    connectionName: `bangban-${name}`,
    retryStrategy: (times: number) => Math.min(times * 50, 250),
    connectTimeout: 1000,
    enableOfflineQueue: false,
    // A command whose answer was lost is sent again by whoever knows what it means, never blindly.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    lazyConnect: true,
  };
  const redis = "url" in address ? new Redis(address.url, options) : new Redis({ ...options, path: address.socket });
  // Without a listener Node would treat a refused connection as a crash; readiness is reported elsewhere.
  redis.on("error", () => {});
  redis.on("ready", () => loadScripts(redis));
  // Every callback that waits for Redis listens for its return.
  redis.setMaxListeners(0);
  return redis;
}

const AWAY =
  /^(LOADING|OOM|MISCONF|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS|UNKILLABLE)|Connection is closed|Command timed out|Stream isn't writeable|max retries per request|ECONN|EPIPE|ENOENT|ETIMEDOUT|Socket closed/i;

/** Redis is away or cannot write now: never the fault of the message at hand. */
export function isAway(error: unknown): boolean {
  return error instanceof Error && AWAY.test(error.message);
}

/** Redis did not answer when the desk was started. `message` is one line that says what to do. */
export class RedisUnreachable extends Error {
  constructor() {
    super("Redis 连接不上：请检查 REDIS_URL 的地址、端口和密码，确认 Redis 正在运行");
    this.name = "RedisUnreachable";
  }
}

/** Resolves when the connection is usable, or rejects after `ms`. */
export async function untilReady(redis: Redis, ms: number): Promise<void> {
  if (redis.status === "ready") return;
  await new Promise<void>((resolve, reject) => {
    const onReady = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      redis.off("ready", onReady);
      reject(new Error("Connection is closed."));
    }, ms);
    redis.once("ready", onReady);
  });
}
