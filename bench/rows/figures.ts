/** What leaders see, with a year of a hundred thousand tickets behind it: the figures of a day, a letter's, and the year's ledger. */
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Decision } from "../../src/desk/decision.ts";
import type { Happening, TicketEvent } from "../../src/desk/ticket/event.ts";
import type { Ticket } from "../../src/desk/ticket/ticket.ts";
import type { Period } from "../../src/digest/period.ts";
import type { Bench } from "../bench.ts";
import { load } from "../built.ts";
import { median } from "../figures.ts";
import type { LedgerOptions, Written } from "../servers/ledger.ts";
import { chatOf } from "../station.ts";
import { type Row, whole } from "../table.ts";

const { NOTHING } = await load<typeof import("../../src/desk/decision.ts")>("desk/decision");
const { placeholders } = await load<typeof import("../../src/desk/ticket/number.ts")>("desk/ticket/number");
const { planOf } = await load<typeof import("../../src/desk/plan.ts")>("desk/plan");
const { evolve, openTicket } = await load<typeof import("../../src/desk/ticket/ticket.ts")>("desk/ticket/ticket");
const { readEdition } = await load<typeof import("../../src/digest/edition.ts")>("digest/edition");
const { gatherFigures, spanOf } = await load<typeof import("../../src/digest/figures.ts")>("digest/figures");
const { readLives } = await load<typeof import("../../src/digest/lives.ts")>("digest/lives");
const { periodOf } = await load<typeof import("../../src/digest/period.ts")>("digest/period");
const { openCommit } = await load<typeof import("../../src/lanes/commit.ts")>("lanes/commit");
const { openCalendar } = await load<typeof import("../../src/pledge/calendar.ts")>("pledge/calendar");
const { USUAL_LADDER } = await load<typeof import("../../src/pledge/ladder.ts")>("pledge/ladder");
const { addDays, shanghaiDate } = await load<typeof import("../../src/pledge/hours.ts")>("pledge/hours");
const { readStation } = await load<typeof import("../../src/station/station-file.ts")>("station/station-file");
const { newId } = await load<typeof import("../../src/store/new-id.ts")>("store/new-id");

const TAG = "{figures}";
const TIMES = {
  calendar: openCalendar({ rest: [], work: [] }),
  hours: { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } },
  ladder: USUAL_LADDER,
};
const TICKETS = 100_000;
const DAYS = 365;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const POINTS = Array.from({ length: 9 }, (_, n) => `p${n}`);
const TOGETHER = 10;
const AT_ONCE = 64;
const TURNS = 30;
const FIGURES_MAX_MS = 50;
const LEDGER_MAX_MS = 5_000;
const LEDGER_MAX_MB = 300;

export async function figuresRows({ store, workshop, stationFile }: Bench): Promise<Row[]> {
  await store.clear();
  const now = Date.now();
  const commit = openCommit(store.redis, TAG, "figures");
  await fill(commit, now);
  const place = { redis: store.redis, tag: TAG };
  const { hours, holidays, ladder } = readStation(stationFile, {});
  const working = { calendar: openCalendar(holidays), hours, ladder, untold: null };
  const today = shanghaiDate(now);

  const figures = async (period: Period): Promise<void> => {
    const gathered = gatherFigures(period, now, POINTS);
    for await (const page of readLives(place, spanOf(period, now), [])) for (const [life] of page) gathered.add(life);
    gathered.figures();
  };
  const edition = async (period: Period): Promise<void> => {
    await readEdition(place, { period, now, points: POINTS, ...working });
  };
  const day = (back: number): Period => periodOf("day", addDays(today, -back));
  const rows = [
    await timedRow("一天的数字", FIGURES_MAX_MS, (turn) => figures(day(turn % 3))),
    await timedRow("　半年前的一天", FIGURES_MAX_MS, (turn) => figures(day(150 + turn))),
    await timedRow("日报：环比、同比、14 天走势、累计", null, (turn) => edition(day(turn % 3))),
    await timedRow("月报", null, () => edition(periodOf("month", addDays(today, -40)))),
  ];

  const out = join(workshop.folder, "year.xlsx");
  const options: LedgerOptions = {
    ...{ socket: store.socket, tag: TAG, stationFile, out },
    ...{ from: addDays(today, -DAYS), to: today },
  };
  const path = join(import.meta.dirname, "..", "servers", "ledger.ts");
  const { process: child } = workshop.start("ledger", process.execPath, [
    "--import",
    "tsx",
    path,
    JSON.stringify(options),
  ]);
  const [written] = (await once(child, "message")) as [Written];
  await store.clear();
  return [
    ...rows,
    {
      name: `一年的台账：${whole(written.count)} 件，${(statSync(out).size / 1e6).toFixed(1)} MB`,
      value: `${(written.ms / 1000).toFixed(1)} 秒`,
      target: `< ${LEDGER_MAX_MS / 1000} 秒`,
      met: written.ms < LEDGER_MAX_MS,
    },
    {
      name: "　写台账的进程，内存最多",
      value: `${whole(written.memory)} MB`,
      target: `< ${LEDGER_MAX_MB} MB`,
      met: written.memory < LEDGER_MAX_MB,
    },
  ];
}

