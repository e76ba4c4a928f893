/**
 * The Redis that a desk brings along where none is configured: durable, on a socket file, outliving a killed desk, shared
 * by all desks of one data folder, and never two on one append-only file.
 */
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { takeLock } from "./lock-file.ts";
import { askRedis } from "./redis-ask.ts";
import {
  checkServerProgram,
  EmbeddedRedisFailed,
  findServer,
  forgetServer,
  lastWords,
  logFileOf,
  startServer,
  wasTaken,
} from "./redis-process.ts";

export interface EmbeddedRedis {
  readonly socketPath: string;
  /** Starts it where it is gone; resolves once it answers. For whoever has lost the connection, as often as wanted. */
  ensureRunning(): Promise<void>;
  /** Ends it, unless another desk uses it. From here on `ensureRunning` does nothing. Close own connections first. */
  stop(): Promise<void>;
}

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

const LOOK_EVERY_MS = 25;
/** Listening comes before loading, so this is a process' start and not its data's. */
const START_WAIT_MS = 10_000;
const LOADING_WAIT_MS = 60_000;
/** A server that lives without a socket: on its way for so long, else its socket file was taken from it. */
const UNREACHABLE_WAIT_MS = 5_000;
const END_WAIT_MS = 10_000;
const AFTER_FAILURE_MS = 1_000;
/** macOS takes 104 bytes, Linux 108. */
const SOCKET_PATH_BYTES_MAX = 100;

export async function openEmbeddedRedis({ dataDir, log }: { dataDir: string; log: Log }): Promise<EmbeddedRedis> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = realpathSync(dataDir);
  const socketPath = socketPathFor(folder);
  const place = { folder, socketPath, lockPath: join(folder, "redis.lock"), log };
  let stopping = false;
  let starting: Promise<void> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;

  const start = async (): Promise<void> => {
    // Connections come back every few milliseconds; a server that cannot start is not tried that often.
    await sleep(Math.max(0, failedAt + AFTER_FAILURE_MS - performance.now()));
    try {
      if (!stopping) await bringUp(place);
    } catch (error) {
      failedAt = performance.now();
      throw error;
    }
  };
  const ensureRunning = async (): Promise<void> => {
    if (stopping) return;
    starting ??= start().finally(() => {
      starting = null;
    });
    await starting;
  };

  await ensureRunning();
  return {
    socketPath,
    ensureRunning,
    async stop() {
      stopping = true;
      await starting?.catch(() => {});
      await shutDown(place);
    },
  };
}

interface Place {
  readonly folder: string;
  readonly socketPath: string;
  readonly lockPath: string;
  readonly log: Log;
}

