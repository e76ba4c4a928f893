/** The imitated DingTalk, fitted to the page: its robot hears in groups and one-to-one, and has no cards to press. */
import { idsIn } from "../dingtalk/mentions.ts";
import type { DingtalkServer } from "../dingtalk-server.ts";
import { openSituations } from "./situations.ts";
import { accountOfSingle, type Stage, singleChatOf } from "./stage.ts";

export function openDingtalkStage(server: DingtalkServer): Stage {
  return {
    platform: "dingtalk",
    robot: server.robotName,
    sent: server.sent,
    find: server.find,
    onMessage: server.onMessage,
    addGroup: ({ chat, name, webhook }) =>
      server.addGroup({
        chat,
        name,
        webhookToken: webhook && new URL(webhook.url).searchParams.get("access_token"),
        secret: webhook?.secret ?? null,
      }),
    async addPerson(person) {
      server.addPerson(person);
      await server.restore(singleChatOf(person.account));
    },
    nameOf: server.nameOf,
    readable: server.readable,
    writtenIn: idsIn,
    canQuote: () => true,
    picture: server.history.picture,
    async say({ chat, by, text, quote }) {
      const single = accountOfSingle(chat) !== null;
      const { delivered, reason, attempts, message } = await server.say({
        chat: single ? null : chat,
        by,
        text,
        quote,
      });
      return { delivered, reason, attempts, message: message.id };
    },
    async press() {
      throw new Error("DingTalk's robot sends no cards here");
    },
    ...openSituations(server, ["webhook", "session", "group", "person"]),
    onClose: server.onClose,
  };
}
