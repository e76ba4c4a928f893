import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { QuoteShape } from "../../src/sandbox/dingtalk/quote.ts";
import { sign } from "../../src/sandbox/dingtalk/sign.ts";
import type { DingtalkServer } from "../../src/sandbox/dingtalk-server.ts";
import { memoryHistory } from "../../src/sandbox/history.ts";
import {
  type Body,
  errcode,
  GROUP,
  type HttpDesk,
  openDingtalk,
  openHttpDesk,
  post,
  robot,
  text,
} from "./dingtalk-given.ts";

const NOW = 1795400000000;
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

const ask = { chat: GROUP, by: "user-1001", text: "@小帮手 三楼打印机卡纸，帮忙看下" };

async function heard(words: Parameters<DingtalkServer["say"]>[0]): Promise<Body> {
  await ding.say(words);
  const last = desk.heard.at(-1);
  if (last === undefined) throw new Error("nothing was heard");
  return last.body;
}

describe("the signature", () => {
  test.each([
    ["A", "1577262236757", "this is a secret", "DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA="],
    ["B", "1795400000000", "demo-app-secret-001", "vJG78m1TwefSBEPI3DoyDw/QIrAiWIhXKMj3YXG7718="],
    ["C", "1795400000000", "SECdemo0123456789abcdef", "/tW+VJPlztVn3DfJi32wc7dXLG8dYR8eR/S+X3eMJDY="],
  ])("is that of vector %s", (_, timestamp, secret, expected) => {
    expect(sign(timestamp, secret)).toBe(expected);
  });

  test("travels with every callback, also with one that is delivered by hand", async () => {
    await ding.say(ask);
    await ding.deliver({ msgtype: "never-seen" });
    await ding.deliver('{"msgId":"as it stands"}');
    expect(desk.heard.map(({ signed }) => signed)).toEqual([true, true, true]);
    expect(desk.heard[1]?.body).toEqual({ msgtype: "never-seen" });
    expect(desk.heard[2]?.body).toEqual({ msgId: "as it stands" });
  });
});

describe("a message in a group", () => {
  test("carries the fields of DingTalk's own, and a space where the @ stood", async () => {
    const body = await heard({ ...ask, msgId: "msgDEMO0001==" });
    expect(body).toMatchObject({
      conversationId: GROUP,
      conversationType: "2",
      conversationTitle: "恒通汽配服务群",
      isInAtList: true,
      chatbotCorpId: "dingcorpdemo",
      robotCode: robot.robotCode,
      msgId: "msgDEMO0001==",
      msgtype: "text",
      text: { content: " 三楼打印机卡纸，帮忙看下" },
      senderNick: "李雷",
      senderStaffId: "user-1001",
      senderCorpId: "dingcorpdemo",
      isAdmin: false,
      createAt: NOW,
      sessionWebhookExpiredTime: NOW + 90 * 60_000,
    });
    expect(body["atUsers"]).toEqual([{ dingtalkId: body["chatbotUserId"] }]);
    expect(body["senderId"]).toMatch(/^\$:LWCP_v1:\$/);
    expect(body.sessionWebhook).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/robot\/sendBySession\?session=[0-9a-f]{32}$/);
    expect(body["originalMsgId"]).toBeUndefined();
  });

  test("has an id of DingTalk's kind, a new one each time", async () => {
    const first = await heard(ask);
    const second = await heard(ask);
    expect(first.msgId).toMatch(/^msg[A-Za-z0-9+/]{22}==$/);
    expect(second.msgId).not.toBe(first.msgId);
  });

  test("keeps its leading space wherever the @ stood, and is nothing else after a bare one", async () => {
    expect((await heard({ ...ask, text: "@小帮手催办" })).text?.content).toBe(" 催办");
    expect((await heard({ ...ask, text: "@小帮手" })).text?.content).toBe(" ");
  });

  test("names others who are mentioned, without a staff id where they have none", async () => {
    const body = await heard({ ...ask, text: "@小帮手 转给 @user-2002 和 @外来客" });
    expect(body["atUsers"]).toMatchObject([{}, { staffId: "User-2002" }, {}]);
    expect((body["atUsers"] as object[])[2]).not.toHaveProperty("staffId");
  });

  test("of an outsider has no staff id, and another organisation's corp", async () => {
    const body = await heard({ ...ask, by: "guest-1" });
    expect(body).not.toHaveProperty("senderStaffId");
    expect(body["senderCorpId"]).not.toBe(robot.corpId);
    expect(body["senderId"]).toMatch(/^\$:LWCP_v1:\$/);
  });

  test("without @ is shown and not told", async () => {
    const said = await ding.say({ ...ask, text: "中午吃什么" });
    expect(said).toMatchObject({ delivered: false, reason: "not-mentioned", attempts: 0, body: null });
    expect(desk.heard).toHaveLength(0);
    expect(ding.sent(GROUP)).toMatchObject([{ from: "user-1001", text: "中午吃什么", heard: false }]);
  });

  test("is not told where the robot was taken out", async () => {
    ding.removeRobot(GROUP);
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "robot-removed" });
    await ding.addGroup({ chat: GROUP, name: "恒通汽配服务群", webhookToken: "token-1" });
    expect(await ding.say(ask)).toMatchObject({ delivered: true });
  });

  test("as rich text keeps the robot's @ in a part of its own, and its pictures", async () => {
    const body = await heard({ ...ask, images: 1 });
    expect(body).toMatchObject({
      msgtype: "richText",
      content: {
        richText: [{ text: "@小帮手" }, { text: " 三楼打印机卡纸，帮忙看下" }, { type: "picture" }],
      },
    });
    expect(body.text).toBeUndefined();
    expect(await heard({ ...ask, richText: true })).toMatchObject({ content: { richText: [{ text: "@小帮手" }, {}] } });
  });

  test("in a group that nobody made is a mistake of the test", async () => {
    await expect(ding.say({ ...ask, chat: "cidNOWHERE==" })).rejects.toThrow("no such group");
  });

  test("arrives without its words when the month's quota is used up", async () => {
    ding.trouble("callback", "quota", { at: GROUP, count: 1 });
    const body = await heard(ask);
    expect(body).toMatchObject({ errorCode: 20001, conversationId: GROUP });
    expect(body).not.toHaveProperty("text");
    expect(body).not.toHaveProperty("content");
    expect((await heard(ask)).text).toBeDefined();
  });
});

