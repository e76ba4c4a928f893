/** The Redis that the desk works with: the one of its settings, or the one that it brings along and keeps alive. */
import { join } from "node:path";
import type { Settings } from "./settings.ts";
import { connect, type RedisAddress, RedisUnreachable, untilReady } from "./store/connection.ts";
import { openEmbeddedRedis } from "./store/embedded-redis.ts";

type Closers = (() => Promise<void> | void)[];
type Connection = ReturnType<typeof connect>;

/** A subscribed connection can do nothing else, and neither may a send wait for a callback's write. */
export interface Connections {
  readonly accepting: Connection;
  readonly working: Connection;
  readonly sending: Connection;
  readonly listening: Connection;
}

const REDIS_WAIT_MS = 15_000;
const LOOK_EVERY_MS = 500;

interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export async function openRedis(settings: Settings, closers: Closers, log: Log): Promise<RedisAddress> {
  if (settings.redisUrl !== null) return { url: settings.redisUrl };
  const embedded = await openEmbeddedRedis({ dataDir: join(settings.dataDir, "redis"), log });
  closers.push(() => embedded.stop());
  await embedded.ensureRunning();
  // It may die alone (memory, an administrator's slip): a look now and then brings it back.
  const watch = setInterval(() => void embedded.ensureRunning().catch(() => {}), LOOK_EVERY_MS);
  closers.push(() => clearInterval(watch));
  return { socket: embedded.socketPath };
}

/** @throws RedisUnreachable */
export async function openConnections(address: RedisAddress, closers: Closers): Promise<Connections> {
  const [accepting, working, sending, listening] = [
    connect(address, "accept"),
    connect(address, "work"),
    connect(address, "send"),
    connect(address, "listen"),
  ];
  const all = [accepting, working, sending, listening];
  closers.push(() => {
    for (const connection of all) connection.disconnect();
  });
  for (const connection of all) connection.connect().catch(() => {});
  await Promise.all(all.map((connection) => untilReady(connection, REDIS_WAIT_MS))).catch(() => {
    throw new RedisUnreachable();
  });
  return { accepting, working, sending, listening } as Connections;
}
