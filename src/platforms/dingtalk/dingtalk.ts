/** DingTalk through the robot of an internal application, by callbacks or over a socket, and the groups' webhooks. */
import { openAnswerUrlCheck } from "../answer-url.ts";
import type { Log, Platform } from "../platform.ts";
import { openPost } from "../post.ts";
import { nameStripper } from "../wording.ts";
import { openAppToken } from "./app-token.ts";
import { openDoorway } from "./doorway.ts";
import { openGateway } from "./gateway.ts";
import type { HearDeps } from "./hear.ts";
import { openSay, type Webhook } from "./say.ts";
import { openSayByApi } from "./say-api.ts";
import { openSayByWebhook } from "./say-webhook.ts";
import { openStream } from "./stream.ts";
import { paces, waysOut } from "./ways.ts";

export interface DingtalkDeps {
  readonly appKey: string;
  readonly appSecret: string;
  readonly robotCode: string;
  /** Display names of the robot, as they stand in a text after "@". */
  readonly robotNames: readonly string[];
  readonly corpId: string | null;
  /** How messages come: one of the two, as it is set up at DingTalk's. */
  readonly mode: "http" | "stream";
  readonly apiBase: string;
  readonly oapiBase: string;
  /** The address of a group's robot by its channel; null where the station file has none (any more). */
  readonly webhookOf: (channel: string) => Webhook | null;
  readonly sendTimeoutMs: number;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
}

const SESSION_PATH = "/robot/sendBySession";

export function openDingtalk(deps: DingtalkDeps): Platform {
  const post = openPost(deps.sendTimeoutMs);
  // A line waits for it under its lease, with time left to be sent.
  const token = openAppToken({ ...deps, post: openPost(deps.sendTimeoutMs / 2) });
  const byWebhook = openSayByWebhook(post);
  const hearing: HearDeps = {
    robotCode: deps.robotCode,
    corpId: deps.corpId,
    stripNames: nameStripper(deps.robotNames),
    isAnswerUrl: openAnswerUrlCheck(deps.oapiBase, SESSION_PATH),
  };
  const { origin, send } = openSay({ ...deps, byWebhook, byApi: openSayByApi({ ...deps, post, token }) });
  const isStream = deps.mode === "stream";
  return {
    name: "dingtalk",
    ways: waysOut,
    paces,
    sockets: isStream ? [openStream({ ...deps, gateway: openGateway({ ...deps, post }), hearing, byWebhook })] : [],
    origin,
    send,
    routes: (ears) => (isStream ? [] : [openDoorway({ ...deps, ...ears, hearing })]),
  };
}
