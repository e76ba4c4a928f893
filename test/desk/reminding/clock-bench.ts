/** The desk's clock on a real Redis, without lanes and platforms: tickets as they are given, a hand that moves, and what is said. */
import { Redis } from "ioredis";
import type { Outgoing } from "../../../src/chat/outgoing.ts";
import { timesOf } from "../../../src/desk/clock/accept-by.ts";
import { type ClockDeps, openClockwork } from "../../../src/desk/clock/clockwork.ts";
import { type Decision, NOTHING } from "../../../src/desk/decision.ts";
import { Draft } from "../../../src/desk/draft.ts";
import { planOf } from "../../../src/desk/plan.ts";
import { openBoxStep } from "../../../src/desk/reminding/box-step.ts";
import { morningRoutine } from "../../../src/desk/reminding/morning-routine.ts";
import { openRoutines, type Routine, type Routines } from "../../../src/desk/reminding/routine.ts";
import type { Setting } from "../../../src/desk/scene.ts";
import { readTickets } from "../../../src/desk/team/overview.ts";
import type { Happening, TicketEvent } from "../../../src/desk/ticket/event.ts";
import { placeholders } from "../../../src/desk/ticket/number.ts";
import { fromStoryLine } from "../../../src/desk/ticket/story-record.ts";
import { evolve, openTicket } from "../../../src/desk/ticket/ticket.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import { openCommit } from "../../../src/lanes/commit.ts";
import { shanghaiDate } from "../../../src/pledge/hours.ts";
import { startTick } from "../../../src/pledge/tick.ts";
import { keys } from "../../../src/store/keys.ts";
import { newId } from "../../../src/store/new-id.ts";
import type { TestRedis } from "../../doubles/redis.ts";
import { OPENED, setting as usual } from "../scene-given.ts";

export interface Hand {
  /** Everything that is due by the bench's clock is done, by this process. */
  look(): Promise<void>;
  readonly routines: Routines;
  readonly deps: ClockDeps;
  /** Its connection ends as it does when the process is killed: whatever it was about to send is never sent. */
  cut(): void;
  stop(): Promise<void>;
}

export interface ClockBench {
  /** Desk clock, ms. */
  now: number;
  setting: Setting;
  /** Everything that was said, oldest first. */
  readonly said: Outgoing[];
  open(over?: Partial<Happening & { event: "opened" }>): Promise<string>;
  /** Acts on a ticket as the desk would: one commit. */
  act(id: string, act: (draft: Draft, stored: StoredTicket) => void): Promise<void>;
  ticket(id: string): Promise<StoredTicket>;
  story(id: string): Promise<TicketEvent[]>;
  /** Another process with a clock. */
  hand(): Hand;
  close(): Promise<void>;
}

export function openClockBench(
  test: TestRedis,
  { routines = [morningRoutine], keepSaid = true }: { routines?: readonly Routine[]; keepSaid?: boolean } = {},
): ClockBench {
  const { redis, tag, path } = test;
  const hands = new Set<Hand>();
  const said: Outgoing[] = [];
  const commitOn = (connection: Redis): ClockDeps["commit"] => {
    const commit = openCommit(connection, tag, "clock-bench");
    return async (plan) => {
      // What is said goes no further here, and would only fill Redis.
      const committed = await commit({ ...plan, replies: [] });
      if (committed.kind === "done" && keepSaid) said.push(...plan.replies);
      return committed;
    };
  };
  const commit = commitOn(redis);
  const bench: ClockBench = {
    now: OPENED.received,
    setting: usual(),
    said,
    async open(over = {}) {
      const id = newId();
      const opened = { ...OPENED, received: bench.now, ...over };
      const first = { ...opened, at: bench.now, by: opened.asker, message: null };
      const after = openTicket(id, placeholders(id, shanghaiDate(opened.received)).long, first);
      await carryOut({ ...NOTHING, changes: [{ before: null, after, events: [first] }] });
      return id;
    },
    async act(id, act) {
      // The clock may have been first: then it is decided anew, as the desk does.
      for (let isWritten = false; !isWritten; ) {
        const draft = Draft.ofStep(bench.now);
        act(draft, await bench.ticket(id));
        isWritten = await carryOut(draft.decision());
      }
    },
    async ticket(id) {
      const [stored] = await readTickets(redis, tag, [id]);
      if (!stored) throw new Error("no such ticket");
      return stored;
    },
    async story(id) {
      return (await redis.lrange(tag + keys.story(id), 0, -1)).map(fromStoryLine);
    },
    hand() {
      const connection = new Redis({ path, lazyConnect: false, enableOfflineQueue: true, retryStrategy: () => null });
      connection.on("error", () => {});
      const deps: ClockDeps = {
        redis: connection,
        tag,
        commit: commitOn(connection),
        setting: () => bench.setting,
        onReplies() {},
      };
      const opened = openRoutines(deps, routines);
      const failed: unknown[] = [];
      const tick = startTick({
        redis: connection,
        tag,
        now: async () => bench.now,
        step: openClockwork({ ...deps, sayBox: openBoxStep(deps), takeRoutine: opened.takeRoutine }),
        log: { error: ({ err }: { err?: unknown }) => void failed.push(err) },
      });
      const hand: Hand = {
        deps,
        routines: opened,
        async look() {
          await tick.look();
          const [first] = failed.splice(0);
          if (first) throw first;
        },
        cut: () => connection.disconnect(),
        async stop() {
          await tick.stop();
          connection.disconnect();
          hands.delete(hand);
        },
      };
      hands.add(hand);
      return hand;
    },
    async close() {
      await Promise.all([...hands].map((hand) => hand.stop()));
      await test.close();
    },
  };
  return bench;

  async function carryOut(decision: Decision): Promise<boolean> {
    const { kind } = await commit(planOf(decision, null, [], timesOf(bench.setting)));
    return kind === "done";
  }
}

/** The ticket that these events make, as `replay` would. */
export function after(stored: StoredTicket, events: readonly TicketEvent[]): StoredTicket["ticket"] {
  return events.reduce(evolve, stored.ticket);
}
