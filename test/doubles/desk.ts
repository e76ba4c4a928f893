/** A whole desk in this process: real Redis, real HTTP, signatures and encryption; only WeCom's servers are imitated. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Shown } from "../../src/sandbox/history.ts";
import { memoryHistory } from "../../src/sandbox/history.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import { openService, type Service } from "../../src/service.ts";
import { readSettings } from "../../src/settings.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "./redis.ts";
import { TEST_DATA } from "./test-data.ts";

export const BOT = { id: "aibTEST", name: "小帮手", token: "testToken", aesKey: `${"a".repeat(42)}A` };
export const API_TOKEN = "test-token";

export interface TestDesk {
  readonly wecom: WecomServer;
  readonly service: Service;
  readonly redis: TestRedis;
  readonly url: string;
  /** Sets the desk clock. */
  setClock(at: string): Promise<void>;
  /** GET of /api, with the token. */
  api<T>(path: string): Promise<T>;
  /** Says something in a group, and waits until the desk's answer in the thread is shown. */
  ask(chat: string, by: string, text: string, quote?: string): Promise<Shown>;
  /** Waits for the next line of the group's webhook that mentions an account. */
  pinged(chat: string, account: string, containing?: string): Promise<Shown>;
  close(): Promise<void>;
}

/** `station`: edits the text of the station file. */
export async function openTestDesk({ station = (text: string) => text } = {}): Promise<TestDesk> {
  const redis = openTestRedis();
  const folder = mkdtempSync(join(tmpdir(), "bangban-desk-"));
  const wecom = await openWecomServer({
    deskUrl: "http://127.0.0.1",
    bot: BOT,
    history: memoryHistory(),
    redeliverAfterMs: 5000,
  });
  const groups = ["GROUP01", "GROUP02", "HELPERS", "LEADERS"].map((name) => `wr${name}`);
  for (const chat of groups) await wecom.addGroup({ chat, name: chat, webhookKey: chat.slice(2).toLowerCase() });
  await wecom.addGroup({ chat: "wrUNLISTED", name: "unlisted", webhookKey: null });
  for (const account of ["zhao.yi", "qian.er", "zhou.wu", "wu.liu", "zheng.qi", "sun.san", "wang.ba", "li.si"]) {
    wecom.addPerson({ account, name: account, groups });
  }
  for (const account of ["wang.min", "liu.fang", "xu.da"]) {
    wecom.addPerson({ account, name: account, groups: ["wrGROUP01", "wrGROUP02", "wrUNLISTED"] });
  }
  const stationFile = join(folder, "station.yaml");
  const text = readFileSync(new URL("./station.yaml", import.meta.url), "utf8");
  writeFileSync(stationFile, station(text.replace("station: duantang", `station: ${redis.station}`)));
  const environment = {
    NODE_ENV: "production",
    PORT: "0",
    STATION_FILE: stationFile,
    DATA_DIR: TEST_DATA,
    API_TOKEN,
    LOG_LEVEL: process.env["DESK_LOG"] ?? "silent",
    WECOM_BOT_TOKEN: BOT.token,
    WECOM_BOT_AES_KEY: BOT.aesKey,
    WECOM_BOT_ID: BOT.id,
    WECOM_BOT_NAME: BOT.name,
    WECOM_API_BASE: wecom.origin,
    WEBHOOK_BASE: wecom.origin,
  };
  const service = await openService({
    settings: readSettings(environment),
    environment,
    redis: { socket: redis.path },
  });
  const url = `http://127.0.0.1:${service.port}`;
  wecom.pointAt(url);

  return {
    wecom,
    service,
    redis,
    url,
    async setClock(at) {
      await redis.redis.set(redis.tag + keys.clock, String(Date.parse(at) - Date.now()));
    },
    async api<T>(path: string) {
      const answer = await fetch(`${url}/api${path}`, { headers: { authorization: `Bearer ${API_TOKEN}` } });
      return (await answer.json()) as T;
    },
    async ask(chat, by, words, quote) {
      const said = await wecom.say({ chat, by, text: `@${BOT.name} ${words}`, quote: quote ?? null });
      return wecom.waitFor(chat, (shown) => shown.from === "bot" && shown.quoting === said.message?.id, 5000);
    },
    pinged(chat, account, containing = "") {
      const fits = (shown: Shown) => shown.mentions.includes(account) && shown.text.includes(containing);
      return wecom.waitFor(chat, fits, 5000);
    },
    async close() {
      await service.close();
      await wecom.close();
      await redis.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
