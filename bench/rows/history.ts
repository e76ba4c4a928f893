/**
 * Whether the desk grows slower with its history: one message and a page of `/api/tickets`, at a thousand tickets and at a
 * hundred thousand. Each history has a Redis of its own, and they take turns: on a noisy machine half a minute between
 * two measurements says more than a hundred thousand tickets do.
 */

import type { Redis } from "ioredis";
import type { Message } from "../../src/chat/message.ts";
import type { Decision } from "../../src/desk/decision.ts";
import type { Happening, TicketEvent } from "../../src/desk/ticket/event.ts";
import type { Ticket } from "../../src/desk/ticket/ticket.ts";
import { type Bench, dataDir } from "../bench.ts";
import { load } from "../built.ts";
import { median } from "../figures.ts";
import { startRedis } from "../redis.ts";
import { chatOf, environmentOf } from "../station.ts";
import { type Row, whole } from "../table.ts";

const { openDesk } = await load<typeof import("../../src/desk/desk.ts")>("desk/desk");
const { openKnown } = await load<typeof import("../../src/desk/known.ts")>("desk/known");
const { openOverview } = await load<typeof import("../../src/desk/team/overview.ts")>("desk/team/overview");
const { NOTHING } = await load<typeof import("../../src/desk/decision.ts")>("desk/decision");
const { placeholders } = await load<typeof import("../../src/desk/ticket/number.ts")>("desk/ticket/number");
const { planOf } = await load<typeof import("../../src/desk/plan.ts")>("desk/plan");
const { evolve, openTicket } = await load<typeof import("../../src/desk/ticket/ticket.ts")>("desk/ticket/ticket");
const { openKnowledge } = await load<typeof import("../../src/knowledge.ts")>("knowledge");
const { openCommit } = await load<typeof import("../../src/lanes/commit.ts")>("lanes/commit");
const { openInbox } = await load<typeof import("../../src/lanes/inbox.ts")>("lanes/inbox");
const { openPlatforms, speakingOf } = await load<typeof import("../../src/open-platforms.ts")>("open-platforms");
const { openCalendar } = await load<typeof import("../../src/pledge/calendar.ts")>("pledge/calendar");
const { USUAL_LADDER } = await load<typeof import("../../src/pledge/ladder.ts")>("pledge/ladder");
const { shanghaiDate } = await load<typeof import("../../src/pledge/hours.ts")>("pledge/hours");
const { readSettings } = await load<typeof import("../../src/settings.ts")>("settings");
const { newId } = await load<typeof import("../../src/store/new-id.ts")>("store/new-id");
const { listTickets } = await load<typeof import("../../src/web/tickets.ts")>("web/tickets");

/** Not the tag of the desk that is running beside it: that one would take the messages. */
const TAG = "{history}";
/** When the next steps come is no part of what is measured. */
const TIMES = {
  calendar: openCalendar({ rest: [], work: [] }),
  hours: { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } },
  ladder: USUAL_LADDER,
};
const LITTLE = 1_000;
const MUCH = 100_000;
/** Whose history it is: few groups with long ones, so that what is measured has more of it behind it than any real group. */
const GROUPS = 50;
/** As many are still worked on, however many there have been. */
const OPEN = 300;
const DAYS = 400;
const DAY_MS = 86_400_000;
/** Tickets in one commit, and commits under way at once. */
const TOGETHER = 10;
const AT_ONCE = 64;
const TURNS = 20;
/** In one turn. */
const MESSAGES = 40;
const PAGES = 20;
const PAGE = 50;
const RATIO_MAX = 1.2;

interface Times {
  /** ms each */
  readonly messages: number[];
  readonly pages: number[];
}

export async function historyRows(bench: Bench, texts: readonly string[]): Promise<Row[]> {
  const { store, platform, workshop, stationFile } = bench;
  await store.clear();
  const environment = environmentOf({ stationFile, dataDir: dataDir(workshop, "history"), origin: platform.origin });
  const small = await startRedis(workshop, "redis-small");
  const little = openBenchDesk(small.redis, environment);
  const much = openBenchDesk(store.redis, environment);
  await fill(little.commit, LITTLE);
  await fill(much.commit, MUCH);
  const times: [Times, Times] = [nothingYet(), nothingYet()];
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [i, desk] of turn % 2 === 0
      ? [[0, little] as const, [1, much] as const]
      : [[1, much] as const, [0, little] as const]) {
      // Nobody is slow because it has only just begun.
      const into = turn < 2 ? nothingYet() : times[i];
      await measure(desk, texts, turn * MESSAGES, into);
    }
  }
  await store.clear();
  const row = (name: string, [before, after]: readonly number[]): Row => {
    const ratio = (after ?? 0) / (before ?? 1);
    return {
      name: `${name}：历史 ${whole(LITTLE)} → ${whole(MUCH)} 件`,
      value: `${before?.toFixed(2)} → ${after?.toFixed(2)} ms`,
      ratio: ratio.toFixed(2),
      target: `≤ ${RATIO_MAX}`,
      met: ratio <= RATIO_MAX,
    };
  };
  return [
    row(
      "一条消息（读、定、写）",
      times.map(({ messages }) => median(messages)),
    ),
    row(
      `/api/tickets 一页 ${PAGE} 件`,
      times.map(({ pages }) => median(pages)),
    ),
  ];
}

