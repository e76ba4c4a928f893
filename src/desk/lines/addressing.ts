/**
 * Which ways a line may go, in the order in which they are tried: desk-practice 6, "Which group a line goes to".
 * What is said to one company never reaches another one's group. What a platform can do is data (chat/outgoing.ts).
 */
import {
  type AnswerHandle,
  conversationOf,
  type Message,
  type PlatformName,
  personalConversation,
} from "../../chat/message.ts";
import { channelOf, isPersonal, type Outgoing, type Way, type Ways } from "../../chat/outgoing.ts";
import type { Group, Station } from "../../station/station.ts";
import { addressees } from "../../words/line.ts";
import { type Calling, callRobot } from "../../words/robot.ts";
import type { Line } from "../decision.ts";
import { accountOf } from "../scene.ts";
import type { Who } from "../ticket/event.ts";
import { shown } from "../ticket/number.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What the desk can do on a platform whose settings are there, and how its robot is called there. */
export interface Speaking {
  readonly ways: Ways;
  readonly robot: string;
}

export type Platforms = ReadonlyMap<PlatformName, Speaking>;

export interface Origin {
  readonly station: Station;
  /** The message that is answered; null for a step of the clock. */
  readonly message: Message | null;
  readonly platforms: Platforms;
}

export function address(line: Line, origin: Origin & { newId(): string }): Outgoing {
  const { audience, text, about, also = [], brief, buttons, patient } = line;
  const { ways, to, mention } = sent(audience, origin);
  const [first] = ways;
  const call = (words: string, way = first) =>
    callRobot(words, robotFor(way, origin), callingOf(way, mention, origin.station)) + namesOn(way, mention, origin);
  const other = first && ways.find((way) => isPersonal(way) !== isPersonal(first));
  return {
    id: origin.newId(),
    to,
    // All of them, so that quoting the line by its id means what quoting its words means.
    about: about === null ? null : [about, ...also].map(shown).join(" "),
    text: call(text),
    ...(other && call(text, other) !== call(text) ? { elsewhere: call(text, other) } : {}),
    ...(buttons === undefined ? {} : { buttons }),
    pings: mention.length > 0,
    urgent: patient !== true,
    merge: brief === undefined ? null : { key: mention.join(","), line: call(brief) },
    ways,
    notice: false,
  };
}

function sent(audience: Line["audience"], origin: Origin): { to: string; mention: readonly Who[]; ways: Way[] } {
  switch (audience.kind) {
    case "answer":
      return {
        to: origin.message ? conversationOf(origin.message) : "",
        mention: [],
        ways: origin.message ? answerWays(origin, origin.message) : [],
      };
    case "group": {
      const { ticket, mention } = audience;
      return { to: ticket.conversation, mention, ways: groupWays(origin, ticket, mention) };
    }
    case "helpers":
      return { to: audience.mention.join(","), mention: audience.mention, ways: amongStaff(origin, audience.mention) };
    case "leaders": {
      const { platform, chat } = audience.group;
      return { to: `${platform}:${chat}`, mention: [], ways: chatWays(origin, platform, chat, []) };
    }
    case "alone": {
      const { person } = audience;
      return { to: person, mention: [person], ways: oneToOne(origin, person, null) };
    }
    case "staff":
      return {
        to: audience.person,
        mention: [audience.person],
        ways: staffWays(origin, audience.person, audience.ticket, audience.home ?? null),
      };
  }
}

/** Whether a line to the asker of this ticket has any way at all, when nothing of the asker's is being answered. */
export function hasWayToAsker({ station, platforms }: Omit<Origin, "message">, ticket: Ticket): boolean {
  return groupWays({ station, platforms, message: null }, ticket, [ticket.asker]).length > 0;
}

/** Whether somebody of the station can be spoken to outside the companies' groups. */
export function hasWayAmongStaff({ station, platforms }: Omit<Origin, "message">, person: string): boolean {
  const origin = { station, platforms, message: null };
  return oneToOne(origin, person, null).length > 0 || amongStaff(origin, [person]).length > 0;
}

