import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Message } from "../../../src/chat/message.ts";
import { openAnswerUrlCheck } from "../../../src/platforms/answer-url.ts";
import { hear } from "../../../src/platforms/wecom/hear.ts";
import { nameStripper } from "../../../src/platforms/wording.ts";
import { F } from "./vectors.ts";

const NOW = 1_763_860_001_000;
const API = "https://qyapi.weixin.qq.com";
const deps = {
  botId: "bot-1",
  isAnswerUrl: openAnswerUrlCheck(API, "/cgi-bin/aibot/response"),
  stripNames: nameStripper(["小帮手"]),
};
const said = {
  msgid: "m-1",
  aibotid: "bot-1",
  chatid: "wrGROUP01",
  chattype: "group",
  from: { userid: "Zhao.Min" },
  response_url: `${API}/cgi-bin/aibot/response?response_code=abc`,
  msgtype: "text",
  text: { content: "@小帮手 三楼打印机又卡纸了" },
};

function hearBody(body: unknown): ReturnType<typeof hear> {
  return hear(JSON.stringify(body), NOW, deps);
}
function messageOf(more: object): Message {
  const heard = hearBody({ ...said, ...more });
  if (heard.kind !== "message") throw new Error(JSON.stringify(heard));
  return heard.message;
}
const content = (text: string) => ({ content: text });

describe("a message is heard", () => {
  test("as in vector F", () => {
    expect(hear(F.plain, NOW, deps)).toEqual({
      kind: "message",
      sender: "li.na",
      warning: null,
      message: {
        platform: "wecom",
        id: "m-1",
        chat: "chat-1",
        by: "li.na",
        outsider: false,
        text: "三楼打印机卡纸",
        quote: null,
        quotes: [],
        knownAs: null,
        attachments: [],
        answer: {
          kind: "address",
          url: `${API}/cgi-bin/aibot/response?response_code=rc-1`,
          expires: NOW + 59 * 60_000,
        },
      },
    });
  });

  test("from an account in lower case, with unknown fields beside", () => {
    const heard = hearBody({ ...said, create_time: 1, extra: { deep: [] } });
    expect(heard).toMatchObject({ message: { by: "zhao.min" }, sender: "Zhao.Min" });
  });

  test("in one-to-one chats without a chat", () => {
    expect(messageOf({ chattype: "single", chatid: undefined }).chat).toBeNull();
    expect(messageOf({ chattype: "single" }).chat).toBeNull();
    expect(messageOf({ chattype: undefined, chatid: undefined }).chat).toBeNull();
    expect(messageOf({ chattype: undefined }).chat).toBe("wrGROUP01");
  });

  test("with pictures between its words", () => {
    const msg_item = [
      { msgtype: "text", text: content("@小帮手 屏幕花了") },
      { msgtype: "image", image: { url: "https://cos.example/x" } },
      { msgtype: "text", text: content("看右上角") },
      { msgtype: "image" },
      { msgtype: "hologram" },
      "?",
    ];
    expect(messageOf({ msgtype: "mixed", mixed: { msg_item } })).toMatchObject({
      text: "屏幕花了\n看右上角",
      attachments: ["图片", "图片", "其他内容", "其他内容"],
    });
  });

  test.each([
    ["image", { url: "https://cos.example/y" }, "", ["图片"]],
    ["file", { url: "https://cos.example/z" }, "", ["文件"]],
    ["video", undefined, "", ["视频"]],
    ["voice", content("会议室投影没信号"), "会议室投影没信号", []],
    ["voice", content(" "), "", ["语音"]],
    ["voice", undefined, "", ["语音"]],
    ["text", undefined, "", []],
    ["text", { content: 7 }, "", []],
    ["mixed", undefined, "", []],
  ])("%s %j", (msgtype, value, text, attachments) => {
    expect(messageOf({ chattype: "single", msgtype, text: undefined, [msgtype]: value })).toMatchObject({
      text,
      attachments,
    });
  });

  test("with a bounded list of attachments, which says how many there were", () => {
    const msg_item = Array.from({ length: 1000 }, () => ({ msgtype: "image" }));
    const { attachments } = messageOf({ msgtype: "mixed", mixed: { msg_item } });
    expect(attachments).toHaveLength(31);
    expect(attachments.at(-1)).toBe("等共 1000 个");
  });

  test("with a bounded text, which says that it was cut", () => {
    expect(messageOf({ text: content("长".repeat(30_000)) }).text).toMatch(/^长{20000}…（原文过长/);
  });

  test("without zero-width characters", () => {
    expect(messageOf({ text: content("@小\u200b帮手 查 #11\u200b23-\u2060017") }).text).toBe("查 #1123-017");
  });

  test("under a digest where its id would not do as a key", () => {
    const digest = (id: string) => createHash("sha256").update(id).digest("hex");
    for (const id of ["x".repeat(129), "a\nb", "a\u0000", "\u009b"])
      expect(messageOf({ msgid: id }).id).toBe(digest(id));
    for (const id of ["x".repeat(128), "消息 1", "a/b:c"]) expect(messageOf({ msgid: id }).id).toBe(id);
  });
});

