import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import Router from "koa-router";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openWecom } from "../../src/platforms/wecom/wecom.ts";
import type { Environment } from "../../src/settings.ts";
import { openEmbeddedRedis } from "../../src/store/embedded-redis.ts";
import { keys } from "../../src/store/keys.ts";
import { openWeb } from "../../src/web/server.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import {
  type Bench,
  closeBench,
  closed,
  diagnose,
  freePort,
  listen,
  MARCH,
  openBench,
  openHost,
  openRedisPort,
  SECRETS,
} from "./doctor-bench.ts";

const quiet = { info() {}, warn() {}, error() {} };
let host: Awaited<ReturnType<typeof openHost>>;
let redis: TestRedis;
let redisPort: Awaited<ReturnType<typeof openRedisPort>>;
let port: number;
let ahead = 0;
const benches: Bench[] = [];

beforeAll(async () => {
  host = await openHost(() => Date.now() - ahead);
  redis = openTestRedis();
  redisPort = await openRedisPort(redis.path);
  port = await freePort();
});
afterAll(async () => {
  await redisPort.close();
  await redis.close();
  await host.close();
});
beforeEach(() => {
  ahead = 0;
});
afterEach(() => {
  for (const bench of benches.splice(0)) closeBench(bench);
});

function bench(given: Environment = {}): Bench {
  const opened = openBench({ PORT: String(port), WECOM_API_BASE: host.url, ...given });
  benches.push(opened);
  return opened;
}

function withoutCalendar(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.startsWith("节假日"));
}

describe("a desk that is ready", () => {
  it("has nothing to do, and every line says so", async () => {
    const { environment } = bench();
    const { code, must, notice, lines } = await diagnose(environment);
    expect(must).toEqual([]);
    expect(withoutCalendar(notice)).toEqual([]);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatch(/^共 \d+ 项：好 \d+，注意 [01]，须处理 0。可以使用/);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^(好　　　|注意　　|须处理　)\S.*：\S/);
  });

  it("names what it has looked at", async () => {
    const { environment, folder } = bench();
    const { good } = await diagnose(environment);
    expect(good).toContain(`Node：${process.versions.node}`);
    expect(good).toContain(
      `站点文件：${folder}/station.yaml（段塘街道党务帮办服务站：2 个服务点、8 人、3 家企业、4 个群）`,
    );
    expect(good).toContain(`事项与说法：${folder}/intents（4 个文件，1 个事项、40 条说法、1 个命令）`);
    expect(good).toContain(`PORT：端口 ${port} 空闲`);
    expect(good).toContain("内置 Redis：redis-server 已安装，随服务启动");
    expect(good.join("\n")).toMatch(/DATA_DIR：.*可以写入，磁盘还有 [\d.]+ [MG]B/);
    expect(good.join("\n")).toMatch(/识别模型：还没有训练/);
    expect(good.join("\n")).toMatch(/WECOM_BOT_AES_KEY：解出 32 字节/);
    expect(good.join("\n")).toMatch(/时钟：与企业微信相差不到一分钟/);
  });
});