describe("a message one-to-one", () => {
  test("needs no @, and has a conversation of its own", async () => {
    const body = await heard({ chat: null, by: "user-1001", text: "我的待办" });
    expect(body).toMatchObject({ conversationType: "1", isInAtList: true, text: { content: "我的待办" } });
    expect(body["conversationId"]).toMatch(/^cid/);
    expect(body).not.toHaveProperty("conversationTitle");
    expect(ding.sent("@user-1001")).toMatchObject([{ text: "我的待办", heard: true }]);
  });

  test("may be a picture alone", async () => {
    const body = await heard({ chat: null, by: "user-1001", text: "", images: 1 });
    expect(body).toMatchObject({ msgtype: "picture", content: { downloadCode: expect.any(String) } });
  });
});

describe("a quote", () => {
  const ORIGINAL = "【#1123-001 待接单】打印机卡纸\n请 @user-2002 处理";
  const READ = "【#1123-001 待接单】打印机卡纸\n请 @韩梅 处理";

  /** Something to quote, said through the session: its shown id. */
  async function original(): Promise<string> {
    const body = await heard(ask);
    expect(await errcode(body.sessionWebhook, text(ORIGINAL, ["user-2002"]))).toBe(0);
    return ding.sent(GROUP).at(-1)?.id ?? "";
  }

  const quoting = async (shape?: QuoteShape, more: object = {}): Promise<Body> =>
    heard({ ...ask, text: "@小帮手 已处理", quote: await original(), ...(shape ? { shape } : {}), ...more });

  const replied = (body: Body): { msgType?: string; content?: unknown } => body.text?.repliedMsg ?? {};

  test("is told with the words, the author and the time of what is quoted", async () => {
    now += 3_000;
    const body = await quoting();
    expect(body.text).toMatchObject({
      content: " 已处理",
      isReplyMsg: true,
      repliedMsg: {
        msgType: "text",
        msgId: body["originalMsgId"],
        senderId: body["chatbotUserId"],
        createdAt: NOW + 3_000,
        content: { text: READ },
      },
    });
    expect(ding.sent(GROUP).at(-1)).toMatchObject({ quote: READ, quoting: ding.sent(GROUP).at(-2)?.id });
  });

  test.each<[QuoteShape, string, unknown]>([
    ["text", "text", { text: READ }],
    ["content", "text", { content: READ }],
    ["json", "text", JSON.stringify({ text: READ })],
    ["markdown", "markdown", { text: READ }],
  ])("in the shape %s", async (shape, msgType, content) => {
    expect(replied(await quoting(shape))).toMatchObject({ msgType, content });
  });

  test("in either kind of rich text is in parts", async () => {
    const parts = (body: Body): Record<string, string>[] =>
      (replied(body).content as { richText: Record<string, string>[] }).richText;
    const byContent = parts(await quoting("richText"));
    expect(byContent.length).toBeGreaterThan(1);
    expect(byContent.every(({ msgType }) => msgType === "text")).toBe(true);
    expect(byContent.map(({ content }) => content).join("")).toBe(READ);
    const byText = parts(await quoting("richText-type"));
    expect(byText.every(({ type }) => type === "text")).toBe(true);
    expect(byText.map(({ text: words }) => words).join("")).toBe(READ);
  });

  test("of a card is a tree, with elements that are no text", async () => {
    const [first, second] = READ.split("\n");
    expect(replied(await quoting("interactiveCard"))).toMatchObject({
      msgType: "interactiveCard",
      content: {
        cardContent: [
          {
            children: [
              { elementType: "UNKNOWN" },
              { elementType: "TEXT", value: first },
              { elementType: "TEXT", value: second },
            ],
          },
        ],
      },
    });
  });

  test("may be nothing but an id", async () => {
    const body = await quoting("id-only");
    expect(body.text).toEqual({ content: " 已处理", isReplyMsg: true });
    expect(body["originalMsgId"]).toMatch(/^msg/);
    const unknown = await quoting("unknownMsgType");
    expect(unknown.text?.repliedMsg).toEqual({
      msgType: "unknownMsgType",
      msgId: unknown["originalMsgId"],
      createdAt: NOW,
    });
  });

  test("may be a cipher", async () => {
    const { content } = replied(await quoting("cipher")) as { content: { text: string } };
    expect(content.text).toMatch(/\|\|3\|\|1\|\|132$/);
    expect(content.text).not.toContain("1123-001");
  });

  test("of an older client stands beside the text", async () => {
    const body = await quoting("legacy");
    expect(body).toMatchObject({ quoteMessage: { msgtype: "text", text: { content: READ }, senderNick: "小帮手" } });
    expect(body.text).toEqual({ content: " 已处理" });
    expect(body).not.toHaveProperty("originalMsgId");
  });

  test("of a markdown message may be its title alone", async () => {
    const { sessionWebhook } = await heard(ask);
    const message = { msgtype: "markdown", markdown: { title: "【#1123-002】", text: "【#1123-002】\n很长的说明" } };
    await errcode(sessionWebhook, message);
    const quote = ding.sent(GROUP).at(-1)?.id ?? "";
    const body = await heard({ ...ask, text: "@小帮手 办结", quote, shape: "title" });
    expect(replied(body)).toMatchObject({ msgType: "markdown", content: { text: "【#1123-002】" } });
  });

  test("in a rich text stands in its content", async () => {
    const body = await quoting("text", { richText: true });
    expect(body).toMatchObject({
      msgtype: "richText",
      content: { isReplyMsg: true, repliedMsg: { content: { text: READ } } },
    });
    expect(body.text).toBeUndefined();
  });

  test("of what a person said has that message's own id, and its author", async () => {
    const first = await ding.say(ask);
    const body = await heard({ ...ask, by: "User-2002", text: "@小帮手 同上", quote: first.message.id });
    expect(body["originalMsgId"]).toBe(first.msgId);
    expect(body.text).toMatchObject({ repliedMsg: { senderId: desk.heard[0]?.body["senderId"], senderNick: "李雷" } });
  });

  test("carries a key only where the robot's own API sent what is quoted", async () => {
    const fromSession = await quoting();
    expect(fromSession).not.toHaveProperty("originalProcessQueryKey");
    await errcode(ding.webhookUrl(GROUP), text("群里的一句"));
    const fromWebhook = await heard({ ...ask, quote: ding.sent(GROUP).at(-1)?.id ?? "" });
    expect(fromWebhook).not.toHaveProperty("originalProcessQueryKey");
    expect(fromWebhook.text?.repliedMsg).not.toMatchObject({ senderId: fromWebhook["chatbotUserId"] });

    const { body: token } = await post(`${ding.origin}/v1.0/oauth2/accessToken`, robot);
    const sent = await post(
      `${ding.origin}/v1.0/robot/groupMessages/send`,
      {
        robotCode: robot.robotCode,
        openConversationId: GROUP,
        msgKey: "sampleText",
        msgParam: '{"content":"自己说的"}',
      },
      { "x-acs-dingtalk-access-token": String(token["accessToken"]) },
    );
    const fromApi = await heard({ ...ask, quote: ding.sent(GROUP).at(-1)?.id ?? "" });
    expect(sent.body["processQueryKey"]).toEqual(expect.any(String));
    expect(fromApi["originalProcessQueryKey"]).toBe(sent.body["processQueryKey"]);
  });

  test("may be of words that nobody remembers, or of a picture", async () => {
    const body = await heard({ ...ask, quote: "【#1122-009】很久以前" });
    expect(replied(body)).toMatchObject({ content: { text: "【#1122-009】很久以前" } });
    expect(ding.sent(GROUP).at(-1)).toMatchObject({ quoting: null, quote: "【#1122-009】很久以前" });
    const picture = await ding.say({ chat: null, by: "user-1001", text: "", images: 1 });
    expect(
      replied(await heard({ chat: null, by: "user-1001", text: "这张", quote: picture.message.id })),
    ).toMatchObject({
      content: { text: "[图片]" },
    });
  });
});

