/** Who is in which group of the imitated organisation, and which webhook key leads there. Maps only: a station has 3,500 groups. */

export interface SandboxGroup {
  readonly chat: string;
  readonly name: string;
  /** Null: nobody has added a push robot (消息推送) to this group. */
  readonly webhookKey: string | null;
}

export interface SandboxPerson {
  readonly account: string;
  readonly name: string;
  /** Chats. */
  readonly groups: readonly string[];
  /** False: outside the visible range (可见范围) of the application. */
  readonly visible?: boolean;
}

export interface Directory {
  addGroup(group: SandboxGroup): void;
  addPerson(person: SandboxPerson): void;
  group(chat: string): SandboxGroup | undefined;
  chatOfKey(key: string): string | undefined;
  /** Takes the push robot out of a group: its key is dead from then on. */
  removeWebhook(chat: string): void;
  person(account: string): SandboxPerson | undefined;
  people(): SandboxPerson[];
  /** Of the ids asked for, the accounts of those who are members: the others' telephones stay silent (wecom.md 3.2). */
  membersAmong(chat: string, ids: readonly string[]): string[];
  /** Accounts in a text written `<@userid>`, members only. */
  mentionedIn(chat: string, text: string): string[];
  /** The text as it is read on a screen: `<@sun.san>` is shown as the member's name. */
  readable(chat: string, text: string): string;
}

const MENTION = /<@([^<>\s]{1,64})>/g;

export function openDirectory(): Directory {
  const groups = new Map<string, SandboxGroup>();
  const keys = new Map<string, string>();
  const people = new Map<string, SandboxPerson>();
  /** chat → lower-case ids: WeCom takes a userid in any case. */
  const members = new Map<string, Set<string>>();

  const member = (chat: string, id: string): SandboxPerson | undefined =>
    members.get(chat)?.has(id.toLowerCase()) ? people.get(id.toLowerCase()) : undefined;

  const dropKey = (chat: string): void => {
    const key = groups.get(chat)?.webhookKey;
    if (typeof key === "string" && keys.get(key) === chat) keys.delete(key);
  };

  const membersAmong = (chat: string, ids: readonly string[]): string[] => {
    const wanted = ids.includes("@all") ? [...(members.get(chat) ?? [])] : ids;
    return [...new Set(wanted.flatMap((id) => member(chat, id)?.account ?? []))];
  };

  return {
    addGroup(group) {
      dropKey(group.chat);
      groups.set(group.chat, group);
      // A key belongs to the group it was made in; a station file that names it twice changes nothing about that.
      if (group.webhookKey !== null && !keys.has(group.webhookKey)) keys.set(group.webhookKey, group.chat);
    },
    addPerson(person) {
      const id = person.account.toLowerCase();
      for (const chat of people.get(id)?.groups ?? []) members.get(chat)?.delete(id);
      people.set(id, person);
      for (const chat of person.groups) {
        const here = members.get(chat) ?? new Set();
        members.set(chat, here.add(id));
      }
    },
    group: (chat) => groups.get(chat),
    chatOfKey: (key) => keys.get(key),
    removeWebhook: dropKey,
    person: (account) => people.get(account.toLowerCase()),
    people: () => [...people.values()],
    membersAmong,
    mentionedIn: (chat, text) =>
      membersAmong(
        chat,
        [...text.matchAll(MENTION)].flatMap((match) => match[1] ?? []).filter((id) => id !== "@all"),
      ),
    readable: (chat, text) =>
      text.replace(MENTION, (whole, id: string) => {
        const found = member(chat, id);
        return found === undefined ? whole : `@${found.name}`;
      }),
  };
}