async function bringUp(place: Place): Promise<void> {
  const { socketPath, lockPath, log } = place;
  let since = performance.now();
  for (;;) {
    const answer = await askRedis(socketPath, "PING");
    const waited = performance.now() - since;
    if (answer === null) {
      // Whoever else holds the lock is starting it just now, or ending it.
      const release = takeLock(lockPath);
      if (release !== null) {
        try {
          await startUnderLock(place);
          since = performance.now();
        } finally {
          release();
        }
      } else if (waited > 3 * START_WAIT_MS) {
        throw new EmbeddedRedisFailed(`另一个进程一直占着 ${lockPath}，内置 Redis 无法启动：请结束那个进程`);
      }
    } else if (answer !== "" && !answer.startsWith("-LOADING")) {
      return;
    } else if (waited > LOADING_WAIT_MS) {
      // It is there, and a second one must not be: whoever needs it goes on waiting at the connection.
      log.warn({ socketPath, answer }, "内置 Redis 还没有准备好");
      return;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function startUnderLock(place: Place): Promise<void> {
  const { folder, socketPath, log } = place;
  if (await isThere(socketPath)) return;
  await endUnreachable(place);
  if (await isThere(socketPath)) return;
  await checkServerProgram();
  forgetServer(folder);
  const server = startServer(folder, socketPath);
  const deadline = performance.now() + START_WAIT_MS;
  while (!(await isThere(socketPath))) {
    if (wasTaken(server)) return;
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new EmbeddedRedisFailed(`内置 Redis 启动失败（${lastWords(folder)}），详见 ${logFileOf(folder)}`);
    }
    if (performance.now() > deadline) throw new EmbeddedRedisFailed(`内置 Redis 没有启动，请看 ${logFileOf(folder)}`);
    await sleep(LOOK_EVERY_MS);
  }
  log.info({ socketPath }, "内置 Redis 已启动");
}

/** A server without a socket still has the append-only file: it goes before another comes. */
async function endUnreachable({ folder, socketPath, log }: Place): Promise<void> {
  const since = performance.now();
  let told = false;
  for (;;) {
    const pid = findServer(folder);
    if (pid === null || (await isThere(socketPath))) return;
    const waited = performance.now() - since;
    if (pid !== "unknown" && waited > UNREACHABLE_WAIT_MS) {
      if (!told) log.warn({ pid, socketPath }, "内置 Redis 还在运行，但连不上，先结束它再启动");
      // Every write that was answered is on disk, so in the end the hard way loses nothing.
      if (!told || waited > UNREACHABLE_WAIT_MS + END_WAIT_MS) signal(pid, told ? "SIGKILL" : "SIGTERM");
      told = true;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function shutDown({ folder, socketPath, lockPath, log }: Place): Promise<void> {
  // Under the lock, so that no other desk starts one while this one still has its files.
  const release = await untilLocked(lockPath);
  try {
    if (await othersUse(socketPath)) {
      log.info({ socketPath }, "还有别的帮办进程在用内置 Redis，不停止它");
      return;
    }
    const pid = findServer(folder);
    // It answers by closing the connection; words are a refusal.
    const answer = await askRedis(socketPath, "SHUTDOWN", END_WAIT_MS);
    if (answer === null) return;
    if (answer !== "") {
      log.warn({ answer }, "内置 Redis 不肯停止，留给下次启动");
      return;
    }
    const deadline = performance.now() + END_WAIT_MS;
    while (pid !== null && findServer(folder) === pid && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
    log.info({ socketPath }, "内置 Redis 已停止");
  } finally {
    release?.();
  }
}

async function untilLocked(lockPath: string): Promise<(() => void) | null> {
  const deadline = performance.now() + START_WAIT_MS;
  for (;;) {
    const release = takeLock(lockPath);
    if (release !== null || performance.now() > deadline) return release;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Desks name their connections (connection.ts). One's own, just closed, need a moment to disappear from the list. */
async function othersUse(socketPath: string): Promise<boolean> {
  for (let look = 0; look < 10; look += 1) {
    const clients = await askRedis(socketPath, "CLIENT LIST");
    if (clients === null || !/ name=bangban-/.test(clients)) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}

async function isThere(socketPath: string): Promise<boolean> {
  return (await askRedis(socketPath, "PING")) !== null;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone meanwhile, which is what was wanted.
  }
}

/** The system's limit is on the path, so a deep data folder's socket stands elsewhere, where nobody else can put one. */
export function socketPathFor(folder: string): string {
  const near = join(folder, "redis.sock");
  if (Buffer.byteLength(near) <= SOCKET_PATH_BYTES_MAX) return near;
  // Not TMPDIR: it differs from one login to the next, and every desk of this folder must look in the same place.
  const user = process.getuid?.() ?? 0;
  const temporary = `/tmp/bangban-${user}`;
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(temporary);
  if (uid !== user || (mode & 0o077) !== 0) {
    throw new EmbeddedRedisFailed(`${temporary} 不只属于当前用户，请删去它，或把 DATA_DIR 换成短一些的路径`);
  }
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  return join(temporary, `${hash}.sock`);
}