async function timedRow(name: string, most: number | null, work: (turn: number) => Promise<void>): Promise<Row> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const from = performance.now();
    await work(turn);
    times.push(performance.now() - from);
  }
  const ms = median(times);
  const row = { name, value: `${ms.toFixed(1)} ms` };
  return most === null ? row : { ...row, target: `< ${most} ms`, met: ms < most };
}

async function fill(commit: ReturnType<typeof openCommit>, now: number): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < TICKETS) {
        const first = next;
        next = Math.min(TICKETS, next + TOGETHER);
        const changes = Array.from({ length: next - first }, (_, i) => life(first + i, now));
        const { kind } = await commit(planOf({ ...NOTHING, changes }, null, [], TIMES));
        if (kind !== "done") throw new Error(`the history was not written: ${kind}`);
      }
    }),
  );
}

/** Spread over the year; every so many late, reopened, withdrawn, put off or never ended. */
function life(n: number, now: number): Decision["changes"][number] {
  const group = (n * 7) % 3_000;
  const owner = `h${group % 9}`;
  const received = now - HOUR_MS - Math.floor((n / TICKETS) * DAYS * DAY_MS);
  const pledgeAt = (at: number) => ({ due: at + 9 * HOUR_MS, provisional: false, acceptBy: at + HOUR_MS / 2 });
  const match = { confidence: 0.9, candidates: [{ item: "venue", confidence: 0.9 }], because: ["借"], closest: null };
  const opened: Happening & { event: "opened" } = {
    event: "opened",
    text: `周三下午借一间会议室，40 人左右，要能投影${n % 5 === 0 ? `，联系 1381234${String(n % 10_000).padStart(4, "0")}` : ""}`,
    platform: "wecom",
    conversation: `wecom:${chatOf(group)}`,
    asker: `wecom:clerk${group}`,
    recorder: null,
    enterprise: `测速${group}有限公司`,
    point: POINTS[group % 9] ?? null,
    received,
    size: "small",
    match,
    ...pledgeAt(received),
  };
  const id = newId();
  const first: TicketEvent & { event: "opened" } = { ...opened, by: owner, message: null, at: received };
  const events: TicketEvent[] = [first];
  let after: Ticket = openTicket(id, placeholders(id, shanghaiDate(received)).long, first);
  let at = received;
  const happen = (hours: number, happening: Happening): void => {
    at += hours * HOUR_MS;
    if (at > now) return;
    const event: TicketEvent = { ...happening, by: owner, message: null, at };
    after = evolve(after, event);
    events.push(event);
  };
  const resolved: Happening = {
    event: "resolved",
    result: "三楼会议室，已留座，请从东门进",
    rateBy: at + 96 * HOUR_MS,
  };
  const matched = { item: "venue", size: "small", owner, invited: null, why: "", match: null } as const;
  happen(0, { event: "matched", ...matched, ...pledgeAt(received) });
  happen(n % 5 === 0 ? 2 : 0.2, { event: "accepted" });
  if (n % 40 === 0) {
    happen(1, { event: "withdrawn", reason: "另有安排" });
  } else if (n % 400 !== 1) {
    if (n % 9 === 0) happen(0.5, { event: "extended", due: at + 30 * HOUR_MS, provisional: false, reason: "场地未定" });
    happen(n % 11 === 0 ? 20 : 3, resolved);
    if (n % 25 === 0) {
      happen(5, { event: "reopened", reason: "没解决", ...pledgeAt(at + 5 * HOUR_MS) });
      happen(0.1, { event: "accepted" });
      happen(4, resolved);
    }
    if (n % 2 === 0) happen(2, { event: "rated", rating: n % 30 === 0 ? 2 : 5, callBackBy: null });
    happen(72, { event: "closed", why: "已评价" });
  }
  return { before: null, after, events };
}
