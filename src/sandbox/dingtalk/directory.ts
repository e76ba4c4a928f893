/** Who is in which group of the imitated organisation, and which robot webhooks lead there. */
import { idsIn, replaceIds } from "./mentions.ts";

export interface SandboxGroup {
  /** The `conversationId`. */
  readonly chat: string;
  readonly name: string;
  /** `access_token` of the group's robot webhook; null: nobody has set one up. */
  readonly webhookToken: string | null;
  /** `SEC…`, where the webhook is signed. */
  readonly secret?: string | null;
}

export interface SandboxPerson {
  /** The staff id. */
  readonly account: string;
  readonly name: string;
  /** Chats. */
  readonly groups: readonly string[];
  /** Not of this organisation: the robot is not told a staff id, and nobody can be mentioned without one. */
  readonly outsider?: boolean;
}

/** `stopped`: it was there and was taken out. */
export type Webhook = { readonly chat: string; readonly secret: string | null } | "stopped" | "unknown";

export interface Directory {
  /** Also brings back a robot that was taken out of the group. */
  addGroup(group: SandboxGroup): void;
  addPerson(person: SandboxPerson): void;
  group(chat: string): SandboxGroup | undefined;
  person(account: string): SandboxPerson | undefined;
  webhook(token: string): Webhook;
  removeWebhook(chat: string): void;
  removeRobot(chat: string): void;
  hasRobot(chat: string): boolean;
  /** Of the staff ids asked for, the accounts of members, whatever the case: the others' telephones stay silent. */
  membersAmong(chat: string, ids: readonly string[]): string[];
  members(chat: string): string[];
  /** Those whose id or name stands in a text behind an @. */
  namedIn(chat: string, text: string): SandboxPerson[];
  /** The text as it is read on a screen: `@user-1001` is shown as the member's name. */
  readable(chat: string, text: string): string;
}

/** The chat under which a one-to-one conversation with the robot is shown. */
export function roomOf(chat: string | null, by: string): string {
  return chat ?? `@${by}`;
}

export function openDirectory(): Directory {
  const groups = new Map<string, SandboxGroup>();
  const webhooks = new Map<string, Webhook>();
  const people = new Map<string, SandboxPerson>();
  /** chat → lower-case staff ids */
  const membersOf = new Map<string, Set<string>>();
  const withoutRobot = new Set<string>();

  const member = (chat: string, id: string): SandboxPerson | undefined =>
    membersOf.get(chat)?.has(id.toLowerCase()) ? people.get(id.toLowerCase()) : undefined;

  const peopleIn = (chat: string): SandboxPerson[] =>
    [...(membersOf.get(chat) ?? [])].flatMap((id) => people.get(id) ?? []);

  const removeWebhook = (chat: string): void => {
    const token = groups.get(chat)?.webhookToken;
    if (typeof token === "string") webhooks.set(token, "stopped");
  };

  return {
    addGroup(group) {
      const before = groups.get(group.chat)?.webhookToken;
      if (typeof before === "string" && before !== group.webhookToken) webhooks.set(before, "stopped");
      groups.set(group.chat, group);
      withoutRobot.delete(group.chat);
      const { chat, webhookToken, secret = null } = group;
      if (webhookToken === null) return;
      const known = webhooks.get(webhookToken);
      // A token belongs to the group it was made in; a station file that names it twice changes nothing about that.
      if (typeof known === "object" && known.chat !== chat) return;
      webhooks.set(webhookToken, { chat, secret });
    },
    addPerson(person) {
      const id = person.account.toLowerCase();
      for (const chat of people.get(id)?.groups ?? []) membersOf.get(chat)?.delete(id);
      people.set(id, person);
      for (const chat of person.groups) {
        const here = membersOf.get(chat) ?? new Set();
        membersOf.set(chat, here.add(id));
      }
    },
    group: (chat) => groups.get(chat),
    person: (account) => people.get(account.toLowerCase()),
    webhook: (token) => webhooks.get(token) ?? "unknown",
    removeWebhook,
    removeRobot: (chat) => void withoutRobot.add(chat),
    hasRobot: (chat) => !withoutRobot.has(chat),
    membersAmong(chat, ids) {
      const found = ids.flatMap((id) => member(chat, id) ?? []);
      return [...new Set(found.filter(({ outsider }) => outsider !== true).map(({ account }) => account))];
    },
    members: (chat) => peopleIn(chat).map(({ account }) => account),
    namedIn(chat, text) {
      const ids = idsIn(text);
      return peopleIn(chat).filter(({ account, name }) => ids.has(account.toLowerCase()) || text.includes(`@${name}`));
    },
    readable: (chat, text) =>
      replaceIds(text, (id) => {
        const name = member(chat, id)?.name;
        return name === undefined ? null : `@${name}`;
      }),
  };
}
