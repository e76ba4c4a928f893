/** Which `response_url` is used: WeCom's own, and nobody else's (design.md 6). */

const PATH = "/cgi-bin/aibot/response";

/** `apiBase` is looked at once: this is asked for every message. */
export function openAnswerUrlCheck(apiBase: string): (address: string) => boolean {
  const { origin: ours } = new URL(apiBase);
  // Written plainly it needs no parsing, and nothing in its query can lead elsewhere.
  const plain = `${ours}${PATH}?`;
  return (address) => {
    if (address.startsWith(plain) && !/[\s\\#]/u.test(address)) return true;
    if (!URL.canParse(address)) return false;
    const { origin, pathname, username, password } = new URL(address);
    return origin === ours && pathname === PATH && username === "" && password === "";
  };
}
