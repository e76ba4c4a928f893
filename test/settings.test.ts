import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { BadSetting } from "../src/bad-setting.ts";
import { type Environment, readEnvironment, readSettings, settingNames } from "../src/settings.ts";

const KEY = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt";
const APP = { WECOM_CORP_ID: "ww1", WECOM_AGENT_ID: "1000002", WECOM_APP_SECRET: "s3cret" };
const BOT = { WECOM_BOT_TOKEN: "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo", WECOM_BOT_AES_KEY: KEY };

function refusal(environment: Environment): BadSetting {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof BadSetting) return error;
    throw error;
  }
  throw new Error("was not refused");
}

describe("what may be left out", () => {
  it("a bot's token and key are enough", () => {
    expect(readSettings(BOT)).toEqual({
      port: 3000,
      redisUrl: null,
      dataDir: "./data",
      stationFile: "./station.yaml",
      intentsDir: "./intents",
      publicUrl: null,
      apiToken: null,
      logLevel: "info",
      wecom: {
        bot: {
          id: null,
          names: ["小帮手"],
          callback: { token: BOT.WECOM_BOT_TOKEN, aesKey: KEY },
          socket: null,
        },
        app: null,
        corpId: null,
        apiBase: "https://qyapi.weixin.qq.com",
        wsUrl: "wss://openws.work.weixin.qq.com",
      },
      dingtalk: { robot: null, apiBase: "https://api.dingtalk.com", oapiBase: "https://oapi.dingtalk.com" },
    });
  });

  it("a setting that is empty or blank is not set", () => {
    const settings = readSettings({ ...BOT, PORT: "", REDIS_URL: "  ", WECOM_BOT_SECRET: "", DINGTALK_MODE: " " });
    expect(settings).toMatchObject({ port: 3000, redisUrl: null });
  });
});

describe("what may be filled in", () => {
  it("the bot's own connection, instead of its callback", () => {
    const given = { WECOM_BOT_ID: "aib1", WECOM_BOT_SECRET: "s3cret", WECOM_BOT_NAME: "@小帮手，帮办" };
    expect(readSettings(given).wecom.bot).toEqual({
      id: "aib1",
      names: ["小帮手", "帮办"],
      callback: null,
      socket: { id: "aib1", secret: "s3cret" },
    });
  });

  it("a self-built app, which hears only where its callback is there", () => {
    const app = { corpId: "ww1", agentId: 1000002, secret: "s3cret" };
    expect(readSettings(APP).wecom).toMatchObject({ bot: null, app: { ...app, callback: null } });
    const hearing = readSettings({ ...APP, WECOM_APP_TOKEN: "abc", WECOM_APP_AES_KEY: KEY });
    expect(hearing.wecom.app).toEqual({ ...app, callback: { token: "abc", aesKey: KEY } });
  });

  it("a robot of DingTalk, alone or beside WeCom", () => {
    const given = { DINGTALK_APP_KEY: "ding1", DINGTALK_APP_SECRET: "s3cret" };
    const robot = {
      appKey: "ding1",
      appSecret: "s3cret",
      robotCode: "ding1",
      names: ["小帮手"],
      mode: "http",
      corpId: null,
    };
    expect(readSettings(given)).toMatchObject({ wecom: { bot: null }, dingtalk: { robot } });
    const stream = { ...given, DINGTALK_ROBOT_CODE: "robot1", DINGTALK_MODE: "stream", DINGTALK_CORP_ID: "dingcorp" };
    expect(readSettings({ ...BOT, ...stream }).dingtalk.robot).toEqual({
      ...robot,
      robotCode: "robot1",
      mode: "stream",
      corpId: "dingcorp",
    });
  });

  it("reads every setting, without slashes at the end of addresses and spaces around values", () => {
    const settings = readSettings({
      ...BOT,
      PORT: " 8080 ",
      REDIS_URL: "rediss://:pass@redis.example:6380/2",
      DATA_DIR: "/var/lib/bangban",
      STATION_FILE: "/etc/station.yaml",
      INTENTS_DIR: "/etc/intents",
      PUBLIC_URL: "https://street.example/desk/",
      API_TOKEN: "s3cret-token",
      LOG_LEVEL: "debug",
      WECOM_BOT_ID: "aib123",
      WECOM_BOT_NAME: "小帮手, @帮办 员，,",
      WECOM_CORP_ID: "ww123",
      WECOM_API_BASE: "http://127.0.0.1:9000/",
      WECOM_WS_URL: "ws://127.0.0.1:9000/",
      DINGTALK_API_BASE: "http://127.0.0.1:9001/",
      DINGTALK_OAPI_BASE: "http://127.0.0.1:9001/oapi//",
    });
    expect(settings).toMatchObject({
      port: 8080,
      redisUrl: "rediss://:pass@redis.example:6380/2",
      dataDir: "/var/lib/bangban",
      stationFile: "/etc/station.yaml",
      intentsDir: "/etc/intents",
      publicUrl: "https://street.example/desk",
      apiToken: "s3cret-token",
      logLevel: "debug",
      wecom: {
        bot: { id: "aib123", names: ["小帮手", "帮办 员"] },
        corpId: "ww123",
        apiBase: "http://127.0.0.1:9000",
        wsUrl: "ws://127.0.0.1:9000",
      },
      dingtalk: { robot: null, apiBase: "http://127.0.0.1:9001", oapiBase: "http://127.0.0.1:9001/oapi" },
    });
  });

  it("leaves the station file's own variables alone", () => {
    const webhook = "https://oapi.dingtalk.com/robot/send?access_token=1";
    expect(readSettings({ ...BOT, WECOM_WEBHOOK_NAN: webhook, DINGTALK_WEBHOOK_NAN: webhook })).toMatchObject({});
  });

  it("leaves alone whatever the station file names, and nothing beside it", () => {
    const folder = mkdtempSync(join(tmpdir(), "bangban-settings-"));
    const STATION_FILE = join(folder, "station.yaml");
    writeFileSync(STATION_FILE, `groups: [{ secret: "\${DINGTALK_LEADERS_SECRET}" }]\n`);
    const given = { ...BOT, STATION_FILE, DINGTALK_LEADERS_SECRET: "SEC1" };
    expect(readSettings(given)).toMatchObject({ stationFile: STATION_FILE });
    expect(() => readSettings({ ...given, DINGTALK_LEADER_SECRET: "SEC1" })).toThrow(
      /^DINGTALK_LEADER_SECRET：没有这一项/,
    );
    rmSync(folder, { recursive: true });
  });
});

