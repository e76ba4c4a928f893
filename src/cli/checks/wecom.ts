/** WeCom's AI bot: its keys and names, and whether the machine can speak to WeCom's host. */
import type { CallbackKeys } from "../../platform-settings.ts";
import { openEnvelope, seal } from "../../platforms/wecom/envelope.ts";
import { type Examined, type Finding, good, must } from "./finding.ts";
import { reach } from "./reach.ts";
import { examineSenders } from "./senders.ts";

/** null: what there is stands in for something that was refused. */
export function botOf({ settings, refused }: Examined): CallbackKeys | null {
  return refused.has("WECOM_BOT_TOKEN") || refused.has("WECOM_BOT_AES_KEY")
    ? null
    : (settings.wecom.bot?.callback ?? null);
}

export async function checkBot(examined: Examined): Promise<readonly Finding[]> {
  const { bot } = examined.settings.wecom;
  const keys = botOf(examined);
  if (bot === null || (bot.callback !== null && keys === null)) return [];
  return [
    ...(keys === null
      ? []
      : [
          opensWhatItSeals(keys)
            ? good("WECOM_BOT_AES_KEY：解出 32 字节，加密解密正常")
            : must("WECOM_BOT_AES_KEY：不能用来加密，请照企业微信后台的 EncodingAESKey 原样填写"),
        ]),
    good(`WECOM_BOT_NAME：${bot.names.join("、")}（须与机器人在群里显示的名字一致）`),
    await examineSenders(examined, "wecom"),
  ];
}

function opensWhatItSeals({ token, aesKey }: CallbackKeys): boolean {
  if (Buffer.from(`${aesKey}=`, "base64").length !== 32) return false;
  const { encrypt } = seal("好", { token, aesKey, timestamp: 0, nonce: "0" });
  const opened = openEnvelope(aesKey, encrypt, null);
  return opened.kind === "plain" && opened.text === "好";
}

export async function checkWecomHost({ settings, refused, now }: Examined): Promise<readonly Finding[]> {
  const { apiBase, bot, app } = settings.wecom;
  if (refused.has("WECOM_API_BASE") || (bot === null && app === null)) return [];
  const without = "机器人的回复（response_url）、群消息推送（webhook）和自建应用的消息都会发不出去";
  const { findings } = await reach({ platform: "企业微信", setting: "WECOM_API_BASE", url: apiBase, without }, now);
  return findings;
}
