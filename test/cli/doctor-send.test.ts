import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runDoctorSend } from "../../src/cli/doctor-send.ts";
import type { Environment } from "../../src/settings.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import { type Bench, closeBench, openBench, openRedisPort } from "./doctor-bench.ts";
import { type Imitation, openImitation } from "./doctor-platform.ts";

const HOOK = "/cgi-bin/webhook/send";
const ROBOT = "/robot/send";
/** A day on which nobody is away. */
const DAY = Date.parse("2026-11-25T10:00:00+08:00");

let platform: Imitation;
let redis: TestRedis;
let redisPort: Awaited<ReturnType<typeof openRedisPort>>;
const benches: Bench[] = [];

beforeAll(async () => {
  platform = await openImitation();
  redis = openTestRedis();
  redisPort = await openRedisPort(redis.path);
});
afterAll(async () => {
  await redisPort.close();
  await redis.close();
  await platform.close();
});
beforeEach(() => {
  platform.reset();
  platform.on(HOOK, { json: { errcode: 0, errmsg: "ok" } });
  platform.on(ROBOT, { json: { errcode: 0, errmsg: "ok" } });
});
afterEach(() => {
  for (const bench of benches.splice(0)) closeBench(bench);
});

const DINGTALK = {
  DINGTALK_APP_KEY: "dingdemoappkey000001",
  DINGTALK_APP_SECRET: "dingtalk-secret-nobody-sees",
  DINGTALK_MODE: "stream",
};
const DING_GROUPS = `
  - platform: dingtalk
    chat: cidMING==
    kind: service
    enterprise: 明州服饰有限公司
    webhook: "\${WEBHOOK_BASE}/robot/send?access_token=token-nobody-sees"
    secret: SECnobody-sees-this
  - { platform: dingtalk, chat: cidBARE==, kind: service, enterprise: 丽园食品有限公司 }
`;

function bench(given: Environment = {}): Bench {
  const opened = openBench({
    WEBHOOK_BASE: platform.url,
    WECOM_API_BASE: platform.url,
    WECOM_WS_URL: platform.wsUrl,
    DINGTALK_API_BASE: platform.url,
    DINGTALK_OAPI_BASE: platform.url,
    ...given,
  });
  benches.push(opened);
  return opened;
}

async function send(group: string, { environment }: Bench): Promise<{ code: number; text: string; lines: string[] }> {
  let text = "";
  const out = { write: (piece: string) => (text += piece) };
  const code = await runDoctorSend(group, environment, { out, now: () => DAY });
  return { code, text, lines: text.trimEnd().split("\n") };
}

describe("a group is named", () => {
  it.each([
    ["wrGROUP01", "group01", ["sun.san"]],
    ["恒通汽配", "group01", ["sun.san"]],
    ["南社区服务点", "group02", ["sun.san"]],
    ["nan", "group02", ["sun.san"]],
    ["明州服饰有限公司", "group02", ["sun.san"]],
    ["帮办员群", "helpers", ["zhao.yi"]],
    ["帮办员群（wrHELPERS）", "helpers", ["zhao.yi"]],
    ["领导群", "leaders", ["li.si"]],
  ])("%s: one line, and whoever is responsible first is mentioned", async (named, key, mentioned) => {
    const { code, lines } = await send(named, bench());
    expect(code).toBe(0);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^好　　　企业微信群 .*：经 webhook 已发出。请看.*“【测试】”开头的一行/);
    expect(lines[1]).toMatch(/^好　　　.*@了 .*其手机应当响/);
    const [asked, ...more] = platform.asksOf(HOOK);
    expect(more).toEqual([]);
    expect(asked?.query.get("key")).toBe(key);
    expect(JSON.parse(asked?.body ?? "")).toMatchObject({
      msgtype: "text",
      text: { content: expect.stringMatching(/^【测试】/), mentioned_list: mentioned },
    });
  });

  it("unknown: nothing is sent, and those that there are are listed", async () => {
    const { code, text } = await send("别处", bench());
    expect(code).toBe(64);
    expect(text).toMatch(/没有“别处”这个群；可以写 恒通汽配有限公司（wrGROUP01）、wrGROUP02、帮办员群（wrHELPERS）/);
    expect(platform.asked).toEqual([]);
  });

  it("by a name of two: nothing is sent, and their ids are told", async () => {
    const opened = bench();
    opened.station((text) => text.replace("kind: leaders", "kind: helpers"));
    const { code, text } = await send("帮办员群", opened);
    expect(code).toBe(64);
    expect(text).toContain("不止一个群，请写群编号：wecom:wrHELPERS、wecom:wrLEADERS");
    expect(platform.asked).toEqual([]);
  });
});

