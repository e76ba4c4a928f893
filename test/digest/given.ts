/** Tickets with stories of one's own making: as lives, and written to Redis as the desk leaves them. */
import { ulid } from "ulid";
import { type Change, NOTHING } from "../../src/desk/decision.ts";
import { planOf } from "../../src/desk/plan.ts";
import type { Happening, TicketEvent } from "../../src/desk/ticket/event.ts";
import { evolve, openTicket, replay, type Ticket } from "../../src/desk/ticket/ticket.ts";
import { trackFrom } from "../../src/desk/track/track-record.ts";
import { type Asked, type Edition, editionOf } from "../../src/digest/edition.ts";
import { figuresOf } from "../../src/digest/figures.ts";
import { type Life, lifeOf } from "../../src/digest/life.ts";
import { NO_TRAINING } from "../../src/digest/training.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { openCalendar } from "../../src/pledge/calendar.ts";
import { due } from "../../src/pledge/due.ts";
import type { Hours } from "../../src/pledge/hours.ts";
import { USUAL_LADDER } from "../../src/pledge/ladder.ts";
import { addWorkingMinutes } from "../../src/pledge/working-time.ts";
import { TIMES } from "../desk/scene-given.ts";
import type { TestRedis } from "../doubles/redis.ts";

export const hours: Hours = { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } };
export const calendar = openCalendar({ rest: [], work: [] });
export const working = { calendar, hours, ladder: USUAL_LADDER, untold: null };

/** `2026-11-23T09:12`, Shanghai's. */
export function at(text: string): number {
  return Date.parse(`${text}+08:00`);
}

export interface Given {
  readonly number: string;
  readonly received: string;
  readonly text?: string;
  readonly point?: string | null;
  readonly enterprise?: string | null;
  readonly item?: string | null;
  readonly owner?: string;
  readonly asker?: string;
  readonly recorder?: string | null;
  readonly size?: "small" | "big";
  /** What happens then, and when. */
  readonly later?: readonly (readonly [when: string, happening: Happening])[];
}

export function pledgeAt(received: number, size: "small" | "big" = "small") {
  const { due: until, provisional } = due(received, size, calendar, hours);
  return { due: until, provisional, acceptBy: addWorkingMinutes(received, 30, calendar, hours) };
}

export function storyOf(given: Given): TicketEvent[] {
  const { point = "nan", enterprise = "恒通汽配有限公司", item = "venue", owner = "h02", size = "small" } = given;
  const received = at(given.received);
  const pledge = pledgeAt(received, size);
  const by = given.asker ?? "wecom:wang.min";
  const match = { confidence: 0.9, candidates: [{ item: "venue", confidence: 0.9 }], because: [], closest: null };
  const opened: Happening = {
    event: "opened",
    text: given.text ?? "借一间会议室",
    platform: "wecom",
    conversation: "wecom:wrGROUP01",
    asker: by,
    recorder: given.recorder ?? null,
    enterprise,
    point,
    received,
    size,
    match,
    ...pledge,
  };
  const first: TicketEvent[] = [{ ...opened, at: received, by, message: "m" }];
  if (item !== null) {
    const matched: Happening = { event: "matched", item, size, owner, invited: null, why: "", match: null, ...pledge };
    first.push({ ...matched, at: received, by: "desk", message: null });
  }
  const later = given.later ?? [];
  return [...first, ...later.map(([when, event]) => ({ ...event, at: at(when), by: owner, message: null }))];
}

function ticketOf(id: string, given: Given): Ticket {
  return replay(id, given.number, storyOf(given));
}

/** By their numbers. */
export function livesOf(all: readonly Given[]): Life[] {
  return all.flatMap((given) => {
    const ticket = ticketOf(given.number, given);
    const track = trackFrom(ticket.track, ticket.received);
    return track === null ? [] : [lifeOf(ticket, track)];
  });
}

/** As it would be read, were it in Redis. */
export function editionFrom(all: readonly Given[], asked: Asked): Edition {
  const lives = livesOf(all);
  const requests = new Map(
    all.map((given) => {
      const { text, slots } = ticketOf("", given);
      return [given.number, { text, slots, nearest: "venue" }];
    }),
  );
  const { total } = figuresOf(lives, { kind: null, from: "2026-01-01", to: asked.period.to }, asked.now);
  const distinct = (names: readonly (string | null)[]) => new Set(names).size;
  const cumulative = {
    received: total.received,
    resolved: total.resolved,
    people: distinct(all.map((given) => ticketOf("", given).asker)),
    enterprises: distinct(lives.map(({ enterprise }) => enterprise)),
  };
  return editionOf({ lives, requests, cumulative, training: NO_TRAINING, trainedEver: NO_TRAINING }, asked);
}

/** Through the desk's own commit, an event at a time. */
export async function write({ redis, tag }: Pick<TestRedis, "redis" | "tag">, given: Given): Promise<string> {
  const id = ulid();
  const [first, ...rest] = storyOf(given);
  if (first?.event !== "opened") throw new Error("a story begins with opened");
  const commit = openCommit(redis, tag, "test");
  const carryOut = (change: Change) => commit(planOf({ ...NOTHING, changes: [change] }, null, [], TIMES));
  let after = openTicket(id, given.number, first);
  await carryOut({ before: null, after, events: [first] });
  for (const [i, event] of rest.entries()) {
    const before = { ticket: after, version: String(i + 1) };
    after = evolve(after, event);
    const { kind } = await carryOut({ before, after, events: [event] });
    if (kind !== "done") throw new Error(kind);
  }
  return id;
}

export const accepted: Happening = { event: "accepted" };
/** The asker's silence ends long after every day told here. */
export const resolved: Happening = {
  event: "resolved",
  result: "三楼会议室，联系 13812345678",
  rateBy: at("2026-12-31T18:00"),
};
export const rated = (rating: 1 | 2 | 3 | 4 | 5): Happening => ({
  event: "rated",
  rating,
  callBackBy: null,
});
export const reopenedAt = (when: string): Happening => ({ event: "reopened", reason: "没解决", ...pledgeAt(at(when)) });

/** A day in the life of two areas: 2026-11-23, a Monday. */
export const TOWN: readonly Given[] = [
  {
    number: "20261120-001",
    received: "2026-11-20T10:00",
    point: "liyuan",
    enterprise: "丽园食品有限公司",
    owner: "h01",
    later: [["2026-11-20T10:20", accepted]],
  },
  {
    number: "20261123-001",
    received: "2026-11-23T09:00",
    later: [
      ["2026-11-23T09:10", accepted],
      ["2026-11-23T11:16", resolved],
      ["2026-11-23T12:00", rated(5)],
    ],
  },
  {
    number: "20261123-002",
    received: "2026-11-23T09:30",
    item: "recruitment",
    asker: "wecom:liu.fang",
    later: [
      ["2026-11-23T11:00", accepted],
      ["2026-11-23T15:00", resolved],
      ["2026-11-23T15:30", rated(2)],
    ],
  },
  { number: "20261123-003", received: "2026-11-23T10:00", text: '=HYPERLINK("http://x","13812345678")', item: null },
  {
    number: "20261123-004",
    received: "2026-11-23T14:00",
    later: [
      ["2026-11-23T14:05", accepted],
      ["2026-11-23T14:30", { event: "withdrawn", reason: "" }],
    ],
  },
];
