/** What only DingTalk does: quotes that carry an id and no words, people of other organisations, both platforms at once. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Shown } from "../../src/sandbox/history.ts";
import { connected } from "../conformance/places.ts";
import { openTestDesk, ROBOT, type TestDesk } from "../doubles/desk.ts";

const GROUP = "cidGROUP01==";
const REQUEST = "下周三下午想借一间能坐三十人的会议室";

describe("one desk on both platforms", () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk({ dingtalk: "stream", app: true });
    await desk.setClock("2026-12-07T09:12:00+08:00");
    await connected(() => desk.dingtalk.connections());
  });
  afterEach(() => desk.close());

  const say = (by: string, text: string, more: object = {}) =>
    desk.dingtalk.say({ chat: GROUP, by, text: `@${ROBOT.name} ${text}`, ...more });
  const until = (fits: (message: Shown) => boolean, chat = GROUP) => desk.dingtalk.waitFor(chat, fits);
  const ticket = (number: string) => desk.api<Record<string, unknown>>(`/tickets/${number}`);

  it("calls the robot by its name there, and the helper by her account there", async () => {
    await say("user-9001", REQUEST);
    const receipt = await until(({ text }) => text.includes("已受理"));
    expect(receipt.text).toContain(`@${ROBOT.name} 回复：改`);
    await until(({ mentions, text }) => mentions.includes("user-1012") && text.includes("待接单"));
  });

  it("the asker's own message is quoted, of which only the id is told: it is that ticket", async () => {
    const asked = await say("user-9001", REQUEST);
    await until(({ mentions }) => mentions.includes("user-1012"));
    await say("user-1012", "接单", { quote: asked.message.id, shape: "id-only" });
    await until(({ text }) => text.includes("已接单"));
    expect(await ticket("20261207-001")).toMatchObject({ state: "accepted", owner: "h02" });
  });

  it("a line by the robot's own interface is quoted, and its words come as cipher: it is that ticket", async () => {
    // The webhook is gone and no session lives: what remains is the interface.
    desk.dingtalk.removeWebhook(GROUP);
    desk.dingtalk.trouble("session", "expired");
    await say("user-9001", REQUEST);
    const receipt = await until(({ text }) => text.includes("已受理"));
    await say("user-9001", "查", { quote: receipt.id, shape: "cipher" });
    await until(({ text, id }) => id > receipt.id && text.includes("#1207-001"));
  });

  it("somebody of another organisation may ask, and is no helper", async () => {
    desk.dingtalk.addPerson({ account: "user-1012", name: "外单位", groups: [GROUP], outsider: true });
    await say("user-9001", REQUEST);
    const receipt = await until(({ text }) => text.includes("已受理"));
    await say("user-1012", "接单", { quote: receipt.id });
    await until(({ text }) => text.includes("未办理") || text.includes("帮办员"));
    expect(await ticket("20261207-001")).toMatchObject({ state: "open" });
  });

  it("the chief, who has accounts on both, hears of it on the ticket's platform", async () => {
    await say("user-9001", "厂门口的路灯坏了半个月，能帮忙反映吗");
    await until(({ text }) => text.includes("#1207-001"), "@user-1001");
    expect(desk.wecom.sent("@zhao.yi")).toEqual([]);
  });

  it("the same minute, the same words, both platforms: two tickets with one row of numbers", async () => {
    await Promise.all([say("user-9001", REQUEST), desk.ask("wrGROUP01", "wang.min", REQUEST)]);
    await until(({ text }) => text.includes("已受理"));
    const { tickets } = await desk.api<{ tickets: { number: string; group: string }[] }>("/tickets");
    expect(tickets.map(({ number }) => number).sort()).toEqual(["20261207-001", "20261207-002"]);
    expect(tickets.map(({ group }) => group).sort()).toEqual([GROUP, "wrGROUP01"]);
  });
});

describe("two desks on one Redis", () => {
  let desk: TestDesk;
  afterEach(() => desk.close());

  it("open one ticket for a callback that both of them get", async () => {
    desk = await openTestDesk({ wecom: null, dingtalk: "http" });
    await desk.setClock("2026-12-07T09:12:00+08:00");
    const twin = await desk.twin();
    const said = await desk.dingtalk.say({ chat: GROUP, by: "user-9001", text: `@${ROBOT.name} ${REQUEST}` });
    desk.dingtalk.pointAt(`http://127.0.0.1:${twin.port}`);
    expect((await desk.dingtalk.deliver(said.body)).status).toBe(200);
    await desk.dingtalk.say({ chat: GROUP, by: "user-9001", text: `@${ROBOT.name} 党费这个月怎么收` });
    await desk.dingtalk.waitFor(GROUP, ({ text }) => text.includes("#1207-002"));
    const { tickets } = await desk.api<{ tickets: unknown[] }>("/tickets");
    expect(tickets).toHaveLength(2);
    expect(desk.dingtalk.sent(GROUP).filter(({ text }) => text.includes("#1207-001 已受理"))).toHaveLength(1);
  });

  it("hold one stream between them, and the other takes it over", async () => {
    desk = await openTestDesk({ wecom: null, dingtalk: "stream" });
    await desk.setClock("2026-12-07T09:12:00+08:00");
    await connected(() => desk.dingtalk.connections());
    await desk.twin();
    expect(desk.dingtalk.connections()).toBe(1);
    await desk.service.close();
    await expect.poll(() => desk.dingtalk.connections(), { timeout: 10_000 }).toBe(1);
    await desk.dingtalk.say({ chat: GROUP, by: "user-9001", text: `@${ROBOT.name} ${REQUEST}` });
    await desk.dingtalk.waitFor(GROUP, ({ text }) => text.includes("#1207-001 已受理"), 10_000);
    expect(desk.dingtalk.violations).toEqual([]);
  });
});
