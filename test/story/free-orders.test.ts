import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";

interface Told {
  readonly owner: string;
  readonly due: string;
  readonly state: string;
}

describe("staff's free words", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterAll(() => desk.close());
  const ticket = (number: string) => desk.api<Told>(`/tickets/${number}`);

  it("are asked about, done by number, and never told to the company unasked", async () => {
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1207-001 待接单");

    const which = await desk.ask("wrGROUP01", "sun.san", "让庚去现场看看", task.id);
    expect(which.text).toContain("1 转办 帮办员庚（丽园商圈服务站）");
    await desk.ask("wrGROUP01", "sun.san", "1", which.id);
    const handed = await desk.ask("wrGROUP01", "sun.san", "企业搬到丽园了");
    expect(handed.text).toContain("【#1207-001 已转办】现由帮办员庚（丽园商圈服务站）办理");

    // 协办 and the chief may tell; it is their owner's to accept.
    await desk.ask("wrHELPERS", "zhao.yi", "1207-001 进展 街道已打过招呼");
    await desk.pinged("wrGROUP01", "wang.min", "#1207-001 办理进展】首席帮办员甲：街道已打过招呼");
    expect(await ticket("20261207-001")).toMatchObject({ owner: "h01", state: "open" });

    await desk.ask("wrGROUP01", "zheng.qi", "1207-001 延期 周三 三楼在装修");
    await desk.ask("wrGROUP01", "zheng.qi", "1207-001 今天怕是弄不完了，缓到周五行不行，装修要到那天");
    const second = await desk.pinged("wrHELPERS", "zhao.yi", "替代前一申请（12月9日（周三）18:00）");
    await desk.ask("wrHELPERS", "zhao.yi", "同意，但只能到周四", second.id);
    await desk.pinged("wrGROUP01", "wang.min", "新的时间：12月10日（周四）18:00 前");
    expect((await ticket("20261207-001")).due).toBe("2026-12-10T18:00:00+08:00");
    const again = await desk.ask("wrHELPERS", "zhao.yi", "同意", second.id);
    expect(again.text).toContain("已有决定】首席帮办员甲已于今日 09:12同意延期");

    const toCompany = desk.wecom.sent("wrGROUP01").filter(({ from, text }) => from === "bot" || text.includes("【"));
    for (const words of ["让庚去现场看看", "正在办理】帮办员丙：", "缓到周五行不行，装修要到那天】"]) {
      expect(toCompany.some(({ text }) => text.includes(words))).toBe(false);
    }
  });
});
