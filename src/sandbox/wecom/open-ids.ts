/** The ids that stand for members where the bot's creator is not the super-admin (wecom.md 4.6). */
import { createHash } from "node:crypto";

export interface OpenIds {
  /** The same for one member always, also after a restart. */
  of(account: string): string;
  /** Only of members it has met. */
  accountOf(openId: string): string | undefined;
}

export function openOpenIds(botId: string): OpenIds {
  const accounts = new Map<string, string>();
  return {
    of(account) {
      const digest = createHash("sha256").update(`${botId} ${account.toLowerCase()}`).digest("base64url");
      const openId = `wo${digest.slice(0, 30)}`;
      accounts.set(openId, account);
      return openId;
    },
    accountOf: (openId) => accounts.get(openId),
  };
}
