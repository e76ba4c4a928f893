import { describe, expect, it } from "vitest";
import { evolve, replay, type Ticket } from "../../../src/desk/ticket/ticket.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import { NO_LEAVE, takeLeave, toLeaveLine } from "../../../src/station/leave.ts";
import { detailOf } from "../../../src/web/ticket-view.ts";
import {
  eventOf,
  given,
  HAPPENINGS,
  isCommand,
  isItem,
  MINUTE,
  NOW,
  OPENED,
  quoteOf,
  type Said,
  said,
} from "../scene-given.ts";

const accepted = given("017", ["matched", "accepted"]);
const open = given("017", ["matched"]);
const resolved = given("017", ["matched", "accepted", "resolved"]);
const quote = quoteOf("017");
const helper = { by: "sun.san", quote };

/** Its track tells of the act and that it was taken back. */
const asItWas = (ticket: Ticket | undefined) => ({ ...ticket, track: "" });
const didBy = ({ decision }: Said) => decision.talks.find(({ did }) => did)?.did;
/** As the act has left it. */
const left = ({ ticket }: Said, version = "2"): StoredTicket => {
  if (!ticket) throw new Error("the act has changed a ticket");
  return { ticket, version };
};

function undone(act: Said, by: string, more: object = {}) {
  const did = didBy(act);
  if (!did) throw new Error("the act is kept");
  return said("撤销", { by, did, overview: { done: [left(act)] }, ...more });
}

