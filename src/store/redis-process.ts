/** The redis-server process of one data folder: how it is started so that there is never a second, and how it is found. */
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** It cannot be started. `message` is one line: why, and what to do. */
export class EmbeddedRedisFailed extends Error {
  override name = "EmbeddedRedisFailed";
}

/** There is no redis-server here that could be started. */
export class RedisServerMissing extends EmbeddedRedisFailed {
  override name = "RedisServerMissing";
}

/** Scripts that name their language (`#!lua`), listpacks and the many-part AOF are of this version. */
const MAJOR_MIN = 7;
const LOG_BYTES_MAX = 5_000_000;
/** What the start script says where another was quicker. */
const EXIT_TAKEN = 75;

/**
 * The pid file is the server's own exclusive lock: the shell that becomes redis-server makes it, or goes. A desk that is
 * killed right after spawning therefore leaves no moment in which a server is on its way and nothing says so.
 */
const START_SCRIPT = `set -C; echo $$ > "$1" || exit ${EXIT_TAKEN}; shift; exec redis-server "$@"`;

export function startServer(folder: string, socketPath: string): ChildProcess {
  const log = openSync(logFileOf(folder), isLarge(logFileOf(folder)) ? "w" : "a", 0o600);
  try {
    const args = ["-c", START_SCRIPT, "sh", pidFileOf(folder), ...options(folder, socketPath)];
    // A session of its own: neither the desk's end nor a Ctrl+C in its terminal is the server's.
    const server = spawn("/bin/sh", args, { cwd: folder, detached: true, stdio: ["ignore", log, log] });
    server.unref();
    return server;
  } finally {
    closeSync(log);
  }
}

/** Another was quicker, and its server is on the way. */
export function wasTaken(server: ChildProcess): boolean {
  return server.exitCode === EXIT_TAKEN;
}

/** The pid of this folder's server, also while it starts; "unknown" where somebody is about to write it; null: none. */
export function findServer(folder: string): number | "unknown" | null {
  const pidFile = pidFileOf(folder);
  let text: string;
  let age: number;
  try {
    text = readFileSync(pidFile, "utf8").trim();
    age = Date.now() - statSync(pidFile).mtimeMs;
  } catch {
    return null;
  }
  if (text === "") return age < 5000 ? "unknown" : null;
  // A pid lives again as somebody else, and a dead one may wait for a parent to notice: its command line decides.
  return commandLine(Number(text)).includes(pidFile) ? Number(text) : null;
}

/** Only under the lock, and only where `findServer` has found none. */
export function forgetServer(folder: string): void {
  rmSync(pidFileOf(folder), { force: true });
}

/** @throws RedisServerMissing */
export async function checkServerProgram(): Promise<void> {
  const orElse = "，或在 REDIS_URL 填写外部 Redis";
  let version: string;
  try {
    version = (await promisify(execFile)("redis-server", ["--version"])).stdout;
  } catch {
    throw new RedisServerMissing(
      `找不到 redis-server：请安装（apt-get install redis-server 或 brew install redis）${orElse}`,
    );
  }
  const major = Number(/v=(\d+)/.exec(version)?.[1] ?? MAJOR_MIN);
  if (major < MAJOR_MIN) {
    throw new RedisServerMissing(`redis-server 的版本是 ${major}，需要 ${MAJOR_MIN} 或更新：请升级${orElse}`);
  }
}

export function logFileOf(folder: string): string {
  return join(folder, "redis.log");
}

/** The reason that it gave for going, as its log's last line has it. */
export function lastWords(folder: string): string {
  const lines = readFileSync(logFileOf(folder), "utf8").trimEnd().split("\n");
  return (lines.at(-1) ?? "").replace(/^\d+:\w \d+ \w+ \d+ [\d:.]+ [#*.-] /, "");
}

function pidFileOf(folder: string): string {
  return join(folder, "redis.pid");
}

function isLarge(file: string): boolean {
  return existsSync(file) && statSync(file).size > LOG_BYTES_MAX;
}

function commandLine(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 0) return "";
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-ww", "-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return "";
  }
}

function options(folder: string, socketPath: string): string[] {
  return [
    ["--port", "0"],
    ["--unixsocket", socketPath],
    ["--unixsocketperm", "700"],
    ["--dir", folder],
    // Kept as it is, the command line tells whose server this is (findServer).
    ["--set-proc-title", "no"],
    ["--pidfile", pidFileOf(folder)],
    ["--daemonize", "no"],
    ["--appendonly", "yes"],
    ["--appendfsync", "always"],
    ["--aof-load-truncated", "yes"],
    ["--save", ""],
    ["--maxmemory-policy", "noeviction"],
    // A ticket costs half of what it costs with Redis' own default.
    ["--hash-max-listpack-value", "1024"],
  ].flat();
}
