/** Another open ticket of the same enterprise about the same item: pointed out to the helper, never merged by itself. */
import type { Scene } from "../scene.ts";
import { shown } from "../ticket/number.ts";
import { isActive, OTHER, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";

export function possibleDuplicate({ known }: Pick<Scene, "known">, ticket: Ticket): string {
  const [twin] = twinsOf({ known }, ticket);
  return twin ? `可能与 ${shown(twin.ticket.number)} 重复（同企业同事项），如是可回复：合并` : "";
}

/** Of what is known to be open of its enterprise. */
export function twinsOf({ known }: Pick<Scene, "known">, ticket: Ticket): StoredTicket[] {
  return known.company.filter(({ ticket: other }) => areTwins(ticket, other) && isActive(other));
}

export function areTwins(a: Ticket, b: Ticket): boolean {
  const known = a.enterprise !== null && a.item !== null && a.item !== OTHER;
  return known && a.id !== b.id && a.enterprise === b.enterprise && a.item === b.item;
}
