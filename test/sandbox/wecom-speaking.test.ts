import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryHistory } from "../../src/sandbox/history.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import { bot, type FakeDesk, markdown, openFakeDesk, post, text } from "./fake-desk.ts";

let desk: FakeDesk;
let wecom: WecomServer;
let now = 0;

beforeEach(async () => {
  now = Date.parse("2026-11-23T09:00:00+08:00");
  desk = await openFakeDesk();
  wecom = await openWecomServer({
    deskUrl: desk.url,
    bot,
    groups: [
      { chat: "wrGROUP01", name: "恒通汽配服务群", webhookKey: "key-1" },
      { chat: "wrGROUP02", name: "帮办员群", webhookKey: "key-2" },
    ],
    people: [
      { account: "Sun.San", name: "孙三", groups: ["wrGROUP01", "wrGROUP02"] },
      { account: "li.na", name: "李娜", groups: ["wrGROUP01"] },
    ],
    history: memoryHistory(),
    now: () => now,
    deskNow: () => now + 86_400_000,
  });
});

afterEach(async () => {
  await wecom.close();
  await desk.close();
});

const answerUrl = async (): Promise<string> => {
  await wecom.say({ chat: "wrGROUP01", by: "li.na", text: "@小帮手 借会议室" });
  return desk.heard.at(-1)?.body.response_url ?? "";
};

describe("an answer through response_url", () => {
  test("is shown once, below the message that it answers, at the desk's time", async () => {
    const url = await answerUrl();
    expect(await post(url, markdown("【#1123-001 已受理】"))).toEqual({ errcode: 0, errmsg: "ok" });
    expect(await post(url, markdown("【#1123-001 已受理】"))).toMatchObject({ errcode: 60140 });
    const [question, answer, more] = wecom.sent("wrGROUP01");
    expect(answer).toMatchObject({
      from: "bot",
      text: "【#1123-001 已受理】",
      quoting: question?.id,
      at: now + 86_400_000,
    });
    expect(more).toBeUndefined();
    expect(wecom.violations).toMatchObject([{ kind: "used-twice" }]);
  });

  test("is taken once where two arrive together", async () => {
    const url = await answerUrl();
    const codes = await Promise.all([post(url, markdown("甲")), post(url, markdown("乙"))]);
    expect(codes.map(({ errcode }) => errcode).sort()).toEqual([0, 60140]);
    expect(wecom.sent("wrGROUP01")).toHaveLength(2);
  });

  test("is taken for one hour", async () => {
    const url = await answerUrl();
    now += 3_600_001;
    expect(await post(url, markdown("迟了"))).toMatchObject({ errcode: 60140 });
    expect(wecom.violations).toEqual([]);
  });

  test("mentions nobody", async () => {
    await post(await answerUrl(), markdown("请 <@Sun.San> 处理"));
    expect(wecom.sent("wrGROUP01")[1]?.mentions).toEqual([]);
  });

  test("is refused with WeCom's codes, and a refusal does not use the code up", async () => {
    const url = await answerUrl();
    expect(await post(url, text("好"))).toMatchObject({ errcode: 40008 });
    expect(await post(url, markdown(" "))).toMatchObject({ errcode: 44004 });
    expect(await post(url, markdown("好".repeat(6_827)))).toMatchObject({ errcode: 40058 });
    expect(await post(url, "not json")).toMatchObject({ errcode: 40058 });
    expect(await post(url, markdown("好".repeat(350_000)))).toMatchObject({ errcode: 40058 });
    expect(await post(url, markdown("好".repeat(6_826)))).toMatchObject({ errcode: 0 });
    expect(wecom.violations.map(({ kind }) => kind)).toEqual([
      "malformed",
      "malformed",
      "too-long",
      "malformed",
      "too-long",
    ]);
  });
});

