/** What the desk's clock costs while nothing is due, and what its start costs, with no ticket open and with a hundred thousand. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Redis } from "ioredis";
import type { Happening, TicketEvent } from "../../src/desk/ticket/event.ts";
import type { Ticket } from "../../src/desk/ticket/ticket.ts";
import { type Bench, dataDir } from "../bench.ts";
import { load } from "../built.ts";
import { median } from "../figures.ts";
import { environmentOf } from "../station.ts";
import { type Row, whole } from "../table.ts";

const { openClockHand } = await load<typeof import("../../src/clock-hand.ts")>("clock-hand");
const { timesOf } = await load<typeof import("../../src/desk/clock/accept-by.ts")>("desk/clock/accept-by");
const { NOTHING } = await load<typeof import("../../src/desk/decision.ts")>("desk/decision");
const { placeholders } = await load<typeof import("../../src/desk/ticket/number.ts")>("desk/ticket/number");
const { planOf } = await load<typeof import("../../src/desk/plan.ts")>("desk/plan");
const { evolve, openTicket } = await load<typeof import("../../src/desk/ticket/ticket.ts")>("desk/ticket/ticket");
const { openKnowledge } = await load<typeof import("../../src/knowledge.ts")>("knowledge");
const { openCommit } = await load<typeof import("../../src/lanes/commit.ts")>("lanes/commit");
const { shanghaiDate } = await load<typeof import("../../src/pledge/hours.ts")>("pledge/hours");
const { startTick } = await load<typeof import("../../src/pledge/tick.ts")>("pledge/tick");
const { readSettings } = await load<typeof import("../../src/settings.ts")>("settings");
const { newId } = await load<typeof import("../../src/store/new-id.ts")>("store/new-id");

const TAG = "{clock}";
const OPEN = 100_000;
const TOGETHER = 20;
const AT_ONCE = 32;
const LOOKS = 300;
const STARTS = 9;
const DAY_MS = 86_400_000;
const RATIO_MAX = 1.2;

interface Times {
  readonly look: number;
  readonly start: number;
  /** Bytes. */
  readonly heap: number;
}

export async function clockRows(bench: Bench): Promise<Row[]> {
  const { store, platform, workshop, stationFile } = bench;
  const { redis } = store;
  await store.clear();
  const environment = environmentOf({ stationFile, dataDir: dataDir(workshop, "clock"), origin: platform.origin });
  const log = { info() {}, warn() {}, error: (details: object, message: string) => console.error(message, details) };
  const knowledge = openKnowledge(readSettings(environment), environment, log);
  const setting = { ...knowledge.current(), platforms: new Map() };
  const commit = openCommit(redis, TAG, "clock");
  const deps = { redis, tag: TAG, commit, setting: () => setting, onReplies() {} };

  async function measure(): Promise<Times> {
    const now = async () => Date.now();
    const tick = startTick({ redis, tag: TAG, now, log, step: async () => {} });
    const looks: number[] = [];
    for (let i = 0; i < LOOKS; i++) looks.push(await timed(() => tick.look()));
    await tick.stop();
    const starts: number[] = [];
    for (let i = 0; i < STARTS; i++) {
      starts.push(
        await timed(async () => {
          const hand = await openClockHand({ ...deps, now, log, routines: [] });
          await hand.stop();
        }),
      );
    }
    return { look: median(looks), start: median(starts), heap: heapKept() };
  }

  // The basis is written, and nobody is slow because it has only just begun.
  await measure();
  const none = await measure();
  await fill(redis, (plan) => commit(plan), timesOf(setting));
  const many = await measure();
  await store.clear();
  const row = (name: string, before: number, after: number, digits: number): Row => ({
    name: `${name}：在办 0 → ${whole(OPEN)} 件`,
    value: `${before.toFixed(digits)} → ${after.toFixed(digits)} ms`,
    ratio: (after / before).toFixed(2),
    target: `≤ ${RATIO_MAX}`,
    met: after / before <= RATIO_MAX,
  });
  return [
    row("时钟看一眼，没有到期的", none.look, many.look, 3),
    row("时钟启动", none.start, many.start, 2),
    { name: `　此后进程多占内存`, value: `${whole(Math.max(0, (many.heap - none.heap) / 1e6))} MB` },
  ];
}

/** Of this process, without what is only waiting to be swept away. */
function heapKept(): number {
  setFlagsFromString("--expose_gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function fill(
  redis: Redis,
  commit: ReturnType<typeof openCommit>,
  times: Parameters<typeof planOf>[3],
): Promise<void> {
  const now = Date.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < OPEN) {
        const first = next;
        next = Math.min(OPEN, next + TOGETHER);
        const changes = Array.from({ length: next - first }, (_, i) => accepted(first + i, now));
        const { kind } = await commit(planOf({ ...NOTHING, changes }, null, [], times));
        if (kind !== "done") throw new Error(`not written: ${kind}`);
      }
    }),
  );
  if ((await redis.zcard(`${TAG}:steps`)) < OPEN) throw new Error("an open ticket has no next step");
}

/** Promised for the coming weeks, so that none of its steps is due. */
function accepted(n: number, now: number) {
  const pledge = { due: now + (2 + (n % 30)) * DAY_MS, provisional: false, acceptBy: now + DAY_MS };
  const group = n % 3500;
  const opened: Happening & { event: "opened" } = {
    ...{ event: "opened", text: "周三下午借一间会议室", platform: "wecom", conversation: `wecom:clock${group}` },
    ...{ asker: `wecom:clerk${group}`, recorder: null, enterprise: null, point: "p1", received: now, size: "big" },
    ...pledge,
    match: { confidence: 0.9, candidates: [], because: [], closest: null },
  };
  const story: Happening[] = [
    { event: "matched", item: "venue", size: "big", owner: "h1", invited: null, why: "", match: null, ...pledge },
    { event: "accepted" },
  ];
  const id = newId();
  const first = { ...opened, by: "h1", message: null, at: now };
  const events: TicketEvent[] = [first];
  let after: Ticket = openTicket(id, placeholders(id, shanghaiDate(now)).long, first);
  for (const happening of story) {
    const event = { ...happening, by: "h1", message: null, at: now };
    after = evolve(after, event);
    events.push(event);
  }
  return { before: null, after, events };
}
