import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DingtalkServer } from "../../src/sandbox/dingtalk-server.ts";
import type { TroubleKind } from "../../src/sandbox/trouble.ts";
import { type Answered, GROUP, openDingtalk, post, robot } from "./dingtalk-given.ts";

let now = 1795400000000;
let ding: DingtalkServer;

beforeEach(async () => {
  now = 1795400000000;
  ding = await openDingtalk({ now: () => now });
});

afterEach(() => ding.close());

const askToken = (more: object = {}): Promise<Answered> =>
  post(`${ding.origin}/v1.0/oauth2/accessToken`, { appKey: robot.appKey, appSecret: robot.appSecret, ...more });
const token = async (): Promise<string> => String((await askToken()).body["accessToken"]);

const say = { robotCode: robot.robotCode, msgKey: "sampleText", msgParam: '{"content":"日报"}' };
const send = async (path: string, body: unknown, with_?: string): Promise<Answered> =>
  post(`${ding.origin}/v1.0/robot/${path}`, body, { "x-acs-dingtalk-access-token": with_ ?? (await token()) });
const toGroup = (more: object = {}, with_?: string): Promise<Answered> =>
  send("groupMessages/send", { ...say, openConversationId: GROUP, ...more }, with_);
const toPeople = (userIds: readonly string[], more: object = {}, with_?: string): Promise<Answered> =>
  send("oToMessages/batchSend", { ...say, userIds, ...more }, with_);

const refused = (status: number, code: string): object => ({ status, body: { code, requestid: expect.any(String) } });

describe("the access token", () => {
  test("is the same while it lives, and lives longer when it is asked for", async () => {
    const first = await askToken();
    expect(first).toMatchObject({ status: 200, body: { accessToken: expect.any(String), expireIn: 7200 } });
    now += 7_000_000;
    expect(await token()).toBe(first.body["accessToken"]);
    now += 7_000_000;
    expect((await toGroup({}, String(first.body["accessToken"]))).status).toBe(200);
    now += 200_000;
    expect(await toGroup({}, String(first.body["accessToken"]))).toMatchObject(refused(401, "InvalidAuthentication"));
    expect(await token()).not.toBe(first.body["accessToken"]);
    expect(ding.violations).toEqual([]);
  });

  test("is not for those with wrong credentials", async () => {
    expect(await askToken({ appSecret: "x" })).toMatchObject(refused(400, "invalidClientIdOrSecret"));
    expect(await askToken({ appKey: "x" })).toMatchObject(refused(400, "invalidClientIdOrSecret"));
    expect(ding.violations).toEqual([]);
    expect(await askToken({ appKey: 1 })).toMatchObject({ status: 400 });
    expect(ding.violations).toMatchObject([{ kind: "malformed" }]);
  });

  test("is asked of every send", async () => {
    expect(await toGroup({}, "made-up")).toMatchObject(refused(401, "InvalidAuthentication"));
    expect(ding.violations).toEqual([]);
    const bare = await post(`${ding.origin}/v1.0/robot/groupMessages/send`, { ...say, openConversationId: GROUP });
    expect(bare).toMatchObject(refused(401, "InvalidAuthentication"));
    expect(ding.violations).toMatchObject([{ kind: "malformed", credential: "group" }]);
    expect(ding.sent(GROUP)).toEqual([]);
  });
});

