/** Whether a request comes from this machine or its private network, and not through a proxy that faces the world. */
import type { IncomingMessage } from "node:http";
import { BlockList, isIPv6 } from "node:net";

const NEAR = new BlockList();
NEAR.addSubnet("127.0.0.0", 8, "ipv4");
NEAR.addSubnet("10.0.0.0", 8, "ipv4");
NEAR.addSubnet("172.16.0.0", 12, "ipv4");
NEAR.addSubnet("192.168.0.0", 16, "ipv4");
NEAR.addAddress("::1", "ipv6");
NEAR.addSubnet("fc00::", 7, "ipv6");

/** What proxies write: with one of them the address is the proxy's, and says nothing about who asks. */
const PROXY_HEADERS = ["x-forwarded-for", "forwarded", "x-real-ip"];

export function isFromNear({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): boolean {
  if (PROXY_HEADERS.some((name) => headers[name] !== undefined)) return false;
  return isNearAddress(socket.remoteAddress ?? "");
}

/** `::ffff:10.0.0.1` counts as the IPv4 address in it. */
export function isNearAddress(address: string): boolean {
  // BlockList answers false for what is no address.
  return NEAR.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
