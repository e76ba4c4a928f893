/** What becomes of something that was well signed. */
import type { Message } from "../../chat/message.ts";

export interface HeardMessage {
  readonly kind: "message";
  readonly message: Message;
  /** The sender as WeCom writes it: an encrypted id tells capitals from small letters. */
  readonly sender: string;
  /** Something an administrator may want to know of a message that is taken all the same. */
  readonly warning: string | null;
}

/** Well formed, and nothing for the desk. */
export interface Dropped {
  readonly kind: "drop";
  readonly reason: string;
}

export interface Malformed {
  readonly kind: "malformed";
}

export function drop(reason: string): Dropped {
  // What a reason quotes came from outside.
  return { kind: "drop", reason: reason.slice(0, 100) };
}
