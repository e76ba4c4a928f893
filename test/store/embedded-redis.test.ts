import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type EmbeddedRedis, openEmbeddedRedis } from "../../src/store/embedded-redis.ts";
import { RedisServerMissing } from "../../src/store/redis-process.ts";

const log = { info: () => {}, warn: () => {} };
const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0).reverse()) await close();
});

function folder(name = "data"): string {
  const root = mkdtempSync(join(tmpdir(), "bangban-redis-"));
  const dataDir = join(root, name);
  closers.push(() => {
    for (const pid of serversOf(dataDir)) process.kill(pid, "SIGKILL");
    rmSync(root, { recursive: true, force: true });
  });
  return dataDir;
}

async function open(dataDir: string): Promise<EmbeddedRedis> {
  return openEmbeddedRedis({ dataDir, log });
}

function client(socketPath: string, name = "test"): Redis {
  const redis = new Redis({ path: socketPath, connectionName: name, retryStrategy: () => 20 });
  redis.on("error", () => {});
  closers.push(() => redis.disconnect());
  return redis;
}

/** Pids of all redis-servers, or shells that become one, that keep their data in this folder; the dead do not count. */
function serversOf(dataDir: string): number[] {
  const mark = join(dataDir, "redis.pid");
  return [...commandLines()].filter(([, line]) => line.includes(mark)).map(([pid]) => pid);
}

