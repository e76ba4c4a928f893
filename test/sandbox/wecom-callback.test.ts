import { decrypt, getSignature } from "@wecom/crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryHistory } from "../../src/sandbox/history.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import { bot, type FakeDesk, markdown, openFakeDesk, post } from "./fake-desk.ts";

let desk: FakeDesk;
let wecom: WecomServer;

const open = (redeliverAfterMs: number): Promise<WecomServer> =>
  openWecomServer({
    deskUrl: desk.url,
    bot,
    groups: [{ chat: "wrGROUP01", name: "恒通汽配服务群", webhookKey: "key-1" }],
    people: [{ account: "li.na", name: "李娜", groups: ["wrGROUP01"] }],
    history: memoryHistory(),
    redeliverAfterMs,
  });

beforeEach(async () => {
  desk = await openFakeDesk();
  wecom = await open(5_000);
});

afterEach(async () => {
  await wecom.close();
  await desk.close();
});

const ask = { chat: "wrGROUP01", by: "li.na", text: "@小帮手 三楼打印机卡纸" };

describe("the envelope", () => {
  // The library that seals here is the one that the published vectors E and F (wecom.md 1.5) were checked with.
  test("opens the published vector E, an echo without receiver id", () => {
    const echostr = "scEag1243Fmy/fYz4Ux8D4QPl2Xf4fBsptt+BUOu+zcccFbQxRUErEGCX2OBU1IEM413MUvZIH8QZh/jUIUJig==";
    expect(getSignature(bot.token, 1763860000, 55512345, echostr)).toBe("dfd0c7e198e5a1f6787afb709e50de8a4db260ed");
    expect(decrypt(bot.aesKey, echostr)).toMatchObject({ message: "8812345678901234567", id: "" });
  });

  test("carries the same fields as the published vector F", async () => {
    const published = decrypt(
      bot.aesKey,
      "scEag1243Fmy/fYz4Ux8D/JDrvhEvlbVWI4Rexi7oH2J/XlICYhB004SHibQ11AufhTRNnG/7QZf+i3AuGXC9XGQ3PmNyRPLWVrQ2HbNR0kF6S8678hXHCJIAqfMm6EG8OrqEMYbaMVlHoV3DjYqE/CN/Aly2c43tRuOJt+6hQ03+XV+s5k+NIf7N3GkD+RERwpkYChH2TGdWOfKM/ixtIOk/hJUUsu2Z7B5nKIaNwiAIDQAR9WpbO0cQ917qBHiTiQ6dlWpYThb3UpJab1SWznmPDwfv3PzE7ekA6pLbdy+I21m9uWLvRl0rL1kZ2Cw8/NXsBtsaDNawk8ZyQrjOBW5GG2qK2SPk+xRrCbHP8vX3M9FRSZWL2KgF31eLQXt",
    );
    const vector = JSON.parse(published.message);
    await wecom.say({ ...ask, msgid: "m-1" });
    const [heard] = desk.heard;
    expect(heard?.receiver).toBe("");
    expect(Object.keys(heard?.body ?? {})).toEqual(Object.keys(vector));
    expect({ ...heard?.body, response_url: "", chatid: "chat-1" }).toEqual({ ...vector, response_url: "" });
    expect(heard?.body.response_url).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/cgi-bin\/aibot\/response\?response_code=[\w-]+$/,
    );
  });

  test("is checked by an echo of the raw bytes", async () => {
    expect(await wecom.checkUrl()).toMatchObject({ ok: true, status: 200 });
    desk.behave(() => "\n");
    expect(await wecom.checkUrl()).toMatchObject({ ok: false, status: 200 });
  });
});

