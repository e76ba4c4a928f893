/** What a person said, whatever the platform: the doorway makes it, everybody behind trusts it. */

export type PlatformName = "wecom" | "dingtalk";

/** A way to answer in the thread of one message: used once, and only until it expires. */
export interface AnswerHandle {
  readonly url: string;
  /** Wire clock, ms. */
  readonly expires: number;
}

export interface Message {
  readonly platform: PlatformName;
  /** The platform's own message id: the key of "exactly once". */
  readonly id: string;
  /** Group id; null in a one-to-one chat. */
  readonly chat: string | null;
  /** The sender's account, lower case. */
  readonly by: string;
  /** What was typed, without the robot's own name. */
  readonly text: string;
  /** The text of the message that was quoted: platforms tell neither its id nor its author. */
  readonly quote: string | null;
  /** What came along and is not downloaded, e.g. `["图片", "图片", "文件"]`. */
  readonly attachments: readonly string[];
  readonly answer: AnswerHandle | null;
}

/** The lane that a message waits in: strictly ordered within, parallel across. */
export function conversationOf(message: Pick<Message, "platform" | "chat" | "by">): string {
  return message.chat === null ? `${message.platform}:@${message.by}` : `${message.platform}:${message.chat}`;
}
