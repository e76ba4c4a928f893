/** The ways by which messages come and answers go, each proven for itself: data. */
import type { PlatformName } from "../../src/chat/message.ts";

/** How many lines of the desk may be shown in any such span, by the platform's own rule. */
export interface Bound {
  readonly from: "bot" | "webhook" | "app";
  /** In each chat, or in all of them together. */
  readonly per: "chat" | "all";
  readonly most: number;
  readonly spanMs: number;
}

export interface WayThrough {
  readonly name: string;
  readonly platform: PlatformName;
  readonly by: "callback" | "socket" | "app" | "http" | "stream";
  /** People speak to the robot alone, and not in groups. */
  readonly alone: boolean;
  readonly webhooks: boolean;
  /** DingTalk's sessions live; where they have ended, everything goes by the application's interfaces. */
  readonly sessions: boolean;
  readonly bounds: readonly Bound[];
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** wecom.md 2.7 and 4.3; dingtalk.md 4 and fact 8. */
const wecomWebhook: Bound = { from: "webhook", per: "chat", most: 20, spanMs: MINUTE };
const minuteAndHour = (from: "bot" | "app"): Bound[] => [
  { from, per: "chat", most: 30, spanMs: MINUTE },
  { from, per: "chat", most: 1000, spanMs: HOUR },
];
const dingtalkRobot: Bound = { from: "bot", per: "chat", most: 20, spanMs: MINUTE };
const perSecond: Bound = { from: "bot", per: "all", most: 20, spanMs: 1000 };

const inGroups = { alone: false, webhooks: true, sessions: true };

export const WAYS: readonly WayThrough[] = [
  { ...inGroups, name: "企业微信 回调", platform: "wecom", by: "callback", bounds: [wecomWebhook] },
  {
    ...inGroups,
    name: "企业微信 长连接",
    platform: "wecom",
    by: "socket",
    bounds: [...minuteAndHour("bot"), wecomWebhook],
  },
  {
    ...inGroups,
    name: "企业微信 长连接，无推送地址",
    platform: "wecom",
    by: "socket",
    webhooks: false,
    bounds: minuteAndHour("bot"),
  },
  {
    name: "企业微信 自建应用",
    platform: "wecom",
    by: "app",
    alone: true,
    webhooks: false,
    sessions: false,
    bounds: minuteAndHour("app"),
  },
  { ...inGroups, name: "钉钉 HTTP", platform: "dingtalk", by: "http", bounds: [dingtalkRobot] },
  { ...inGroups, name: "钉钉 Stream", platform: "dingtalk", by: "stream", bounds: [dingtalkRobot] },
  {
    ...inGroups,
    name: "钉钉 群消息接口",
    platform: "dingtalk",
    by: "stream",
    webhooks: false,
    sessions: false,
    bounds: [dingtalkRobot, perSecond],
  },
  {
    name: "钉钉 单聊接口",
    platform: "dingtalk",
    by: "stream",
    alone: true,
    webhooks: false,
    sessions: false,
    bounds: [perSecond],
  },
];
