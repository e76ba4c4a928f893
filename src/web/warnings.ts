/** What an administrator should look at while everything still works: a line each, for `/readyz` and doctor. */
import { statfs } from "node:fs/promises";
import type { Redis } from "ioredis";
import type { PlatformName } from "../chat/message.ts";
import type { Receivers } from "../digest/receivers.ts";
import type { Calendar } from "../pledge/calendar.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import { accountsOf, type Station } from "../station/station.ts";
import { isAway } from "../store/connection.ts";
import { countLanes } from "./lane-counts.ts";

/** Rejects only where Redis is away: that is said elsewhere. */
export type WarningSource = () => readonly string[] | Promise<readonly string[]>;

export interface WarningDeps {
  readonly redis: Redis;
  readonly tag: string;
  readonly dataDir: string;
  readonly calendar: () => Calendar;
  readonly station: () => Station;
  /** Those that are on. */
  readonly platforms: ReadonlySet<PlatformName>;
  /** Whom the leaders' letters reach. */
  readonly letters?: () => Receivers;
  /** Desk clock. */
  readonly now: () => number | Promise<number>;
}

/** From here on memory or disk is a warning (design.md 2, bounds). */
const FULL = 0.8;
const NOVEMBER = 11;
/** As people call them. */
export const PLATFORM_WORDS = { wecom: "企业微信", dingtalk: "钉钉" } as const satisfies Record<PlatformName, string>;

export function openWarnings(deps: WarningDeps): WarningSource[] {
  const { redis, tag, dataDir, calendar, station, platforms, letters, now } = deps;
  return [
    () => durabilityWarnings(redis),
    () => memoryWarnings(redis),
    () => diskWarnings(dataDir),
    async () => calendarWarnings(calendar(), await now()),
    () => failedWarnings(redis, tag),
    () => platformWarnings(station(), platforms),
    ...(letters ? [() => letterWarnings(station(), letters())] : []),
  ];
}

export async function durabilityWarnings(redis: Redis): Promise<string[]> {
  let answer: unknown;
  try {
    answer = await redis.config("GET", "appendonly", "appendfsync", "maxmemory-policy");
  } catch (error) {
    if (isAway(error)) throw error;
    return [
      "Redis 不允许查看 CONFIG，无法确认数据是否落盘；请确认已设 appendonly yes、appendfsync always、maxmemory-policy noeviction",
    ];
  }
  const settings = readSettings(answer);
  const warnings: string[] = [];
  if (settings.get("appendonly") !== "yes") {
    warnings.push("Redis 未开启 appendonly，重启会丢失工单；请设 appendonly yes");
  } else if (settings.get("appendfsync") !== "always") {
    warnings.push(
      `Redis 的 appendfsync 是 ${settings.get("appendfsync")}，断电会丢失最近的消息；请设 appendfsync always`,
    );
  }
  const policy = settings.get("maxmemory-policy");
  if (policy !== "noeviction") {
    warnings.push(`Redis 的 maxmemory-policy 是 ${policy}，内存满时会删除工单；请设 maxmemory-policy noeviction`);
  }
  return warnings;
}

export async function memoryWarnings(redis: Redis): Promise<string[]> {
  let info: string;
  try {
    info = await redis.info("memory");
  } catch (error) {
    if (isAway(error)) throw error;
    return ["Redis 不允许查看 INFO，无法确认内存是否够用"];
  }
  const read = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
  const most = read("maxmemory");
  // 0: no limit is set.
  if (most === 0) return [];
  const share = read("used_memory") / most;
  return share > FULL ? [`Redis 内存已用 ${percent(share)}（maxmemory），满后将无法受理新消息`] : [];
}

export async function diskWarnings(dataDir: string, stat: DiskStat = statfs): Promise<string[]> {
  let disk: Awaited<ReturnType<DiskStat>>;
  try {
    disk = await stat(dataDir);
  } catch {
    return ["DATA_DIR 无法查看，不能确认磁盘是否够用"];
  }
  // As df counts: what is kept for root is neither used nor free.
  const used = disk.blocks - disk.bfree;
  const share = used / Math.max(used + disk.bavail, 1);
  return share > FULL ? [`DATA_DIR 所在磁盘已用 ${percent(share)}，请清理或扩容`] : [];
}

type DiskStat = (path: string) => Promise<{ readonly blocks: number; readonly bfree: number; readonly bavail: number }>;

export function calendarWarnings(calendar: Calendar, now: number): string[] {
  const today = shanghaiDate(now);
  const year = Number(today.slice(0, 4));
  const missing = [year, year + 1].filter((each) => !calendar.isPublished(`${each}-01-01`));
  // Next year's notice comes out in November as a rule: before that nobody can do anything about it.
  const urgent = missing.filter((each) => each === year || Number(today.slice(5, 7)) >= NOVEMBER);
  return urgent.map(
    (each) =>
      `没有 ${each} 年的节假日安排（内置数据到 ${calendar.publishedThrough} 为止），时限暂按周一至周五推算；公布后请升级，或将全年的放假、补班日期填入站点文件的 holidays`,
  );
}

export async function failedWarnings(redis: Redis, tag: string): Promise<string[]> {
  const { inFailed, outFailed } = await countLanes(redis, tag);
  return [
    ...(outFailed > 0 ? [`有 ${outFailed} 条消息未能送达，见 /api/outbox?state=failed`] : []),
    ...(inFailed > 0 ? [`有 ${inFailed} 条来信未能处理，见 /api/inbox?state=failed`] : []),
  ];
}

export function platformWarnings({ groups, people }: Station, on: ReadonlySet<PlatformName>): string[] {
  const off = (Object.keys(PLATFORM_WORDS) as PlatformName[]).filter((platform) => !on.has(platform));
  return off.flatMap((platform) => {
    const chats = groups.filter((group) => group.platform === platform).length;
    const accounts = people.flatMap(accountsOf).filter(([of]) => of === platform).length;
    if (chats + accounts === 0) return [];
    return [`${PLATFORM_WORDS[platform]}没有接入，站点文件中它的 ${chats} 个群、${accounts} 个账号暂时用不上`];
  });
}

export function letterWarnings({ digest }: Pick<Station, "digest">, { reached, unreached }: Receivers): string[] {
  const { day, week, month, to } = digest;
  if (day === null && week === null && month === null) return [];
  if (reached.length === 0) {
    return [
      "日报、周报、月报没有人能收到，请在站点文件中写明领导群（kind: leaders）及其 webhook，或领导的账号；不需要时在 digest 中写 off",
    ];
  }
  if (to === null || unreached.length === 0) return [];
  return [`日报、周报、月报送不到 ${unreached.join("、")}，请检查站点文件的 digest.to、groups 和 people`];
}

/** CONFIG GET answers names and values in turn. */
function readSettings(answer: unknown): Map<string, string> {
  const flat = Array.isArray(answer) ? answer.map(String) : [];
  return new Map(flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? ""] as const] : [])));
}

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}
