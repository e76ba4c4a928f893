/** What can happen to a ticket. The story is a list of these, append-only; replaying it gives the ticket. */
import type { PlatformName } from "../../chat/message.ts";
import type { Size } from "../../pledge/due.ts";
import type { Light } from "../../pledge/ladder.ts";
import type { Slots } from "../../understanding/slots.ts";
import type { Earlier } from "../orders/did.ts";
import type { Awaited } from "./awaited.ts";
import type { WorkingHappening } from "./working-event.ts";

/** A person of the station by id, anybody else as `<platform>:<account>`, the desk itself as `desk`. */
export type Who = string;

export const DESK: Who = "desk";

export type Rating = 1 | 2 | 3 | 4 | 5;

/** The pledge: when it is due (desk clock, ms), and whether holidays that are not published yet may move it. */
export interface Pledge {
  readonly due: number;
  readonly provisional: boolean;
  /** By when the first response is due. */
  readonly acceptBy: number;
}

/** Why an item was chosen: kept with the ticket so that anybody can ask later. */
export interface MatchTrace {
  readonly confidence: number;
  readonly candidates: readonly { readonly item: string; readonly confidence: number }[];
  readonly because: readonly string[];
  readonly closest: { readonly item: string; readonly phrase: string } | null;
}

/** How a request came that a helper wrote down. */
export type Via = "来电" | "来访" | "走访";

interface Opened extends Pledge {
  readonly event: "opened";
  readonly text: string;
  readonly platform: PlatformName;
  readonly conversation: string;
  readonly asker: Who;
  /** The helper who typed it for the asker's company, if one did. */
  readonly recorder: Who | null;
  /** Absent where somebody typed it themselves, or nobody said how it came. */
  readonly via?: Via;
  readonly enterprise: string | null;
  readonly point: string | null;
  readonly received: number;
  readonly size: Size;
  readonly match: MatchTrace;
}

/** The item is known now (or known better), and with it size, pledge and who is responsible. */
interface Matched extends Pledge {
  readonly event: "matched";
  /** Menu id or `other`. */
  readonly item: string;
  readonly size: Size;
  readonly owner: string | null;
  readonly invited: string | null;
  /** Why this person, where it is not simply the point's helper. */
  readonly why: string;
  readonly match: MatchTrace | null;
  /** For whoever is sent for only now, when the first response was due before; absent otherwise. */
  readonly awaited?: Awaited;
}

/** The enterprise is known now, and with it the point and who is responsible. */
interface Located {
  readonly event: "located";
  readonly enterprise: string;
  readonly point: string | null;
  readonly owner: string | null;
  readonly why: string;
  readonly awaited?: Awaited;
}

interface Accepted {
  readonly event: "accepted";
}

interface Noted {
  readonly event: "noted";
  /** `internal`: among helpers, never seen by the asker. */
  readonly kind: "progress" | "supplement" | "remark" | "internal";
  readonly text: string;
}

/** What the item asks for became known, or better known: date, number of people … A list of pairs, each text of it masked in /api. */
interface Detailed {
  readonly event: "detailed";
  readonly slots: Slots;
}

/** Words of emergency were typed about it. */
interface Alarmed {
  readonly event: "alarmed";
  readonly words: string;
}

interface Urged {
  readonly event: "urged";
}

/** 亮灯: how near to its promise it is, or how far past it. Once each for one promise. */
interface Lit {
  readonly event: "light";
  readonly light: Light;
}

/** Office hours, holidays or thresholds are others now: what was promised by the old ones is promised by the new. */
interface Recomputed extends Pledge {
  readonly event: "recomputed";
}

interface Resolved {
  readonly event: "resolved";
  readonly result: string;
  /** Until when it may be rated, and is not closed by silence (desk clock, ms). */
  readonly rateBy: number;
}

interface Rated {
  readonly event: "rated";
  readonly rating: Rating;
  /** By when somebody else calls back; null for a rating that asks for none. */
  readonly callBackBy: number | null;
}

/** The chief says who calls back. */
interface CallerNamed {
  readonly event: "caller-named";
  readonly caller: string;
}

/** What the call-back after a low rating found. */
interface CalledBack {
  readonly event: "called-back";
  readonly text: string;
  readonly solved: boolean;
}

/** What the clock has reminded somebody of, once: to call back, or to accept. */
type Reminded =
  | { readonly event: "reminded"; readonly kind: "call-back" }
  | { readonly event: "reminded"; readonly kind: "unaccepted"; readonly awaited: Awaited };

/** The clock came late, and into the night: nobody is sent for before the morning. */
interface PutOff {
  readonly event: "put-off";
  readonly awaited: Awaited;
}

/** Not solved after all: a new pledge from now on. */
interface Reopened extends Pledge {
  readonly event: "reopened";
  readonly reason: string;
}

interface Withdrawn {
  readonly event: "withdrawn";
  readonly reason: string;
}

interface Closed {
  readonly event: "closed";
  /** 已评价, 未评价, 已回访: what is not rated is not satisfied. */
  readonly why: string;
}

/** Somebody looks after it who did not before: nobody answered what the desk asked, another helper accepted it, or its owner did not. */
interface Passed {
  readonly event: "passed";
  readonly owner: string;
  readonly why: string;
  readonly awaited?: Awaited;
}

/** Its author took back what they had just done: these fields are again as they were. */
interface Undone {
  readonly event: "undone";
  /** As the desk calls it: 办结. */
  readonly act: string;
  readonly back: Earlier;
}

export type Happening =
  | Opened
  | Matched
  | Located
  | Accepted
  | Noted
  | Detailed
  | Alarmed
  | Urged
  | Lit
  | Recomputed
  | Resolved
  | Rated
  | CallerNamed
  | CalledBack
  | Reminded
  | PutOff
  | Reopened
  | Withdrawn
  | Closed
  | Passed
  | Undone
  | WorkingHappening;

export type TicketEvent = Happening & {
  /** Desk clock, ms. */
  readonly at: number;
  readonly by: Who;
  /** The message that caused it; null where the clock did. */
  readonly message: string | null;
};
