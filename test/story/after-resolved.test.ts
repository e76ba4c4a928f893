/** What comes after 办结: silence, a low rating and its call-back; and what is taken back at once. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { oneHelper, openTestDesk, type TestDesk } from "../doubles/desk.ts";

interface Row {
  readonly state: string;
  readonly rating: number | null;
  readonly story: readonly { readonly event: string; readonly why?: string; readonly by: string }[];
}

describe("after 办结", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk({ station: oneHelper });
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterAll(() => desk.close());

  /** Opened by wang.min, resolved by sun.san: the line that asks for a rating. */
  async function resolved(text: string) {
    await desk.ask("wrGROUP01", "wang.min", text);
    const task = await desk.pinged("wrGROUP01", "sun.san", text);
    await desk.ask("wrGROUP01", "sun.san", "办结 三楼会议室，已留座", task.id);
    const number = /#1207-(\d{3})/u.exec(task.text)?.[1] ?? "";
    const line = await desk.pinged("wrGROUP01", "wang.min", `#1207-${number} 已办结`);
    return { number, line };
  }

  it("a low rating is called back by somebody else, and what is not solved is worked on again", async () => {
    const { number, line } = await resolved("周三下午想借一间能坐三十人的会议室");
    const rated = await desk.ask("wrGROUP01", "wang.min", "1", line.id);
    expect(rated.text).toContain("没有办好，抱歉。首席帮办员将安排其他同志回访");
    const low = await desk.pinged("wrHELPERS", "zhao.yi", "低分评价");
    expect(low.text).toContain("由承办人以外的同志回访整改");

    const own = await desk.ask("wrHELPERS", "sun.san", "回访 都好了", low.id);
    expect(own.text).toContain("“回访”由首席帮办员或其指定的同志提出，本次未生效");
    const naming = await desk.ask("wrHELPERS", "zhao.yi", "回访 由 帮办员庚", low.id);
    expect(naming.text).toContain("已安排回访】由帮办员庚于 12月28日（周一）18:00 前回访");
    const please = await desk.pinged("wrHELPERS", "zheng.qi", "请回访");
    const result = await desk.ask("wrHELPERS", "zheng.qi", "回访 企业说场地被占，还没解决", please.id);
    expect(result.text).toContain("重新办理】已回访：企业说场地被占，还没解决");
    await desk.pinged("wrGROUP01", "sun.san", `#1207-${number} 未解决`);
    const { state, rating, story } = await desk.api<Row>(`/tickets/20261207-${number}`);
    expect({ state, rating }).toEqual({ state: "open", rating: null });
    expect(story.map(({ event }) => event).slice(-4)).toEqual(["rated", "caller-named", "called-back", "reopened"]);
  });

  it("what was pressed by mistake is taken back, and the other side hears so", async () => {
    const { number } = await resolved("想请老师来上党课，下周五，四十人");
    const undone = await desk.ask("wrGROUP01", "sun.san", "撤销");
    expect(undone.text).toContain(`【#1207-${number} 已撤销】已撤销刚才的“办结”`);
    await desk.pinged("wrGROUP01", "wang.min", "更正】此前告知的办结作废");
    const again = await desk.ask("wrGROUP01", "sun.san", "撤销");
    expect(again.text).toBe("五分钟内没有可以撤销的操作。如需更正，请写上编号直接说明");
    expect((await desk.api<Row>(`/tickets/20261207-${number}`)).state).toBe("open");
  });

  it("silence closes after three working days, unrated; thanks had opened nothing", async () => {
    const { number, line } = await resolved("想借二十件红马甲周六用");
    await desk.wecom.say({ chat: "wrGROUP01", by: "wang.min", text: "@小帮手 谢谢", quote: line.id });
    await desk.setClock("2026-12-11T00:00:05+08:00");
    const row = await vi.waitFor(async () => {
      const now = await desk.api<Row>(`/tickets/20261207-${number}`);
      expect(now.state).toBe("closed");
      return now;
    }, 15_000);
    expect(row).toMatchObject({ state: "closed", rating: null });
    expect(row.story.at(-1)).toMatchObject({ event: "closed", why: "未评价", by: "desk" });
    const late = await desk.ask("wrGROUP01", "wang.min", "未解决", line.id);
    expect(late.text).toContain("办结已超过三个工作日");
  });
});