describe("撤销", () => {
  it("of a second application says that the first one is there again, to the chief as well", () => {
    const first = given("017", ["matched", "accepted", "proposed"]);
    const act = said("延期 周五 老师没空", { ...helper, tickets: [first] });
    const { answer, told, ticket } = undone(act, "sun.san");
    expect(ticket?.proposal).toEqual(first.ticket.proposal);
    expect(answer).toContain("已撤销刚才的“申请”，本件正在办理。延至 12月8日（周二）18:00 的申请仍待决定");
    expect(told.find(({ to }) => to === "chief*")?.text).toContain("的申请仍待决定");
    const noted = said("进展 在联系", { ...helper, tickets: [first] });
    expect(undone(noted, "sun.san").answer).not.toContain("仍待决定");
  });

  it.each([
    ["接单", helper, open, "接单"],
    ["办结 三楼会议室", helper, accepted, "办结"],
    ["进展 在联系", helper, open, "记录"],
    ["撤回", { by: "wang.min", quote }, accepted, "撤回"],
    ["催办", { by: "wang.min", quote }, accepted, "催办"],
    ["2", { by: "wang.min", quote }, resolved, "评价"],
    ["5", { by: "wang.min", quote }, resolved, "评价"],
    ["未解决", { by: "wang.min", quote }, resolved, "未解决"],
    ["改 党费收缴", { by: "wang.min", quote }, open, "改事项"],
    [
      "回访 由 帮办员辛",
      { by: "zhao.yi", quote },
      given("017", ["matched", "accepted", "resolved", { event: "rated", rating: 2, callBackBy: NOW }]),
      "安排回访",
    ],
  ] as const)("takes back %s: the ticket is as it was, and the story tells so", (text, how, before, name) => {
    const act = said(text, { ...how, tickets: [before] });
    const { ticket, events, answer, decision } = undone(act, how.by);
    expect(events).toEqual(["undone"]);
    expect(asItWas(ticket)).toEqual(asItWas(before.ticket));
    expect(answer).toContain(`已撤销刚才的“${name}”，本件`);
    expect(decision.talks).toEqual([expect.objectContaining({ did: null })]);
  });

  it("corrects in one line what was told", () => {
    const act = said("办结 三楼会议室", { ...helper, tickets: [accepted] });
    expect(act.told.map(({ to }) => to)).toEqual(["wecom:wang.min"]);
    expect(undone(act, "sun.san").told).toEqual([
      { to: "wecom:wang.min", text: "【#1207-017 更正】此前告知的办结作废，本件正在办理，给您添麻烦了" },
    ]);
    const rated = said("1", { quote, tickets: [resolved] });
    expect(undone(rated, "wang.min").told).toEqual([
      { to: "chief*", text: "【#1207-017 更正】诉求人撤销了刚才的“评价”，本件已办结" },
    ]);
  });

  it("of another time tells the company which one holds again", () => {
    const act = said("延期 周三 场地方要开会研究", { by: "zhao.yi", quote, tickets: [accepted] });
    expect(act.told[1]).toEqual({
      to: "h02",
      text: "【#1207-017 已延期】首席帮办员调整时限，新的时间：12月9日（周三）18:00 前",
    });
    expect(undone(act, "zhao.yi").told).toEqual([
      {
        to: "wecom:wang.min",
        text: "【#1207-017 更正】此前告知的延期作废，仍于今日 18:00 前答复，给您添麻烦了",
      },
      { to: "h02", text: "【#1207-017 更正】首席帮办员甲撤销了刚才的“延期”，本件正在办理" },
    ]);
  });

  it("of a request that was just opened withdraws it, and its helper hears so", () => {
    const act = said("借会议室", { means: { 借会议室: isItem("venue") } });
    const { ticket, told, answer } = said("撤销", { did: didBy(act) as never, overview: { done: [left(act, "1")] } });
    expect(ticket?.state).toBe("withdrawn");
    expect(answer).toContain("已撤销】已取消登记，本件不再办理");
    expect(told.map(({ to }) => to)).toEqual(["h02"]);
  });

  it("of a leave is the leave's end, and chief and deputy hear so", () => {
    const act = said("请假 明天 由 帮办员辛 代", { by: "sun.san", chat: null });
    const leave = takeLeave(NO_LEAVE, { from: "2026-12-08", to: "2026-12-08", deputy: "h03" }, "2026-12-07");
    const given = {
      by: "sun.san",
      chat: null,
      did: didBy(act) as never,
      leaves: new Map([["h02", leave]]),
      overview: {},
    };
    const { decision, answer, told } = said("撤销", given);
    expect(decision.leave).toEqual({ person: "h02", before: toLeaveLine(leave), after: "" });
    expect(answer).toBe("已撤销刚才的“请假”");
    expect(told.map(({ to }) => to)).toEqual(["chief*", "h03*"]);
    expect(said("撤销", { ...given, leaves: new Map() }).answer).toContain("不能撤销");
  });

  it("in free words", () => {
    const act = said("办结 三楼会议室", { ...helper, tickets: [accepted] });
    const means = { 点错了: isCommand("undo") };
    expect(undone(act, "sun.san").events).toEqual(["undone"]);
    const free = said("点错了", { by: "sun.san", did: didBy(act) as never, overview: { done: [left(act)] }, means });
    expect(free.events).toEqual(["undone"]);
    expect(said("点错了", { by: "sun.san", means }).answer).toBe(
      "五分钟内没有可以撤销的操作。如需更正，请写上编号直接说明",
    );
  });

  it("in free words about the ticket that is quoted: no progress for the company to read", () => {
    const act = said("办结 三楼会议室", { ...helper, tickets: [accepted] });
    const did = didBy(act) as never;
    const means = { 刚才误办结了: isCommand("undo") };
    const { events, told } = said("刚才误办结了", {
      ...helper,
      tickets: [left(act)],
      did,
      overview: { done: [left(act)] },
      means,
    });
    expect(events).toEqual(["undone"]);
    expect(told).toHaveLength(1);
  });

  it("is possible for five minutes", () => {
    const act = said("接单", { ...helper, tickets: [open] });
    expect(undone(act, "sun.san", { now: NOW + 5 * MINUTE }).events).toEqual(["undone"]);
    expect(undone(act, "sun.san", { now: NOW + 6 * MINUTE }).answer).toBe(
      "五分钟内没有可以撤销的操作。如需更正，请写上编号直接说明",
    );
    expect(said("撤销", { by: "sun.san" }).answer).toBe("五分钟内没有可以撤销的操作。如需更正，请写上编号直接说明");
  });

  it("not once somebody has acted since", () => {
    const act = said("接单", { ...helper, tickets: [open] });
    const { answer, events } = undone(act, "sun.san", { overview: { done: [left(act, "3")] } });
    expect(answer).toContain("未撤销】其后已有新的办理，不能撤销");
    expect(events).toEqual([]);
  });

  it("also when the clock has lit the ticket meanwhile, and the light stays", () => {
    const act = said("转办 帮办员辛 出差", { ...helper, tickets: [accepted] });
    const { ticket } = left(act);
    const lit = { ticket: evolve(ticket, eventOf(HAPPENINGS.light, NOW)), version: "3", acted: "2" };
    const { events, ticket: back } = undone(act, "sun.san", { overview: { done: [lit] } });
    expect(events).toEqual(["undone"]);
    expect(back).toMatchObject({ owner: "h02", state: "accepted", light: "yellow" });
    expect(undone(act, "sun.san", { overview: { done: [{ ...lit, acted: "3" }] } }).events).toEqual([]);
  });

  it("not of another ticket than the one that is named", () => {
    const act = said("接单", { ...helper, tickets: [open] });
    const other = given("018", ["matched", "accepted"]);
    expect(undone(act, "sun.san", { quote: quoteOf("018"), tickets: [other] }).answer).toContain("不是这一件");
  });

  it("is kept of acts alone: what changes nothing leaves the last act as it is", () => {
    expect(didBy(said("查", { ...helper, tickets: [open] }))).toBeUndefined();
  });
});

describe("the story of an undone act", () => {
  const story = [
    eventOf({ ...OPENED }),
    eventOf(HAPPENINGS.matched),
    eventOf(HAPPENINGS.accepted),
    eventOf({ event: "resolved", result: "打 13812345678", rateBy: NOW }),
    eventOf({
      event: "undone",
      act: "办结",
      back: { state: "accepted", result: null, resolvedAt: null, rateBy: null },
    }),
    eventOf({ event: "undone", act: "未解决", back: { result: "打 13812345678", resolvedAt: NOW } }),
  ];
  it("replays to the ticket as it was", () => {
    const told = (events: number) => asItWas(replay("T1", "20261207-001", story.slice(0, events)));
    expect(told(5)).toEqual(told(3));
  });
  it("shows nothing in /api that is personal", () => {
    const shown = JSON.stringify(detailOf(open.ticket, story));
    expect(shown).toContain("138****5678");
    expect(shown).not.toContain("13812345678");
  });
});
