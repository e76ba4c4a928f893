import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openChats } from "../../src/sandbox/chats.ts";
import { type History, memoryHistory, redisHistory } from "../../src/sandbox/history.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import { bot, type FakeDesk, markdown, openFakeDesk, post, text } from "./fake-desk.ts";

let redis: TestRedis;
let desk: FakeDesk;

beforeEach(async () => {
  redis = openTestRedis();
  desk = await openFakeDesk();
});

afterEach(async () => {
  await desk.close();
  await redis.close();
});

const open = (history: History): Promise<WecomServer> =>
  openWecomServer({
    deskUrl: desk.url,
    bot,
    groups: [{ chat: "g", name: "群", webhookKey: "k" }],
    people: [{ account: "li.na", name: "李娜", groups: ["g"] }],
    history,
  });

describe.each(["memory", "redis"])("a history in %s", (kind) => {
  let history: History;

  beforeEach(() => {
    history = kind === "memory" ? memoryHistory() : redisHistory(redis.redis, redis.tag);
  });

  test("shows after a restart what was shown before", async () => {
    const before = await open(history);
    const said = await before.say({ chat: "g", by: "li.na", text: "@小帮手 借会议室" });
    await post(desk.heard[0]?.body.response_url ?? "", markdown("已受理"));
    await post(before.webhookUrl("g"), text("待接单", ["li.na"]));
    await before.close();

    const after = await open(history);
    expect(after.sent("g")).toEqual(before.sent("g"));
    expect(after.find("g", said.message?.id ?? "")).toEqual(said.message);
    await after.close();
  });

  test("still takes, once, the answer to a question from before the restart", async () => {
    const before = await open(history);
    await before.say({ chat: "g", by: "li.na", text: "@小帮手 一" });
    await before.say({ chat: "g", by: "li.na", text: "@小帮手 二" });
    const [first = "", second = ""] = desk.heard.map(({ body }) => new URL(body.response_url).search);
    await post(`${before.origin}/cgi-bin/aibot/response${first}`, markdown("答一"));
    await before.close();

    const after = await open(history);
    const answer = async (code: string): Promise<number> =>
      (await post(`${after.origin}/cgi-bin/aibot/response${code}`, markdown("答"))).errcode;
    expect(await answer(first)).toBe(60140);
    expect(await answer(second)).toBe(0);
    expect(await answer(second)).toBe(60140);
    await after.close();
  });

  test("keeps of a message that changed what it became, in its old place", async () => {
    const chats = openChats({ history, now: Date.now, deskNow: Date.now });
    const card = { task: "T-1", buttons: [{ text: "接单", key: "accept" }], pressed: null, replaced: null };
    const first = chats.show("g", { from: "app", kind: "card", text: "待接单", card });
    chats.show("g", { from: "li.na", kind: "text", text: "好" });
    const changed = chats.change(first, { text: "处理中", card: { ...card, pressed: "accept" } });
    expect(chats.find("g", first.id)).toEqual(changed);
    await chats.settled();
    expect(await history.load("g")).toEqual([changed, chats.sent("g")[1]]);
    expect(() => chats.change({ ...first, id: "gone" }, {})).toThrow("no message gone");
    await chats.close();
  });

  test("keeps the last five hundred messages of a chat, and pictures", async () => {
    const wecom = await open(history);
    for (let nth = 0; nth < 505; nth += 1) await wecom.say({ chat: "g", by: "li.na", text: `第${nth}句` });
    await wecom.settled();
    const kept = await history.load("g");
    expect(kept.map((message) => message.text)).toEqual(Array.from({ length: 500 }, (_, nth) => `第${nth + 5}句`));
    await history.putPicture("ab", Buffer.from([0xff, 0xd8, 0x00]));
    expect(await history.picture("ab")).toEqual(Buffer.from([0xff, 0xd8, 0x00]));
    expect(await history.picture("cd")).toBeNull();
    await wecom.close();
  });
});

test("a history that is away stops nobody from talking", async () => {
  const wecom = await open(redisHistory(redis.redis, redis.tag));
  redis.redis.disconnect();
  expect(await wecom.say({ chat: "g", by: "li.na", text: "@小帮手 借会议室" })).toMatchObject({ delivered: true });
  await wecom.close();
  await redis.redis.connect();
});
