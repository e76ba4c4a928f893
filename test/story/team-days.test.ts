/** The team's days: leave, its deputy, coming back, and who has what open. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";

interface Row {
  readonly owner: string;
  readonly first: string;
  readonly state: string;
  readonly story: readonly { readonly event: string; readonly why?: string }[];
}

describe("a helper goes on leave", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterAll(() => desk.close());

  it("and nothing is left lying", async () => {
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    await desk.pinged("wrGROUP01", "sun.san", "待接单");

    const leave = await desk.ask("wrHELPERS", "sun.san", "请假 12月7日到9日 由 帮办员辛 代");
    expect(leave.text).toContain("已登记请假：帮办员丙，12月7日（周一）至12月9日（周三）\n期间由帮办员辛代办，已告知");
    expect(leave.text).toContain("您名下未办结的 1 件已列给帮办员辛");
    await desk.pinged("wrHELPERS", "zhao.yi", "【请假】帮办员丙");
    const list = await desk.pinged("wrHELPERS", "wang.ba", "【请您代办】帮办员丙请假");
    expect(list.text).toContain("#1207-001 活动场地协调　恒通汽配 待接单");

    const again = await desk.ask("wrHELPERS", "sun.san", "请假 12月8日");
    expect(again.text).toContain("日期有重叠");

    // What comes meanwhile is the other helper's; what was there is worked on by the deputy.
    const next = await desk.ask("wrGROUP01", "wang.min", "想请老师来上党课，下周五，四十人");
    expect(next.text).toContain("帮办员：帮办员辛");
    const todo = await desk.ask("wrHELPERS", "wang.ba", "我的待办");
    expect(todo.text).toContain("我的待办 1 件");
    expect(todo.text).toContain("代办：\n〔今日 18:00 前〕\n#1207-001");
    const accepted = await desk.ask("wrGROUP01", "wang.ba", "办结 三楼会议室，周三下午，已留座", "1207-001");
    expect(accepted.text).not.toContain("须由");
    const today = await desk.ask("wrHELPERS", "wang.ba", "今日");
    expect(today.text).toContain("在岗：帮办员辛　请假：帮办员丙（至12月9日（周三），帮办员辛代）");

    const back = await desk.ask("wrHELPERS", "sun.san", "销假");
    expect(back.text).toContain("已销假，今日起恢复派单");
    await desk.pinged("wrHELPERS", "wang.ba", "【销假】帮办员丙已返岗");
    const free = await desk.ask("wrHELPERS", "sun.san", "我的待办");
    expect(free.text).not.toContain("代办：");

    const ticket = await desk.api<Row>("/tickets/20261207-002");
    expect(ticket).toMatchObject({ owner: "h03", first: "h03" });
  });
});
