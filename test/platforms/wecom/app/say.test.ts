import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Utterance, Way } from "../../../../src/chat/outgoing.ts";
import type { Platform } from "../../../../src/platforms/platform.ts";
import { openWecom, type WecomDeps } from "../../../../src/platforms/wecom/wecom.ts";
import { dropUnseen } from "../../../../src/platforms/wording.ts";
import { nothingSetUp } from "../set-up.ts";
import { keysOfA } from "../vectors.ts";
import { type AppServer, openAppServer, SEND_PATH, TOKEN_PATH } from "./server.ts";

const SECRET = "app-secret-1";
const app = { corpId: keysOfA.corpId, agentId: 1000002, secret: SECRET, callback: keysOfA };
const way: Way = { kind: "person", channel: "wecom:person:wecom:@chen.jie", account: "chen.jie" };
const line = (more: Partial<Utterance> = {}): Utterance => ({
  id: "L1",
  text: "【#1123-017】请接单",
  buttons: [],
  ...more,
});
const buttons = [
  { label: "接单", says: "接单 #1123-017" },
  { label: "转办", says: "转办 #1123-017" },
];
const CARD_TEXT = "【#1123-017 待接单】活动场地协调\n恒通汽配　明天 18:00 前答复\n引用本条回复：接单 / 进展";

let server: AppServer;
let wecom: Platform;

function open(more: Partial<WecomDeps> = {}): Platform {
  return openWecom({ ...nothingSetUp, app, apiBase: server.base, sendTimeoutMs: 400, ...more });
}
beforeEach(async () => {
  server = await openAppServer();
  wecom = open();
});
afterEach(() => server.close());

const sent = () => server.of(SEND_PATH).map(({ body }) => body as Record<string, Record<string, unknown>>);
const errcode = (code: number, errmsg = "why", more: object = {}) =>
  server.answers.set(SEND_PATH, () => ({ errcode: code, errmsg, ...more }));

