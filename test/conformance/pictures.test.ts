/** A line with a picture, by every way: shown where pictures can stand, a link elsewhere, and never more than once. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Outgoing, Way } from "../../src/chat/outgoing.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { channelOfWebhook } from "../../src/station/station.ts";
import { keys } from "../../src/store/keys.ts";
import { newId } from "../../src/store/new-id.ts";
import { openPictures } from "../../src/store/pictures.ts";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";
import { connected } from "./places.ts";

const PNG = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(3000, 7)]);
const LINK = "图表：https://bangban.example.com/pictures/x.png";

interface Outbox {
  readonly replies: { readonly reason: string | null; readonly text: string }[];
}

let desk: TestDesk;
afterEach(() => desk.close());
const outbox = (state: string) => desk.api<Outbox>(`/outbox?state=${state}`);

async function say(over: Partial<Outgoing>): Promise<void> {
  const line: Outgoing = {
    id: newId(),
    to: "wecom:wrLEADERS",
    about: null,
    text: LINK,
    called: "帮办日报 11月23日 图表",
    pings: false,
    urgent: false,
    merge: null,
    ways: [],
    notice: false,
    ...over,
  };
  const commit = openCommit(desk.redis.redis, desk.redis.tag, "somebody else");
  await commit({ head: null, checks: [], numbers: [], writes: [], replies: [line] });
}

describe("WeCom's group", () => {
  let way: Way;
  beforeEach(async () => {
    desk = await openTestDesk({ wecom: "callback", app: true });
    const url = `${desk.wecom.origin}/cgi-bin/webhook/send?key=leaders`;
    way = { kind: "webhook", channel: channelOfWebhook("wecom", url), mention: [] };
  });
  const keep = (bytes: Uint8Array) => openPictures(desk.redis.redis, desk.redis.tag).put(bytes);
  const shown = () => desk.wecom.sent("wrLEADERS");

  it("shows it, byte for byte, and the lane holds its name only", async () => {
    const key = await keep(PNG);
    await say({ text: "第一部分", ways: [way] });
    await say({ ways: [way, way], picture: { key, ways: 1 } });
    const { picture } = await desk.wecom.waitFor("wrLEADERS", ({ kind }) => kind === "image", 15_000);
    expect(await desk.wecom.history.picture(picture ?? "")).toEqual(PNG);
    expect(shown().map(({ kind, text }) => [kind, text])).toEqual([
      ["text", "第一部分"],
      ["image", ""],
    ]);
    expect(desk.wecom.violations).toEqual([]);
  });

  it.each([
    ["that WeCom does not take", Buffer.from("no picture at all")],
    ["of more than 2 MB", Buffer.concat([PNG, Buffer.alloc(2 << 20)])],
  ])("one %s: its link goes by the same way, and the text before it stands", async (_, bytes) => {
    const key = await keep(bytes);
    await say({ text: "第一部分", ways: [way] });
    await say({ ways: [way, way], picture: { key, ways: 1 } });
    await desk.wecom.waitFor("wrLEADERS", ({ text }) => text === LINK, 15_000);
    expect(shown().map(({ text }) => text)).toEqual(["第一部分", LINK]);
    await expect.poll(async () => (await outbox("waiting")).replies).toEqual([]);
    expect((await outbox("failed")).replies).toEqual([]);
  });

  it.each(["busy", "http500"] as const)("%s: it is shown once, later", async (kind) => {
    desk.wecom.trouble("webhook", kind, { at: "leaders", count: 1 });
    await say({ ways: [way, way], picture: { key: await keep(PNG), ways: 1 } });
    await desk.wecom.waitFor("wrLEADERS", (message) => message.kind === "image", 10_000);
    await expect.poll(async () => (await outbox("waiting")).replies).toEqual([]);
    expect(shown()).toHaveLength(1);
  });

  it.each([
    ["timeout-after", 1],
    ["reset-after", 1],
    ["reset-before", 0],
  ] as const)(
    "%s: neither it nor its link is sent again, and the chief is told which picture of which letter",
    async (kind, arrived) => {
      desk.wecom.trouble("webhook", kind, { at: "leaders", count: 1 });
      await say({ ways: [way, way], picture: { key: await keep(PNG), ways: 1 } });
      const told = await desk.wecom.waitFor("@zhao.yi", ({ text }) => text.includes("未能送达"), 10_000);
      expect(told.text).toContain("未能送达（领导群，帮办日报 11月23日 图表）");
      expect((await outbox("failed")).replies[0]?.reason).toContain("可能已经送出");
      expect(shown()).toHaveLength(arrived);
    },
  );

  it("whose bytes are kept no more is given up, and no dead link is sent", async () => {
    const key = await keep(PNG);
    await desk.redis.redis.del(desk.redis.tag + keys.picture(key));
    await say({ ways: [way, way], picture: { key, ways: 1 } });
    await expect.poll(async () => (await outbox("failed")).replies[0]?.reason).toBe("图片已过保存期限");
    expect(shown()).toEqual([]);
  });
});

it("DingTalk's group is given the link, as plain text", async () => {
  desk = await openTestDesk({ wecom: null, dingtalk: "stream" });
  await connected(() => desk.dingtalk.connections());
  const channel = channelOfWebhook("dingtalk", desk.dingtalk.webhookUrl("cidLEADERS==") ?? "");
  const key = await openPictures(desk.redis.redis, desk.redis.tag).put(PNG);
  await say({
    to: "dingtalk:cidLEADERS==",
    ways: [{ kind: "webhook", channel, mention: [] }],
    picture: { key, ways: 0 },
  });
  await desk.dingtalk.waitFor("cidLEADERS==", ({ text }) => text === LINK, 15_000);
  expect(desk.dingtalk.violations).toEqual([]);
});