function nothingYet(): Times {
  return { messages: [], pages: [] };
}

type BenchDesk = ReturnType<typeof openBenchDesk>;

/** The desk's own parts in this process, without anything that sends. */
function openBenchDesk(redis: Redis, environment: Record<string, string>) {
  const log = { info() {}, warn() {}, error: (details: object, message: string) => console.error(message, details) };
  const settings = readSettings(environment);
  const knowledge = openKnowledge(settings, environment, log);
  const { station } = knowledge.current();
  const webhookOf = (channel: string) => station.webhookOfChannel(channel);
  const wires = openPlatforms(settings, { redis, tag: TAG, webhookOf, now: Date.now, log });
  const setting = { ...knowledge.current(), platforms: speakingOf(wires, settings) };
  const inbox = openInbox({ accepting: redis, working: redis, tag: TAG, processId: "history" });
  const commit = openCommit(redis, TAG, "history");
  const handle = openDesk({
    inbox,
    commit,
    log,
    known: openKnown(redis, TAG),
    setting: () => setting,
    overview: openOverview(redis, TAG),
    report: async () => null,
    courses: async () => ({ list: [], serials: new Map() }),
    quotedBy: async () => [],
    onReplies() {},
    onWaiting() {},
    wireNow: Date.now,
    onDecided() {},
  });
  return { redis, inbox, commit, handle };
}

async function measure(desk: BenchDesk, texts: readonly string[], from: number, into: Times): Promise<void> {
  for (let n = from; n < from + MESSAGES; n++) {
    await desk.inbox.accept(message(n, texts[n % texts.length] ?? ""));
    const [taken] = await desk.inbox.take(1);
    if (!taken) throw new Error("a message that was accepted cannot be taken");
    into.messages.push(await timed(() => desk.handle(taken)));
  }
  const queries = [{}, { state: "closed" }, { state: "open" }, { point: "p1" }] as const;
  for (let n = 0; n < PAGES; n++) {
    const query = { ...queries[n % queries.length], limit: PAGE };
    into.pages.push(await timed(() => listTickets({ redis: desk.redis, tag: TAG }, query)));
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Of people who have asked often before: a request, or how it stands. */
function message(n: number, text: string): Message {
  const group = n % GROUPS;
  return {
    platform: "wecom",
    id: newId(),
    chat: chatOf(group),
    by: `clerk${group}`,
    outsider: false,
    text: n % 4 === 3 ? "进度" : text,
    quote: null,
    quotes: [],
    knownAs: null,
    attachments: [],
    answer: null,
  };
}

/** Through the desk's own commit: every index and every story is as it would be. */
async function fill(commit: BenchDesk["commit"], to: number): Promise<void> {
  const now = Date.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < to) {
        const first = next;
        next = Math.min(to, next + TOGETHER);
        const changes = Array.from({ length: next - first }, (_, i) => life(first + i, now));
        const { kind } = await commit(planOf({ ...NOTHING, changes }, null, [], TIMES));
        if (kind !== "done") throw new Error(`the history was not written: ${kind}`);
      }
    }),
  );
}

/** Opened, matched, accepted; the older ones resolved, rated and closed too. */
function life(n: number, now: number): Decision["changes"][number] {
  const group = n % GROUPS;
  const owner = `h${group % 9}`;
  const received = now - 3_600_000 - Math.floor((n / MUCH) * DAYS * DAY_MS);
  const pledge = { due: received + DAY_MS, provisional: false, acceptBy: received + 1_800_000 };
  const match = { confidence: 0.9, candidates: [{ item: "venue", confidence: 0.9 }], because: ["借"], closest: null };
  const opened: Happening & { event: "opened" } = {
    event: "opened",
    text: "周三下午借一间会议室，四十人左右，要能投影",
    platform: "wecom",
    conversation: `wecom:${chatOf(group)}`,
    asker: `wecom:clerk${group}`,
    recorder: null,
    enterprise: `测速${group}有限公司`,
    point: `p${group % 9}`,
    received,
    size: "small",
    ...pledge,
    match,
  };
  const story: Happening[] = [
    { event: "matched", item: "venue", size: "small", owner, invited: null, why: "", match: null, ...pledge },
    { event: "accepted" },
  ];
  if (n >= OPEN) {
    story.push({ event: "resolved", result: "三楼会议室，已留座", rateBy: received + 5 * DAY_MS });
    story.push({ event: "rated", rating: 5, callBackBy: null }, { event: "closed", why: "已评价" });
  }
  const id = newId();
  const cause = { by: owner, message: null };
  const first = { ...opened, ...cause, at: received };
  const events: TicketEvent[] = [first];
  let after: Ticket = openTicket(id, placeholders(id, shanghaiDate(received)).long, first);
  for (const [i, happening] of story.entries()) {
    const event = { ...happening, ...cause, at: received + (i + 1) * 600_000 };
    after = evolve(after, event);
    events.push(event);
  }
  return { before: null, after, events };
}
