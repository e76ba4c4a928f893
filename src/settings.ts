/**
 * What the administrator decides, read once at start: the environment, and `.env` outside production. Everything behind
 * trusts the typed result; a wrong value is named in one line, and never repeated in it where it is a secret.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import { BadSetting } from "./bad-setting.ts";
import { type DingtalkSettings, dingtalkSettings, type WecomSettings, wecomSettings } from "./platform-settings.ts";
import { envWordsIn } from "./station/env-words.ts";

export interface Environment {
  readonly [name: string]: string | undefined;
  readonly NODE_ENV?: string | undefined;
}

export interface Settings {
  /** 0: any free port. */
  readonly port: number;
  /** null: the embedded Redis. */
  readonly redisUrl: string | null;
  readonly dataDir: string;
  readonly stationFile: string;
  readonly intentsDir: string;
  /** Without a slash at its end; null: nobody can look from outside whether callbacks arrive. */
  readonly publicUrl: string | null;
  /** null: `/api` is off. */
  readonly apiToken: string | null;
  readonly logLevel: LogLevel;
  readonly wecom: WecomSettings;
  readonly dingtalk: DingtalkSettings;
}

export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const text = z.string();
/** Compared with what stands in an HTTP header, so nothing that a header would change. */
const secret = text.regex(/^[\x21-\x7e]+$/, "只能用不含空格的英文字母、数字和符号，请重新填写");
/** Part of addresses and comparisons: nothing that was pasted along with it. */
const word = text.regex(/^\S+$/u, "不能含有空格，请照后台原样填写");
const token = text.regex(/^[A-Za-z0-9]{1,32}$/, "应为不超过 32 位的英文字母或数字，请照企业微信后台原样填写");
const aesKey = text.regex(
  /^[A-Za-z0-9+/]{43}$/,
  "应为 43 位英文字母或数字，请照企业微信后台的 EncodingAESKey 原样填写",
);

const shape = {
  PORT: text
    .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, "端口应为 0 到 65535 的整数，例如 3000")
    .transform(Number),
  REDIS_URL: text.refine(isRedisUrl, "应以 redis:// 或 rediss:// 开头并写明主机；留空则使用内置 Redis"),
  DATA_DIR: text,
  STATION_FILE: text,
  INTENTS_DIR: text,
  PUBLIC_URL: address(["http:", "https:"], "https://bangban.example.com"),
  API_TOKEN: secret,
  LOG_LEVEL: z.enum(LOG_LEVELS, `日志级别只能是 ${LOG_LEVELS.join("、")} 之一`),

  WECOM_BOT_TOKEN: token,
  WECOM_BOT_AES_KEY: aesKey,
  WECOM_BOT_ID: text,
  WECOM_BOT_NAME: text,
  WECOM_BOT_SECRET: secret,
  WECOM_CORP_ID: word,
  WECOM_AGENT_ID: text.regex(/^\d{1,10}$/, "应为数字，请照企业微信后台应用详情的 AgentId 填写").transform(Number),
  WECOM_APP_SECRET: secret,
  WECOM_APP_TOKEN: token,
  WECOM_APP_AES_KEY: aesKey,
  WECOM_API_BASE: address(["http:", "https:"], "https://qyapi.weixin.qq.com"),
  WECOM_WS_URL: address(["ws:", "wss:"], "wss://openws.work.weixin.qq.com"),

  DINGTALK_APP_KEY: secret,
  DINGTALK_APP_SECRET: secret,
  DINGTALK_ROBOT_CODE: word,
  DINGTALK_ROBOT_NAME: text,
  DINGTALK_MODE: z.enum(["http", "stream"], "只能是 http 或 stream；没有公网地址请填 stream"),
  DINGTALK_CORP_ID: word,
  DINGTALK_API_BASE: address(["http:", "https:"], "https://api.dingtalk.com"),
  DINGTALK_OAPI_BASE: address(["http:", "https:"], "https://oapi.dingtalk.com"),
};

/** Every setting there is, in the order of `.env.example`. */
export const settingNames: readonly string[] = Object.keys(shape);

const schema = z.object(shape).partial();
const NOT_THE_DEMOS = /^(?:WECOM_|DINGTALK_|STATION_FILE$|REDIS_URL$)/;

