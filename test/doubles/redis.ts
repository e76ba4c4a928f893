/** The run's real Redis, with a station tag of one's own: test files never see each other's keys. */
import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { inject } from "vitest";
import { stationTag } from "../../src/store/keys.ts";

export interface TestRedis {
  readonly redis: Redis;
  /** Socket file, for a connection of one's own: `new Redis({ path })`. */
  readonly path: string;
  /** `{test-…}`: KEYS[1] of every script. */
  readonly tag: string;
  /** The same without braces: what stands as `station:` in a station file. */
  readonly station: string;
  /** Deletes the tag's keys and disconnects. */
  close(): Promise<void>;
}

export function openTestRedis(): TestRedis {
  const path = inject("redisPath");
  const station = `test-${randomBytes(6).toString("hex")}`;
  const tag = stationTag(station);
  const redis = new Redis({ path });
  // A machine that is very busy may let a connection wait too long: it comes back by itself.
  redis.on("error", () => {});
  return {
    redis,
    path,
    tag,
    station,
    async close() {
      let cursor = "0";
      do {
        const [next, names] = await redis.scan(cursor, "MATCH", `${tag}*`, "COUNT", 1000);
        if (names.length > 0) await redis.unlink(...names);
        cursor = next;
      } while (cursor !== "0");
      redis.disconnect();
    },
  };
}
