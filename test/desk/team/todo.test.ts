import { describe, expect, it } from "vitest";
import { given, isCommand, NOW, OPENED, said } from "../scene-given.ts";
import { ROWS_MAX } from "../screen.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const helper = { by: "sun.san", chat: null };
const accepted = given("017", ["matched", "accepted"]);
const late = given("003", ["matched", "accepted"], { due: NOW - DAY, light: "yellow" });
const urgent = given("020", ["matched", "alarmed"], { due: NOW + 3 * DAY });
const open = given("018", ["matched"], {
  due: NOW + DAY,
  enterprise: "明州服饰有限公司",
  conversation: "wecom:wrGROUP02",
});

describe("我的待办", () => {
  it("is by light and due, urgent first, with counts", () => {
    const { answer, decision } = said("我的待办", { ...helper, overview: { own: [open, accepted, late, urgent] } });
    expect(answer).toBe(
      [
        "我的待办 4 件　逾期 1　今日到期 1　待接单 2",
        "〔已逾期〕",
        "#1207-003 活动场地协调　恒通汽配 黄灯",
        "〔12月10日（周四）09:12 前〕",
        "#1207-020 活动场地协调　恒通汽配 紧急 待接单",
        "〔今日 18:00 前〕",
        "#1207-017 活动场地协调　恒通汽配",
        "〔12月8日（周二）09:12 前〕",
        "#1207-018 活动场地协调　明州服饰 待接单",
        "引用本条并@小帮手 回复：编号 接单 / 编号 进展 内容 / 编号 办结 结果",
      ].join("\n"),
    );
    expect(decision.lines[0]).toMatchObject({
      about: "20261207-003",
      also: ["20261207-020", "20261207-017", "20261207-018"],
    });
  });

  it("of forty still fits one message and a telephone, and names every one", () => {
    const own = Array.from({ length: 40 }, (_, i) =>
      given(String(i + 1).padStart(3, "0"), ["matched", "accepted"], { due: OPENED.due + Math.floor(i / 8) * DAY }),
    );
    const { answer } = said("我的待办", { ...helper, overview: { own } });
    for (const { ticket } of own) expect(answer).toContain(`#1207-${ticket.number.slice(-3)}`);
    expect(Buffer.byteLength(answer)).toBeLessThan(2048);
    // Lines as they are written: of twenty characters each they would be twenty-eight rows.
    expect(answer.split("\n").length).toBeLessThanOrEqual(ROWS_MAX);
  });

  it("names no other company in a company's group", () => {
    const { answer } = said("我的待办", { by: "sun.san", overview: { own: [open, accepted] } });
    expect(answer).toContain("#1207-018 活动场地协调 待接单");
    expect(answer).toContain("#1207-017 活动场地协调　恒通汽配");
  });

  it("has those that one stands in for behind it", () => {
    const { answer } = said("看下我名下的单子", {
      ...helper,
      means: { 看下我名下的单子: isCommand("todo") },
      overview: { own: [], standIn: [accepted] },
    });
    expect(answer).toContain("我的待办 0 件");
    expect(answer).toContain("代办：\n〔今日 18:00 前〕\n#1207-017");
  });

  it("counts no case as late whose clock stands still, save it was late before", () => {
    const pause = { since: NOW - 2 * HOUR, until: NOW + DAY, reason: "" };
    const inTime = given("021", ["matched", "accepted", "paused"], { due: NOW - HOUR, pause, light: "blue" });
    const before = given("022", ["matched", "accepted", "paused"], { due: NOW - 3 * HOUR, pause, light: "yellow" });
    const overview = { own: [inTime, before], open: [inTime, before] };
    expect(
      said("我的待办", { ...helper, overview })
        .answer.split("\n")
        .slice(0, 5),
    ).toEqual([
      "我的待办 2 件　逾期 1　今日到期 0　待接单 0",
      "〔已逾期〕",
      "#1207-022 活动场地协调　恒通汽配 黄灯 等待补充",
      "〔计时暂停〕",
      "#1207-021 活动场地协调　恒通汽配 蓝灯 等待补充",
    ]);
    expect(said("今日", { ...helper, overview }).answer).toContain("逾期 1：#1207-022\n在岗");
  });

  it("of nobody who has any says so; a leader and a company have none", () => {
    expect(said("我的待办", { ...helper, overview: {} }).answer).toBe("您名下没有未办结的工单");
    expect(said("我的待办", { by: "li.si", chat: null, overview: {} }).answer).toContain("须由服务站的帮办员");
    expect(said("我的待办").answer).toContain("须由服务站的帮办员");
  });
});

describe("今日", () => {
  const elsewhere = given("030", ["matched"], { point: "liyuan" });
  const done = given("040", ["matched", "accepted", "resolved"]);
  const overview = { open: [open, accepted, late, elsewhere], received: [open, accepted, elsewhere], resolved: [done] };

  it("is the point's day for its helper", () => {
    const leaves = new Map([["h03", { away: [{ from: "2026-12-07", to: "2026-12-09", deputy: "h02" }], back: [] }]]);
    expect(said("今日", { ...helper, overview, leaves }).answer).toBe(
      [
        "今日情况　12月7日（周一）",
        "〔南社区服务点〕受理 2　办结 1　在办 3（待接单 1）",
        "逾期 1：#1207-003",
        "今日到期 1：#1207-017",
        "在岗：帮办员丙　请假：帮办员辛（至12月9日（周三），帮办员丙代）",
      ].join("\n"),
    );
  });
  it("is every point's for the main station, the chief and a leader", () => {
    for (const by of ["zheng.qi", "zhao.yi", "li.si"]) {
      const { answer } = said("今日", { by, chat: null, overview });
      expect(answer).toContain("〔丽园商圈服务站〕受理 1　办结 0　在办 1（待接单 1）");
      expect(answer).toContain("〔南社区服务点〕受理 2");
    }
  });
  it("is not a company's", () => expect(said("今日").answer).toContain("须由服务站的帮办员"));
});
