import { describe, expect, it } from "vitest";
import { nextStep } from "../../../src/desk/clock/next-step.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import { fromRecord, toRecord } from "../../../src/desk/ticket/ticket-record.ts";
import { withLeaves } from "../../../src/station/leave.ts";
import {
  given,
  MINUTE,
  NOW,
  OPENED,
  quoteOf,
  reading,
  said,
  setting,
  station,
  stepped,
  TIMES,
} from "../scene-given.ts";

/** All its lights are lit, so that the clock has nothing else to do with it. */
const LIT = { light: "red" } as const;
const open = given("017", ["matched"], LIT);
const at = (text: string) => Date.parse(`${text}+08:00`);

/** The next step, as long after its time as is said. */
function step(stored: StoredTicket, late = 0, here = setting()): ReturnType<typeof reading> & { after: StoredTicket } {
  const due = nextStep(stored.ticket, TIMES);
  if (!due) throw new Error("the clock has nothing to do");
  const done = reading(stepped(here, stored, due.at + late));
  return { ...done, after: { ticket: done.ticket ?? stored.ticket, version: "2" } };
}

/** Every step until there is none: when, what happens, and whose it is then. */
function steps(stored: StoredTicket, here = setting()): (readonly [at: number, event: string, owner: string | null])[] {
  const found: (readonly [number, string, string | null])[] = [];
  for (let next = nextStep(stored.ticket, TIMES); next && found.length < 9; next = nextStep(stored.ticket, TIMES)) {
    const { events, after } = step(stored, 0, here);
    stored = after;
    found.push([next.at, events.join(), stored.ticket.owner]);
  }
  return found;
}

const openBy = (acceptBy: string) =>
  given("017", [{ ...OPENED_MATCHED, acceptBy: at(acceptBy) }], {
    awaited: { until: at(acceptBy), next: "remind" },
    acceptBy: at(acceptBy),
    ...LIT,
  });
const OPENED_MATCHED = {
  event: "matched" as const,
  item: "venue",
  size: "small" as const,
  owner: "h02",
  invited: null,
  why: "",
  match: null,
  due: OPENED.due,
  provisional: false,
};

