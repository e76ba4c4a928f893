import Router from "koa-router";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDingtalk } from "../../src/platforms/dingtalk/dingtalk.ts";
import type { Environment } from "../../src/settings.ts";
import { keys } from "../../src/store/keys.ts";
import { openWeb } from "../../src/web/server.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { silent } from "../platforms/wecom/set-up.ts";
import { type Bench, closeBench, diagnose, freePort, openBench, openRedisPort } from "./doctor-bench.ts";
import { type Imitation, openImitation } from "./doctor-platform.ts";

const KEY = "dingdemoappkey000001";
const SECRET = `dingtalk-secret-nobody-sees-${"0".repeat(36)}`;
const TOKEN = "/v1.0/oauth2/accessToken";
const SEND = "/v1.0/robot/oToMessages/batchSend";
const OPEN = "/v1.0/gateway/connections/open";
const NO_WECOM = { WECOM_BOT_TOKEN: "", WECOM_BOT_AES_KEY: "", WECOM_BOT_NAME: "" };

let dingtalk: Imitation;
let port: number;
const benches: Bench[] = [];

beforeAll(async () => {
  dingtalk = await openImitation();
  port = await freePort();
});
afterAll(() => dingtalk.close());
beforeEach(() => {
  dingtalk.reset();
  dingtalk.on(TOKEN, { json: { accessToken: "tok-nobody-sees", expireIn: 7200 } });
  dingtalk.on(SEND, ({ body }) => ({
    json: { processQueryKey: "pqk", invalidStaffIdList: (JSON.parse(body) as { userIds: string[] }).userIds },
  }));
  dingtalk.on(OPEN, { json: { endpoint: dingtalk.wsUrl, ticket: "ticket-nobody-sees" } });
});
afterEach(() => {
  for (const bench of benches.splice(0)) closeBench(bench);
});

function bench(given: Environment = {}): Bench {
  const opened = openBench({
    ...NO_WECOM,
    PORT: String(port),
    DINGTALK_APP_KEY: KEY,
    DINGTALK_APP_SECRET: SECRET,
    DINGTALK_ROBOT_NAME: "小帮手",
    DINGTALK_MODE: "stream",
    DINGTALK_API_BASE: dingtalk.url,
    DINGTALK_OAPI_BASE: dingtalk.url,
    ...given,
  });
  benches.push(opened);
  return opened;
}

const about = (lines: readonly string[], name: string) => lines.filter((line) => line.startsWith(`${name}：`));
const refusal = (code: string, message: string, more: object = {}) => ({
  status: 403,
  json: { code, message, requestid: "r-1", ...more },
});

