/**
 * Which ways a line may go, in the order in which they are tried: desk-practice 6, "Which group a line goes to".
 * What is said to one company never reaches another one's group.
 */
import { conversationOf, type Message, type PlatformName } from "../chat/message.ts";
import { answerChannel, type Outgoing, type Way } from "../chat/outgoing.ts";
import type { Group, Station } from "../station/station.ts";
import type { Line } from "./decision.ts";
import type { Who } from "./event.ts";
import { shown } from "./number.ts";
import { accountOf, groupOf } from "./scene.ts";
import type { Ticket } from "./ticket.ts";

export interface Origin {
  readonly station: Station;
  /** The message that is answered; null for a step of the clock. */
  readonly message: Message | null;
  /** Platforms whose settings are there. */
  readonly platforms: ReadonlySet<PlatformName>;
  newId(): string;
}

export function address({ audience, text, about, brief }: Line, origin: Origin): Outgoing {
  const base = { id: origin.newId(), about: about === null ? null : shown(about), text, urgent: true, notice: false };
  switch (audience.kind) {
    case "answer":
      return { ...base, to: answeredConversation(origin), pings: false, merge: null, ways: answerWays(origin) };
    case "group": {
      const { ticket, mention } = audience;
      const merge = brief === undefined ? null : { key: mention.join(","), line: brief };
      const ways = groupWays(origin, ticket, mention);
      return { ...base, to: ticket.conversation, pings: mention.length > 0, merge, ways };
    }
    case "staff":
      return {
        ...base,
        to: audience.person,
        pings: true,
        merge: null,
        ways: staffWays(origin, audience.person, audience.ticket),
      };
  }
}

function answeredConversation({ message }: Origin): string {
  return message ? conversationOf(message) : "";
}

function answerWays(origin: Origin): Way[] {
  const { message, station } = origin;
  if (!message) return [];
  const ways: Way[] = [];
  if (message.answer) {
    ways.push({ kind: "answer", channel: answerChannel(message.platform, conversationOf(message)), ...message.answer });
  }
  const group = message.chat === null ? null : station.group(message.platform, message.chat);
  return [...ways, ...webhookWay(origin, group, [])];
}

function groupWays(origin: Origin, ticket: Ticket, mention: readonly Who[]): Way[] {
  const own = webhookWay(origin, groupOf(origin.station, ticket), mention);
  // A group without a webhook, or a one-to-one chat: staff still hear of it among themselves; the company is answered in the thread.
  const staffOnly = mention.every((who) => origin.station.personById(who) !== null);
  return staffOnly ? [...own, ...amongStaff(origin, mention)] : own;
}

function staffWays(origin: Origin, person: string, ticket: Ticket | null): Way[] {
  const among = amongStaff(origin, [person]);
  if (among.length > 0) return among;
  return ticket ? webhookWay(origin, groupOf(origin.station, ticket), [person]) : [];
}

function amongStaff(origin: Origin, mention: readonly Who[]): Way[] {
  return origin.station.helpersGroups.flatMap((group) => webhookWay(origin, group, mention));
}

function webhookWay({ station, platforms }: Origin, group: Group | null, mention: readonly Who[]): Way[] {
  if (!group?.channel || !platforms.has(group.platform)) return [];
  const accounts = mention.flatMap((who) => accountOf(station, who, group.platform) ?? []);
  return [{ kind: "webhook", channel: group.channel, mention: accounts }];
}
