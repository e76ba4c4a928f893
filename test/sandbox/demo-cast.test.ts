import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cast, enter } from "../../src/sandbox/demo-cast.ts";
import { type DemoKeys, openDemoKeys } from "../../src/sandbox/demo-keys.ts";
import { type DingtalkServer, openDingtalkServer } from "../../src/sandbox/dingtalk-server.ts";
import { memoryHistory } from "../../src/sandbox/history.ts";
import { openDingtalkStage } from "../../src/sandbox/page/dingtalk-stage.ts";
import { openWecomStage } from "../../src/sandbox/page/wecom-stage.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import { readStation } from "../../src/station/station-file.ts";

let folder: string;
let keys: DemoKeys;
let wecom: WecomServer;
let dingtalk: DingtalkServer;
let cast: Cast;
const histories = { wecom: memoryHistory(), dingtalk: memoryHistory() };

const openBoth = async (): Promise<void> => {
  keys = openDemoKeys(folder);
  const desk = { deskUrl: "http://127.0.0.1:1", redeliverAfterMs: 1, retries: 0 };
  const { bot, app, robot, webhookSecret } = keys;
  wecom = await openWecomServer({ ...desk, bot: { ...bot, name: "小帮手" }, app, history: histories.wecom });
  dingtalk = await openDingtalkServer({
    ...desk,
    robot: { ...robot, name: "小帮手" },
    mode: "stream",
    history: histories.dingtalk,
  });
  const station = readStation("src/sandbox/demo-station.yaml", {
    DEMO_WEBHOOK_BASE: wecom.origin,
    DEMO_DINGTALK_BASE: dingtalk.origin,
    DEMO_DINGTALK_SECRET: webhookSecret,
  });
  cast = await enter(station, [openWecomStage(wecom), openDingtalkStage(dingtalk)]);
};
const closeBoth = (): Promise<unknown> => Promise.all([wecom.close(), dingtalk.close()]);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "demo-cast-"));
  await openBoth();
});

afterEach(async () => {
  await closeBoth();
  rmSync(folder, { recursive: true });
});

test("the groups of both platforms stand beside each other, companies first", () => {
  const groups = cast.chats.filter(({ kind }) => kind !== "single");
  expect(groups.map(({ name, kind, stage }) => [name, kind, stage.platform])).toEqual([
    ["恒通汽配服务群", "service", "wecom"],
    ["南社区服务点企业群", "service", "wecom"],
    ["南塘食品服务群", "service", "dingtalk"],
    ["帮办员群", "helpers", "wecom"],
    ["领导群", "leaders", "wecom"],
  ]);
  expect(wecom.webhookUrl("wrHENGTONG")).toBe(`${wecom.origin}/cgi-bin/webhook/send?key=hengtong`);
  expect(dingtalk.webhookUrl("cidNANTANG==")).toBe(`${dingtalk.origin}/robot/send?access_token=nantang`);
});

test("in DingTalk's group are its clerks, the chief, and the helpers of its point and of the main station", () => {
  const there = cast.people.filter(({ chats }) => chats.includes("cidNANTANG=="));
  expect(there.map(({ name, role }) => `${name} ${role}`)).toEqual([
    "陆晓梅 南塘食品 行政",
    "方志强 南塘食品 支部书记",
    "赵一鸣 首席帮办员",
    "郑海波 帮办员",
    "孙三宁 帮办员",
    "王巧巧 帮办员",
  ]);
});

test("everybody has a one-to-one chat on each platform where they have an account, and no two chats share a name", () => {
  const chats = cast.chats.map(({ chat }) => chat);
  expect(new Set(chats).size).toBe(chats.length);
  for (const { account, chats: theirs } of cast.people) {
    expect(theirs).toContain(`@${account}`);
    expect(chats).toContain(`@${account}`);
  }
  const listed = cast.chats.filter(({ kind, listed }) => kind === "single" && listed);
  expect(listed.map(({ name, stage }) => `${name} ${stage.platform}`).sort()).toEqual(
    ["孙三宁 wecom", "赵一鸣 wecom", "赵一鸣 dingtalk", "陆晓梅 dingtalk"].sort(),
  );
});

test("a restart keeps the keys, which nobody else may read, and what was said one-to-one", async () => {
  await wecom.sayToApp({ by: "sun.sanning", text: "我的待办" });
  await dingtalk.say({ chat: null, by: "dd-lu-xiaomei", text: "菜单" });
  const before = keys;
  await closeBoth();
  await openBoth();
  expect(keys).toEqual(before);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  expect(wecom.sent("@sun.sanning")).toMatchObject([{ text: "我的待办" }]);
  expect(dingtalk.sent("@dd-lu-xiaomei")).toMatchObject([{ text: "菜单" }]);
});
