/** The settings, all of the wrong ones at once, where a start stops at the first. */
import { BadSetting } from "../../bad-setting.ts";
import { type Environment, readSettings, type Settings, settingNames } from "../../settings.ts";
import { type Finding, good, must, notice } from "./finding.ts";

const AES_KEY = "A".repeat(43);
/** In place of what is refused: of a platform that somebody has begun to set up, so that the rest of it is read too. */
const STAND_INS: Readonly<Record<string, string>> = {
  WECOM_BOT_ID: "x",
  WECOM_BOT_TOKEN: "x",
  WECOM_BOT_AES_KEY: AES_KEY,
  WECOM_BOT_SECRET: "x",
  WECOM_CORP_ID: "x",
  WECOM_AGENT_ID: "1",
  WECOM_APP_SECRET: "x",
  WECOM_APP_TOKEN: "x",
  WECOM_APP_AES_KEY: AES_KEY,
  DINGTALK_APP_KEY: "x",
  DINGTALK_APP_SECRET: "x",
  DINGTALK_ROBOT_CODE: "x",
  DINGTALK_MODE: "stream",
};
/** Any of them switches a platform on. */
const OF_A_PLATFORM = /^(?:WECOM_(?:BOT|AGENT|APP)_|DINGTALK_(?!\w*API_BASE))/;

/** How the platforms hand them out; another length is a slip of the mouse as a rule, and never certainly one. */
const USUAL: readonly (readonly [name: string, shape: RegExp, words: string])[] = [
  ["WECOM_CORP_ID", /^w[a-z][A-Za-z0-9]{16}$/, "通常是 ww 开头的 18 位"],
  ["WECOM_BOT_ID", /^\S{8,}$/, "通常比这长"],
  ["WECOM_APP_SECRET", /^\S{43}$/, "通常是 43 位"],
  ["DINGTALK_APP_KEY", /^(?:ding|suite)[a-z0-9]{8,}$/, "通常是 ding 开头的 20 位（新版后台叫 Client ID）"],
  ["DINGTALK_APP_SECRET", /^[\w-]{64}$/, "通常是 64 位（新版后台叫 Client Secret）"],
];

export interface SettingsRead {
  readonly settings: Settings;
  readonly refused: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

export function examineSettings(environment: Environment): SettingsRead {
  const given = settingNames.filter((name) => environment[name]?.trim());
  const isAnyPlatform = Object.keys(environment).some((name) => OF_A_PLATFORM.test(name) && environment[name]?.trim());
  const problems = new Map<string, string>();
  const stoodIn = new Set<string>();
  let tried = environment;
  for (let refusal = refusalOf(tried); refusal !== null; refusal = refusalOf(tried)) {
    const { setting } = refusal;
    // Without any platform there is one thing to say, and it names no setting that would be enough alone.
    const names = isAnyPlatform ? [setting] : [setting, "WECOM_BOT_TOKEN", "WECOM_BOT_AES_KEY"];
    // Refused though it is not there any more and nothing stands in for it: a bug, which must not turn for ever.
    if (stoodIn.has(setting) && tried[setting] === undefined) throw refusal;
    if (!problems.has(setting)) problems.set(setting, refusal.message);
    tried = { ...tried, ...Object.fromEntries(names.map((name) => [name, mended(name, stoodIn)])) };
    for (const name of names) stoodIn.add(name);
  }
  const bad = [...problems.values()].map(must);
  const settings = readSettings(tried);
  return {
    settings: isAnyPlatform ? settings : { ...settings, wecom: { ...settings.wecom, bot: null } },
    refused: stoodIn,
    findings: [
      ...(bad.length > 0 ? bad : [good(`设置：填写了 ${given.length} 项，写法都正确`)]),
      ...unusual(environment, stoodIn),
      ...unknownNames(environment).map((name) => notice(`${name}：没有这一项设置，不起作用，请检查拼写`)),
    ],
  };
}

/** What is refused with its stand-in too, e.g. of two that exclude each other, is left out. */
function mended(name: string, stoodIn: ReadonlySet<string>): string | undefined {
  return stoodIn.has(name) ? undefined : STAND_INS[name];
}

function refusalOf(environment: Environment): BadSetting | null {
  try {
    readSettings(environment);
    return null;
  } catch (error) {
    if (error instanceof BadSetting) return error;
    throw error;
  }
}

function unusual(environment: Environment, refused: ReadonlySet<string>): Finding[] {
  return USUAL.flatMap(([name, shape, words]) => {
    const value = environment[name]?.trim() ?? "";
    if (value === "" || refused.has(name) || shape.test(value)) return [];
    return [notice(`${name}：写法不像（${words}，现在是 ${value.length} 个字符），请核对是否抄错了栏目或没有抄全`)];
  });
}

/** Only names that can hardly be a station file's own variable. What a start refuses is no notice. */
function unknownNames(environment: Environment): string[] {
  const names = Object.keys(environment).filter((name) => environment[name]?.trim());
  const ours = /^(?:WECOM_(?:BOT|CORP|AGENT|API|WS)|DINGTALK(?!_))/;
  return names.filter((name) => ours.test(name) && !name.includes("WEBHOOK") && !settingNames.includes(name));
}
