/** The bench's own Redis: a real server that syncs every write, set up as the desk sets up its embedded one. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Workshop } from "./workshop.ts";

export interface BenchRedis {
  readonly socket: string;
  readonly redis: Redis;
  /** An empty Redis, as each measurement begins. */
  clear(): Promise<void>;
  usedMemory(): Promise<number>;
  /** Of the main thread, µs. */
  cpu(): Promise<number>;
}

export async function startRedis(workshop: Workshop, name = "redis"): Promise<BenchRedis> {
  const dir = join(workshop.folder, name);
  const socket = join(workshop.folder, `${name}.sock`);
  mkdirSync(dir);
  const options = [
    ["--port", "0"],
    ["--unixsocket", socket],
    ["--dir", dir],
    ["--save", ""],
    ["--appendonly", "yes"],
    ["--appendfsync", "always"],
    ["--maxmemory-policy", "noeviction"],
    ["--hash-max-listpack-value", "1024"],
    ["--stream-node-max-bytes", "512"],
    // A rewrite in the middle of a round would be somebody's bad luck.
    ["--auto-aof-rewrite-percentage", "0"],
  ];
  const { process: server } = workshop.start(name, "redis-server", options.flat());
  while (!existsSync(socket)) {
    if (server.exitCode !== null) throw new Error("redis-server could not be started");
    await sleep(5);
  }
  const redis = new Redis({ path: socket });
  workshop.keep(() => redis.disconnect());
  const info = async (section: string, field: string) => {
    const text = await redis.info(section);
    return Number(new RegExp(`^${field}:([\\d.]+)`, "m").exec(text)?.[1]);
  };
  return {
    socket,
    redis,
    async clear() {
      await redis.flushall("SYNC");
    },
    usedMemory: () => info("memory", "used_memory"),
    async cpu() {
      const user = await info("cpu", "used_cpu_user_main_thread");
      return (user + (await info("cpu", "used_cpu_sys_main_thread"))) * 1e6;
    },
  };
}