describe("what came back", () => {
  it.each([
    [93000, "invalid webhook url", /webhook 无效.*群设置 → 消息推送 → 添加/],
    [45009, "api freq out of limit", /等一分钟再试/],
    [40058, "invalid Request Parameter", /被@的账号写法不对/],
    [93008, "not in group", /不在这个群/],
  ])("of WeCom: %i", async (errcode, errmsg, said) => {
    platform.on(HOOK, { json: { errcode, errmsg } });
    const { code, lines } = await send("wrGROUP01", bench());
    expect(code).toBe(78);
    expect(lines).toEqual([expect.stringMatching(said)]);
    expect(lines[0]).toContain(String(errcode));
  });

  it.each([
    [310000, "keywords not in content", /限定了关键词.*加签/],
    [310000, "sign not match", /加签的密钥不对/],
    [310000, "ip 198.51.100.7 not in whitelist", /限定了 IP/],
    [400101, "token is not exist", /access_token 无效/],
    [400102, "robot stopped", /已被停用/],
    [400106, "not in group", /机器人不在这个群/],
    [300001, "session 不存在", /临时的会话地址/],
  ])("of DingTalk: %i %s", async (errcode, errmsg, said) => {
    platform.on(ROBOT, { json: { errcode, errmsg } });
    const opened = bench(DINGTALK);
    opened.station((text) => text.trimEnd() + DING_GROUPS);
    const { code, lines, text } = await send("cidMING==", opened);
    expect(code).toBe(78);
    expect(lines).toEqual([expect.stringMatching(said)]);
    expect(text).not.toContain("nobody-sees");
  });

  it("of DingTalk, signed and with the person's id in its place", async () => {
    const opened = bench(DINGTALK);
    opened.station((text) => text.replace("wecom: sun.san", "dingtalk: user-1012").trimEnd() + DING_GROUPS);
    const { code, lines } = await send("明州服饰", opened);
    expect(code).toBe(0);
    expect(lines[1]).toMatch(/@了 帮办员丙（h02）/);
    const [asked] = platform.asksOf(ROBOT);
    expect(asked?.query.get("timestamp")).toBe(String(DAY));
    expect(JSON.parse(asked?.body ?? "")).toMatchObject({ at: { atUserIds: ["user-1012"] } });
  });

  it("is nothing where nobody can be reached", async () => {
    const { code, lines } = await send("wrGROUP01", bench({ WEBHOOK_BASE: "http://127.0.0.1:1" }));
    expect(code).toBe(78);
    expect(lines).toEqual([expect.stringMatching(/没有发出（连接不上：ECONNREFUSED）/)]);
  });

  it("may be unknown, and is looked for in the group", async () => {
    platform.on(HOOK, { json: "a page of a proxy" });
    const { code, lines } = await send("wrGROUP01", bench());
    expect(code).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^注意　　.*没有得到答复.*请到群里看/)]);
  });

  it("is no mention where the person has no account", async () => {
    const opened = bench();
    opened.station((text) => text.replace("wecom: li.si", "mobile: '138'"));
    const { code, lines } = await send("领导群", opened);
    expect(code).toBe(78);
    expect(lines[1]).toMatch(/领导丁（l01） 没有企业微信账号，没有@到人；请在 people 里填写 wecom/);
  });
});