describe("settings", () => {
  it("names all that are wrong, not the first", async () => {
    const { environment } = bench({
      PORT: "80a",
      REDIS_URL: "127.0.0.1",
      WECOM_BOT_TOKEN: "with-dash-and-long",
      WECOM_APP_SECRET: "s3cret of-the-app",
      WECOM_APP_AES_KEY: "short",
      DINGTALK_MODE: "push",
      DINGTALK_APP_KEYS: "typo",
      LOG_LEVEL: "loud",
    });
    const { code, must, text } = await diagnose(environment);
    expect(code).toBe(78);
    const wrong = must.map((line) => line.split("：")[0]);
    expect(wrong.sort()).toEqual([
      "DINGTALK_APP_KEY",
      "DINGTALK_APP_KEYS",
      "DINGTALK_APP_SECRET",
      "DINGTALK_MODE",
      "LOG_LEVEL",
      "PORT",
      "REDIS_URL",
      "WECOM_AGENT_ID",
      "WECOM_APP_AES_KEY",
      "WECOM_APP_SECRET",
      "WECOM_APP_TOKEN",
      "WECOM_BOT_TOKEN",
      "WECOM_CORP_ID",
    ]);
    expect(text).not.toContain("with-dash-and-long");
    expect(text).not.toContain("s3cret of-the-app");
  });

  it("says once that no platform is there, and goes on", async () => {
    const { environment } = bench();
    const nothing = { WECOM_BOT_TOKEN: "", WECOM_BOT_AES_KEY: "", WECOM_BOT_NAME: "" };
    const { must, text } = await diagnose({ ...environment, ...nothing });
    expect(must).toEqual([expect.stringMatching(/^WECOM_BOT_ID：还没有接入任何平台.*npm run demo/)]);
    expect(text).toContain("PORT：");
    expect(text).not.toContain("解出 32 字节");
  });

  it("says that callback and long connection exclude each other", async () => {
    const { must, text } = await diagnose(bench({ WECOM_BOT_SECRET: "long-connection-secret" }).environment);
    expect(must).toEqual([expect.stringMatching(/^WECOM_BOT_SECRET：长连接与回调只能用一种/)]);
    expect(text).not.toContain("long-connection-secret");
  });

  it("notices what looks copied from another field, without showing it", async () => {
    const { notice, text } = await diagnose(bench({ WECOM_CORP_ID: "1000002-is-no-corp" }).environment);
    expect(notice.join("\n")).toMatch(/WECOM_CORP_ID：写法不像（通常是 ww 开头的 18 位，现在是 18 个字符）/);
    expect(text).not.toContain("1000002-is-no-corp");
  });

  it("notices a name that is misspelt", async () => {
    const { notice } = await diagnose(bench({ WECOM_BOT_NAMES: "小帮手" }).environment);
    expect(notice.join("\n")).toMatch(/WECOM_BOT_NAMES：没有这一项设置/);
  });

  it("notices what is left open", async () => {
    const { environment } = bench({ API_TOKEN: "", WECOM_BOT_NAME: "", PUBLIC_URL: "http://street.example" });
    const { code, notice } = await diagnose(environment);
    expect(code).toBe(0);
    const said = notice.join("\n");
    expect(said).toMatch(/API_TOKEN：没有填写，\/api 不开放/);
    expect(said).not.toMatch(/WECOM_BOT_NAME/);
    expect(said).toMatch(/PUBLIC_URL：http:\/\/street.example 没有加密/);
  });
});

describe("files", () => {
  it("names every mistake of the station file by file, line, field and reason", async () => {
    const { environment, folder, station } = bench();
    station((text) => text.replace("role: leader", "role: boss").replace("point: nan }", "point: 5 }"));
    const { code, must } = await diagnose(environment);
    expect(code).toBe(78);
    expect(must).toHaveLength(2);
    for (const line of must) expect(line).toMatch(/station\.yaml 第 \d+ 行 \w+\.\d+\.\w+：/);
    expect(must.join("\n")).toContain(`${folder}/station.yaml`);
    expect(must.join("\n")).toContain("people.7.role：只能是 chief、invited、helper 或 leader");
  });

  it("names every variable that is not set", async () => {
    const { environment, station } = bench();
    station((text) => text.replaceAll("WEBHOOK_BASE}/cgi-bin/webhook/send?key=h", "HELPERS_HOOK}/?key=h"));
    const { must } = await diagnose({ ...environment, WEBHOOK_BASE: undefined });
    expect(must.map((line) => /环境变量 (\w+) 没有设置/.exec(line)?.[1])).toEqual(["WEBHOOK_BASE", "HELPERS_HOOK"]);
  });

  it("names a station file that is not there, and what is wrong in the intents", async () => {
    const { environment, folder, intents } = bench();
    intents("menu/a.yaml", (text) => text.replace("size: small", "size: medium"));
    const { must } = await diagnose({ ...environment, STATION_FILE: join(folder, "other.yaml") });
    expect(must).toEqual([
      `${folder}/other.yaml 第 1 行：找不到这个文件`,
      expect.stringMatching(/menu\/a\.yaml 第 8 行 items\.0\.size：只能是 small（小事）或 big（大事）/),
    ]);
  });

  it("notices an item with few phrases", async () => {
    const { environment, intents } = bench();
    intents("menu/a.yaml", (text) => text.replace("  - 借会议室的第39种说法\n", ""));
    const { notice } = await diagnose(environment);
    expect(notice.join("\n")).toContain("活动场地协调（39 条） 不足 40 条说法");
  });
});

