import Router from "koa-router";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openWecom } from "../../src/platforms/wecom/wecom.ts";
import type { Environment } from "../../src/settings.ts";
import { keys } from "../../src/store/keys.ts";
import { openWeb } from "../../src/web/server.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import { nothingSetUp, silent } from "../platforms/wecom/set-up.ts";
import { type Bench, closeBench, diagnose, freePort, openBench, openRedisPort } from "./doctor-bench.ts";
import { type Imitation, openImitation } from "./doctor-platform.ts";

const APP = {
  WECOM_CORP_ID: "ww1436e0e65a779aee",
  WECOM_AGENT_ID: "1000002",
  WECOM_APP_SECRET: "app-secret-nobody-sees-0123456789-abcdefghij",
};
const APP_CALLBACK = {
  WECOM_APP_TOKEN: "appTokenNobodySees",
  WECOM_APP_AES_KEY: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
};
const SOCKET = {
  WECOM_BOT_TOKEN: "",
  WECOM_BOT_AES_KEY: "",
  WECOM_BOT_ID: "aibHELPDESK",
  WECOM_BOT_SECRET: "bot-secret-nobody-sees",
};
const NO_BOT = { WECOM_BOT_TOKEN: "", WECOM_BOT_AES_KEY: "", WECOM_BOT_NAME: "" };

let wecom: Imitation;
let redis: TestRedis;
let redisPort: Awaited<ReturnType<typeof openRedisPort>>;
let port: number;
const benches: Bench[] = [];

beforeAll(async () => {
  wecom = await openImitation();
  redis = openTestRedis();
  redisPort = await openRedisPort(redis.path);
  port = await freePort();
});
afterAll(async () => {
  await redisPort.close();
  await redis.close();
  await wecom.close();
});
beforeEach(() => {
  wecom.reset();
  wecom.on("/cgi-bin/gettoken", {
    json: { errcode: 0, errmsg: "ok", access_token: "tok-nobody-sees", expires_in: 7200 },
  });
  wecom.on("/cgi-bin/agent/get", {
    json: { errcode: 0, errmsg: "ok", name: "帮办", close: 0, allow_partys: { partyid: [1] } },
  });
});
afterEach(() => {
  for (const bench of benches.splice(0)) closeBench(bench);
});

function bench(given: Environment = {}): Bench {
  const opened = openBench({
    PORT: String(port),
    WECOM_API_BASE: wecom.url,
    WECOM_WS_URL: wecom.wsUrl,
    ...given,
  });
  benches.push(opened);
  return opened;
}

/** In a Redis that a desk of this station could be using. */
function benchWithRedis(given: Environment = {}): Bench {
  const opened = bench({ REDIS_URL: redisPort.url, ...given });
  opened.station((text) => text.replace("station: duantang", `station: ${redis.station}`));
  return opened;
}

const about = (lines: readonly string[], name: string) => lines.filter((line) => line.startsWith(name));

