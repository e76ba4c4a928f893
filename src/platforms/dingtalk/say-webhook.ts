/** A line by an address: the one that came with a message (dingtalk.md 1.6), or the group's own (4). Both can mention. */
import type { SendOutcome, Utterance } from "../../chat/outgoing.ts";
import type { Post } from "../post.ts";
import { redact } from "../redact.ts";
import { codeOf, judgeCode, judgeDelivery, judgeStatus, readAnswer, wordsOf } from "./judge.ts";
import { signatureOf } from "./signature.ts";

/** Plain text: only there is a mention blue and can be tapped, in markdown it is grey (1.6). */
export function textBody(text: string, mention: readonly string[]) {
  if (mention.length === 0) return { msgtype: "text", text: { content: text } };
  // The client puts the person's name where "@id" stands.
  const content = `${text}${mention.map((account) => ` @${account}`).join("")}`;
  return { msgtype: "text", text: { content }, at: { atUserIds: mention } };
}

export type SayByWebhook = (
  url: URL,
  mention: readonly string[],
  utterance: Pick<Utterance, "text">,
  /** Under which the address drops what it has had. */
  msgUuid?: string,
) => Promise<SendOutcome>;

export function openSayByWebhook(post: Post): SayByWebhook {
  return async (url, mention, { text }, msgUuid) => {
    const delivered = judgeDelivery(
      await post(url, { ...textBody(text, mention), ...(msgUuid === undefined ? {} : { msgUuid }) }),
    );
    if (delivered.kind !== "answered") return delivered;
    const answer = readAnswer(delivered);
    const code = codeOf(answer, "errcode");
    // 200 even where it failed (1.6): the status speaks only where there is no code.
    if (answer === null || code === null) return judgeStatus(delivered.status);
    if (code === "0") return { kind: "sent" };
    return judgeCode(
      code,
      answer,
      delivered,
      redact(`${code} ${wordsOf(answer, "errmsg")}`, url.searchParams.values()),
    );
  };
}

/** A robot with a secret wants every call signed with the time of it. `now`: wire clock, ms. */
export function signed(url: URL, secret: string | null, now: number): URL {
  if (secret === null) return url;
  const signedUrl = new URL(url);
  const timestamp = String(now);
  signedUrl.searchParams.set("timestamp", timestamp);
  signedUrl.searchParams.set("sign", signatureOf(secret, timestamp));
  return signedUrl;
}
