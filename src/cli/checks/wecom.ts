/** WeCom's AI bot by callback: its keys and names, whether the machine can speak to WeCom's host, and whose ids it sees. */
import type { CallbackKeys } from "../../platform-settings.ts";
import { openEnvelope, seal } from "../../platforms/wecom/envelope.ts";
import { askRedis } from "./desk-redis.ts";
import { type Examined, type Finding, good, listed, must, notice } from "./finding.ts";
import { reach } from "./reach.ts";

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
    ...(await examineSenders(examined)),
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

const SENDERS_MAX = 1000;
const ROUNDS_MAX = 200;

/**
 * A bot whose creator is no super-administrator sees everybody under `wo…` (wecom.md 0.6). Whoever has written to the
 * desk is remembered there under the id that it saw.
 */
async function examineSenders(examined: Examined): Promise<readonly Finding[]> {
  const asked = await askRedis(examined, async (redis, tag) => {
    const seen = new Set<string>();
    let cursor = "0";
    for (let round = 0; round < ROUNDS_MAX && seen.size < SENDERS_MAX; round++) {
      const [next, found] = await redis.scan(cursor, "MATCH", `${escapeGlob(tag)}:person:wecom:*`, "COUNT", 1000);
      for (const key of found) seen.add(key.slice(`${tag}:person:wecom:`.length));
      cursor = next;
      if (cursor === "0") break;
    }
    return [...seen];
  });
  const senders = asked.kind === "answered" ? asked.value : [];
  return [judgeSenders(senders, examined.settings.wecom.app !== null)];
}

/** `senders`: the ids under which the desk has known people; `isConverting`: an application asks for the plain ones. */
export function judgeSenders(senders: readonly string[], isConverting: boolean): Finding {
  const name = "发言人账号";
  const encrypted = senders.filter((id) => /^wo[\w-]{20,}$/i.test(id));
  if (encrypted.length > 0) {
    const shown = listed(encrypted.slice(0, 3));
    const mend = isConverting
      ? "请在 企业微信管理后台 → 应用管理 → 自建应用 → 可见范围 里加上他们，账号才能换算"
      : "机器人的创建者不是超级管理员：请由超级管理员重建机器人，或填写自建应用的设置来换算";
    return notice(`${name}：见过 ${encrypted.length} 个加密的账号（如 ${shown}），认不出也@不到人；${mend}`);
  }
  if (senders.length > 0) return good(`${name}：见过的 ${senders.length} 个都是通讯录里的账号`);
  return good(
    `${name}：还没有人发过言；发言后请@机器人发“我是谁”，若答的账号是 wo 开头的一长串，说明机器人的创建者不是超级管理员`,
  );
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]]/g, "\\$&");
}
