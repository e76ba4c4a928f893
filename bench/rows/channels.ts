/** Something to say in every group at once: nobody waits for another one's window. */
import { randomUUID } from "node:crypto";
import type { Bench } from "../bench.ts";
import { load } from "../built.ts";
import { GROUPS, keyOf, TAG, webhookOf } from "../station.ts";
import { type Row, whole } from "../table.ts";

const { openCommit } = await load<typeof import("../../src/lanes/commit.ts")>("lanes/commit");
const { channelOfWebhook } = await load<typeof import("../../src/station/station.ts")>("station/station");

/** What is open to urgent lines in any 60 s. */
const WINDOW = 18;
const CROWD = 200;
const AT_ONCE = 100;
const WAIT_MS = 30_000;
const TARGET_MS = 5_000;

export async function channelRows(bench: Bench): Promise<Row[]> {
  const alone = await sayEverywhere(bench, 1);
  const behind = await sayEverywhere(bench, CROWD);
  const row = (name: string, ms: number): Row => ({
    name,
    value: `${whole(ms)} ms`,
    target: "< 5 秒",
    met: ms < TARGET_MS,
  });
  return [
    row(`${whole(GROUPS)} 个群各有一句要说，说完`, alone),
    row(`　其中一个群排着 ${CROWD} 句（窗口已满），其余说完`, behind),
  ];
}

/** `first`: how many lines stand in the first group's lane before the others get theirs. */
async function sayEverywhere({ store, platform }: Bench, first: number): Promise<number> {
  await store.clear();
  const groups = [...Array(first).fill(0), ...Array.from({ length: GROUPS - 1 }, (_, n) => n + 1)];
  const lines = groups.map((group) => lineTo(group, platform.origin));
  const heard = new Set<string>();
  let crowd = 0;
  const arrived = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${heard.size} of ${GROUPS} groups heard`)), WAIT_MS);
    platform.onMention = (key) => {
      heard.add(key);
      if (key === keyOf(0)) crowd += 1;
      if (heard.size < GROUPS) return;
      clearTimeout(timer);
      resolve(performance.now());
    };
  });
  const commit = openCommit(store.redis, TAG, "bench");
  const from = performance.now();
  for (let next = 0; next < lines.length; next += AT_ONCE) {
    await commit({ head: null, checks: [], numbers: [], writes: [], replies: lines.slice(next, next + AT_ONCE) });
  }
  const took = (await arrived) - from;
  if (crowd > WINDOW) throw new Error(`${crowd} lines within one window`);
  await store.clear();
  return took;
}

function lineTo(group: number, origin: string) {
  const channel = channelOfWebhook("wecom", webhookOf(origin, group));
  return {
    id: randomUUID(),
    to: `wecom:group${group}`,
    about: "#1123-017",
    text: "【#1123-017 待接单】活动场地协调　请于今日 18:00 前答复",
    pings: true,
    urgent: true,
    merge: null,
    ways: [{ kind: "webhook" as const, channel, mention: ["helper"] }],
    notice: false,
  };
}
