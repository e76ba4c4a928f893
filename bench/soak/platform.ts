/** The imitated platform of one way, with everybody in it, and how one speaks there. */

import { openDingtalkServer } from "../../src/sandbox/dingtalk-server.ts";
import { memoryHistory, type Shown } from "../../src/sandbox/history.ts";
import { openWecomServer } from "../../src/sandbox/wecom-server.ts";
import { BURST, chatOf, clerkOf, HELPERS, helperOf } from "./station.ts";
import type { WayThrough } from "./ways.ts";

const AES_KEY = `${"s".repeat(42)}A`;
const BOT = { id: "aibSOAK", name: "小帮手", token: "soakToken", aesKey: AES_KEY, secret: "soak-secret" };
const APP = { corpId: "wwSOAK", agentId: 1000002, secret: "app-secret", token: "appToken", aesKey: AES_KEY };
const ROBOT = { appKey: "dingsoak", appSecret: "soak", robotCode: "dingsoak", name: "小帮手", corpId: "dingsoakcorp" };

/** Nobody delivers again because this machine was busy: what is proven is that nothing needs to be. */
const PATIENCE_MS = 30_000;

export interface Platform {
  /** The settings of a desk of this way. */
  readonly environment: Readonly<Record<string, string>>;
  webhookOf(nth: number): string;
  pointAt(deskUrl: string): void;
  /** In a group, or alone with the robot for null. Resolves when the desk has taken it. */
  say(chat: string | null, by: string, text: string): Promise<void>;
  readonly violations: readonly unknown[];
  sent(room: string): readonly Shown[];
  onMessage(listener: (message: Shown) => void): () => void;
  /** Whether the desk can be spoken to. */
  isConnected(): boolean;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly way: WayThrough;
  /** Groups, or people where everybody comes alone. */
  readonly count: number;
  readonly now: () => number;
}

export function openPlatform(options: PlatformOptions): Promise<Platform> {
  return options.way.platform === "wecom" ? openWecom(options) : openDingtalk(options);
}

async function openWecom({ way, count, now }: PlatformOptions): Promise<Platform> {
  const server = await openWecomServer({
    deskUrl: "http://127.0.0.1",
    bot: BOT,
    app: APP,
    mode: way.by === "socket" ? "socket" : "callback",
    history: memoryHistory(),
    now,
    redeliverAfterMs: PATIENCE_MS,
  });
  for (let n = 0; n < count; n++) {
    const chat = chatOf("wecom", n);
    await server.addGroup({ chat, name: chat, webhookKey: way.webhooks ? `key${n}` : null });
  }
  addEverybody(way, count, server.addPerson);
  return {
    ...server,
    environment: {
      WECOM_API_BASE: server.origin,
      WECOM_WS_URL: server.wsUrl,
      ...(way.by === "app" ? {} : { WECOM_BOT_ID: BOT.id, WECOM_BOT_NAME: BOT.name }),
      ...(way.by === "callback" ? { WECOM_BOT_TOKEN: BOT.token, WECOM_BOT_AES_KEY: BOT.aesKey } : {}),
      ...(way.by === "socket" ? { WECOM_BOT_SECRET: BOT.secret } : {}),
      ...(way.by === "app"
        ? {
            WECOM_CORP_ID: APP.corpId,
            WECOM_AGENT_ID: String(APP.agentId),
            WECOM_APP_SECRET: APP.secret,
            WECOM_APP_TOKEN: APP.token,
            WECOM_APP_AES_KEY: APP.aesKey,
          }
        : {}),
    },
    webhookOf: (nth) => server.webhookUrl(chatOf("wecom", nth)),
    violations: server.violations,
    async say(chat, by, text) {
      const said =
        chat === null
          ? await server.sayToApp({ by, text })
          : await server.say({ chat, by, text: `@${BOT.name} ${text}` });
      mustBeTaken(said);
    },
    isConnected: () => way.by !== "socket" || server.connections() > 0,
  };
}

async function openDingtalk({ way, count, now }: PlatformOptions): Promise<Platform> {
  const server = await openDingtalkServer({
    deskUrl: "http://127.0.0.1",
    robot: ROBOT,
    mode: way.by === "stream" ? "stream" : "http",
    history: memoryHistory(),
    now,
    answerWithinMs: PATIENCE_MS,
    // Ended as soon as it is told: the desk looks at the time that stands beside the address.
    ...(way.sessions ? {} : { sessionLifeMs: 1 }),
  });
  for (let n = 0; n < count; n++) {
    const chat = chatOf("dingtalk", n);
    await server.addGroup({ chat, name: chat, webhookToken: way.webhooks ? `token${n}` : null });
  }
  addEverybody(way, count, server.addPerson);
  return {
    ...server,
    environment: {
      DINGTALK_APP_KEY: ROBOT.appKey,
      DINGTALK_APP_SECRET: ROBOT.appSecret,
      DINGTALK_ROBOT_CODE: ROBOT.robotCode,
      DINGTALK_ROBOT_NAME: ROBOT.name,
      DINGTALK_CORP_ID: ROBOT.corpId,
      DINGTALK_MODE: way.by,
      DINGTALK_API_BASE: server.origin,
      DINGTALK_OAPI_BASE: server.origin,
    },
    webhookOf: (nth) => server.webhookUrl(chatOf("dingtalk", nth)),
    violations: server.violations,
    async say(chat, by, text) {
      mustBeTaken(await server.say({ chat, by, text: chat === null ? text : `@${ROBOT.name} ${text}` }));
    },
    isConnected: () => way.by !== "stream" || server.connections() > 0,
  };
}

/** Helpers are in the groups of their companies; whoever speaks in a group need not be known there. */
function addEverybody(
  { platform, alone }: WayThrough,
  count: number,
  add: (person: { account: string; name: string; groups: string[] }) => void,
): void {
  for (const helper of HELPERS) {
    const groups: string[] = [];
    for (let n = BURST; n < count; n++) if (helperOf(n) === helper) groups.push(chatOf(platform, n));
    add({ account: helper, name: helper, groups });
  }
  add({ account: "chief", name: "chief", groups: [] });
  if (alone) for (let n = 0; n < count; n++) add({ account: clerkOf(n), name: clerkOf(n), groups: [] });
}

function mustBeTaken({ delivered, reason }: { readonly delivered: boolean; readonly reason: string | null }): void {
  if (!delivered) throw new Error(`the desk did not take a message: ${reason}`);
}
