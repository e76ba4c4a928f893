/** A whole desk in this process: real Redis, real HTTP, signatures and encryption; only the platforms' servers are imitated. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROUTINE } from "../../src/desk/clock/clockwork.ts";
import { type DingtalkServer, openDingtalkServer } from "../../src/sandbox/dingtalk-server.ts";
import type { Shown } from "../../src/sandbox/history.ts";
import { memoryHistory } from "../../src/sandbox/history.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import { openService, type Service } from "../../src/service.ts";
import { readSettings } from "../../src/settings.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "./redis.ts";
import { TEST_DATA } from "./test-data.ts";

/** How long an answer may take on a busy machine. */
const PATIENCE_MS = 15_000;

const AES_KEY = `${"a".repeat(42)}A`;
export const BOT = { id: "aibTEST", name: "小帮手", token: "testToken", aesKey: AES_KEY, secret: "bot-secret" };
export const APP = { corpId: "wwTEST", agentId: 1000002, secret: "app-secret", token: "appToken", aesKey: AES_KEY };
export const ROBOT = {
  appKey: "dingtestkey",
  appSecret: "dingtest-secret",
  robotCode: "dingtestkey",
  name: "帮办助手",
  corpId: "dingtestcorp",
};
export const API_TOKEN = "test-token";

export interface TestDeskOptions {
  /** Edits the text of the station file. */
  readonly station?: (text: string) => string;
  /** How WeCom is set up; not at all for null. */
  readonly wecom?: "callback" | "socket" | null;
  /** With a self-built app beside the bot. */
  readonly app?: boolean;
  readonly dingtalk?: "http" | "stream" | null;
  /** Sends the leaders their letters; a test that moves the clock by days would draw a picture for each. */
  readonly letters?: boolean;
  /** Where links of its letters lead; none if not said. */
  readonly publicUrl?: string;
  /** Passed to the imitations: shorter times than the real ones. */
  readonly wecomServer?: Partial<Parameters<typeof openWecomServer>[0]>;
  readonly dingtalkServer?: Partial<Parameters<typeof openDingtalkServer>[0]>;
}

export interface TestDesk {
  readonly wecom: WecomServer;
  readonly dingtalk: DingtalkServer;
  readonly service: Service;
  readonly redis: TestRedis;
  readonly url: string;
  /** Sets the desk clock; the first time as if the desk had been up since that morning. */
  setClock(at: string): Promise<void>;
  /** GET of /api, with the token. */
  api<T>(path: string): Promise<T>;
  /** Says something in a group of WeCom, and waits until the desk's answer in the thread is shown. */
  ask(chat: string, by: string, text: string, quote?: string): Promise<Shown>;
  /** Waits for the next line in a group of WeCom that mentions an account. */
  pinged(chat: string, account: string, containing?: string): Promise<Shown>;
  /** Ends the desk, and starts it anew on the same Redis. */
  restart(): Promise<void>;
  /** A second desk on the same Redis and platforms, closed with this one. */
  twin(): Promise<Service>;
  close(): Promise<void>;
}

const STAFF = ["zhao.yi", "qian.er", "zhou.wu", "wu.liu", "zheng.qi", "sun.san", "wang.ba", "li.si"];
const CLERKS = ["wang.min", "liu.fang", "xu.da"];
const GROUPS = ["GROUP01", "GROUP02", "HELPERS", "LEADERS"];
/** The same groups on DingTalk, for a desk that is set up there. */
const DINGTALK_GROUPS = GROUPS.map((name) => ({ chat: `cid${name}==`, name, webhookToken: name.toLowerCase() }));
const DINGTALK_STAFF = ["user-1001", "user-1011", "user-1012", "user-1013", "user-1021"];
const DINGTALK_CLERKS = ["user-9001", "user-9002", "user-9003"];

