/** What a person said, whatever the platform: the doorway makes it, everybody behind trusts it. */

export type PlatformName = "wecom" | "dingtalk";

/** A way to answer where one message was said, until it expires (wire clock, ms). */
export type AnswerHandle =
  /** An address that came along: WeCom's `response_url`, DingTalk's `sessionWebhook`. */
  | { readonly kind: "address"; readonly url: string; readonly expires: number }
  /** The request under which it came over a socket: whoever holds the socket answers under the same one. */
  | { readonly kind: "request"; readonly request: string; readonly expires: number };

export interface Message {
  readonly platform: PlatformName;
  /** The platform's own message id: the key of "exactly once". */
  readonly id: string;
  /** Group id; null in a one-to-one chat. */
  readonly chat: string | null;
  /** The sender's account, the same with every message; lower case where the platform takes it in any. */
  readonly by: string;
  /** Not of this organisation, or nobody can tell: may ask, not act. */
  readonly outsider: boolean;
  /** What was typed, without the robot's own name. */
  readonly text: string;
  /** The text of the message that was quoted: not every platform tells its id, none its author for certain. */
  readonly quote: string | null;
  /** Ids under which the quoted message may be known (`KnownAs` of an earlier message or line), where the platform tells any. */
  readonly quotes: readonly string[];
  /** The id by which later messages may quote this one; null where the platform tells none. */
  readonly knownAs: string | null;
  /** What came along and is not downloaded, e.g. `["图片", "图片", "文件"]`. */
  readonly attachments: readonly string[];
  readonly answer: AnswerHandle | null;
}

/** The lane that a message waits in: strictly ordered within, parallel across. */
export function conversationOf(message: Pick<Message, "platform" | "chat" | "by">): string {
  return message.chat === null
    ? personalConversation(message.platform, message.by)
    : `${message.platform}:${message.chat}`;
}

/** The one-to-one chat of a person with the desk. */
export function personalConversation(platform: PlatformName, account: string): string {
  return `${platform}:@${account.toLowerCase()}`;
}
