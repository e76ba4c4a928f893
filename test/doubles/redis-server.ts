/** One real redis-server for the whole run, on a socket file in a folder of its own; gone with its data afterwards. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Socket file of the run's redis-server. */
    redisPath: string;
  }
}

const START_WAIT_MS = 10_000;

export default async function startRedisServer(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "bangban-test-"));
  const path = join(folder, "redis.sock");
  const server = spawn("redis-server", options(folder, path), { stdio: "ignore" });
  let failure: string | null = null;
  server.on("error", () => {
    failure = "redis-server 不在 PATH 中：请运行 npm test，或 apt-get install redis-server / brew install redis";
  });
  server.on("exit", (code) => {
    failure ??= `测试用的 redis-server 退出了（${code}）`;
  });
  const deadline = Date.now() + START_WAIT_MS;
  // Redis makes the socket file when it listens: the clients wait for the rest themselves.
  while (!existsSync(path)) {
    if (failure === null && Date.now() > deadline) failure = "测试用的 redis-server 没有启动";
    if (failure !== null) {
      await stop(server, folder);
      throw new Error(failure);
    }
    await sleep(10);
  }
  project.provide("redisPath", path);
  return () => stop(server, folder);
}

/** Like the embedded one, but for `everysec`: tests kill no machine, and are several times quicker. */
function options(folder: string, path: string): string[] {
  return [
    ["--port", "0"],
    ["--unixsocket", path],
    ["--dir", folder],
    ["--save", ""],
    ["--appendonly", "yes"],
    ["--appendfsync", "everysec"],
    ["--maxmemory-policy", "noeviction"],
    ["--hash-max-listpack-value", "1024"],
  ].flat();
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
    const gone = once(server, "exit");
    server.kill("SIGKILL");
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
}
