/** By which ids the platform knows what is shown: `msgId`, and the key of what came through the OpenAPI. */
import { decodeTime } from "ulid";
import type { Shown } from "../history.ts";
import { encryptedId, msgIdOf } from "./ids.ts";
import type { Quoted } from "./quote.ts";

interface Facts {
  readonly msgId?: string;
  readonly processQueryKey?: string;
  readonly title?: string | null;
}

export interface Known {
  note(shownId: string, facts: Facts): void;
  /** `text`: as it is read on the screen. */
  asQuoted(message: Shown, text: string): Quoted;
}

/** Not kept across a restart: a message from before it is then quoted like one from a webhook, without its key. */
const REMEMBERED_MAX = 10_000;

export function openKnown(
  robot: { readonly robotCode: string; readonly name: string },
  nameOf: (account: string) => string,
): Known {
  const facts = new Map<string, Facts>();

  const author = (message: Shown): { readonly senderId: string; readonly senderNick: string } => {
    switch (message.from) {
      case "bot":
        return { senderId: encryptedId(robot.robotCode), senderNick: robot.name };
      case "webhook":
        return { senderId: encryptedId(`webhook ${message.chat}`), senderNick: "群机器人" };
      default:
        return { senderId: encryptedId(message.from.toLowerCase()), senderNick: nameOf(message.from) };
    }
  };

  return {
    note(shownId, more) {
      facts.set(shownId, more);
      const [oldest] = facts.keys();
      if (facts.size > REMEMBERED_MAX && oldest !== undefined) facts.delete(oldest);
    },
    asQuoted(message, text) {
      const { msgId = msgIdOf(message.id), processQueryKey = null, title = null } = facts.get(message.id) ?? {};
      // The id carries the wire clock, as `createdAt` does; what stands beside the message is the desk's.
      return { msgId, processQueryKey, title, createdAt: decodeTime(message.id), text, ...author(message) };
    },
  };
}