describe("a case that nobody accepts", () => {
  it("after thirty minutes: its owner is reminded", () => {
    const { told, reminded, events, ticket } = step(open);
    expect(events).toEqual(["reminded"]);
    expect(told).toEqual([]);
    expect(reminded).toEqual(["staff:h02 accept"]);
    expect(ticket).toMatchObject({ owner: "h02", state: "open", acceptBy: OPENED.acceptBy });
  });

  it("after sixty: the next in turn has it, and everybody who has to do with it hears so", () => {
    const { told, events, ticket, decision, reminded } = step(step(open).after);
    expect(events).toEqual(["passed"]);
    expect(ticket).toMatchObject({ owner: "h03", first: "h02", state: "open", due: OPENED.due });
    expect(decision.changes[0]?.events[0]).toMatchObject({ by: "desk", why: "帮办员丙未在规定时间内接单" });
    // From their boxes, so that forty of them are no flood.
    expect(told).toEqual([]);
    expect(reminded).toEqual(["staff:h02 passed", "staff:h03 sent-for", "helpers passed"]);
    expect(decision.notices.map(({ why }) => why)).toEqual([undefined, "帮办员丙未在规定时间内接单", "帮办员丙"]);
  });

  it("after ninety: it is the chief's, who is told among staff, and that is the end of it", () => {
    const { reminded, decision, ticket, events } = step(step(step(open).after).after);
    expect(events).toEqual(["passed"]);
    expect(ticket).toMatchObject({ owner: "chief", first: "h02", state: "open" });
    expect(reminded).toEqual(["staff:h03 passed", "staff:chief sent-for"]);
    expect(decision.notices[1]?.why).toBe("帮办员辛未在规定时间内接单");
    expect(ticket && nextStep(ticket, TIMES)).toBeNull();
  });

  it("each step comes thirty working minutes after the one before, over the close and a rest day", () => {
    // 2026-12-31 is a Thursday; New Year's Day and the weekend follow.
    expect(steps(openBy("2026-12-31T17:40:00"))).toEqual([
      [at("2026-12-31T17:40:00"), "reminded", "h02"],
      [at("2027-01-04T08:40:00"), "passed", "h03"],
      [at("2027-01-04T09:10:00"), "passed", "chief"],
    ]);
  });

  it("after downtime each step still comes, one by one, and whoever is sent for has thirty minutes again", () => {
    const reminded = step(open, 180 * MINUTE);
    expect(reminded.events).toEqual(["reminded"]);
    expect(nextStep(reminded.after.ticket, TIMES)?.at).toBe(at("2026-12-07T13:02:00"));
    expect(steps(reminded.after).map(([, event, owner]) => [event, owner])).toEqual([
      ["passed", "h03"],
      ["passed", "chief"],
    ]);
  });

  it("after downtime nobody is sent for in the night: it waits for the morning, and says nothing", () => {
    const { events, told, after } = step(open, 12 * 60 * MINUTE);
    expect(events).toEqual(["put-off"]);
    expect(told).toEqual([]);
    expect(nextStep(after.ticket, TIMES)).toEqual({ at: at("2026-12-08T08:30:00"), step: "unaccepted" });
    expect(step(after).events).toEqual(["reminded"]);
  });

  it("a point with one helper: the main station, then the chief", () => {
    const own = given("017", ["matched"], { point: "liyuan", owner: "h01", ...LIT });
    expect(steps(own).map(([, , owner]) => owner)).toEqual(["h01", "chief"]);
    const away = new Map([["h03", { away: [{ from: "2026-12-07", to: "2026-12-07", deputy: null }], back: [] }]]);
    const alone = { ...setting(), station: withLeaves(station, away) };
    expect(steps(open, alone).map(([, , owner]) => owner)).toEqual(["h02", "h01", "chief"]);
    const passed = step(step(open, 0, alone).after, 0, alone);
    expect(passed.decision.changes[0]?.events[0]).toMatchObject({
      why: "帮办员丙未在规定时间内接单；由丽园商圈服务站帮办员庚代办",
    });
  });

  it("what is the chief's is reminded of once, and never passed", () => {
    const chiefs = given("017", ["matched"], { item: "other", owner: "chief", ...LIT });
    expect(step(chiefs).reminded).toEqual(["staff:chief accept"]);
    expect(steps(chiefs).map(([, event, owner]) => [event, owner])).toEqual([["reminded", "chief"]]);
  });

  it.each(["accepted", "withdrawn", "declined", "merged"] as const)("%s ends it", (event) => {
    expect(nextStep(given("017", ["matched", event], LIT).ticket, TIMES)).toBeNull();
  });

  it.each(["handed-over", "assigned"] as const)("%s begins it anew", (event) => {
    const passed = step(step(open).after).after;
    const { ticket } = given("017", ["matched", event]);
    expect(ticket.awaited).toEqual({ until: NOW + 30 * MINUTE, next: "remind" });
    expect(passed.ticket.awaited.next).toBe("chief");
  });

  it("reopened: it begins anew", () => {
    const { ticket } = given("017", ["matched", "accepted", "resolved", "reopened"]);
    expect(nextStep(ticket, TIMES)).toEqual({ at: OPENED.acceptBy, step: "unaccepted" });
  });

  it("who is sent for late has thirty minutes, and is told so", () => {
    const late = given("017", ["matched"], { owner: null, point: null, enterprise: null });
    const now = OPENED.acceptBy + 5 * MINUTE;
    const { ticket, told } = reading(stepped(setting(), late, now));
    expect(ticket).toMatchObject({ owner: "h01", awaited: { until: now + 30 * MINUTE, next: "remind" } });
    expect(told[0]?.text).toContain("请于 10:07 前接单");
  });

  it("whoever had it may no longer hand it over, whoever has it now accepts", () => {
    const passed = step(step(open).after).after;
    const quote = quoteOf("017");
    const now = OPENED.acceptBy + 40 * MINUTE;
    expect(said("转办 庚 忙不过来", { by: "sun.san", tickets: [passed], quote, now }).events).toEqual([]);
    const accepted = said("接单", { by: "wang.ba", tickets: [passed], quote, now });
    expect(accepted.events).toEqual(["accepted"]);
    expect(accepted.ticket && nextStep(accepted.ticket, TIMES)).toBeNull();
  });

  it("is kept in Redis", () => {
    const { ticket } = step(open).after;
    const kept = new Map(Object.entries(toRecord(ticket)).flatMap(([k, v]) => (v === null ? [] : [[k, v]])));
    expect(fromRecord("T017", kept).ticket).toEqual(ticket);
    expect(toRecord(open.ticket)["awaited"]).toBeNull();
  });
});
