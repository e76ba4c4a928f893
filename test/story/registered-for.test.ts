/** Requests that were not typed by who has them: calls, visits, and an emergency. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";

describe("a helper writes down what was said on the telephone", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterAll(() => desk.close());

  it("and the company reads the receipt in its own group, with the same pledge", async () => {
    const recorded = await desk.ask("wrHELPERS", "zheng.qi", "代录 来电 恒通汽配 周三下午想借一间能坐三十人的会议室");
    expect(recorded.text).toBe(
      "【#1207-001 已代录】活动场地协调　恒通汽配有限公司（来电）\n承诺：今日 18:00 前答复　帮办员：帮办员丙（南社区服务点）\n回执已发至企业群",
    );
    const receipt = await desk.wecom.waitFor("wrGROUP01", ({ text }) => text.includes("已受理】"), 15_000);
    expect(receipt.text).toContain("帮办员庚已代您单位登记（来电）：\n【#1207-001 已受理】活动场地协调");
    const task = await desk.pinged("wrGROUP01", "sun.san", "待接单");
    await desk.ask("wrGROUP01", "sun.san", "办结 三楼会议室，已留座", task.id);
    const resolved = await desk.wecom.waitFor("wrGROUP01", ({ text }) => text.includes("已办结】用时"), 15_000);
    expect(resolved.mentions).toEqual([]);
    const rated = await desk.ask("wrGROUP01", "wang.min", "5", resolved.id);
    expect(rated.text).toContain("已评价");
    const ticket = await desk.api<{ state: string; asker: string; group: string }>("/tickets/20261207-001");
    expect(ticket).toMatchObject({ state: "closed", asker: "h01", group: "wrGROUP01" });
  });

  it("of a company without a group stays among staff", async () => {
    const recorded = await desk.ask("wrHELPERS", "sun.san", "代录 丽园食品 来访，问党费怎么交");
    expect(recorded.text).toContain("丽园食品有限公司（来访）");
    expect(recorded.text).toContain("请电话告知受理编号和时限");
    const task = await desk.pinged("wrHELPERS", "zheng.qi", "待接单");
    expect(task.text).toContain("丽园食品有限公司");
  });

  it("a visit is kept, and its wish becomes a ticket", async () => {
    const visited = await desk.ask(
      "wrHELPERS",
      "sun.san",
      "走访 恒通汽配，支部活动正常。诉求：想请老师来上党课，下周五，四十人",
    );
    expect(visited.text).toContain("已记录走访：恒通汽配有限公司（12月7日（周一））");
    expect(visited.text).toContain("已代录】师资课程对接　恒通汽配有限公司（走访）");
    const [visit] = await desk.redis.redis.lrange(`${desk.redis.tag}:visits`, 0, -1);
    expect(JSON.parse(visit ?? "{}")).toMatchObject({ by: "h02", enterprise: "恒通汽配有限公司" });
  });
});

describe("an emergency", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
    await desk.setClock("2026-12-07T22:30:00+08:00");
  });
  afterAll(() => desk.close());

  it("is answered at once, also at night, and the chief is mentioned", async () => {
    const answer = await desk.ask("wrGROUP01", "wang.min", "车间着火了，有人受伤流血");
    expect(answer.text.split("\n")[0]).toBe(
      "如遇紧急情况，请立即拨打：火警、被困 119，急救 120，报警 110，先确保人身安全。已同时报告首席帮办员",
    );
    const chief = await desk.pinged("wrHELPERS", "zhao.yi", "紧急】");
    expect(chief.text).toContain("恒通汽配有限公司\n原话：车间着火了，有人受伤流血");
    expect(chief.text).toContain("其中有“着火”“受伤流血”");
  });

  it("a number of identity in the group is warned of once, and shown nowhere", async () => {
    const first = await desk.ask("wrGROUP01", "wang.min", "想转组织关系，身份证 330203199001011234");
    expect(first.text).toContain("群内请勿发送身份证号");
    expect(first.text).not.toContain("330203199001011234");
    const second = await desk.ask("wrGROUP01", "wang.min", "借一间会议室，我身份证330203199001011234，明天用");
    expect(second.text).not.toContain("请勿发送");
  });
});
