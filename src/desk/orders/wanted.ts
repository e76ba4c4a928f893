/** An order that is short of a word, asked for once: the reason, the time, or which of several people. */
import { pendingAsk } from "../asking/pending-ask.ts";
import type { Ask } from "../known.ts";
import type { Scene } from "../scene.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { TicketAct } from "./entitlement.ts";

export type WordsAsk = Ask & { readonly kind: "words" };
export type WhomAsk = Ask & { readonly kind: "whom" };
export type OrderAsk = Ask & { readonly kind: "order" };

/** The desk has just asked this person for what this very order is short of: it is not asked again. */
export function wasAsked(scene: Scene, { ticket }: StoredTicket, act: TicketAct): boolean {
  const ask = pendingAsk(scene);
  return ask?.kind === "words" && ask.ticket === ticket.id && ask.act === act;
}