function commandLines(): Map<number, string> {
  if (!existsSync("/proc/self/cmdline")) {
    const lines = execFileSync("ps", ["-ww", "-A", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
    return new Map(lines.map((line) => [Number.parseInt(line, 10), line]));
  }
  const found = new Map<number, string>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    try {
      found.set(Number(name), readFileSync(`/proc/${name}/cmdline`, "utf8"));
    } catch {
      // It ended between the two looks.
    }
  }
  return found;
}

async function deskLike(dataDir: string): Promise<ChildProcess> {
  const desk = fork(join(import.meta.dirname, "desk-like.ts"), [dataDir], { execArgv: ["--import", "tsx"] });
  closers.push(() => desk.kill("SIGKILL"));
  await once(desk, "message");
  return desk;
}

async function order(desk: ChildProcess, what: "ensure" | "stop"): Promise<void> {
  desk.send(what);
  await once(desk, "message");
}

describe("starting", () => {
  it("is durable, on a socket file that only its owner opens, with the memory-saving options", async () => {
    const { socketPath } = await open(folder());
    const redis = client(socketPath);
    const config = (name: string) =>
      redis.config("GET", name).then((answer) => Object.fromEntries(pairs(answer))[name]);
    expect(await config("port")).toBe("0");
    expect(await config("appendonly")).toBe("yes");
    expect(await config("appendfsync")).toBe("always");
    expect(await config("save")).toBe("");
    expect(await config("maxmemory-policy")).toBe("noeviction");
    expect(await config("hash-max-listpack-value")).toBe("1024");
    expect(await config("unixsocketperm")).toBe("700");
  });

  it("works in a folder with spaces and Chinese in its name", async () => {
    const dataDir = folder("数据 目录");
    const { socketPath, stop } = await open(dataDir);
    expect(socketPath).toBe(join(dataDir, "redis.sock"));
    expect(await client(socketPath).ping()).toBe("PONG");
    await stop();
    expect(serversOf(dataDir)).toEqual([]);
  });

  it("puts the socket into the temp folder where the path is too long for one", async () => {
    const dataDir = folder("很深的目录".repeat(10));
    const { socketPath } = await open(dataDir);
    expect(Buffer.byteLength(socketPath)).toBeLessThanOrEqual(100);
    expect(await client(socketPath).set("a", "1")).toBe("OK");
    expect(existsSync(join(dataDir, "appendonlydir"))).toBe(true);
    expect((await open(dataDir)).socketPath).toBe(socketPath);
    expect(serversOf(dataDir)).toHaveLength(1);
  });

  it("says in one line what to install where there is no redis-server", async () => {
    vi.stubEnv("PATH", "/nowhere");
    const refused = open(folder());
    await expect(refused).rejects.toThrow(RedisServerMissing);
    await expect(refused).rejects.toThrow(/^找不到 redis-server：.*apt-get install redis-server.*REDIS_URL.*$/);
  });

  it("says why where the server will not start", async () => {
    const dataDir = folder();
    mkdirSync(join(dataDir, "appendonlydir"), { recursive: true });
    writeFileSync(join(dataDir, "appendonlydir", "appendonly.aof.manifest"), "nonsense\n");
    await expect(open(dataDir)).rejects.toThrow(/^内置 Redis 启动失败（.+）.*redis\.log$/);
  });
});

// Many processes, each of which loads a compiler first: slow where others use the machine too.
describe("never two on one append-only file", { timeout: 60_000 }, () => {
  it("two desks that start at once share one server", async () => {
    const dataDir = folder();
    await Promise.all([deskLike(dataDir), deskLike(dataDir), deskLike(dataDir), open(dataDir), open(dataDir)]);
    expect(serversOf(dataDir)).toHaveLength(1);
  });

  it("two desks that lose it at once get one back", async () => {
    const dataDir = folder();
    const [one, two] = await Promise.all([deskLike(dataDir), deskLike(dataDir)]);
    const here = await open(dataDir);
    for (let round = 0; round < 5; round += 1) {
      killServer(dataDir);
      await Promise.all([
        order(one, "ensure"),
        order(two, "ensure"),
        here.ensureRunning(),
        here.ensureRunning(),
        here.ensureRunning(),
      ]);
      expect(serversOf(dataDir)).toHaveLength(1);
    }
  });

  it("outlives a desk that was killed, and the next one adopts it", async () => {
    const dataDir = folder();
    const desk = await deskLike(dataDir);
    const [pid] = serversOf(dataDir);
    desk.kill("SIGKILL");
    await once(desk, "exit");
    const { socketPath } = await open(dataDir);
    expect(await client(socketPath).ping()).toBe("PONG");
    expect(serversOf(dataDir)).toEqual([pid]);
  });

  it("desks that are killed while they start leave one server at most, and nothing in the way of the next", async () => {
    const dataDir = folder();
    for (let wait = 0; wait < 6; wait += 1) {
      const desk = fork(join(import.meta.dirname, "desk-like.ts"), [dataDir], { execArgv: ["--import", "tsx"] });
      // The lock is there for milliseconds only: a look that comes too late finds the server that was started under it.
      const begun = () => existsSync(join(dataDir, "redis.lock")) || serversOf(dataDir).length > 0;
      await vi.waitUntil(begun, { timeout: 20_000, interval: 1 });
      await new Promise((resolve) => setTimeout(resolve, wait * 4));
      desk.kill("SIGKILL");
      await once(desk, "exit");
      const { socketPath } = await open(dataDir);
      expect(await client(socketPath).ping()).toBe("PONG");
      expect(serversOf(dataDir)).toHaveLength(1);
      killServer(dataDir);
    }
  });

  it("a lock and a pid file that were left behind do not matter", async () => {
    const dataDir = folder();
    mkdirSync(dataDir);
    const gone = fork(join(import.meta.dirname, "desk-like.ts"), [], { stdio: "ignore" });
    gone.kill("SIGKILL");
    await once(gone, "exit");
    writeFileSync(join(dataDir, "redis.lock"), `${gone.pid} left-behind`);
    writeFileSync(join(dataDir, "redis.lock.stale"), `${gone.pid} left-behind`);
    // Somebody who lives, and is no redis-server.
    writeFileSync(join(dataDir, "redis.pid"), `${process.pid}\n`);
    await open(dataDir);
    expect(serversOf(dataDir)).toHaveLength(1);
    expect(readdirSync(dataDir).filter((name) => name.includes("lock"))).toEqual([]);
  });

  it("a server that lost its socket file goes before another comes, with all it was told", async () => {
    const dataDir = folder();
    const redis = await open(dataDir);
    await client(redis.socketPath).set("a", "1");
    const before = serversOf(dataDir);
    rmSync(redis.socketPath);
    await redis.ensureRunning();
    expect(serversOf(dataDir)).toHaveLength(1);
    expect(serversOf(dataDir)).not.toEqual(before);
    expect(await client(redis.socketPath).get("a")).toBe("1");
  });

  it("a server that is stopped or busy counts as there", async () => {
    const dataDir = folder();
    const redis = await open(dataDir);
    const [pid] = serversOf(dataDir);
    if (pid === undefined) throw new Error("no server");
    process.kill(pid, "SIGSTOP");
    const again = redis.ensureRunning();
    setTimeout(() => process.kill(pid, "SIGCONT"), 1500);
    await again;
    expect(serversOf(dataDir)).toEqual([pid]);
  });
});

describe("coming back", () => {
  it("keeps what was acknowledged before a kill -9", async () => {
    const dataDir = folder();
    const redis = await open(dataDir);
    const before = client(redis.socketPath);
    await Promise.all(Array.from({ length: 200 }, (_, index) => before.rpush("list", index)));
    killServer(dataDir);
    await redis.ensureRunning();
    expect(await client(redis.socketPath).llen("list")).toBe(200);
  });

  it("waits while it loads", async () => {
    const dataDir = folder();
    const redis = await open(dataDir);
    const writer = client(redis.socketPath);
    const values = Array.from({ length: 2000 }, () => "x".repeat(500));
    for (let round = 0; round < 40; round += 1) await writer.rpush("list", ...values);
    killServer(dataDir);
    await redis.ensureRunning();
    expect(await client(redis.socketPath).llen("list")).toBe(80_000);
    expect(readFileSync(join(dataDir, "redis.log"), "utf8").match(/just started/g)).toHaveLength(2);
  });
});

describe("stopping", () => {
  it("is over when the process is gone, and nothing brings it back", async () => {
    const dataDir = folder();
    const redis = await open(dataDir);
    await client(redis.socketPath).set("a", "1");
    await redis.stop();
    expect(serversOf(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, "redis.pid"))).toBe(false);
    await redis.ensureRunning();
    expect(serversOf(dataDir)).toEqual([]);
    const next = await open(dataDir);
    expect(await client(next.socketPath).get("a")).toBe("1");
  });

  it("leaves it to another desk that uses it; the last one stops it", async () => {
    const dataDir = folder();
    const [one, two] = [await open(dataDir), await open(dataDir)];
    const user = client(two.socketPath, "bangban-lanes");
    await user.ping();
    await one.stop();
    expect(await user.ping()).toBe("PONG");
    user.disconnect();
    await two.stop();
    expect(serversOf(dataDir)).toEqual([]);
  });

  it("a desk that starts while another stops ends up with a server", async () => {
    const dataDir = folder();
    const desk = await deskLike(dataDir);
    const [next] = await Promise.all([open(dataDir), order(desk, "stop")]);
    await next.ensureRunning();
    expect(await client(next.socketPath).ping()).toBe("PONG");
    expect(serversOf(dataDir)).toHaveLength(1);
  });

  it("may find it gone already", async () => {
    const dataDir = folder();
    const redis = await open(dataDir);
    killServer(dataDir);
    await redis.stop();
    await redis.stop();
    expect(serversOf(dataDir)).toEqual([]);
  });
});

function killServer(dataDir: string): void {
  for (const pid of serversOf(dataDir)) process.kill(pid, "SIGKILL");
}

/** RESP3 answers CONFIG GET with a map, which some versions of the client give as a flat list. */
function pairs(answer: unknown): [string, string][] {
  if (!Array.isArray(answer)) return Object.entries(answer as Record<string, string>);
  return answer.flatMap((name, index) => (index % 2 === 0 ? [[String(name), String(answer[index + 1])]] : []));
}
