import { describe, expect, it } from "vitest";
import { nextStep } from "../../../src/desk/clock/next-step.ts";
import { NOTHING } from "../../../src/desk/decision.ts";
import { colleagueNamed } from "../../../src/desk/team/colleagues.ts";
import { shanghaiTime } from "../../../src/pledge/hours.ts";
import { given, NOW, quoteOf, reading, said, setting, station, stepped, TIMES } from "../scene-given.ts";

const DAY = 86_400_000;
const BY = shanghaiTime("2026-12-28", 18 * 60);
const low = { event: "rated", rating: 2, callBackBy: BY } as const;
const rated = given("017", ["matched", "accepted", "resolved", low]);
const named = given("017", ["matched", "accepted", "resolved", low, "caller-named"]);
const resolved = given("017", ["matched", "accepted", "resolved"]);
const quote = quoteOf("017");
const chief = { by: "zhao.yi", chat: null, quote };

describe("after 办结", () => {
  it("three working days are open to words: Monday's until the end of Thursday", () => {
    const { ticket } = said("办结 三楼会议室", {
      by: "sun.san",
      quote,
      tickets: [given("017", ["matched", "accepted"])],
    });
    expect(ticket?.rateBy).toBe(shanghaiTime("2026-12-11", 0));
    expect(nextStep(ticket ?? resolved.ticket, TIMES)).toEqual({ at: shanghaiTime("2026-12-11", 0), step: "unrated" });
  });
  it("silence closes it as 未评价, and nobody is told", () => {
    const at = NOW + 4 * DAY;
    expect(stepped(setting(), resolved, at - 1)).toBe(NOTHING);
    const { events, ticket, told, decision } = reading(stepped(setting(), resolved, at));
    expect(events).toEqual(["closed"]);
    expect(decision.changes[0]?.events[0]).toMatchObject({ why: "未评价", by: "desk" });
    expect(ticket).toMatchObject({ state: "closed", rating: null });
    expect(told).toEqual([]);
  });
  it("a closed one has no further step", () => {
    expect(nextStep(given("017", ["matched", "accepted", "resolved", "closed"]).ticket, TIMES)).toBeNull();
  });
});

describe("a low rating", () => {
  it("waits for a call-back within fifteen working days, and the chief hears how", () => {
    const { ticket, told } = said("2", { tickets: [resolved], quote });
    expect(ticket).toMatchObject({ state: "resolved", callBackBy: BY });
    expect(told[0]?.to).toBe("chief*");
    expect(told[0]?.text).toContain("请于 12月28日（周一）18:00 前由承办人以外的同志回访整改");
    expect(told[0]?.text).toContain("回访 由 姓名");
  });
  it("silence does not close; the chief is reminded once", () => {
    expect(stepped(setting(), rated, NOW + 5 * DAY)).toBe(NOTHING);
    const { told, events, ticket } = reading(stepped(setting(), named, BY));
    expect(events).toEqual(["reminded"]);
    expect(told[0]?.text).toContain(
      "回访逾期】活动场地协调　恒通汽配有限公司\n低分评价已满十五个工作日，帮办员辛尚未回访",
    );
    expect(ticket && nextStep(ticket, TIMES)).toBeNull();
    expect(reading(stepped(setting(), rated, BY)).told[0]?.text).toContain("尚未安排回访");
  });
  it("that is put right needs no call, and who would have called hears so", () => {
    const { ticket, told } = said("5", { tickets: [named], quote });
    expect(ticket).toMatchObject({ state: "closed", rating: 5, callBackBy: null, caller: null });
    expect(told.map(({ to, text }) => [to, text.includes("评价更正】诉求人更正为非常满意")])).toEqual([
      ["chief*", true],
      ["h03", true],
    ]);
  });
  it("given once more keeps who was named", () => {
    expect(said("1", { tickets: [named], quote }).ticket).toMatchObject({ rating: 1, caller: "h03" });
  });
  it("未解决 reopens, and nobody calls", () => {
    expect(said("未解决", { tickets: [named], quote }).ticket).toMatchObject({
      state: "open",
      callBackBy: null,
      caller: null,
    });
  });
});