describe("the robot", () => {
  it("is known, may send, and has sent to nobody", async () => {
    const { good, must, text } = await diagnose(bench().environment);
    expect(must).toEqual([]);
    expect(about(good, "钉钉机器人")).toEqual([
      "钉钉机器人：AppKey、AppSecret 被接受，有发送权限，robotCode 是本应用的",
    ]);
    expect(about(good, "钉钉 Stream")).toEqual([expect.stringMatching(/可以建立长连接.*Stream 模式/)]);
    expect(about(good, "DINGTALK_ROBOT_NAME")).toHaveLength(1);
    expect(about(good, "时钟")).toEqual(["时钟：与钉钉相差不到一分钟"]);
    expect(dingtalk.asksOf(SEND).map(({ body }) => JSON.parse(body) as object)).toEqual([
      expect.objectContaining({ robotCode: KEY, userIds: ["bangban-doctor-nobody"] }),
    ]);
    expect(dingtalk.frames).toEqual([]);
    for (const secret of [SECRET, "tok-nobody-sees", "ticket-nobody-sees"]) expect(text).not.toContain(secret);
  });

  it("is not known by these keys", async () => {
    const unknown = {
      status: 400,
      json: { code: "invalidClientIdOrSecret", message: `无效的clientId或者clientSecret ${SECRET}` },
    };
    dingtalk.on(TOKEN, unknown);
    dingtalk.on(OPEN, unknown);
    const { must, code, text } = await diagnose(bench().environment);
    expect(code).toBe(78);
    expect(about(must, "钉钉机器人")).toEqual([
      expect.stringMatching(/凭证与基础信息 重抄 DINGTALK_APP_KEY 和 DINGTALK_APP_SECRET/),
    ]);
    expect(about(must, "钉钉 Stream")).toEqual([expect.stringMatching(/凭证与基础信息/)]);
    expect(dingtalk.asksOf(SEND)).toEqual([]);
    expect(text).not.toContain(SECRET);
  });

  it.each([
    [
      "Forbidden.AccessDenied.AccessTokenPermissionDenied",
      { accessdenieddetail: { requiredScopes: ["qyapi_robot_sendmsg"] } },
      /权限管理 → 申请 qyapi_robot_sendmsg → 版本管理与发布 → 发布版本/,
    ],
    ["Forbidden.AccessDenied.IpNotInWhiteList", {}, /出口 IP 198\.51\.100\.7 填进 .*安全设置 → 服务器出口IP/],
    ["Forbidden.AccessDenied.ApiCountLimitForOrg", {}, /本月的接口调用次数已用完/],
    ["invalidParameter.robotCode.auth", {}, /DINGTALK_ROBOT_CODE 不是本应用的机器人.*重抄/],
    ["invalidParameter.robotCode.notExsit", {}, /机器人还没有发布.*版本管理与发布/],
    ["something.new", {}, /被拒绝（something\.new/],
  ])("is refused with %s", async (code, more, said) => {
    dingtalk.on(SEND, refusal(code, "no, request ip=198.51.100.7", more));
    expect(about((await diagnose(bench().environment)).must, "钉钉机器人")).toEqual([expect.stringMatching(said)]);
  });

  it("is proved where only nobody's account is complained of", async () => {
    dingtalk.on(SEND, { status: 400, json: { code: "invalidParameter.userIds.invalid", message: "no" } });
    expect(about((await diagnose(bench().environment)).good, "钉钉机器人")).toHaveLength(1);
  });

  it.each([
    [{ status: 503, json: {} }, /没有查完|无法识别/],
    [refusal("Forbidden.AccessDenied.QpsLimitForApi", "slow"), /没有查完/],
  ])("is nobody's fault where the platform stumbles", async (answer, said) => {
    dingtalk.on(SEND, answer);
    const { notice, must } = await diagnose(bench().environment);
    expect(must).toEqual([]);
    expect(about(notice, "钉钉机器人")).toEqual([expect.stringMatching(said)]);
  });

  it("hears nothing over a socket where its host is out of reach", async () => {
    const away = { DINGTALK_API_BASE: `http://127.0.0.1:${port}` };
    expect(about((await diagnose(bench(away).environment)).must, "DINGTALK_API_BASE")).toEqual([
      expect.stringMatching(/连不上（连接被拒绝），收不到消息/),
    ]);
    const called = await diagnose(bench({ ...away, DINGTALK_MODE: "http" }).environment);
    expect(about(called.notice, "DINGTALK_API_BASE")).toHaveLength(1);
  });

  it("needs the webhooks' host too", async () => {
    const { notice } = await diagnose(bench({ DINGTALK_OAPI_BASE: `http://127.0.0.1:${port}` }).environment);
    expect(about(notice, "DINGTALK_OAPI_BASE")).toEqual([
      expect.stringMatching(/群机器人（webhook）的消息都会发不出去/),
    ]);
  });

  it("has a clock to agree with", async () => {
    dingtalk.behind = 11 * 60_000;
    expect(about((await diagnose(bench().environment)).must, "时钟")).toEqual([
      expect.stringMatching(/本机比钉钉快了 6\d\d 秒.*十分钟/),
    ]);
  });

  it("is left alone where its settings are wrong", async () => {
    await diagnose(bench({ DINGTALK_MODE: "push" }).environment);
    expect(dingtalk.asked).toEqual([]);
  });
});

it("of a running desk its stream is told as the desk tells", async () => {
  const health = new Router()
    .get("/healthz", (context) => {
      context.body = "ok";
    })
    .get("/readyz", (context) => {
      context.body = { warnings: ["别的事", "钉钉机器人长连接（Stream）没有连上，正在重试，此间收不到消息"] };
    });
  const desk = await openWeb({ routers: [health], port: 0, log: silent });
  try {
    expect(about((await diagnose(bench({ PORT: String(desk.port) }).environment)).must, "钉钉 Stream")).toEqual([
      "钉钉 Stream：运行中的服务报告：没有连上，正在重试，此间收不到消息",
    ]);
  } finally {
    await desk.close();
  }
});

it("the ids that it sees are encrypted before its application is published", async () => {
  const redis = openTestRedis();
  const redisPort = await openRedisPort(redis.path);
  try {
    const opened = bench({ REDIS_URL: redisPort.url });
    opened.station((text) => text.replace("station: duantang", `station: ${redis.station}`));
    await redis.redis.hset(redis.tag + keys.person("dingtalk:$:lwcp_v1:$abc"), "v", "1");
    expect(about((await diagnose(opened.environment)).notice, "钉钉发言人")).toEqual([
      expect.stringMatching(/见过 1 个加密的账号（如 \$:lwcp_v1:\$abc.*版本管理与发布 → 发布版本/),
    ]);
  } finally {
    await redisPort.close();
    await redis.close();
  }
});