describe("without a webhook", () => {
  const bare = (opened: Bench): Bench => {
    opened.station((text) => text.replace(/(chat: wrLEADERS, kind: leaders), webhook: [^}]*\}[^}]*\}/, "$1 }"));
    return opened;
  };
  const SOCKET = {
    WECOM_BOT_TOKEN: "",
    WECOM_BOT_AES_KEY: "",
    WECOM_BOT_ID: "aibHELPDESK",
    WECOM_BOT_SECRET: "bot-secret-nobody-sees",
  };

  it("there is no way into a group of WeCom's by callback", async () => {
    const { code, lines } = await send("领导群", bare(bench()));
    expect(code).toBe(78);
    expect(lines).toEqual([expect.stringMatching(/没有 webhook，也没有别的途径.*群设置 → 消息推送 → 添加/)]);
    expect(platform.asked).toEqual([]);
  });

  it("the long connection speaks, and rings nobody's telephone", async () => {
    const { code, lines, text } = await send("领导群", bare(bench(SOCKET)));
    expect(lines[0]).toMatch(/经机器人接口已发出/);
    expect(lines[1]).toMatch(/须处理　.*领导丁（l01） 只写出名字，手机不会响/);
    expect(code).toBe(78);
    expect(platform.frames.map(({ cmd }) => cmd)).toEqual(["aibot_subscribe", "aibot_send_msg"]);
    expect(platform.frames[1]?.body).toMatchObject({ chatid: "wrLEADERS" });
    expect(text).not.toContain("nobody-sees");
  });

  it("the long connection is not taken from a desk that holds it", async () => {
    const opened = bare(bench({ ...SOCKET, REDIS_URL: redisPort.url }));
    opened.station((text) => text.replace("station: duantang", `station: ${redis.station}`));
    await redis.redis.set(redis.tag + keys.holder("wecom-bot"), "the desk", "PX", 60_000);
    try {
      const { code, lines } = await send("领导群", opened);
      expect(code).toBe(78);
      expect(lines).toEqual([expect.stringMatching(/长连接由服务占用.*填写 webhook/)]);
      expect(platform.frames).toEqual([]);
    } finally {
      await redis.redis.del(redis.tag + keys.holder("wecom-bot"));
    }
  });

  it("the long connection may be refused", async () => {
    platform.onSubscribe(40001, "invalid secret");
    const { code, lines } = await send("领导群", bare(bench(SOCKET)));
    expect(code).toBe(78);
    expect(lines).toEqual([expect.stringMatching(/没有发出（长连接被拒绝，请先运行 doctor/)]);
  });

  it("DingTalk's interface speaks, and rings nobody's telephone", async () => {
    platform.on("/v1.0/oauth2/accessToken", { json: { accessToken: "tok-nobody-sees", expireIn: 7200 } });
    platform.on("/v1.0/robot/groupMessages/send", { json: { processQueryKey: "pqk" } });
    const opened = bench(DINGTALK);
    opened.station((text) => text.trimEnd() + DING_GROUPS);
    const { code, lines } = await send("丽园食品有限公司", opened);
    expect(code).toBe(78);
    expect(lines[0]).toMatch(/钉钉群 丽园食品有限公司（cidBARE==）：经机器人接口已发出/);
    expect(lines[1]).toMatch(/帮办员庚（h01） 只写出名字，手机不会响；请在 群设置 → 机器人 → 添加/);
    platform.on("/v1.0/robot/groupMessages/send", {
      status: 403,
      json: {
        code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        message: "no",
        accessdenieddetail: { requiredScopes: ["qyapi_robot_sendmsg"] },
      },
    });
    expect((await send("cidBARE==", opened)).lines).toEqual([
      expect.stringMatching(/权限管理 → 申请 qyapi_robot_sendmsg → 版本管理与发布/),
    ]);
  });

  it("a platform that is off has no way at all", async () => {
    const opened = bench();
    opened.station((text) => text.trimEnd() + DING_GROUPS);
    expect((await send("cidBARE==", opened)).lines).toEqual([expect.stringMatching(/钉钉没有接入，请先填写它的设置/)]);
  });
});
