/** DingTalk's opaque ids. Where one stands for something lasting it is derived from it, so that a restart gives the same. */
import { createHash, randomBytes } from "node:crypto";

export function newMsgId(): string {
  return `msg${randomBytes(16).toString("base64")}`;
}

/** The `msgId` of a message that the platform itself made, by the id under which it is shown. */
export function msgIdOf(shownId: string): string {
  return `msg${digest(shownId)}`;
}

export function newQueryKey(): string {
  return randomBytes(33).toString("base64");
}

/** The encrypted id of a person or a robot: nobody can be mentioned by it (dingtalk.md, identity vocabulary). */
export function encryptedId(who: string): string {
  return `$:LWCP_v1:$${digest(who)}`;
}

/** The `conversationId` of a person's one-to-one chat with the robot. */
export function singleConversation(account: string): string {
  return `cid${digest(`single ${account.toLowerCase()}`)}`;
}

function digest(of: string): string {
  return createHash("md5").update(of).digest("base64");
}
