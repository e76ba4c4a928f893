/** Many tickets through the desk's own commit, what happens to them by chance: Redis says the same as the slow reference. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Change, NOTHING } from "../../src/desk/decision.ts";
import { planOf } from "../../src/desk/plan.ts";
import type { Happening, TicketEvent } from "../../src/desk/ticket/event.ts";
import { placeholders } from "../../src/desk/ticket/number.ts";
import { MOVES } from "../../src/desk/ticket/state-machine.ts";
import { fromStoryLine } from "../../src/desk/ticket/story-record.ts";
import { evolve, mayHappen, openTicket, type Ticket } from "../../src/desk/ticket/ticket.ts";
import { fromRecord } from "../../src/desk/ticket/ticket-record.ts";
import { trackOf } from "../../src/desk/track/track-record.ts";
import { balances, COUNT_NAMES, type Counts, type Span } from "../../src/digest/counts.ts";
import { readEdition } from "../../src/digest/edition.ts";
import { spanOf } from "../../src/digest/figures.ts";
import type { Period } from "../../src/digest/period.ts";
import { periodOf } from "../../src/digest/period.ts";
import { untoldBefore } from "../../src/digest/schedule.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { shanghaiDate } from "../../src/pledge/hours.ts";
import { DIGEST_DEFAULTS } from "../../src/station/digest-settings.ts";
import { keys } from "../../src/store/keys.ts";
import { TIMES } from "../desk/scene-given.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { openChance } from "../faults/random.ts";
import { at, calendar, pledgeAt, working } from "./given.ts";
import { recount } from "./reference.ts";

const TICKETS = 160;
const HOUR = 3_600_000;
const FIRST = at("2026-12-01T08:00");
const LAST = at("2027-01-25T08:00");
const NOW = at("2027-01-20T15:30");
const POINTS = ["liyuan", "nan"];

const store = openTestRedis();
const { redis, tag } = store;
const commit = openCommit(redis, tag, "test");
const chance = openChance(7);
const random = () => chance.below(1);
const among = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

/** What may come of it, without what the state does not allow. */
function happenings(now: number): Happening[] {
  const pledge = pledgeAt(now, among(["small", "big"] as const));
  const owner = among(["h01", "h02", "h03"]);
  const due = now + Math.floor(random() * 90) * HOUR;
  const item = among(["venue", "other"]);
  const match = {
    event: "matched",
    item,
    size: "small",
    owner,
    invited: null,
    why: "",
    match: null,
    ...pledge,
  } as const;
  return [
    match,
    { event: "located", enterprise: among(["甲", "乙", "丙"]), point: "nan", owner, why: "" },
    ...Array.from({ length: 6 }, (): Happening => ({ event: "accepted" })),
    { event: "urged" },
    { event: "paused", reason: "等图纸", until: now + 48 * HOUR },
    { event: "resumed", due, provisional: false },
    { event: "extended", due, provisional: false, reason: "" },
    { event: "handed-over", owner, acceptBy: pledge.acceptBy, reason: "", why: "" },
    ...Array.from({ length: 3 }, (): Happening => ({ event: "resolved", result: "好了", rateBy: now + 90 * HOUR })),
    { event: "rated", rating: among([1, 2, 3, 4, 5] as const), callBackBy: null },
    { event: "called-back", text: "", solved: random() < 0.5 },
    { event: "reopened", reason: "", ...pledge },
    { event: "closed", why: "未评价" },
    { event: "withdrawn", reason: "不办了" },
    { event: "declined", reason: "" },
    { event: "merged", into: "20261201-001" },
    { event: "unmerged" },
  ];
}

