/** The application's access token (dingtalk.md 3.1). */
import { z } from "zod";
import type { SendOutcome } from "../../chat/outgoing.ts";
import { type AccessToken, type Fetched, openAccessToken } from "../access-token.ts";
import type { Post, Posted } from "../post.ts";
import { redact } from "../redact.ts";
import { codeOf, judgeCode, judgeDelivery, judgeStatus, readAnswer, wordsOf } from "./judge.ts";

export interface AppTokenDeps {
  readonly post: Post;
  readonly apiBase: string;
  readonly appKey: string;
  readonly appSecret: string;
  /** Wire clock, ms. */
  readonly now: () => number;
}

/** Sent as a header: what cannot stand there is no token. */
const granted = z.object({ accessToken: z.string().regex(/^[\x21-\x7e]+$/), expireIn: z.number().positive() });

export function openAppToken({ post, apiBase, appKey, appSecret, now }: AppTokenDeps): AccessToken {
  const url = new URL(`${apiBase}/v1.0/oauth2/accessToken`);
  return openAccessToken(async () => judge(await post(url, { appKey, appSecret }), appSecret), now);
}

function judge(posted: Posted, appSecret: string): Fetched {
  const delivered = judgeDelivery(posted);
  if (delivered.kind !== "answered") return withoutToken(delivered);
  const answer = readAnswer(delivered);
  const { data } = granted.safeParse(answer);
  if (data !== undefined) return { kind: "token", token: data.accessToken, lifeMs: data.expireIn * 1000 };
  const code = codeOf(answer, "code");
  if (answer === null || code === null) return withoutToken(judgeStatus(delivered.status));
  return withoutToken(judgeCode(code, answer, delivered, redact(`${code} ${wordsOf(answer, "message")}`, [appSecret])));
}

/** Without a token no line has left: whatever became of the question, it may be asked again. */
function withoutToken(outcome: SendOutcome): Fetched {
  const reason = "reason" in outcome ? outcome.reason : "";
  switch (outcome.kind) {
    case "pace":
      return outcome;
    case "refused":
      return { kind: "refused", reason: `没有取得钉钉的访问凭证，请核对 AppKey 和 AppSecret：${reason}` };
    default:
      return { kind: "busy", reason: `没有取得钉钉的访问凭证：${reason}` };
  }
}
