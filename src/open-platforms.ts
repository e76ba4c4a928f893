/** The platforms whose settings are there, each opened once, and how the desk is called on it. */
import type { Redis } from "ioredis";
import type { PlatformName } from "./chat/message.ts";
import type { Platforms } from "./desk/lines/addressing.ts";
import { SEND_TIMEOUT_MS } from "./lanes/outbox.ts";
import { DEFAULT_BOT_NAME } from "./platform-settings.ts";
import { openDingtalk } from "./platforms/dingtalk/dingtalk.ts";
import type { Log, Platform } from "./platforms/platform.ts";
import { openWecom } from "./platforms/wecom/wecom.ts";
import type { Settings } from "./settings.ts";
import type { Webhook } from "./station/station.ts";
import { keys } from "./store/keys.ts";

export interface PlatformsDeps {
  readonly redis: Redis;
  readonly tag: string;
  readonly webhookOf: (channel: string) => Webhook | null;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** A converted account may change hands one day. */
const OPEN_ID_KEPT_S = 30 * 86_400;

export function openPlatforms(settings: Settings, deps: PlatformsDeps): ReadonlyMap<PlatformName, Platform> {
  const { redis, tag, webhookOf, now, log } = deps;
  const { bot, app, corpId, apiBase, wsUrl } = settings.wecom;
  const { robot, apiBase: dingtalkApi, oapiBase } = settings.dingtalk;
  const common = { webhookOf, sendTimeoutMs: SEND_TIMEOUT_MS, now, log };
  const opened: Platform[] = [];
  if (bot || app) {
    const openIds = {
      get: (openId: string) => redis.get(tag + keys.openId(openId)),
      async put(openId: string, userId: string) {
        await redis.set(tag + keys.openId(openId), userId, "EX", OPEN_ID_KEPT_S);
      },
    };
    opened.push(openWecom({ bot, app, corpId, apiBase, wsUrl, openIds, ...common }));
  }
  if (robot) {
    const { names, ...keysOfRobot } = robot;
    opened.push(openDingtalk({ ...keysOfRobot, robotNames: names, apiBase: dingtalkApi, oapiBase, ...common }));
  }
  return new Map(opened.map((platform) => [platform.name, platform]));
}

/** What the desk needs to know of them to address a line. */
export function speakingOf(platforms: ReadonlyMap<PlatformName, Platform>, settings: Settings): Platforms {
  const names = { wecom: settings.wecom.bot?.names, dingtalk: settings.dingtalk.robot?.names };
  return new Map(
    [...platforms.values()].map(({ name, ways }) => [name, { ways, robot: names[name]?.[0] ?? DEFAULT_BOT_NAME }]),
  );
}