describe("the application", () => {
  it("is known by its secret and its id, and nothing is sent", async () => {
    const { good, text } = await diagnose(bench(APP).environment);
    expect(about(good, "企业微信自建应用")).toEqual(["企业微信自建应用：“帮办”的企业 ID、Secret、AgentId 都被接受"]);
    expect(wecom.asksOf("/cgi-bin/agent/get")[0]?.query.get("agentid")).toBe("1000002");
    expect(wecom.asked.map(({ path }) => path)).toEqual(["/cgi-bin/gettoken", "/cgi-bin/agent/get"]);
    for (const secret of [APP.WECOM_APP_SECRET, "tok-nobody-sees"]) expect(text).not.toContain(secret);
  });

  it.each([
    [
      40001,
      "invalid credential, hint: [1787373915], from ip: 1.2.3.4",
      /WECOM_APP_SECRET 不对：.*应用管理 → 自建 → 本应用 → Secret/,
    ],
    [40013, "invalid corpid", /WECOM_CORP_ID 不对：.*我的企业 → 企业信息 → 企业ID/],
    [40091, "secret of another corp", /不是同一家企业/],
    [
      60020,
      "not allow to access from your ip, hint: [17], from ip: 203.0.113.9, more info",
      /出口 IP 203\.0\.113\.9 填进 .*企业可信IP/,
    ],
  ])("is refused a token with %i", async (errcode, errmsg, said) => {
    wecom.on("/cgi-bin/gettoken", { json: { errcode, errmsg } });
    const { must, code } = await diagnose(bench(APP).environment);
    expect(about(must, "企业微信自建应用")).toEqual([expect.stringMatching(said)]);
    expect(code).toBe(78);
    expect(wecom.asksOf("/cgi-bin/agent/get")).toEqual([]);
  });

  it.each([
    [40056, /WECOM_AGENT_ID 与 WECOM_APP_SECRET 不是同一个应用的/],
    [301002, /WECOM_AGENT_ID 与 WECOM_APP_SECRET 不是同一个应用的/],
    [60020, /企业可信IP/],
    [60011, /可见范围/],
  ])("is another one's where its id is refused with %i", async (errcode, said) => {
    wecom.on("/cgi-bin/agent/get", { json: { errcode, errmsg: "no" } });
    const { must } = await diagnose(bench(APP).environment);
    expect(about(must, "企业微信自建应用")).toEqual([expect.stringMatching(said)]);
  });

  it("may be switched off", async () => {
    wecom.on("/cgi-bin/agent/get", { json: { errcode: 0, errmsg: "ok", name: "帮办", close: 1 } });
    expect(about((await diagnose(bench(APP).environment)).must, "企业微信自建应用")).toEqual([
      "企业微信自建应用：“帮办”已被停用，请在 企业微信管理后台 → 应用管理 里启用",
    ]);
  });

  it("may not see everybody", async () => {
    const user = ["zhao.yi", "QIAN.er", "zhou.wu", "wu.liu", "zheng.qi", "sun.san", "wang.ba"].map((userid) => ({
      userid,
    }));
    wecom.on("/cgi-bin/agent/get", {
      json: { errcode: 0, errmsg: "ok", name: "帮办", close: 0, allow_userinfos: { user } },
    });
    const { notice } = await diagnose(bench(APP).environment);
    expect(about(notice, "企业微信自建应用")).toEqual([
      expect.stringMatching(/可见范围里没有 领导丁（l01），发不到他们/),
    ]);
  });

  it("is left alone where its settings are wrong", async () => {
    await diagnose(bench({ ...APP, WECOM_AGENT_ID: "abc" }).environment);
    expect(wecom.asksOf("/cgi-bin/gettoken")).toEqual([]);
  });
});