async function live(n: number): Promise<void> {
  const received = FIRST + Math.floor(random() * (LAST - FIRST));
  const opened: TicketEvent & { event: "opened" } = {
    ...{ event: "opened", text: "借会议室", platform: "wecom", conversation: "wecom:g", recorder: null, size: "small" },
    ...{ asker: `wecom:a${n % 40}`, enterprise: among([null, "甲", "丁"]), point: among([null, ...POINTS]), received },
    match: { confidence: 0.9, candidates: [{ item: "dues", confidence: 0.9 }], because: [], closest: null },
    ...{ ...pledgeAt(received), at: received, by: "x", message: "m" },
  };
  const id = `T${String(n).padStart(4, "0")}`;
  let ticket = openTicket(id, placeholders(id, shanghaiDate(received)).long, opened);
  await write({ before: null, after: ticket, events: [opened] });
  let earlier: Ticket | null = null;
  let now = received;
  for (let version = 1; version < 12 && random() > 0.08; version++) {
    // Many things happen within minutes, also around midnight; some only after weeks.
    now += Math.floor(random() * among([4 * 60_000, 10 * HOUR, 10 * HOUR, 300 * HOUR]));
    const may: Happening[] = happenings(now).filter(({ event }) => mayHappen(ticket, event));
    const back = earlier as Ticket | null;
    const happening: Happening | undefined =
      back !== null && MOVES.undone[ticket.state]?.includes(back.state) && random() < 0.15
        ? { event: "undone", act: "", back }
        : may.length > 0
          ? among(may)
          : undefined;
    if (happening === undefined || now > NOW) break;
    const { number } = ticket;
    const before = { ticket, version: String(version) };
    const event: TicketEvent = { ...happening, at: now, by: "x", message: null };
    ticket = { ...evolve(ticket, event), id, number };
    earlier = happening.event === "undone" ? null : before.ticket;
    await write({ before, after: ticket, events: [event] });
  }
}

async function write(change: Change): Promise<void> {
  const { kind } = await commit(planOf({ ...NOTHING, changes: [change] }, null, [], TIMES));
  if (kind !== "done") throw new Error(kind);
}

interface Read {
  readonly ticket: Ticket;
  readonly story: readonly TicketEvent[];
}
let all: Read[];

beforeAll(async () => {
  for (let n = 0; n < TICKETS; n++) await live(n);
  const ids = await redis.zrange(tag + keys.tickets, "0", "-1");
  all = await Promise.all(
    ids.map(async (id) => ({
      ticket: fromRecord(id, new Map(Object.entries(await redis.hgetall(tag + keys.ticket(id))))).ticket,
      story: (await redis.lrange(tag + keys.story(id), 0, -1)).map(fromStoryLine),
    })),
  );
});
afterAll(() => store.close());

it("every ticket keeps the track of its story", () => {
  expect(all).toHaveLength(TICKETS);
  for (const { ticket, story } of all) expect(ticket.track).toBe(trackOf(story));
});

const PERIODS: readonly Period[] = [
  periodOf("day", "2026-11-20"),
  ...["2026-12-01", "2026-12-31", "2027-01-01", "2027-01-04", "2027-01-18", "2027-01-20"].map((day) =>
    periodOf("day", day),
  ),
  periodOf("week", "2026-12-31"),
  periodOf("week", "2027-01-20"),
  periodOf("month", "2026-12-15"),
  periodOf("month", "2027-01-15"),
  { kind: null, from: "2026-12-20", to: "2027-01-10" },
  { kind: null, from: "2026-12-01", to: "2027-01-31" },
];

/** The reference is slow, and the days of one trend are those of the next. */
const recounted = new Map<string, Counts>();

function counted({ start, until }: Span): Counts {
  const key = `${start} ${until}`;
  const stories = all.map(({ ticket, story }) => ({ id: ticket.id, events: story }));
  const counts = recounted.get(key) ?? recount(stories, start, until);
  recounted.set(key, counts);
  return counts;
}

describe.each(PERIODS)("an edition from Redis of $from – $to", (period) => {
  const untold = untoldBefore(period, calendar, DIGEST_DEFAULTS);
  const asked = { ...working, period, now: NOW, points: POINTS, untold };

  it("is what the reference recounts, with what it is compared with and each day of the trend", async () => {
    const { figures, previous, yearBefore, untold, trend } = await readEdition(store, asked);
    for (const each of [figures, previous, yearBefore, ...(untold ? [untold] : []), ...trend])
      expect(each.total).toEqual(counted(each.span));
  });

  it("balances, and its points, items and helpers sum to the total", async () => {
    const { total, points, items, helpers } = (await readEdition(store, asked)).figures;
    expect(balances(total)).toBe(true);
    for (const rows of [points, items, helpers]) {
      for (const name of COUNT_NAMES) {
        expect([...rows.values()].reduce((sum, row) => sum + row[name], 0)).toBe(total[name]);
      }
    }
  });

  it("knows what there was since the beginning, up to its end", async () => {
    const { cumulative } = await readEdition(store, asked);
    const { until } = spanOf(period, NOW);
    const known = all.filter(({ ticket }) => ticket.received < until);
    const whole = counted(spanOf({ kind: null, from: "2026-01-01", to: period.to }, NOW));
    const { received, resolved } = whole;
    expect(cumulative).toMatchObject({ received, resolved });
    expect(cumulative.people).toBe(new Set(known.map(({ ticket }) => ticket.asker)).size);
  });
});
