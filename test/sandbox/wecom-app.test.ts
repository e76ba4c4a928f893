import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryHistory } from "../../src/sandbox/history.ts";
import { messageXml } from "../../src/sandbox/wecom/app/bodies.ts";
import { openWecomServer, type WecomServer, type WecomServerOptions } from "../../src/sandbox/wecom-server.ts";
import { app, type FakeApp, openFakeApp } from "./fake-app.ts";
import { bot } from "./fake-desk.ts";

interface Told {
  readonly errcode: number;
  readonly errmsg: string;
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly invaliduser?: string | readonly string[];
  readonly invalidparty?: string;
  readonly msgid?: string;
  readonly response_code?: string;
  readonly userid_list?: readonly { readonly open_userid: string; readonly userid: string }[];
  readonly invalid_open_userid_list?: readonly string[];
}

let desk: FakeApp;
let wecom: WecomServer;
let now = 0;
let token = "";

const open = async (options: Partial<WecomServerOptions> = {}): Promise<void> => {
  wecom = await openWecomServer({
    deskUrl: desk.url,
    bot,
    app,
    groups: [{ chat: "wrGROUP01", name: "恒通汽配服务群", webhookKey: null }],
    people: [
      { account: "Sun.San", name: "孙三", groups: ["wrGROUP01"] },
      { account: "li.na", name: "李娜", groups: ["wrGROUP01"] },
      { account: "wang.wu", name: "王五", groups: [], visible: false },
    ],
    history: memoryHistory(),
    now: () => now,
    redeliverAfterMs: 200,
    ...options,
  });
  token = (await getToken()).access_token ?? "";
};

const getToken = async (corpId = app.corpId, secret = app.secret): Promise<Told> => {
  const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
  return (await (await fetch(`${wecom.origin}/cgi-bin/gettoken?${query}`)).json()) as Told;
};

