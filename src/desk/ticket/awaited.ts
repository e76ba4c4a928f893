/** Until when somebody is waited for to accept a ticket, and what the clock does then (desk-practice 6, "Unaccepted"). */

/** In this order; `nothing` once the chief has it, who is reminded of nothing more. */
type Rung = "remind" | "pass" | "chief" | "nothing";

export interface Awaited {
  /** Desk clock, ms; in working minutes, so never at night. */
  readonly until: number;
  readonly next: Rung;
}

/** Whoever is sent for now has all steps before them. */
export function awaitedFrom(acceptBy: number): Awaited {
  return { until: acceptBy, next: "remind" };
}
