/** Another open ticket of the same enterprise about the same item: pointed out to the helper, never merged by itself. */

import type { Scene } from "../scene.ts";
import { shown } from "../ticket/number.ts";
import { isActive, OTHER, type Ticket } from "../ticket/ticket.ts";

export function possibleDuplicate({ known }: Pick<Scene, "known">, ticket: Ticket): string {
  if (ticket.enterprise === null || ticket.item === null || ticket.item === OTHER) return "";
  const twin = known.company.find(({ ticket: other }) => {
    const same = other.enterprise === ticket.enterprise && other.item === ticket.item;
    return same && other.id !== ticket.id && isActive(other);
  });
  return twin ? `可能与 ${shown(twin.ticket.number)} 重复（同企业同事项），如是可回复：合并` : "";
}
