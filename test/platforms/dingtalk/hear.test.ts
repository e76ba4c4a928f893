import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Message } from "../../../src/chat/message.ts";
import { openAnswerUrlCheck } from "../../../src/platforms/answer-url.ts";
import { type HearDeps, type Heard, hear } from "../../../src/platforms/dingtalk/hear.ts";
import { nameStripper } from "../../../src/platforms/wording.ts";
import { NOW, replied, SESSION, said } from "./vectors.ts";

const deps: HearDeps = {
  robotCode: "dingdemoappkey",
  corpId: null,
  isAnswerUrl: openAnswerUrlCheck("https://oapi.dingtalk.com", "/robot/sendBySession"),
  stripNames: nameStripper(["小帮手"]),
};
const hearBody = (body: unknown, more: Partial<HearDeps> = {}): Heard =>
  hear(JSON.stringify(body), NOW, { ...deps, ...more });

function messageOf(more: object, settings: Partial<HearDeps> = {}): Message {
  const heard = hearBody({ ...said, ...more }, settings);
  if (heard.kind !== "message") throw new Error(JSON.stringify(heard));
  return heard.message;
}

describe("a message is heard", () => {
  test("as dingtalk.md 1.2 shows it", () => {
    expect(hearBody(said)).toEqual({
      kind: "message",
      warning: null,
      message: {
        platform: "dingtalk",
        id: "msgDEMO0001==",
        chat: "cidDEMOgrp001==",
        by: "user-1001",
        outsider: false,
        text: "三楼打印机卡纸，帮忙看下",
        quote: null,
        quotes: [],
        knownAs: "msgDEMO0001==",
        attachments: [],
        answer: { kind: "address", url: SESSION, expires: NOW + 5_400_000 - 300_000 },
      },
    });
  });

  test("in one-to-one chats without a chat", () => {
    for (const conversationType of ["1", 1]) expect(messageOf({ conversationType }).chat).toBeNull();
    expect(messageOf({ conversationType: "1", conversationId: undefined }).chat).toBeNull();
    expect(messageOf({ conversationType: 2 }).chat).toBe("cidDEMOgrp001==");
  });

  test("whatever kind of number its times are", () => {
    const expires = NOW + 5_400_000 - 300_000;
    const texts = { createAt: String(NOW), sessionWebhookExpiredTime: String(NOW + 5_400_000) };
    expect(messageOf(texts).answer?.expires).toBe(expires);
    expect(messageOf({ ...texts, sessionWebhookExpiredTime: undefined }).answer?.expires).toBe(expires);
    expect(messageOf({ createAt: "soon", sessionWebhookExpiredTime: null }).answer?.expires).toBe(expires);
  });

  test("with pictures between its words, without the robot's name", () => {
    const richText = [
      { text: "@小帮手" },
      { text: " 屏幕" },
      { type: "text", text: "花了" },
      { type: "picture", downloadCode: "d", pictureDownloadCode: "p" },
      { msgType: "text", content: "看右上角 #1123-" },
      { text: { content: "017" } },
      { type: "picture", downloadCode: "e" },
      { type: "hologram" },
      "?",
    ];
    expect(messageOf({ msgtype: "richText", text: undefined, content: { richText } })).toMatchObject({
      text: "屏幕花了\n看右上角 #1123-017",
      attachments: ["图片", "图片", "其他内容", "其他内容"],
    });
  });

  test.each([
    ["picture", { downloadCode: "d" }, "", ["图片"]],
    ["file", { downloadCode: "d", fileName: "a.pdf" }, "", ["文件"]],
    ["video", undefined, "", ["视频"]],
    ["audio", { duration: 3000, recognition: "会议室投影没信号" }, "会议室投影没信号", []],
    ["audio", { recognition: " " }, "", ["语音"]],
    ["audio", undefined, "", ["语音"]],
    ["richText", undefined, "", []],
    ["richText", { richText: "?" }, "", []],
  ])("%s %j", (msgtype, content, text, attachments) => {
    expect(messageOf({ conversationType: "1", msgtype, text: undefined, content })).toMatchObject({
      text,
      attachments,
    });
  });

  test.each([[{ content: " " }], [{ content: "" }], [{ content: 7 }], [null], [undefined]])(
    "with nothing typed but the robot's name: %j",
    (text) => {
      expect(messageOf({ text }).text).toBe("");
    },
  );

  test("with a bounded list of attachments, which says how many there were", () => {
    const richText = Array.from({ length: 1000 }, () => ({ type: "picture" }));
    const { attachments } = messageOf({ msgtype: "richText", content: { richText } });
    expect(attachments).toHaveLength(31);
    expect(attachments.at(-1)).toBe("等共 1000 个");
  });

  test("with a bounded text, which says that it was cut", () => {
    expect(messageOf({ text: { content: "长".repeat(30_000) } }).text).toMatch(/^长{20000}…（原文过长/);
  });

  test("without zero-width characters", () => {
    expect(messageOf({ text: { content: " 查 #11\u200b23-\u2060017\ufeff" } }).text).toBe("查 #1123-017");
  });

  test("under a digest where an id would not do as a key", () => {
    const long = messageOf({ msgId: "x".repeat(129), originalMsgId: "a\nb" });
    expect(long.id).toMatch(/^[0-9a-f]{64}$/);
    expect(long.knownAs).toBe(long.id);
    expect(long.quotes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});

describe("who said it", () => {
  test("is known by the staff id, as it is spelled", () => {
    expect(messageOf({ senderStaffId: "Manager-7" })).toMatchObject({ by: "Manager-7", outsider: false });
  });

  test.each([undefined, null, "", 7, "a\nb"])("may ask and not act without a staff id: %j", (senderStaffId) => {
    expect(messageOf({ senderStaffId })).toMatchObject({ by: "$:LWCP_v1:$USRdemo", outsider: true });
    expect(messageOf({ senderStaffId }, { corpId: "dingcorpdemo" }).outsider).toBe(true);
  });

  test.each([
    ["no organisation is configured", null, { senderCorpId: "dingother" }, true],
    ["no organisation is configured", null, { senderCorpId: undefined }, true],
    ["no organisation is configured", null, { senderCorpId: undefined, chatbotCorpId: undefined }, true],
    ["no organisation is configured", null, { chatbotCorpId: undefined }, true],
    ["ours is configured", "dingcorpdemo", { senderCorpId: "dingother" }, true],
    ["ours is configured", "dingcorpdemo", { senderCorpId: undefined }, false],
    ["ours is configured", "dingcorpdemo", { chatbotCorpId: undefined }, false],
    ["ours is configured", "dingcorpdemo", {}, false],
  ])("%s (%s), %j: an outsider is %s", (_, corpId, more, outsider) => {
    expect(messageOf(more, { corpId }).outsider).toBe(outsider);
  });
});

describe("what was quoted", () => {
  const quoting = (repliedMsg: unknown, more: object = {}) =>
    messageOf({ text: { content: " 完成", isReplyMsg: true, repliedMsg }, ...more });

  test("as dingtalk.md 1.3 shows it: the card's words, the key and the id", () => {
    expect(messageOf(replied)).toMatchObject({
      text: "已处理",
      quote: "【#1123-017】打印机卡纸 请 @韩梅 处理",
      quotes: ["pqkDEMO/abc=", "msgBOT77=="],
    });
  });

  test.each([
    ["text", { msgType: "text", content: { text: "#1123-\u200b017 待接单" } }, "#1123-017 待接单"],
    ["text of another client", { msgType: "text", content: { content: "#1123-017" } }, "#1123-017"],
    ["text as JSON", { msgType: "text", content: '{"text":"#1123-017"}' }, "#1123-017"],
    ["text as a string", { msgType: "text", content: "#1123-017" }, "#1123-017"],
    ["text that somebody typed as JSON", { msgType: "text", content: '{"a":1}' }, '{"a":1}'],
    ["text that begins like JSON", { msgType: "text", content: "{#1123-017" }, "{#1123-017"],
    ["text with the robot's name", { msgType: "text", content: { text: "@小帮手 借场地" } }, "借场地"],
    ["markdown", { msgType: "markdown", content: { text: "#### #1123-017" } }, "#### #1123-017"],
    ["markdown, of which the title came", { msgType: "markdown", content: { title: "#1123-017" } }, "#1123-017"],
    [
      "rich text",
      {
        msgType: "richText",
        content: {
          richText: [
            { msgType: "text", content: "一" },
            { type: "text", text: "二" },
          ],
        },
      },
      "一二",
    ],
    [
      "a card's variables",
      { msgType: "interactiveCard", content: { cardData: { cardParamMap: { t: "#1123-017" } } } },
      "#1123-017",
    ],
    [
      "a card's number in two pieces",
      {
        msgType: "interactiveCard",
        content: {
          cardContent: [
            { elementType: "TEXT", value: "#1123-" },
            { elementType: "TEXT", value: "017" },
            { elementType: "UNKNOWN", value: "{}", text: "x" },
            { elementType: "RICHTEXT", children: [{ elementType: "TEXT", value: "打印机" }] },
          ],
        },
      },
      "#1123-017\n打印机",
    ],
    [
      "a forwarded chat",
      { msgType: "chatRecord", content: { title: "聊天记录", summary: "李雷：借场地" } },
      "聊天记录\n李雷：借场地",
    ],
    ["a voice message", { msgType: "audio", content: { recognition: "会议室", downloadCode: "d" } }, "会议室"],
    ["an unknown kind", { msgType: "later", content: { body: [{ text: "#1123-017" }] } }, "#1123-017"],
  ])("%s", (_, repliedMsg, text) => {
    expect(quoting(repliedMsg).quote).toBe(text);
    expect(messageOf({ msgtype: "richText", text: undefined, content: { richText: [], repliedMsg } }).quote).toBe(text);
  });

  test.each([
    [
      "beside the text, by old clients",
      { quoteMessage: { msgId: "m9", msgtype: "text", text: { content: "借场地" } } },
    ],
    ["in the content, by old clients", { content: { quoteContent: "借场地" } }],
  ])("%s", (_, more) => {
    expect(messageOf(more).quote).toBe("借场地");
  });

  test.each([
    ["picture", "图片"],
    ["file", "文件"],
    ["video", "视频"],
    ["audio", "语音"],
  ])("that was a %s leaves no text and is named", (msgType, label) => {
    expect(quoting({ msgType, content: { downloadCode: "d", fileName: "a.pdf" } })).toMatchObject({
      quote: null,
      attachments: [`引用的${label}`],
    });
  });

  test("that had pictures between its words", () => {
    const richText = [
      { msgType: "picture", downloadCode: "d" },
      { msgType: "text", content: "看" },
    ];
    expect(quoting({ msgType: "richText", content: { richText } })).toMatchObject({
      quote: "看",
      attachments: ["引用的图片"],
    });
  });

  test.each([
    ["text", { text: "a1b2c3||3||1||132" }],
    ["text", "a1b2c3||3||1||132 "],
    ["richText", { richText: [{ text: "a1b2c3||3||1||132" }] }],
    ["interactiveCard", { cardData: { cardParamMap: { t: "a1b2||3||1||132" } } }],
  ])("that came as a cipher is nothing to read: %s %j", (msgType, content) => {
    expect(quoting({ msgType, content, msgId: "m7" })).toMatchObject({ quote: null, quotes: ["m7"] });
  });

  test("of which only an id came", () => {
    expect(messageOf({ text: { content: " ", isReplyMsg: true }, originalMsgId: "m7" })).toMatchObject({
      text: "",
      quote: null,
      quotes: ["m7"],
    });
    expect(quoting({ msgType: "unknownMsgType", msgId: "m7", createdAt: NOW }).quotes).toEqual(["m7"]);
  });

  test("stands alone where nothing was typed beside it", () => {
    const repliedMsg = { msgType: "text", content: { text: "借场地" } };
    expect(messageOf({ text: { content: " ", repliedMsg } })).toMatchObject({ text: "", quote: "借场地" });
  });

  test.each([null, 7, [], {}, { msgType: 7 }, { content: null }, { msgType: "text", content: [] }, "x"])(
    "may be nothing: %j",
    (repliedMsg) => {
      expect(quoting(repliedMsg).quote).toBeNull();
    },
  );

  test.each([7, null, "", {}])("has no id that is no text: %j", (id) => {
    expect(messageOf({ originalMsgId: id, originalProcessQueryKey: id }).quotes).toEqual([]);
  });

  test("may be as deep as it likes", () => {
    const depth = 50_000;
    const deep = `${'{"a":'.repeat(depth)}"x"${"}".repeat(depth)}`;
    const body = JSON.stringify({ ...said, text: { content: "", repliedMsg: { content: 0 } } });
    expect(hear(body.replace('"content":0', `"content":${deep}`), NOW, deps).kind).toMatch(/message|malformed/);
  });
});

describe("the address of the answer", () => {
  test.each([
    ["another host", "https://evil.example/robot/sendBySession?session=a"],
    ["another scheme", "http://oapi.dingtalk.com/robot/sendBySession?session=a"],
    ["another port", "https://oapi.dingtalk.com:8443/robot/sendBySession?session=a"],
    ["another path", "https://oapi.dingtalk.com/robot/send?access_token=a"],
    ["a longer path", "https://oapi.dingtalk.com/robot/sendBySession/../x?session=a"],
    ["a host in front of ours", "https://oapi.dingtalk.com@evil.example/robot/sendBySession"],
    ["a name and a password", "https://u:p@oapi.dingtalk.com/robot/sendBySession?session=a"],
    ["no address", "robot/sendBySession"],
  ])("is not used when it has %s", (_, sessionWebhook) => {
    expect(hearBody({ ...said, sessionWebhook })).toMatchObject({
      kind: "message",
      message: { answer: null },
      warning: "foreign sessionWebhook",
    });
  });

  test.each([undefined, null, 7])("may be missing: %j", (sessionWebhook) => {
    expect(hearBody({ ...said, sessionWebhook })).toMatchObject({
      message: { answer: null },
      warning: "no sessionWebhook",
    });
  });
});

describe("a callback is dropped, with its reason", () => {
  test.each([
    ["another robot's message", { robotCode: "normal" }],
    ["another robot's message", { robotCode: 7 }],
    ["message of kind chatRecord", { msgtype: "chatRecord" }],
    ["message of kind interactiveCard", { msgtype: "interactiveCard" }],
    ["message of kind unknownMsgType", { msgtype: "unknownMsgType" }],
    ["no usable msgId", { msgId: undefined }],
    ["no usable msgId", { msgId: "" }],
    ["no usable msgId", { msgId: 12 }],
    ["no usable msgtype", { msgtype: undefined }],
    ["no usable conversationType", { conversationType: undefined }],
    ["no usable conversationType", { conversationType: "3" }],
    ["no usable conversationId", { conversationId: undefined }],
    ["no usable conversationId", { conversationId: "a\nb" }],
    ["no usable conversationId", { conversationId: "x".repeat(257) }],
    ["no usable senderId", { senderStaffId: undefined, senderId: undefined }],
  ])("%s", (reason, more) => {
    expect(hearBody({ ...said, ...more })).toEqual({ kind: "drop", reason, overQuota: false });
  });

  test("another organisation's, where ours is configured", () => {
    expect(hearBody(said, { corpId: "dingours" })).toMatchObject({
      kind: "drop",
      reason: "another organisation's message",
    });
  });

  test("a message whose words the quota withheld", () => {
    for (const errorCode of [20001, "20001"]) {
      const body = { ...said, text: undefined, errorCode, errorMessage: "quota" };
      expect(hearBody(body)).toEqual({ kind: "drop", reason: "errorCode 20001", overQuota: true });
    }
    expect(messageOf({ errorCode: 20001 }).text).not.toBe("");
    expect(messageOf({ errorCode: 0, text: undefined }).text).toBe("");
  });

  test("but not because the robot is not named", () => {
    expect(hearBody({ ...said, robotCode: undefined }).kind).toBe("message");
  });
});

test.each(["", "<xml/>", "7", '"text"', "null", "[]", "[{}]", '{"msgId":'])("%j is malformed", (plain) => {
  expect(hear(plain, NOW, deps)).toEqual({ kind: "malformed" });
});

test("any JSON is heard without a crash", () => {
  const hostile = fc.record(
    Object.fromEntries(
      [...Object.keys(replied), "content", "quoteMessage", "errorCode", "__proto__"].map((key) => [
        key,
        fc.jsonValue(),
      ]),
    ),
    { requiredKeys: [] },
  );
  const quotes = fc.record({
    msgType: fc.constantFrom("text", "richText", "interactiveCard", "audio", "later"),
    content: fc.jsonValue(),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        hostile.map((body) => JSON.stringify({ ...replied, ...body })),
        quotes.map((repliedMsg) => JSON.stringify({ ...replied, text: { content: "", repliedMsg } })),
        fc.string(),
      ),
      (plain) => {
        expect(["message", "drop", "malformed"]).toContain(hear(plain, NOW, deps).kind);
      },
    ),
    { numRuns: 2000 },
  );
});