describe("the desk's answer in the response", () => {
  test("is shown, mentions whom it names, and may be empty", async () => {
    desk.behave({ body: JSON.stringify(text("请 @user-2002 处理", ["user-2002"])) });
    expect(await ding.say(ask)).toMatchObject({ delivered: true, status: 200, attempts: 1 });
    expect(ding.sent(GROUP).at(-1)).toMatchObject({ from: "bot", kind: "text", mentions: ["User-2002"] });
    for (const body of ["", "{}", '{"msgtype":"empty"}']) {
      desk.behave({ body });
      await ding.say(ask);
      expect(ding.sent(GROUP).at(-1)?.from).toBe("user-1001");
    }
    desk.behave({ body: JSON.stringify({ msgtype: "markdown", markdown: { title: "好", text: "**好**" } }) });
    await ding.say({ chat: null, by: "user-1001", text: "你好" });
    expect(ding.sent("@user-1001").at(-1)).toMatchObject({ kind: "markdown", text: "**好**" });
    expect(ding.violations).toEqual([]);
  });

  test("is a violation where it is none of DingTalk's messages", async () => {
    desk.behave({ body: "好的" });
    await ding.say(ask);
    expect(ding.violations).toMatchObject([{ kind: "malformed" }]);
    expect(ding.sent(GROUP)).toHaveLength(1);
  });
});

