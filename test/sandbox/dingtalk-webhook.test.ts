import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sign } from "../../src/sandbox/dingtalk/sign.ts";
import type { DingtalkServer } from "../../src/sandbox/dingtalk-server.ts";
import type { TroubleKind } from "../../src/sandbox/trouble.ts";
import {
  errcode,
  GROUP,
  HELPERS,
  type HttpDesk,
  markdown,
  openDingtalk,
  openHttpDesk,
  post,
  text,
} from "./dingtalk-given.ts";

const NOW = 1795400000000;
const SECRET = "SECdemo0123456789abcdef";
let now = NOW;
let desk: HttpDesk;
let ding: DingtalkServer;

beforeEach(async () => {
  now = NOW;
  desk = await openHttpDesk();
  ding = await openDingtalk({ deskUrl: desk.url, now: () => now });
});

afterEach(async () => {
  await ding.close();
  await desk.close();
});

const session = async (words: object = {}): Promise<string> => {
  await ding.say({ chat: GROUP, by: "user-1001", text: "@小帮手 报修", ...words });
  return desk.heard.at(-1)?.body.sessionWebhook ?? "";
};
const mentions = (): readonly (readonly string[])[] =>
  ding
    .sent(GROUP)
    .filter(({ from }) => from === "bot" || from === "webhook")
    .map((message) => message.mentions);
const shown = (chat = GROUP): string[] =>
  ding
    .sent(chat)
    .filter(({ from }) => from === "bot" || from === "webhook")
    .map((message) => message.text);

describe("a session", () => {
  test("takes any number of answers for ninety minutes, and mentions members", async () => {
    const url = await session();
    expect(await post(url, text("【#1123-001】请 @user-2002 处理", ["user-2002", "nobody"]))).toEqual({
      status: 200,
      body: { errcode: 0, errmsg: "ok" },
    });
    now += 90 * 60_000 - 1;
    expect(await errcode(url, text("还在"))).toBe(0);
    expect(mentions()).toEqual([["User-2002"], []]);
    now += 1;
    expect(await errcode(url, text("迟了"))).toBe(300001);
    expect(shown()).toEqual(["【#1123-001】请 @user-2002 处理", "还在"]);
    expect(ding.violations).toEqual([]);
  });

  test("leads to the one-to-one chat that it came from", async () => {
    const url = await session({ chat: null });
    expect(await errcode(url, text("您有一件待办"))).toBe(0);
    expect(ding.sent("@user-1001").at(-1)).toMatchObject({ from: "bot", text: "您有一件待办", mentions: [] });
  });

  test("is unknown with any other name, and of no use where the robot was taken out", async () => {
    const url = await session();
    expect(await errcode(`${ding.origin}/robot/sendBySession?session=0123abcd`, text("好"))).toBe(300001);
    ding.removeRobot(GROUP);
    expect(await errcode(url, text("好"))).toBe(400106);
  });
});

describe("a mention", () => {
  test("needs the id in the list, in any case, and outside of plain text also in the words", async () => {
    const url = await session();
    await errcode(url, text("有人在吗", ["USER-2002"]));
    await errcode(url, text("请 @user-2002 处理"));
    await errcode(url, markdown("派单", "请 @user-2002 处理", ["user-2002", "user-1001"]));
    await errcode(url, markdown("派单", "请 @user-20020 处理", ["user-2002"]));
    await errcode(url, {
      ...text("各位", ["user-1001"]),
      msgtype: "actionCard",
      actionCard: { title: "x", text: "@user-1001 看" },
    });
    expect(mentions()).toEqual([["User-2002"], [], ["User-2002"], [], ["user-1001"]]);
  });

  test("reaches no outsider by id, and everybody by isAtAll", async () => {
    const url = await session();
    await errcode(url, text("@guest-1 您好", ["guest-1"]));
    await errcode(url, { msgtype: "text", text: { content: "通知" }, at: { isAtAll: true } });
    expect(mentions()).toEqual([[], ["user-1001", "User-2002", "guest-1"]]);
  });

  test("is not one when `at` stands inside the text, or the person in another group", async () => {
    await errcode(ding.webhookUrl(GROUP), {
      msgtype: "text",
      text: { content: "好", at: { atUserIds: ["user-1001"] } },
    });
    expect(mentions()).toEqual([[]]);
    await errcode(signed(), text("好", ["user-2002"]));
    expect(ding.sent(HELPERS)[0]?.mentions).toEqual([]);
  });

  test("is for fifty people at most", async () => {
    const ids = Array.from({ length: 51 }, (_, nth) => `u${nth}`);
    expect(await errcode(ding.webhookUrl(GROUP), text("好", ids.slice(1)))).toBe(0);
    expect(await errcode(ding.webhookUrl(GROUP), text("好", ids))).toBe(400002);
  });
});

