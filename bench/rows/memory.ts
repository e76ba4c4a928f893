/** What a ticket costs in Redis: fresh from its request, and with the ten events of a whole life. */
import type { Bench } from "../bench.ts";
import { requests, sealed } from "../callbacks.ts";
import { openClient } from "../client.ts";
import { median } from "../figures.ts";
import { GROUPS, helperOf, keyOf, TAG } from "../station.ts";
import { type Row, whole } from "../table.ts";
import { runPath } from "./path.ts";

const FRESH = 1_500;
const LIVED = 100;
const SAMPLE = 100;
const BYTES_MAX = 4_000;

/** Between 接单 and 满意: accepted, four times noted, resolved, rated, closed. */
const HELPER_SAYS = [
  "接单",
  "进展 已经联系社区，周三下午多功能厅空着，正在核对人数和设备",
  "进展 场地已经留好，投影和话筒都有，停车位也说好了",
  "进展 钥匙放在社区一楼前台，找王老师领取即可",
  "进展 已经和企业王书记通过电话，明天上午一起去看场地",
  "办结 场地已经落实：周三下午两点到四点，社区三楼多功能厅，可坐四十人，免费使用",
];

export async function memoryRows(bench: Bench, texts: readonly string[]): Promise<Row[]> {
  const { store, platform } = bench;
  await store.clear();
  const before = await store.usedMemory();
  await runPath(bench, requests(FRESH, GROUPS, texts, platform.origin), 32);
  const everything = ((await store.usedMemory()) - before) / FRESH;
  const fresh = await bytesOfTickets(bench);

  await store.clear();
  await live(bench, texts);
  const lived = await bytesOfTickets(bench);
  const row = (name: string, bytes: number): Row => ({ name, value: `${whole(bytes)} 字节` });
  return [
    row(`一件工单：哈希＋${fresh.events} 个事件`, fresh.bytes),
    { ...row(`一件工单：哈希＋${lived.events} 个事件`, lived.bytes), target: "< 4 kB", met: lived.bytes < BYTES_MAX },
    row(`　新工单连同索引、去重、对话、发送窗口`, everything),
  ];
}

/** A hundred requests, each accepted, worked on, solved and rated. */
async function live(bench: Bench, texts: readonly string[]): Promise<void> {
  const { platform, servers } = bench;
  const client = await openClient(servers.desk.port, 32);
  const say = (group: number, by: string, text: string) => client.post(sealed({ group, by, text }, platform.origin));
  const numbers = new Map<string, (number: string) => void>();
  platform.onMention = (key, body) => {
    const number = /#\d{4}-\d{3,6}/.exec(body)?.[0];
    if (number) numbers.get(key)?.(number);
  };
  const lives = Array.from({ length: LIVED }, async (_, group) => {
    const opened = new Promise<string>((resolve) => numbers.set(keyOf(group), resolve));
    await say(group, `clerk${group}`, texts[group % texts.length] ?? "");
    const number = await opened;
    for (const words of HELPER_SAYS) await say(group, helperOf(group), `${number} ${words}`);
    await say(group, `clerk${group}`, `${number} 5`);
  });
  await Promise.all(lives);
  await bench.settled();
  client.close();
}

async function bytesOfTickets({ store: { redis } }: Bench): Promise<{ bytes: number; events: number }> {
  const ids = await redis.zrange(`${TAG}:tickets`, "0", String(SAMPLE - 1));
  const each = await Promise.all(
    ids.map(async (id) => {
      const keys = [`${TAG}:ticket:${id}`, `${TAG}:story:${id}`] as const;
      const sizes = await Promise.all(keys.map((key) => redis.call("MEMORY", "USAGE", key, "SAMPLES", "0")));
      return { bytes: sizes.reduce<number>((sum, size) => sum + Number(size), 0), events: await redis.llen(keys[1]) };
    }),
  );
  return { bytes: median(each.map(({ bytes }) => bytes)), events: median(each.map(({ events }) => events)) };
}
