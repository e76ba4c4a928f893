/** The desk's own Redis for a verb of the command line: the one that is set, else the embedded one of the data folder. */
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Redis } from "ioredis";
import type { Settings } from "../settings.ts";
import { connect, type RedisAddress, RedisUnreachable, untilReady } from "../store/connection.ts";
import { socketPathFor } from "../store/embedded-redis.ts";

const WAIT_MS = 3000;

/** @throws RedisUnreachable */
export async function withDeskRedis<T>(
  settings: Settings,
  name: string,
  use: (redis: Redis) => Promise<T>,
): Promise<T> {
  const redis = connect(addressOf(settings), name);
  try {
    redis.connect().catch(() => {});
    await untilReady(redis, WAIT_MS).catch(() => {
      throw settings.redisUrl === null ? new DeskNotRunning() : new RedisUnreachable();
    });
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

/** The embedded Redis lives and dies with the desk. */
class DeskNotRunning extends RedisUnreachable {
  override readonly message = "服务没有在运行，读不到数据：请先启动服务（npm start），并确认 DATA_DIR 与它相同";
}

function addressOf({ redisUrl, dataDir }: Settings): RedisAddress {
  if (redisUrl !== null) return { url: redisUrl };
  const folder = join(dataDir, "redis");
  return { socket: socketPathFor(existsSync(folder) ? realpathSync(folder) : folder) };
}
