/** The imitated WeCom, fitted to the page: groups hear through the AI bot, one-to-one through the application. */
import type { Outcome } from "../wecom/delivery.ts";
import type { WecomServer } from "../wecom-server.ts";
import { openSituations } from "./situations.ts";
import { accountOfSingle, type Fate, type Stage, singleChatOf } from "./stage.ts";

const WRITTEN = /<@([^<>\s]{1,64})>/g;

export function openWecomStage(server: WecomServer): Stage {
  return {
    platform: "wecom",
    robot: server.botName,
    sent: server.sent,
    find: server.find,
    onMessage: server.onMessage,
    addGroup: ({ chat, name, webhook }) =>
      server.addGroup({ chat, name, webhookKey: webhook && new URL(webhook.url).searchParams.get("key") }),
    async addPerson(person) {
      server.addPerson(person);
      await server.restore(singleChatOf(person.account));
    },
    nameOf: server.nameOf,
    readable: server.readable,
    writtenIn: (text) => new Set([...text.matchAll(WRITTEN)].map(([, id = ""]) => id.toLowerCase())),
    // An application is told nothing of what a message quotes (wecom.md 4.1).
    canQuote: (chat) => accountOfSingle(chat) === null,
    picture: server.history.picture,
    async say({ chat, by, text, quote }) {
      if (accountOfSingle(chat) === null) return fateOf(await server.say({ chat, by, text, quote }));
      return fateOf(await server.sayToApp({ by, text }));
    },
    press: async ({ by, message, key }) => fateOf(await server.clickCard({ by, messageId: message, key })),
    ...openSituations(server, ["webhook", "response", "app"]),
    onClose: server.onClose,
  };
}

function fateOf({ delivered, reason, attempts, message }: Outcome & { message: { id: string } | null }): Fate {
  return { delivered, reason, attempts, message: message?.id ?? null };
}
