import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Change, Decision } from "../../src/desk/decision.ts";
import { NOTHING } from "../../src/desk/decision.ts";
import { openKnown } from "../../src/desk/known.ts";
import { planOf } from "../../src/desk/plan.ts";
import type { Happening } from "../../src/desk/ticket/event.ts";
import { placeholders } from "../../src/desk/ticket/number.ts";
import { fromStoryLine } from "../../src/desk/ticket/story-record.ts";
import { evolve, openTicket, replay } from "../../src/desk/ticket/ticket.ts";
import { fromRecord, type StoredTicket } from "../../src/desk/ticket/ticket-record.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import { eventOf, HAPPENINGS, NOW, OPENED, TIMES } from "./scene-given.ts";

const HERE = OPENED.conversation;
const ASKER = OPENED.asker;

describe("a decision in Redis", () => {
  let store: TestRedis;
  let commit: ReturnType<typeof openCommit>;
  let known: ReturnType<typeof openKnown>;
  beforeAll(() => {
    store = openTestRedis();
    commit = openCommit(store.redis, store.tag, "p1");
    known = openKnown(store.redis, store.tag);
  });
  afterAll(() => store.close());

  const carryOut = (over: Partial<Decision>) => commit(planOf({ ...NOTHING, ...over }, null, [], TIMES));
  const key = (name: string) => store.tag + name;
  const read = async (id: string): Promise<StoredTicket> =>
    fromRecord(id, new Map(Object.entries(await store.redis.hgetall(key(keys.ticket(id))))));
  const know = (who: string, typed: { full?: string[]; shorts?: string[] } = {}, conversation = HERE) =>
    known({
      enterprise: null,
      conversation,
      sight: conversation,
      who,
      now: NOW,
      numbers: { full: typed.full ?? [], shorts: typed.shorts ?? [] },
    });

  function opening(id: string): Change {
    const event = { ...OPENED, received: NOW, at: NOW, by: ASKER, message: "m1" };
    const { long } = placeholders(id, "2026-12-07");
    const ticket = openTicket(id, long, event);
    const matched = eventOf(HAPPENINGS.matched, NOW);
    return { before: null, after: evolve(ticket, matched), events: [event, matched] };
  }
  function change(before: StoredTicket, ...happenings: Happening[]): Change {
    const events = happenings.map((happening) => eventOf(happening, NOW));
    return { before, after: events.reduce(evolve, before.ticket), events };
  }

  it("gives a ticket its number, and reads back as it was", async () => {
    const opened = opening("A1");
    expect(await carryOut({ changes: [opened] })).toEqual({ kind: "done", numbers: ["20261207-001"] });
    expect(await read("A1")).toEqual({ ticket: { ...opened.after, number: "20261207-001" }, version: "1" });
    const story = await store.redis.lrange(key(keys.story("A1")), 0, -1);
    const events = story.map(fromStoryLine);
    expect(replay("A1", "20261207-001", events)).toEqual((await read("A1")).ticket);
  });

  it("is found by its number, by its asker, by its owner", async () => {
    expect((await know(ASKER, { full: ["20261207-001"] })).named.map(({ ticket }) => ticket.id)).toEqual(["A1"]);
    expect((await know(ASKER, { shorts: ["001"] })).shorts.map(({ ticket }) => ticket.id)).toEqual(["A1"]);
    expect((await know(ASKER)).mine.map(({ ticket }) => ticket.id)).toEqual(["A1"]);
    expect((await know("h02")).owned.map(({ ticket }) => ticket.id)).toEqual(["A1"]);
    expect((await know("h03")).owned).toEqual([]);
    const elsewhere = await know(ASKER, { full: ["20261207-001"], shorts: ["001"] }, "wecom:wrGROUP02");
    expect([elsewhere.named.length, elsewhere.shorts.length, elsewhere.mine.length]).toEqual([1, 0, 0]);
  });

  it("moves in the indexes with its state and its owner", async () => {
    const states = async () =>
      (["open", "accepted", "resolved", "closed"] as const).map((state) => store.redis.zcard(key(keys.byState(state))));
    await carryOut({ changes: [change(await read("A1"), HAPPENINGS.passed, HAPPENINGS.accepted)] });
    expect(await Promise.all(await states())).toEqual([0, 1, 0, 0]);
    expect((await know("h02")).owned).toEqual([]);
    expect((await know("h01")).owned).toHaveLength(1);

    await carryOut({ changes: [change(await read("A1"), HAPPENINGS.resolved)] });
    expect(await Promise.all(await states())).toEqual([0, 0, 1, 0]);
    expect((await know("h01")).owned).toEqual([]);
    expect((await know(ASKER)).mine).toHaveLength(1);
    // No open one has it: a bare 001 still means it for a week.
    expect((await know(ASKER, { shorts: ["001"] })).shorts).toHaveLength(1);

    await carryOut({ changes: [change(await read("A1"), HAPPENINGS.rated, HAPPENINGS.closed)] });
    expect(await Promise.all(await states())).toEqual([0, 0, 0, 1]);
    expect((await know(ASKER)).mine).toEqual([]);
    await carryOut({ changes: [change(await read("A1"), HAPPENINGS.reopened)] });
    expect(await read("A1")).toMatchObject({ ticket: { state: "open", rating: null, result: null }, version: "5" });
  });

  it("stands on the clock while nobody is responsible, then until whoever is should have accepted", async () => {
    const opened = opening("A2");
    await carryOut({ changes: [{ ...opened, after: { ...opened.after, item: null, owner: null } }] });
    expect(await store.redis.zscore(key(keys.steps), "A2")).toBe(String(NOW + 600_000));
    await carryOut({ changes: [change(await read("A2"), HAPPENINGS.matched)] });
    expect(await store.redis.zscore(key(keys.steps), "A2")).toBe(String(OPENED.acceptBy));
  });

  it("of two who read the same ticket only the first is carried out", async () => {
    const before = await read("A2");
    expect((await carryOut({ changes: [change(before, HAPPENINGS.accepted)] })).kind).toBe("done");
    const late = await carryOut({ changes: [change(before, HAPPENINGS.withdrawn)] });
    expect(late).toMatchObject({ kind: "moved" });
    expect((await read("A2")).ticket.state).toBe("accepted");
    expect(await store.redis.llen(key(keys.story("A2")))).toBe(4);
  });

  it("keeps the last question and the remembered enterprise, and drops what relied on older ones", async () => {
    const talk = { conversation: HERE, who: ASKER, version: "" };
    const ask = { kind: "item" as const, ticket: "A2", options: ["venue"], misses: 0 };
    await carryOut({ talks: [{ ...talk, ask: { ask, at: NOW }, last: { ticket: "A2", at: NOW, text: "f" } }] });
    await carryOut({ person: { who: ASKER, version: "", enterprise: "丽园食品有限公司", at: NOW } });
    const first = await know(ASKER);
    expect(first).toMatchObject({ asked: { ticket: { id: "A2" } }, last: { ticket: { id: "A2" } }, talk: { ask } });
    expect(first.person.enterprise).toBe("丽园食品有限公司");
    // Somebody else's question to the same person comes in between.
    await carryOut({ talks: [{ ...talk, version: null, ask: { ask: { kind: "rate", ticket: "A1" }, at: NOW } }] });
    expect((await carryOut({ talks: [{ ...talk, version: first.talk.version, ask: null }] })).kind).toBe("moved");
    expect((await know(ASKER)).talk.ask).toEqual({ kind: "rate", ticket: "A1" });
    await carryOut({ talks: [{ ...talk, version: (await know(ASKER)).talk.version, ask: null }] });
    expect(await know(ASKER)).toMatchObject({ asked: null, talk: { ask: null, lastText: "f" } });
    expect((await carryOut({ person: { who: ASKER, version: "", enterprise: null, at: NOW } })).kind).toBe("moved");
  });

  it("knows the tickets that a question offered, whosever they are", async () => {
    const ask = { kind: "which" as const, options: ["20261207-002", "20261207-001"], text: "接单" };
    await carryOut({ talks: [{ conversation: HERE, who: "h03", version: "", ask: { ask, at: NOW } }] });
    expect((await know("h03")).offered.map(({ ticket }) => ticket.id)).toEqual(["A2", "A1"]);
  });

  it("tells a place its id once", async () => {
    expect((await know(ASKER)).toldPlace).toBe(false);
    await carryOut({ toldPlace: HERE });
    expect((await know(ASKER)).toldPlace).toBe(true);
  });

  it("remembers the version of the last act under the lights that came after it, and only then", async () => {
    await carryOut({ changes: [opening("A2")] });
    await carryOut({ changes: [change(await read("A2"), HAPPENINGS.light)] });
    expect(await read("A2")).toMatchObject({ version: "2", acted: "1" });
    await carryOut({ changes: [change(await read("A2"), { event: "light", light: "red" })] });
    expect(await read("A2")).toMatchObject({ version: "3", acted: "1" });
    await carryOut({ changes: [change(await read("A2"), HAPPENINGS.accepted)] });
    expect(await read("A2")).not.toHaveProperty("acted");
    expect(await read("A2")).toMatchObject({ version: "4" });
  });
});