function signed(timestamp = now, secret = SECRET): string {
  const signature = encodeURIComponent(sign(String(timestamp), secret));
  return `${ding.webhookUrl(HELPERS)}&timestamp=${timestamp}&sign=${signature}`;
}

describe("a signed webhook", () => {
  test("takes vector C, and a sign of up to an hour", async () => {
    const vector = "%2FtW%2BVJPlztVn3DfJi32wc7dXLG8dYR8eR%2FS%2BX3eMJDY%3D";
    expect(signed()).toContain(`&timestamp=1795400000000&sign=${vector}`);
    expect(await errcode(signed(), text("好"))).toBe(0);
    expect(await errcode(signed(now - 3_600_000), text("好"))).toBe(0);
    expect(await errcode(signed(now + 3_600_000), text("好"))).toBe(0);
  });

  test("refuses every other", async () => {
    expect(await errcode(signed(now - 3_600_001), text("好"))).toBe(310000);
    expect(await errcode(signed(now + 3_600_001), text("好"))).toBe(310000);
    expect(await errcode(signed(now, "SECother"), text("好"))).toBe(310000);
    expect(await errcode(ding.webhookUrl(HELPERS), text("好"))).toBe(310000);
    expect(await errcode(`${ding.webhookUrl(HELPERS)}&timestamp=${now}`, text("好"))).toBe(310000);
    expect(ding.sent(HELPERS)).toEqual([]);
    expect(ding.violations).toEqual([]);
  });
});

describe("a group's webhook", () => {
  test("takes twenty messages in any minute, and rests for ten after one more", async () => {
    const url = ding.webhookUrl(GROUP);
    now += 59_000;
    for (let nth = 0; nth < 20; nth += 1) expect(await errcode(url, text("提醒"))).toBe(0);
    now += 2_000; // a new minute on the clock, the same sixty seconds
    expect(await errcode(url, text("提醒"))).toBe(130101);
    expect(await errcode(url, text("提醒"))).toBe(410100);
    expect(await errcode(signed(), text("别的群"))).toBe(0);
    expect(ding.violations.map(({ kind }) => kind)).toEqual(["too-often", "too-often"]);
    now += 599_999;
    expect(await errcode(url, text("提醒"))).toBe(410100);
    now += 1;
    expect(await errcode(url, text("提醒"))).toBe(0);
    expect(shown()).toHaveLength(21);
  });

  test("takes the twenty-first when a minute has passed", async () => {
    const url = ding.webhookUrl(GROUP);
    for (let nth = 0; nth < 20; nth += 1) expect(await errcode(url, text("提醒"))).toBe(0);
    now += 60_000;
    expect(await errcode(url, text("提醒"))).toBe(0);
    expect(ding.violations).toEqual([]);
  });

  test("shows a message once, however often it comes under one msgUuid", async () => {
    const url = ding.webhookUrl(GROUP);
    const message = { ...text("好"), msgUuid: "01J" };
    for (let nth = 0; nth < 20; nth += 1) expect(await errcode(url, message)).toBe(0);
    expect(shown()).toEqual(["好"]);
    expect(await errcode(signed(), message)).toBe(0);
    expect(ding.sent(HELPERS)).toHaveLength(1);
    expect(await errcode(url, { ...message, msgUuid: "01K" })).toBe(130101);
  });

  test("does not count a message as seen that it refused", async () => {
    const url = ding.webhookUrl(GROUP);
    expect(await errcode(url, { ...text(" "), msgUuid: "01J" })).toBe(400002);
    expect(await errcode(url, { ...text("好"), msgUuid: "01J" })).toBe(0);
    expect(shown()).toEqual(["好"]);
  });

  test("is dead under another token, and after it was taken out or replaced", async () => {
    const url = ding.webhookUrl(GROUP);
    expect(await errcode(url.replace("token-1", "token-x"), text("好"))).toBe(400101);
    await ding.addGroup({ chat: GROUP, name: "恒通汽配服务群", webhookToken: "token-3" });
    expect(await errcode(url, text("好"))).toBe(400102);
    expect(await errcode(ding.webhookUrl(GROUP), text("好"))).toBe(0);
    ding.removeWebhook(GROUP);
    expect(await errcode(ding.webhookUrl(GROUP), text("好"))).toBe(400102);
    expect(ding.violations).toEqual([]);
    await ding.addGroup({ chat: "cidBARE==", name: "没有机器人", webhookToken: null });
    expect(() => ding.webhookUrl("cidBARE==")).toThrow("no webhook");
  });

  test("belongs to the group that it was made in", async () => {
    await ding.addGroup({ chat: "cidOTHER==", name: "另一群", webhookToken: "token-1" });
    await errcode(ding.webhookUrl(GROUP), text("好"));
    expect(shown()).toEqual(["好"]);
    expect(ding.sent("cidOTHER==")).toEqual([]);
  });
});

