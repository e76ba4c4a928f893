/** A redis-server to be killed, stopped and started again at the same address: as durable as design.md 4 wants it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort, until } from "./until.ts";

export interface RedisProcess {
  readonly url: string;
  /** A connection of the test's own, which comes back by itself. */
  readonly client: Redis;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
  /** Holds its breath, as a machine does that swaps; `go` lets it breathe again. */
  hold(): void;
  go(): void;
  close(): Promise<void>;
}

export async function openRedisProcess(): Promise<RedisProcess> {
  const folder = mkdtempSync(join(tmpdir(), "bangban-faults-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on("error", () => {});
  let server: ChildProcess | null = null;

  const kill = async (): Promise<void> => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill("SIGKILL");
    await gone;
  };
  const start = async (): Promise<void> => {
    server = spawn("redis-server", options(port, folder), { stdio: "ignore" });
    await until("redis-server answers", 10_000, async () => {
      const probe = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
      probe.on("error", () => {});
      try {
        await probe.connect();
        return (await probe.ping()) === "PONG";
      } finally {
        probe.disconnect();
      }
    });
  };
  await start();
  return {
    url,
    client,
    start,
    kill,
    hold: () => void server?.kill("SIGSTOP"),
    go: () => void server?.kill("SIGCONT"),
    async close() {
      client.disconnect();
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function options(port: number, folder: string): string[] {
  return [
    ["--port", String(port)],
    ["--bind", "127.0.0.1"],
    ["--dir", folder],
    ["--save", ""],
    ["--appendonly", "yes"],
    ["--appendfsync", "always"],
    ["--maxmemory-policy", "noeviction"],
    ["--hash-max-listpack-value", "1024"],
  ].flat();
}