/** A station whose point has one helper: every request of it is hers, whoever's turn it would be. */
export const oneHelper = (text: string) => text.replace("helpers: [h02, h03]", "helpers: [h02]");

/** Opening one is half a second of reading; five at once would keep their Redis waiting longer than a desk is patient. */
let opened: Promise<unknown> = Promise.resolve();
function inTurn(open: () => Promise<Service>): Promise<Service> {
  const service = opened.then(open);
  opened = service.catch(() => {});
  return service;
}

export async function openTestDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const {
    station = (text: string) => text,
    wecom: wecomMode = "callback",
    app = false,
    dingtalk: dingtalkMode = null,
  } = options;
  const redis = openTestRedis();
  const folder = mkdtempSync(join(tmpdir(), "bangban-desk-"));
  const wecom = await openImitatedWecom(options);
  const dingtalk = await openImitatedDingtalk(options);
  const stationFile = join(folder, "station.yaml");
  const text = readFileSync(new URL("./station.yaml", import.meta.url), "utf8");
  const named = text.replace("station: duantang", `station: ${redis.station}`);
  const own = options.letters
    ? named
    : named.replace("points:", "digest: { day: off, week: off, month: off }\npoints:");
  writeFileSync(stationFile, station(dingtalkMode === null ? own : own + dingtalkGroups(dingtalk)));
  const environment = {
    NODE_ENV: "production",
    PORT: "0",
    STATION_FILE: stationFile,
    DATA_DIR: TEST_DATA,
    API_TOKEN,
    ...(options.publicUrl === undefined ? {} : { PUBLIC_URL: options.publicUrl }),
    LOG_LEVEL: process.env["DESK_LOG"] ?? "silent",
    WEBHOOK_BASE: wecom.origin,
    WECOM_API_BASE: wecom.origin,
    WECOM_WS_URL: wecom.wsUrl,
    ...(wecomMode === null ? {} : { WECOM_BOT_ID: BOT.id, WECOM_BOT_NAME: BOT.name }),
    ...(wecomMode === "callback" ? { WECOM_BOT_TOKEN: BOT.token, WECOM_BOT_AES_KEY: BOT.aesKey } : {}),
    ...(wecomMode === "socket" ? { WECOM_BOT_SECRET: BOT.secret } : {}),
    ...(app
      ? {
          WECOM_CORP_ID: APP.corpId,
          WECOM_AGENT_ID: String(APP.agentId),
          WECOM_APP_SECRET: APP.secret,
          WECOM_APP_TOKEN: APP.token,
          WECOM_APP_AES_KEY: APP.aesKey,
        }
      : {}),
    ...(dingtalkMode === null
      ? {}
      : {
          DINGTALK_APP_KEY: ROBOT.appKey,
          DINGTALK_APP_SECRET: ROBOT.appSecret,
          DINGTALK_ROBOT_CODE: ROBOT.robotCode,
          DINGTALK_ROBOT_NAME: ROBOT.name,
          DINGTALK_MODE: dingtalkMode,
          DINGTALK_CORP_ID: ROBOT.corpId,
          DINGTALK_API_BASE: dingtalk.origin,
          DINGTALK_OAPI_BASE: dingtalk.origin,
        }),
  };
  const open = () =>
    inTurn(() =>
      openService({
        settings: readSettings(environment),
        environment,
        redis: { socket: redis.path },
        host: "127.0.0.1",
      }),
    );
  let service = await open();
  const twins: Service[] = [];
  const point = () => {
    for (const server of [wecom, dingtalk]) server.pointAt(`http://127.0.0.1:${service.port}`);
  };
  point();

  let isFirst = true;
  async function setClock(at: string): Promise<void> {
    const moment = Date.parse(at);
    if (isFirst) {
      // The day has begun, and its lists are said: they are what few tests are about.
      const { redis: client, tag } = redis;
      await client.hset(tag + keys.routine("morning"), "done", String(moment));
      await client.zadd(tag + keys.steps, String(moment), `${ROUTINE}morning`);
    }
    isFirst = false;
    await redis.redis.set(redis.tag + keys.clock, String(moment - Date.now()));
  }

  return {
    wecom,
    dingtalk,
    redis,
    get service() {
      return service;
    },
    get url() {
      return `http://127.0.0.1:${service.port}`;
    },
    setClock,
    async api<T>(path: string) {
      const answer = await fetch(`http://127.0.0.1:${service.port}/api${path}`, {
        headers: { authorization: `Bearer ${API_TOKEN}` },
      });
      return (await answer.json()) as T;
    },
    async ask(chat, by, words, quote) {
      const said = await wecom.say({ chat, by, text: `@${BOT.name} ${words}`, quote: quote ?? null });
      return wecom.waitFor(chat, (shown) => shown.from === "bot" && shown.quoting === said.message?.id, PATIENCE_MS);
    },
    pinged(chat, account, containing = "") {
      const fits = (shown: Shown) => shown.mentions.includes(account) && shown.text.includes(containing);
      return wecom.waitFor(chat, fits, PATIENCE_MS);
    },
    async restart() {
      await service.close();
      service = await open();
      point();
    },
    async twin() {
      const twin = await open();
      twins.push(twin);
      return twin;
    },
    async close() {
      await Promise.all([service, ...twins].map((one) => one.close()));
      await Promise.all([wecom.close(), dingtalk.close()]);
      await redis.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openImitatedWecom({ wecom: mode, app, wecomServer }: TestDeskOptions): Promise<WecomServer> {
  const server = await openWecomServer({
    deskUrl: "http://127.0.0.1",
    bot: BOT,
    mode: mode === "socket" ? "socket" : "callback",
    ...(app ? { app: APP } : {}),
    history: memoryHistory(),
    redeliverAfterMs: 5000,
    ...wecomServer,
  });
  const groups = GROUPS.map((name) => `wr${name}`);
  for (const chat of groups) await server.addGroup({ chat, name: chat, webhookKey: chat.slice(2).toLowerCase() });
  await server.addGroup({ chat: "wrUNLISTED", name: "unlisted", webhookKey: null });
  for (const account of STAFF) server.addPerson({ account, name: account, groups });
  for (const account of CLERKS) {
    server.addPerson({ account, name: account, groups: ["wrGROUP01", "wrGROUP02", "wrUNLISTED"] });
  }
  return server;
}

async function openImitatedDingtalk({ dingtalk: mode, dingtalkServer }: TestDeskOptions): Promise<DingtalkServer> {
  const server = await openDingtalkServer({
    deskUrl: "http://127.0.0.1",
    robot: ROBOT,
    mode: mode ?? "http",
    history: memoryHistory(),
    ...dingtalkServer,
  });
  for (const group of DINGTALK_GROUPS) await server.addGroup(group);
  await server.addGroup({ chat: "cidUNLISTED==", name: "unlisted", webhookToken: null });
  const groups = DINGTALK_GROUPS.map(({ chat }) => chat);
  for (const account of DINGTALK_STAFF) server.addPerson({ account, name: account, groups });
  for (const account of DINGTALK_CLERKS) {
    server.addPerson({ account, name: account, groups: ["cidGROUP01==", "cidGROUP02==", "cidUNLISTED=="] });
  }
  return server;
}

/** Groups of the same companies, to stand behind those of WeCom. */
function dingtalkGroups(server: DingtalkServer): string {
  const wheres = [
    "kind: service, enterprise: 恒通汽配有限公司",
    "kind: service, point: nan",
    "kind: helpers",
    "kind: leaders",
  ];
  const lines = DINGTALK_GROUPS.map(
    ({ chat }, at) =>
      `  - { platform: dingtalk, chat: "${chat}", ${wheres[at]}, webhook: "${server.webhookUrl(chat)}" }`,
  );
  return `${lines.join("\n")}\n`;
}
