import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { oneHelper, openTestDesk, type TestDesk } from "../doubles/desk.ts";

interface Told {
  readonly state: string;
  readonly light: string | null;
  readonly due: string;
  readonly story: readonly { readonly event: string; readonly light?: string }[];
}

describe("a promise and its lights", () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk({ station: oneHelper });
  });
  afterEach(() => desk.close());

  const ticket = (n = "001") => desk.api<Told>(`/tickets/20261207-${n}`);
  const lights = async () => (await ticket()).story.flatMap(({ light }) => light ?? []);
  const shown = (chat: string, words: string) => desk.wecom.waitFor(chat, ({ text }) => text.includes(words), 15_000);

  it("blue to the helper, yellow also to the chief and with an apology to the company, red to the leaders", async () => {
    await desk.setClock("2026-12-07T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1207-001 待接单");
    await desk.ask("wrGROUP01", "sun.san", "接单", task.id);

    await desk.setClock("2026-12-07T17:00:00+08:00");
    const blue = await desk.pinged("wrGROUP01", "sun.san", "#1207-001 蓝灯");
    expect(blue.text).toContain("将于 今日 18:00 到期");
    expect((await ticket()).light).toBe("blue");

    await desk.setClock("2026-12-07T18:00:00+08:00");
    const yellow = await desk.pinged("wrGROUP01", "sun.san", "#1207-001 黄灯");
    expect(yellow.text).toContain("延期 时间 原因");
    const chiefs = await desk.pinged("wrHELPERS", "zhao.yi", "#1207-001 黄灯");
    expect(chiefs.text).toContain("承办人：帮办员丙");
    const sorry = await desk.pinged("wrGROUP01", "wang.min", "向您致歉");
    expect(sorry.text).toContain("最迟 12月8日（周二）18:00 前答复您");
    expect(sorry.text).not.toContain("黄灯");

    await desk.ask("wrGROUP01", "wang.min", "催办", sorry.id);
    await desk.setClock("2026-12-08T08:30:00+08:00");
    const morning = await shown("wrHELPERS", "今日待办　12月8日（周二）");
    expect(morning.text).toContain("#1207-001 活动场地协调　恒通汽配 黄灯 催办 1 次");

    await desk.setClock("2026-12-08T18:00:00+08:00");
    const red = await shown("wrLEADERS", "#1207-001 红灯 督办");
    expect(red.text).toContain("已逾期一个工作日以上（企业已催办 1 次）");
    await desk.pinged("wrHELPERS", "zhao.yi", "#1207-001 红灯 督办");
    expect(await lights()).toEqual(["blue", "yellow", "red"]);
  });

  it("waits for the morning with everything but the chief's red, and is not said when it is over by then", async () => {
    await desk.setClock("2026-12-07T10:00:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1207-001 待接单");
    await desk.ask("wrGROUP01", "sun.san", "接单", task.id);

    // The desk was down over the whole day.
    await desk.setClock("2026-12-08T21:00:00+08:00");
    const red = await desk.pinged("wrHELPERS", "zhao.yi", "#1207-001 红灯 督办");
    expect(await lights()).toEqual(["blue", "yellow", "red"]);
    await desk.ask("wrGROUP01", "sun.san", "办结 三楼会议室已留座", task.id);
    await desk.setClock("2026-12-09T08:31:00+08:00");
    await expect
      .poll(async () => Object.keys(await desk.redis.redis.hgetall(`${desk.redis.tag}:box:leaders`)).sort(), {
        timeout: 15_000,
      })
      .toEqual(["v"]);
    const shownThere = await Promise.all(["wrLEADERS", "wrGROUP01"].map((chat) => desk.wecom.history.load(chat)));
    const said = shownThere.flat().map(({ text }) => text);
    expect(said.filter((text) => /黄灯|红灯|蓝灯|致歉/u.test(text))).toEqual([]);
    expect(red.text).toContain("恒通汽配有限公司");
  });
});