describe("people and groups", () => {
  it("notices groups that cannot mention, webhooks of two, accounts that are none, and places without people", async () => {
    const { environment, station } = bench();
    station((text) =>
      text
        .replace("key=group02", "key=group01")
        .replace(/(chat: wrLEADERS, kind: leaders), webhook: [^}]*\}[^}]*\}/, "$1 }")
        .replace("wecom: li.si", "mobile: '138'")
        .replace("wecom: zhou.wu", "wecom: woAAAAAAbbbbbbCCCCCCdd")
        .replace("helpers: [h02, h03]", "helpers: []")
        .replace("groups:", "groups:\n  - { platform: dingtalk, chat: cid1, kind: service }"),
    );
    const { code, notice, must } = await diagnose(environment);
    expect(must).toEqual([]);
    expect(code).toBe(0);
    const said = notice.join("\n");
    expect(said).toContain("群：wrLEADERS 没有 webhook，不能@帮办员");
    expect(said).toContain("群：wrGROUP01、wrGROUP02 共用一个 webhook");
    expect(said).toContain("人员：领导丁（l01） 没有企业微信账号");
    expect(said).toMatch(/人员：特邀帮办员戊（eco） 的企业微信账号像是加密的编号.*创建者须为超级管理员/);
    expect(said).toContain("服务点：南社区服务点 没有帮办员");
    expect(said).toContain("人员：帮办员丙（h02）、帮办员辛（h03） 不属于任何服务点");
    expect(said).toContain("钉钉没有接入，站点文件中它的 1 个群、0 个账号暂时用不上");
  });

  it("asks for next year's holidays from November on", async () => {
    const { environment, station } = bench();
    station((text) => text.replace(/rest: \[2027[^\]]*\]/u, "rest: []"));
    const november = Date.parse("2039-11-01T09:00:00+08:00");
    expect((await diagnose(environment, () => november)).notice.join("\n")).toMatch(/节假日：没有 2040 年的节假日安排/);
    expect((await diagnose(environment, () => MARCH)).notice.join("\n")).not.toContain("节假日");
  });
});