/** Whether the desk's own ways lead into the group that a ticket is of. */
export function hasWayIntoGroup({ station, platforms }: Omit<Origin, "message">, ticket: Ticket): boolean {
  const chat = ticket.conversation.slice(ticket.platform.length + 1);
  return !chat.startsWith("@") && chatWays({ station, platforms, message: null }, ticket.platform, chat, []).length > 0;
}

/** Whether somebody of the station can be mentioned, or is found one-to-one, where a ticket lives. */
export function isReachedAt({ station }: Pick<Origin, "station">, person: string, { platform }: Ticket): boolean {
  return accountOf(station, person, platform) !== null;
}

function answerWays(origin: Origin, message: Message): Way[] {
  const { platform, chat, by } = message;
  const into = chat === null ? personWays(origin, platform, by) : chatWays(origin, platform, chat, []);
  return [...handleWays(origin, message), ...into];
}

/** In the thread of a message. */
function handleWays({ platforms }: Origin, message: Message): Way[] {
  const { platform, answer } = message;
  const ways = platforms.get(platform)?.ways;
  const conversation = conversationOf(message);
  if (answer?.kind === "address" && ways?.answer) {
    return [addressWay(platform, ways.answer.lane, conversation, answer, [])];
  }
  if (answer?.kind === "request" && ways?.thread) {
    const { request, expires } = answer;
    return [{ kind: "thread", channel: channelOf(platform, ways.thread.lane, conversation), request, expires }];
  }
  return [];
}

/** Owner and asker stay where the ticket lives; only what cannot be said there goes to the person, and staff have a group of their own. */
function groupWays(origin: Origin, ticket: Ticket, mention: readonly Who[]): Way[] {
  const { platform, conversation } = ticket;
  const chat = conversation.slice(platform.length + 1);
  const inGroup = chat.startsWith("@")
    ? []
    : [...freshWays(origin, ticket, mention), ...chatWays(origin, platform, chat, mention)];
  const [only, ...others] = mention;
  const alone = only !== undefined && others.length === 0 ? oneToOne(origin, only, platform) : [];
  const staffOnly = mention.every((who) => origin.station.personById(who) !== null);
  return [...inGroup, ...alone, ...(staffOnly ? amongStaff(origin, mention) : [])];
}

/** The address that came with a message from the ticket's group, where it carries more than one line and mentions people. */
function freshWays({ message, platforms, station }: Origin, ticket: Ticket, mention: readonly Who[]): Way[] {
  if (message?.answer?.kind !== "address" || conversationOf(message) !== ticket.conversation) return [];
  const able = platforms.get(ticket.platform)?.ways.answer;
  if (!able?.mentions || able.once) return [];
  const accounts = accountsOn(station, ticket.platform, mention);
  return [addressWay(ticket.platform, able.lane, ticket.conversation, message.answer, accounts)];
}

/** Into a group, whoever has spoken there. */
export function chatWays(
  { station, platforms }: Origin,
  platform: PlatformName,
  chat: string,
  mention: readonly Who[],
): Way[] {
  const ways = platforms.get(platform)?.ways;
  if (!ways) return [];
  const webhook = station.group(platform, chat)?.channel ?? null;
  const found: Way[] = [];
  if (ways.webhook && webhook !== null) {
    found.push({ kind: "webhook", channel: webhook, mention: accountsOn(station, platform, mention) });
  }
  if (ways.push) {
    const names = mention.flatMap((who) => station.personById(who)?.name ?? []);
    const channel = channelOf(platform, ways.push.lane, `${platform}:${chat}`);
    found.push({ kind: "push", channel, chat, single: false, names });
  }
  return found;
}

/**
 * One-to-one; else among staff; in the ticket's group only where there is no group of theirs. Leaders among leaders, and
 * never where a company reads along.
 */
