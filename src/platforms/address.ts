/** An address that a line is sent to, as a URL; null where it is none, or not of the web. */
export function openAddressReader(): (address: string | undefined) => URL | null {
  // A sender asks for its origin and then sends to it: parsed once.
  let last: { address: string; url: URL | null } | null = null;
  return (address) => {
    if (address === undefined) return null;
    if (last?.address !== address) last = { address, url: parse(address) };
    return last.url;
  };
}

function parse(address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === "https:" || url.protocol === "http:" ? url : null;
}
