/** Somebody says something: it is shown, and where the robot is meant there is a body to tell it with. */
import type { Chats } from "../chats.ts";
import type { Shown } from "../history.ts";
import type { Troubles } from "../trouble.ts";
import { type CallbackBody, messageBody, type Robot } from "./callback.ts";
import { type Directory, roomOf, type SandboxPerson } from "./directory.ts";
import { encryptedId, newMsgId } from "./ids.ts";
import type { Known } from "./known.ts";
import type { Quoted, QuoteShape } from "./quote.ts";
import { SESSION_PATH } from "./receiving.ts";
import type { Sessions } from "./sessions.ts";

export interface Spoke {
  readonly chat: string | null;
  readonly by: string;
  readonly text: string;
  readonly quote?: string | null;
  readonly shape?: QuoteShape;
  readonly richText?: boolean;
  readonly images?: number;
  readonly msgId: string;
}

export interface SpeakingParts {
  readonly robot: Robot;
  readonly directory: Directory;
  readonly chats: Chats;
  readonly known: Known;
  readonly sessions: Sessions;
  readonly troubles: Troubles;
  readonly origin: () => string;
  readonly now: () => number;
}

export interface Speaking {
  speak(spoke: Spoke): {
    readonly message: Shown;
    readonly msgId: string;
    /** Null: the robot is not told, for the reason beside it. */
    readonly body: CallbackBody | null;
    readonly unheard: "not-mentioned" | "robot-removed" | null;
  };
}

export function openSpeaking(parts: SpeakingParts): Speaking {
  const { robot, directory, chats, known, sessions, troubles, origin, now } = parts;

  const whyUnheard = (chat: string | null, text: string): "not-mentioned" | "robot-removed" | null => {
    if (chat === null) return null;
    if (!directory.hasRobot(chat)) return "robot-removed";
    // Un-@-ed talk of a group is read by everybody but the robot (dingtalk.md 0.1).
    return text.includes(`@${robot.name}`) ? null : "not-mentioned";
  };

  const quotedFrom = (room: string, quote: string): { readonly quoted: Quoted; readonly quoting: string | null } => {
    const found = chats.find(room, quote);
    if (found !== undefined) {
      const text = found.text === "" ? "[图片]" : directory.readable(room, found.text);
      return { quoted: known.asQuoted(found, text), quoting: found.id };
    }
    // Words from before anybody here remembers, by somebody.
    const senderId = encryptedId("somebody");
    const facts = { msgId: newMsgId(), processQueryKey: null, title: null, createdAt: now() };
    return { quoted: { ...facts, text: quote, senderId, senderNick: "" }, quoting: null };
  };

  return {
    speak({ chat, by, text, quote = null, shape = "text", richText = false, images = 0, msgId }) {
      const group = chat === null ? null : directory.group(chat);
      if (group === undefined) throw new Error(`no such group: ${chat}`);
      const person: SandboxPerson = directory.person(by) ?? { account: by, name: by, groups: [] };
      const room = roomOf(chat, person.account);
      const quotation = quote === null ? null : quotedFrom(room, quote);
      const unheard = whyUnheard(chat, text);
      const mentioned = chat === null ? [] : directory.namedIn(chat, text);
      const message = chats.show(room, {
        from: person.account,
        kind: "text",
        text,
        images,
        heard: unheard === null,
        quoting: quotation?.quoting ?? null,
        quote: quotation?.quoted.text ?? null,
      });
      known.note(message.id, { msgId });
      if (unheard !== null) return { message, msgId, body: null, unheard };
      const { session, expires } = sessions.issue(room, message.id, now());
      const spoken = {
        msgId,
        group,
        by: person,
        text,
        mentioned,
        images,
        richText,
        quote: quotation === null ? null : { quoted: quotation.quoted, shape },
        at: now(),
        session: { url: `${origin()}${SESSION_PATH}?session=${session}`, expires },
      };
      const isOverQuota = troubles.next("callback", [chat]) === "quota";
      return { message, msgId, body: messageBody(robot, spoken, isOverQuota), unheard };
    },
  };
}