describe("what is refused in one line that names it", () => {
  it.each<[name: string, value: string]>([
    ["PORT", "80a"],
    ["PORT", "-1"],
    ["PORT", "3000.5"],
    ["PORT", "65536"],
    ["REDIS_URL", "127.0.0.1:6379"],
    ["REDIS_URL", "http://127.0.0.1:6379"],
    ["REDIS_URL", "redis://"],
    ["PUBLIC_URL", "street.example"],
    ["PUBLIC_URL", "ftp://street.example"],
    ["PUBLIC_URL", "https://street.example/?a=1"],
    ["API_TOKEN", "two words"],
    ["API_TOKEN", "令牌"],
    ["LOG_LEVEL", "verbose"],
    ["WECOM_BOT_TOKEN", "a".repeat(33)],
    ["WECOM_BOT_TOKEN", "with-dash"],
    ["WECOM_BOT_AES_KEY", KEY.slice(1)],
    ["WECOM_BOT_AES_KEY", `${KEY}=`],
    ["WECOM_BOT_SECRET", "two words"],
    ["WECOM_AGENT_ID", "agent"],
    ["WECOM_APP_TOKEN", "with-dash"],
    ["WECOM_APP_AES_KEY", KEY.slice(1)],
    ["DINGTALK_MODE", "websocket"],
    ["DINGTALK_APP_KEY", "ding 1"],
    ["WECOM_API_BASE", "qyapi.weixin.qq.com"],
    ["WECOM_WS_URL", "https://openws.work.weixin.qq.com"],
    ["DINGTALK_API_BASE", "nowhere"],
    ["DINGTALK_OAPI_BASE", "nowhere"],
  ])("%s=%s", (name, value) => {
    const { message, setting, exitCode } = refusal({ ...BOT, [name]: value });
    expect(setting).toBe(name);
    expect(message).toMatch(new RegExp(`^${name}：.*[\\u4e00-\\u9fff].*$`));
    expect(exitCode).toBe(78);
  });

  it.each(["WECOM_APP_ANYTHING", "DINGTALK_ANYTHING"])("%s: no such setting", (name) => {
    const { message, setting, exitCode } = refusal({ ...BOT, [name]: "stream" });
    expect(setting).toBe(name);
    expect(message).toContain("没有这一项设置");
    expect(exitCode).toBe(78);
  });

  it("a connection of the bot's own beside its callback", () => {
    expect(refusal({ ...BOT, WECOM_BOT_ID: "aib1", WECOM_BOT_SECRET: "s3cret" })).toMatchObject({
      setting: "WECOM_BOT_SECRET",
      message: expect.stringContaining("只能用一种"),
    });
  });

  it.each<[missing: string, given: Environment]>([
    ["WECOM_BOT_AES_KEY", { WECOM_BOT_TOKEN: "abc" }],
    ["WECOM_BOT_TOKEN", { WECOM_BOT_AES_KEY: KEY }],
    ["WECOM_BOT_TOKEN", { WECOM_BOT_ID: "aib123" }],
    ["WECOM_BOT_TOKEN", { WECOM_BOT_NAME: "小帮手" }],
    ["WECOM_BOT_ID", { WECOM_BOT_SECRET: "s3cret" }],
    ["WECOM_CORP_ID", { ...BOT, WECOM_AGENT_ID: "1000002", WECOM_APP_SECRET: "s3cret" }],
    ["WECOM_AGENT_ID", { ...BOT, WECOM_CORP_ID: "ww1", WECOM_APP_SECRET: "s3cret" }],
    ["WECOM_APP_SECRET", { ...BOT, WECOM_CORP_ID: "ww1", WECOM_AGENT_ID: "1000002" }],
    ["WECOM_APP_AES_KEY", { ...APP, WECOM_APP_TOKEN: "abc" }],
    ["WECOM_APP_TOKEN", { ...APP, WECOM_APP_AES_KEY: KEY }],
    ["DINGTALK_APP_SECRET", { DINGTALK_APP_KEY: "ding1" }],
    ["DINGTALK_APP_KEY", { DINGTALK_APP_SECRET: "s3cret" }],
    ["DINGTALK_APP_KEY", { DINGTALK_MODE: "stream" }],
  ])("%s missing beside %o", (missing, given) => {
    expect(refusal(given)).toMatchObject({ setting: missing, message: expect.stringContaining("请补上") });
  });

  it("no platform at all: says what to fill in, and that there is a demo", () => {
    const { message } = refusal({ PORT: "3000", WECOM_CORP_ID: "ww123" });
    expect(message).toContain("企业微信或钉钉");
    expect(message).toContain("npm run demo");
  });

  it("never repeats a secret", () => {
    const wrong = "p@ssw0rd with spaces";
    for (const name of ["API_TOKEN", "WECOM_BOT_TOKEN", "WECOM_BOT_AES_KEY", "WECOM_APP_SECRET", "REDIS_URL"]) {
      expect(refusal({ ...BOT, [name]: wrong }).message).not.toContain(wrong);
    }
  });
});

