/** What `decide` answers: what changes, and what is said to whom. Values only; nothing here does anything. */
import type { Button } from "../chat/outgoing.ts";
import type { Light } from "../pledge/ladder.ts";
import type { Group } from "../station/station.ts";
import type { Ask } from "./known.ts";
import type { Did } from "./orders/did.ts";
import type { TicketEvent, Who } from "./ticket/event.ts";
import type { Ticket } from "./ticket/ticket.ts";
import type { StoredTicket } from "./ticket/ticket-record.ts";
import type { CourseChange } from "./training/course.ts";

export interface Change {
  /** Null for a ticket that is opened now. */
  readonly before: StoredTicket | null;
  readonly after: Ticket;
  readonly events: readonly TicketEvent[];
}

export interface TalkChange {
  readonly conversation: string;
  readonly who: Who;
  /** What was read and relied on; null where somebody else is asked a question (nothing was relied on). */
  readonly version: string | null;
  /** A new question, null to forget the old one, undefined to leave it. */
  readonly ask?: { readonly ask: Ask; readonly at: number } | null;
  /** What was done now, kept so that it may be taken back; null to forget it. */
  readonly did?: Did | null;
  /** Was told not to type numbers of identity here. */
  readonly warned?: true;
  /** The ticket that the next message may join. */
  readonly last?: { readonly ticket: string; readonly at: number; readonly text: string };
}

export interface PersonChange {
  readonly who: Who;
  readonly version: string;
  readonly enterprise: string | null;
  readonly at: number;
}

/** As a line each (station/leave.ts), empty for none. */
export interface LeaveChange {
  readonly person: string;
  readonly before: string;
  readonly after: string;
}

/** To whom a line goes; which group and by which way is desk-practice 6, worked out in addressing.ts. */
export type Audience =
  /** The conversation that the message came from, as its answer. */
  | { readonly kind: "answer" }
  /** The ticket's group, mentioning people. */
  | { readonly kind: "group"; readonly ticket: Ticket; readonly mention: readonly Who[] }
  /** Among helpers, mentioning people; never where a company reads along. */
  | { readonly kind: "helpers"; readonly mention: readonly Who[] }
  /** One of the leaders' groups. */
  | { readonly kind: "leaders"; readonly group: Group }
  /** A person of the station one-to-one, or not at all. */
  | { readonly kind: "alone"; readonly person: string }
  /** A person of the station who is told outside the companies' groups where that is possible; `home`: where they asked to be told. */
  | { readonly kind: "staff"; readonly person: string; readonly ticket: Ticket | null; readonly home?: string };

export interface Line {
  readonly audience: Audience;
  readonly text: string;
  /** Number of the ticket it is about, and of the others if it is about several. */
  readonly about: string | null;
  readonly also?: readonly string[];
  /** Its short form, should it have to share one message with others to the same person. */
  readonly brief?: string;
  /** What the reader may press instead of typing it, where it is shown. */
  readonly buttons?: readonly Button[];
  /** A reminder: it lets everything go first that answers somebody or sends for somebody. */
  readonly patient?: true;
}

/** What somebody has corrected or answered: a phrase and its right item, kept as a proposal (cli/learn.ts). */
export interface Lesson {
  /** Number of the ticket, and when (desk clock, ms). */
  readonly number: string;
  readonly at: number;
  /** As it was typed, personal data masked. */
  readonly phrase: string;
  /** What it was taken for; null where the desk had to ask. */
  readonly from: string | null;
  /** Menu id or `other`. */
  readonly to: string;
  readonly by: "change" | "answer" | "triage";
}

/** What a visit to a company found, kept as it was typed; of two of the same moment by the same person the later one holds. */
export interface Visit {
  readonly at: number;
  readonly by: Who;
  readonly enterprise: string | null;
  readonly text: string;
  /** Taken back. */
  readonly undone?: true;
}

/** Something that somebody is to be reminded of, put into their box and said from there (reminding/box.ts). */
export interface Notice {
  readonly box: string;
  /** Id of the ticket. */
  readonly ticket: string;
  readonly kind: NoticeKind;
  /** Not before: the clock does not speak in the quiet hours. */
  readonly at: number;
  /** What the ticket itself does not say: why somebody is sent for, or who had it. */
  readonly why?: string;
}

/** A light; 接单 is still waited for; somebody is sent for; it is another one's now; the promise has another time now. */
export type NoticeKind = Light | "accept" | "sent-for" | "passed" | "moved";

export interface Decision {
  readonly changes: readonly Change[];
  readonly lines: readonly Line[];
  readonly notices: readonly Notice[];
  readonly talks: readonly TalkChange[];
  readonly person: PersonChange | null;
  readonly leave: LeaveChange | null;
  readonly visits: readonly Visit[];
  readonly courses: readonly CourseChange[];
  /** A conversation that is told its own id now. */
  readonly toldPlace: string | null;
  readonly lessons: readonly Lesson[];
}

export const NOTHING: Decision = {
  changes: [],
  lines: [],
  notices: [],
  talks: [],
  person: null,
  leave: null,
  visits: [],
  courses: [],
  toldPlace: null,
  lessons: [],
};
