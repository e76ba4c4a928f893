/** Which address that came with a message is answered at: the platform's own, and nobody else's (design.md 6). */

/** `base` is looked at once: this is asked for every message. */
export function openAnswerUrlCheck(base: string, path: string): (address: string) => boolean {
  const { origin: ours } = new URL(base);
  // Written plainly it needs no parsing, and nothing in its query can lead elsewhere.
  const plain = `${ours}${path}?`;
  return (address) => {
    if (address.startsWith(plain) && !/[\s\\#]/u.test(address)) return true;
    if (!URL.canParse(address)) return false;
    const { origin, pathname, username, password } = new URL(address);
    return origin === ours && pathname === path && username === "" && password === "";
  };
}
