/** What somebody last did in a conversation: enough to take it back for a few minutes (undo.ts). */
import type { LeaveChange } from "../decision.ts";
import type { Who } from "../ticket/event.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What of a ticket was otherwise before. */
export type Earlier = Partial<Omit<Ticket, "id" | "number">>;

export interface Did {
  readonly at: number;
  /** As the desk calls it: 办结. */
  readonly act: string;
  readonly tickets: readonly {
    readonly id: string;
    /** The version that the act has left: another one means that somebody has acted since. */
    readonly version: string;
    /** Null for a ticket that was opened by it. */
    readonly earlier: Earlier | null;
    /** Who was told beside the speaker. */
    readonly told: readonly Who[];
  }[];
  readonly leave: LeaveChange | null;
  /** The moment under which a visit is kept that was written down by it; absent for none. */
  readonly visit?: number;
  readonly toldOfLeave: readonly Who[];
}

export function readDid(text: string | undefined): Did | null {
  return text ? (JSON.parse(text) as Did) : null;
}
