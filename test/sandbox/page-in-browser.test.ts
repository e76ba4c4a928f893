/** The page in a real Chromium: what a visitor of the demo does with it. */
import { existsSync } from "node:fs";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type DemoPage, DINGTALK_GROUP, openDemoPage, suggestions } from "./demo-page.ts";
import { post, text } from "./fake-desk.ts";

const CHROMIUM = "/usr/bin/chromium";
const PATIENT = { timeout: 15_000 };

describe.skipIf(!existsSync(CHROMIUM))("in a browser", () => {
  let browser: Browser;
  let demo: DemoPage;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    demo = await openDemoPage();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    complaints.length = 0;
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") complaints.push(line.text());
    });
    await page.goto(demo.url);
  });
  afterEach(async () => {
    await page.close();
    await demo.close();
  });

  const group = (chat: string): Locator => page.locator(`.group[data-chat="${chat}"]`);
  const enterprise = (): Locator => group("wrHENGTONG");
  const beSunSan = (): Promise<string[]> => enterprise().locator(".me select").selectOption("sun.san");
  const type = async (words: string): Promise<void> => {
    await enterprise().locator("textarea").fill(words);
    await page.keyboard.press("Enter");
  };

  test("a request to try is sent with @, answered in the thread, and rings the helper", async () => {
    await enterprise().locator(".suggestions button").first().click();
    await page.keyboard.press("Enter");
    const ringing = enterprise().locator(".message.from-webhook");
    await ringing.waitFor();
    expect(demo.desk.heard[0]?.body).toMatchObject({
      from: { userid: "wang.min" },
      text: { content: `@小帮手 ${suggestions[0]}` },
    });
    const answer = enterprise().locator(".message.from-bot");
    expect(await answer.locator(".quoted").textContent()).toBe(`王敏：@小帮手 ${suggestions[0]}`);
    expect(await answer.locator("strong").textContent()).toBe("【#1123-001 已受理】");
    expect(await enterprise().locator(".rang").textContent()).toBe("孙三 1 次");

    // As the clerk nothing rings; as the helper it does, until one has looked.
    const badge = enterprise().locator(".mentioned");
    expect(await badge.isVisible()).toBe(false);
    await beSunSan();
    expect(await badge.textContent()).toContain("有人@我 1");
    expect(await ringing.getAttribute("class")).toContain("for-me");
    await badge.click();
    expect(await badge.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  test("a quote goes along, and is dropped on demand", async () => {
    await type("借会议室");
    const ringing = enterprise().locator(".message.from-webhook").first();
    await ringing.waitFor();
    await beSunSan();
    await ringing.locator(".quote-it").click();
    await type("接单");
    const mine = enterprise().locator(".message.mine");
    await mine.waitFor();
    expect(demo.desk.heard[1]?.body.quote).toEqual({
      msgtype: "text",
      text: { content: "【#1123-001 待接单】活动场地协调" },
    });
    await ringing.locator(".quote-it").click();
    await enterprise().locator(".drop-quote").click();
    await type("没有引用");
    await expect.poll(() => demo.desk.heard.length, PATIENT).toBe(3);
    expect(demo.desk.heard[2]?.body).not.toHaveProperty("quote");
  });

  test("without @ a message is shown, greyed, and the desk hears nothing", async () => {
    await enterprise().locator(".at-bot").click();
    await type("中午吃什么");
    const message = enterprise().locator(".message.unheard");
    await message.waitFor();
    expect(await message.locator(".note").textContent()).toBe("没有@小帮手，服务台收不到");
    expect(demo.desk.heard).toHaveLength(0);
  });

  test("Enter that chooses a word while composing Chinese sends nothing, Shift+Enter makes a line", async () => {
    const input = enterprise().locator("textarea");
    await input.fill("借");
    await input.dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await input.press("Shift+Enter");
    await input.pressSequentially("会议室");
    await input.press("Enter");
    await expect.poll(() => demo.desk.heard.length, PATIENT).toBe(1);
    expect(demo.desk.heard[0]?.body).toMatchObject({ text: { content: "@小帮手 借\n会议室" } });
  });

  test("a desk that does not answer is told to who spoke", async () => {
    const impatient = await openDemoPage({ redeliverAfterMs: 50 });
    impatient.desk.behave(() => "hang-up");
    await page.goto(impatient.url);
    await type("有人吗");
    const hint = enterprise().locator(".hint");
    await expect.poll(() => hint.textContent(), PATIENT).toBe("服务台没有应答，平台已多次重试，这条消息没有送到。");
    await impatient.close();
  });

  test("each group calls its own robot, and DingTalk's answers and rings like WeCom's", async () => {
    await demo.connectStream();
    const dingtalk = group(DINGTALK_GROUP);
    await dingtalk.locator("textarea").fill("借会议室");
    await page.keyboard.press("Enter");
    await dingtalk.locator(".message.from-bot").waitFor();
    expect(await dingtalk.locator(".message.mine .at").textContent()).toBe("@小钉");
    await dingtalk.locator(".me select").selectOption("dd-sun");
    expect(await dingtalk.locator(".at.is-me").textContent()).toBe("@孙三");
    expect(await dingtalk.locator(".mentioned").textContent()).toContain("有人@我 1");
    expect(complaints).toEqual([]);
  });

  test("a card comes one-to-one, counts until it is seen, and shows what was pressed to everybody who watches", async () => {
    demo.hearAsApp();
    const other = await browser.newPage();
    await other.goto(demo.url);
    await demo.sendCard("#1123-001 请研究办理");
    for (const one of [page, other]) {
      const tab = one.locator('.tab[data-chat="@sun.san"]');
      await expect.poll(() => tab.locator(".count:visible").textContent(), PATIENT).toBe("1");
      await tab.click();
      expect(await tab.locator(".count").isVisible()).toBe(false);
    }
    await group("@sun.san").getByRole("button", { name: "办结" }).click();
    for (const one of [page, other]) await one.locator('.press[aria-pressed="true"]', { hasText: "办结" }).waitFor();
    expect(demo.app.heard).toMatchObject([{ EventKey: "办结 #1123-001" }]);
    expect(await other.locator(".message").count()).toBe(1);
    await other.close();
    expect(complaints).toEqual([]);
  });

  test("one-to-one nobody is called with @", async () => {
    demo.hearAsApp();
    await page.locator('.tab[data-chat="@sun.san"]').click();
    const single = group("@sun.san");
    expect(await single.locator(".at-bot").count()).toBe(0);
    await single.locator("textarea").fill("我的待办");
    await page.keyboard.press("Enter");
    await expect.poll(() => demo.app.heard.length, PATIENT).toBe(1);
    expect(demo.app.heard[0]).toMatchObject({ Content: "我的待办" });
    expect(await single.locator(".quote-it").count()).toBe(0);
  });

  test("a one-to-one chat that is not listed is found under the others, and stays where it was put", async () => {
    const tab = page.locator('.tab[data-chat="@li.si"]');
    expect(await tab.isVisible()).toBe(false);
    await page.locator(".more").selectOption("@li.si");
    expect(await tab.isVisible()).toBe(true);
    expect(await group("@li.si").isVisible()).toBe(true);
    await page.locator('.tab[data-chat="wrLEADERS"]').click();
    await page.reload();
    expect(await group("@li.si").isVisible()).toBe(true);
    expect(await group("wrLEADERS").isVisible()).toBe(false);
  });

  test("a platform in trouble says so above the chats, until it is put right", async () => {
    const banner = page.locator('.banner[data-platform="dingtalk"]');
    await page.locator('.switch select[data-platform="dingtalk"]').selectOption("rate");
    await banner.waitFor();
    expect(await banner.textContent()).toContain("正在模拟：钉钉超过频率（130101）");
    demo.lanes.waiting = 2;
    await expect.poll(() => page.locator("#waiting").textContent(), PATIENT).toBe("2");
    await banner.getByRole("button", { name: "恢复正常" }).click();
    await banner.waitFor({ state: "hidden" });
    expect(await page.locator('.switch select[data-platform="dingtalk"]').inputValue()).toBe("normal");
    expect(complaints).toEqual([]);
  });

  test("the lines that are not delivered can be looked at, as text", async () => {
    const lanes = page.locator(".lanes");
    await lanes.locator("summary").click();
    await lanes.getByText("目前没有待送出或未确认送达的消息").waitFor();
    demo.lines.push({
      state: "waiting",
      text: "【#1123-001 待接单】<b>场地</b>\n其余",
      attempts: 3,
      reason: "-1 system error",
    });
    demo.lanes.waiting = 1;
    await lanes.getByText("待送出，已试 3 次，最近一次：-1 system error").waitFor();
    expect(await lanes.locator("li").textContent()).toContain("【#1123-001 待接单】<b>场地</b>待送出");
  });

  test("what the desk has not taken yet is told, and no more once it has", async () => {
    await page.close();
    await demo.close();
    demo = await openDemoPage({ redeliverAfterMs: 200, fateWithinMs: 50, retries: 100 });
    page = await browser.newPage();
    await page.goto(demo.url);
    const dingtalk = group(DINGTALK_GROUP);
    await dingtalk.locator("textarea").fill("有人吗");
    await page.keyboard.press("Enter");
    await expect.poll(() => dingtalk.locator(".hint").textContent(), PATIENT).toContain("平台正在重试");
    await expect.poll(() => page.locator("#saying").textContent(), PATIENT).toBe("1");
    await demo.connectStream();
    await dingtalk.locator(".message.from-bot").waitFor();
    await expect.poll(() => dingtalk.locator(".hint").textContent(), PATIENT).toBe("");
  });

  test("what never reached the desk is marked", async () => {
    await page.close();
    await demo.close();
    demo = await openDemoPage({ redeliverAfterMs: 50, fateWithinMs: 20 });
    page = await browser.newPage();
    await page.goto(demo.url);
    await group(DINGTALK_GROUP).locator("textarea").fill("有人吗");
    await page.keyboard.press("Enter");
    const note = group(DINGTALK_GROUP).locator(".note.lost");
    await note.waitFor();
    expect(await note.textContent()).toContain("没有送到");
  });

  test("the clock moves forward for everybody who watches", async () => {
    const other = await browser.newPage();
    await other.goto(demo.url);
    expect(await page.locator("#clock").textContent()).toBe("2026年11月23日（周一）09:12");
    await page.getByRole("button", { name: "到明早 8:30" }).click();
    for (const one of [page, other]) {
      await expect.poll(() => one.locator("#clock").textContent(), PATIENT).toBe("2026年11月24日（周二）08:30");
    }
    await other.close();
  });

  test("what was said while the line was cut arrives after it, once", async () => {
    await type("借会议室");
    await enterprise().locator(".message.from-webhook").waitFor();
    demo.cut();
    await post(demo.server.webhookUrl("wrLEADERS"), text("【日报】今日受理 1 件"));
    await group("wrLEADERS").locator(".message").waitFor();
    expect(await page.locator(".message").count()).toBe(4);
    expect(await page.locator(".message").evaluateAll((all) => new Set(all.map(({ id }) => id)).size)).toBe(4);
  });

  test("markup that people type stays text", async () => {
    await type("<img src=x onerror=\"document.title='gone'\"><b>粗</b>");
    const message = enterprise().locator(".message .text").first();
    await message.waitFor();
    expect(await message.textContent()).toContain("<b>粗</b>");
    expect(await message.locator("img, b").count()).toBe(0);
    expect(await page.title()).toBe("测试街道党务帮办服务站 · 演示");
  });

  test("on a telephone one group is seen at a time, and nothing sticks out", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator(".group:visible").count()).toBe(1);
    await page.locator(".tab", { hasText: "领导督办群" }).click();
    expect(await group("wrLEADERS").isVisible()).toBe(true);
    await post(demo.server.webhookUrl("wrHENGTONG"), text("待接单", ["wang.min"]));
    await page.locator('.tab[data-chat="wrHENGTONG"] .count:visible').waitFor();
    expect(await page.locator(".switch").first().isVisible()).toBe(false);
    await page.getByRole("button", { name: "平台状况" }).click();
    await page.locator('.switch select[data-platform="wecom"]').selectOption("busy");
    await page.locator('.banner[data-platform="wecom"]').waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });
});
