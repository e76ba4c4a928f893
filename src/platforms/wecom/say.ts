/**
 * Saying a line, by whichever way: at the `response_url` (wecom.md 2.5) and by a group's push webhook (3.2) here, over
 * the long connection in socket/, to one person in app/.
 */
import assert from "node:assert";
import { createHash } from "node:crypto";
import {
  type Capability,
  type SendOutcome,
  SOCKET_LANE,
  type Utterance,
  type Way,
  type WayKind,
} from "../../chat/outgoing.ts";
import { openAddressReader } from "../address.ts";
import type { Platform } from "../platform.ts";
import type { Post } from "../post.ts";
import { judgeAnswer, readPosted } from "./outcome.ts";

/** What the names behind a pushed line may take of it. */
export const NAMES_BYTES_MAX = 1024;
/** A picture before it is written as base64 (3.2). */
const PICTURE_BYTES_MAX = 2 << 20;
/** What the mark behind a line to a person takes of it (app/twin.ts). */
export const TWIN_BYTES = 48;

const plain = { mentions: false, once: false, dedupes: false, buttons: false, pictures: false, singles: false };

/** The AI bot cannot mention anybody (2.8); the webhook is what rings (3.2), and an application's message (4.3). */
export const waysOut = {
  answer: { ...plain, lane: "answer", bytesMax: 20_480, once: true },
  // The same request and the same stream id: it replaces itself on the screen (2.7).
  thread: { ...plain, lane: SOCKET_LANE, bytesMax: 20_480, dedupes: true },
  push: { ...plain, lane: SOCKET_LANE, bytesMax: 20_480 - NAMES_BYTES_MAX, singles: true },
  webhook: { ...plain, lane: "webhook", bytesMax: 2048, mentions: true, pictures: true },
  person: { ...plain, lane: "person", bytesMax: 2048 - TWIN_BYTES, mentions: true, dedupes: true, buttons: true },
} as const satisfies Record<WayKind, Capability>;

/** A way that is neither an address nor a webhook, as it is set up. */
export interface Voice<W extends Way> {
  readonly origin: string;
  say(way: W, utterance: Utterance): Promise<SendOutcome>;
}

export interface SayDeps {
  readonly post: Post;
  readonly webhookOf: (channel: string) => { readonly url: string } | null;
  readonly socket: Voice<ThreadOrPush> | null;
  readonly app: Voice<ToPerson> | null;
}

export type ThreadOrPush = Extract<Way, { kind: "thread" | "push" }>;
export type ToPerson = Extract<Way, { kind: "person" }>;
type ByAddress = Extract<Way, { kind: "answer" | "webhook" }>;

export function openSay({ post, webhookOf, socket, app }: SayDeps): Pick<Platform, "origin" | "send"> {
  const readAddress = openAddressReader();
  const addressOf = (way: ByAddress): URL | null =>
    readAddress(way.kind === "answer" ? way.url : webhookOf(way.channel)?.url);
  const sayAtAddress = async (way: ByAddress, utterance: Utterance): Promise<SendOutcome> => {
    const url = addressOf(way);
    if (url === null) return { kind: "refused", reason: "没有可用的推送地址" };
    if ((utterance.picture?.length ?? 0) > PICTURE_BYTES_MAX) return { kind: "refused", reason: "图片超过 2 MB" };
    const read = readPosted(await post(url, payload(way, utterance)));
    return read.kind === "read" ? judgeAnswer(read.answer, url.searchParams.values()) : read;
  };
  return {
    origin(way) {
      if (way.kind === "thread" || way.kind === "push") return socket?.origin ?? null;
      if (way.kind === "person") return app?.origin ?? null;
      return addressOf(way)?.origin ?? null;
    },
    async send(way, utterance) {
      const { bytesMax } = waysOut[way.kind];
      assert.ok(Buffer.byteLength(utterance.text) <= bytesMax, `a line of more than ${bytesMax} bytes was not split`);
      if (way.kind === "thread" || way.kind === "push") return socket?.say(way, utterance) ?? OFF;
      if (way.kind === "person") return app?.say(way, utterance) ?? OFF;
      return sayAtAddress(way, utterance);
    },
  };
}

/** The bytes themselves and their MD5, before they are written as base64 (3.2). */
function pictureBody(picture: Uint8Array): unknown {
  const base64 = Buffer.from(picture).toString("base64");
  return { msgtype: "image", image: { base64, md5: createHash("md5").update(picture).digest("hex") } };
}

/** A line may wait longer than a setting lives. */
const OFF: SendOutcome = { kind: "refused", reason: "这条途径未启用" };

/** The text as it is: WeCom writes the "@name" itself where somebody is mentioned. */
function payload(way: ByAddress, { text, picture }: Utterance): unknown {
  if (picture !== undefined) return pictureBody(picture);
  if (way.kind === "answer") return { msgtype: "markdown", markdown: { content: text } };
  const mentioned = way.mention.length > 0 ? { mentioned_list: way.mention } : {};
  return { msgtype: "text", text: { content: text, ...mentioned } };
}
