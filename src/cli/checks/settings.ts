/** The settings, all of the wrong ones at once, where a start stops at the first. */
import { BadSetting } from "../../bad-setting.ts";
import { type Environment, readSettings, type Settings, settingNames } from "../../settings.ts";
import { type Finding, good, must, notice } from "./finding.ts";

/** In place of what is refused and cannot be left out, so that the rest is read too. */
const STAND_INS: Readonly<Record<string, string>> = {
  WECOM_BOT_TOKEN: "x",
  WECOM_BOT_AES_KEY: "A".repeat(43),
};

export interface SettingsRead {
  readonly settings: Settings;
  readonly refused: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

export function examineSettings(environment: Environment): SettingsRead {
  const problems = new Map<string, string>();
  let tried = environment;
  for (;;) {
    const refusal = refusalOf(tried);
    // Refused again, its stand-in included, would be refused for ever.
    if (refusal === null || problems.has(refusal.setting)) break;
    problems.set(refusal.setting, refusal.message);
    tried = { ...tried, ...standInsFor(refusal.setting, environment) };
  }
  const filled = settingNames.filter((name) => environment[name]?.trim());
  const bad = [...problems.values()].map(must);
  return {
    settings: readSettings(tried),
    refused: new Set(problems.keys()),
    findings: [
      ...(bad.length > 0 ? bad : [good(`设置：填写了 ${filled.length} 项，写法都正确`)]),
      ...unknownNames(environment).map((name) => notice(`${name}：没有这一项设置，不起作用，请检查拼写`)),
    ],
  };
}

/** Without any platform there is one thing to say, and it names both of the settings that are missing. */
function standInsFor(setting: string, given: Environment): Environment {
  const noBot = !settingNames.some((name) => name.startsWith("WECOM_BOT_") && given[name]?.trim());
  return noBot && setting === "WECOM_BOT_TOKEN" ? STAND_INS : { [setting]: STAND_INS[setting] };
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

/** Only names that can hardly be a station file's own variable. */
function unknownNames(environment: Environment): string[] {
  const names = Object.keys(environment).filter((name) => environment[name]?.trim());
  return names.filter((name) => /^WECOM_BOT_/.test(name) && !name.includes("WEBHOOK") && !settingNames.includes(name));
}