describe("a message into a group", () => {
  test("is shown and mentions nobody, whatever it says", async () => {
    const first = await toGroup({ msgParam: '{"content":"请 @user-1001 看"}', at: { atUserIds: ["user-1001"] } });
    const second = await toGroup({ msgKey: "sampleMarkdown", msgParam: '{"title":"日报","text":"#### 日报"}' });
    expect(first.body["processQueryKey"]).toEqual(expect.any(String));
    expect(second.body["processQueryKey"]).not.toBe(first.body["processQueryKey"]);
    expect(ding.sent(GROUP)).toMatchObject([
      { from: "bot", kind: "text", text: "请 @user-1001 看", mentions: [] },
      { from: "bot", kind: "markdown", text: "#### 日报", mentions: [] },
    ]);
  });

  test("needs a robot and a group that fit", async () => {
    expect(await toGroup({ robotCode: "" })).toMatchObject(refused(400, "invalidParameter.robotCode.empty"));
    expect(await toGroup({ robotCode: "other" })).toMatchObject(refused(400, "invalidParameter.robotCode.auth"));
    expect(await toGroup({ openConversationId: "" })).toMatchObject(refused(400, "miss.openConversationId"));
    expect(await toGroup({ openConversationId: "cidX" })).toMatchObject(refused(400, "invalid.openConversationId"));
    ding.removeRobot(GROUP);
    expect(await toGroup()).toMatchObject(refused(400, "resource.not.found"));
    expect(ding.violations).toEqual([]);
    expect(ding.sent(GROUP)).toEqual([]);
  });

  test("is a string of JSON, of fifteen thousand bytes at most", async () => {
    const param = (words: string): string => JSON.stringify({ content: words });
    const count = Math.floor((15_000 - Buffer.byteLength(param(""))) / 3);
    expect((await toGroup({ msgParam: param("办".repeat(count)) })).status).toBe(200);
    expect(await toGroup({ msgParam: param("办".repeat(count + 1)) })).toMatchObject(
      refused(400, "invalidParameter.msgParam.tooLong"),
    );
    for (const msgParam of [{ content: "对象" }, "not json", "{}", param(" ")]) {
      expect(await toGroup({ msgParam })).toMatchObject(refused(400, "invalidParameter.msgParam.invalid"));
    }
    expect(await toGroup({ msgKey: "sampleAudio" })).toMatchObject(refused(400, "invalidParameter.msgKey.invalid"));
    expect((await send("groupMessages/send", "not json")).status).toBe(400);
    expect(ding.violations.map(({ kind }) => kind)).toEqual([
      "too-long",
      ...Array.from({ length: 6 }, () => "malformed"),
    ]);
    expect(ding.sent(GROUP)).toHaveLength(1);
  });

  test("passes twenty times in any second", async () => {
    const held = await token();
    now += 900;
    for (let nth = 0; nth < 20; nth += 1) expect((await toGroup({}, held)).status).toBe(200);
    now += 200; // a new second on the clock, the same thousand milliseconds
    expect(await toGroup({}, held)).toMatchObject(refused(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"));
    expect((await toPeople(["user-1001"], {}, held)).status).toBe(200);
    expect(ding.violations).toMatchObject([{ kind: "too-often", credential: "group" }]);
    now += 800;
    expect((await toGroup({}, held)).status).toBe(200);
    expect(ding.sent(GROUP)).toHaveLength(21);
  });
});

describe("a message to people", () => {
  test("is shown to each of them one-to-one, and names those it cannot reach", async () => {
    expect(await toPeople(["user-1001", "USER-2002", "nobody", "guest-1"])).toMatchObject({
      status: 200,
      body: {
        processQueryKey: expect.any(String),
        invalidStaffIdList: ["nobody", "guest-1"],
        flowControlledStaffIdList: [],
      },
    });
    expect(ding.sent("@user-1001")).toMatchObject([{ from: "bot", text: "日报" }]);
    expect(ding.sent("@User-2002")).toHaveLength(1);
    expect(ding.sent("@guest-1")).toEqual([]);
  });

  test("is for one to twenty people", async () => {
    const people = Array.from({ length: 21 }, (_, nth) => `u${nth}`);
    expect((await toPeople(people.slice(1))).status).toBe(200);
    expect(await toPeople(people)).toMatchObject(refused(400, "too.many.people"));
    expect(await toPeople([])).toMatchObject(refused(400, "miss.userIds"));
    expect(ding.violations.map(({ kind }) => kind)).toEqual(["malformed", "malformed"]);
  });
});

describe("trouble", () => {
  const PERMISSION = "Forbidden.AccessDenied.AccessTokenPermissionDenied";

  test.each<[TroubleKind, number, string]>([
    ["busy", 500, "system.error"],
    ["rate", 403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"],
    ["removed", 400, "resource.not.found"],
    ["expired", 401, "InvalidAuthentication"],
    ["permission", 403, PERMISSION],
    ["quota", 403, "Forbidden.AccessDenied.ApiCountLimitForOrg"],
  ])("with a group: %s is told as %i %s", async (kind, status, code) => {
    ding.trouble("group", kind, { at: GROUP, count: 1 });
    expect(await toGroup()).toMatchObject(refused(status, code));
    expect(ding.sent(GROUP)).toEqual([]);
    expect((await toGroup()).status).toBe(200);
    expect(ding.violations).toEqual([]);
  });

  test("names the permission that is missing", async () => {
    ding.trouble("person", "permission", { count: 1 });
    expect(await toPeople(["user-1001"])).toMatchObject({
      body: { code: PERMISSION, accessdenieddetail: { requiredScopes: ["qyapi_robot_sendmsg"] } },
    });
  });

  test("ends a token for good", async () => {
    const old = await token();
    ding.trouble("group", "expired", { count: 1 });
    await toGroup({}, old);
    expect(await toGroup({}, old)).toMatchObject(refused(401, "InvalidAuthentication"));
    const next = await token();
    expect(next).not.toBe(old);
    expect((await toGroup({}, next)).status).toBe(200);
  });

  test("with a person is a success that reached nobody", async () => {
    ding.trouble("person", "removed", { at: "user-1001", count: 1 });
    expect(await toPeople(["user-1001"])).toMatchObject({ status: 200, body: { invalidStaffIdList: ["user-1001"] } });
    ding.trouble("person", "flow", { at: "user-1001", count: 1 });
    expect(await toPeople(["user-1001"])).toMatchObject({
      status: 200,
      body: { invalidStaffIdList: [], flowControlledStaffIdList: ["user-1001"] },
    });
    expect(ding.sent("@user-1001")).toEqual([]);
    expect((await toPeople(["User-2002"])).body["invalidStaffIdList"]).toEqual([]);
  });

  test("with the token", async () => {
    ding.trouble("token", "busy", { count: 1 });
    expect(await askToken()).toMatchObject(refused(500, "system.error"));
    ding.trouble("token", "removed", { count: 1 });
    expect(await askToken()).toMatchObject(refused(400, "invalidClientIdOrSecret"));
    ding.trouble("token", "html", { count: 1 });
    await expect(askToken()).rejects.toThrow("JSON");
    ding.trouble("token", "reset-before", { count: 1 });
    await expect(askToken()).rejects.toThrow();
    expect((await askToken()).status).toBe(200);
  });

  test("after the message is shown", async () => {
    ding.trouble("group", "reset-after", { count: 1 });
    await expect(toGroup()).rejects.toThrow();
    ding.trouble("person", "timeout-after", { count: 1 });
    const waiting = expect(toPeople(["user-1001"])).rejects.toThrow();
    await ding.waitFor("@user-1001", () => true);
    await ding.close();
    await waiting;
    expect(ding.sent(GROUP)).toHaveLength(1);
  });
});

test("what was received names the door, the chat and what was told", async () => {
  await toGroup();
  await toPeople(["user-1001"]);
  await toPeople(["user-1001", "User-2002"]);
  const sends = ding.received.filter(({ door }) => door !== "token");
  expect(sends).toMatchObject([
    { door: "group", chat: GROUP, credential: null, errcode: 0 },
    { door: "person", chat: "@user-1001", errcode: 0 },
    { door: "person", chat: null, errcode: 0 },
  ]);
});
