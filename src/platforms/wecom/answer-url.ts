/** Which `response_url` is used: WeCom's own, and nobody else's (design.md 6). */

const PATH = "/cgi-bin/aibot/response";

export function isAnswerUrl(address: string, apiBase: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, pathname, username, password } = new URL(address);
  return origin === new URL(apiBase).origin && pathname === PATH && username === "" && password === "";
}
