/** Saying a line, whichever way it goes. */
import assert from "node:assert";
import type { Way } from "../../chat/outgoing.ts";
import { openAddressReader } from "../address.ts";
import type { Platform } from "../platform.ts";
import type { SayByApi } from "./say-api.ts";
import { type SayByWebhook, signed } from "./say-webhook.ts";
import { waysOut } from "./ways.ts";

export interface Webhook {
  readonly url: string;
  /** `SEC…` where the robot wants signatures. */
  readonly secret: string | null;
}

export interface SayDeps {
  readonly byWebhook: SayByWebhook;
  readonly byApi: SayByApi;
  readonly apiBase: string;
  /** The address of a group's robot by its channel; null where the station file has none (any more). */
  readonly webhookOf: (channel: string) => Webhook | null;
  /** Wire clock, ms. */
  readonly now: () => number;
}

export function openSay({ byWebhook, byApi, apiBase, webhookOf, now }: SayDeps): Pick<Platform, "origin" | "send"> {
  const readAddress = openAddressReader();
  const { origin: apiOrigin } = new URL(apiBase);
  const noAddress = { kind: "refused", reason: "没有可用的推送地址" } as const;

  return {
    origin(way) {
      if (way.kind === "answer") return readAddress(way.url)?.origin ?? null;
      if (way.kind === "webhook") return readAddress(webhookOf(way.channel)?.url)?.origin ?? null;
      return way.kind === "thread" ? null : apiOrigin;
    },
    async send(way, utterance) {
      assertSplit(way, utterance.text);
      switch (way.kind) {
        case "answer": {
          const url = readAddress(way.url);
          return url === null ? noAddress : byWebhook(url, way.mention, utterance);
        }
        case "webhook": {
          const webhook = webhookOf(way.channel);
          const url = readAddress(webhook?.url);
          if (webhook === null || url === null) return noAddress;
          return byWebhook(signed(url, webhook.secret, now()), way.mention, utterance, utterance.id);
        }
        case "push":
          if (way.single) return { kind: "refused", reason: "钉钉的群消息接口不能发给个人" };
          return byApi({ group: way.chat }, withNames(utterance.text, way.names));
        case "person":
          return byApi({ person: way.account }, utterance.text);
        case "thread":
          return { kind: "refused", reason: "钉钉没有这种回复方式" };
      }
    },
  };
}

function assertSplit(way: Way, text: string): void {
  if (way.kind === "thread") return;
  const { bytesMax } = waysOut[way.kind];
  assert.ok(Buffer.byteLength(text) <= bytesMax, `a line of more than ${bytesMax} bytes was not split`);
}

/** Nobody's telephone rings; whoever reads it knows at least who is meant. */
function withNames(text: string, names: readonly string[]): string {
  return `${text}${names.map((each) => ` @${each}`).join("")}`;
}
