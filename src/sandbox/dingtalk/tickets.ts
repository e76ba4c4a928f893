/** Tickets to the stream: ninety seconds, one connection each (dingtalk.md 2.1). */
import { randomUUID } from "node:crypto";

export interface Tickets {
  issue(topics: readonly string[], now: number): string;
  /** The topics that its holder subscribed to, or why there are none. */
  redeem(ticket: string, now: number): readonly string[] | "used" | "expired" | "unknown";
}

const LIFE_MS = 90_000;
const KEPT_MAX = 10_000;

export function openTickets(): Tickets {
  const tickets = new Map<string, { readonly topics: readonly string[]; readonly issued: number; used: boolean }>();
  return {
    issue(topics, now) {
      const ticket = randomUUID();
      tickets.set(ticket, { topics, issued: now, used: false });
      const [oldest] = tickets.keys();
      if (tickets.size > KEPT_MAX && oldest !== undefined) tickets.delete(oldest);
      return ticket;
    },
    redeem(ticket, now) {
      const found = tickets.get(ticket);
      if (found === undefined) return "unknown";
      if (found.used) return "used";
      if (now - found.issued > LIFE_MS) return "expired";
      found.used = true;
      return found.topics;
    },
  };
}
