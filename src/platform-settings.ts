/** Which ways in and out of each platform are switched on: what belongs together is there together, or refused by name. */
import { BadSetting } from "./bad-setting.ts";

/** How the robot is called where nobody says otherwise. */
export const DEFAULT_BOT_NAME = "小帮手";

/** The pair by which callbacks are signed and sealed. */
export interface CallbackKeys {
  readonly token: string;
  readonly aesKey: string;
}

/** The AI bot: called by WeCom, or on a connection of its own; never both (wecom.md 2). */
export interface WecomBot {
  readonly id: string | null;
  /** How people call the bot in a group: stripped from what they typed. The first is how the desk calls it. */
  readonly names: readonly string[];
  readonly callback: CallbackKeys | null;
  readonly socket: { readonly id: string; readonly secret: string } | null;
}

/** The self-built app: one-to-one. Without `callback` it speaks, and does not hear. */
export interface WecomApp {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly callback: CallbackKeys | null;
}

export interface WecomSettings {
  readonly bot: WecomBot | null;
  readonly app: WecomApp | null;
  readonly corpId: string | null;
  readonly apiBase: string;
  readonly wsUrl: string;
}

export interface DingtalkRobot {
  readonly appKey: string;
  readonly appSecret: string;
  readonly robotCode: string;
  readonly names: readonly string[];
  readonly mode: "http" | "stream";
  readonly corpId: string | null;
}

export interface DingtalkSettings {
  readonly robot: DingtalkRobot | null;
  readonly apiBase: string;
  readonly oapiBase: string;
}

type Values<Name extends string> = { readonly [name in Name]?: string | undefined };

type WecomValues = Values<
  | "WECOM_BOT_TOKEN"
  | "WECOM_BOT_AES_KEY"
  | "WECOM_BOT_ID"
  | "WECOM_BOT_NAME"
  | "WECOM_BOT_SECRET"
  | "WECOM_CORP_ID"
  | "WECOM_APP_SECRET"
  | "WECOM_APP_TOKEN"
  | "WECOM_APP_AES_KEY"
  | "WECOM_API_BASE"
  | "WECOM_WS_URL"
> & { readonly WECOM_AGENT_ID?: number | undefined };

/** @throws BadSetting */
export function wecomSettings(values: WecomValues): WecomSettings {
  return {
    bot: wecomBot(values),
    app: wecomApp(values),
    corpId: values.WECOM_CORP_ID ?? null,
    apiBase: values.WECOM_API_BASE ?? "https://qyapi.weixin.qq.com",
    wsUrl: values.WECOM_WS_URL ?? "wss://openws.work.weixin.qq.com",
  };
}

function wecomBot(values: WecomValues): WecomBot | null {
  const { WECOM_BOT_ID: id, WECOM_BOT_NAME: name, WECOM_BOT_SECRET: secret } = values;
  const { WECOM_BOT_TOKEN: token, WECOM_BOT_AES_KEY: aesKey } = values;
  if ([id, name, secret, token, aesKey].every((value) => value === undefined)) return null;
  const names = namesIn(name);
  if (secret === undefined) {
    const callback = {
      token: wanted("WECOM_BOT_TOKEN", token, "企业微信机器人（回调方式；长连接方式请填 WECOM_BOT_SECRET）"),
      aesKey: wanted("WECOM_BOT_AES_KEY", aesKey, "企业微信机器人"),
    };
    return { id: id ?? null, names, callback, socket: null };
  }
  if (token !== undefined || aesKey !== undefined) {
    throw new BadSetting(
      "WECOM_BOT_SECRET",
      "长连接与回调只能用一种：用长连接请删去 WECOM_BOT_TOKEN 和 WECOM_BOT_AES_KEY，用回调请删去这一项",
    );
  }
  return {
    id: id ?? null,
    names,
    callback: null,
    socket: { id: wanted("WECOM_BOT_ID", id, "企业微信机器人长连接"), secret },
  };
}

function wecomApp(values: WecomValues): WecomApp | null {
  const {
    WECOM_AGENT_ID: agentId,
    WECOM_APP_SECRET: secret,
    WECOM_APP_TOKEN: token,
    WECOM_APP_AES_KEY: aesKey,
  } = values;
  if ([agentId, secret, token, aesKey].every((value) => value === undefined)) return null;
  const part = "企业微信自建应用";
  return {
    corpId: wanted("WECOM_CORP_ID", values.WECOM_CORP_ID, part),
    agentId: wanted("WECOM_AGENT_ID", agentId, part),
    secret: wanted("WECOM_APP_SECRET", secret, part),
    // Without them the application only speaks: an office without an address on the internet has no more.
    callback:
      token === undefined && aesKey === undefined
        ? null
        : {
            token: wanted("WECOM_APP_TOKEN", token, `${part}接收消息`),
            aesKey: wanted("WECOM_APP_AES_KEY", aesKey, `${part}接收消息`),
          },
  };
}

type DingtalkValues = Values<
  | "DINGTALK_APP_KEY"
  | "DINGTALK_APP_SECRET"
  | "DINGTALK_ROBOT_CODE"
  | "DINGTALK_ROBOT_NAME"
  | "DINGTALK_CORP_ID"
  | "DINGTALK_API_BASE"
  | "DINGTALK_OAPI_BASE"
> & { readonly DINGTALK_MODE?: "http" | "stream" | undefined };

/** @throws BadSetting */
export function dingtalkSettings(values: DingtalkValues): DingtalkSettings {
  return {
    robot: dingtalkRobot(values),
    apiBase: values.DINGTALK_API_BASE ?? "https://api.dingtalk.com",
    oapiBase: values.DINGTALK_OAPI_BASE ?? "https://oapi.dingtalk.com",
  };
}

function dingtalkRobot(values: DingtalkValues): DingtalkRobot | null {
  const { DINGTALK_APP_KEY: key, DINGTALK_APP_SECRET: secret, DINGTALK_ROBOT_CODE: code } = values;
  const { DINGTALK_ROBOT_NAME: name, DINGTALK_MODE: mode, DINGTALK_CORP_ID: corpId } = values;
  if ([key, secret, code, name, mode, corpId].every((value) => value === undefined)) return null;
  const appKey = wanted("DINGTALK_APP_KEY", key, "钉钉机器人");
  return {
    appKey,
    appSecret: wanted("DINGTALK_APP_SECRET", secret, "钉钉机器人"),
    // Of an internal application's robot they are the same (dingtalk.md, identity vocabulary).
    robotCode: code ?? appKey,
    names: namesIn(name),
    mode: mode ?? "http",
    corpId: corpId ?? null,
  };
}

function wanted<T>(setting: string, value: T | undefined, part: string): T {
  if (value === undefined) throw new BadSetting(setting, `没有填写，${part}缺它不能启用，请补上`);
  return value;
}

/** Separated by commas, with or without the @ that people see before them. */
function namesIn(written = ""): readonly string[] {
  const names = written.split(/[,，]/).map((name) => name.trim().replace(/^@/, ""));
  const given = names.filter((name) => name !== "");
  return given.length > 0 ? given : [DEFAULT_BOT_NAME];
}