describe("a line to one person", () => {
  test("goes as text, checked for duplicates, with a token that is fetched once", async () => {
    expect(wecom.origin(way)).toBe(server.base);
    expect(await wecom.send(way, line())).toEqual({ kind: "sent" });
    expect(await wecom.send(way, line({ id: "L2" }))).toEqual({ kind: "sent" });
    const [token] = server.of(TOKEN_PATH);
    expect(server.of(TOKEN_PATH)).toHaveLength(1);
    expect(token?.method).toBe("GET");
    expect(Object.fromEntries(token?.query ?? [])).toEqual({ corpid: app.corpId, corpsecret: SECRET });
    expect(server.of(SEND_PATH)[0]?.query.get("access_token")).toBe("token-1");
    expect(sent()[0]).toEqual({
      touser: "chen.jie",
      agentid: 1000002,
      msgtype: "text",
      text: { content: expect.stringMatching(/^【#1123-017】请接单/) },
      enable_duplicate_check: 1,
      duplicate_check_interval: 600,
    });
    expect(dropUnseen(String(sent()[0]?.["text"]?.["content"]))).toBe("【#1123-017】请接单");
  });

  test("sent again is the same to the letter; another line that says the same is not", async () => {
    for (const id of ["L1", "L1", "L2"]) await wecom.send(way, line({ id }));
    const [first, again, other] = sent().map((body) => JSON.stringify(body));
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("fits with what is not seen of it", async () => {
    const room = wecom.ways.person?.bytesMax ?? 0;
    await wecom.send(way, line({ text: "a".repeat(room) }));
    expect(Buffer.byteLength(String(sent()[0]?.["text"]?.["content"]))).toBe(2048);
    await expect(wecom.send(way, line({ text: "a".repeat(room + 1) }))).rejects.toThrow("was not split");
  });

  test("with buttons goes as a card", async () => {
    expect(wecom.ways.person?.buttons).toBe(true);
    await wecom.send(way, line({ text: CARD_TEXT, buttons }));
    expect(sent()[0]).toMatchObject({
      msgtype: "template_card",
      template_card: {
        card_type: "button_interaction",
        main_title: { title: "#1123-017 待接单", desc: "活动场地协调" },
        sub_title_text: "恒通汽配　明天 18:00 前答复\n引用本条回复：接单 / 进展",
        task_id: "L1",
        button_list: [
          { text: "接单", style: 1, key: "接单 #1123-017" },
          { text: "转办", style: 2, key: "转办 #1123-017" },
        ],
      },
      enable_duplicate_check: 1,
    });
  });

  test.each([
    ["no head", { text: "请接单" }],
    ["a head that is too long", { text: `【${"长".repeat(27)}】请接单` }],
    ["a first line that is too long", { text: `【#1】${"长".repeat(31)}` }],
    ["a rest that is too long", { text: `【#1】接\n${"长".repeat(113)}` }],
    ["a label that is too long", { buttons: [{ label: "十一个字的按钮放不下呀", says: "a" }] }],
    ["words of a button that are too long", { buttons: [{ label: "a", says: "字".repeat(342) }] }],
    ["two buttons that say the same", { buttons: [...buttons, { label: "再接", says: "接单 #1123-017" }] }],
    ["seven buttons", { buttons: Array.from({ length: 7 }, (_, i) => ({ label: `${i}`, says: `${i}` })) }],
    ["no buttons", { buttons: [] }],
  ])("stays text with %s", async (_, more) => {
    await wecom.send(way, line({ text: CARD_TEXT, buttons, ...more }));
    expect(sent()[0]).toMatchObject({ msgtype: "text" });
  });

  test("up to the last character it is a card, its task id in the letters that may be", async () => {
    const text = `【${"题".repeat(26)}】${"述".repeat(30)}\n${"余".repeat(112)}`;
    await wecom.send(
      way,
      line({ id: "第一行", text, buttons: [{ label: "十个字的按钮放得下呀", says: "字".repeat(341) }] }),
    );
    expect(sent()[0]?.["template_card"]).toMatchObject({ task_id: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test("has no buttons where nobody would hear them", async () => {
    const mute = open({ app: { ...app, callback: null } });
    expect(mute.ways.person?.buttons).toBe(false);
    await mute.send(way, line({ text: CARD_TEXT, buttons }));
    expect(sent()[0]).toMatchObject({ msgtype: "text" });
  });

  test("is refused where no app is set up", async () => {
    const none = openWecom(nothingSetUp);
    expect(none.origin(way)).toBeNull();
    expect(await none.send(way, line())).toEqual({ kind: "refused", reason: "这条途径未启用" });
  });
});

describe("WeCom says", () => {
  test.each([
    [-1, "busy"],
    [45009, "pace"],
    [81013, "refused"],
    [60111, "refused"],
    [40056, "refused"],
  ])("%i: %s", async (code, kind) => {
    errcode(code);
    expect(await wecom.send(way, line())).toMatchObject({ kind, reason: `${code} why` });
  });

  test("60020: refused, with what to do and its hint", async () => {
    errcode(60020, "not allow to access from your ip, hint: [1700], from ip: 203.0.113.9");
    expect(await wecom.send(way, line())).toEqual({
      kind: "refused",
      reason:
        "60020 请把本机出口 IP 加入“企业可信IP”：not allow to access from your ip, hint: [1700], from ip: 203.0.113.9",
    });
  });

  test.each([
    ["invaliduser", "收件人不在应用的可见范围内，或账号不存在"],
    ["unlicenseduser", "收件人的账号没有接口许可"],
  ])("ok, and %s: refused", async (field, reason) => {
    errcode(0, "ok", { [field]: "chen.jie" });
    expect(await wecom.send(way, line())).toEqual({ kind: "refused", reason });
    errcode(0, "ok", { [field]: "" });
    expect(await wecom.send(way, line())).toEqual({ kind: "sent" });
  });

  test.each([40014, 42001])("%i: the token is fetched again, once", async (code) => {
    server.answers.set(SEND_PATH, ({ query }) => ({ errcode: query.get("access_token") === "token-1" ? code : 0 }));
    expect(await wecom.send(way, line())).toEqual({ kind: "sent" });
    expect(server.of(TOKEN_PATH)).toHaveLength(2);
    errcode(code);
    expect(await wecom.send(way, line())).toMatchObject({ kind: "refused" });
    expect(server.of(TOKEN_PATH)).toHaveLength(3);
  });

  test("a token and a secret in no reason", async () => {
    errcode(1, `bad token-1 of ${SECRET}, access_token=abcd`);
    expect(await wecom.send(way, line())).toEqual({ kind: "refused", reason: "1 bad *** of ***, access_token=***" });
  });
});

describe("without a token the line has not left", () => {
  test.each([
    [
      { errcode: 40001, errmsg: `invalid credential ${SECRET}` },
      "refused",
      "取 access_token：40001 invalid credential ***",
    ],
    [{ errcode: 60020, errmsg: "x" }, "refused", "取 access_token：60020 请把本机出口 IP 加入“企业可信IP”：x"],
    [{ errcode: -1, errmsg: "x" }, "busy", "取 access_token：-1 x"],
    [{ errcode: 45009, errmsg: "x" }, "pace", "取 access_token：45009 x"],
    [{ errcode: 0, errmsg: "ok" }, "busy", "取 access_token：应答中没有 access_token"],
    [503, "busy", "取 access_token：HTTP 503"],
    [{ what: 1 }, "busy", "取 access_token：HTTP 200，应答无法识别"],
    [null, "busy", expect.stringContaining("400 ms 内没有回音")],
  ])("%j: %s", async (answer, kind, reason) => {
    server.answers.set(TOKEN_PATH, () => answer);
    expect(await wecom.send(way, line())).toMatchObject({ kind, reason });
    expect(sent()).toEqual([]);
  });
});

describe("in time", () => {
  test("a line that nobody answers may have arrived", async () => {
    server.answers.set(SEND_PATH, () => null);
    expect(await wecom.send(way, line())).toMatchObject({ kind: "doubt" });
  });

  test("one whose new token came late was not sent with it, and never is", async () => {
    let release = (_: object): void => {};
    const late = new Promise<object>((resolve) => (release = resolve));
    const firstToken = { errcode: 0, access_token: "token-1", expires_in: 7200 };
    server.answers.set(TOKEN_PATH, () => (server.of(TOKEN_PATH).length === 1 ? firstToken : late));
    server.answers.set(SEND_PATH, async ({ query }) => {
      if (query.get("access_token") !== "token-1") return { errcode: 0 };
      await wait(250);
      return { errcode: 42001 };
    });
    expect(await wecom.send(way, line())).toEqual({ kind: "busy", reason: "400 ms 内没有回音" });
    release({ errcode: 0, access_token: "token-9", expires_in: 7200 });
    // The next line uses that very token: whatever the first one would still do, it has done by then.
    expect(await wecom.send(way, line({ id: "L2", text: "第二句" }))).toEqual({ kind: "sent" });
    expect(server.of(SEND_PATH).map(({ query }) => query.get("access_token"))).toEqual(["token-1", "token-9"]);
    expect(dropUnseen(String(sent()[1]?.["text"]?.["content"]))).toBe("第二句");
  });
});
