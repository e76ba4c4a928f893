import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type DemoPage, openDemoPage, suggestions } from "./demo-page.ts";
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
  test("shows the groups, who one may be, and five requests to try", async () => {
    const html = await page();
    for (const shown of ["恒通汽配服务群", "帮办员工作群", "领导督办群", "王敏（恒通汽配 文员）", ...suggestions]) {
      expect(html).toContain(shown);
    }
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

  test("writes the names of those whose telephones rang behind the text", async () => {
    await post(demo.server.webhookUrl("wrHENGTONG"), text("待接单", ["sun.san"]));
    await post(demo.server.webhookUrl("wrHENGTONG"), text("<@sun.san> 请接单，<@nobody> 也请"));
    const html = await page();
    expect(html).toContain(`<span class="at" data-account="sun.san">@孙三</span>`);
    expect(html).toContain("@孙三 请接单，&lt;@nobody&gt; 也请");
  });
});

describe("speaking", () => {
  test("goes to the desk and says what became of it", async () => {
    expect(await (await send("/say", words)).json()).toMatchObject({ delivered: true, reason: null });
    const unheard = await send("/say", { ...words, text: "没有@的话" });
    expect(await unheard.json()).toMatchObject({ delivered: false, reason: "not-mentioned" });
  });

  test("is for members of the group only", async () => {
    expect((await send("/say", { ...words, by: "li.si" })).status).toBe(403);
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

  test("moves no other way", async () => {
    expect((await send("/advance", { by: "yesterday" })).status).toBe(400);
    expect((await send("/advance", { by: "oneDay" }, { origin: "http://evil.example" })).status).toBe(403);
  });
});

describe("the stream of events", () => {
  test("begins with what was missed and goes on with what comes", async () => {
    const first = await demo.server.say({ chat: "wrLEADERS", by: "li.si", text: "看过的话" });
    await demo.server.say({ chat: "wrLEADERS", by: "li.si", text: "错过的话" });
    const leave = new AbortController();
    const stream = await fetch(`${demo.url}/events`, {
      headers: { "last-event-id": first.message?.id ?? "" },
      signal: leave.signal,
    });
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    await demo.server.say({ chat: "wrLEADERS", by: "li.si", text: "新来的话" });
    let seen = "";
    for await (const chunk of stream.body ?? []) {
      seen += Buffer.from(chunk).toString("utf8");
      if (seen.includes("新来的话")) break;
    }
    expect(seen).not.toContain("看过的话");
    expect(seen.indexOf("错过的话")).toBeLessThan(seen.indexOf("新来的话"));
    leave.abort();
  });

  test("ends when the platform closes", async () => {
    const stream = await fetch(`${demo.url}/events`);
    await demo.server.close();
    expect(await stream.text()).toContain("retry:");
  });
});

test("the picture of a digest is served as what it is", async () => {
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
  await demo.server.history.putPicture("a".repeat(32), bytes);
  const response = await fetch(`${demo.url}/picture/${"a".repeat(32)}`);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  expect((await fetch(`${demo.url}/picture/${"b".repeat(32)}`)).status).toBe(404);
});