describe("the door on the running desk", () => {
  let desk: Awaited<ReturnType<typeof openWeb>>;

  beforeAll(async () => {
    const alive = new Router().get("/healthz", (context) => {
      context.body = "ok";
    });
    const platform = openDingtalk({
      appKey: KEY,
      appSecret: SECRET,
      robotCode: KEY,
      robotNames: [],
      corpId: null,
      mode: "http",
      apiBase: dingtalk.url,
      oapiBase: dingtalk.url,
      webhookOf: () => null,
      sendTimeoutMs: 1000,
      now: Date.now,
      log: silent,
    });
    const deaf = { accept: () => Promise.reject(new Error("nothing is said here")), refused() {}, dropped() {} };
    desk = await openWeb({ routers: [alive, ...platform.routes(deaf)], port: 0, log: silent });
  });
  afterAll(() => desk.close());

  const diagnoseWith = (more: Environment = {}) =>
    diagnose(bench({ DINGTALK_MODE: "http", PORT: String(desk.port), ...more }).environment);

  it("opens to the platform's signature, and to nothing that is said", async () => {
    const { good } = await diagnoseWith();
    expect(about(good, "钉钉回调")).toEqual(["钉钉回调：验证通过，签名与钉钉发来的相同"]);
    expect(dingtalk.asksOf(OPEN)).toEqual([]);
  });

  it("stays shut to another secret", async () => {
    const { must } = await diagnoseWith({ DINGTALK_APP_SECRET: SECRET.replace("0", "1") });
    expect(about(must, "钉钉回调")).toEqual([expect.stringMatching(/另一个 DINGTALK_APP_SECRET，请重新启动/)]);
  });

  it("is called over an address that others can read, which is told", async () => {
    const { notice, good } = await diagnoseWith({ PUBLIC_URL: `http://127.0.0.1:${desk.port}` });
    expect(about(notice, "PUBLIC_URL")).toEqual([expect.stringMatching(/没有加密.*钉钉的签名不管正文/)]);
    expect(about(good, "钉钉回调（外网）")).toHaveLength(1);
  });

  it("is not reached where the proxy does not pass it on", async () => {
    const { must } = await diagnoseWith({ PUBLIC_URL: dingtalk.url });
    expect(about(must, "钉钉回调（外网）")).toEqual([expect.stringMatching(/没有转发到服务/)]);
  });
});

describe("groups and people on DingTalk", () => {
  const GROUPS = `groups:
  - { platform: dingtalk, chat: cidBARE==, kind: service, point: nan }
  - { platform: dingtalk, chat: cidOTHER==, kind: leaders, webhook: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=not-here-at-all" }
  - { platform: dingtalk, chat: cidSESSION==, kind: service, point: nan, webhook: "https://oapi.dingtalk.com/robot/sendBySession?session=session-nobody-sees" }
  - { platform: dingtalk, chat: cidHALF==, kind: service, point: nan, webhook: "https://oapi.dingtalk.com/robot/send" }
  - { platform: dingtalk, chat: cidBAD==, kind: service, point: nan, webhook: "https://oapi.dingtalk.com/robot/send?access_token=nobody-sees-1", secret: not-a-secret }
  - { platform: dingtalk, chat: cidGOOD==, kind: service, point: nan, webhook: "https://oapi.dingtalk.com/robot/send?access_token=nobody-sees-2", secret: SECnobody-sees }
  - { platform: dingtalk, chat: cidTWIN==, kind: service, point: nan, webhook: "https://oapi.dingtalk.com/robot/send?access_token=nobody-sees-2", secret: SECnobody-sees }
`;

  it("are named with what is missing", async () => {
    const opened = bench();
    opened.station((text) =>
      text.replace(/groups:[\s\S]*$/, GROUPS).replace("wecom: sun.san", "wecom: sun.san\n    dingtalk: user-1012"),
    );
    const { notice, must, text } = await diagnose(opened.environment);
    const group = (lines: readonly string[]) => about(lines, "钉钉群");
    expect(group(must)).toEqual([
      expect.stringMatching(/cidOTHER== 的 webhook 是另一个平台的地址/),
      expect.stringMatching(/cidSESSION== 的 webhook 是临时的会话地址/),
      expect.stringMatching(/cidBAD== 的 secret 不是 SEC 开头/),
    ]);
    expect(group(notice)).toEqual([
      expect.stringMatching(/cidBARE== 没有 webhook，只有群里刚有人对机器人说过话/),
      expect.stringMatching(/cidGOOD==、cidTWIN== 共用一个 webhook/),
      expect.stringMatching(/cidHALF== 的 webhook 里没有 access_token=/),
      expect.stringMatching(/cidHALF== 的 webhook 没有 secret/),
    ]);
    expect(about(notice, "人员")[0]).toMatch(/首席帮办员甲（chief）.*帮办员辛（h03）、领导丁（l01） 没有钉钉账号/);
    expect(about(notice, "人员")[0]).not.toContain("h01");
    expect(about(notice, "单独提醒")).toEqual([
      expect.stringMatching(/首席帮办员甲.*没有一对一的途径，也没有带 webhook 的帮办员群/),
    ]);
    expect(notice.join("\n")).toContain("企业微信没有接入");
    expect(text).not.toContain("nobody-sees");
  });
});