describe("the call-back", () => {
  it.each(["回访 由 帮办员辛", "由帮办员辛回访", "派 帮办员辛 去回访", "请帮办员辛回访", "派 h03"])(
    "%s names who calls",
    (text) => {
      const { ticket, answer, told } = said(text, { ...chief, tickets: [rated] });
      expect(ticket?.caller).toBe("h03");
      expect(answer).toBe("【#1207-017 已安排回访】由帮办员辛于 12月28日（周一）18:00 前回访");
      expect(told.map(({ to }) => to)).toEqual(["h03*"]);
      expect(told[0]?.text).toContain("办理结果：三楼会议室，已留座");
    },
  );
  it("is not the owner's", () => {
    expect(said("回访 由 帮办员丙", { ...chief, tickets: [rated] }).answer).toContain("帮办员丙是本件承办人");
    expect(said("回访 满意了", { by: "sun.san", chat: null, quote, tickets: [rated] }).answer).toContain(
      "“回访”由首席帮办员或其指定的同志提出，本次未生效",
    );
    const own = given("017", ["matched", "accepted", "resolved", low], { owner: "chief" });
    expect(said("回访 满意了", { ...chief, tickets: [own] }).answer).toContain("回访须由承办人以外的同志进行");
  });
  it("is named by the chief alone, and somebody who exists", () => {
    expect(said("回访 由 帮办员庚", { by: "wang.ba", chat: null, quote, tickets: [named] }).answer).toContain(
      "“安排回访”由首席帮办员提出，本次未生效",
    );
    expect(said("回访 由 张无忌", { ...chief, tickets: [rated] }).answer).toContain(
      "没有查到“张无忌”。可安排回访的同志：首席帮办员甲、",
    );
  });
  it("closes what was put right", () => {
    const { events, ticket, answer, told } = said("回访 已重新协调场地，企业表示满意", {
      by: "wang.ba",
      chat: null,
      quote,
      tickets: [named],
    });
    expect(events).toEqual(["called-back", "closed"]);
    expect(ticket).toMatchObject({ state: "closed", rating: 2, callBackBy: null });
    expect(answer).toContain("已归档】已回访：已重新协调场地");
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
  });
  it.each(["回访 企业说还没解决", "回访：对方仍不满意，要求重新办", "回访结果 问题没有落实"])(
    "%s: worked on again",
    (text) => {
      const { events, ticket, told } = said(text, { ...chief, tickets: [rated] });
      expect(events).toEqual(["called-back", "reopened"]);
      expect(ticket).toMatchObject({ state: "open", rating: null, owner: "h02", callBackBy: null });
      expect(ticket?.due).toBeGreaterThan(NOW);
      expect(told.map(({ to }) => to)).toEqual(["wecom:wang.min", "h02"]);
    },
  );
  it("wants words", () => expect(said("回访", { ...chief, tickets: [rated] }).answer).toContain("请写明回访情况"));
  it("is asked for by a low rating alone", () => {
    expect(said("回访 满意", { ...chief, tickets: [resolved] }).answer).toContain("没有待回访的评价");
    const working = given("017", ["matched", "accepted"]);
    expect(said("回访了企业，还在选场地", { ...chief, tickets: [working] }).answer).not.toContain("回访”");
  });
});

describe("查", () => {
  const chiefSees = { by: "zhao.yi", chat: null };
  it("tells how it was rated, who calls back, who had it first, and that it is urgent", () => {
    const ask = (stored: typeof rated) => said("#1207-017 查", { ...chiefSees, tickets: [stored] }).answer;
    expect(ask(rated)).toContain("评价：不满意，12月28日（周一）18:00 前回访");
    expect(ask(named)).toContain("评价：不满意，12月28日（周一）18:00 前由帮办员辛回访");
    expect(ask(given("017", ["matched", "accepted", "resolved", "rated", "closed"]))).toContain("评价：非常满意");
    expect(ask(given("017", ["matched", "accepted", "resolved", "closed"]))).toContain("评价：未评价");
    expect(ask(resolved)).not.toContain("评价：");
    expect(ask(given("017", ["matched", "passed", "alarmed"]))).toContain("首接：帮办员丙\n紧急：已报首席帮办员");
  });
});

describe("a colleague", () => {
  it.each([
    ["帮办员辛", "h03"],
    ["h03", "h03"],
    ["小辛", "h03"],
    ["老丙", "h02"],
    ["帮办员辛同志", "h03"],
    ["帮办员", null],
    ["小王", null],
    ["领导丁", null],
    ["", null],
  ])("%s is %s", (typed, id) => expect(colleagueNamed(station, typed).caller?.id ?? null).toBe(id));
});
