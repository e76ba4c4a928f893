/** Saying a line: in the thread by `response_url` (wecom.md 2.5), into the group by its push webhook (3.2). */
import assert from "node:assert";
import { z } from "zod";
import type { Capability, SendOutcome, Utterance, Way } from "../../chat/outgoing.ts";
import type { Platform } from "../platform.ts";
import type { Post, Posted } from "../post.ts";

/** The AI bot cannot mention anybody (2.8), and only answers; the webhook is what rings (3.2). */
export const waysOut = {
  answer: { mentions: false, pushes: false, bytesMax: 20_480, once: true, dedupes: false },
  webhook: { mentions: true, pushes: true, bytesMax: 2048, once: false, dedupes: false },
} as const satisfies Record<Way["kind"], Capability>;

export interface SayDeps {
  readonly post: Post;
  readonly webhookOf: (channel: string) => string | null;
}

/** Over the limit WeCom wants a minute of silence (3.2). */
const REST_MS = 60_000;
const REASON_LENGTH_MAX = 300;

const answerSchema = z.object({ errcode: z.int(), errmsg: z.string().catch("") });

export function openSay({ post, webhookOf }: SayDeps): Pick<Platform, "origin" | "send"> {
  // Asked for its origin and then sent to: parsed once.
  let last: { address: string; url: URL | null } = { address: "", url: null };
  const addressOf = (way: Way): URL | null => {
    const address = way.kind === "answer" ? way.url : webhookOf(way.channel);
    if (address === null) return null;
    if (address !== last.address) last = { address, url: readAddress(address) };
    return last.url;
  };
  return {
    origin: (way) => addressOf(way)?.origin ?? null,
    async send(way, utterance) {
      const { bytesMax } = waysOut[way.kind];
      assert.ok(Buffer.byteLength(utterance.text) <= bytesMax, `a line of more than ${bytesMax} bytes was not split`);
      const url = addressOf(way);
      if (url === null) return { kind: "refused", reason: "没有可用的推送地址" };
      return judgePosted(await post(url, payload(way, utterance)), url);
    },
  };
}

function readAddress(address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === "https:" || url.protocol === "http:" ? url : null;
}

/** The text as it is: WeCom writes the "@name" itself where somebody is mentioned. */
function payload(way: Way, { text, mention }: Utterance): unknown {
  if (way.kind === "answer") return { msgtype: "markdown", markdown: { content: text } };
  const mentioned = mention.length > 0 ? { mentioned_list: mention } : {};
  return { msgtype: "text", text: { content: text, ...mentioned } };
}

/** design.md 2, "The two lanes", column out. */
function judgePosted(posted: Posted, url: URL): SendOutcome {
  if (posted.kind === "unreached") return { kind: "busy", reason: `连接不上：${posted.reason}` };
  if (posted.kind === "unanswered") return { kind: "doubt", reason: `已发出，没有应答：${posted.reason}` };
  const { status, body } = posted;
  if (status >= 500) return { kind: "busy", reason: `HTTP ${status}` };
  if (status === 429) return { kind: "pace", restMs: REST_MS, reason: "HTTP 429" };
  // A 3xx too: whoever redirects is not WeCom, and we do not carry a secret address after him.
  if (status < 200 || status >= 300) return { kind: "refused", reason: `HTTP ${status}` };
  const answer = readAnswer(body);
  // WeCom answers 200 with JSON, whatever it thinks (3.2). A page came from somebody between us (a proxy, a portal),
  // who may have passed the line on all the same.
  if (answer === null) return { kind: "doubt", reason: `HTTP ${status}，应答无法识别` };
  if (answer.errcode === 0) return { kind: "sent" };
  return judgeCode(answer.errcode, redact(`${answer.errcode} ${answer.errmsg}`, url));
}

function judgeCode(errcode: number, reason: string): SendOutcome {
  switch (errcode) {
    case -1:
      return { kind: "busy", reason };
    case 45009:
    case 45033:
      return { kind: "pace", restMs: REST_MS, reason };
    default:
      return { kind: "refused", reason };
  }
}

function readAnswer(body: string | null): z.infer<typeof answerSchema> | null {
  if (body === null) return null;
  try {
    return answerSchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/** A reason is shown to people and kept: the key and the response_code, which an errmsg may repeat, are not. */
function redact(reason: string, url: URL): string {
  let shown = reason.replace(/\b(key|response_code|access_token)=[^&\s,]*/gi, "$1=***");
  for (const secret of url.searchParams.values()) {
    if (secret.length >= 4) shown = shown.replaceAll(secret, "***");
  }
  return shown.slice(0, REASON_LENGTH_MAX);
}