describe("both doors", () => {
  test("measure a body in bytes", async () => {
    const overhead = Buffer.byteLength(JSON.stringify(text("")));
    const fits = text("办".repeat(Math.floor((20_000 - overhead) / 3)));
    const long = text("办".repeat(Math.floor((20_000 - overhead) / 3) + 1));
    for (const url of [ding.webhookUrl(GROUP), await session()]) {
      expect(await errcode(url, fits)).toBe(0);
      expect(await errcode(url, long)).toBe(460101);
      expect(await errcode(url, text("办".repeat(400_000)))).toBe(460101);
    }
    expect(new Set(ding.violations.map(({ kind }) => kind))).toEqual(new Set(["too-long"]));
    expect(ding.violations).toHaveLength(4);
  });

  test("refuse what is no message, with a violation each", async () => {
    for (const url of [ding.webhookUrl(GROUP), await session()]) {
      expect(await errcode(url, "not json")).toBe(40035);
      expect(await errcode(url, "[]")).toBe(40035);
      expect(await errcode(url, {})).toBe(400002);
      expect(await errcode(url, { msgtype: "image" })).toBe(400105);
      expect(await errcode(url, { msgtype: "text", text: {} })).toBe(400002);
      expect(await errcode(url, markdown("", "没有标题"))).toBe(400002);
      expect(await errcode(url, text("好"), { "content-type": "text/plain" })).toBe(43004);
    }
    expect(ding.violations.map(({ kind }) => kind)).toEqual(Array.from({ length: 14 }, () => "malformed"));
    expect(shown()).toEqual([]);
  });

  test("take POST alone, and there are no others", async () => {
    expect(await (await fetch(ding.webhookUrl(GROUP))).json()).toMatchObject({ errcode: 43002 });
    expect((await fetch(`${ding.origin}/robot/nothing`, { method: "POST" })).status).toBe(404);
    expect(ding.received.map(({ door, errcode: told }) => [door, told])).toEqual([
      ["other", 43002],
      ["other", null],
    ]);
  });

  test("note what came and what was told", async () => {
    await errcode(ding.webhookUrl(GROUP), text("好"));
    expect(ding.received).toMatchObject([
      { door: "webhook", credential: "token-1", chat: GROUP, errcode: 0, trouble: "none", at: NOW },
    ]);
    expect(JSON.parse(ding.received[0]?.body ?? "")).toEqual(text("好"));
  });
});

describe("trouble", () => {
  test.each<["webhook" | "session", TroubleKind, number]>([
    ["webhook", "busy", -1],
    ["webhook", "rate", 130101],
    ["webhook", "removed", 400102],
    ["webhook", "expired", 400101],
    ["webhook", "permission", 310000],
    ["webhook", "quota", 90020],
    ["session", "busy", -1],
    ["session", "rate", 130101],
    ["session", "removed", 400106],
    ["session", "expired", 300001],
    ["session", "permission", 310000],
    ["session", "quota", 90020],
  ])("at a %s: %s is told as %i, as often as it is set", async (scope, kind, code) => {
    const url = scope === "webhook" ? ding.webhookUrl(GROUP) : await session();
    ding.trouble(scope, kind, { at: GROUP, count: 1 });
    expect(await errcode(url, text("好"))).toBe(code);
    expect(shown()).toEqual([]);
    expect(await errcode(url, text("好"))).toBe(0);
    expect(ding.violations).toEqual([]);
  });

  test("breaks the answer or the connection, before or after the message is shown", async () => {
    const url = await session();
    ding.trouble("session", "http500", { count: 1 });
    await expect(errcode(url, text("甲"))).rejects.toThrow();
    ding.trouble("session", "html", { count: 1 });
    await expect(errcode(url, text("乙"))).rejects.toThrow("JSON");
    ding.trouble("session", "reset-before", { count: 1 });
    await expect(errcode(url, text("丙"))).rejects.toThrow();
    expect(shown()).toEqual([]);
    ding.trouble("session", "reset-after", { count: 1 });
    await expect(errcode(url, text("丁"))).rejects.toThrow();
    expect(shown()).toEqual(["丁"]);
    expect(ding.received.map(({ errcode: told }) => told)).toEqual([null, null, null, null]);
  });

  test("keeps the desk waiting, and closing ends the wait", async () => {
    const url = ding.webhookUrl(GROUP);
    ding.trouble("webhook", "timeout-after", { count: 1 });
    const waiting = expect(errcode(url, { ...text("好"), msgUuid: "01J" })).rejects.toThrow();
    await ding.waitFor(GROUP, (message) => message.text === "好");
    // Whoever got no answer asks again, and the message still stands there once.
    expect(await errcode(url, { ...text("好"), msgUuid: "01J" })).toBe(0);
    ding.trouble("webhook", "stall", { at: "token-1", count: 1 });
    const stalled = expect(errcode(url, text("再来"))).rejects.toThrow();
    await expect.poll(() => ding.received.length).toBe(3);
    await ding.close();
    await Promise.all([waiting, stalled]);
    expect(shown()).toEqual(["好"]);
  });
});
