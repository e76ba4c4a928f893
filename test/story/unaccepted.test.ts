import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";

interface Told {
  readonly state: string;
  readonly owner: string;
  readonly first: string;
  readonly story: readonly { readonly event: string; readonly by: string; readonly why?: string }[];
}

describe("a case that nobody accepts", () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk();
  });
  afterEach(() => desk.close());

  const ticket = () => desk.api<Told>("/tickets/20261207-001");

  it("its helper is reminded, then the next in turn has it, then the chief, who accepts it", async () => {
    await desk.setClock("2026-12-07T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    await desk.pinged("wrGROUP01", "sun.san", "#1207-001 待接单");

    await desk.setClock("2026-12-07T09:43:30+08:00");
    const reminder = await desk.pinged("wrGROUP01", "sun.san", "#1207-001 尚未接单");
    expect(reminder.text).toContain("请于 今日 10:13 前接单");
    expect(await ticket()).toMatchObject({ owner: "h02", state: "open" });

    await desk.setClock("2026-12-07T10:14:30+08:00");
    await desk.pinged("wrGROUP01", "sun.san", "未在规定时间内接单，本件现由帮办员辛");
    const task = await desk.pinged("wrGROUP01", "wang.ba", "#1207-001 待接单");
    expect(task.text).toContain("说明：帮办员丙未在规定时间内接单");
    const among = await desk.wecom.waitFor(
      "wrHELPERS",
      ({ text }) => text.includes("帮办员丙未接单，转由帮办员辛"),
      15_000,
    );
    expect(among.text).not.toContain("恒通");

    // Across the night nothing more happens than the next step, and only in the morning.
    await desk.restart();
    await desk.setClock("2026-12-07T21:00:00+08:00");
    const happened = async () => (await ticket()).story.map(({ event }) => event);
    await expect.poll(happened, { timeout: 15_000 }).toContain("put-off");
    expect(await ticket()).toMatchObject({ owner: "h03" });
    await desk.setClock("2026-12-08T08:30:00+08:00");
    const chiefs = await desk.pinged("wrHELPERS", "zhao.yi", "#1207-001 请研究办理");
    expect(chiefs.text).toContain("说明：帮办员辛未在规定时间内接单");
    expect(await ticket()).toMatchObject({ owner: "chief", first: "h02", state: "open" });

    await desk.ask("wrHELPERS", "zhao.yi", "接单", chiefs.id);
    const { state, story } = await ticket();
    expect(state).toBe("accepted");
    const steps = story.filter(({ event }) => event !== "light");
    expect(steps.slice(-5).map(({ event, by }) => `${event} ${by}`)).toEqual([
      ...["reminded desk", "passed desk", "put-off desk", "passed desk", "accepted chief"],
    ]);
  });
});