describe("a line through the group's webhook", () => {
  test("rings the telephones of members, by list and by <@id>, in any case", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    await post(url, text("待接单", ["sun.san", "nobody"]));
    await post(url, { msgtype: "markdown", markdown: { content: "请 <@li.na> 补充" } });
    await post(url, { msgtype: "markdown_v2", markdown_v2: { content: "请 <@li.na> 补充" } });
    await post(url, text("请 @孙三 接单"));
    await post(url, text("全体注意", ["@all"]));
    expect(wecom.sent("wrGROUP01").map(({ mentions }) => mentions)).toEqual([
      ["Sun.San"],
      ["li.na"],
      [],
      [],
      ["Sun.San", "li.na"],
    ]);
  });

  test("does not ring those who are not in that group", async () => {
    await post(wecom.webhookUrl("wrGROUP02"), text("待接单", ["li.na"]));
    expect(wecom.sent("wrGROUP02")[0]?.mentions).toEqual([]);
  });

  test("passes twenty times in any sixty seconds, and the refused do not count", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    const send = async (): Promise<number> => (await post(url, text("提醒"))).errcode;
    now += 59_000;
    for (let nth = 0; nth < 20; nth += 1) expect(await send()).toBe(0);
    now += 2_000; // a new minute on the clock, the same sixty seconds
    for (let nth = 0; nth < 5; nth += 1) expect(await send()).toBe(45009);
    expect(await post(wecom.webhookUrl("wrGROUP02"), text("别的群"))).toMatchObject({ errcode: 0 });
    now += 57_999;
    expect(await send()).toBe(45009);
    now += 1;
    expect(await send()).toBe(0);
    expect(wecom.sent("wrGROUP01")).toHaveLength(21);
    expect(wecom.violations).toHaveLength(6);
  });

  test("is measured in bytes", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    expect(await post(url, text("办".repeat(682)))).toMatchObject({ errcode: 0 });
    expect(await post(url, text("办".repeat(683)))).toMatchObject({ errcode: 40058 });
    expect(await post(url, markdown("办".repeat(1_365)))).toMatchObject({ errcode: 0 });
    expect(await post(url, markdown("办".repeat(1_366)))).toMatchObject({ errcode: 40058 });
  });

  test("carries a picture whose md5 is right", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(1_500_000)]);
    const md5 = createHash("md5").update(bytes).digest("hex");
    const image = (sum: string): unknown => ({
      msgtype: "image",
      image: { base64: bytes.toString("base64"), md5: sum },
    });
    expect(await post(url, image(md5))).toMatchObject({ errcode: 0 });
    expect(await post(url, image("0".repeat(32)))).toMatchObject({ errcode: 301019 });
    expect((await wecom.history.picture(md5))?.equals(bytes)).toBe(true);
  });

  test("refuses a picture of more than 2 MB, and one that is not plain base64", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    const image = (bytes: Buffer, head = "") => ({
      msgtype: "image",
      image: { base64: head + bytes.toString("base64"), md5: createHash("md5").update(bytes).digest("hex") },
    });
    const png = Buffer.from("89504e470d0a1a0a", "hex");
    expect(await post(url, image(Buffer.concat([png, Buffer.alloc(2 << 20)])))).toMatchObject({ errcode: 40009 });
    expect(await post(url, image(png, "data:image/png;base64,"))).toMatchObject({ errcode: 40058 });
    expect(wecom.sent("wrGROUP01")).toEqual([]);
  });

  test("is refused where the robot was never added or was taken out", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    expect(await post(url.replace("key-1", "key-x"), text("好"))).toMatchObject({ errcode: 93000 });
    wecom.removeWebhook("wrGROUP01");
    expect(await post(url, text("好"))).toMatchObject({ errcode: 93000 });
    expect(wecom.violations).toEqual([]);
  });

  test("has no other door", async () => {
    expect((await fetch(`${wecom.origin}/cgi-bin/nothing`)).status).toBe(404);
    expect(await (await fetch(wecom.webhookUrl("wrGROUP01"))).json()).toMatchObject({ errcode: 43002 });
  });
});

describe("trouble", () => {
  const shown = (): number => wecom.sent("wrGROUP01").length;

  test("answers as a busy, a limiting or a broken WeCom would, as often as it is told to", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    wecom.trouble("webhook", "busy", { at: "key-1", count: 1 });
    expect(await post(url, text("好"))).toMatchObject({ errcode: -1 });
    wecom.trouble("webhook", "rate", { at: "wrGROUP01", count: 1 });
    expect(await post(url, text("好"))).toMatchObject({ errcode: 45009 });
    wecom.trouble("webhook", "removed");
    expect(await post(url, text("好"))).toMatchObject({ errcode: 93000 });
    wecom.trouble("webhook", "http500");
    await expect(post(url, text("好"))).rejects.toThrow("HTTP 500");
    wecom.trouble("webhook", "html");
    await expect(post(url, text("好"))).rejects.toThrow("JSON");
    expect(shown()).toBe(0);
    wecom.trouble("webhook", "none");
    expect(await post(url, text("好"))).toMatchObject({ errcode: 0 });
    expect(wecom.violations).toEqual([]);
  });

  test("cuts the connection before or after the message is shown", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    wecom.trouble("webhook", "reset-before", { count: 1 });
    await expect(post(url, text("好"))).rejects.toThrow();
    expect(shown()).toBe(0);
    wecom.trouble("webhook", "reset-after", { count: 1 });
    await expect(post(url, text("好"))).rejects.toThrow();
    expect(shown()).toBe(1);
  });

  test("leaves an answer in doubt, so that asking again is no fault", async () => {
    const url = await answerUrl();
    wecom.trouble("response", "reset-after", { count: 1 });
    await expect(post(url, markdown("已受理"))).rejects.toThrow();
    expect(await post(url, markdown("已受理"))).toMatchObject({ errcode: 60140 });
    expect(shown()).toBe(2);
    expect(wecom.violations).toEqual([]);
  });

  test("keeps the desk waiting, and closing ends the wait", async () => {
    const url = wecom.webhookUrl("wrGROUP01");
    wecom.trouble("webhook", "timeout-after", { count: 1 });
    const waiting = post(url, text("好"));
    const ended = expect(waiting).rejects.toThrow();
    await wecom.waitFor("wrGROUP01", (message) => message.text === "好");
    wecom.trouble("webhook", "stall", { count: 1 });
    const stalled = expect(post(url, text("再来"))).rejects.toThrow();
    await expect.poll(() => wecom.received.length, { timeout: 5_000 }).toBe(2);
    await wecom.close();
    await Promise.all([ended, stalled]);
    expect(shown()).toBe(1);
  });
});

test("waiting for a message that does not come says what came instead", async () => {
  await post(wecom.webhookUrl("wrGROUP01"), text("别的话"));
  await expect(wecom.waitFor("wrGROUP01", () => false, 20)).rejects.toThrow("webhook: 别的话");
});

test("what was received is kept in order with what was answered", async () => {
  await post(wecom.webhookUrl("wrGROUP01"), text("好"));
  expect(wecom.received).toMatchObject([{ door: "webhook", credential: "key-1", chat: "wrGROUP01", errcode: 0 }]);
});
