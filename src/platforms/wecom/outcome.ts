/** What became of a line, from what WeCom answered (wecom.md 2.9, 3.2, 4.7; design.md 2, "The two lanes"). Pure. */
import { z } from "zod";
import type { SendOutcome } from "../../chat/outgoing.ts";
import type { Posted } from "../post.ts";
import { redact } from "../redact.ts";

/** Over the limit WeCom wants a minute of silence (3.2). */
const REST_MS = 60_000;

/** What an administrator can do about it, where the number tells: it is read in the outbox. */
const ADVICE: ReadonlyMap<number, string> = new Map([[60020, "请把本机出口 IP 加入“企业可信IP”"]]);

const answerSchema = z.looseObject({ errcode: z.int(), errmsg: z.string().catch("") });
export type WecomAnswer = z.infer<typeof answerSchema>;

/** What a POST came to: WeCom's own answer, or an outcome because there is none. */
export type Read = { readonly kind: "read"; readonly answer: WecomAnswer } | Exclude<SendOutcome, { kind: "sent" }>;

export function readPosted(posted: Posted): Read {
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
  return { kind: "read", answer };
}

/** `secrets`: what an errmsg may repeat and a reason, which people are shown, must not. */
export function judgeAnswer(
  { errcode, errmsg }: Pick<WecomAnswer, "errcode" | "errmsg">,
  secrets: Iterable<string>,
): Exclude<SendOutcome, { kind: "doubt" }> {
  if (errcode === 0) return { kind: "sent" };
  const advice = ADVICE.get(errcode);
  const reason = redact(`${errcode} ${advice === undefined ? "" : `${advice}：`}${errmsg}`, secrets);
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

function readAnswer(body: string | null): WecomAnswer | null {
  if (body === null) return null;
  try {
    return answerSchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
