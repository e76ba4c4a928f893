/** The whole path: from the first callback until the last mention has reached the platform. */
import type { Bench } from "../bench.ts";
import { drive, openClient } from "../client.ts";
import { quantile } from "../figures.ts";
import type { DeskCounts } from "../servers/desk.ts";
import { keyOf } from "../station.ts";

export interface PathRound {
  readonly messages: number;
  /** Messages whose mention has arrived, a second. */
  readonly perSecond: number;
  /** Callbacks answered a second meanwhile. */
  readonly acceptedPerSecond: number;
  /** Scripts a message. */
  readonly scripts: Readonly<Record<string, number>>;
  /** µs a message. */
  readonly deskCpu: number;
  readonly redisCpu: number;
}

const WAIT_MS = 30_000;

export async function runPath(
  { servers, platform, store, settled }: Bench,
  requests: readonly Buffer[],
  connections: number,
): Promise<PathRound> {
  await servers.desk.ask<DeskCounts>("counts");
  const redisBefore = await store.cpu();
  const from = performance.now();
  const arrival = mentions(platform, requests.length);
  const accepted = await drive(servers.desk.port, requests, { connections });
  const took = (await arrival) - from;
  await settled();
  const messages = requests.length;
  const { scripts, cpu } = await servers.desk.ask<DeskCounts>("counts");
  return {
    messages,
    perSecond: (messages / took) * 1000,
    acceptedPerSecond: accepted.perSecond,
    scripts: Object.fromEntries(Object.entries(scripts).map(([name, times]) => [name, times / messages])),
    deskCpu: cpu / messages,
    redisCpu: ((await store.cpu()) - redisBefore) / messages,
  };
}

/** One callback every so often, each from another group: how long until its mention, ms. */
export async function measureLatency(
  { servers, platform, settled }: Bench,
  requests: readonly Buffer[],
  perSecond: number,
): Promise<{ p50: number; p99: number }> {
  const client = await openClient(servers.desk.port, 32);
  const sent = new Map<string, number>();
  const times: number[] = [];
  platform.onMention = (key) => {
    const at = sent.get(key);
    if (at !== undefined) times.push(performance.now() - at);
  };
  const from = performance.now();
  const answers: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      // A timer that comes late sends what it missed, or a slow machine would measure a quieter desk.
      while (answers.length < Math.min(requests.length, ((performance.now() - from) / 1000) * perSecond)) {
        sent.set(keyOf(answers.length), performance.now());
        answers.push(client.post(requests[answers.length] as Buffer));
      }
      if (answers.length < requests.length) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(answers);
  await settled();
  client.close();
  if (times.length !== requests.length) throw new Error(`${requests.length} callbacks, ${times.length} mentions`);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** When the last of so many mentions arrived. */
function mentions(platform: Bench["platform"], count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let arrived = 0;
    const timer = setTimeout(() => reject(new Error(`only ${arrived} of ${count} mentions arrived`)), WAIT_MS);
    platform.onMention = () => {
      arrived += 1;
      if (arrived < count) return;
      clearTimeout(timer);
      resolve(performance.now());
    };
  });
}
