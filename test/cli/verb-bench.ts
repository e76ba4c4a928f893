/** A verb as it is typed, without any platform, in a folder of its own with a station file, where the embedded Redis would be the run's. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface VerbBench {
  readonly redis: TestRedis;
  readonly folder: string;
  run(...args: string[]): Promise<{ code: number | null; out: string; err: string }>;
  /** The desk clock, from now on. */
  setClock(at: number): Promise<void>;
  close(): Promise<void>;
}

/** `more`: settings beyond the least that a station needs. */
export function openVerbBench(more: Readonly<Record<string, string>> = {}): VerbBench {
  const redis = openTestRedis();
  const folder = mkdtempSync(join(tmpdir(), "bangban-verb-"));
  mkdirSync(join(folder, "redis"));
  symlinkSync(redis.path, join(folder, "redis", "redis.sock"));
  const file = readFileSync(new URL("../doubles/station.yaml", import.meta.url), "utf8");
  writeFileSync(join(folder, "station.yaml"), file.replace("station: duantang", `station: ${redis.station}`));
  const environment = {
    PATH: process.env["PATH"],
    NODE_ENV: "production",
    STATION_FILE: join(folder, "station.yaml"),
    DATA_DIR: folder,
    WEBHOOK_BASE: "https://x",
    ...more,
  };
  return {
    redis,
    folder,
    async run(...args) {
      const child = spawn(process.execPath, [inject("cliPath"), ...args], { cwd: root, env: environment });
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
      return { code: child.exitCode, out, err };
    },
    async setClock(at) {
      await redis.redis.set(redis.tag + keys.clock, String(at - Date.now()));
    },
    async close() {
      rmSync(folder, { recursive: true });
      await redis.close();
    },
  };
}
