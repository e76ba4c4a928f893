/** One message and everything that is known about it: what `decide` looks at. */
import type { Message } from "../chat/message.ts";
import type { Calendar } from "../pledge/calendar.ts";
import type { Load } from "../station/duty.ts";
import type { EnterpriseIndex } from "../station/enterprise-index.ts";
import type { Group, Person, Station } from "../station/station.ts";
import type { Intents } from "../understanding/intents.ts";
import type { Understanding } from "../understanding/understanding.ts";
import type { Prompts } from "../words/line.ts";
import type { Known } from "./known.ts";
import type { Platforms } from "./lines/addressing.ts";
import type { Who } from "./ticket/event.ts";
import type { NamedNumbers } from "./ticket/number.ts";

/** What the files say, and what reads a text: the same for every message until they are reloaded. */
export interface Setting {
  readonly station: Station;
  readonly enterprises: EnterpriseIndex;
  readonly intents: Intents;
  readonly calendar: Calendar;
  readonly prompts: Prompts;
  /** Platforms whose settings are there, and what the desk can do on each. */
  readonly platforms: Platforms;
  /** What the helpers have to do already; nobody anything where it is not said. */
  readonly load?: Load;
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
export function whoOf(station: Station, message: Pick<Message, "platform" | "by" | "outsider">): Who {
  return speakerOf(station, message)?.id ?? `${message.platform}:${message.by}`;
}

/** The person of the station file who speaks; nobody of another organisation is, whatever the account says. */
export function speakerOf(
  station: Station,
  { platform, by, outsider }: Pick<Message, "platform" | "by" | "outsider">,
): Person | null {
  return outsider ? null : station.person(platform, by);
}

/** The account of `who` on a platform; null where there is none, so nobody can be mentioned. */
export function accountOf(station: Station, who: Who, platform: Message["platform"]): string | null {
  const person = station.personById(who);
  if (person) return person.accounts[platform] ?? null;
  return who.startsWith(`${platform}:`) ? who.slice(platform.length + 1) : null;
}
