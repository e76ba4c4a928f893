/** One question to the Redis that the desk uses; how it stands with that Redis itself, redis.ts tells. */
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Redis } from "ioredis";
import type { Settings } from "../../settings.ts";
import { connect, type RedisAddress, untilReady } from "../../store/connection.ts";
import { socketPathFor } from "../../store/embedded-redis.ts";
import { stationTag } from "../../store/keys.ts";
import { findServer } from "../../store/redis-process.ts";
import type { Examined } from "./finding.ts";

const WAIT_MS = 3000;

export type Asked<T> =
  | { readonly kind: "answered"; readonly value: T }
  /** The embedded one does not run, so no desk does. */
  | { readonly kind: "asleep" }
  | { readonly kind: "unknown" };

export async function askRedis<T>(
  { settings, refused, station }: Pick<Examined, "settings" | "refused" | "station">,
  ask: (redis: Redis, tag: string) => Promise<T>,
): Promise<Asked<T>> {
  if (refused.has("REDIS_URL") || station === null) return { kind: "unknown" };
  const address = addressOf(settings);
  if (address === null) return { kind: "asleep" };
  const redis = connect(address, "doctor");
  try {
    redis.connect().catch(() => {});
    await untilReady(redis, WAIT_MS);
    return { kind: "answered", value: await ask(redis, stationTag(station.station)) };
  } catch {
    return { kind: "unknown" };
  } finally {
    redis.disconnect();
  }
}

/** Null where the embedded one does not run. */
function addressOf({ redisUrl, dataDir }: Settings): RedisAddress | null {
  if (redisUrl !== null) return { url: redisUrl };
  const folder = join(dataDir, "redis");
  if (!existsSync(folder) || findServer(realpathSync(folder)) === null) return null;
  return { socket: socketPathFor(realpathSync(folder)) };
}