const call = async (path: string, body: unknown, given = token): Promise<Told> => {
  const answer = await fetch(`${wecom.origin}/cgi-bin/${path}?access_token=${given}`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as Told;
};

const text = (touser: string, content: string, more = {}): object => ({
  touser,
  msgtype: "text",
  agentid: app.agentId,
  text: { content },
  ...more,
});
const send = (body: unknown, given?: string): Promise<Told> => call("message/send", body, given);

const buttons = [
  { text: "接单", style: 1, key: "accept" },
  { text: "转办", style: 2, key: "pass" },
];
const card = (task: string, more = {}, touser = "sun.san|li.na"): object => ({
  touser,
  msgtype: "template_card",
  agentid: app.agentId,
  template_card: {
    card_type: "button_interaction",
    task_id: task,
    main_title: { title: "#1123-001 打印机卡纸", desc: "三楼" },
    horizontal_content_list: [{ keyname: "状态", value: "待接单" }],
    button_list: buttons,
    ...more,
  },
});

const wordsIn = (account: string): string[] => wecom.sent(`@${account}`).map((message) => message.text);
const lastCard = (account: string) => wecom.sent(`@${account}`).at(-1);

beforeEach(async () => {
  now = Date.parse("2026-11-23T09:00:00+08:00");
  desk = await openFakeApp();
  await open();
});

afterEach(async () => {
  await wecom.close();
  await desk.close();
});

describe("what the application hears", () => {
  test("is, sealed, the published vector H", () => {
    const source = { corpId: app.corpId, agentId: app.agentId, by: "li.na", createdS: 1763860003 };
    const xml = messageXml(source, "7000000000000000001", "text", "打印机卡纸");
    const sealed = encrypt(app.aesKey, xml, app.corpId, Buffer.from("fedcba9876543210"));
    expect(sealed).toBe(
      "nO73TgapHYuqXuswhq+wM9TezBzFKXrvDfQ6g0ijtGxmGcBopccag8D/FpYgj2Z2GvlwOmvOxwR1cIWetYod1k1xfHBN+BKYwzU7xDlTeoK3jc8A00PmQ/JyBT/tMzZhhleOi+lSMt0BWfZNsuIX5d94sqgcdiv6jckr4N/aCAGV9gDEUSoj5gz0adP+D96FM7meeQw5R/FITOFdc2PEcStW+FOlNOolnW5s4c1jvPEFhRjggDq2fBSu2B2KVyQaCMlKyaYd5DJRRBthEqfE+To3c6aZNt1z7gpBj4A4n/eyr5pNAKMtr1jhlBTELzq5LDBctDH3BB02tDHDblosAOVGYDm678gsiyU/FCIXWeDtuM2KqHS82lsRDujAhA1tdZLFXa6m09WFuB5m7A65MIli29BFup8uuvytCHChd47wK7gQfHbqDRCX1UK2xofHi+MOwuo2kJHPN5RAS/AlxQ==",
    );
    expect(getSignature(app.token, 1763860003, "n-77", sealed)).toBe("32ba3d6caef1944e5cf578638806afb746419d86");
    expect(decrypt(app.aesKey, sealed).id).toBe(app.corpId);
  });

  test("is what was said to it, with the organisation as receiver", async () => {
    const said = await wecom.sayToApp({ by: "li.na", text: "打印机]]>卡纸", msgId: "7000000000000000001" });
    expect(said).toMatchObject({ delivered: true, msgId: "7000000000000000001", attempts: 1 });
    expect(desk.heard).toEqual([
      {
        ToUserName: app.corpId,
        FromUserName: "li.na",
        CreateTime: String(now / 1000),
        MsgType: "text",
        Content: "打印机]]>卡纸",
        MsgId: "7000000000000000001",
        AgentID: "1000002",
      },
    ]);
    expect(wecom.sent("@li.na")).toMatchObject([{ from: "li.na", text: "打印机]]>卡纸", heard: true }]);
    expect(desk.plain).toEqual([said.body]);
  });

  test("is of every kind, and events without an id", async () => {
    for (const kind of ["image", "voice", "video", "location", "link"] as const) {
      await wecom.sayToApp({ by: "li.na", text: "三楼", kind });
    }
    await wecom.sayAppEvent({ by: "li.na", event: "enter_agent" });
    expect(desk.heard).toMatchObject([
      { MsgType: "image", PicUrl: expect.any(String), MediaId: expect.any(String) },
      { MsgType: "voice", Format: "amr" },
      { MsgType: "video", ThumbMediaId: expect.any(String) },
      { MsgType: "location", Label: "三楼" },
      { MsgType: "link", Title: "三楼" },
      { MsgType: "event", Event: "enter_agent" },
    ]);
    expect(desk.heard.at(-1)).not.toHaveProperty("MsgId");
    expect(new Set(desk.heard.slice(0, 5).map(({ MsgId }) => MsgId)).size).toBe(5);
  });

  test("comes again with the same id until it is taken, and three times more at most", async () => {
    desk.behave((nth) => (nth === 0 ? "hang-up" : ""));
    expect(await wecom.sayToApp({ by: "li.na", text: "一" })).toMatchObject({ delivered: true, attempts: 2 });
    expect(desk.heard[0]).toEqual(desk.heard[1]);
    desk.behave(() => "hang-up");
    expect(await wecom.sayToApp({ by: "li.na", text: "二" })).toMatchObject({
      delivered: false,
      reason: "no-answer",
      attempts: 4,
    });
    desk.behave(() => "");
    await wecom.deliverToApp(desk.plain[0] ?? "");
    expect(desk.heard.at(-1)).toEqual(desk.heard[0]);
  });

  test("begins with an echo that the console checks", async () => {
    expect(await wecom.checkAppUrl()).toMatchObject({ ok: true, status: 200 });
  });

  test("may be answered at once", async () => {
    desk.behave(() => "<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[已收到]]></Content></xml>");
    await wecom.sayToApp({ by: "li.na", text: "打印机卡纸" });
    expect(wecom.sent("@li.na").at(-1)).toMatchObject({ from: "app", kind: "text", text: "已收到" });
  });

  test("is nothing where there is no application", async () => {
    const other = await openWecomServer({ deskUrl: desk.url, bot, history: memoryHistory() });
    expect(() => other.sayToApp({ by: "li.na", text: "在吗" })).toThrow("without an app");
    expect((await fetch(`${other.origin}/cgi-bin/gettoken`)).status).toBe(404);
    await other.close();
  });
});

describe("the token", () => {
  test("lasts two hours and is the same for whoever asks meanwhile", async () => {
    expect(await getToken()).toEqual({ errcode: 0, errmsg: "ok", access_token: token, expires_in: 7200 });
    now += 7_199_000;
    expect(await getToken()).toMatchObject({ access_token: token, expires_in: 1 });
    expect((await send(text("li.na", "一"))).errcode).toBe(0);
    now += 1_000;
    expect((await send(text("li.na", "二"))).errcode).toBe(42001);
    const next = await getToken();
    expect(next.access_token).not.toBe(token);
    expect((await send(text("li.na", "三"), next.access_token)).errcode).toBe(0);
  });

  test("is refused to a wrong secret and a wrong organisation", async () => {
    expect((await getToken(app.corpId, "wrong")).errcode).toBe(40001);
    expect((await getToken("ww-other")).errcode).toBe(40013);
    expect((await getToken()).errcode).toBe(0);
  });

  test("may end early, and then nobody knows it", async () => {
    wecom.forgetToken();
    expect((await send(text("li.na", "一"))).errcode).toBe(40014);
    expect((await send(text("li.na", "一"), "")).errcode).toBe(41001);
    token = (await getToken()).access_token ?? "";
    expect((await send(text("li.na", "一"))).errcode).toBe(0);
  });

  test("is not asked for all the time", async () => {
    // One was asked for when this test began.
    for (let nth = 1; nth < 60; nth += 1) expect((await getToken()).errcode).toBe(0);
    expect((await getToken()).errcode).toBe(45009);
    expect(wecom.violations).toMatchObject([{ kind: "too-often", credential: "gettoken" }]);
    now += 60_000;
    expect((await getToken()).errcode).toBe(0);
  });

  test("is fetched, everything else is posted", async () => {
    const posted = await fetch(`${wecom.origin}/cgi-bin/gettoken`, { method: "POST" });
    expect(await posted.json()).toMatchObject({ errcode: 43001 });
    const fetched = await fetch(`${wecom.origin}/cgi-bin/message/send`);
    expect(await fetched.json()).toMatchObject({ errcode: 43002 });
  });
});

describe("a message to members", () => {
  test("stands in the one-to-one chat of each", async () => {
    expect(await send(text("SUN.SAN|li.na", "#1123-001 已转给你"))).toMatchObject({
      errcode: 0,
      invaliduser: "",
      msgid: expect.any(String),
    });
    expect(wecom.sent("@Sun.San")).toMatchObject([
      { from: "app", kind: "text", text: "#1123-001 已转给你", card: null },
    ]);
    expect(wecom.sent("@li.na")).toHaveLength(1);
    await send(text("@all", "全体"));
    expect(wordsIn("Sun.San")).toEqual(["#1123-001 已转给你", "全体"]);
    expect(wordsIn("wang.wu")).toEqual([]);
  });

  test("names, in lower case, whom it cannot reach, and fails where that is everybody", async () => {
    const told = await send(text("li.na|Nobody|wang.wu", "好", { toparty: "3" }));
    expect(told).toMatchObject({ errcode: 0, invaliduser: "nobody|wang.wu", invalidparty: "3" });
    expect((await send(text("nobody|wang.wu", "好"))).errcode).toBe(81013);
    expect((await send(text("", "好"))).errcode).toBe(40063);
    expect((await send(text(Array.from({ length: 1_001 }, () => "li.na").join("|"), "好"))).errcode).toBe(40032);
    expect(wordsIn("li.na")).toEqual(["好"]);
  });

  test("is of this application, of a known kind, and not empty", async () => {
    expect((await send(text("li.na", "好", { agentid: 1 }))).errcode).toBe(40056);
    expect((await send(text("li.na", "好", { msgtype: "hologram" }))).errcode).toBe(40008);
    expect((await send(text("li.na", " "))).errcode).toBe(44004);
    expect((await send("not json")).errcode).toBe(40058);
    expect((await send({ touser: "li.na", msgtype: "text", agentid: app.agentId })).errcode).toBe(40058);
    expect(wordsIn("li.na")).toEqual([]);
  });

  test("is cut off after 2,048 bytes, between characters; markdown is refused", async () => {
    expect((await send(text("li.na", "办".repeat(682)))).errcode).toBe(0);
    expect(wecom.violations).toEqual([]);
    expect((await send(text("li.na", "办".repeat(683)))).errcode).toBe(0);
    expect(wordsIn("li.na").map(({ length }) => length)).toEqual([682, 682]);
    const markdown = (content: string) => ({ ...text("li.na", ""), msgtype: "markdown", markdown: { content } });
    expect((await send(markdown("办".repeat(683)))).errcode).toBe(40058);
    expect((await send(markdown("**好**"))).errcode).toBe(0);
    expect(wecom.violations.map(({ kind }) => kind)).toEqual(["too-long", "too-long"]);
    expect(wecom.sent("@li.na").at(-1)).toMatchObject({ kind: "markdown", text: "**好**" });
  });

  test("may be a text card with a link", async () => {
    const textcard = { title: "工单", description: "待接单", url: "https://example.com/tickets/1" };
    expect((await send({ ...text("li.na", ""), msgtype: "textcard", textcard })).errcode).toBe(0);
    const { url: _, ...without } = textcard;
    expect((await send({ ...text("li.na", ""), msgtype: "textcard", textcard: without })).errcode).toBe(40058);
    expect(wordsIn("li.na")).toEqual(["工单\n待接单"]);
  });

  test("that was sent before is not shown again where one asks for that", async () => {
    const checked = text("li.na", "一", { enable_duplicate_check: 1, duplicate_check_interval: 600 });
    expect((await send(checked)).errcode).toBe(0);
    expect(await send(checked)).toMatchObject({ errcode: 0, msgid: expect.any(String) });
    expect(wordsIn("li.na")).toEqual(["一"]);
    now += 600_001;
    await send(checked);
    expect(wordsIn("li.na")).toEqual(["一", "一"]);
    await send(text("li.na", "二"));
    await send(text("li.na", "二"));
    expect(wordsIn("li.na")).toEqual(["一", "一", "二", "二"]);
    const wrong = text("li.na", "三", { enable_duplicate_check: 1, duplicate_check_interval: 14_401 });
    expect((await send(wrong)).errcode).toBe(40058);
  });

  test("is dropped in silence after thirty in a minute to one member", async () => {
    now += 59_000;
    for (let nth = 0; nth < 30; nth += 1) await send(text("li.na", `${nth}`));
    now += 2_000;
    expect((await send(text("sun.san|li.na", "多了"))).errcode).toBe(0);
    expect(wordsIn("li.na")).toHaveLength(30);
    expect(wordsIn("Sun.San")).toEqual(["多了"]);
    expect(wecom.violations).toMatchObject([{ kind: "too-often", credential: "li.na" }]);
    now += 58_000;
    await send(text("li.na", "又到了"));
    expect(wordsIn("li.na").at(-1)).toBe("又到了");
  });

  test("is dropped in silence after a thousand in an hour", async () => {
    const from = now;
    for (let nth = 0; nth < 1_000; nth += 1) {
      if (nth % 30 === 0) now += 60_000;
      await send(text("li.na", `${nth}`));
    }
    now += 60_000;
    await send(text("li.na", "多了"));
    expect(wordsIn("li.na").at(-1)).toBe("999");
    now = from + 60_000 + 3_600_000;
    await send(text("li.na", "又到了"));
    expect(wordsIn("li.na").at(-1)).toBe("又到了");
  });
});

describe("a card with buttons", () => {
  test("shows what it says and what can be pressed", async () => {
    expect(await send(card("T-1@1"))).toMatchObject({ errcode: 0, response_code: expect.any(String) });
    expect(lastCard("li.na")).toMatchObject({
      from: "app",
      kind: "card",
      text: "#1123-001 打印机卡纸\n三楼\n状态：待接单",
      card: {
        task: "T-1@1",
        buttons: [
          { text: "接单", key: "accept" },
          { text: "转办", key: "pass" },
        ],
        pressed: null,
        replaced: null,
      },
    });
  });

  test("has a task id of its own, of the letters allowed", async () => {
    expect((await send(card("T-1"))).errcode).toBe(0);
    expect((await send(card("T-1"))).errcode).toBe(42014);
    expect((await send(card("工单1"))).errcode).toBe(42014);
    expect((await send(card("x".repeat(129)))).errcode).toBe(42014);
    expect((await send(card("T-2", { task_id: undefined }))).errcode).toBe(42014);
    expect((await send(card("x".repeat(128)))).errcode).toBe(0);
    expect(wecom.sent("@li.na")).toHaveLength(2);
  });

  test("is refused where a required part is missing or too much", async () => {
    let tasks = 0;
    const list = (count: number) => Array.from({ length: count }, (_, nth) => ({ text: "好", key: `k${nth}` }));
    for (const [more, errcode] of [
      [{ main_title: { title: "" } }, 40058],
      [{ button_list: undefined }, 40058],
      [{ button_list: [] }, 40058],
      [{ button_list: list(7) }, 40058],
      [{ button_list: [...list(1), ...list(1)] }, 40058],
      [{ button_list: [{ text: "好", key: "k".repeat(1_025) }] }, 40058],
      [{ button_list: [{ text: "好", key: "k", style: 5 }] }, 40058],
      [{ card_type: "text_notice" }, 42045],
      [{ button_list: list(6) }, 0],
      [{ card_type: "text_notice", card_action: { type: 1, url: "https://example.com" }, button_list: undefined }, 0],
    ] as const) {
      tasks += 1;
      expect((await send(card(`T-${tasks}`, more))).errcode).toBe(errcode);
    }
    expect(wecom.sent("@li.na")).toHaveLength(2);
  });

  test("is not shown twice where its duplicate is checked", async () => {
    const checked = { ...card("T-1"), enable_duplicate_check: 1 };
    expect((await send(checked)).errcode).toBe(0);
    expect((await send(checked)).errcode).toBe(0);
    expect(wecom.sent("@li.na")).toHaveLength(1);
    expect(wecom.violations).toEqual([]);
  });

  test("tells what was pressed, and the answer greys the buttons of whoever pressed", async () => {
    await send(card("T-1@1"));
    desk.behave(
      () =>
        "<xml><MsgType><![CDATA[update_button]]></MsgType><Button><ReplaceName><![CDATA[已接单]]></ReplaceName></Button></xml>",
    );
    const messageId = lastCard("Sun.San")?.id ?? "";
    const clicked = await wecom.clickCard({ by: "Sun.San", messageId, key: "accept" });
    expect(desk.heard).toMatchObject([
      {
        ToUserName: app.corpId,
        FromUserName: "Sun.San",
        MsgType: "event",
        Event: "template_card_event",
        EventKey: "accept",
        TaskId: "T-1@1",
        CardType: "button_interaction",
        ResponseCode: expect.any(String),
        AgentID: "1000002",
      },
    ]);
    expect(clicked.message?.card).toMatchObject({ pressed: "accept", replaced: "已接单" });
    expect(lastCard("li.na")?.card).toMatchObject({ pressed: null, replaced: null });
    await expect(wecom.clickCard({ by: "Sun.San", messageId, key: "pass" })).rejects.toThrow("grey");
    await wecom.settled();
    expect((await wecom.history.load("@Sun.San"))[0]?.card).toEqual(clicked.message?.card);
  });

  test("can be pressed again where nothing was answered, and only where it is", async () => {
    await send(card("T-1@1"));
    const messageId = lastCard("li.na")?.id ?? "";
    await wecom.clickCard({ by: "li.na", messageId, key: "accept" });
    expect((await wecom.clickCard({ by: "li.na", messageId, key: "pass" })).message?.card?.pressed).toBe("pass");
    await expect(wecom.clickCard({ by: "li.na", messageId, key: "other" })).rejects.toThrow("no button");
    await expect(wecom.clickCard({ by: "Sun.San", messageId, key: "accept" })).rejects.toThrow("no card");
  });

  test("may be answered by a card in its place", async () => {
    await send(card("T-1@1"));
    desk.behave(
      () =>
        "<xml><MsgType>update_template_card</MsgType><TemplateCard><CardType>button_interaction</CardType><MainTitle><Title><![CDATA[处理中]]></Title></MainTitle><ButtonList><Text>办结</Text><Style>1</Style><Key>resolve</Key></ButtonList><ReplaceText>已受理</ReplaceText></TemplateCard></xml>",
    );
    const messageId = lastCard("li.na")?.id ?? "";
    await wecom.clickCard({ by: "li.na", messageId, key: "accept" });
    expect(lastCard("li.na")).toMatchObject({
      id: messageId,
      text: "处理中",
      card: { task: "T-1@1", buttons: [{ text: "办结", key: "resolve" }], pressed: null, replaced: "已受理" },
    });
    expect(wecom.sent("@li.na")).toHaveLength(1);
  });
});

describe("changing a card later", () => {
  const update = (code: string, more: object): Promise<Told> =>
    call("message/update_template_card", { agentid: app.agentId, response_code: code, ...more });

  test("is done once with each code, of the sending or of a click", async () => {
    const code = (await send(card("T-1@1"))).response_code ?? "";
    const button = { replace_name: "已办结" };
    expect(await update(code, { userids: ["Li.Na", "nobody"], button })).toEqual({
      errcode: 0,
      errmsg: "ok",
      invaliduser: ["nobody"],
    });
    expect(lastCard("li.na")?.card?.replaced).toBe("已办结");
    expect(lastCard("Sun.San")?.card?.replaced).toBeNull();
    expect((await update(code, { atall: 1, button })).errcode).toBe(60140);
    expect(wecom.violations).toMatchObject([{ kind: "used-twice" }]);

    await wecom.clickCard({ by: "Sun.San", messageId: lastCard("Sun.San")?.id ?? "", key: "pass" });
    const clickCode = String(desk.heard.at(-1)?.["ResponseCode"]);
    expect((await update(clickCode, { atall: 1, button: { replace_name: "已转办" } })).errcode).toBe(0);
    expect([lastCard("li.na"), lastCard("Sun.San")].map((shown) => shown?.card?.replaced)).toEqual([
      "已转办",
      "已转办",
    ]);
  });

  test("may put another card there", async () => {
    const code = (await send(card("T-1@1"))).response_code ?? "";
    const next = {
      card_type: "button_interaction",
      task_id: "T-1@1",
      main_title: { title: "已办结" },
      button_list: buttons,
    };
    const told = await update(code, { userids: ["li.na"], template_card: { ...next, replace_text: "完成" } });
    expect(told.errcode).toBe(0);
    expect(lastCard("li.na")).toMatchObject({ text: "已办结", card: { replaced: "完成" } });
  });

  test("is refused for three days old or unknown codes, and without anybody to change it for", async () => {
    const code = (await send(card("T-1@1"))).response_code ?? "";
    const button = { replace_name: "好" };
    expect((await update("never-given", { atall: 1, button })).errcode).toBe(60140);
    expect((await update(code, { button })).errcode).toBe(40063);
    expect((await update(code, { atall: 1, button, agentid: 1 })).errcode).toBe(40056);
    expect((await update(code, { atall: 1 })).errcode).toBe(40058);
    now += 72 * 3_600_000 + 1;
    token = (await getToken()).access_token ?? "";
    expect((await update(code, { atall: 1, button })).errcode).toBe(60140);
  });
});

describe("the ids in place of accounts", () => {
  const convert = (ids: readonly string[]): Promise<Told> =>
    call("batch/openuserid_to_userid", { open_userid_list: ids });

  test("are converted; plain ones, unknown ones and those out of range come back", async () => {
    const [known, hidden] = [wecom.idOf("li.na"), wecom.idOf("wang.wu")];
    expect(known).toBe("li.na");
    await wecom.close();
    await open({ openIds: true });
    const ids = [wecom.idOf("li.na"), wecom.idOf("wang.wu"), hidden, "woNOBODY"];
    expect(await convert(ids)).toEqual({
      errcode: 0,
      errmsg: "ok",
      userid_list: [{ open_userid: ids[0], userid: "li.na" }],
      invalid_open_userid_list: [ids[1], "wang.wu", "woNOBODY"],
    });
  });

  test("are at most a thousand, and not none", async () => {
    expect((await convert([])).errcode).toBe(40063);
    expect((await convert(Array.from({ length: 1_001 }, (_, nth) => `wo${nth}`))).errcode).toBe(40032);
    expect((await call("batch/openuserid_to_userid", {})).errcode).toBe(40058);
    expect((await call("batch/openuserid_to_userid", { open_userid_list: [] }, "bad")).errcode).toBe(40014);
  });
});

describe("trouble", () => {
  test("answers as WeCom does when it is busy, limiting, or does not trust where one calls from", async () => {
    for (const [kind, errcode] of [
      ["busy", -1],
      ["rate", 45009],
      ["removed", 60011],
      ["untrusted-ip", 60020],
    ] as const) {
      wecom.trouble("app", kind, { count: 1 });
      expect((await send(text("li.na", "好"))).errcode).toBe(errcode);
      wecom.trouble("token", kind, { count: 1 });
      expect((await getToken()).errcode).toBe(errcode);
    }
    wecom.trouble("app", "http500", { at: "/cgi-bin/message/send", count: 1 });
    await expect(send(text("li.na", "好"))).rejects.toThrow("HTTP 500");
    wecom.trouble("token", "html", { count: 1 });
    await expect(getToken()).rejects.toThrow("JSON");
    expect(wordsIn("li.na")).toEqual([]);
    expect(wecom.violations).toEqual([]);
  });

  test("cuts the connection before or after the message is shown; the duplicate check saves the second try", async () => {
    const checked = text("li.na", "好", { enable_duplicate_check: 1 });
    wecom.trouble("app", "reset-before", { count: 1 });
    await expect(send(checked)).rejects.toThrow();
    expect(wordsIn("li.na")).toEqual([]);
    wecom.trouble("app", "reset-after", { count: 1 });
    await expect(send(checked)).rejects.toThrow();
    expect(wordsIn("li.na")).toEqual(["好"]);
    expect((await send(checked)).errcode).toBe(0);
    expect(wordsIn("li.na")).toEqual(["好"]);
  });
});

test("what was received is kept with its path", async () => {
  await send(text("li.na", "好"));
  expect(wecom.received).toMatchObject([
    { door: "token", path: "/cgi-bin/gettoken", credential: app.corpId, errcode: 0 },
    { door: "app", path: "/cgi-bin/message/send", credential: token, errcode: 0 },
  ]);
});