function staffWays(origin: Origin, person: string, ticket: Ticket | null, home: string | null): Way[] {
  const { station } = origin;
  const spokenOn = [...origin.platforms.keys()].find((platform) => home?.startsWith(`${platform}:`));
  const alone = oneToOne(origin, person, spokenOn ?? ticket?.platform ?? null);
  const atHome = ({ platform, chat }: Group) => home === `${platform}:${chat}`;
  const isHome = station.leadersGroups.some(atHome);
  if (isHome || station.personById(person)?.role === "leader") {
    const groups = [...station.leadersGroups].sort((a, b) => Number(atHome(b)) - Number(atHome(a)));
    const amongLeaders = groups.flatMap(({ platform, chat }) => chatWays(origin, platform, chat, [person]));
    if (isHome) return [...amongLeaders, ...alone];
    return [...alone, ...(amongLeaders.length > 0 ? amongLeaders : amongStaff(origin, [person]))];
  }
  const among = amongStaff(origin, [person]);
  const chat = ticket === null ? "@" : ticket.conversation.slice(ticket.platform.length + 1);
  if (among.length > 0 || ticket === null || chat.startsWith("@")) return [...alone, ...among];
  return [...alone, ...chatWays(origin, ticket.platform, chat, [person])];
}

/** Where they are themselves, before where colleagues only read of them. */
function amongStaff(origin: Origin, mention: readonly Who[]): Way[] {
  const missing = ({ platform }: Group) => mention.length - accountsOn(origin.station, platform, mention).length;
  const groups = [...origin.station.helpersGroups].sort((a, b) => missing(a) - missing(b));
  return groups.flatMap(({ platform, chat }) => chatWays(origin, platform, chat, mention));
}

/** On the ticket's platform, else on another where this person has an account. */
export function oneToOne(origin: Origin, who: Who, preferred: PlatformName | null): Way[] {
  const names = [...origin.platforms.keys()].sort((a, b) => Number(b === preferred) - Number(a === preferred));
  return names.flatMap((platform) => {
    const account = accountOf(origin.station, who, platform);
    return account === null ? [] : personWays(origin, platform, account);
  });
}

function personWays({ platforms }: Origin, platform: PlatformName, account: string): Way[] {
  const ways = platforms.get(platform)?.ways;
  const found: Way[] = [];
  const channel = (lane: string) => channelOf(platform, lane, personalConversation(platform, account));
  if (ways?.person) found.push({ kind: "person", channel: channel(ways.person.lane), account });
  if (ways?.push?.singles) {
    found.push({ kind: "push", channel: channel(ways.push.lane), chat: account, single: true, names: [] });
  }
  return found;
}

function addressWay(
  platform: PlatformName,
  lane: string,
  conversation: string,
  { url, expires }: AnswerHandle & { kind: "address" },
  mention: readonly string[],
): Way {
  return { kind: "answer", channel: channelOf(platform, lane, conversation), url, expires, mention };
}

function accountsOn(station: Station, platform: PlatformName, mention: readonly Who[]): string[] {
  return mention.flatMap((who) => accountOf(station, who, platform) ?? []);
}

/** Staff who cannot be mentioned there, since they have no account: written, where the way does not write names itself. */
function namesOn(way: Way | undefined, mention: readonly Who[], { station }: Origin): string {
  if (way === undefined || (way.kind !== "webhook" && way.kind !== "answer")) return "";
  const platform = platformOf(way);
  const unmentioned = mention.filter((who) => accountOf(station, who, platform) === null);
  return addressees(unmentioned.flatMap((who) => station.personById(who)?.name ?? []));
}

function platformOf({ channel }: Way): PlatformName {
  return channel.slice(0, channel.indexOf(":")) as PlatformName;
}

/** Called as it is called where the line will most likely be read. */
function robotFor(way: Way | undefined, { platforms, message }: Origin): string {
  const platform = way ? platformOf(way) : message?.platform;
  const [any] = platforms.values();
  return (platform && platforms.get(platform)?.robot) ?? any?.robot ?? "";
}

function callingOf(way: Way | undefined, mention: readonly Who[], station: Station): Calling {
  if (way === undefined || !isPersonal(way)) return "in-group";
  return mention.some((who) => station.personById(who) !== null) ? "one-to-one-by-number" : "one-to-one";
}
