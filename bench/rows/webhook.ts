/** Rounds in turn, so that a noisy minute of the machine hits all alike; ratios are taken within a round. */
import type { Bench } from "../bench.ts";
import { requests } from "../callbacks.ts";
import { drive } from "../client.ts";
import { median, spread } from "../figures.ts";
import { GROUPS } from "../station.ts";
import { type Row, whole } from "../table.ts";
import { type PathRound, runPath } from "./path.ts";

const CONNECTIONS = 32;
const ROUND_MS = 1_000;
const ROUNDS_MIN = 3;
const ROUNDS_ENOUGH = 5;
const WARM_MS = 2_000;
const SPREAD_MAX = 0.2;
const BUDGET_MS = 40_000;
/** More than a machine accepts within a round; each is used once between two clearings of Redis. */
const POOL = 24_000;
const PATH_MESSAGES = 1_500;

const STEPS = ["bare", "opened", "floor", "durable"] as const;
type Step = (typeof STEPS)[number];

interface Round {
  /** µs of the server a request. */
  readonly cpu: Readonly<Record<Step, number>>;
  readonly bare: number;
  readonly opened: number;
  readonly floor: number;
  readonly durable: number;
  readonly path: PathRound;
}

export async function measureWebhook(
  bench: Bench,
  texts: readonly string[],
): Promise<{ rows: Row[]; notes: string[] }> {
  const pool = requests(POOL, GROUPS, texts, bench.platform.origin);
  const once = async (ms: number): Promise<Round> => {
    const cpu = { bare: 0, opened: 0, floor: 0, durable: 0 };
    const accept = async (step: Step) => {
      await bench.store.clear();
      const server = bench.servers[step];
      await server.ask("cpu");
      const { perSecond, answered } = await drive(server.port, pool, { connections: CONNECTIONS, ms });
      cpu[step] = (await server.ask<number>("cpu")) / answered;
      return perSecond;
    };
    const [bare, opened] = [await accept("bare"), await accept("opened")];
    const [floor, durable] = [await accept("floor"), await accept("durable")];
    await bench.store.clear();
    const path = await runPath(bench, pool.slice(0, PATH_MESSAGES), CONNECTIONS);
    return { cpu, bare, opened, floor, durable, path };
  };
  // Nobody is at full speed at once.
  await once(WARM_MS);
  const rounds: Round[] = [];
  const from = performance.now();
  const steady = () => spread(rounds.map(({ durable, floor }) => durable / floor)) < SPREAD_MAX;
  const inTime = () => performance.now() - from < BUDGET_MS;
  const enough = () => rounds.length >= ROUNDS_MIN && (!inTime() || (rounds.length >= ROUNDS_ENOUGH && steady()));
  while (!enough()) rounds.push(await once(ROUND_MS));
  return { rows: rowsOf(rounds), notes: notesOf(rounds) };
}

function rowsOf(rounds: readonly Round[]): Row[] {
  const row = (
    name: string,
    value: (round: Round) => number,
    { of, base, unit = "次/秒" }: { of?: (round: Round) => number; base?: string; unit?: string },
  ) => {
    const ratios = rounds.map((round) => value(round) / (of?.(round) ?? 1));
    const ratio = of && base ? { ratio: `${median(ratios).toFixed(2)} × ${base}` } : {};
    const figures = { value: median(rounds.map(value)), ratio: median(ratios) };
    return { figures, row: { name, value: `${whole(figures.value)} ${unit}`, ...ratio, spread: spread(ratios) } };
  };
  const bare = ({ bare }: Round) => bare;
  const floor = ({ floor }: Round) => floor;
  const durable = row("我们的 webhook（后台不办理）", ({ durable }) => durable, { of: floor, base: "下限" });
  const path = row("全程：回调 → 群里 @ 到人", ({ path }) => path.perSecond, {
    of: floor,
    base: "下限",
    unit: "条/秒",
  });
  const working = row("我们的 webhook（同时办理）", ({ path }) => path.acceptedPerSecond, { of: floor, base: "下限" });
  const perMessage = (figure: (path: PathRound) => number) => median(rounds.map(({ path }) => figure(path)));
  const script = (name: string) => perMessage(({ scripts }) => scripts[name] ?? 0);
  return [
    row("空 Koa", bare, {}).row,
    row("＋验签、解密、解析", ({ opened }) => opened, { of: bare, base: "空 Koa" }).row,
    row("＋一个会写入的 EVALSHA（下限）", floor, { of: bare, base: "空 Koa" }).row,
    { ...durable.row, target: "≥ 0.8 × 下限", met: durable.figures.ratio >= 0.8 },
    working.row,
    {
      ...path.row,
      target: "≥ 0.15 × 下限，≥ 1 000 条/秒",
      met: path.figures.ratio >= 0.15 && path.figures.value >= 1000,
    },
    {
      name: "　每条消息的 read、commit",
      value: `${script("read").toFixed(2)}、${script("commit").toFixed(2)} 次`,
      target: "各 1 次",
      met: Math.max(script("read"), script("commit")) < 1.05,
    },
  ];
}

/** Where the time of a message goes. */
function notesOf(rounds: readonly Round[]): string[] {
  const perMessage = (figure: (path: PathRound) => number) => median(rounds.map(({ path }) => figure(path)));
  const names = ["accept", "take-in", "read", "commit", "take-out", "settle"];
  const scripts = names.map((name) => `${name} ${perMessage(({ scripts }) => scripts[name] ?? 0).toFixed(2)}`);
  const [desk, redis] = [perMessage(({ deskCpu }) => deskCpu), perMessage(({ redisCpu }) => redisCpu)];
  const steps = STEPS.map((step) => whole(median(rounds.map(({ cpu }) => cpu[step]))));
  return [
    `每次回调的 CPU（机器再忙也可比）：空 Koa、解析、下限、我们的 webhook ${steps.join("、")} µs`,
    `每条消息：CPU 服务 ${whole(desk)} µs、Redis ${whole(redis)} µs；脚本 ${scripts.join(" · ")}`,
    `比值是同一轮内的，${rounds.length} 轮取中位数；离散是四分位距的一半`,
  ];
}
