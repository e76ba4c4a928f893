import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Change, type Decision, NOTHING } from "../../../src/desk/decision.ts";
import { openKnown } from "../../../src/desk/known.ts";
import { planOf } from "../../../src/desk/plan.ts";
import { openOverview, overviewWanted } from "../../../src/desk/team/overview.ts";
import { fetchStanding } from "../../../src/desk/team/standing.ts";
import type { Happening } from "../../../src/desk/ticket/event.ts";
import { evolve } from "../../../src/desk/ticket/ticket.ts";
import { fromRecord, type StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import { openCommit } from "../../../src/lanes/commit.ts";
import { takeLeave, toLeaveLine } from "../../../src/station/leave.ts";
import { keys } from "../../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "../../doubles/redis.ts";
import { eventOf, given, HAPPENINGS, isCommand, NOW, OPENED, sceneOf, TIMES } from "../scene-given.ts";

const LEAVE = takeLeave({ away: [], back: [] }, { from: "2026-12-07", to: "2026-12-09", deputy: "h03" }, "2026-12-07");

describe("who has how much to do, and who is away", () => {
  let store: TestRedis;
  let commit: ReturnType<typeof openCommit>;
  beforeAll(() => {
    store = openTestRedis();
    commit = openCommit(store.redis, store.tag, "p1");
  });
  afterAll(() => store.close());

  const carryOut = (over: Partial<Decision>) => commit(planOf({ ...NOTHING, ...over }, null, [], TIMES));
  const read = async (id: string): Promise<StoredTicket> =>
    fromRecord(id, new Map(Object.entries(await store.redis.hgetall(store.tag + keys.ticket(id)))));
  const happen = async (id: string, ...happenings: Happening[]) => {
    const before = await read(id);
    const events = happenings.map((happening) => eventOf(happening, NOW));
    const change: Change = { before, after: events.reduce(evolve, before.ticket), events };
    return carryOut({ changes: [change] });
  };
  const open = (n: string, over = {}) => {
    const { ticket } = given(n, ["matched"], over);
    return carryOut({ changes: [{ before: null, after: ticket, events: [eventOf(OPENED, NOW)] }] });
  };
  const load = async () => (await fetchStanding(store.redis, store.tag)).load;

  it("is counted by the commit", async () => {
    await open("001");
    await open("002");
    expect((await load()).open.get("h02")).toBe(2);
    expect((await load()).last.get("h02")).toBe(NOW);
    await happen("T001", HAPPENINGS.passed);
    expect([...(await load()).open]).toEqual([
      ["h02", 1],
      ["h01", 1],
    ]);
    await happen("T001", HAPPENINGS.accepted, HAPPENINGS.resolved);
    expect((await load()).open.get("h01")).toBe(0);
    await happen("T001", HAPPENINGS.reopened);
    expect((await load()).open.get("h01")).toBe(1);
  });

  it("is kept of a leave, which two who read the same cannot both change", async () => {
    const leave = { person: "h02", before: "", after: toLeaveLine(LEAVE) };
    expect((await carryOut({ leave })).kind).toBe("done");
    expect((await carryOut({ leave })).kind).toBe("moved");
    expect((await fetchStanding(store.redis, store.tag)).leaves.get("h02")).toEqual(LEAVE);
    const known = openKnown(store.redis, store.tag);
    const numbers = { full: [], shorts: [] };
    const facts = await known({ conversation: "c", sight: "c", who: "h03", enterprise: null, now: NOW, numbers });
    expect(facts.standing.leaves.get("h02")).toEqual(LEAVE);
    expect(facts.standing.load.open.get("h02")).toBe(1);
  });

  it("is seen whole where somebody asks for it: own ones, those stood in for, and the day", async () => {
    const overview = openOverview(store.redis, store.tag);
    const leaves = new Map([["h02", LEAVE]]);
    const scene = sceneOf("我的待办", { by: "wang.ba", chat: null, leaves });
    const todo = await overview(scene, "todo");
    expect([todo.own.length, todo.standIn.map(({ ticket }) => ticket.id)]).toEqual([0, ["T002"]]);
    expect((await overview(sceneOf("我的待办", { by: "sun.san", chat: null }), "todo")).own).toHaveLength(1);
    await happen("T002", HAPPENINGS.accepted);
    await happen("T001", HAPPENINGS.accepted, HAPPENINGS.resolved);
    const day = await overview(scene, "today");
    expect(day.open.map(({ ticket }) => ticket.id)).toEqual(["T002"]);
    expect(day.received.map(({ ticket }) => ticket.id)).toEqual(["T001", "T002"]);
    // `eventOf` resolves at NOW.
    expect(day.resolved.map(({ ticket }) => ticket.id)).toEqual(["T001"]);
  });

  it("keeps what was last done, so that it may be taken back, and forgets it", async () => {
    const talk = { conversation: "c", who: "h02", version: null };
    const did = {
      at: NOW,
      act: "接单",
      leave: null,
      toldOfLeave: [],
      tickets: [{ id: "T002", version: "2", earlier: {}, told: [] }],
    };
    await carryOut({ talks: [{ ...talk, did }] });
    const known = openKnown(store.redis, store.tag);
    const question = {
      conversation: "c",
      sight: "c",
      who: "h02",
      enterprise: null,
      now: NOW,
      numbers: { full: [], shorts: [] },
    };
    expect((await known(question)).talk.did).toEqual(did);
    const scene = sceneOf("撤销", { by: "sun.san", did });
    expect((await openOverview(store.redis, store.tag)(scene, "undo")).done.map(({ version }) => version)).toEqual([
      "2",
    ]);
    await carryOut({ talks: [{ ...talk, did: null }] });
    expect((await known(question)).talk.did).toBeNull();
  });
});

describe("an overview", () => {
  it.each([
    ["我的待办", "sun.san", "todo"],
    ["请假 明天", "sun.san", "leave"],
    ["撤销", "wang.min", "undo"],
    ["我的待办", "wang.min", null],
    ["借会议室", "sun.san", null],
    ["", "sun.san", null],
  ])("%s by %s reads %s", (text, by, wanted) => expect(overviewWanted(sceneOf(text, { by }))).toBe(wanted));
  it("of somebody's own is read also right after an act", () => {
    const did = { at: NOW, act: "接单", leave: null, toldOfLeave: [], tickets: [] };
    const unsure = { ...isCommand("todo"), commands: [{ command: "undo" as const, confidence: 0.01 }] };
    expect(overviewWanted(sceneOf("我的待办", { by: "sun.san", did, means: { 我的待办: unsure } }))).toBe("todo");
    expect(
      overviewWanted(sceneOf("弄错了", { by: "sun.san", did, means: { 弄错了: { ...unsure, command: "return" } } })),
    ).toBe("undo");
  });
  it("is read for free words too", () => {
    const means = { 还有哪些没结的: isCommand("todo") };
    expect(overviewWanted(sceneOf("还有哪些没结的", { by: "sun.san", means }))).toBe("todo");
  });
});
