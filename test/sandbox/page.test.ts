import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type DemoPage, DINGTALK_GROUP, openDemoPage, suggestions } from "./demo-page.ts";
import { text as dingtalkText, post as postDingtalk } from "./dingtalk-given.ts";
import { post, text } from "./fake-desk.ts";

let demo: DemoPage;

beforeEach(async () => {
  demo = await openDemoPage();
});

afterEach(() => demo.close());

const page = async (): Promise<string> => (await fetch(demo.url)).text();
const send = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${demo.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const words = { chat: "wrHENGTONG", by: "wang.min", text: "@小帮手 借会议室", quote: null };

describe("the page", () => {
  test("shows the groups of both platforms, who one may be, and five requests to try", async () => {
    const html = await page();
    const groups = ["恒通汽配服务群", "帮办员工作群", "领导督办群", "南塘食品服务群"];
    for (const shown of [...groups, "王敏（恒通汽配 文员）", "陆晓梅（南塘食品 行政）", ...suggestions]) {
      expect(html).toContain(shown);
    }
    expect(html).toMatch(/data-chat="wrHENGTONG" data-robot="小帮手"[\s\S]*?<span class="platform wecom">企业微信</);
    expect(html).toMatch(/data-chat="cidNANTANG==" data-robot="小钉"[\s\S]*?<span class="platform dingtalk">钉钉</);
  });

  test("allows nothing from elsewhere and nothing inline", async () => {
    const response = await fetch(demo.url);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
    expect(await response.text()).not.toMatch(/(src|href)="https?:/);
  });

  test("escapes whatever people and robots say", async () => {
    const attack = `<img src=x onerror=alert(1)>"'</script><script>alert(1)</script>`;
    await demo.server.say({ chat: "wrHENGTONG", by: "wang.min", text: attack });
    await post(demo.server.webhookUrl("wrHENGTONG"), text(attack));
    await post(demo.server.webhookUrl("wrHENGTONG"), { msgtype: "markdown", markdown: { content: `**${attack}**` } });
    await demo.server.say({ chat: "wrHENGTONG", by: "wang.min", text: "引用", quote: attack });
    const html = await page();
    expect(html).not.toContain("<img src=x");
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("<strong>&lt;img src=x onerror=alert(1)&gt;&quot;&#39;");
  });

  test("shows a picture that a group's webhook was given, with words for whoever cannot see it", async () => {
    const bytes = Buffer.from("89504e470d0a1a0a", "hex");
    const md5 = createHash("md5").update(bytes).digest("hex");
    const image = { base64: bytes.toString("base64"), md5 };
    await post(demo.server.webhookUrl("wrLEADERS"), { msgtype: "image", image });
    expect(await page()).toMatch(new RegExp(`<img src="/sandbox/picture/${md5}" alt="[^"]+图片" />`));
    const shown = await fetch(new URL(`/sandbox/picture/${md5}`, demo.url));
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(bytes);
  });

  test("lets an address in a text be opened, and no more than the address", async () => {
    await post(demo.server.webhookUrl("wrHENGTONG"), text('图表：https://a.example/pictures/x_-1.png，"><b>'));
    expect(await page()).toContain(
      '图表：<a href="https://a.example/pictures/x_-1.png" target="_blank" rel="noopener noreferrer">https://a.example/pictures/x_-1.png</a>，&quot;&gt;&lt;b&gt;',
    );
  });

  test("writes the names of those whose telephones rang behind the text", async () => {
    await post(demo.server.webhookUrl("wrHENGTONG"), text("待接单", ["sun.san"]));
    await post(demo.server.webhookUrl("wrHENGTONG"), text("<@sun.san> 请接单，<@nobody> 也请"));
    const html = await page();
    expect(html).toContain(`<span class="at" data-account="sun.san">@孙三</span>`);
    expect(html).toContain(`<span class="at" data-account="sun.san">@孙三</span> 请接单，&lt;@nobody&gt; 也请`);
  });

  test("highlights on DingTalk the names that stand in a text, and puts the others behind it", async () => {
    const url = demo.dingtalk.webhookUrl(DINGTALK_GROUP);
    await postDingtalk(url, dingtalkText("请 @dd-sun 接单，引用并@小钉 回复", ["dd-sun", "dd-lu"]));
    expect(await page()).toContain(
      [
        `请 <span class="at" data-account="dd-sun">@孙三</span> 接单，引用并<span class="at">@小钉</span> 回复`,
        ` <span class="at" data-account="dd-lu">@陆晓梅</span></div>`,
      ].join(""),
    );
  });

  test("calls each robot by its platform's name, and the application by its own", async () => {
    await demo.connectStream();
    await demo.dingtalk.say({ chat: DINGTALK_GROUP, by: "dd-lu", text: "@小钉 借会议室" });
    await demo.dingtalk.waitFor(DINGTALK_GROUP, ({ from }) => from === "bot");
    await demo.sendCard("#1123-001 请研究办理");
    const html = await page();
    expect(html).toContain(`<span class="name">小钉（应用机器人）</span>`);
    expect(html).toContain(`<span class="name">党务帮办（自建应用）</span>`);
  });
});

describe("speaking", () => {
  test("goes to the desk and says what became of it", async () => {
    expect(await (await send("/say", words)).json()).toMatchObject({ delivered: true, reason: null });
    const unheard = await send("/say", { ...words, text: "没有@的话" });
    expect(await unheard.json()).toMatchObject({ delivered: false, reason: "not-mentioned" });
  });

  test("on DingTalk goes down the stream, and without @ goes nowhere", async () => {
    await demo.connectStream();
    const said = { chat: DINGTALK_GROUP, by: "dd-lu", text: "@小钉 借会议室", quote: null };
    expect(await (await send("/say", said)).json()).toMatchObject({ delivered: true, reason: null });
    const unheard = await send("/say", { ...said, text: "@小帮手 叫错了名字" });
    expect(await unheard.json()).toMatchObject({ delivered: false, reason: "not-mentioned" });
    expect(demo.pushed.map(({ text: heard }) => heard?.content)).toEqual([" 借会议室"]);
    expect(await page()).toContain("没有@小钉，服务台收不到");
  });

  test("one-to-one needs no @, and reaches WeCom's application and DingTalk's robot", async () => {
    demo.hearAsApp();
    await demo.connectStream();
    const told = async (chat: string, by: string): Promise<unknown> =>
      (await send("/say", { chat, by, text: "我的待办", quote: null })).json();
    expect(await told("@sun.san", "sun.san")).toMatchObject({ delivered: true });
    expect(await told("@dd-lu", "dd-lu")).toMatchObject({ delivered: true });
    expect(demo.app.heard).toMatchObject([{ FromUserName: "sun.san", Content: "我的待办" }]);
    expect(demo.pushed).toMatchObject([{ conversationType: "1", senderStaffId: "dd-lu" }]);
  });

  test("one-to-one with WeCom's application quotes nothing, with DingTalk's robot it does", async () => {
    demo.hearAsApp();
    await demo.connectStream();
    for (const [chat, by] of [
      ["@sun.san", "sun.san"],
      ["@dd-lu", "dd-lu"],
    ] as const) {
      await send("/say", { chat, by, text: "第一句", quote: null });
      const sent = chat === "@dd-lu" ? demo.dingtalk.sent(chat) : demo.server.sent(chat);
      expect((await send("/say", { chat, by, text: "第二句", quote: sent[0]?.id })).status).toBe(200);
    }
    expect(demo.app.heard).toHaveLength(2);
    expect(demo.pushed[1]?.text).toMatchObject({ isReplyMsg: true });
  });

  test("that the desk does not take soon is told to be under way, and later to be lost", async () => {
    await demo.close();
    demo = await openDemoPage({ redeliverAfterMs: 40, fateWithinMs: 20 });
    const stream = await fetch(`${demo.url}/events`);
    const said = { chat: DINGTALK_GROUP, by: "dd-lu", text: "@小钉 借会议室", quote: null };
    expect(await (await send("/say", said)).json()).toMatchObject({ delivered: false, reason: "under-way" });
    expect(await readUntil(stream, "event: lost")).toContain('"reason":"no-answer"');
  });

  test("is for members of the chat only", async () => {
    expect((await send("/say", { ...words, by: "li.si" })).status).toBe(403);
    expect((await send("/say", { ...words, chat: "@sun.san" })).status).toBe(403);
    expect((await send("/say", { ...words, chat: "wrNOWHERE" })).status).toBe(403);
  });

  test("is refused from another page, in another form, too long or empty", async () => {
    expect((await send("/say", words, { origin: "http://evil.example" })).status).toBe(403);
    expect((await send("/say", words, { origin: "null" })).status).toBe(403);
    expect((await send("/say", words, { origin: new URL(demo.url).origin })).status).toBe(200);
    expect((await send("/say", words, { "content-type": "text/plain" })).status).toBe(415);
    expect((await send("/say", { ...words, text: "长".repeat(10_000) })).status).toBe(413);
    expect((await send("/say", { ...words, text: "长".repeat(1_100) })).status).toBe(400);
    expect((await send("/say", { ...words, text: "  " })).status).toBe(400);
    expect((await send("/say", { ...words, more: 1 })).status).toBe(400);
    expect(demo.desk.heard).toHaveLength(1);
  });

  test("quotes only what stands in that group", async () => {
    const other = await demo.server.say({ chat: "wrLEADERS", by: "li.si", text: "内部的话" });
    await send("/say", { ...words, quote: other.message?.id ?? "" });
    expect(demo.desk.heard[0]?.body).not.toHaveProperty("quote");
  });
});

describe("a card", () => {
  const pressed = (message: string, key: string, chat = "@sun.san"): Promise<Response> =>
    send("/press", { chat, message, key });
  let card = "";

  beforeEach(async () => {
    demo.hearAsApp();
    await demo.sendCard("#1123-001 请研究办理");
    card = demo.server.sent("@sun.san").at(-1)?.id ?? "";
  });

  test("shows its buttons, and which one was pressed until the desk replaces them", async () => {
    expect(await page()).toContain(`data-key="接单 #1123-001" aria-pressed="false">接单</button>`);
    expect(await (await pressed(card, "接单 #1123-001")).json()).toMatchObject({ delivered: true });
    expect(demo.app.heard).toMatchObject([{ Event: "template_card_event", EventKey: "接单 #1123-001" }]);
    expect(await page()).toContain(`data-key="接单 #1123-001" aria-pressed="true">接单</button>`);
  });

  test("that was answered says so where its buttons were, and cannot be pressed again", async () => {
    demo.app.behave(
      () =>
        "<xml><ToUserName>sun.san</ToUserName><FromUserName>ww</FromUserName><CreateTime>1</CreateTime><MsgType>update_button</MsgType><Button><ReplaceName>已提交</ReplaceName></Button></xml>",
    );
    await pressed(card, "办结 #1123-001");
    expect(await page()).toContain(`<p class="replaced">已点“办结”，已提交</p>`);
    expect((await pressed(card, "办结 #1123-001")).status).toBe(409);
    expect(demo.app.heard).toHaveLength(1);
  });

  test("has no other buttons than its own, and there are none elsewhere", async () => {
    expect((await pressed(card, "删除")).status).toBe(409);
    expect((await pressed("01ARZ3NDEKTSV4RRFFQ69G5FAV", "接单 #1123-001")).status).toBe(409);
    expect((await pressed(card, "接单 #1123-001", "@li.si")).status).toBe(409);
    expect((await pressed(card, "接单 #1123-001", "@nobody")).status).toBe(409);
    const foreign = { origin: "http://evil.example" };
    expect((await send("/press", { chat: "@sun.san", message: card, key: "接单 #1123-001" }, foreign)).status).toBe(
      403,
    );
    expect(demo.app.heard).toHaveLength(0);
  });
});

describe("a platform in trouble", () => {
  const imitate = (platform: string, situation: string): Promise<Response> => send("/trouble", { platform, situation });
  const viaWecom = (): Promise<number> =>
    post(demo.server.webhookUrl("wrHENGTONG"), text("待接单")).then(({ errcode }) => errcode);
  const viaDingtalk = (): Promise<unknown> =>
    postDingtalk(demo.dingtalk.webhookUrl(DINGTALK_GROUP), dingtalkText("待接单")).then(({ body }) => body["errcode"]);

  test.each([
    ["busy", -1, -1],
    ["rate", 45009, 130101],
    ["removed", 93000, 400102],
  ])("says so on its wire: %s", async (situation, wecom, dingtalk) => {
    expect(await (await imitate("wecom", situation)).json()).toMatchObject({
      situations: { wecom: situation, dingtalk: "normal" },
    });
    expect(await viaWecom()).toBe(wecom);
    expect(await viaDingtalk()).toBe(0);
    await imitate("dingtalk", situation);
    expect(await viaDingtalk()).toBe(dingtalk);
    for (const platform of ["wecom", "dingtalk"]) await imitate(platform, "normal");
    expect([await viaWecom(), await viaDingtalk()]).toEqual([0, 0]);
  });

  test("may pass on the line and not answer", async () => {
    await imitate("wecom", "silent");
    const impatient = AbortSignal.timeout(200);
    const unanswered = fetch(demo.server.webhookUrl("wrHENGTONG"), {
      method: "POST",
      body: JSON.stringify(text("待接单")),
      signal: impatient,
    });
    await expect(unanswered).rejects.toThrow();
    expect(demo.server.sent("wrHENGTONG")).toMatchObject([{ text: "待接单" }]);
  });

  test("may answer with a page of somebody else", async () => {
    for (const platform of ["wecom", "dingtalk"]) await imitate(platform, "html");
    await expect(viaWecom()).rejects.toThrow(/JSON/);
    await expect(viaDingtalk()).rejects.toThrow(/JSON/);
  });

  test("may be out of reach: nothing gets through, the stream is cut, and afterwards all is as it was", async () => {
    const stream = await demo.connectStream();
    for (const platform of ["wecom", "dingtalk"]) await imitate(platform, "refused");
    await stream.closed;
    await expect(viaWecom()).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    await expect(viaDingtalk()).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    for (const platform of ["wecom", "dingtalk"]) await imitate(platform, "normal");
    await demo.connectStream();
    expect([await viaWecom(), await viaDingtalk()]).toEqual([0, 0]);
  });

  test("is on the page from the start, with what the desk has not delivered", async () => {
    Object.assign(demo.lanes, { waiting: 3, failed: 1 });
    await imitate("dingtalk", "rate");
    const html = await page();
    expect(html).toContain(`<option value="rate" selected>超过频率（130101）</option>`);
    expect(html).toMatch(/待送出 <b id="waiting">3<\/b>[\s\S]*未确认送达 <b id="failed">1<\/b>/);
  });

  test("is one of those that are offered, on a platform that is there, chosen on this page", async () => {
    expect((await imitate("wecom", "burning")).status).toBe(400);
    expect((await imitate("feishu", "busy")).status).toBe(404);
    const foreign = { origin: "http://evil.example" };
    expect((await send("/trouble", { platform: "wecom", situation: "busy" }, foreign)).status).toBe(403);
    expect(await viaWecom()).toBe(0);
  });
});

describe("the clock", () => {
  test.each([
    ["tenMinutes", "2026-11-23T09:22:00+08:00"],
    ["oneHour", "2026-11-23T10:12:00+08:00"],
    ["morning", "2026-11-24T08:30:00+08:00"],
    ["oneDay", "2026-11-24T09:12:00+08:00"],
  ])("moves forward by %s", async (by, then) => {
    expect(await (await send("/advance", { by })).json()).toEqual({ now: Date.parse(then) });
    expect(demo.now()).toBe(Date.parse(then));
  });

  test("answers when what is due has been done, and moves on only then", async () => {
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const seen: number[] = [];
    demo.catchUpBy(() => {
      seen.push(demo.now());
      return held;
    });
    const first = send("/advance", { by: "oneHour" });
    await expect.poll(() => seen.length).toBe(1);
    const second = send("/advance", { by: "morning" });
    const state = await Promise.race([first.then(() => "answered"), send("/say", {}).then(() => "waits")]);
    expect(state).toBe("waits");
    expect(seen).toEqual([Date.parse("2026-11-23T10:12:00+08:00")]);
    letGo();
    await Promise.all([first, second]);
    expect(seen.slice(1)).toEqual([Date.parse("2026-11-24T08:30:00+08:00")]);
  });

  test("moves no other way", async () => {
    expect((await send("/advance", { by: "yesterday" })).status).toBe(400);
    expect((await send("/advance", { by: "oneDay" }, { origin: "http://evil.example" })).status).toBe(403);
  });
});

describe("the stream of events", () => {
  const placeOf = (seen: string): string => seen.match(/^id: (.*)$/m)?.[1] ?? "";
  const follow = (place: string): Promise<Response> =>
    fetch(`${demo.url}/events`, { headers: { "last-event-id": place } });

  test("begins with what was missed and goes on with what comes, on both platforms", async () => {
    const before = await fetch(`${demo.url}/events`);
    await demo.server.say({ chat: "wrLEADERS", by: "li.si", text: "看过的话" });
    const place = placeOf(await readUntil(before, "看过的话"));
    await demo.dingtalk.say({ chat: DINGTALK_GROUP, by: "dd-lu", text: "错过的话" });
    const after = await follow(place);
    expect(after.headers.get("content-type")).toBe("text/event-stream");
    await demo.server.say({ chat: "wrLEADERS", by: "li.si", text: "新来的话" });
    const seen = await readUntil(after, "新来的话");
    expect(seen).not.toContain("看过的话");
    expect(seen.indexOf("错过的话")).toBeLessThan(seen.indexOf("新来的话"));
  });

  test("tells a message again that was changed while nobody looked", async () => {
    demo.hearAsApp();
    const before = await fetch(`${demo.url}/events`);
    await demo.sendCard("#1123-001 请研究办理");
    const place = placeOf(await readUntil(before, "请研究办理"));
    const card = demo.server.sent("@sun.san").at(-1)?.id ?? "";
    await send("/press", { chat: "@sun.san", message: card, key: "接单 #1123-001" });
    expect(await readUntil(await follow(place), 'aria-pressed=\\"true\\"')).toContain(`m-${card}`);
  });

  test("tells everything to a page that was made before a restart", async () => {
    await demo.server.say({ chat: "wrLEADERS", by: "li.si", text: "重启前的话" });
    expect(await readUntil(await follow("another-life.7"), "重启前的话")).toContain("wrLEADERS");
  });

  test("tells how many lines are undelivered when that changes", async () => {
    const stream = await fetch(`${demo.url}/events`);
    demo.lanes.waiting = 2;
    expect(await readUntil(stream, '"waiting":2')).toContain("event: status");
  });

  test("ends when the platforms close", async () => {
    const stream = await fetch(`${demo.url}/events`);
    await demo.server.close();
    expect(await stream.text()).toContain("retry:");
  });
});

async function readUntil(stream: Response, words: string): Promise<string> {
  let seen = "";
  for await (const chunk of stream.body ?? []) {
    seen += Buffer.from(chunk).toString("utf8");
    if (seen.includes(words)) return seen;
  }
  throw new Error(`the stream ended without ${words}:\n${seen}`);
}

test("the picture of a digest is served as what it is", async () => {
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
  await demo.server.history.putPicture("a".repeat(32), bytes);
  const response = await fetch(`${demo.url}/picture/${"a".repeat(32)}`);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  expect((await fetch(`${demo.url}/picture/${"b".repeat(32)}`)).status).toBe(404);
});