describe("the long connection", () => {
  it("is subscribed once where nobody holds it, and closed", async () => {
    const { good, must, text } = await diagnose(benchWithRedis(SOCKET).environment);
    expect(about(good, "企业微信长连接")).toEqual([expect.stringMatching(/WECOM_BOT_ID 和 WECOM_BOT_SECRET 被接受/)]);
    expect(about(must, "企业微信长连接")).toEqual([]);
    expect(wecom.frames).toMatchObject([{ cmd: "aibot_subscribe", body: { bot_id: "aibHELPDESK" } }]);
    expect(text).not.toContain("bot-secret-nobody-sees");
  });

  it("is subscribed where the embedded Redis sleeps", async () => {
    await diagnose(bench(SOCKET).environment);
    expect(wecom.frames).toHaveLength(1);
  });

  it.each([
    [40001, "invalid secret bot-secret-nobody-sees", /长连接 重抄 Secret，填入 WECOM_BOT_SECRET（不是 Token）/],
    [40056, "invalid bot_id", /重抄机器人 ID，填入 WECOM_BOT_ID/],
    [93000, "no", /重抄 WECOM_BOT_ID 和 WECOM_BOT_SECRET/],
  ])("is refused with %i", async (errcode, errmsg, said) => {
    wecom.onSubscribe(errcode, errmsg);
    const { must, text, code } = await diagnose(bench(SOCKET).environment);
    expect(about(must, "企业微信长连接")).toEqual([expect.stringMatching(said)]);
    expect(code).toBe(78);
    expect(text).not.toContain("bot-secret-nobody-sees");
  });

  it("may be out of reach, said in words", async () => {
    const { must } = await diagnose(bench({ ...SOCKET, WECOM_WS_URL: `ws://127.0.0.1:${port}` }).environment);
    expect(about(must, "企业微信长连接")).toEqual([
      expect.stringMatching(/连不上（连接被拒绝），收不到消息.*WECOM_WS_URL/),
    ]);
    const secure = await diagnose(bench({ ...SOCKET, WECOM_WS_URL: wecom.wsUrl.replace("ws:", "wss:") }).environment);
    expect(about(secure.must, "企业微信长连接")).toEqual([expect.stringMatching(/答话的不是加密连接.*ws 与 wss/)]);
  });

  it("is another process': nobody is kicked", async () => {
    const { environment } = benchWithRedis(SOCKET);
    await redis.redis.set(redis.tag + keys.holder("wecom-bot"), "somebody", "PX", 60_000);
    try {
      const { notice } = await diagnose(environment);
      expect(about(notice, "企业微信长连接")).toEqual([expect.stringMatching(/由另一个进程.*连着，没有再试连/)]);
      expect(wecom.frames).toEqual([]);
    } finally {
      await redis.redis.del(redis.tag + keys.holder("wecom-bot"));
    }
  });

  it("is not tried where nobody knows who holds it", async () => {
    const { notice } = await diagnose(bench({ ...SOCKET, REDIS_URL: `redis://127.0.0.1:${port}` }).environment);
    expect(about(notice, "企业微信长连接")).toEqual([expect.stringMatching(/没有试连，以免把它顶下线/)]);
    expect(wecom.frames).toEqual([]);
  });

  it.each([
    [[], true, "good", /运行中的服务连着/],
    [[], false, "must", /运行中的服务没有用长连接/],
    [["企业微信机器人长连接被平台拒绝，请核对机器人的密钥"], true, "must", /运行中的服务报告：被平台拒绝/],
  ] as const)("of a running desk is told as it tells: %j, held: %s", async (warnings, held, level, said) => {
    const health = new Router()
      .get("/healthz", (context) => {
        context.body = "ok";
      })
      .get("/readyz", (context) => {
        context.body = { warnings };
      });
    const desk = await openWeb({ routers: [health], port: 0, log: silent });
    const key = redis.tag + keys.holder("wecom-bot");
    try {
      if (held) await redis.redis.set(key, "the desk", "PX", 60_000);
      const diagnosis = await diagnose(benchWithRedis({ ...SOCKET, PORT: String(desk.port) }).environment);
      expect(about(diagnosis[level], "企业微信长连接")).toEqual([expect.stringMatching(said)]);
      expect(wecom.frames).toEqual([]);
    } finally {
      await redis.redis.del(key);
      await desk.close();
    }
  });
});

describe("the application's door on the running desk", () => {
  const given = { ...NO_BOT, ...APP, ...APP_CALLBACK };
  let desk: Awaited<ReturnType<typeof openWeb>>;

  beforeAll(async () => {
    const alive = new Router().get("/healthz", (context) => {
      context.body = "ok";
    });
    const app = {
      corpId: APP.WECOM_CORP_ID,
      agentId: 1000002,
      secret: APP.WECOM_APP_SECRET,
      callback: { token: APP_CALLBACK.WECOM_APP_TOKEN, aesKey: APP_CALLBACK.WECOM_APP_AES_KEY },
    };
    const platform = openWecom({ ...nothingSetUp, app });
    const deaf = { accept: () => Promise.reject(new Error("nothing is said here")), refused() {}, dropped() {} };
    desk = await openWeb({ routers: [alive, ...platform.routes(deaf)], port: 0, log: silent });
  });
  afterAll(() => desk.close());

  const diagnoseWith = (more: Environment) =>
    diagnose(bench({ ...given, PORT: String(desk.port), ...more }).environment);

  it("opens to the console's echo", async () => {
    const { good } = await diagnoseWith({});
    expect(about(good, "企业微信应用回调")).toEqual([
      "企业微信应用回调：验证通过，与在企业微信后台“接收消息”点“保存”时相同",
    ]);
  });

  it.each([
    [{ WECOM_APP_TOKEN: "another" }, /另一个 WECOM_APP_TOKEN/],
    [{ WECOM_APP_AES_KEY: `${"b".repeat(42)}A` }, /另一个 WECOM_APP_AES_KEY 或 WECOM_CORP_ID/],
    [{ WECOM_CORP_ID: "ww9999e0e65a779aee" }, /另一个 WECOM_APP_AES_KEY 或 WECOM_CORP_ID/],
  ])("stays shut where it was opened with other settings: %j", async (more, said) => {
    expect(about((await diagnoseWith(more)).must, "企业微信应用回调")).toEqual([expect.stringMatching(said)]);
  });

  it("is not there where the running desk has no application, or a bot alone", async () => {
    const { must } = await diagnose(bench({ ...APP, ...APP_CALLBACK, PORT: String(desk.port) }).environment);
    expect(about(must, "企业微信回调")).toEqual([expect.stringMatching(/没有开这个入口/)]);
  });

  it("is knocked at from outside too, and a proxy's mistakes are told apart", async () => {
    const straight = await diagnoseWith({ PUBLIC_URL: `http://127.0.0.1:${desk.port}` });
    expect(about(straight.good, "企业微信应用回调（外网）")).toEqual([
      expect.stringMatching(/\/webhook\/wecom\/app 通/),
    ]);
    const lost = await diagnoseWith({ PUBLIC_URL: wecom.url });
    expect(about(lost.must, "企业微信应用回调（外网）")).toEqual([expect.stringMatching(/没有转发到服务/)]);
    wecom.on("/webhook/wecom/app", { json: "a login page" });
    const page = await diagnoseWith({ PUBLIC_URL: wecom.url });
    expect(about(page.must, "企业微信应用回调（外网）")).toEqual([expect.stringMatching(/途中被改动/)]);
    wecom.on("/webhook/wecom/app", { status: 502, json: {} });
    const broken = await diagnoseWith({ PUBLIC_URL: wecom.url });
    expect(about(broken.must, "企业微信应用回调（外网）")).toEqual([expect.stringMatching(/HTTP 502.*反向代理/)]);
    const away = await diagnoseWith({ PUBLIC_URL: `http://127.0.0.1:${port}` });
    expect(about(away.notice, "企业微信应用回调（外网）")).toEqual([expect.stringMatching(/本机打不开.*连接被拒绝/)]);
  });
});

