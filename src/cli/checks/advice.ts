/** What to do about what a platform answered, by its code (wecom.md 3.2, 4.7; dingtalk.md 3.7). Pure. */
import type { PlatformName } from "../../chat/message.ts";

const WECOM_WEBHOOK = "群设置 → 消息推送 → 添加，把新的 Webhook 地址填入站点文件 groups 里这个群的 webhook";
const WECOM_APP = "企业微信管理后台 → 应用管理 → 自建 → 本应用";
const DINGTALK_WEBHOOK = "群设置 → 机器人 → 添加，把新的 Webhook 地址填入站点文件 groups 里这个群的 webhook";
const DINGTALK_APP = "钉钉开发者后台 → 应用开发 → 本应用";
const DINGTALK_KEYS = `请从 ${DINGTALK_APP} → 凭证与基础信息 重抄 DINGTALK_APP_KEY 和 DINGTALK_APP_SECRET`;
const DINGTALK_ROBOT_CODE = `DINGTALK_ROBOT_CODE 不是本应用的机器人，或机器人还没有发布：请从 ${DINGTALK_APP} → 应用能力 → 机器人 重抄（内部应用与 AppKey 相同，可以留空），并在「版本管理与发布」发布`;
const DINGTALK_PERMISSION = `应用没有发消息的权限：${DINGTALK_APP} → 权限管理 → 申请 qyapi_robot_sendmsg（企业内机器人发送消息）→ 版本管理与发布 → 发布版本`;
const DINGTALK_QUOTA = "本组织本月的接口调用次数已用完：请到钉钉管理后台购买或升级专业版，或等到下月";
const DINGTALK_NOT_HERE = `机器人不在这个群，或群编号不对：请在群设置 → 机器人 里添加本应用的机器人，再在群里@它发“本群编号”核对 groups 的 chat`;
const OWN_FAULT = "这是程序的问题，请把这一行报告给维护者";

const WECOM: readonly (readonly [codes: readonly string[], advice: string])[] = [
  [["40001"], `WECOM_APP_SECRET 不对：请从 ${WECOM_APP} → Secret → 查看 重抄`],
  [["40013"], "WECOM_CORP_ID 不对：请从 企业微信管理后台 → 我的企业 → 企业信息 → 企业ID 重抄"],
  [["40091"], "WECOM_CORP_ID 与 WECOM_APP_SECRET 不是同一家企业的，请核对"],
  [["40056", "301002"], `WECOM_AGENT_ID 与 WECOM_APP_SECRET 不是同一个应用的：请从 ${WECOM_APP} 的详情页重抄 AgentId`],
  [["60011"], `应用无权使用：请在 ${WECOM_APP} → 可见范围 里加上要用到的人`],
  [["40003", "60111", "81013"], "账号不对或不在应用的可见范围内：请核对站点文件 people 里的 wecom，须是通讯录里的账号"],
  [["93000"], `webhook 无效，或消息推送已被移出这个群：${WECOM_WEBHOOK}`],
  [["93004"], "消息推送已被停用：请群主在 群设置 → 消息推送 里重新启用，或另建一个"],
  [["93008"], `消息推送不在这个群里了：${WECOM_WEBHOOK}`],
  [["45009", "45033"], "一分钟内超过了 20 条：请等一分钟再试；别的程序也在用这个 webhook 的，请给它另建一个"],
  [["40058"], "内容不被接受：多半是被@的账号写法不对，请核对站点文件 people 里的 wecom"],
  [["40008", "44004"], OWN_FAULT],
  [["-1"], "企业微信正忙，请稍后再试"],
];