export interface Needs {
  readonly demo?: boolean;
  /** False for a verb that only reads what the desk keeps. */
  readonly needsPlatform?: boolean;
}

/**
 * The demo brings its own platforms, station and Redis: it ignores the settings of the real ones, so that a finished
 * `.env` neither stops it nor lets it speak to anybody, and keeps its files in a folder of its own within `DATA_DIR`.
 *
 * @throws BadSetting
 */
export function readSettings(environment: Environment, { demo = false, needsPlatform = !demo }: Needs = {}): Settings {
  const given = filledIn(environment, demo ? (name) => !NOT_THE_DEMOS.test(name) : () => true);
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new BadSetting(String(issue?.path[0]), issue?.message ?? "无法使用");
  }
  const values = result.data;
  const stationFile = values.STATION_FILE ?? "./station.yaml";
  refuseUnknown(given, stationFile);
  const wecom = wecomSettings(values);
  const dingtalk = dingtalkSettings(values);
  if (needsPlatform && wecom.bot === null && wecom.app === null && dingtalk.robot === null) {
    throw new BadSetting(
      "WECOM_BOT_ID",
      "还没有接入任何平台，请填写企业微信或钉钉机器人的设置（见 .env.example）；只想先看看，请运行 npm run demo",
    );
  }
  const dataDir = values.DATA_DIR ?? "./data";
  return {
    port: values.PORT ?? 3000,
    redisUrl: values.REDIS_URL ?? null,
    dataDir: demo ? join(dataDir, "demo") : dataDir,
    stationFile,
    intentsDir: values.INTENTS_DIR ?? "./intents",
    publicUrl: values.PUBLIC_URL ?? null,
    apiToken: values.API_TOKEN ?? null,
    logLevel: values.LOG_LEVEL ?? "info",
    wecom,
    dingtalk,
  };
}

/**
 * The environment over `.env`. What the environment sets to nothing stays nothing: that is how a line of `.env` is
 * switched off for once.
 *
 * @throws BadSetting
 */
export function readEnvironment(processEnv: Environment, cwd: string): Environment {
  if (processEnv.NODE_ENV === "production") return processEnv;
  let file: string;
  try {
    file = readFileSync(join(cwd, ".env"), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return processEnv;
    throw new BadSetting(".env", "无法读取这个文件，请检查它的权限");
  }
  // Notepad begins a file with a mark that would become part of the first name.
  return { ...parseEnv(file.replace(/^\uFEFF/, "")), ...processEnv };
}

function filledIn(environment: Environment, wanted: (name: string) => boolean): Map<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    const trimmed = value?.trim();
    if (trimmed && wanted(name)) given.set(name, trimmed);
  }
  return given;
}

/**
 * Names that are on no list, e.g. from the handbook of another robot: better refused than waited for in silence. Those that
 * the station file uses are its own, whatever they are called; …WEBHOOK… may be those of a group that is not in it now.
 */
function refuseUnknown(given: ReadonlyMap<string, string>, stationFile: string): void {
  const unknown = [...given.keys()].filter(
    (name) => !settingNames.includes(name) && !name.includes("WEBHOOK") && /^(WECOM_APP|DINGTALK)_/.test(name),
  );
  if (unknown.length === 0) return;
  const used = envWordsIn(textOf(stationFile));
  const [name] = unknown.filter((each) => !used.has(each));
  if (name !== undefined) throw new BadSetting(name, "没有这一项设置，请检查拼写，或删去这一项");
}

/** Nothing where it cannot be read: whoever needs it says so. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isRedisUrl(value: string): boolean {
  const url = parseUrl(value);
  return url !== null && ["redis:", "rediss:"].includes(url.protocol) && url.hostname !== "";
}

function address(protocols: readonly string[], example: string) {
  const good = (value: string): boolean => {
    const url = parseUrl(value);
    return (
      url !== null && protocols.includes(url.protocol) && url.search === "" && url.hash === "" && url.username === ""
    );
  };
  return text
    .refine(good, `应为 ${protocols.map((each) => `${each}//`).join(" 或 ")} 开头的完整网址，例如 ${example}`)
    .transform((value) => value.replace(/\/+$/, ""));
}

function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
