/** Where the socket may connect: asked for each time, since a ticket is good once and for 90 seconds (dingtalk.md 2.1). */
import { z } from "zod";
import type { Post } from "../post.ts";
import { redact } from "../redact.ts";
import { codeOf, readAnswer, wordsOf } from "./judge.ts";

export type Invitation =
  /** With its ticket in it: a secret. */
  | { readonly kind: "invited"; readonly url: URL }
  /** An administrator must mend it. */
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };

export interface GatewayDeps {
  readonly post: Post;
  readonly apiBase: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly timeoutMs?: number;
}

export const BOT_TOPIC = "/v1.0/im/bot/messages/get";
const TIMEOUT_MS = 10_000;

const invitation = z.object({ endpoint: z.string(), ticket: z.string().regex(/^\P{Cs}+$/u) });

export function openGateway(deps: GatewayDeps): () => Promise<Invitation> {
  const { post, apiBase, appKey, appSecret, timeoutMs = TIMEOUT_MS } = deps;
  const url = new URL(`${apiBase}/v1.0/gateway/connections/open`);
  const question = {
    clientId: appKey,
    clientSecret: appSecret,
    ua: "bangban",
    // No events: each of them counts against the month's quota (fact 8).
    subscriptions: [{ type: "CALLBACK", topic: BOT_TOPIC }],
  };
  return async () => {
    const posted = await post(url, question, { timeoutMs });
    if (posted.kind !== "answered") return { kind: "failed", reason: posted.reason };
    const { status } = posted;
    const answer = readAnswer(posted);
    if (status >= 200 && status < 300) {
      const { data } = invitation.safeParse(answer);
      const address = data === undefined ? null : addressOf(data);
      return address === null
        ? { kind: "failed", reason: `HTTP ${status}，应答无法识别` }
        : { kind: "invited", url: address };
    }
    const code = codeOf(answer, "code");
    const words = answer === null || code === null ? "" : ` ${code} ${wordsOf(answer, "message")}`;
    const reason = redact(`HTTP ${status}${words}`, [appSecret]);
    // Too many, too slow, a redirect, a fault of theirs: it passes. Any other 4xx is about who we are.
    const isOurs = status >= 400 && status < 500 && status !== 408 && status !== 429;
    return { kind: isOurs && !/Qp[sm]Limit/.test(words) ? "refused" : "failed", reason };
  };
}

function addressOf({ endpoint, ticket }: z.infer<typeof invitation>): URL | null {
  if (!URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  if (url.protocol !== "ws:" && url.protocol !== "wss:") return null;
  url.hash = "";
  url.search += `${url.search === "" ? "?" : "&"}ticket=${encodeURIComponent(ticket)}`;
  return url;
}
