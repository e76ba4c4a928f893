/** What can happen to a ticket while it is worked on: it changes hands, waits, gets more time, is refused, becomes one with another. */

/** What is put to somebody else's word before it happens. */
export type ProposalKind = "hand-over" | "extend" | "decline";

interface ToAnotherHelper {
  readonly owner: string;
  /** The pledge stays; whoever has it now accepts it within the time of a first response. */
  readonly acceptBy: number;
  /** As it was given; empty where none was. */
  readonly reason: string;
  /** Why this person, where another one was named: `丙请假，由辛代办`. */
  readonly why: string;
}

/** 转办: by whoever has it in hand. Counted: after two of them the chief decides. */
interface HandedOver extends ToAnotherHelper {
  readonly event: "handed-over";
}

/** The chief's word: triage, or a third hand-over that was agreed to. */
interface Assigned extends ToAnotherHelper {
  readonly event: "assigned";
}

/** 退回: somebody else has to say whose it is. */
interface Returned extends ToAnotherHelper {
  readonly event: "returned";
}

/** 协办: somebody works on it beside its owner. */
interface Assisted {
  readonly event: "assisted";
  readonly helper: string;
}

/** 等待: the asker has to do something first. */
interface Paused {
  readonly event: "paused";
  readonly reason: string;
  /** Three working days at most (desk-practice 1). */
  readonly until: number;
}

/** The pause is over: the pledge has moved by the working minutes that it took. */
interface Resumed {
  readonly event: "resumed";
  readonly due: number;
  readonly provisional: boolean;
}

interface Proposed {
  readonly event: "proposed";
  readonly proposal: ProposalKind;
  readonly reason: string;
  /** To whom it would go; null for what is no hand-over. */
  readonly to: string | null;
  /** The time asked for; null for what is no extension. */
  readonly due: number | null;
  /** It lapses then; null for what waits as long as it takes. */
  readonly until: number | null;
  /** Whose word is asked for. */
  readonly deciders: readonly string[];
  /** The times that were asked for before, in whose stead this one is. */
  readonly replaced?: readonly number[];
}

/** 不同意. */
interface Refused {
  readonly event: "refused";
  readonly reason: string;
}

/** Nobody said anything to the proposal in time. */
interface Lapsed {
  readonly event: "lapsed";
}

interface Extended {
  readonly event: "extended";
  readonly due: number;
  readonly provisional: boolean;
  readonly reason: string;
}

/** 不属受理范围, with a second person's word. */
interface Declined {
  readonly event: "declined";
  readonly reason: string;
}

/** It goes on under another number. */
interface Merged {
  readonly event: "merged";
  readonly into: string;
}

/** Merged by a slip: it is a ticket of its own again. */
interface Unmerged {
  readonly event: "unmerged";
}

/** Another ticket goes on in this one; the earlier promise of the two holds. */
interface Absorbed {
  readonly event: "absorbed";
  readonly number: string;
  readonly text: string;
  readonly due: number;
  readonly provisional: boolean;
}

/** 督办: a leader wants it done, in their words, and hears how it goes on where they said so. */
interface Supervised {
  readonly event: "supervised";
  /** As it was typed; empty where only the ticket was named. */
  readonly text: string;
  readonly conversation: string;
}

export type WorkingHappening =
  | HandedOver
  | Assigned
  | Returned
  | Assisted
  | Paused
  | Resumed
  | Proposed
  | Refused
  | Lapsed
  | Extended
  | Declined
  | Merged
  | Unmerged
  | Absorbed
  | Supervised;