describe("what was quoted", () => {
  test.each([
    ["text", { msgtype: "text", text: content("#1123-\u200b017 待接单") }, "#1123-017 待接单"],
    ["text with the bot's name", { msgtype: "text", text: content("@小帮手 借场地") }, "借场地"],
    ["voice", { msgtype: "voice", voice: content("会议室") }, "会议室"],
    ["markdown", { msgtype: "markdown", markdown: content("**#1123-017** 已受理") }, "**#1123-017** 已受理"],
    ["a stream", { msgtype: "stream", stream: { id: "s", finish: true, ...content("#1123-017") } }, "#1123-017"],
    [
      "a mixed one",
      {
        msgtype: "mixed",
        mixed: {
          msg_item: [
            { msgtype: "text", text: content("一") },
            { msgtype: "text", text: content("二") },
          ],
        },
      },
      "一\n二",
    ],
    [
      "a card",
      {
        msgtype: "template_card",
        template_card: { main_title: { title: "#1123-017 借场地", desc: "段塘" }, url: "https://x" },
      },
      "#1123-017 借场地\n段塘",
    ],
    ["an unknown kind", { msgtype: "later", later: [{ body: { content: "#1123-017" } }] }, "#1123-017"],
    ["without its kind", { text: content("#1123-017") }, "#1123-017"],
    ["a bare string", "#1123-017", "#1123-017"],
  ])("%s", (_, quote, text) => {
    expect(messageOf({ quote }).quote).toBe(text);
  });

  test("that had only a picture leaves no text and is named", () => {
    expect(messageOf({ quote: { msgtype: "image", image: { url: "https://x" } } })).toMatchObject({
      quote: null,
      attachments: ["引用的图片"],
    });
  });

  test("stands alone where nothing was typed beside it", () => {
    const quote = { msgtype: "text", text: content("借场地") };
    expect(messageOf({ text: content("@小帮手"), quote })).toMatchObject({ text: "", quote: "借场地" });
  });

  test.each([
    null,
    7,
    [],
    {},
    { msgtype: 7 },
    { msgtype: "text" },
    { msgtype: "text", text: null },
    { msgtype: "mixed", mixed: {} },
  ])("may be nothing: %j", (quote) => {
    expect(messageOf({ quote }).quote).toBeNull();
  });

  test("may be as deep as it likes", () => {
    const depth = 50_000;
    const quote = `${'{"a":'.repeat(depth)}"x"${"}".repeat(depth)}`;
    expect(hear(JSON.stringify(said).replace(/}$/, `,"quote":${quote}}`), NOW, deps).kind).toMatch(/message|malformed/);
  });
});

describe("the address of the answer", () => {
  test.each([
    ["another host", "https://evil.example/cgi-bin/aibot/response?response_code=a"],
    ["another scheme", "http://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=a"],
    ["another port", "https://qyapi.weixin.qq.com:8443/cgi-bin/aibot/response?response_code=a"],
    ["another path", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a"],
    ["a longer path", "https://qyapi.weixin.qq.com/cgi-bin/aibot/response/../x?response_code=a"],
    ["a host in front of ours", "https://qyapi.weixin.qq.com@evil.example/cgi-bin/aibot/response"],
    ["a name and a password", "https://u:p@qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=a"],
    ["no address", "aibot/response"],
  ])("is not used when it has %s", (_, response_url) => {
    const heard = hearBody({ ...said, response_url });
    expect(heard).toMatchObject({ kind: "message", message: { answer: null }, warning: "foreign response_url" });
  });

  test.each([undefined, null, 7])("may be missing: %j", (response_url) => {
    const heard = hearBody({ ...said, response_url });
    expect(heard).toMatchObject({ kind: "message", message: { answer: null }, warning: "no response_url" });
  });
});

describe("a callback is dropped, with its reason", () => {
  test.each([
    ["event enter_chat", { msgtype: "event", event: { eventtype: "enter_chat" } }],
    ["event template_card_event", { msgtype: "event", event: { eventtype: "template_card_event" } }],
    ["event feedback_event", { msgtype: "event", event: { eventtype: "feedback_event" } }],
    ["event auth_change_event", { msgtype: "event", event: { eventtype: "auth_change_event" } }],
    ["event unknown", { msgtype: "event", event: null }],
    ["stream refresh", { msgtype: "stream", stream: { id: "T-1024-a" } }],
    ["message of kind location", { msgtype: "location" }],
    ["another bot's message", { aibotid: "bot-2" }],
    ["another bot's message", { aibotid: 1 }],
    ["no usable msgid", { msgid: undefined }],
    ["no usable msgid", { msgid: "" }],
    ["no usable msgid", { msgid: 12 }],
    ["no usable from", { from: undefined }],
    ["no usable from.userid", { from: { userid: "" } }],
    ["no usable from.userid", { from: { userid: "a\nb" } }],
    ["no usable chatid", { chatid: undefined }],
    ["no usable chatid", { chatid: "x".repeat(257) }],
    ["no usable msgtype", { msgtype: undefined }],
  ])("%s", (reason, more) => {
    expect(hearBody({ ...said, ...more })).toEqual({ kind: "drop", reason });
  });

  test("but not for another bot's id while ours is not configured, nor for a missing one", () => {
    expect(hear(JSON.stringify({ ...said, aibotid: "bot-2" }), NOW, { ...deps, botId: null }).kind).toBe("message");
    expect(hearBody({ ...said, aibotid: undefined }).kind).toBe("message");
  });
});

test.each(["", "<xml/>", "7", '"text"', "null", "[]", "[{}]", '{"msgid":'])("%j is malformed", (plain) => {
  expect(hear(plain, NOW, deps)).toEqual({ kind: "malformed" });
});

test("any JSON is heard without a crash", () => {
  const hostile = fc.record(
    Object.fromEntries([...Object.keys(said), "quote", "mixed", "event"].map((key) => [key, fc.jsonValue()])),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        hostile.map((body) => JSON.stringify({ ...said, ...body })),
        fc.string(),
      ),
      (plain) => {
        expect(["message", "drop", "malformed"]).toContain(hear(plain, NOW, deps).kind);
      },
    ),
    { numRuns: 2000 },
  );
});
