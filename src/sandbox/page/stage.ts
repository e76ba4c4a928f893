/**
 * An imitated platform as the page sees it. Both are fitted to this, each in a file of its own, so that nobody on the
 * page asks which of them it is.
 */
import type { PlatformName } from "../../chat/message.ts";
import type { Chats } from "../chats.ts";

/** What the page can have a platform do, in the order in which it is offered. The words for each are the page's. */
export const SITUATIONS = ["normal", "busy", "rate", "removed", "silent", "html", "refused"] as const;
export type Situation = (typeof SITUATIONS)[number];

export interface StageGroup {
  readonly chat: string;
  readonly name: string;
  /** Null: nobody has added a robot that pushes into this group. */
  readonly webhook: { readonly url: string; readonly secret: string | null } | null;
}

export interface StagePerson {
  readonly account: string;
  readonly name: string;
  /** Chats. */
  readonly groups: readonly string[];
}

/** What became of something that a person did, on its way to the desk. */
export interface Fate {
  readonly delivered: boolean;
  readonly reason: string | null;
  readonly attempts: number;
  /** The message that was shown for it, or the card that was pressed; null where there is none. */
  readonly message: string | null;
}

export interface Words {
  /** A group, or the one-to-one chat of whoever speaks. */
  readonly chat: string;
  readonly by: string;
  readonly text: string;
  /** The id of a message shown in this chat. */
  readonly quote: string | null;
}

/** Of a button that is there and not grey. */
export interface Press {
  readonly by: string;
  readonly message: string;
  readonly key: string;
}

export interface Stage extends Pick<Chats, "sent" | "find" | "onMessage"> {
  readonly platform: PlatformName;
  /** As it is called behind an @. */
  readonly robot: string;
  /** Both bring back what was shown before a restart. */
  addGroup(group: StageGroup): Promise<void>;
  addPerson(person: StagePerson): Promise<void>;
  nameOf(account: string): string;
  /** A text as it stands on a screen: ids of members become their names. */
  readable(chat: string, text: string): string;
  /** In lower case, the ids that are written into a text as mentions. The names of others are put behind it. */
  writtenIn(text: string): ReadonlySet<string>;
  canQuote(chat: string): boolean;
  picture(md5: string): Promise<Buffer | null>;
  say(words: Words): Promise<Fate>;
  press(press: Press): Promise<Fate>;
  situation(): Situation;
  imitate(situation: Situation): Promise<void>;
  onClose(listener: () => void): void;
}

/** The one-to-one chat of somebody with this platform's application or robot. */
export function singleChatOf(account: string): string {
  return `@${account}`;
}

/** Null: a group. */
export function accountOfSingle(chat: string): string | null {
  return chat.startsWith("@") ? chat.slice(1) : null;
}