const DINGTALK: readonly (readonly [codes: readonly string[], advice: string])[] = [
  [["invalidClientIdOrSecret", "InvalidAuthentication", "40014", "40089", "42001"], DINGTALK_KEYS],
  [["AccessTokenPermissionDenied", "60011", "88"], DINGTALK_PERMISSION],
  [["ApiCountLimitForOrg", "90020"], DINGTALK_QUOTA],
  [["QpsLimitForAppkeyAndApi", "QpsLimitForApi", "QpmLimitForAppkeyAndApi", "90018", "90002"], "调用太快，请稍后再试"],
  [["robotCode.auth", "robotCode.empty", "robotCode.notExsit", "robotCode.invalid"], DINGTALK_ROBOT_CODE],
  [["invalid.openConversationId", "miss.openConversationId", "resource.not.found", "400106"], DINGTALK_NOT_HERE],
  [["conversation.org.notMatch"], "这个群不属于本组织：机器人只能用在本组织的内部群，请换一个群"],
  [["group.disbanded", "400013"], "这个群已经解散：请从站点文件 groups 里删去"],
  [["bot.stopped", "400102"], "机器人已被停用：请群主在 群设置 → 机器人 里重新启用"],
  [["400101"], `webhook 的 access_token 无效：${DINGTALK_WEBHOOK}`],
  [["400105"], OWN_FAULT],
  [
    ["300001", "session.expired", "session.notExisted"],
    "填的是临时的会话地址（sendBySession），约一个半小时后失效：请改填群机器人的 Webhook 地址（/robot/send）",
  ],
  [
    ["410100", "130101", "send.too.fast"],
    "一分钟内超过了 20 条，会停发约十分钟：请稍后再试；别的程序不要再用这个 webhook",
  ],
  [["33012"], "账号不在本组织：请核对站点文件 people 里的 dingtalk，须是通讯录里的 userId"],
  [["contain.notAllowed.text", "contain.notAllowed.content", "contain.unsafe.url"], "内容被钉钉审核拦下，请换一种写法"],
  [["40035", "43004", "43005"], OWN_FAULT],
];

/** 310000 says in words which of the robot's three security settings was not met. */
const DINGTALK_SECURITY: readonly (readonly [RegExp, string])[] = [
  [
    /keyword|关键词/i,
    "机器人限定了关键词：请在 群设置 → 机器人 → 安全设置 里改选“加签”，并把密钥填入 groups 里这个群的 secret",
  ],
  [/timestamp|时间/i, "签名的时间不对：请开启本机的时间同步（NTP）"],
  [
    /sign|签名|加签/i,
    "加签的密钥不对：请从 群设置 → 机器人 → 安全设置 重抄 SEC 开头的密钥，填入 groups 里这个群的 secret",
  ],
  [/\bip\b|白名单/i, "机器人限定了 IP：请在 群设置 → 机器人 → 安全设置 里加上本机的出口 IP"],
];

/** `reason`: a code and its words, as the outcome of a send has them. Null: nothing that we know better than they. */
export function adviceOn(platform: PlatformName, reason: string): string | null {
  if (hasCode(reason, "60020") || hasCode(reason, "IpNotInWhiteList")) return trustAdvice(platform, reason);
  if (platform === "dingtalk" && hasCode(reason, "310000")) {
    const said = DINGTALK_SECURITY.find(([pattern]) => pattern.test(reason));
    return said?.[1] ?? "群机器人的安全设置没有满足：请在 群设置 → 机器人 → 安全设置 里选“加签”，并把密钥填入 secret";
  }
  const known = platform === "wecom" ? WECOM : DINGTALK;
  const advice = known.find(([codes]) => codes.some((code) => hasCode(reason, code)))?.[1] ?? null;
  return advice === DINGTALK_PERMISSION ? withScopes(advice, reason) : advice;
}

/** The code and its words alone, for a line that says itself what they mean. */
export function plainReason(reason: string): string {
  return /（([^（）]+)）$/.exec(reason)?.[1] ?? reason;
}

/** An IP address that the platform saw is the one to be entered, whatever this machine believes of itself. */
function trustAdvice(platform: PlatformName, reason: string): string {
  const ip = /(?:from ip|request ip|ip)\W{0,3}(\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:]+)/i.exec(reason)?.[1];
  const which = ip === undefined ? "本机的出口 IP" : `本机的出口 IP ${ip}`;
  return platform === "wecom"
    ? `请把${which} 填进 ${WECOM_APP} → 企业可信IP`
    : `请把${which} 填进 ${DINGTALK_APP} → 安全设置 → 服务器出口IP`;
}

function withScopes(advice: string, reason: string): string {
  const scopes = /缺少权限 (.+?) ，/.exec(reason)?.[1];
  return scopes === undefined ? advice : advice.replace("qyapi_robot_sendmsg（企业内机器人发送消息）", `${scopes} `);
}

/** A code stands at the beginning or behind a colon or a bracket, one of words also behind the dots of a longer one. */
function hasCode(reason: string, code: string): boolean {
  const before = /^-?\d+$/.test(code) ? "[：（(]" : "[：（(.]";
  const escaped = code.replaceAll(".", "\\.");
  return new RegExp(`(?:^|${before}|HTTP \\d{3} )${escaped}(?![\\w.])`).test(reason);
}
