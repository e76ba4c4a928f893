/** WeCom through the AI bot's callback and the groups' push webhooks (wecom.md 0, 2, 3.2). */
import type { Log, Platform } from "../platform.ts";
import { openPost } from "../post.ts";
import { openDoorway } from "./doorway.ts";
import { openSay, waysOut } from "./say.ts";

export interface WecomDeps {
  readonly token: string;
  readonly aesKey: string;
  /** Null: messages of any bot that signs with our token are taken. */
  readonly botId: string | null;
  /** Display names of the bot, as they stand in a text after "@". */
  readonly botNames: readonly string[];
  readonly corpId: string | null;
  readonly apiBase: string;
  /** The address of a group's push robot by its channel; null where the station file has none (any more). */
  readonly webhookOf: (channel: string) => string | null;
  readonly sendTimeoutMs: number;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
}

export function openWecom(deps: WecomDeps): Platform {
  const { origin, send } = openSay({ post: openPost(deps.sendTimeoutMs), webhookOf: deps.webhookOf });
  return {
    name: "wecom",
    ways: waysOut,
    // WeCom takes 20 a minute (91770); two are left for clocks that disagree, two more for urgent lines (design.md 2).
    paces: [{ kind: "wecom:webhook", sends: 18, reserved: 2, windowMs: 60_000 }],
    origin,
    send,
    routes: (hearing) => openDoorway({ ...deps, ...hearing }),
  };
}
