/** Tickets as the desk writes them: a decision by hand, its plan, its commit. */

import { ulid } from "ulid";
import type { Outgoing } from "../../src/chat/outgoing.ts";
import { NOTHING } from "../../src/desk/decision.ts";
import { planOf } from "../../src/desk/plan.ts";
import type { Happening, MatchTrace, TicketEvent } from "../../src/desk/ticket/event.ts";
import { placeholders } from "../../src/desk/ticket/number.ts";
import { evolve, openTicket, type Ticket } from "../../src/desk/ticket/ticket.ts";
import { fromRecord } from "../../src/desk/ticket/ticket-record.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { shanghaiDate } from "../../src/pledge/hours.ts";
import { keys } from "../../src/store/keys.ts";
import { TIMES } from "../desk/scene-given.ts";
import type { TestRedis } from "../doubles/redis.ts";

/** 2026-11-23, a Monday, 09:12:30 in Shanghai. */
export const MORNING = Date.UTC(2026, 10, 23, 1, 12, 30);
const HOUR_MS = 3_600_000;

export const MATCH: MatchTrace = {
  confidence: 0.93,
  candidates: [
    { item: "venue", confidence: 0.93 },
    { item: "activity", confidence: 0.04 },
  ],
  because: ["借", "会议室"],
  closest: { item: "venue", phrase: "想借一间会议室" },
};

type Opened = Happening & { event: "opened" };

export function opened(received: number, over: Partial<Opened> = {}): Opened {
  return {
    event: "opened",
    text: "周三下午借一间能坐30人的会议室",
    platform: "wecom",
    conversation: "wecom:wrGROUP01",
    asker: "wecom:zhou",
    recorder: null,
    enterprise: "恒通汽配有限公司",
    point: "nan",
    received,
    size: "small",
    due: received + 8 * HOUR_MS,
    provisional: false,
    acceptBy: received + HOUR_MS / 2,
    match: MATCH,
    ...over,
  };
}

export function matched(received: number): Happening & { event: "matched" } {
  return {
    event: "matched",
    item: "venue",
    size: "small",
    owner: "h02",
    invited: null,
    why: "",
    match: null,
    due: received + 8 * HOUR_MS,
    provisional: false,
    acceptBy: received + HOUR_MS / 2,
  };
}

export interface Given {
  readonly id: string;
  readonly number: string;
  /** Something more happens to it, a minute later. */
  happens(happening: Happening, by?: string): Promise<void>;
}

export function ticketsIn({ redis, tag }: Pick<TestRedis, "redis" | "tag">) {
  const commit = openCommit(redis, tag, "test");

  async function give(received: number, over: Partial<Opened> = {}, more: readonly Happening[] = []): Promise<Given> {
    const id = ulid();
    const first = { ...opened(received, over), at: received, by: "wecom:zhou", message: `wecom:${id}` };
    const { long } = placeholders(id, shanghaiDate(received));
    let after: Ticket = openTicket(id, long, first);
    const events: TicketEvent[] = [first];
    for (const happening of more) {
      const event = { ...happening, at: received, by: "desk", message: null };
      after = evolve(after, event);
      events.push(event);
    }
    const committed = await commit(planOf({ ...NOTHING, changes: [{ before: null, after, events }] }, null, [], TIMES));
    if (committed.kind !== "done") throw new Error(committed.kind);
    const [number = ""] = committed.numbers;
    return { id, number, happens: (happening, by = "h02") => change(id, happening, by) };
  }

  async function change(id: string, happening: Happening, by: string): Promise<void> {
    const before = fromRecord(id, new Map(Object.entries(await redis.hgetall(tag + keys.ticket(id)))));
    const event = { ...happening, at: before.ticket.received + 60_000, by, message: null };
    const after = evolve(before.ticket, event);
    const committed = await commit(
      planOf({ ...NOTHING, changes: [{ before, after, events: [event] }] }, null, [], TIMES),
    );
    if (committed.kind !== "done") throw new Error(committed.kind);
  }

  return {
    give,
    say: (lines: readonly Outgoing[], at: number) =>
      openCommit(redis, tag, "test", () => at)(planOf(NOTHING, null, lines, TIMES)),
  };
}
