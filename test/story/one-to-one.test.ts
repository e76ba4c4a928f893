/** What happens one-to-one: the chief hears of a case in the app, presses a button, and the company hears it in its group. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Shown } from "../../src/sandbox/history.ts";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";

const TO_CHIEF = "@zhao.yi";
const OTHER = "厂门口的路灯坏了半个月，能帮忙反映吗";

describe("the self-built app", () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk({ app: true });
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterEach(() => desk.close());

  const inApp = (fits: (message: Shown) => boolean) =>
    desk.wecom.waitFor(TO_CHIEF, (message) => message.from === "app" && fits(message));

  it("takes the chief's case to the chief alone, with buttons, and a press is as good as words", async () => {
    await desk.ask("wrGROUP01", "wang.min", OTHER);
    const card = await inApp(({ text }) => text.includes("#1207-001"));
    expect(card.card?.buttons.map(({ text }) => text)).toEqual(["接单", "办结"]);
    expect(desk.wecom.sent("wrHELPERS")).toEqual([]);
    await desk.wecom.clickCard({ by: "zhao.yi", messageId: card.id, key: "接单 #1207-001" });
    await desk.pinged("wrGROUP01", "wang.min", "已接单");
    await desk.wecom.sayToApp({ by: "zhao.yi", text: "办结 已报市政，今晚派人来修" });
    await inApp(({ text }) => text.includes("已办结"));
    await desk.pinged("wrGROUP01", "wang.min", "今晚派人来修");
    const ticket = await desk.api<{ state: string; owner: string }>("/tickets/20261207-001");
    expect(ticket).toMatchObject({ state: "resolved", owner: "chief" });
    expect(desk.wecom.violations).toEqual([]);
  });

  it("a helper does everything there: by number, and the company sees it in its group", async () => {
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    await desk.pinged("wrGROUP01", "sun.san", "待接单");
    await desk.wecom.sayToApp({ by: "sun.san", text: "001 接单" });
    await desk.pinged("wrGROUP01", "wang.min", "已接单");
    await desk.wecom.sayToApp({ by: "sun.san", text: "进展 正在联系三楼" });
    await desk.pinged("wrGROUP01", "wang.min", "正在联系三楼");
    await desk.wecom.sayToApp({ by: "sun.san", text: "001 办结 三楼会议室，周三下午，已留座" });
    await desk.pinged("wrGROUP01", "wang.min", "已办结");
    expect(await desk.api("/tickets/20261207-001")).toMatchObject({ state: "resolved", owner: "h02" });
  });

  it("a person whom the app may not reach is told among staff", async () => {
    desk.wecom.addPerson({ account: "zhao.yi", name: "zhao.yi", groups: ["wrHELPERS"], visible: false });
    await desk.ask("wrGROUP01", "wang.min", OTHER);
    await desk.pinged("wrHELPERS", "zhao.yi", "#1207-001");
  });
});

describe("encrypted ids (the bot's creator is not the super-admin)", () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk({ app: true, wecomServer: { openIds: true } });
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterEach(() => desk.close());

  it("are converted, so that the helper is known and the clerk can be mentioned", async () => {
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "待接单");
    await desk.ask("wrGROUP01", "sun.san", "接单", task.id);
    await desk.ask("wrGROUP01", "sun.san", "办结 三楼会议室，周三下午，已留座", task.id);
    await desk.pinged("wrGROUP01", "wang.min", "已办结");
    expect(await desk.api("/tickets/20261207-001")).toMatchObject({
      state: "resolved",
      owner: "h02",
      asker: "wecom:wang.min",
    });
  });
});