describe("the embedded Redis", () => {
  it("is looked into where it runs", async () => {
    const { environment, folder, station } = bench();
    station((text) => text.replace("station: duantang", `station: ${redis.station}`));
    const embedded = await openEmbeddedRedis({ dataDir: join(folder, "data/redis"), log: quiet });
    try {
      const { code, good } = await diagnose(environment);
      expect(code).toBe(0);
      expect(good.join("\n")).toMatch(/内置 Redis：连得上，版本 \d+\.\d+/);
      expect(good).toContain("Redis 持久化：appendonly yes，appendfsync always，noeviction");
      expect(good.join("\n")).toContain("数据：还没有这个站点的数据");
    } finally {
      await embedded.stop();
    }
  });

  it("needs a redis-server that can be found", async () => {
    const { environment } = bench();
    const path = process.env["PATH"];
    process.env["PATH"] = "/nowhere";
    try {
      expect((await diagnose(environment)).must).toEqual([
        expect.stringMatching(/^内置 Redis：找不到 redis-server：请安装/),
      ]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("needs a folder that it can write to", async () => {
    const { environment, folder } = bench();
    writeFileSync(join(folder, "data"), "a file");
    expect((await diagnose(environment)).must).toEqual([expect.stringMatching(/^DATA_DIR：.*data 不能写入/)]);
  });

  it.skipIf(process.getuid?.() === 0)("needs the right to write", async () => {
    const { environment, folder } = bench();
    mkdirSync(join(folder, "data"));
    chmodSync(join(folder, "data"), 0o500);
    expect((await diagnose(environment)).must).toEqual([expect.stringMatching(/^DATA_DIR：.*data 不能写入/)]);
  });
});

describe("a Redis of the administrator's", () => {
  it("is reached, and told where it would lose something", async () => {
    const { good, must, code } = await diagnose(bench({ REDIS_URL: redisPort.url }).environment);
    const where = redisPort.url.replace("redis://", "");
    expect(good.join("\n")).toContain(`REDIS_URL（${where}）：连得上，版本 `);
    // The run's server is quick rather than safe.
    expect(must).toEqual([expect.stringMatching(/^Redis 的 appendfsync 是 everysec.*请设 appendfsync always/)]);
    expect(code).toBe(78);
  });

  it("is left as it was, and may hold data of a newer desk", async () => {
    const { environment, station } = bench({ REDIS_URL: redisPort.url });
    station((text) => text.replace("station: duantang", `station: ${redis.station}`));
    expect((await diagnose(environment)).good.join("\n")).toContain("数据：还没有这个站点的数据");
    expect(await redis.redis.exists(redis.tag + keys.schema)).toBe(0);
    await redis.redis.set(redis.tag + keys.schema, "1");
    expect((await diagnose(environment)).good).toContain("数据：结构版本 1，可以使用，启动时升级到 2");
    await redis.redis.set(redis.tag + keys.schema, "2");
    expect((await diagnose(environment)).good).toContain("数据：结构版本 2，可以使用");
    await redis.redis.set(redis.tag + keys.schema, "99");
    expect((await diagnose(environment)).must.join("\n")).toMatch(/数据：.*结构 99.*请升级/);
  });

  it("may be away", async () => {
    const { must } = await diagnose(bench({ REDIS_URL: `redis://:pass-nobody-sees@127.0.0.1:${port}/0` }).environment);
    expect(must).toEqual([`REDIS_URL（127.0.0.1:${port}/0）：没有程序在听，请启动 Redis，或核对主机和端口`]);
  });

  it("may not know the database", async () => {
    const { must } = await diagnose(bench({ REDIS_URL: `${redisPort.url}/9999` }).environment);
    expect(must).toEqual([expect.stringMatching(/没有这个编号的数据库/)]);
  });

  it("may be something else", async () => {
    const { must } = await diagnose(bench({ REDIS_URL: host.url.replace("http:", "redis:") }).environment);
    expect(must).toEqual([expect.stringMatching(/^REDIS_URL（127.0.0.1:\d+）：/)]);
  });

  it("may want another password", async () => {
    await redis.redis.acl("SETUSER", "doctor-test", "on", ">right-password", "~*", "&*", "+@all");
    try {
      const url = (password: string) => redisPort.url.replace("//", `//doctor-test:${password}@`);
      const wrong = await diagnose(bench({ REDIS_URL: url("wrong-password") }).environment);
      expect(wrong.must).toEqual([expect.stringMatching(/用户名或密码不对/)]);
      expect(wrong.text).not.toContain("wrong-password");
      await redis.redis.acl("SETUSER", "doctor-test", "-config");
      const right = await diagnose(bench({ REDIS_URL: url("right-password") }).environment);
      expect(right.must).toEqual([]);
      expect(right.notice.join("\n")).toContain("Redis 不允许查看 CONFIG");
    } finally {
      await redis.redis.acl("DELUSER", "doctor-test");
    }
  });
});

describe("WeCom's host", () => {
  it("tells the time, and a clock that is a minute off must be set", async () => {
    ahead = 90_000;
    const { code, must } = await diagnose(bench().environment);
    expect(must).toEqual([expect.stringMatching(/^时钟：本机比企业微信快了 (89|90|91) 秒.*NTP/)]);
    expect(code).toBe(78);
  });

  it("may be out of reach", async () => {
    const { code, notice } = await diagnose(bench({ WECOM_API_BASE: `http://127.0.0.1:${port}` }).environment);
    expect(code).toBe(0);
    expect(notice.join("\n")).toMatch(/WECOM_API_BASE：127\.0\.0\.1:\d+ 连不上（连接被拒绝）.*response_url.*webhook/);
  });
});

describe("the port", () => {
  it("may be somebody else's", async () => {
    const other = createServer((_, response) => response.end("hello"));
    try {
      const taken = await listen(other);
      const { must } = await diagnose(bench({ PORT: String(taken) }).environment);
      expect(must).toEqual([expect.stringMatching(new RegExp(`^PORT：端口 ${taken} 已被其他程序占用`))]);
    } finally {
      await closed(other);
    }
  });

  it("may be a running desk's, which is asked as WeCom's console would", async () => {
    const desk = await openDesk({ token: SECRETS.WECOM_BOT_TOKEN, aesKey: SECRETS.WECOM_BOT_AES_KEY });
    try {
      const PORT = String(desk.port);
      const right = await diagnose(bench({ PORT }).environment);
      expect(right.code).toBe(0);
      expect(right.notice.join("\n")).toContain(`PORT：端口 ${PORT} 上的服务正在运行`);
      expect(right.good).toContain("企业微信回调：验证通过，与在企业微信后台点“保存”时相同");

      const token = await diagnose(bench({ PORT, WECOM_BOT_TOKEN: "anotherToken" }).environment);
      expect(token.must).toEqual([expect.stringMatching(/另一个 WECOM_BOT_TOKEN/)]);
      const key = await diagnose(bench({ PORT, WECOM_BOT_AES_KEY: `${"b".repeat(42)}A` }).environment);
      expect(key.must).toEqual([expect.stringMatching(/另一个 WECOM_BOT_AES_KEY/)]);
      expect(key.code).toBe(78);
    } finally {
      await desk.close();
    }
  });

  function openDesk(bot: { token: string; aesKey: string }) {
    const alive = new Router().get("/healthz", (context) => {
      context.body = "ok";
    });
    const wecom = openWecom({
      bot: { id: null, names: [], callback: bot, socket: null },
      app: null,
      corpId: null,
      apiBase: host.url,
      wsUrl: host.url.replace("http", "ws"),
      openIds: { get: async () => null, put: async () => {} },
      webhookOf: () => null,
      sendTimeoutMs: 1000,
      now: Date.now,
      log: quiet,
    });
    const doorways = wecom.routes({
      accept: () => Promise.reject(new Error("nothing is said here")),
      refused() {},
      dropped() {},
    });
    return openWeb({ routers: [alive, ...doorways], port: 0, log: quiet });
  }
});

it("no line holds a secret, a wrong place included", async () => {
  const { environment, station } = bench({ REDIS_URL: redisPort.url.replace("//", "//:redis-password-hidden@") });
  station((text) => text.replace("name: 帮办员丙", `name: "\${WECOM_BOT_TOKEN}\\e[31m"`).replace("wecom: sun.san", ""));
  const { text } = await diagnose(environment);
  expect(text).toContain("***");
  for (const secret of [...Object.values(SECRETS), "redis-password-hidden"]) expect(text).not.toContain(secret);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is asked
  expect(text.replaceAll("\n", "")).not.toMatch(/[\x00-\x1f]/);
});
