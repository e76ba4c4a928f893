/**
 * Under which ids the desk has seen people: encrypted ones are in no station file. Whoever has written to it is remembered
 * there under the id that the platform told.
 */
import type { PlatformName } from "../../chat/message.ts";
import { keys } from "../../store/keys.ts";
import { askRedis } from "./desk-redis.ts";
import { type Examined, type Finding, good, listed, notice } from "./finding.ts";

const SENDERS_MAX = 1000;
/** Of a thousand keys each: a look, not a search of everything that was ever kept. */
const ROUNDS_MAX = 200;
const SHOWN_MAX = 3;

/** `wo…` (wecom.md 0.6); `$:LWCP_v1:$…`, which stands where there is no staff id (dingtalk.md 1.2). In lower case, as kept. */
const ENCRYPTED = { wecom: /^wo[\w-]{20,}$/, dingtalk: /^\$:lwcp/i } as const;

export async function examineSenders(examined: Examined, platform: PlatformName): Promise<Finding> {
  const asked = await askRedis(examined, async (redis, tag) => {
    const prefix = tag + keys.person(`${platform}:`);
    const seen = new Set<string>();
    let cursor = "0";
    for (let round = 0; round < ROUNDS_MAX && seen.size < SENDERS_MAX; round++) {
      const [next, found] = await redis.scan(cursor, "MATCH", `${escapeGlob(prefix)}*`, "COUNT", 1000);
      for (const key of found) seen.add(key.slice(prefix.length));
      cursor = next;
      if (cursor === "0") break;
    }
    return [...seen];
  });
  const senders = asked.kind === "answered" ? asked.value : [];
  return judgeSenders(platform, senders, examined.settings.wecom.app !== null);
}

/** `isConverting`: an application asks WeCom for the plain ones. */
function judgeSenders(platform: PlatformName, senders: readonly string[], isConverting: boolean): Finding {
  const name = platform === "wecom" ? "企业微信发言人" : "钉钉发言人";
  const encrypted = senders.filter((id) => ENCRYPTED[platform].test(id));
  if (encrypted.length > 0) {
    const shown = listed(encrypted.slice(0, SHOWN_MAX));
    const seen = `${name}：见过 ${encrypted.length} 个加密的账号（如 ${shown}），认不出也@不到人`;
    return notice(`${seen}；${platform === "wecom" ? mendWecom(isConverting) : MEND_DINGTALK}`);
  }
  if (senders.length > 0) return good(`${name}：见过的 ${senders.length} 个账号没有加密`);
  return good(`${name}：还没有不在站点文件里的人发过言；届时请@机器人发“我是谁”，${SIGN[platform]}`);
}

const SIGN = {
  wecom: "若答的账号是 wo 开头的一长串，说明机器人的创建者不是超级管理员",
  dingtalk: "若答的账号是 $: 开头的一长串，说明应用还没有发布，或此人不是本组织的成员",
} as const;

const MEND_DINGTALK =
  "若是本组织的成员，说明应用还没有发布：钉钉开发者后台 → 应用开发 → 本应用 → 版本管理与发布 → 发布版本，可用范围选全部员工";

function mendWecom(isConverting: boolean): string {
  return isConverting
    ? "请在 企业微信管理后台 → 应用管理 → 自建应用 → 可见范围 里加上他们，账号才能换算"
    : "机器人的创建者不是超级管理员：请由超级管理员重建机器人，或填写自建应用的设置来换算";
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]]/g, "\\$&");
}
