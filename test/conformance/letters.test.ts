/** A letter on its way through a whole desk to both platforms: text in parts, one picture, nothing twice. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { letterStep } from "../../src/digest/send-letter.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { waysOut as dingtalk } from "../../src/platforms/dingtalk/ways.ts";
import { waysOut as wecom } from "../../src/platforms/wecom/say.ts";
import { readStation } from "../../src/station/station-file.ts";
import { newId } from "../../src/store/new-id.ts";
import { openPictures } from "../../src/store/pictures.ts";
import { setting } from "../desk/scene-given.ts";
import { at, TOWN, write } from "../digest/given.ts";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";
import { connected } from "./places.ts";

const PUBLIC = "https://bangban.example.com";
const DAY = "帮办日报 2026年11月23日（周一）";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openTestDesk({ wecom: "callback", app: true, dingtalk: "stream", publicUrl: PUBLIC });
  await connected(() => desk.dingtalk.connections());
  // By night the desk itself has nothing to say to the leaders.
  await desk.setClock("2026-11-23T22:00:00+08:00");
  // Enough for more than one part in WeCom.
  const many = Array.from({ length: 30 }, (_, i) => ({
    number: `20261119-${String(i + 1).padStart(3, "0")}`,
    received: "2026-11-19T09:00",
  }));
  for (const given of [...TOWN, ...many]) await write(desk.redis, given);
});
afterEach(() => desk.close());

/** As the desk's own station file has them. */
function stationOf() {
  const folder = mkdtempSync(join(tmpdir(), "letters-"));
  const file = join(folder, "station.yaml");
  const leaders = `  - { platform: dingtalk, chat: "cidLEADERS==", kind: leaders, webhook: "${desk.dingtalk.webhookUrl("cidLEADERS==")}" }\n`;
  writeFileSync(file, readFileSync("test/doubles/station.yaml", "utf8") + leaders);
  const station = readStation(file, { WEBHOOK_BASE: desk.wecom.origin });
  rmSync(folder, { recursive: true });
  return station;
}

async function send(): Promise<void> {
  const { redis, tag } = desk.redis;
  const platforms = new Map([
    ["wecom", { ways: { webhook: wecom.webhook, person: wecom.person }, robot: "小帮手" }],
    ["dingtalk", { ways: dingtalk, robot: "帮办助手" }],
  ] as const);
  const step = await letterStep(
    {
      ...{ kind: "day", scheduled: at("2026-11-23T17:30"), now: at("2026-11-23T17:30") },
      setting: { ...setting(), station: stationOf(), platforms, newId },
    },
    { store: { redis, tag }, pictures: openPictures(redis, tag), publicUrl: PUBLIC, log: { warn: () => {} } },
  );
  if (step.kind !== "send") throw new Error(step.kind);
  const { lines: replies, checks, writes } = step;
  await openCommit(redis, tag, "another process")({ head: null, checks, numbers: [], writes: [...writes], replies });
}

describe("to the leaders' groups", () => {
  it("WeCom's shows parts and picture, DingTalk's text and a link that leads to the same picture", async () => {
    await send();
    const { picture } = await desk.wecom.waitFor("wrLEADERS", ({ kind }) => kind === "image", 10_000);
    const texts = desk.wecom.sent("wrLEADERS").map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(2);
    for (const [index, text] of texts.slice(0, -1).entries()) {
      expect(text).toContain(`（${index + 1}/${texts.length - 1}）\n`);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
    }
    const linked = await desk.dingtalk.waitFor("cidLEADERS==", ({ text }) => text.includes("图表："), 10_000);
    expect(desk.dingtalk.sent("cidLEADERS==")).toHaveLength(2);
    const [, link = ""] = /图表：(\S+)$/.exec(linked.text) ?? [];
    expect(link.startsWith(`${PUBLIC}/pictures/`)).toBe(true);
    const answer = await fetch(`${desk.url}${link.slice(PUBLIC.length)}`);
    expect(answer.headers.get("content-type")).toBe("image/png");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes).toEqual(await desk.wecom.history.picture(picture ?? ""));
    expect(bytes.length).toBeLessThan(200_000);
    for (const server of [desk.wecom, desk.dingtalk]) expect(server.violations).toEqual([]);
  });

  it("nobody's telephone rings", async () => {
    await send();
    await desk.wecom.waitFor("wrLEADERS", ({ kind }) => kind === "image", 10_000);
    expect(desk.wecom.sent("wrLEADERS").flatMap(({ mentions }) => mentions)).toEqual([]);
  });

  it("a part in doubt is missing rather than there twice: the others go, and the chief is told which", async () => {
    desk.wecom.trouble("webhook", "reset-before", { at: "leaders", count: 1 });
    await send();
    await desk.wecom.waitFor("wrLEADERS", ({ kind }) => kind === "image", 10_000);
    const told = await desk.wecom.waitFor("@zhao.yi", ({ text }) => text.includes("未能送达"), 10_000);
    expect(told.text).toMatch(new RegExp(`未能送达（领导群，${DAY} 第 1/\\d 部分）`));
    expect(desk.wecom.sent("wrLEADERS")[0]?.text).toContain("（2/");
    await expect
      .poll(async () => (await desk.api<{ replies: unknown[] }>("/outbox?state=waiting")).replies)
      .toEqual([]);
  });
});
