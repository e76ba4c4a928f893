import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";

describe("the first life of a ticket", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterAll(() => desk.close());

  it("goes from a typed request to a rated ticket", async () => {
    const receipt = await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    expect(receipt.text).toBe(
      "【#1207-001 已受理】活动场地协调\n" +
        "诉求：周三下午想借一间能坐三十人的会议室\n" +
        "需求：12月9日（周三）下午　30人\n" +
        "承诺：今日 18:00 前答复　帮办员：帮办员丙（南社区服务点）\n" +
        receipt.text.split("\n")[4],
    );
    const task = await desk.pinged("wrGROUP01", "sun.san", "待接单");
    expect(task.text).toContain("需求：12月9日（周三）下午　30人\n请于 09:42 前接单，今日 18:00 前办结");

    const accepted = await desk.ask("wrGROUP01", "sun.san", "接单", task.id);
    expect(accepted.text).toBe("【#1207-001 正在办理】帮办员丙已接单，今日 18:00 前答复");
    await desk.ask("wrGROUP01", "sun.san", "正在联系三楼，下午给答复", task.id);
    await desk.pinged("wrGROUP01", "wang.min", "正在联系三楼");
    await desk.ask("wrGROUP01", "sun.san", "办结 三楼会议室，周三14:00-17:00，已留座", task.id);
    const solved = await desk.pinged("wrGROUP01", "wang.min", "已办结");
    expect(solved.text).toContain("结果：三楼会议室");
    const thanks = await desk.ask("wrGROUP01", "wang.min", "5", solved.id);
    expect(thanks.text).toContain("已评价");

    const ticket = await desk.api<{ state: string; rating: number; story: { event: string }[] }>(
      "/tickets/20261207-001",
    );
    expect(ticket).toMatchObject({ state: "closed", rating: 5, item: "venue", owner: "h02", first: "h02" });
    expect(ticket.story.map(({ event }) => event)).toEqual([
      "opened",
      "matched",
      "detailed",
      "accepted",
      "noted",
      "resolved",
      "rated",
      "closed",
    ]);
  });
});