describe("an undelivered callback", () => {
  test("is refused or unanswered, and not sent again", async () => {
    desk.behave({ status: 401 });
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "refused", status: 401, attempts: 1 });
    desk.behave({ status: 503, body: JSON.stringify(text("没有收下")) });
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "refused", status: 503 });
    expect(ding.sent(GROUP).some(({ from }) => from === "bot")).toBe(false);
    desk.behave("hang-up");
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "no-answer", status: null, attempts: 1 });
    ding.pointAt("http://127.0.0.1:1");
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "no-answer" });
    expect(desk.heard).toHaveLength(3);
  });

  test("is given up after a while, or when DingTalk is closed", async () => {
    await ding.close();
    ding = await openDingtalk({ deskUrl: desk.url, answerWithinMs: 50 });
    desk.behave("silent");
    expect(await ding.say(ask)).toMatchObject({ delivered: false, reason: "no-answer" });
    await ding.close();
    ding = await openDingtalk({ deskUrl: desk.url });
    const said = ding.say(ask);
    await expect.poll(() => desk.heard.length).toBe(2);
    await ding.close();
    expect(await said).toMatchObject({ delivered: false, reason: "closed" });
  });
});

test("a restart keeps what was shown and the sessions that still live", async () => {
  await ding.close();
  const history = memoryHistory();
  ding = await openDingtalk({ deskUrl: desk.url, history });
  const { port } = new URL(ding.origin);
  const { sessionWebhook } = await heard(ask);
  await ding.close();
  ding = await openDingtalk({ deskUrl: desk.url, history, port: Number(port) });
  expect(ding.sent(GROUP)).toHaveLength(1);
  expect(await errcode(sessionWebhook, text("迟到的回答"))).toBe(0);
});

test("a text is read with names in it", () => {
  expect(ding.readable(GROUP, "请 @USER-2002处理，@user-1001. @nobody @guest-1")).toBe(
    "请 @韩梅处理，@李雷. @nobody @外来客",
  );
  expect(ding.nameOf("user-1001")).toBe("李雷");
  expect(ding.nameOf("somebody")).toBe("somebody");
});

test("a trouble that cannot be is a mistake of the test", () => {
  expect(() => ding.trouble("response", "busy")).toThrow("no such trouble");
  expect(() => ding.trouble("callback", "busy")).toThrow("no such trouble");
});