describe("what reaches the desk", () => {
  test("is nothing that was said in a group without @", async () => {
    const said = await wecom.say({ ...ask, text: "中午吃什么" });
    expect(said).toMatchObject({ delivered: false, reason: "not-mentioned", body: null });
    expect(desk.heard).toHaveLength(0);
    expect(wecom.sent("wrGROUP01")).toMatchObject([{ from: "li.na", text: "中午吃什么", heard: false }]);
  });

  test("is everything that is said one-to-one, without a chatid", async () => {
    await wecom.say({ chat: null, by: "li.na", text: "我的待办" });
    expect(desk.heard[0]?.body).toMatchObject({ chattype: "single", text: { content: "我的待办" } });
    expect(desk.heard[0]?.body).not.toHaveProperty("chatid");
    expect(wecom.sent("@li.na")).toHaveLength(1);
  });

  test("is the words of a quoted message, and neither its id nor its author", async () => {
    const first = await wecom.say(ask);
    await wecom.say({ ...ask, text: "@小帮手 催一下", quote: first.message?.id ?? "" });
    expect(desk.heard[1]?.body).toMatchObject({ quote: { msgtype: "text", text: { content: ask.text } } });
    expect(wecom.sent("wrGROUP01")[1]).toMatchObject({ quoting: first.message?.id, quote: ask.text });
  });

  test("is a mixed message where pictures come along", async () => {
    await wecom.say({ ...ask, images: 2 });
    const kinds = [{ msgtype: "text" }, { msgtype: "image" }, { msgtype: "image" }];
    expect(desk.heard[0]?.body).toMatchObject({ msgtype: "mixed", mixed: { msg_item: kinds } });
  });

  test("is an event without response_url when somebody enters the one-to-one chat", async () => {
    await wecom.sayEvent({ chat: null, by: "li.na", type: "enter_chat" });
    expect(desk.heard[0]?.body).toMatchObject({ msgtype: "event", event: { eventtype: "enter_chat", enter_chat: {} } });
    expect(desk.heard[0]?.body).not.toHaveProperty("response_url");
  });
});

describe("redelivery", () => {
  beforeEach(async () => {
    await wecom.close();
    wecom = await open(300);
  });

  test("repeats the same msgid in a new envelope until the desk answers", async () => {
    desk.behave((nth) => (nth === 0 ? "silent" : nth === 1 ? "hang-up" : ""));
    const said = await wecom.say(ask);
    expect(said).toMatchObject({ delivered: true, attempts: 3, status: 200 });
    expect(new Set(desk.heard.map(({ body }) => body.msgid))).toEqual(new Set([said.msgid]));
    expect(new Set(desk.heard.map(({ envelope }) => envelope)).size).toBe(3);
  });

  test("ends after three more tries", async () => {
    desk.behave(() => "hang-up");
    expect(await wecom.say(ask)).toMatchObject({ delivered: false, reason: "no-answer", attempts: 4 });
    desk.behave(() => 503);
    expect(await wecom.say(ask)).toMatchObject({ delivered: false, reason: "refused", attempts: 4, status: 503 });
  });

  test("does not follow a refusal", async () => {
    desk.behave(() => 401);
    expect(await wecom.say(ask)).toMatchObject({ delivered: false, reason: "refused", attempts: 1, status: 401 });
  });

  test("waits for a desk that is being restarted", async () => {
    wecom.pointAt("http://127.0.0.1:1");
    const said = wecom.say(ask);
    wecom.pointAt(desk.url);
    expect(await said).toMatchObject({ delivered: true, attempts: 2 });
  });

  test("ends at once when the platform is closed", async () => {
    desk.behave(() => "silent");
    const said = wecom.say(ask);
    await wecom.close();
    expect(await said).toMatchObject({ delivered: false, reason: "closed" });
  });
});

describe("an answer in the response itself", () => {
  test("is opened and shown below what it answers", async () => {
    desk.behave(() => "passive");
    const said = await wecom.say(ask);
    expect(wecom.sent("wrGROUP01")[1]).toMatchObject({ from: "bot", text: "好的", quoting: said.message?.id });
  });
});

test("thousands of groups cost no time per message", async () => {
  for (let nth = 0; nth < 3_500; nth += 1) {
    await wecom.addGroup({ chat: `g${nth}`, name: `群${nth}`, webhookKey: `k${nth}` });
  }
  const said = await Promise.all(
    Array.from({ length: 300 }, (_, nth) => wecom.say({ chat: `g${nth * 11}`, by: "li.na", text: "@小帮手 借会议室" })),
  );
  expect(said.every(({ delivered }) => delivered)).toBe(true);
  expect(await post(wecom.webhookUrl("g3499"), { msgtype: "text", text: { content: "好" } })).toEqual({
    errcode: 0,
    errmsg: "ok",
  });
  expect(await post(desk.heard[0]?.body.response_url ?? "", markdown("已受理"))).toMatchObject({ errcode: 0 });
});