describe("the ids that the bot sees", () => {
  it("are encrypted where its creator is no super-administrator", async () => {
    const { environment } = benchWithRedis();
    const remember = async (id: string) => redis.redis.hset(redis.tag + keys.person(`wecom:${id}`), "v", "1");
    expect(about((await diagnose(environment)).good, "企业微信发言人")).toEqual([
      expect.stringMatching(/还没有不在站点文件里的人发过言/),
    ]);
    await remember("zhao.yi");
    expect(about((await diagnose(environment)).good, "企业微信发言人")).toEqual([
      expect.stringMatching(/见过的 1 个账号没有加密/),
    ]);
    await remember("woaaaaaaaabbbbbbbbccccccccdd");
    expect(about((await diagnose(environment)).notice, "企业微信发言人")).toEqual([
      expect.stringMatching(/见过 1 个加密的账号（如 woaaaaaaaa.*由超级管理员重建机器人/),
    ]);
  });
});

describe("groups and people on WeCom", () => {
  it("a webhook of the other platform, or one without its key, is named", async () => {
    const opened = bench();
    opened.station((text) =>
      text
        .replace(
          /webhook: "[^"]*group01"/,
          'webhook: "https://oapi.dingtalk.com/robot/send?access_token=token-nobody-sees"',
        )
        .replace("?key=group02", ""),
    );
    const { must, notice, text } = await diagnose(opened.environment);
    expect(about(must, "企业微信群")).toEqual([
      expect.stringMatching(/wrGROUP01 的 webhook 是另一个平台的地址；这里应填 https:\/\/qyapi/),
    ]);
    expect(about(notice, "企业微信群")).toEqual([
      expect.stringMatching(/wrGROUP02 的 webhook 里没有 key=，像是没有抄全/),
    ]);
    expect(text).not.toContain("token-nobody-sees");
  });

  it("who cannot be told alone is mentioned among the helpers, or by nothing", async () => {
    const among = await diagnose(bench().environment);
    expect(about(among.good, "单独提醒")).toEqual([expect.stringMatching(/首席帮办员甲（chief）.*改在帮办员群里@/)]);
    const alone = bench();
    alone.station((text) => text.replace("kind: helpers", "kind: service"));
    expect(about((await diagnose(alone.environment)).notice, "单独提醒")).toEqual([
      expect.stringMatching(/也没有带 webhook 的帮办员群.*WECOM_AGENT_ID/),
    ]);
    expect(about((await diagnose(bench(APP).environment)).good, "单独提醒")).toEqual([
      "单独提醒：首席帮办员和特邀帮办员都有一对一的途径",
    ]);
    expect(about((await diagnose(bench(SOCKET).environment)).good, "单独提醒")).toEqual([
      expect.stringMatching(/须本人先私聊机器人一次/),
    ]);
  });
});