describe("the demo", () => {
  it("needs no platform, and keeps its files in a folder of its own", () => {
    expect(readSettings({}, { demo: true })).toMatchObject({ dataDir: "data/demo", wecom: { bot: null } });
    expect(readSettings({ DATA_DIR: "/srv/desk" }, { demo: true }).dataDir).toBe("/srv/desk/demo");
  });

  it("ignores the real platforms' settings", () => {
    const settings = readSettings(
      { ...BOT, WECOM_APP_SECRET: "s", DINGTALK_APP_KEY: "k", PORT: "8080" },
      { demo: true },
    );
    expect(settings).toMatchObject({ port: 8080, wecom: { bot: null } });
  });

  it("still refuses what is malformed", () => {
    expect(() => readSettings({ PORT: "x" }, { demo: true })).toThrow(BadSetting);
  });
});

describe(".env", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  const folderWith = (text: string | null): string => {
    const folder = mkdtempSync(join(tmpdir(), "bangban-env-"));
    folders.push(folder);
    if (text !== null) writeFileSync(join(folder, ".env"), text);
    return folder;
  };

  it("is read, and the environment wins", () => {
    const cwd = folderWith("\uFEFFPORT=4000\nLOG_LEVEL='warn'\nAPI_TOKEN=from-file\n");
    const environment = readEnvironment({ LOG_LEVEL: "debug", API_TOKEN: "" }, cwd);
    expect(readSettings({ ...BOT, ...environment })).toMatchObject({ port: 4000, logLevel: "debug", apiToken: null });
  });

  it("may be absent", () => {
    expect(readEnvironment({ PORT: "1" }, folderWith(null))).toEqual({ PORT: "1" });
  });

  it("is not read in production", () => {
    const environment = { NODE_ENV: "production", PORT: "1" };
    expect(readEnvironment(environment, folderWith("PORT=2\nAPI_TOKEN=x"))).toEqual(environment);
  });

  it("is named where it cannot be read", () => {
    const cwd = folderWith(null);
    mkdirSync(join(cwd, ".env"));
    expect(() => readEnvironment({}, cwd)).toThrow(/^\.env：/);
  });

  it(".env.example names exactly the settings there are, all empty, each under a line of Chinese", () => {
    const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    // parseEnv sorts its names; the order is worth keeping too.
    expect([...text.matchAll(/^(\w+)=$/gm)].map(([, name]) => name)).toEqual(settingNames);
    expect(parseEnv(text)).toEqual(Object.fromEntries(settingNames.map((name) => [name, ""])));
    const lines = text.split("\n");
    for (const name of settingNames) {
      expect(lines[lines.indexOf(`${name}=`) - 1], name).toMatch(/^# .*[\u4e00-\u9fff]/);
    }
  });
});
