/** The cards that an application sent, and the codes with which each may be changed once (wecom.md 4.4). */
import { randomBytes } from "node:crypto";
import type { Chats } from "../../chats.ts";
import type { Shown } from "../../history.ts";
import { singleChat } from "../rooms.ts";
import type { AppPayload } from "./payloads.ts";

/** Who changes a card: its buttons grey with one word on them, or all of it anew. */
export type CardChange = { readonly replaceName: string } | Pick<AppPayload, "text" | "card">;

export interface Cards {
  isKnown(task: string): boolean;
  /** Where a card was shown, by account in lower case. */
  sent(task: string, shown: ReadonlyMap<string, Shown>): void;
  /** A code for this card; each stands for one change, within 72 hours. */
  issue(task: string, now: number): string;
  look(code: string, now: number): { readonly task: string } | "used" | "unknown";
  burn(code: string): void;
  /** Changes the card of those among `accounts` who have it (null: of everybody), and tells who has not. */
  change(task: string, accounts: readonly string[] | null, change: CardChange): string[];
  /** A restart has forgotten to whom a card went; a click names one of them. */
  clicked(by: string, message: Shown, task: string, key: string): void;
}

const CODE_LIFE_MS = 72 * 3_600_000;

export function openCards(chats: Chats): Cards {
  const places = new Map<string, Map<string, Shown>>();
  const codes = new Map<string, { task: string; issued: number; used: boolean }>();

  const changed = (message: Shown, change: CardChange): Shown => {
    const now = chats.find(message.chat, message.id) ?? message;
    if (!("replaceName" in change)) return chats.change(now, { text: change.text, card: change.card });
    const card = now.card === null ? null : { ...now.card, replaced: change.replaceName };
    return chats.change(now, { card });
  };

  const placesOf = (task: string): Map<string, Shown> => {
    const found = places.get(task) ?? new Map<string, Shown>();
    places.set(task, found);
    return found;
  };

  return {
    isKnown: (task) => places.has(task),
    sent(task, shown) {
      for (const [account, message] of shown) placesOf(task).set(account.toLowerCase(), message);
    },
    issue(task, now) {
      const code = randomBytes(24).toString("base64url");
      codes.set(code, { task, issued: now, used: false });
      return code;
    },
    look(code, now) {
      const found = codes.get(code);
      if (found === undefined || now - found.issued > CODE_LIFE_MS) return "unknown";
      return found.used ? "used" : found;
    },
    burn(code) {
      const found = codes.get(code);
      if (found !== undefined) found.used = true;
    },
    change(task, accounts, change) {
      const here = placesOf(task);
      const wanted = accounts ?? [...here.keys()];
      return wanted.filter((account) => {
        const message = here.get(account.toLowerCase());
        if (message === undefined) return true;
        changed(message, change);
        return false;
      });
    },
    clicked(by, message, task, key) {
      if (message.card !== null) chats.change(message, { card: { ...message.card, pressed: key } });
      placesOf(task).set(by.toLowerCase(), message);
    },
  };
}

/** The message that somebody presses a button of. Throws where there is no such button to press. */
export function pressable(chats: Chats, by: string, messageId: string, key: string): { message: Shown; task: string } {
  const message = chats.find(singleChat(by), messageId);
  const card = message?.card ?? null;
  if (message === undefined || card === null || card.task === null) throw new Error(`${by} has no card ${messageId}`);
  if (card.replaced !== null) throw new Error(`the buttons are grey: ${card.replaced}`);
  if (!card.buttons.some((button) => button.key === key)) throw new Error(`no button ${key}`);
  return { message, task: card.task };
}
