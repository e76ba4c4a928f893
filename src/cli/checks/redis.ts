/** Redis, given or embedded: reached, new enough, durable, and holding data of this desk's shape. Nothing is written to it. */
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { connect, isAway, type RedisAddress, untilReady } from "../../store/connection.ts";
import { stationTag } from "../../store/keys.ts";
import { checkServerProgram, findServer, RedisServerMissing } from "../../store/redis-process.ts";
import { findSchema, NewerSchema, SCHEMA } from "../../store/schema.ts";
import { durabilityWarnings, failedWarnings, memoryWarnings } from "../../web/warnings.ts";
import { type Examined, type Finding, good, must, notice } from "./finding.ts";

const WAIT_MS = 3000;
/** Scripts that begin with `#!lua` are of this version. */
const MAJOR_MIN = 7;
/** A ticket costs half of what it costs with Redis' own default. */
const THRIFTY = "hash-max-listpack-value";
const THRIFTY_VALUE = "1024";

export async function checkRedis(examined: Examined): Promise<readonly Finding[]> {
  const { settings, refused } = examined;
  if (refused.has("REDIS_URL")) return [];
  const tag = examined.station === null ? null : stationTag(examined.station.station);
  if (settings.redisUrl === null) return checkEmbedded(join(settings.dataDir, "redis"), tag);
  return examine({ url: settings.redisUrl }, `REDIS_URL（${whereIs(settings.redisUrl)}）`, tag);
}

async function checkEmbedded(dataDir: string, tag: string | null): Promise<readonly Finding[]> {
  try {
    await checkServerProgram();
  } catch (error) {
    if (!(error instanceof RedisServerMissing)) throw error;
    return [must(`内置 Redis：${error.message}`)];
  }
  const folder = existsSync(dataDir) ? realpathSync(dataDir) : null;
  if (folder === null || findServer(folder) === null) return [good("内置 Redis：redis-server 已安装，随服务启动")];
  const socket = join(folder, "redis.sock");
  // Behind a long path the socket stands elsewhere (embedded-redis.ts); that the process lives is what can be said.
  if (!existsSync(socket)) return [good("内置 Redis：正在运行")];
  return examine({ socket }, "内置 Redis", tag);
}

async function examine(address: RedisAddress, name: string, tag: string | null): Promise<readonly Finding[]> {
  const redis = connect(address, "doctor");
  const errors: Error[] = [];
  redis.on("error", (error: Error) => errors.push(error));
  try {
    redis.connect().catch(() => {});
    await Promise.race([untilReady(redis, WAIT_MS), untilRefused(redis)]);
    await redis.ping();
    // A database that does not exist is refused, and the connection then stays with the first one.
    if (errors[0]) throw errors[0];
    return await examineConnected(redis, name, tag);
  } catch (error) {
    return [must(`${name}：${sayRedisFailure(errors[0] ?? (error instanceof Error ? error : undefined))}`)];
  } finally {
    redis.disconnect();
  }
}

async function examineConnected(redis: Redis, name: string, tag: string | null): Promise<readonly Finding[]> {
  const version = await examineVersion(redis, name);
  const settings = await examineConfig(redis);
  const rest = [
    ...settings,
    ...(await memoryWarnings(redis)).map(notice),
    ...(tag === null ? [] : await examineData(redis, tag)),
  ];
  return [version, ...rest];
}

async function examineVersion(redis: Redis, name: string): Promise<Finding> {
  let info: string;
  try {
    info = await redis.info();
  } catch (error) {
    if (isAway(error)) throw error;
    return notice(`${name}：连得上，但不允许查看 INFO，请自行确认版本是 ${MAJOR_MIN}.0 或更新`);
  }
  const read = (field: string): string => new RegExp(`^${field}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "";
  return judgeServer({ name, version: read("redis_version"), role: read("role") });
}

export function judgeServer({ name, version, role }: { name: string; version: string; role: string }): Finding {
  if (Number.parseInt(version, 10) < MAJOR_MIN) {
    return must(`${name}：版本是 ${version}，需要 ${MAJOR_MIN}.0 或更新，请升级`);
  }
  if (role === "slave") return must(`${name}：这是只读的从库，请填写主库的地址`);
  return good(`${name}：连得上，版本 ${version}`);
}

async function examineConfig(redis: Redis): Promise<readonly Finding[]> {
  const durability = await durabilityWarnings(redis);
  let answer: unknown;
  try {
    answer = await redis.config("GET", THRIFTY);
  } catch (error) {
    if (isAway(error)) throw error;
    // Not being allowed to look is no mistake in what stands there.
    return durability.map(notice);
  }
  const [, found] = Array.isArray(answer) ? answer.map(String) : [];
  return [
    ...(durability.length > 0
      ? durability.map(must)
      : [good("Redis 持久化：appendonly yes，appendfsync always，noeviction")]),
    ...(found === undefined || found === THRIFTY_VALUE
      ? []
      : [notice(`Redis 的 ${THRIFTY} 是 ${found}，工单会多占内存；建议设 ${THRIFTY} ${THRIFTY_VALUE}`)]),
  ];
}

async function examineData(redis: Redis, tag: string): Promise<readonly Finding[]> {
  let found: number | null;
  try {
    found = await findSchema(redis, tag);
  } catch (error) {
    if (!(error instanceof NewerSchema)) throw error;
    return [must(`数据：${error.message}`)];
  }
  if (found === null) return [good("数据：还没有这个站点的数据，首次启动时建立")];
  const older = found < SCHEMA ? `，启动时升级到 ${SCHEMA}` : "";
  return [good(`数据：结构版本 ${found}，可以使用${older}`), ...(await failedWarnings(redis, tag)).map(notice)];
}

/** Rejects at the first thing that goes wrong: the client itself would go on trying. */
function untilRefused(redis: Redis): Promise<never> {
  return new Promise((_, reject) => {
    redis.once("error", reject);
  });
}

/** What went wrong, without the words of the client: they may hold a command's arguments. */
export function sayRedisFailure(error: (Error & { readonly code?: string }) | undefined): string {
  const { message = "", code } = error ?? {};
  if (/NOAUTH/.test(message)) return "Redis 要求密码，请写成 redis://:密码@主机:端口";
  if (/WRONGPASS|invalid password/i.test(message)) return "用户名或密码不对，请核对";
  if (/NOPERM/.test(message)) return "这个用户的权限不够，请在 Redis 的 ACL 中放开";
  if (/DB index/.test(message)) return "没有这个编号的数据库，请改正地址末尾的数字";
  if (/LOADING/.test(message)) return "正在载入数据，请稍后再查";
  if (/^Unknown RESP|Protocol error/i.test(message)) return "那里答话的不是 Redis，请核对主机和端口";
  if (code === "ECONNREFUSED") return "没有程序在听，请启动 Redis，或核对主机和端口";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "找不到这个主机名，请核对，或检查 DNS";
  if (/^(ERR_(SSL|TLS)|CERT|SELF_SIGNED|UNABLE_TO|DEPTH_ZERO)/.test(code ?? "")) {
    return `加密连接没有建立（${code}），请核对证书，或确认该用 redis:// 还是 rediss://`;
  }
  return `${WAIT_MS / 1000} 秒内连不上（${code ?? "没有回音"}），请检查网络、防火墙和地址`;
}

/** The address without user and password. */
function whereIs(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 6379}${pathname === "/" ? "" : pathname}`;
}
