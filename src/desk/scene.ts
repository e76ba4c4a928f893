/** One message and everything that is known about it: what `decide` looks at. */
import type { Message } from "../chat/message.ts";
import type { Calendar } from "../pledge/calendar.ts";
import type { EnterpriseIndex } from "../station/enterprise-index.ts";
import type { Group, Person, Station } from "../station/station.ts";
import type { Intents } from "../understanding/intents.ts";
import type { Understanding } from "../understanding/understanding.ts";
import type { Prompts } from "../words/line.ts";
import type { Who } from "./event.ts";
import type { Known } from "./known.ts";
import type { NamedNumbers } from "./number.ts";
import type { Ticket } from "./ticket.ts";

/** What the files say, and what reads a text: the same for every message until they are reloaded. */
export interface Setting {
  readonly station: Station;
  readonly enterprises: EnterpriseIndex;
  readonly intents: Intents;
  readonly calendar: Calendar;
  readonly prompts: Prompts;
  understand(text: string): Understanding;
  newId(): string;
}

export interface Scene extends Setting {
  readonly message: Message;
  readonly uid: string;
  readonly conversation: string;
  /** Desk clock, ms: when the message was accepted. */
  readonly now: number;
  readonly who: Who;
  /** Null for everybody who is not in the station file. */
  readonly person: Person | null;
  /** Null in a one-to-one chat and in a group that the station file does not list. */
  readonly group: Group | null;
  /** The speaker's enterprise: the group's, else the remembered one. */
  readonly enterprise: string | null;
  /** In what was typed. */
  readonly numbers: NamedNumbers;
  /** In the message that was quoted. */
  readonly quoted: readonly string[];
  readonly known: Known;
}

/** How a speaker is called in tickets and keys. */
export function whoOf(station: Station, { platform, by }: Pick<Message, "platform" | "by">): Who {
  return station.person(platform, by)?.id ?? `${platform}:${by}`;
}

/** The listed group that a ticket lives in; null for a one-to-one chat and an unlisted group. */
export function groupOf(station: Station, { platform, conversation }: Pick<Ticket, "platform" | "conversation">) {
  const chat = conversation.slice(platform.length + 1);
  return chat.startsWith("@") ? null : station.group(platform, chat);
}

/** The account of `who` on a platform; null where there is none, so nobody can be mentioned. */
export function accountOf(station: Station, who: Who, platform: Message["platform"]): string | null {
  const person = station.personById(who);
  if (person) return person.accounts[platform] ?? null;
  return who.startsWith(`${platform}:`) ? who.slice(platform.length + 1) : null;
}
