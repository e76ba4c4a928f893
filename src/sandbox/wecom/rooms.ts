/** The chat under which a one-to-one conversation with the bot or the application is shown. */
export function singleChat(account: string): string {
  return `@${account}`;
}
