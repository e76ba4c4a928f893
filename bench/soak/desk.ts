/** The desk of one way, on the soak's clock, and what can be asked of it from outside. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { openService, type Service } from "../../src/service.ts";
import { readSettings } from "../../src/settings.ts";
import { keys } from "../../src/store/keys.ts";
import type { Ticket } from "./judge.ts";
import type { Platform } from "./platform.ts";
import { clerkOf, enterpriseOf, stationText } from "./station.ts";
import type { WayThrough } from "./ways.ts";

const API_TOKEN = "soak-token";

export interface DeskOptions {
  readonly way: WayThrough;
  readonly platform: Platform;
  readonly count: number;
  /** Socket file. */
  readonly redis: string;
  readonly name: string;
  readonly folder: string;
  readonly dataDir: string;
  readonly now: () => number;
}

export function openDesk({ way, platform, count, redis, name, folder, dataDir, now }: DeskOptions): Promise<Service> {
  const stationFile = join(folder, `${name}.yaml`);
  const webhookOf = (where: string, nth: number) =>
    way.webhooks && where === way.platform ? platform.webhookOf(nth) : null;
  writeFileSync(stationFile, stationText(name, count, webhookOf));
  const environment = {
    NODE_ENV: "production",
    PORT: "0",
    STATION_FILE: stationFile,
    DATA_DIR: dataDir,
    API_TOKEN,
    LOG_LEVEL: process.env["DESK_LOG"] ?? "silent",
    ...platform.environment,
  };
  const settings = readSettings(environment);
  return openService({
    settings,
    environment,
    redis: { socket: redis },
    host: "127.0.0.1",
    wireNow: now,
    laneNow: now,
  });
}

/** As if all of them had named their company within the last half year: a soak asks for rooms, not for names. */
export async function rememberEnterprises(
  redis: Redis,
  tag: string,
  { platform }: WayThrough,
  count: number,
  at: number,
): Promise<void> {
  const writing = redis.pipeline();
  for (let nth = 0; nth < count; nth++) {
    const person = { v: "1", enterprise: enterpriseOf(nth), enterpriseAt: String(at) };
    writing.hset(tag + keys.person(`${platform}:${clerkOf(nth)}`), person);
  }
  await writing.exec();
}

/** Messages not yet decided and lines not yet shown. */
export async function waiting(redis: Redis, tag: string): Promise<number> {
  const [lanes, lines] = await Promise.all([redis.zcard(tag + keys.inReady), redis.zcard(tag + keys.outWaiting)]);
  return lanes + lines;
}

/** Whether anything is lent or about to be; what waits for a window to open is neither. */
export async function isUnderWay(redis: Redis, tag: string, now: number): Promise<boolean> {
  const [messages, ...lines] = await Promise.all([
    redis.zcard(tag + keys.inReady),
    ...["", ":wecom:socket"].flatMap((lane) => [
      redis.zcard(`${tag}:out:leased${lane}`),
      redis.zcount(`${tag}:out:ready${lane}`, "-inf", now),
    ]),
  ]);
  return messages + lines.reduce((sum, one) => sum + one, 0) > 0;
}

interface Failed {
  readonly text: string;
  readonly reason: string | null;
}

/** How some sends ended. */
export interface Ended {
  /** E.g. `wecom:webhook`. */
  readonly lane: string;
  readonly outcome: string;
  readonly count: number;
}

export interface Found {
  readonly tickets: readonly Ticket[];
  /** Lines that nobody got. */
  readonly failed: readonly Failed[];
  /** Those that did not simply arrive. */
  readonly outcomes: readonly Ended[];
}

/** What the desk says of itself. */
export async function readDesk({ port }: Service): Promise<Found> {
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${API_TOKEN}` } });
  const api = async <T>(path: string) => (await (await get(`/api${path}`)).json()) as T;
  const tickets: Ticket[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: { tickets: Ticket[]; cursor: string | null } = await api(`/tickets?limit=200&cursor=${cursor}`);
    tickets.push(...page.tickets);
    cursor = page.cursor;
  }
  const { replies } = await api<{ replies: Failed[] }>("/outbox?state=failed&limit=200");
  const metrics = await (await get("/metrics")).text();
  const sends = /^bangban_sends_total\{channel_kind="([^"]+)",outcome="(?!sent)([^"]+)"\} (\d+)/gmu;
  const outcomes = [...metrics.matchAll(sends)].map(
    ([, lane = "", outcome = "", count]): Ended => ({ lane, outcome, count: Number(count) }),
  );
  return { tickets, failed: replies, outcomes };
}
